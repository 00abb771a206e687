"""The sample courses: small, made by the committed script, captions true to the media, images described."""

import hashlib
import json
import re
from itertools import pairwise
from pathlib import Path

import av
import pysubs2
import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "course_sources"
MANIFEST = json.loads((ROOT / "scripts/make_samples/manifest.json").read_text("utf-8"))

MEDIA = {".mp4", ".mp3"}
CUES = {".vtt", ".srt", ".ass", ".sbv"}
MADE = MEDIA | CUES | {".png", ".jpg", ".svg"}

FILES = sorted(p for p in SAMPLES.rglob("*") if p.is_file())
PAGES = [p for p in FILES if p.suffix == ".md"]
FILMS = [p for p in FILES if p.suffix in MEDIA and ".described" not in p.name]
CAPTIONS = [p for p in FILES if p.suffix in CUES and not re.search(r"\.(chapters|descriptions)\.", p.name)]
CUE_FILES = [p for p in FILES if p.suffix in CUES]

_IMAGE = re.compile(r"!\[((?:[^\]\\]|\\.)*)\]\(([^)\s]+)\)")
_CHARACTERS = {"zh": (16, 9), "yue": (16, 9), "en": (42, 20)}
_LANGUAGE = re.compile(r"\.(zh-Hans|zh-Hant|yue|en)\.")


def named(path: Path) -> str:
    return path.relative_to(SAMPLES).as_posix()


def seconds(path: Path) -> float:
    with av.open(str(path)) as media:
        assert media.duration is not None
        return media.duration / 1e6


def text_of(path: Path) -> str:
    data = path.read_bytes()
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("gbk")


def cues_of(path: Path) -> list[tuple[float, float, str]]:
    """(start, end, words) in seconds; SBV is read here because pysubs2 does not know it."""
    text = text_of(path)
    if path.suffix == ".sbv":
        found = re.findall(r"(\d+):(\d\d):(\d\d\.\d{3}),(\d+):(\d\d):(\d\d\.\d{3})\n((?:.+\n)+)", text)
        return [
            (
                int(a) * 3600 + int(b) * 60 + float(c),
                int(d) * 3600 + int(e) * 60 + float(f),
                words.strip(),
            )
            for a, b, c, d, e, f, words in found
        ]
    subtitles = pysubs2.SSAFile.from_string(text, format_=path.suffix[1:])
    return [(e.start / 1000, e.end / 1000, e.plaintext) for e in subtitles]


def media_of(cue_file: Path) -> Path:
    stem = cue_file.name.split(".")[0]
    return next(p for p in FILMS if p.parent == cue_file.parent and p.stem == stem)


def test_the_samples_are_small_and_complete() -> None:
    assert sum(p.stat().st_size for p in FILES) < 25_000_000
    assert {p.name for p in SAMPLES.iterdir() if p.is_dir()} >= {
        "pay-safely",
        "respiratory-health",
        "rider-road-safety",
        "hello-markdown",
    }


def test_every_media_file_was_made_by_the_script() -> None:
    found = {named(p): hashlib.sha256(p.read_bytes()).hexdigest() for p in FILES if p.suffix in MADE}
    listed = {path: entry["sha256"] for path, entry in MANIFEST.items()}
    assert found == listed


def test_the_manifest_names_jobs_of_the_script() -> None:
    script = (ROOT / "scripts/make_samples/make_media.py").read_text("utf-8")
    jobs = {entry["made_by"] for entry in MANIFEST.values()}
    assert all(f"def {job}(" in script for job in jobs)


@pytest.mark.parametrize("path", CUE_FILES, ids=named)
def test_cues_lie_inside_the_media(path: Path) -> None:
    cues = cues_of(path)
    end = seconds(media_of(path))
    assert cues
    assert all(0 <= start < stop <= end + 0.1 for start, stop, _ in cues)
    assert all(first[1] <= then[0] for first, then in pairwise(cues))
    assert all(words.strip() for _, _, words in cues)


def width(text: str, language: str) -> float:
    if language == "en":
        return len(text)
    return sum(1 if ord(c) > 0x2000 else 0.5 for c in text)


@pytest.mark.parametrize("path", CAPTIONS, ids=named)
def test_captions_keep_the_published_numbers(path: Path) -> None:
    tag = _LANGUAGE.search(path.name)
    assert tag
    language = "zh" if tag[1].startswith("zh") else tag[1]
    longest, fastest = _CHARACTERS[language]
    for start, stop, words in cues_of(path):
        lines = words.split("\n")
        assert 0.82 <= stop - start <= 7.01
        assert len(lines) <= 2
        assert all(width(line, language) <= longest for line in lines)
        assert width("".join(lines), language) / (stop - start) <= fastest


@pytest.mark.parametrize("path", FILMS, ids=named)
def test_all_that_is_spoken_can_be_read(path: Path) -> None:
    beside = {p.name for p in path.parent.iterdir()}
    words = {n for n in beside if n.startswith(f"{path.stem}.") and Path(n).suffix in CUES}
    assert words or any(n.startswith(f"{path.stem}.transcript.") for n in beside)


def test_the_described_sound_is_as_long_as_its_film() -> None:
    film = SAMPLES / "pay-safely/01-scan/media/scan.mp4"
    assert abs(seconds(film) - seconds(film.with_suffix(".described.mp3"))) < 0.3


def test_caption_formats_and_encodings_vary() -> None:
    assert {p.suffix for p in CAPTIONS} == CUES
    with pytest.raises(UnicodeDecodeError):
        (SAMPLES / "pay-safely/03-scams/media/share-screen.zh-Hans.srt").read_bytes().decode("utf-8")


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_every_image_is_described_and_there(path: Path) -> None:
    for alt, target in _IMAGE.findall(re.sub(r"`[^`\n]*`", "", path.read_text("utf-8"))):
        assert (path.parent / target).is_file(), target
        assert len(alt) >= 8, target


def test_a_photo_is_stored_turned() -> None:
    from PIL import Image

    with Image.open(SAMPLES / "rider-road-safety/01-before/media/helmet.jpg") as picture:
        assert picture.getexif()[0x0112] == 6
        assert picture.width > picture.height


def test_outcomes_that_pages_name_exist() -> None:
    for course in (p.parent for p in FILES if p.name == "course.yaml"):
        known = {o["id"] for o in yaml.safe_load((course / "course.yaml").read_text("utf-8"))["outcomes"]}
        for page in course.rglob("*.md"):
            text = page.read_text("utf-8")
            named_here = set(re.findall(r"\boutcome=([\w-]+)", text))
            for listed in re.findall(r"^outcomes: \[(.*)\]$", text, re.MULTILINE):
                named_here |= {w.strip() for w in listed.split(",")}
            assert named_here <= known, named(page)
