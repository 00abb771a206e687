"""What one Markdown file becomes, fact by fact. Whole pages are in `tests/cases/markdown`."""

import pytest
from tests.unit.source.conforming import faults

from coursepack.model.document import Html, Image, Media, Quiz
from coursepack.source.markdown import parse
from coursepack.source.text import decode


def read(text, path="a/b.md", language="en", files=None):
    data = text if isinstance(text, bytes) else text.encode()
    return parse(data, path, language=language, read=(files or {}).get)


def html(text, **kw):
    return "".join(b.text if isinstance(b, Html) else "⟦⟧" for b in read(text, **kw)[0].blocks).strip()


def codes(text, **kw):
    return [d.code for d in read(text, **kw)[1]]


@pytest.mark.parametrize(
    ("text", "path", "title"),
    [
        ("---\ntitle: 2024-01-02\n---\n# Other", "a.md", "2024-01-02"),
        ("# One *two* `three`\n\n# Four", "a.md", "One two three"),
        ("## First\n\n# Later", "a.md", "Later"),
        ("<!-- x -->\n\n## First\n\ntext", "a.md", "First"),
        ("text\n\n## Not first", "01-scan/02-check_it.en.md", "Check it"),
        ("", "01-scan/index.md", "Scan"),
        ('<h1 align="center">Raw <b>one</b></h1>', "a.md", "Raw one"),
        ("# ", "a.md", "A"),
    ],
)
def test_title(text, path, title):
    assert read(text, path)[0].outline.title == title


def test_title_heading_is_not_in_the_body_but_others_are():
    parsed, _ = read("# Title\n\n## Part\n\n### Sub\n\n# Second\n\n## Again")
    assert [(h.level, h.id) for h in parsed.outline.headings] == [
        (2, "part"),
        (3, "sub"),
        (2, "second"),
        (3, "again"),
    ]


def test_front_matter_title_keeps_a_different_heading():
    assert html("---\ntitle: A\n---\n# B") == '<h2 id="b">B</h2>'
    assert html("---\ntitle: A\n---\n# a") == ""


def test_same_headings_get_different_ids_in_any_script():
    parsed, _ = read("# T\n\n## 同名\n\n## 同名\n\n## !!!\n\n## Ünï cödé")
    assert parsed.outline.anchors == ("section", "ünï-cödé", "同名", "同名-1")


def test_same_input_same_result():
    text = "# T\n\n<b>x</b> $a$ ![v](v.mp4)\n\n:::{quiz}\n- [x] a\n:::\n"
    assert read(text) == read(text)


def test_players_are_never_inside_a_paragraph_and_numbered():
    parsed, _ = read("![a](a.mp4)\n\ntext *with ![b](b.mp3) inside* end\n\n## Head ![c](c.webm)")
    players = [b for b in parsed.blocks if isinstance(b, Media)]
    assert [(p.kind, p.number, p.label) for p in players] == [
        ("video", 1, "a"),
        ("audio", 2, "b"),
        ("video", 3, "c"),
    ]
    assert faults(parsed) == []


def test_alt_text_none_empty_and_given():
    parsed, _ = read(
        '![](a.png) ![x](b.png){alt=""} ![](c.png){alt="said"} <img src="d.png" alt=""> <img src="e.png">'
    )
    assert [b.alt for b in parsed.blocks if isinstance(b, Image)] == [None, "", "said", "", None]


def test_links_carry_line_and_column():
    parsed, _ = read("# T\n\nSee [a](x.md), and\n[b](y.md) ![c](z.png).\n\n| [d](w.md) |\n|-|\n")
    assert [(x.path, x.line, x.column) for x in parsed.outline.links] == [
        ("a/x.md", 3, 5),
        ("a/y.md", 4, 1),
        ("a/z.png", 4, 11),
        ("a/w.md", 6, 3),
    ]


@pytest.mark.parametrize(
    ("href", "code"),
    [
        ("../../x.md", "CP130"),
        ("/etc/passwd", "CP130"),
        ("file:///etc/passwd", "CP130"),
        ("C:/x", "CP130"),
        ("..%2f..%2fx", "CP130"),
        ("a\\\\b", "CP130"),
        ("//evil.example/x", "CP130"),
        ("javascript:alert(1)", "CP131"),
        ("JaVaScRiPt:alert(1)", "CP131"),
        ("&#x6A;avascript&colon;alert(1)", "CP131"),
        ("<java\tscript:alert(1)>", "CP131"),
        ("data:text/html,x", "CP131"),
        ("https://", "CP136"),
        ("<https://a b/>", "CP136"),
        ("http://[x", "CP136"),
    ],
)
def test_refused_addresses_leave_the_words(href, code):
    assert codes(f"# T\n\n[words]({href})") == [code]
    assert html(f"# T\n\n[words]({href})") == "<p>words</p>"


