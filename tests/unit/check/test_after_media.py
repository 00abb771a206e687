"""What is known only when the media is built."""

import msgspec
import pytest
from tests.unit.source.build import link, make, page

from coursepack.check.after_media import check_built, without_captions
from coursepack.check.view import make_view
from coursepack.model.media import Cue, CueFacts, VideoFacts
from coursepack.model.step import Artefact

YAML = "language: zh-Hans\nlanguages: [zh-Hans, en, yue]\ntitle: Course\n"
PAGES = ("index.md", "index.en.md", "index.yue.md")


def video(*languages: str) -> Artefact:
    inside = tuple(CueFacts("subtitles", tag, "x.vtt", (Cue(0, 1, "x"),)) for tag in languages)
    facts = VideoFacts(1, 1, 1, (), "a.mp4", 1, "a.mp4", 1, "p.jpg", 1, 1, captions=inside)
    return Artefact(facts=msgspec.to_builtins(facts))


def left(artefact: Artefact, *beside: str) -> list[tuple[str, str, str]]:
    """(code, page, languages that are there) of what is still missing, each page in its own language."""
    player = page("T", link("a.mp4", "video", alt="A"), link("talk.mp3", "audio", alt="B"))
    outlines = dict.fromkeys(PAGES, player)
    course, found, read, sources = make("a.mp4", "talk.mp3", *beside, yaml=YAML, outlines=outlines)
    assert not found
    missing = without_captions(make_view(course, read, sources), {"video:a.mp4": artefact})
    return [(d.code, d.path, d.args["present"]) for d in missing]


def test_captions_inside_the_file_are_captions() -> None:
    every = [("CP202", p, "en-GB") for p in ("index.md", "index.yue.md")]
    assert left(video("en-GB")) == every, "the pages of other languages have none all the same"
    assert left(video("en", "zh", "yue")) == []
    assert left(video("")) == [("CP202", p, "zh-Hans") for p in ("index.en.md", "index.yue.md")]


def test_captions_inside_add_to_those_beside() -> None:
    assert left(video("en"), "a.zh-Hans.vtt") == [("CP202", "index.yue.md", "en, zh-Hans")]
    assert left(video(), "a.zh-Hans.vtt") == [
        ("CP202", p, "zh-Hans") for p in ("index.en.md", "index.yue.md")
    ]


def test_a_video_with_none_is_told_of_once() -> None:
    for artefact in (video(), Artefact(failed=True)):
        assert left(artefact) == [("CP201", "index.en.md", "")]


@pytest.mark.parametrize(("sign_ms", "codes"), [(61_000, []), (48_000, ["CP260"]), (75_000, ["CP260"])])
def test_a_sign_language_video_lasts_as_long_as_its_video(sign_ms: int, codes: list[str]) -> None:
    player = page("T", link("a.mp4", "video", alt="A"))
    course, *_ = make(
        "a.mp4", "a.en.vtt", "a.sign.mp4", yaml="language: en\ntitle: C\n", outlines={"index.md": player}
    )
    film = msgspec.convert(video().facts, VideoFacts)
    artefacts = {
        step: Artefact(facts=msgspec.to_builtins(msgspec.structs.replace(film, duration_ms=ms)))
        for step, ms in (("video:a.mp4", 60_000), ("sign:a.sign.mp4", sign_ms))
    }
    found = list(check_built(course, artefacts, {}))
    assert [d.code for d in found] == codes
    assert all((d.path, d.args["video"]) == ("a.sign.mp4", "60.0") for d in found)
