"""A small real course to watch: a film with everything that belongs to one, a second film, and a recording."""

import os
import subprocess
import sys
from pathlib import Path

import imageio_ffmpeg

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 12

_EN = ("Read the <b>name</b> first.", "Then check the amount.", "Only then pay.")
_ZH = ("先看清名字。", "再核对金额。", "然后才付款。")
_CHAPTERS = ("Before you start", "Reading the amount")
_COURSE = """\
id: watch
title: Watching
language: en
languages: [en, zh-Hans, ug]
license: CC-BY-4.0
media:
  ladder: [180, 90]
"""
_PAGES = {
    "index.md": "# Watching\n\nWelcome.\n",
    "index.zh-Hans.md": "# 观看\n\n欢迎。\n",
    "index.ug.md": "# كۆرۈش\n\nخۇش كەلدىڭىز.\n",
    "01-watch.md": "# Watch\n\n![Paying at the stall](media/pay.mp4)\n\n![A talk](media/talk.wav)\n\n![Another film](media/other.mp4)\n",
    "01-watch.zh-Hans.md": "# 看\n\n![在菜市场扫码付款](media/pay.mp4)\n",
    "01-watch.ug.md": "# كۆرۈش\n\n![پۇل تۆلەش](media/pay.mp4)\n",
}


def vtt(texts: tuple[str, ...]) -> str:
    """Cues of equal length over all the time, but for the last half second."""
    step = SECONDS / len(texts)
    times = [(n * step, (n + 1) * step - (0.5 if n + 1 == len(texts) else 0)) for n in range(len(texts))]
    cues = (
        f"00:{start:06.3f} --> 00:{end:06.3f}\n{text}\n"
        for (start, end), text in zip(times, texts, strict=True)
    )
    return "WEBVTT\n\n" + "\n".join(cues)


def _make(path: Path, *arguments: str) -> None:
    exact = ("-fflags", "+bitexact", "-flags", "+bitexact", "-threads", "1")
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y", *arguments, *exact, str(path)]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)


def _picture(kind: str, size: str, seconds: int = SECONDS) -> tuple[str, ...]:
    return ("-f", "lavfi", "-i", f"{kind}=s={size}:r=10:d={seconds}")


def _tone(hertz: int, seconds: int = SECONDS) -> tuple[str, ...]:
    return ("-f", "lavfi", "-i", f"sine=frequency={hertz}:duration={seconds}:r=48000")


_FAST = ("-c:v", "libx264", "-preset", "ultrafast")


def build_course(root: Path) -> Path:
    """Writes and builds it below `root`, with the usual media cache; the built folder."""
    course = root / "course"
    media = course / "media"
    media.mkdir(parents=True)
    for name, text in {"course.yaml": _COURSE, **_PAGES}.items():
        (course / name).write_text(text, "utf-8")
    cues = {
        "pay.en.vtt": _EN,
        "pay.zh-Hans.vtt": _ZH,
        "pay.chapters.en.vtt": _CHAPTERS,
        "pay.descriptions.en.vtt": ("A hand holds a phone over a code.",),
        "talk.en.vtt": _EN,
    }
    for name, texts in cues.items():
        (media / name).write_text(vtt(texts), "utf-8")
    _make(media / "pay.mp4", *_picture("testsrc2", "320x180"), *_tone(300), *_FAST, "-c:a", "aac")
    _make(media / "pay.sign.mp4", *_picture("testsrc", "180x180"), *_FAST)
    _make(media / "pay.described.en.wav", *_tone(500))
    _make(media / "talk.wav", *_tone(400))
    _make(media / "other.mp4", *_picture("testsrc", "320x180", 3), *_FAST)
    command = [sys.executable, "-m", "coursepack", "build", str(course), "-o", str(root / "out")]
    environment = {**os.environ, "NO_COLOR": "1", "COURSEPACK_LANG": "en"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300)
    built = root / "out" / "watch"
    assert (built / "release.json").is_file(), done.stdout + done.stderr
    return built