def test_file_names_with_percent_hash_question_mark_and_emoji():
    parsed, _ = read("[a](100%25%20%23%3F.md) [b](<名 字 🙂.pdf>) [c](x.md?raw=1#%E4%B8%AD) [d](100%.md)")
    assert [(x.path, x.fragment) for x in parsed.outline.links] == [
        ("a/100% #?.md", ""),
        ("a/名 字 🙂.pdf", ""),
        ("a/x.md", "中"),
        ("a/100%.md", ""),
    ]


@pytest.mark.parametrize(
    ("front", "found"),
    [
        ("title: a\ntitle: b", [("CP113", 3)]),
        ("tilte: a", [("CP114", 2)]),
        ("draft: maybe\nduration: long\nlang: e n", [("CP115", 2), ("CP115", 3), ("CP115", 4)]),
        ("title: [a", [("CP111", 3)]),
        ("- a\n- b", [("CP112", 2)]),
        ("title: !!python/object/apply:os.system [x]", [("CP115", 2)]),
        ("a: &a [x,x]\nb: &b [*a,*a]\nkeywords: &k [*k]", [("CP114", 2), ("CP114", 3), ("CP115", 4)]),
        ("lang: zh-Hans\nauthor: Li\nteaching: 20\nexercises: 10\ntags: a, b\nsummary: s", []),
        ("x: " + "[" * 2000, [("CP111", 1)]),
    ],
)
def test_front_matter_faults(front, found):
    _, diagnostics = read(f"---\n{front}\n---\n# T")
    assert [(d.code, d.line) for d in diagnostics] == found


def test_front_matter_values():
    front = read(
        '---\nlang: no\nauthors:\n- name: Li\n  url: x\n- Wu\nduration: 1 h 30 min\ndraft: yes\ntitle: "a: b"\n---'
    )[0]
    f = front.outline.front
    assert (f.language, f.authors, f.duration_min, f.draft, f.title) == ("no", ("Li", "Wu"), 90, True, "a: b")


def test_front_matter_unclosed_toml_and_none():
    assert codes("---\ntitle: x\n\n# never closed") == ["CP110"]
    assert read("---\ntitle: x\n\n# never closed")[0].outline.front.title == "x"
    assert codes("+++\ntitle = 1\n+++\n# T") == ["CP116"]
    assert "title" not in html("+++\ntitle = 1\n+++\n# T\n\nx")
    assert codes("---\n\na rule, no settings") == []


def test_thumbnail_is_a_course_path_and_a_link():
    parsed, _ = read("---\nthumbnail: media/t.png\n---\n")
    assert parsed.outline.front.thumbnail == "a/media/t.png"
    assert [(x.path, x.role, x.line) for x in parsed.outline.links] == [("a/media/t.png", "thumbnail", 2)]


@pytest.mark.parametrize(
    ("data", "text", "found"),
    [
        ("\ufeffä".encode(), "ä", []),
        ("中文".encode("utf-16"), "中文", []),
        ("# 课程\n\n第一课，安全付款。".encode("gb18030"), "# 课程\n\n第一课，安全付款。", ["CP100"]),
        ("標題：安全付款的方法".encode("big5"), "標題：安全付款的方法", ["CP100"]),
        ("Café, déjà vu £5".encode("latin-1"), "Café, déjà vu £5", ["CP100"]),
        (b"\x89PNG\x00\xff", "", ["CP101"]),
        (b"a\x00b\x1b[31m\r\nc\rd", "a\ufffdb\ufffd[31m\nc\nd", ["CP103"]),
    ],
)
def test_decoding(data, text, found):
    got, diagnostics = decode(data, "a.md")
    assert (got, [d.code for d in diagnostics]) == (text, found)


def test_too_large():
    assert codes(b"x" * (4 << 20) + b"y") == ["CP102"]


def test_nested_fences_by_length_and_by_last_open():
    by_length = "::::{note} A\n:::{tip} B\nx\n:::\ny\n::::\nz"
    by_last = ":::::::: challenge\n\n:::: solution\n\nx\n\n::::::::::\n\ny\n\n:::\n\nz"
    for text in (by_length, by_last):
        assert codes(text) == []
        assert html(text).endswith("<p>z</p>")
        assert html(text).count("<div") + html(text).count("<details") == 2


def test_fences_inside_code_do_not_count():
    assert codes(":::{note}\n```\n:::\n```\n:::") == []


def test_definition_terms_of_the_glossary_are_targets_of_terms():
    glossary = read("# G\n\nQR code\n: Squares.\n", "glossary.md")[0]
    assert glossary.outline.anchors == ("qr-code",)
    lesson = read("A {term}`QR code`.", "01/a.md")[0]
    assert [(x.path, x.fragment) for x in lesson.outline.links] == [("glossary.md", "qr-code")]


