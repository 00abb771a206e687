"""Each rule: what it finds, where, and what it leaves alone."""

import string

import pytest
from tests.unit.source.build import link, make, page

from coursepack.check import RULES, apply_levels, check_course
from coursepack.check.alt_text import says_nothing
from coursepack.model.codes import CODES, diagnostic
from coursepack.model.diagnostic import Diagnostic
from coursepack.model.document import FrontMatter, Outline

MINE = [c for c in CODES if c[:3] in {"CP4", "CP5"} or "CP150" <= c <= "CP199" or "CP201" <= c <= "CP209"]


def findings(*paths: str, **more) -> list[Diagnostic]:  # type: ignore[no-untyped-def]
    course, _, outlines, sources = make(*paths, **more)
    found = list(check_course(course, outlines, sources))
    for d in found:
        doc = CODES[d.code]
        for template in (doc.message_en, doc.hint_en, doc.message_zh, doc.hint_zh):
            assert template.format(**d.args)
    return found


def short(found: list[Diagnostic]) -> list[tuple[str, str, int]]:
    return [(d.code, d.path, d.line) for d in found]


def home(*links, **more) -> dict[str, Outline]:  # type: ignore[no-untyped-def]
    return {"index.md": page("Home", *links, **more)}


def test_a_sound_course_has_no_finding() -> None:
    target = page("A", anchors=("part",))
    start = home(
        link("m/a.md", fragment="part"),
        link("m/a.md", fragment="top"),
        link("", fragment="t"),
        link("m"),
        link("."),
        link("x.png", "image", alt="A grey button"),
        link("deco.png", "image", alt=""),
        link("v.mp4", "video", alt="How to pay"),
        link("f.pdf", "file"),
    )
    files = ("m/index.md", "x.png", "deco.png", "v.mp4", "v.en.vtt", "f.pdf")
    assert findings(*files, outlines={**start, "m/a.md": target}) == []


@pytest.mark.parametrize(
    ("bad", "code", "nearest"),
    [
        (link("m/b.md"), "CP500", "m/a.md"),
        (link("gone/zzz.md"), "CP500", ""),
        (link("m/zzz.html", "file"), "CP500", ""),
        (link("m/a.md", fragment="prt"), "CP501", "part"),
        (link("", fragment="nope"), "CP501", ""),
        (link("f.pfd", "file"), "CP502", ""),
        (link("g.pdf", "file"), "CP502", "f.pdf"),
        (link("sub/x.png", "image", alt="words"), "CP503", "x.png"),
        (link("gone.jpg", "poster"), "CP503", ""),
        (link("gone.mp4", "video", alt="words"), "CP504", ""),
        (link("X.PNG", "image", alt="words"), "CP505", None),
        (link("m/A.md"), "CP505", None),
        (link("draft.md"), "CP506", None),
        (link("_drafts/x.md"), "CP506", None),
        (link("m/a.html", "file"), "CP507", None),
        (link("m/a", "file"), "CP507", None),
        (link("folder", "file"), "CP508", None),
        (link("folder"), "CP508", None),
        (link("glossary.md", fragment="qr-cod"), "CP509", "qr-code"),
        (link("v.fr.vtt", "file", role="captions", language="fr"), "CP510", None),
    ],
)
def test_a_bad_link_is_one_finding_at_its_place(bad, code: str, nearest: str | None) -> None:  # type: ignore[no-untyped-def]
    outlines = {
        **home(bad),
        "m/a.md": page("A", anchors=("part",)),
        "glossary.md": page("Glossary", anchors=("qr-code",)),
        "draft.md": page("D", front=FrontMatter(draft=True)),
    }
    found = findings("f.pdf", "x.png", "folder/data.csv", outlines=outlines)
    assert short(found) == [(code, "index.md", 3)]
    assert found[0].column == 5
    if nearest is not None:
        assert found[0].args["nearest"] == nearest


@pytest.mark.parametrize(
    ("path", "there", "written"),
    [
        ("hash", "hash#tag.png", "hash%23tag.png"),
        ("quest", "quest?ion.png", "quest%3Fion.png"),
        ("pic/per\ufffdnt.png", "pic/per%cent.png", "pic/per%25cent.png"),
    ],
)
def test_a_name_cut_by_its_own_characters_is_suggested_escaped(path: str, there: str, written: str) -> None:
    found = findings(
        there, f"{path}#x.md", f"{path}?x.md", outlines=home(link(path, "image", alt="A grey button"))
    )
    assert [d.args["nearest"] for d in found if d.code == "CP503"] == [written]


