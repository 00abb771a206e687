"""Files beside media, and the assets that pages use."""

import pytest
from tests.unit.source.build import codes, link, make, page

from coursepack.model.course import Course
from coursepack.model.document import FrontMatter


def beside(course: Course, path: str = "m/pay.mp4") -> set[tuple[str, str, str]]:
    return {(s.source.path.removeprefix("m/"), s.role, s.language) for s in course.assets[path].sidecars}


def video(*names: str, yaml: str = "title: T\nlanguage: zh-Hans\n"):  # type: ignore[no-untyped-def]
    watch = page("Watch", link("m/pay.mp4", "video", alt="Pay"))
    return make("m/pay.mp4", *(f"m/{n}" for n in names), outlines={"m/index.md": watch}, yaml=yaml)


def test_every_kind_by_name() -> None:
    course, found, *_ = video(
        "pay.zh-Hans.vtt", "pay.en.srt", "pay.descriptions.zh-Hans.vtt", "pay.en.descriptions.vtt",
        "pay.chapters.vtt", "pay.chapters.en.vtt", "pay.metadata.vtt", "pay.sign.mp4", "pay.described.mp3",
        "pay.transcript.zh-Hans.md", "pay.jpg", "pay.fr.captions.ttml", "payment.en.vtt", "payment.mp4",
    )  # fmt: skip
    assert found == ()
    assert beside(course) == {
        ("pay.zh-Hans.vtt", "captions", "zh-Hans"),
        ("pay.en.srt", "captions", "en"),
        ("pay.fr.captions.ttml", "captions", "fr"),
        ("pay.descriptions.zh-Hans.vtt", "descriptions", "zh-Hans"),
        ("pay.en.descriptions.vtt", "descriptions", "en"),
        ("pay.chapters.vtt", "chapters", ""),
        ("pay.chapters.en.vtt", "chapters", "en"),
        ("pay.metadata.vtt", "metadata", ""),
        ("pay.sign.mp4", "sign", ""),
        ("pay.described.mp3", "described", ""),
        ("pay.transcript.zh-Hans.md", "transcript", "zh-Hans"),
        ("pay.jpg", "poster", ""),
    }


def test_a_poster_is_an_image_of_the_page() -> None:
    course, *_ = video("pay.jpg")
    assert course.assets["m/pay.jpg"].role == "image"
    assert course.editions[0].modules[0].page.assets == ("m/pay.mp4", "m/pay.jpg")  # type: ignore[union-attr]


def test_dotted_stems_and_the_longest_wins() -> None:
    watch = page("W", link("a.b.mp4", "video", alt="x"), link("a.mp4", "video", alt="y"))
    course, found, *_ = make("a.mp4", "a.b.mp4", "a.b.en.vtt", "a.en.vtt", outlines={"index.md": watch})
    assert found == ()
    assert beside(course, "a.b.mp4") == {("a.b.en.vtt", "captions", "en")}
    assert beside(course, "a.mp4") == {("a.en.vtt", "captions", "en")}


@pytest.mark.parametrize(
    ("name", "code", "args"),
    [
        ("pay_zh.vtt", "CP204", {"nearest": "pay.mp4"}),
        ("other.en.vtt", "CP204", {"nearest": ""}),
        ("Pay.en.vtt", "CP205", {"media": "m/pay.mp4"}),
        ("pay.chinese.vtt", "CP207", {"words": "chinese"}),
        ("pay.en.fr.vtt", "CP207", {"words": "en.fr"}),
    ],
)
def test_names_that_go_wrong(name: str, code: str, args: dict[str, str]) -> None:
    _, found, *_ = video(name)
    (d,) = found
    assert (d.code, d.path) == (code, f"m/{name}")
    assert args.items() <= d.args.items()


def test_another_case_is_used_all_the_same() -> None:
    course, *_ = video("PAY.en.VTT")
    assert beside(course) == {("PAY.en.VTT", "captions", "en")}


def test_two_for_one_language() -> None:
    course, found, *_ = video("pay.zh-Hans.srt", "pay.zh-Hans.vtt", "pay.vtt", "pay.en.ass", "pay.en-GB.vtt")
    assert {n for n, *_ in beside(course)} == {"pay.vtt", "pay.en.ass", "pay.en-GB.vtt"}
    assert codes(found) == [("CP206", "m/pay.zh-Hans.srt"), ("CP206", "m/pay.zh-Hans.vtt")]


def test_orphans_are_not_media_less_xml_or_named_tracks() -> None:
    watch = page(
        "W", link("v.mp4", "video", alt="x"), link("subs/one.vtt", "file", role="captions", language="en")
    )
    course, found, *_ = make("v.mp4", "subs/one.vtt", "data.xml", outlines={"index.md": watch})
    assert found == ()
    assert beside(course, "v.mp4") == {("subs/one.vtt", "captions", "en")}
    assert set(course.assets) == {"v.mp4"}


def test_a_track_names_the_player_before_it_once() -> None:
    watch = page(
        "W",
        link("m/a.mp4", "video", alt="x"),
        link("m/b.mp4", "video", alt="y"),
        link("m/b.zh-Hans.srt", "file", role="captions", language="zh-Hans"),
    )
    course, found, *_ = make("m/a.mp4", "m/b.mp4", "m/b.zh-Hans.srt", outlines={"index.md": watch})
    assert (found, beside(course, "m/a.mp4")) == ((), set())
    assert beside(course, "m/b.mp4") == {("b.zh-Hans.srt", "captions", "zh-Hans")}


def test_roles_of_assets() -> None:
    home = page(
        "H",
        link("pic.png", "image", alt="x"),
        link("clip.mp4", "file"),
        link("talk.mp3", "audio", alt="y"),
        link("talk.mp3", "file"),
        link("sheet.pdf", "file"),
        link("gone.png", "image", alt="z"),
        link("cover.jpg", "poster"),
        front=FrontMatter(thumbnail="img/thumb.png"),
    )
    course, *_ = make(
        "pic.png", "clip.mp4", "talk.mp3", "sheet.pdf", "cover.jpg", "img/thumb.png", "unused.png", outlines={"index.md": home}
    )  # fmt: skip
    assert {p: a.role for p, a in course.assets.items()} == {
        "clip.mp4": "file",
        "cover.jpg": "image",
        "img/thumb.png": "image",
        "pic.png": "image",
        "sheet.pdf": "file",
        "talk.mp3": "audio",
    }
    assert course.assets["pic.png"].slug == "pic"
    assert course.editions[0].home.thumbnail == "img/thumb.png"  # type: ignore[union-attr]
    assert course.editions[0].home.assets == ("pic.png", "clip.mp4", "talk.mp3", "sheet.pdf", "cover.jpg")  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "thumbnail", ["../../etc/passwd", "/etc/passwd", "http://x/y.png", "..\\x.png", "gone.png"]
)
def test_thumbnails_stay_inside(thumbnail: str) -> None:
    course, *_ = make(outlines={"m/a.md": page("A", front=FrontMatter(thumbnail=thumbnail))})
    assert course.editions[0].modules[0].lessons[0].thumbnail == ""


def test_a_recording_without_an_extension_has_sidecars_too() -> None:
    watch = page("Watch", link("m/talk", "video", alt="A talk"))
    course, found, *_ = make("m/talk", "m/talk.en.vtt", "m/stray.en.vtt", outlines={"m/index.md": watch})
    assert beside(course, "m/talk") == {("talk.en.vtt", "captions", "en")}
    assert codes(found) == [("CP204", "m/stray.en.vtt")]
