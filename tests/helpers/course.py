"""A small real course, made on the spot: a video with captions, audio, pictures, two languages."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import imageio_ffmpeg
from PIL import Image, ImageDraw

VTT = """WEBVTT

00:00:00.200 --> 00:00:01.400
Open the payment app.

00:00:01.500 --> 00:00:02.800
Check the amount twice.
"""

FILES = {
    "course.yaml": """\
id: tiny
title: Tiny course
description: A course for tests.
version: "3"
language: en
languages: [en, zh-Hans]
license: CC-BY-4.0
outcomes:
  - id: check
    text: Check the amount.
media:
  ladder: [180, 90]
""",
    "index.md": "# Tiny course\n\nWelcome to a tiny course.\n",
    "index.zh-Hans.md": "# 小课程\n\n欢迎。\n",
    "01-pay/index.md": "# Paying\n\nAbout paying.\n",
    "01-pay/01-check.md": (
        "# Check the amount\n\nLook **twice**, see [the next lesson](02-listen.md#again).\n\n"
        "![A phone shows the amount](media/pay.mp4)\n\n![A red square](media/red.png)\n"
    ),
    "01-pay/01-check.zh-Hans.md": "# 核对金额\n\n看两遍。\n\n![手机显示金额](media/pay.mp4)\n",
    "01-pay/02-listen.md": "# Listen\n\n## Again\n\n![A short tone](media/tone.wav)\n",
    "02-after/01-other.md": "# Another module\n\nNothing but text.\n",
    "01-pay/media/pay.en.vtt": VTT,
    "01-pay/media/tone.transcript.en.md": "A tone of one second.\n",
}


def ffmpeg(*arguments: str) -> None:
    """Runs the embedded ffmpeg."""
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y", *arguments]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)


def make_course(root: Path) -> Path:
    """Writes the course into `root`."""
    for name, text in FILES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    media = root / "01-pay" / "media"
    picture = Image.new("RGB", (640, 400), "white")
    ImageDraw.Draw(picture).rectangle((100, 100, 500, 300), fill="red")
    picture.save(media / "red.png")
    video, tone = "testsrc2=size=320x180:rate=15:duration=3", "sine=frequency=440:duration=3"
    inputs = ["-f", "lavfi", "-i", video, "-f", "lavfi", "-i", tone]
    ffmpeg(
        *inputs,
        "-shortest",
        "-pix_fmt",
        "yuv420p",
        "-c:v",
        "libx264",
        "-preset",
        "ultrafast",
        str(media / "pay.mp4"),
    )
    ffmpeg("-f", "lavfi", "-i", "sine=frequency=330:duration=1", str(media / "tone.wav"))
    return root


def command(*arguments: str | Path) -> list[str]:
    """The command line of this checkout."""
    return [sys.executable, "-m", "coursepack", *map(str, arguments)]


def environment(cache: Path, **more: str) -> dict[str, str]:
    """Quiet, English, with a cache of its own."""
    return {**os.environ, "COURSEPACK_CACHE": str(cache), "COURSEPACK_LANG": "en", "NO_COLOR": "1", **more}


def run(cache: Path, *arguments: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Runs a command to its end."""
    return subprocess.run(
        command(*arguments),
        env=environment(cache),
        cwd=cwd or cache.parent,
        capture_output=True,
        text=True,
        timeout=300,
    )


def build(cache: Path, course: Path, output: Path, *more: str) -> dict:
    """Builds and gives the result object; every event line must be JSON."""
    done = run(cache, "build", course, "-o", output, "--format", "json", *more)
    assert done.returncode in (0, 1), done.stdout[-2000:] + done.stderr[-2000:]
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert lines[-1]["event"] == "result"
    lines[-1]["ran"] = sorted(e["id"] for e in lines if e["event"] == "step" and e["state"] == "start")
    lines[-1]["exit"] = done.returncode
    return lines[-1]


def tree(folder: Path) -> dict[str, str]:
    """Digest of every file below `folder`, report aside (it holds times)."""
    return {
        p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in sorted(folder.rglob("*"))
        if p.is_file() and p.name != "report.json"
    }
