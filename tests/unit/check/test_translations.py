"""Translations: missing, older than their original, marked; and editions in which nothing is missing."""

import json
import re
from pathlib import Path

import pytest
from tests.helpers.course import build, run
from tests.unit.source.build import make, page, tree

from coursepack.app.translations import with_mark
from coursepack.check.translations import find, translation_name
from coursepack.check.view import make_view
from coursepack.model.document import FrontMatter
from coursepack.plan.fallback import all_lessons, filled_editions
from coursepack.source.front_matter import split
from coursepack.source.wording import wording_digest


def test_white_space_that_says_nothing_does_not_change_the_wording() -> None:
    same = {
        wording_digest("", "", text)
        for text in (
            "# A\n\nOne two\nthree.\n",
            "# A\r\n\r\nOne  two three.",
            "\n# A\n\nOne\ntwo three.  \n\n",
        )
    }
    assert len(same) == 1
    chinese = {
        wording_digest("", "", t)
        for t in ("看清金额，\n再付款。", "看清金额，再付款。", "看清金额， 再付款。")
    }
    assert len(chinese) == 1
    assert wording_digest("", "", "é") == wording_digest("", "", "e\u0301")


def test_words_and_titles_change_it() -> None:
    texts = [
        ("", "", "one two"),
        ("", "", "one too"),
        ("T", "", "one two"),
        ("", "T", "one two"),
        ("", "", "onetwo"),
    ]
    assert len({wording_digest(*t) for t in texts}) == len(texts)
    assert re.fullmatch(r"[0-9a-f]{12}", wording_digest("", "", ""))


def test_only_a_digest_is_taken() -> None:
    assert split("---\ntranslated_from: 0123456789AB\n---\nx", "a.en.md")[0].translated_from == "0123456789ab"
    front, _, found = split("---\ntranslated_from: yesterday\n---\nx", "a.en.md")
    assert front.translated_from == "" and [d.code for d in found] == ["CP115"]


YAML = "language: zh-Hans\ntitle: Course\nlanguages: [zh-Hans, en]\n"


def marked(wording: str) -> FrontMatter:
    return FrontMatter(translated_from=wording)


def test_each_state_is_told_once() -> None:
    old, new = "0" * 12, "1" * 12
    outlines = {
        "index.md": page("Home", wording=new),
        "index.en.md": page("Home", front=marked(new)),
        "m/a.md": page("A", wording=new),
        "m/a.en.md": page("A", front=marked(old)),
        "m/b.md": page("B", wording=new),
        "m/b.en.md": page("B"),
        **{f"m/{n}.md": page(n, wording=new) for n in "cdefg"},
    }
    course, _, read, sources = make(yaml=YAML, outlines=outlines)
    found = list(find(make_view(course, read, sources)))
    assert [(d.code, d.path) for d in found] == [
        ("CP410", "course.yaml"), ("CP411", "m/a.en.md"), ("CP412", "course.yaml"),
    ]  # fmt: skip
    missing, stale, unmarked = (d.args for d in found)
    assert (missing["count"], missing["total"], missing["pages"]) == ("5", "8", "m/c.md, m/d.md, m/e.md (+2)")
    assert missing["example"] == "m/c.en.md"
    assert (stale["original"], stale["file"]) == ("m/a.md", "m/a.en.md")
    assert unmarked["pages"] == "m/b.en.md"


@pytest.mark.parametrize(
    ("path", "name"),
    [("a/02.md", "a/02.en.md"), ("a/02.zh-Hans.md", "a/02.en.md"), ("index.md", "index.en.md")],
)
def test_what_a_translation_is_called(path: str, name: str) -> None:
    assert translation_name(path, "zh-Hans", "en") == name


