"""Which recordings read which pages aloud, by name; and what is said when they do not fit."""

from pathlib import Path

import pytest
from tests.helpers.course import build
from tests.helpers.reading_course import TIMES, make_reading_course


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("recordings")


def found(result: dict, code: str) -> list[tuple[str, str]]:
    return [(d["path"], d["message"]) for d in result["diagnostics"] if d["code"] == code]


def page(base: Path, output: str, path: str) -> str:
    return (base / output / "named" / "web" / path).read_text("utf-8")


def test_names(base: Path) -> None:
    course = make_reading_course(base / "named", "named")
    recording = (course / "01-a" / "02-read.read.wav").read_bytes()
    for name in (
        "01-steps.READ.en.wav",
        "01-steps.yue.read.wav",
        "09-gone.read.wav",
        "01-steps.read.loud.wav",
    ):
        (course / "01-a" / name).write_bytes(recording)
    (course / "index.read.wav").write_bytes(recording)
    result = build(base / "cache", course, base / "out")
    assert [p for p, _ in found(result, "CP470")] == ["01-a/09-gone.read.wav"]
    assert not found(result, "CP471")
    assert not [d for d in result["diagnostics"] if d["path"].endswith(".vtt")], "no rules of captions"
    for path in ("en/01-a/01-steps.html", "yue/01-a/01-steps.html", "01-a/02-read.html", "index.html"):
        assert '<section class="recording' in page(base, "out", path), path
    for path in ("01-a/01-steps.html", "en/index.html"):
        assert '<section class="recording' not in page(base, "out", path), path
    assert '[0.6, 1.6, "先看名字。"]' in page(base, "out", "01-a/02-read.html")


def test_sentences_that_the_page_no_longer_has(base: Path) -> None:
    course = make_reading_course(base / "changed", "named")
    (course / "01-a" / "02-read.read.vtt").write_text(TIMES.replace("再看金额，", "再看日期"), "utf-8")
    result = build(base / "cache", course, base / "out2")
    [(path, message)] = found(result, "CP471")
    assert path == "01-a/02-read.md"
    assert "1 of 4 sentences" in message
    assert "0:01" in message
    assert "再看日期" in message


def test_a_recording_that_is_none_costs_the_page_nothing(base: Path) -> None:
    course = make_reading_course(base / "broken", "named")
    (course / "01-a" / "02-read.read.wav").write_bytes(b"no sound at all")
    result = build(base / "cache", course, base / "out3")
    assert {p for p, _ in found(result, "CP213")} == {"01-a/02-read.read.wav"}
    assert '<section class="recording' not in page(base, "out3", "01-a/02-read.html")
    assert "最后才按" in page(base, "out3", "01-a/02-read.html")