def test_suggestions_are_written_from_the_page() -> None:
    found = findings("img/x.png", outlines={"m/a.md": page("A", link("m/x.png", "image", alt="words"))})
    assert found[0].args["nearest"] == "../img/x.png"


def test_the_pages_of_a_list_of_chapters_are_checked_gently() -> None:
    outlines = {"SUMMARY.md": page("S", link("a.md"), link("gone.md"))}
    found = findings("index.md", "a.md", outlines=outlines)
    assert [(d.code, d.path, d.severity) for d in found] == [("CP500", "SUMMARY.md", "info")]


def test_drafts_are_not_checked() -> None:
    draft = page("D", link("gone.md"), front=FrontMatter(draft=True))
    assert findings("index.md", outlines={"d.md": draft}) == []


def test_images() -> None:
    found = findings(
        "x.png",
        "DSC_01.png",
        outlines=home(link("x.png", "image", line=1), link("DSC_01.png", "image", alt="DSC_01", line=2)),
    )
    assert short(found) == [("CP401", "index.md", 1), ("CP402", "index.md", 2)]


@pytest.mark.parametrize(
    ("alt", "bad"),
    [
        ("image", True),
        ("Image 3", True),
        ("图片", True),
        ("图1", True),
        ("a screenshot", True),
        ("IMG_2034.jpg", True),
        ("photo.PNG", True),
        ("my-file-2", True),
        ("", False),
        ("A picture of the pay button", False),
        ("图1：付款按钮是灰色的", False),
        ("rabbit", False),
    ],
)
def test_words_that_say_nothing(alt: str, bad: bool) -> None:
    path = {"my-file-2": "a/my-file-2.png", "rabbit": "rabbit.png"}.get(alt, "x.png")
    assert says_nothing(alt, path) is bad


def test_players_need_names() -> None:
    found = findings("v.mp4", "v.en.vtt", outlines=home(link("v.mp4", "video")))
    assert short(found) == [("CP403", "index.md", 3)]


def test_captions_once_for_each_video_and_language() -> None:
    watch = link("v.mp4", "video", alt="How")
    outlines = {
        "a.md": page("A", watch, watch),
        "a.fr.md": page("A", watch),
        "b.md": page("B", watch),
        "c.md": page("C", link("w.mp4", "video", alt="Other")),
        "c.fr.md": page("C", link("w.mp4", "video", alt="Other")),
    }
    found = findings("v.mp4", "v.en.vtt", "w.mp4", outlines=outlines)
    found = [d for d in found if not d.code.startswith("CP41")]  # test_translations.py
    assert short(found) == [("CP202", "a.fr.md", 3), ("CP201", "c.fr.md", 3)]
    assert found[0].args["wanted"] == "v.fr.vtt"
    assert found[0].args["present"] == "en"


@pytest.mark.parametrize(
    ("beside", "codes"),
    [((), ["CP203"]), (("t.en.vtt",), []), (("t.transcript.en.md",), []), (("t.chapters.vtt",), ["CP203"])],
)
def test_audio_needs_words(beside: tuple[str, ...], codes: list[str]) -> None:
    found = findings("t.mp3", *beside, outlines=home(link("t.mp3", "audio", alt="Talk")))
    assert [d.code for d in found] == codes


def test_the_wanted_name_is_whole_where_the_video_has_no_extension() -> None:
    asked = home(link("talk", "video", alt="How to pay"))
    assert [d.args["wanted"] for d in findings("talk", outlines=asked) if d.code == "CP201"] in (
        ["talk.en.vtt"],
        [],
    )


def test_regions_do_not_matter_and_scripts_do() -> None:
    watch = home(link("v.mp4", "video", alt="How"))
    yaml = "title: T\nlanguage: zh-Hans\n"
    assert findings("v.mp4", "v.zh-CN.vtt", outlines=watch, yaml=yaml) == []
    assert [d.code for d in findings("v.mp4", "v.zh-Hant.vtt", outlines=watch, yaml=yaml)] == ["CP202"]
    assert findings("v.mp4", "v.vtt", outlines=watch, yaml=yaml) == []