def test_an_edition_has_every_page_in_the_order_of_the_original() -> None:
    paths = ("index.md", "1/index.md", "1/a.md", "1/b.md", "1/c.md", "2/d.md")
    only_english = ("1/a2.en.md", "3/e.en.md")
    course, *_ = make(*paths, "1/b.en.md", *only_english, yaml=YAML)
    whole = filled_editions(course)
    assert whole[0] is course.editions[0]
    english = whole[1]
    assert [(x.id, x.language, x.url) for x in all_lessons(english)] == [
        ("index", "zh-Hans", "en/index.html"),
        ("1/index", "zh-Hans", "en/1/index.html"),
        ("1/a", "zh-Hans", "en/1/a.html"),
        ("1/a2", "en", "en/1/a2.html"),
        ("1/b", "en", "en/1/b.html"),
        ("1/c", "zh-Hans", "en/1/c.html"),
        ("2/d", "zh-Hans", "en/2/d.html"),
        ("3/e", "en", "en/3/e.html"),
    ]
    assert tree(course, 1) != [], "the course itself stays as its author wrote it"
    assert [x.id for m in course.editions[1].modules for x in m.lessons] == ["1/a2", "1/b", "3/e"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("# A\n", "---\ntranslated_from: 111111111111\n---\n\n# A\n"),
        ("---\ntitle: A\n---\nx\n", "---\ntitle: A\ntranslated_from: 111111111111\n---\nx\n"),
        ("---\ntranslated_from: 0\nb: 1\n---\nx", "---\ntranslated_from: 111111111111\nb: 1\n---\nx"),
        ("---\r\nb: 1\r\n---\r\nx\r\n", "---\r\nb: 1\r\ntranslated_from: 111111111111\r\n---\r\nx\r\n"),
        ("\ufeff# A\n", "\ufeff---\ntranslated_from: 111111111111\n---\n\n# A\n"),
        ("---\n\n# A rule on top\n", "---\ntranslated_from: 111111111111\n---\n\n---\n\n# A rule on top\n"),
    ],
)
def test_marking_changes_one_line(before: str, after: str) -> None:
    assert with_mark(before, "1" * 12) == after
    assert with_mark(after, "1" * 12) == after
    assert split(after.removeprefix("\ufeff").replace("\r\n", "\n"), "a.en.md")[0].translated_from == "1" * 12


