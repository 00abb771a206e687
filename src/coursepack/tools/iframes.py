"""I-frame playlists (RFC 8216, section 4.3.3.6): what a player shows while a learner drags along the time bar.

Every media segment begins with a keyframe, at the same times on every rung; that one picture of each is enough.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

import msgspec

from coursepack.tools.cmaf import boxes
from coursepack.tools.hls import Track, peak_rate, playlist_head

_DATA_OFFSET, _FIRST_FLAGS, _DURATION, _SIZE = 0x1, 0x4, 0x100, 0x200
"""Flags of a track run: which fields it has (ISO/IEC 14496-12, 8.8.8)."""
_HEAD: Final = 1 << 16
"""Bytes of a segment in which its index is looked for first; a long one has some ten bytes a picture."""


class KeyPicture(msgspec.Struct, frozen=True):
    """The picture that a media segment begins with: `size` bytes of the file `name`, from `offset` on."""

    name: str
    duration_s: float
    """Of the whole segment: until the next such picture."""
    offset: int
    size: int


class IFrames(msgspec.Struct, frozen=True):
    """An I-frame playlist, and its peak bit rate for the multivariant playlist."""

    data: bytes
    bandwidth: int


def iframe_playlist(track: Track) -> IFrames:
    """The I-frame playlist of a finished picture track, to lie beside its media playlist."""
    return playlist_of(key_picture(track.folder / s.name, s.duration_s) for s in track.segments)


def key_picture(segment: Path, duration_s: float) -> KeyPicture:
    """The first picture of a segment file. ValueError where it is no CMAF segment."""
    with segment.open("rb") as f:
        head = f.read(_HEAD)
        try:
            offset, end = _first_sample_end(head)
        except ValueError:
            offset, end = _first_sample_end(head + f.read())
    return KeyPicture(segment.name, duration_s, offset, end - offset)


def playlist_of(pictures: Iterable[KeyPicture]) -> IFrames:
    """The I-frame playlist of these pictures, in playing order."""
    kept = tuple(pictures)
    lines = [*playlist_head(p.duration_s for p in kept), "#EXT-X-I-FRAMES-ONLY"]
    for p in kept:
        lines += [f"#EXTINF:{p.duration_s:.6f},", f"#EXT-X-BYTERANGE:{p.size}@{p.offset}", p.name]
    data = ("\n".join([*lines, "#EXT-X-ENDLIST"]) + "\n").encode()
    return IFrames(data, peak_rate([(p.size, p.duration_s) for p in kept]))


def _first_sample_end(segment: bytes) -> tuple[int, int]:
    """Where the first movie fragment of a segment begins, and where its first sample ends: in a segment that begins
    with a keyframe, all that is needed to show that picture. ValueError where there is none.
    """
    moof = default_size = 0
    for kind, start, _ in boxes(segment, 0, len(segment)):
        if kind == b"moof":
            moof = start - 8
        elif kind == b"tfhd":
            default_size = _default_size(segment, start)
        elif kind == b"trun":
            offset, size = _first_sample(segment, start)
            return moof, moof + offset + (default_size if size is None else size)
    raise ValueError("no movie fragment")


def _default_size(data: bytes, at: int) -> int:
    """The default sample size of a track fragment header, 0 if none."""
    flags = int.from_bytes(data[at + 1 : at + 4], "big")
    before = 8 + 8 * bool(flags & 0x1) + 4 * bool(flags & 0x2) + 4 * bool(flags & 0x8)
    return int.from_bytes(data[at + before : at + before + 4], "big") if flags & 0x10 else 0


def _first_sample(data: bytes, at: int) -> tuple[int, int | None]:
    """(offset from the fragment's start, size or None for the default) of the first sample of a track run."""
    flags = int.from_bytes(data[at + 1 : at + 4], "big")
    if not flags & _DATA_OFFSET or not int.from_bytes(data[at + 4 : at + 8], "big"):
        raise ValueError("a track run without samples or place")
    offset = int.from_bytes(data[at + 8 : at + 12], "big", signed=True)
    first = at + 12 + 4 * bool(flags & _FIRST_FLAGS) + 4 * bool(flags & _DURATION)
    size = int.from_bytes(data[first : first + 4], "big") if flags & _SIZE else None
    return offset, size
