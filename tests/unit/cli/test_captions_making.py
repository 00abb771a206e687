"""`captions align`, `draft` and `bilingual` as people call them."""

import json
import sys
from pathlib import Path

import pytest

from coursepack.cli.main import run
from coursepack.tools.speech.making import marked_draft

COURSES = Path(__file__).parents[3] / "course_sources"
SCAN = COURSES / "pay-safely/01-scan/media/scan.mp4"


@pytest.fixture
def media(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of a sample, alone in the current folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COURSEPACK_ASR_MODEL", raising=False)
    copy = tmp_path / "scan.mp4"
    copy.write_bytes(SCAN.read_bytes())
    return copy


def script(media: Path, encoding: str = "utf-8") -> Path:
    lines = SCAN.with_name("scan.zh-Hans.vtt").read_text("utf-8").split("\n")
    words = [line for line in lines if line and "-->" not in line and line != "WEBVTT"]
    path = media.with_name("script.txt")
    path.write_text("\n".join(words), encoding)
    return path


def test_align_prints_and_writes(media: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = script(media, "gb18030")
    assert run(["captions", "align", str(path), str(media)]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("WEBVTT\n\n00:00:")
    assert "打开付款软件，点“扫一扫”" in out
    assert "14 cues" in err
    assert sorted(p.name for p in media.parent.iterdir()) == ["scan.mp4", "script.txt"]
    assert run(["captions", "align", str(path), str(media), "--write", "--quiet"]) == 0
    written = media.with_name("scan.zh-Hans.vtt")
    assert written.read_text("utf-8") == out
    assert capsys.readouterr() == ("", "")
    assert run(["captions", "align", str(path), str(media), "--write"]) == 2
    assert "is there already" in capsys.readouterr().err
    assert run(["captions", "align", str(path), str(media), "--write", "--force"]) == 0


def test_align_in_json(media: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["captions", "align", str(script(media)), str(media), "-o", "x.vtt", "--format", "json"]) == 0
    result = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (result["event"], result["ok"], result["command"]) == ("result", True, "captions align")
    assert result["files"] == [
        {"path": "x.vtt", "language": "zh-Hans", "cues": 14, "method": "speech", "unsure_ms": []}
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no text"),
        ("# A heading only", "no words"),
        ("Short.", "does not belong to the recording"),
        ("word " * 4000, "does not belong to the recording"),
        ("WEBVTT\n\n00:00.000 --> 00:01.000\nx", "has times already"),
    ],
)
def test_scripts_that_cannot_be_aligned(
    media: Path, capsys: pytest.CaptureFixture[str], text: str, says: str
) -> None:
    path = media.with_name("script.md")
    path.write_text(text, "utf-8")
    assert run(["captions", "align", str(path), str(media)]) == 2
    assert says in capsys.readouterr().err


def test_media_that_cannot_be_heard(media: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = script(media)
    assert run(["captions", "align", str(path), "nope.mp4"]) == 2
    assert run(["captions", "align", str(path), str(path)]) == 2
    err = capsys.readouterr().err
    assert "nope.mp4 is not a file" in err and "is not a recording that can be read" in err


def test_draft_says_what_is_missing(
    media: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "faster_whisper", None)
    assert run(["captions", "draft", str(media), "--lang", "zh-Hans", "--write"]) == 3
    out, err = capsys.readouterr()
    assert out == ""
    assert "speech recognition is not installed" in err and "pip install 'coursepack[asr]'" in err
    assert [p.name for p in media.parent.iterdir()] == ["scan.mp4"]


def test_bilingual(media: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for language in ("zh-Hans", "en"):
        name = f"scan.{language}.vtt"
        media.with_name(name).write_bytes(SCAN.with_name(name).read_bytes())
    assert run(["captions", "bilingual", "scan.zh-Hans.vtt", "scan.en.vtt", "--write"]) == 0
    text = media.with_name("scan.mul.vtt").read_text("utf-8")
    assert (
        "<lang zh-Hans>都对了，再按“确认付款”</lang>\n<lang en>Both right? Then tap Confirm.</lang>" in text
    )
    assert run(["captions", "bilingual", "scan.en.vtt", "nope.vtt"]) == 2
    media.with_name("bad.vtt").write_text("no captions", "utf-8")
    assert run(["captions", "bilingual", "scan.en.vtt", "bad.vtt"]) == 2
    assert "bad.vtt cannot be read" in capsys.readouterr().err


@pytest.mark.parametrize("command", [["check", "course"], ["captions", "check", "course"]])
def test_a_draft_is_told_until_its_note_is_deleted(
    media: Path, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    course = media.with_name("course")
    course.mkdir()
    media.rename(course / "scan.mp4")
    (course / "index.md").write_text("# T\n\n![A film](scan.mp4)\n", "utf-8")
    captions = course / "scan.en.vtt"
    plain = SCAN.with_name("scan.en.vtt").read_bytes()
    captions.write_bytes(marked_draft(plain, "made by a test"))
    run([*command, "--format", "json"])
    result = json.loads(capsys.readouterr().out.splitlines()[-1])
    found = [(d["line"], d["severity"]) for d in result["diagnostics"] if d["code"] == "CP365"]
    assert found == [(3, "warning")]
    captions.write_bytes(plain)
    run([*command, "--format", "json"])
    assert "CP365" not in capsys.readouterr().out
