"""Fragmented MP4 as ffmpeg's HLS muxer writes it: read, and mended in place (ISO/IEC 14496-12, 23000-19).

That muxer delays pictures by the frames that B-pictures reorder and tells so in an edit list, which players of
segments ignore: picture and sound would be some 70 ms apart. CMAF has signed composition offsets for this.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from coursepack.tools.hls import INIT, Track

_CONTAINERS: Final = {b"moov", b"trak", b"mdia", b"minf", b"stbl", b"moof", b"traf"}
_SKIPPED: Final = {b"stsd": 8, b"avc1": 78, b"av01": 78}
"""Boxes with fields before the boxes that they hold."""

_DATA_OFFSET, _FIRST_FLAGS, _COMPOSITION_OFFSET = 0x1, 0x4, 0x800
_PER_SAMPLE: Final = (0x100, 0x200, 0x400)
"""Flags of the 4-byte fields that stand before the composition offset: duration, size, flags."""


def avc_codec(init: bytes) -> str:
    """The RFC 6381 name of the H.264 track of an initialisation section: "avc1.64001f". ValueError if none."""
    for kind, start, end in boxes(init, 0, len(init)):
        if kind == b"avcC" and end - start >= 4:
            return f"avc1.{init[start + 1 : start + 4].hex()}"
    raise ValueError("no avcC box")


def av1_codec(init: bytes) -> str:
    """The RFC 6381 name of the AV1 track of an initialisation section: "av01.0.08M.08". ValueError if none.

    AV1 codec ISO media file format binding, section 5.
    """
    for kind, start, end in boxes(init, 0, len(init)):
        if kind == b"av1C" and end - start >= 4:
            profile, level = init[start + 1] >> 5, init[start + 1] & 0x1F
            tier = "H" if init[start + 2] & 0x80 else "M"
            depth = 12 if init[start + 2] & 0x20 else 10 if init[start + 2] & 0x40 else 8
            return f"av01.{profile}.{level:02d}{tier}.{depth:02d}"
    raise ValueError("no av1C box")


def timescale(init: bytes) -> int:
    """Ticks a second of the one track of an initialisation section. ValueError if there is none."""
    for kind, start, _ in boxes(init, 0, len(init)):
        if kind == b"mdhd":
            at = start + (20 if init[start] == 1 else 12)
            return int.from_bytes(init[at : at + 4], "big")
    raise ValueError("no mdhd box")


def move(path: Path, *, ticks: int, segments: int) -> None:
    """Makes a segment that was the n-th of its stretch, from time t on, the n + `segments`-th, from t + `ticks`."""
    data = bytearray(path.read_bytes())
    for kind, start, _ in list(boxes(bytes(data), 0, len(data))):
        if kind == b"mfhd":
            _add(data, start + 4, 4, segments)
        elif kind == b"tfdt":
            _add(data, start + 4, 8 if data[start] == 1 else 4, ticks)
        elif kind == b"sidx":
            # Version, flags, reference id and time scale come first.
            _add(data, start + 12, 8 if data[start] == 1 else 4, ticks)
    path.write_bytes(data)


def _add(data: bytearray, at: int, width: int, amount: int) -> None:
    value = int.from_bytes(data[at : at + width], "big") + amount
    data[at : at + width] = value.to_bytes(width, "big")


def start_at_zero(track: Track) -> None:
    """Rewrites the files of `track` so that the first picture is shown at time zero without an edit list."""
    init = bytearray((track.folder / INIT).read_bytes())
    for kind, start, _ in list(boxes(bytes(init), 0, len(init))):
        if kind == b"edts":
            # The same size, so that nothing else moves.
            init[start - 4 : start] = b"free"
    (track.folder / INIT).write_bytes(init)
    delay = 0
    for n, segment in enumerate(track.segments):
        path = track.folder / segment.name
        offsets = _composition_offsets(path)
        if n == 0:
            delay = offsets[0][1] if offsets else 0
        if delay and offsets:
            _shift(path, offsets, delay)


def _composition_offsets(path: Path) -> list[tuple[int, int]]:
    """(place in the file, value) of every composition offset."""
    data = path.read_bytes()
    found: list[tuple[int, int]] = []
    for kind, start, _ in boxes(data, 0, len(data)):
        if kind == b"trun":
            found += _run(data, start)
    return found


def _run(data: bytes, start: int) -> Iterator[tuple[int, int]]:
    flags = int.from_bytes(data[start + 1 : start + 4], "big")
    if not flags & _COMPOSITION_OFFSET:
        return
    before = 4 * sum(bool(flags & f) for f in _PER_SAMPLE)
    at = start + 8 + 4 * bool(flags & _DATA_OFFSET) + 4 * bool(flags & _FIRST_FLAGS)
    for _ in range(int.from_bytes(data[start + 4 : start + 8], "big")):
        at += before
        yield at, int.from_bytes(data[at : at + 4], "big", signed=True)
        at += 4


def _shift(path: Path, offsets: list[tuple[int, int]], delay: int) -> None:
    data = bytearray(path.read_bytes())
    for at, value in offsets:
        data[at : at + 4] = (value - delay).to_bytes(4, "big", signed=True)
    for kind, start, _ in boxes(bytes(data), 0, len(data)):
        if kind == b"trun":
            # Version 1: offsets are signed.
            data[start] = 1
    path.write_bytes(data)


def boxes(data: bytes, at: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """(type, start of the body, end) of every box, containers before what they hold."""
    while at + 8 <= end:
        length, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        if length < 8 or at + length > end:
            return
        yield kind, at + 8, at + length
        if kind in _CONTAINERS or kind in _SKIPPED:
            yield from boxes(data, at + 8 + _SKIPPED.get(kind, 0), at + length)
        at += length
