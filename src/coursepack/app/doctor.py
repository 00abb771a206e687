"""The use case `doctor`: does this machine have what a build needs?"""

import importlib
import os
import shutil
import sys
from pathlib import Path

import msgspec

from coursepack.errors import CoursepackError
from coursepack.settings import Workspace

_LIBRARIES = ("markdown_it", "jinja2", "PIL", "av", "nh3", "boto3", "latex2mathml.converter")
_ROOM_BYTES = 2_000_000_000


class Point(msgspec.Struct, frozen=True):
    """One thing looked at."""

    name: str
    ok: bool
    found: str
    hint: str = ""


def examine(workspace: Workspace, cache: Path) -> list[Point]:
    """Every point, good or bad; nothing is changed on the machine."""
    return [_python(), *_libraries(), _ffmpeg(workspace), _avif(), _themes(), _cache(cache)]


def _python() -> Point:
    version = ".".join(map(str, sys.version_info[:3]))
    return Point("Python", sys.version_info >= (3, 11), version, "coursepack needs Python 3.11 or newer")


def _libraries() -> list[Point]:
    missing = []
    for name in _LIBRARIES:
        try:
            importlib.import_module(name)
        except ImportError as e:
            missing.append(f"{name} ({e})")
    found = "all there" if not missing else ", ".join(missing)
    return [
        Point(
            "libraries",
            not missing,
            found,
            "install coursepack again: pip install --force-reinstall coursepack",
        )
    ]


def _ffmpeg(workspace: Workspace) -> Point:
    from coursepack.tools.abilities import missing
    from coursepack.tools.ffmpeg import find_ffmpeg, version

    try:
        tool = find_ffmpeg(workspace.ffmpeg)
        lacking = missing(tool)
        found = version(tool).splitlines()[0]
    except CoursepackError as e:
        return Point("ffmpeg", False, e.message, e.hint)
    hint = "leave out the `ffmpeg` setting and COURSEPACK_FFMPEG: the embedded one has all that is needed"
    return Point("ffmpeg", not lacking, f"{found}, without {', '.join(lacking)}" if lacking else found, hint)


def _avif() -> Point:
    from PIL import features

    ok = bool(features.check("avif") and features.check("webp"))
    return Point(
        "AVIF and WebP",
        ok,
        "Pillow writes both" if ok else "Pillow lacks one",
        "upgrade Pillow to 11.3 or newer",
    )


def _themes() -> Point:
    from coursepack.tools.theme import find_themes

    try:
        themes = find_themes()
    except CoursepackError as e:
        return Point("themes", False, e.message, e.hint)
    player = (themes / "default" / "dist" / "hls.js").is_file()
    hint = "the package was built without its front end: install it from a wheel, or run `pip install -e .` again"
    return Point("themes", player, str(themes) if player else "hls.js is missing", hint)


def _cache(cache: Path) -> Point:
    place = next(p for p in (cache, *cache.absolute().parents) if p.exists())
    free = shutil.disk_usage(place).free
    ok = os.access(place, os.W_OK) and free > _ROOM_BYTES
    return Point(
        "cache",
        ok,
        f"{cache}, {free / 1e9:.0f} GB free",
        "free some space, or set COURSEPACK_CACHE to another folder",
    )
