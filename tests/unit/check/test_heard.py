"""Captions against what is heard: which code, and that its hint mends it."""

import re
from pathlib import Path

import msgspec
import pytest
from tests.unit.source.build import link, make, page

from coursepack.check.after_media import check_built
from coursepack.check.heard import captions_heard, over_background
from coursepack.cli.main import run
from coursepack.model.codes import words
from coursepack.model.media import Cue, CueFacts, VideoFacts
from coursepack.model.speech import SpeechFacts
from coursepack.model.step import Artefact

COURSES = Path(__file__).parents[3] / "course_sources"
LECTURE = COURSES / "respiratory-health/01-measure/media/lecture.mp4"
SPEECH = SpeechFacts(
    60_000, tuple((k * 3000 + 400 * (k % 3), k * 3000 + 2000) for k in range(20)), -25.0, -60.0
)


def captions(*cues: tuple[int, int], kind: str = "captions") -> CueFacts:
    return CueFacts(kind, "en", "x.vtt", tuple(Cue(a, b, "words") for a, b in cues))  # type: ignore[arg-type]


def codes(facts: CueFacts, speech: SpeechFacts = SPEECH) -> list[str]:
    return [d.code for d in captions_heard("a.en.vtt", facts, speech, "a.mp4")]


def test_captions_that_fit_have_no_finding() -> None:
    assert codes(captions(*SPEECH.segments)) == []


def test_late_and_early() -> None:
    late = captions(*[(a + 900, b + 900) for a, b in SPEECH.segments])
    (found,) = captions_heard("a.en.vtt", late, SPEECH, "a.mp4")
    assert (found.code, found.severity) == ("CP360", "warning")
    assert words(found)[1] == "coursepack captions shift a.en.vtt --by -0.90"
    assert "0.90 s too late" in words(found)[0] and "晚了 0.90 秒" in words(found, "zh")[0]
    early = captions(*[(a - 900, b - 900) for a, b in SPEECH.segments[1:]])
    (found,) = captions_heard("a.en.vtt", early, SPEECH, "a.mp4")
    assert found.code == "CP361" and words(found)[1].endswith("--by +0.90")


def test_descriptions_and_chapters_speak_between() -> None:
    moved = [(a + 900, b + 900) for a, b in SPEECH.segments]
    assert codes(captions(*moved, kind="descriptions")) == codes(captions(*moved, kind="chapters")) == []


def test_a_long_stretch_without_captions() -> None:
    (found,) = captions_heard("a.en.vtt", captions(*SPEECH.segments[:8]), SPEECH, "a.mp4")
    assert found.code == "CP364"
    assert (found.args["time"], found.args["end"]) == ("00:00:23.000", "00:01:00.000")
    music = captions(*SPEECH.segments[:8], (24_000, 60_000))
    assert codes(music) == []


def test_speech_over_its_background() -> None:
    def found(background: float | None) -> list[str]:
        speech = SpeechFacts(1, (), -25.0, background)
        return [d.args["db"] for d in over_background("a.mp4", speech)]

    assert found(-60.0) == found(-45.0) == found(-44.5) == found(None) == []
    assert found(-40.0) == ["15"]


@pytest.mark.parametrize(("by", "rate"), [(1400, 1.0), (-700, 1.0), (0, 25 / 24)])
def test_check_finds_it_and_its_hint_mends_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], by: int, rate: float
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COURSEPACK_LANG", "en")
    Path("lecture.mp4").write_bytes(LECTURE.read_bytes())

    def moved(match: re.Match[str]) -> str:
        h, m, s, ms = map(int, match.groups())
        t = max(0, round((((h * 60 + m) * 60 + s) * 1000 + ms) * rate) + by)
        return f"{t // 3600000:02}:{t // 60000 % 60:02}:{t // 1000 % 60:02}.{t % 1000:03}"

    text = LECTURE.with_name("lecture.en.vtt").read_text("utf-8")
    Path("lecture.en.vtt").write_text(re.sub(r"(\d\d):(\d\d):(\d\d)\.(\d\d\d)", moved, text), "utf-8")
    run(["captions", "check", "lecture.en.vtt"])
    out = capsys.readouterr().out
    hint = re.search(r"coursepack (captions shift lecture\.en\.vtt .*)", out)
    assert hint, out
    assert run([*hint[1].split(), "--write"]) == 0
    run(["captions", "check", "lecture.en.vtt"])
    assert "captions shift" not in capsys.readouterr().out


def test_a_build_compares_what_it_built() -> None:
    late = captions(*[(a + 900, b + 900) for a, b in SPEECH.segments])
    course, *_ = make(
        "a.mp4",
        "a.en.vtt",
        yaml="language: en\n",
        outlines={"index.md": page("T", link("a.mp4", "video", alt="A"))},
    )
    quiet = msgspec.structs.replace(SPEECH, background_db=-35.0)
    artefacts = {
        "video:a.mp4": Artefact(facts=_BARE),
        "cues": Artefact(facts=msgspec.to_builtins(late)),
        "speech:a.mp4": Artefact(facts=msgspec.to_builtins(quiet)),
    }
    found = check_built(course, artefacts, {"a.en.vtt": "cues"})
    assert [(d.code, d.path) for d in found] == [("CP360", "a.en.vtt"), ("CP363", "a.mp4")]


_BARE = msgspec.to_builtins(VideoFacts(1, 1, 1, (), "a.mp4", 1, "a.mp4", 1, "p.jpg", 1, 1)) | {
    "duration_ms": 70_000
}