def test_labels_of_boxes_follow_the_language():
    assert "注意" in html("> [!NOTE]\n> x", language="zh-Hans")
    assert "開始之前" in html("::: prereq\nx\n:::", language="yue")
    assert '<span lang="en">Note</span>' in html("> [!NOTE]\n> x", language="fr")


def test_line_breaks_between_wide_characters_are_no_spaces():
    assert html("# T\n\n中文\n换行，\n继续 and\nlatin") == "<p>中文换行，继续 and\nlatin</p>"


def test_quiz_kinds():
    text = (
        ":::{quiz}\nq\n- [x] a\n- [ ] b\n:::\n\n:::{quiz}\nq\n- [x] a\n- [x] b\n:::\n\n"
        ":::{quiz}\nx [[a|b]]\n:::\n\n:::{quiz}\n- a -> b\n:::\n"
    )
    quizzes = [b for b in read(text)[0].blocks if isinstance(b, Quiz)]
    assert [q.kind for q in quizzes] == ["single", "multiple", "blanks", "match"]
    assert [q.number for q in quizzes] == [1, 2, 3, 4]


def test_math_that_would_link_or_run_is_shown_as_source():
    text = html("# T\n\n$\\href{javascript:alert(1)}{x}$ $\\class{a}{b}$ $\\unknown$")
    assert "href=" not in text
    assert "class=" not in text
    assert "<code>\\unknown</code>" in text


def test_include_takes_links_from_the_included_file_and_stops_cycles():
    files = {"inc/p.md": b"[x](y.md)\n\n:::{include} p.md\n:::\n"}
    parsed, diagnostics = read(":::{include} inc/p.md\n:::\n", "a.md", files=files)
    assert [(x.path, x.line) for x in parsed.outline.links] == [("inc/y.md", 1)]
    assert parsed.outline.includes == ("inc/p.md",)
    assert [(d.code, d.path) for d in diagnostics] == [("CP125", "inc/p.md")]


def test_includes_do_not_multiply_without_end():
    files = {f"{n}.md": f":::{{include}} {n + 1}.md\n:::\n\n".encode() * 10 for n in range(20)}
    parsed, diagnostics = read(":::{include} 0.md\n:::\n", "a.md", files=files)
    assert "CP125" in {d.code for d in diagnostics}
    assert len(parsed.outline.includes) <= 100


def test_words_count_half_for_cjk_and_skip_code():
    assert read("# T\n\none two 中文字符\n\n```\nmany words of code\n```")[0].outline.words == 4


def test_foreign_templates_are_left_out_with_one_finding():
    text = "# T\n\n{{#include a}} x {{%b}}\n\n```\n{{#include c}}\nkept\n```"
    assert codes(text) == ["CP126"]
    assert html(text) == '<p>x</p>\n<div class="code"><pre><code>kept</code></pre></div>'


def test_a_span_can_be_a_target_and_change_the_language():
    parsed, _ = read("[commit]{#commit}\n: To record. See [it](#commit), [مرحبا]{lang=ar}.\n")
    assert parsed.outline.anchors == ("commit",)
    assert 'lang="ar" dir="rtl"' in html("[مرحبا]{lang=ar}")
    assert faults(parsed) == []


def test_footnotes_of_titles_and_fences_are_printed_once():
    text = "x[^1]\n\n::: note Title[^1] ^[in]\nx\n:::\n\n```{tip}\ny^[z]\n```\n\n[^1]: One.\n"
    parsed, _ = read(text)
    assert faults(parsed) == []
    assert html(text).count("One.") == 1


def test_quiz_marks_stay_out_of_code_and_alt_text():
    parsed, _ = read(":::{quiz}\n`` [[a]] -> ` `` ![ [[b]] -> c](p.png) \\`[[d]]\\`\n\n- [x] y\n:::\n")
    assert faults(parsed) == []
    (quiz,) = parsed.blocks
    assert [b.alt for b in quiz.prompt if isinstance(b, Image)] == ["[[b]] -> c"]


def test_hosts_that_cannot_be_are_refused():
    assert (
        codes("<https://../> <http://xn--xn.com/> <https://例子.中国/路?x=1#y> <https://example.org:99999/>")
        == ["CP136"] * 3
    )


def test_parts_of_lists_tables_and_details_stand_where_they_may():
    text = "<li>a <dt>b</dt> <summary>c</summary> <table><caption>d<table></table></caption><tr></tr><tr><td>e</table>"
    parsed, _ = read(text + "\n<details>f</details> <ruby>g<div>h</div><rt>i</rt></ruby> <dl>j<dd>k</dl>")
    assert faults(parsed) == []