FILES = {
    "course.yaml": "id: said\ntitle: 小课程\nlanguage: zh-Hans\nlanguages: [zh-Hans, en, ar]\n"
    "translations: {en: {title: Small course}}\noutcomes:\n  - {id: look, text: 先看再付}\n",
    "index.md": "# 小课程\n\n欢迎你来学习。\n",
    "index.en.md": "# Small course\n\nWelcome to it all.\n",
    "01-a/index.md": "# 付款\n\n关于付款。\n",
    "01-a/01-a.md": "---\noutcomes: [look]\n---\n# 第一课\n\n看两遍，再付款。见[](02-b.md)。\n\n## 为什么\n\n为了安全。\n",
    "01-a/01-a.en.md": "# First lesson\n\nLook twice, see [](02-b.md).\n",
    "01-a/02-b.md": "# 第二课\n\n没有译文的一课。\n\n## 想一想\n\n:::{quiz #q1}\n对吗？\n\n- [x] 对\n- [ ] 不对\n:::\n",
    "01-a/01-a.ar.md": "# الدرس الأول\n\nانظر مرتين قبل أن تدفع.\n",
}


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course in three languages, with a translation older than its original, built."""
    base = tmp_path_factory.mktemp("said")
    for name, text in FILES.items():
        (base / "c" / name).parent.mkdir(parents=True, exist_ok=True)
        (base / "c" / name).write_text(text, encoding="utf-8")
    done = run(base / "cache", "translations", "--mark", base / "c/01-a/01-a.en.md", base / "c/index.en.md")
    assert done.returncode == 0, done.stderr
    lesson = base / "c/01-a/01-a.md"
    lesson.write_text(lesson.read_text("utf-8").replace("两遍", "三遍"), encoding="utf-8")
    result = build(base / "cache", base / "c", base / "out")
    assert {d["code"] for d in result["diagnostics"] if d["severity"] != "info"} <= {"CP411"}
    return base


def read(said: Path, path: str) -> str:
    return (said / "out/said/web" / path).read_text("utf-8")


def test_a_page_that_is_not_translated_is_shown_and_says_so(said: Path) -> None:
    text = read(said, "en/01-a/02-b.html")
    assert '<html lang="en" dir="ltr"' in text
    notice = re.search(r'<div class="notice"[^>]* role="note".*?</div>', text, re.S)
    assert notice and "not translated yet" in notice[0]
    assert 'href="../../01-a/02-b.html"' in notice[0] and ">简体中文</a>" in notice[0]
    assert '<h1 lang="zh-Hans" dir="ltr">第二课</h1>' in text
    assert '<div class="body" lang="zh-Hans" dir="ltr">' in text
    assert "没有译文的一课" in text and 'hreflang="x-default"' not in text
    assert '"lesson": "01-a/02-b"' in text


def test_lists_and_the_way_forward_hold_every_page(said: Path) -> None:
    contents = read(said, "en/contents.html")
    assert re.findall(r'<li[^>]*><a href="([^"]+)"', contents[contents.find('class="listing"') :])[:2] == [
        "01-a/01-a.html", "01-a/02-b.html",
    ]  # fmt: skip
    assert re.search(r'<a href="01-a/02-b.html" lang="zh-Hans" dir="ltr"[^>]*>第二课</a>', contents)
    lesson = read(said, "en/01-a/01-a.html")
    assert re.search(
        r'rel="next" href="02-b.html">.*<span class="name" lang="zh-Hans" dir="ltr">第二课', lesson
    )
    assert 'see <a href="02-b.html">' in lesson
    assert '<li lang="zh-Hans" dir="ltr">先看再付</li>' in read(said, "en/index.html")


def test_a_page_older_than_its_original_says_so(said: Path) -> None:
    assert "has changed since" in read(said, "en/01-a/01-a.html")
    assert 'role="note" aria-label="Translation"' not in read(said, "en/index.html")
    assert 'role="note" aria-label="Translation"' not in read(said, "01-a/02-b.html"), (
        "the original has nothing to say"
    )


def test_pages_name_their_translations_and_themselves(said: Path) -> None:
    links = re.findall(
        r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)"', read(said, "en/01-a/01-a.html")
    )
    assert sorted(links) == [
        ("ar", "../../ar/01-a/01-a.html"), ("en", "01-a.html"), ("x-default", "../../01-a/01-a.html"),
        ("zh-Hans", "../../01-a/01-a.html"),
    ]  # fmt: skip


def test_an_edition_from_right_to_left(said: Path) -> None:
    text = read(said, "ar/01-a/01-a.html")
    assert '<html lang="ar" dir="rtl"' in text
    fallback = read(said, "ar/01-a/02-b.html")
    assert (
        '<html lang="ar" dir="rtl"' in fallback and '<div class="body" lang="zh-Hans" dir="ltr">' in fallback
    )


def test_the_command_lists_and_refuses(said: Path) -> None:
    listed = run(said / "cache", "translations", "--format", "json", said / "c")
    rows = {(r["language"], r["original"]): r["state"] for r in map(json.loads, listed.stdout.splitlines())}
    assert rows[("en", "01-a/01-a.md")] == "stale" and rows[("en", "index.md")] == "translated"
    assert rows[("en", "01-a/02-b.md")] == "missing" and rows[("ar", "01-a/01-a.md")] == "unmarked"
    refused = run(said / "cache", "translations", "--mark", said / "c/01-a/02-b.md")
    assert refused.returncode == 2 and "is not a translation" in refused.stderr
    words = run(said / "cache", "translations", said / "c").stdout
    assert "en: 2 / 4" in words and "01-a/01-a.en.md: the original has changed since" in words
