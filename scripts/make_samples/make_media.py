#!/usr/bin/env python3
"""Makes every media file of `course_sources/`: pictures, films, talks and the captions that are true to them.

    pip install pypinyin jieba pillow imageio-ffmpeg
    apt-get install espeak-ng fonts-noto-cjk
    python scripts/make_samples/make_media.py [--only WORD]

Then `manifest.json` beside this file lists what was made, with sizes and digests; a test compares.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import cues
import film
import imageio_ffmpeg
import lecture
import pay
import riders
import screens
import speech
from PIL import Image

HERE = Path(__file__).resolve().parent
COURSES = HERE.parent.parent / "course_sources"
FFMPEG = imageio_ffmpeg.get_ffmpeg_exe()
CHIME = {"zh-Hans": "（提示音）", "yue": "（提示聲）", "en": "[chime]"}
Job = Callable[[Path], list[Path]]


def _write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode(encoding))
    return path


def _png(picture: Image.Image, path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    picture.convert("RGB").quantize(96, dither=Image.Dither.NONE).save(path, optimize=True)
    return path


def _jpeg(picture: Image.Image, path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    picture.convert("RGB").save(path, quality=84, subsampling=0, optimize=True)
    return path


def scan_film(root: Path) -> list[Path]:
    """Landscape film with every kind of sidecar."""
    folder = root / "pay-safely/01-scan/media"
    track = film.record(pay.SCAN, speech.MANDARIN, speech.MANDARIN_DESCRIBER)
    film.encode_film(track, pay.SCAN_SCENES, folder / "scan.mp4", FFMPEG)
    if track.described is None:
        raise SystemExit("the script has no descriptions")
    film.encode_sound(track.described, folder / "scan.described.mp3", FFMPEG)
    made = [folder / "scan.mp4", folder / "scan.described.mp3"]
    for language in ("zh-Hans", "yue", "en"):
        made.append(
            _write(
                folder / f"scan.{language}.vtt",
                cues.vtt(film.captions(track, language, "zh-Hans", CHIME[language])),
            )
        )
        made.append(
            _write(folder / f"scan.chapters.{language}.vtt", cues.vtt(film.chapters(track, language)))
        )
    made.append(_write(folder / "scan.descriptions.zh-Hans.vtt", cues.vtt(list(track.descriptions))))
    made.append(_jpeg(pay.SCAN_SCENES["camera"](), folder / "scan.jpg"))
    return made


def lock_film(root: Path) -> list[Path]:
    """Portrait film; captions as ASS, WebVTT and SRT."""
    folder = root / "pay-safely/02-lock/media"
    track = film.record(pay.LOCK, speech.MANDARIN)
    film.encode_film(track, pay.LOCK_SCENES, folder / "lock.mp4", FFMPEG)
    said = {x: film.captions(track, x, "zh-Hans", CHIME[x]) for x in CHIME}
    return [
        folder / "lock.mp4",
        _write(folder / "lock.zh-Hans.ass", cues.ass(said["zh-Hans"], "给钱包上锁")),
        _write(folder / "lock.yue.vtt", cues.vtt(said["yue"])),
        _write(folder / "lock.en.srt", cues.srt(said["en"])),
        _jpeg(pay.LOCK_SCENES["bad"](), folder / "lock.jpg"),
    ]


def share_film(root: Path) -> list[Path]:
    """Landscape film; the Mandarin captions are an SRT in GBK, as old tools still write it."""
    folder = root / "pay-safely/03-scams/media"
    track = film.record(pay.SHARE, speech.MANDARIN)
    film.encode_film(track, pay.SHARE_SCENES, folder / "share-screen.mp4", FFMPEG)
    said = {x: film.captions(track, x, "zh-Hans", CHIME[x]) for x in CHIME}
    return [
        folder / "share-screen.mp4",
        _write(folder / "share-screen.zh-Hans.srt", cues.srt(said["zh-Hans"]), "gbk"),
        _write(folder / "share-screen.yue.sbv", cues.sbv(said["yue"])),
        _write(folder / "share-screen.en.vtt", cues.vtt(said["en"])),
        _jpeg(pay.SHARE_SCENES["sharing"](), folder / "share-screen-poster.jpg"),
    ]


def phone_figures(root: Path) -> list[Path]:
    return [
        _png(screens.figure(*what).image(), root / "pay-safely" / path)
        for path, what in screens.FIGURES.items()
    ]


def lecture_film(root: Path) -> list[Path]:
    folder = root / "respiratory-health/01-measure/media"
    track = film.record(lecture.LECTURE, speech.ENGLISH)
    film.encode_film(track, lecture.scenes(), folder / "lecture.mp4", FFMPEG, fps=10)
    made = [folder / "lecture.mp4"]
    for language in ("en", "zh-Hans"):
        made.append(
            _write(
                folder / f"lecture.{language}.vtt",
                cues.vtt(film.captions(track, language, "en", CHIME[language])),
            )
        )
        made.append(
            _write(folder / f"lecture.chapters.{language}.vtt", cues.vtt(film.chapters(track, language)))
        )
    made.append(_jpeg(lecture.SLIDES["1"]().image(), folder / "lecture.jpg"))
    return made


def slide_pictures(root: Path) -> list[Path]:
    folder = root / "respiratory-health/01-measure/slides"
    return [_png(make().image(), folder / f"{int(name):02}.png") for name, make in lecture.SLIDES.items()]


def _talk(
    root: Path, path: str, lines: list[film.Line], title: str, languages: tuple[str, ...]
) -> list[Path]:
    out = root / "rider-road-safety" / path
    out.parent.mkdir(parents=True, exist_ok=True)
    track = film.record(lines, speech.MANDARIN)
    film.encode_sound(track.plain, out, FFMPEG, title)
    return [
        out,
        *(
            _write(out.with_suffix(f".{x}.vtt"), cues.vtt(film.captions(track, x, "zh-Hans", CHIME[x])))
            for x in languages
        ),
    ]


def talks(root: Path) -> list[Path]:
    return [
        *_talk(root, "01-before/media/check.mp3", riders.CHECK, "出车前两分钟", ("zh-Hans", "en")),
        *_talk(root, "02-on-the-road/media/crossing.mp3", riders.CROSSING, "过路口", ("zh-Hans",)),
        *_talk(root, "02-on-the-road/media/rain.mp3", riders.RAIN, "雨天和夜路", ("zh-Hans",)),
        # Its words are an authored transcript, talk.transcript.zh-Hans.md.
        *_talk(root, "02-on-the-road/media/crash.mp3", riders.CRASH, "万一出了事故", ()),
    ]


def rider_pictures(root: Path) -> list[Path]:
    course = root / "rider-road-safety"
    portrait = course / "01-before/media/helmet.jpg"
    portrait.parent.mkdir(parents=True, exist_ok=True)
    exif = Image.Exif()
    exif[0x0112] = 6  # Orientation: turn 90 degrees clockwise to show, as phones write portraits.
    riders.helmet().image().transpose(Image.Transpose.ROTATE_90).save(
        portrait, quality=86, subsampling=0, exif=exif
    )
    return [
        portrait,
        _png(riders.bike().image(), course / "01-before/media/bike.png"),
        _jpeg(riders.truck().image(), course / "media/cover.jpg"),
        _write(course / "02-on-the-road/media/turning.svg", riders.TURNING_SVG),
    ]


def hello_picture(root: Path) -> list[Path]:
    return [_write(root / "hello-markdown/media/flow.svg", riders.FLOW_SVG)]


JOBS: tuple[Job, ...] = (
    phone_figures,
    slide_pictures,
    rider_pictures,
    hello_picture,
    scan_film,
    lock_film,
    share_film,
    lecture_film,
    talks,
)


def main() -> None:
    """Runs the jobs whose name contains the word, and renews their part of the manifest."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", default="", help="only jobs whose name contains this word")
    wanted = parser.parse_args().only
    record = HERE / "manifest.json"
    listed = json.loads(record.read_text("utf-8")) if record.exists() else {}
    for job in JOBS:
        if wanted not in job.__name__:
            continue
        listed = {path: entry for path, entry in listed.items() if entry["made_by"] != job.__name__}
        for folder in (
            "pay-safely/01-scan",
            "pay-safely/02-lock",
            "pay-safely/03-scams",
            "respiratory-health/01-measure",
        ):
            (COURSES / folder / "media").mkdir(parents=True, exist_ok=True)
        for path in job(COURSES):
            data = path.read_bytes()
            entry = {"made_by": job.__name__, "size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            listed[path.relative_to(COURSES).as_posix()] = entry
            print(f"{len(data):>9} {path.relative_to(COURSES)}", flush=True)
    record.write_text(json.dumps(dict(sorted(listed.items())), indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
