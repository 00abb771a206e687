"""Thumbnails for seeking: sheets of small pictures, and WebVTT that says which part of which sheet to show when.

The cues name parts of sheets by Media Fragments URI 1.0 (`#xywh=`), as players expect. A picture that looks like the
one before it is not stored again: its cue just lasts longer, so that a slide costs one picture however long it stays.
"""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from coursepack.recipes.encode import THUMBNAIL_LINES
from coursepack.tools.cues.track import clock

if TYPE_CHECKING:
    from PIL.Image import Image

HEIGHT: Final = THUMBNAIL_LINES
MOST_PICTURES: Final = 720
SHORTEST_INTERVAL_S: Final = 2
_ACROSS: Final = 8
_DOWN: Final = 8
_WIDEST: Final = 320
_QUALITY: Final = 45
_SEEN: Final = 32
"""Least difference in a colour's level that is seen in so small a picture."""
_SAME: Final = 0.002
"""Largest share of pixels that differ in two pictures that look the same."""


class Sheet(msgspec.Struct, frozen=True):
    """A sheet of thumbnails."""

    name: str
    data: bytes
    media_type: str


class Tile(msgspec.Struct, frozen=True):
    """A picture on show from `start_ms` to `end_ms`, the `number`th (from 0) that is stored."""

    number: int
    start_ms: int
    end_ms: int


def interval_s(duration_ms: int) -> int:
    """Seconds between pictures: 2 up to 24 minutes, 10 for two hours, so that there are never more than 720."""
    return max(SHORTEST_INTERVAL_S, -(-duration_ms // (MOST_PICTURES * 1000)))


def width(width: int, height: int) -> int:
    """The width in pixels of thumbnails for a video of the size `width` x `height` as displayed. Even."""
    exact = HEIGHT * width / max(1, height)
    return min(_WIDEST, max(2, 2 * round(exact / 2)))


def sprites(path: Path, width: int, count: int, duration_ms: int, interval: int) -> tuple[list[Sheet], bytes]:
    """(sheets, WebVTT) of at most `count` raw RGB pictures in the file `path`, one every `interval` seconds.

    No sheet and no cue where there is no picture. Holds one sheet at a time in memory.
    """
    sheets: list[Sheet] = []
    tiles: list[Tile] = []
    kept: list[Image] = []
    for tile, image in _tiles(path, width, count, duration_ms, interval):
        if tiles and tiles[-1].number == tile.number:
            tiles[-1] = Tile(tile.number, tiles[-1].start_ms, tile.end_ms)
            continue
        if len(kept) == _ACROSS * _DOWN:
            sheets.append(_sheet(len(sheets) + 1, kept))
            kept = []
        tiles.append(tile)
        kept.append(image)
    if kept:
        sheets.append(_sheet(len(sheets) + 1, kept))
    return sheets, _vtt(tiles, width)


def _tiles(
    path: Path, width: int, count: int, duration_ms: int, interval: int
) -> Iterator[tuple[Tile, "Image"]]:
    """Every picture with its time; of one that looks like the last stored, the number of that."""
    from PIL import Image

    step_ms = interval * 1000
    count = min(count, -(-duration_ms // step_ms))
    size = width * HEIGHT * 3
    stored: Image.Image | None = None
    number = -1
    with path.open("rb") as f:
        for n in range(min(count, path.stat().st_size // size)):
            image = Image.frombytes("RGB", (width, HEIGHT), f.read(size))
            if stored is None or not _alike(stored, image):
                stored, number = image, number + 1
            # The last picture that there is stays to the end.
            end = (n + 1) * step_ms if n + 1 < min(count, path.stat().st_size // size) else duration_ms
            yield Tile(number, n * step_ms, end), image


def _alike(a: "Image", b: "Image") -> bool:
    from PIL import ImageChops

    levels = ImageChops.difference(a, b).convert("L").histogram()
    return sum(levels[_SEEN:]) <= _SAME * a.width * a.height


def _sheet(number: int, images: list["Image"]) -> Sheet:
    from PIL import Image

    wide, high = images[0].size
    rows = -(-len(images) // _ACROSS)
    sheet = Image.new("RGB", (wide * min(_ACROSS, len(images)), high * rows))
    for n, image in enumerate(images):
        sheet.paste(image, (n % _ACROSS * wide, n // _ACROSS * high))
    out = io.BytesIO()
    sheet.save(out, "WEBP", quality=_QUALITY, method=4)
    return Sheet(sheet_name(number), out.getvalue(), "image/webp")


def sheet_name(number: int) -> str:
    """The name of the `number`th sheet, from 1."""
    return f"thumbnails-{number}.webp"


def _vtt(tiles: list[Tile], width: int) -> bytes:
    blocks = ["WEBVTT"]
    for tile in tiles:
        sheet, place = divmod(tile.number, _ACROSS * _DOWN)
        x, y = place % _ACROSS * width, place // _ACROSS * HEIGHT
        part = f"{sheet_name(sheet + 1)}#xywh={x},{y},{width},{HEIGHT}"
        blocks.append(f"{clock(tile.start_ms)} --> {clock(tile.end_ms)}\n{part}")
    return ("\n\n".join(blocks) + "\n").encode()