def test_structure_rules() -> None:
    assert [d.code for d in findings("x.png", language="")] == ["CP164"]
    assert short(findings("m/a.md", outlines={"m/b.md": page("T m/a.md")})) == [("CP166", "m/b.md", 0)]
    assert short(findings("a.md", "b.fr.md")) == [("CP168", "b.fr.md", 0), ("CP410", "course.yaml", 0)]
    assert short(findings("index.md", "v.mp4", "v.sign.mp4")) == [("CP208", "v.mp4", 0)]
    thumb = {"index.md": page("H", front=FrontMatter(thumbnail="gone.png"))}
    assert short(findings(outlines=thumb)) == [("CP503", "index.md", 1)]


def test_outcomes() -> None:
    yaml = "title: T\nlanguage: en\noutcomes: [{id: pay-safely, text: Pays}]\n"
    outlines = {"index.md": page("H", front=FrontMatter(outcomes=("pay-safly", "pay-safely")))}
    (d,) = findings(outlines=outlines, yaml=yaml)
    assert (d.code, d.args["outcome"], d.args["nearest"]) == ("CP167", "pay-safly", "pay-safely")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("a:b.md", "CP169"),
        ("CON.md", "CP169"),
        ("x/aux.txt/a.md", "CP169"),
        ("dir./a.md", "CP169"),
        ("back\\slash.md", "CP169"),
        ("new\nline.md", "CP169"),
        ("\u202egnp.exe.md", "CP169"),
        ("付款 指南.md", None),
        ("a&b%c#.md", None),
        ("مقدمة.md", None),
    ],
)
def test_names(name: str, code: str | None) -> None:
    assert [d.code for d in findings("index.md", name)] == ([code] if code else [])


def test_names_that_some_systems_take_for_one() -> None:
    assert short(findings("index.md", "Pic.png", "pic.png")) == [("CP177", "pic.png", 0)]
    assert [d.code for d in findings("index.md", "caf\xe9.png", "cafe\u0301.png")] == ["CP177"]


def test_large_files() -> None:
    course, _, outlines, sources = make("big.pdf", outlines=home(link("big.pdf", "file")))
    import msgspec

    big = msgspec.structs.replace(sources["big.pdf"], size=3 << 30)
    asset = msgspec.structs.replace(course.assets["big.pdf"], source=big)
    course = msgspec.structs.replace(course, assets={"big.pdf": asset})
    found = list(check_course(course, outlines, {**sources, "big.pdf": big}))
    assert [(d.code, d.path, d.args["size"]) for d in found] == [("CP209", "big.pdf", "3.0")]


def test_levels() -> None:
    found = [diagnostic("CP201", "a.md"), diagnostic("CP208", "b.mp4"), diagnostic("CP500", "c.md")]
    out = apply_levels(found, {"CP201": "error", "CP208": "off", "CP999": "off"})
    assert [(d.code, d.severity) for d in out] == [("CP201", "error"), ("CP500", "error")]
    assert apply_levels(found, {}) == tuple(found)


def test_registry() -> None:
    assert len(RULES) == len(set(RULES.values()))


@pytest.mark.parametrize("code", MINE)
def test_words_in_both_languages_use_the_same_facts(code: str) -> None:
    doc = CODES[code]

    def fields(*templates: str) -> set[str]:
        return {name for t in templates for _, name, _, _ in string.Formatter().parse(t) if name}

    assert fields(doc.message_en) == fields(doc.message_zh)
    assert fields(doc.hint_en) == fields(doc.hint_zh)
    assert len(doc.about_en) > 80
    assert len(doc.about_zh) > 25
    assert "{{" not in doc.about_en + doc.about_zh


def test_a_thumbnail_that_is_a_link_is_looked_at_once() -> None:
    front = FrontMatter(thumbnail="gone.png")
    start = {"index.md": page("H", link("gone.png", "image", role="thumbnail", line=1), front=front)}
    assert short(findings(outlines=start)) == [("CP503", "index.md", 1)]
    there = {
        "index.md": page("H", link("t.png", "image", role="thumbnail"), front=FrontMatter(thumbnail="t.png"))
    }
    assert findings("t.png", outlines=there) == []
