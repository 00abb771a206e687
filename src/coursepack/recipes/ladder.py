"""Which renditions a video gets, and how each is encoded."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

import msgspec

SEGMENT_S: Final = 6
_SMALLEST: Final = 16
"""Pixels; decoders in browsers refuse less on some devices."""

# H.264 level limits (Rec. ITU-T H.264 table A-1): name, macroblocks a second, decoded picture buffer in macroblocks.
_LEVELS: Final = (
    (3.1, 108_000, 18_000),
    (4.0, 245_760, 32_768),
    (4.2, 522_240, 34_816),
    (5.1, 983_040, 184_320),
    (5.2, 2_073_600, 184_320),
)


class Rung(msgspec.Struct, frozen=True):
    """One rendition to make. The picture is scaled to `scaled`, then padded to `width` x `height` where tiny."""

    lines: int
    """Its short side: what "360p" counts."""
    width: int
    height: int
    scaled: tuple[int, int]
    fps: Fraction
    gop: int
    """Frames between forced keyframes; the same seconds on every rung."""
    crf: int
    refs: int

    @property
    def name(self) -> str:
        """ "360p" """
        return f"{self.lines}p"

    @property
    def folder(self) -> str:
        """Folder of its segments inside the artefact."""
        return f"v{self.lines}"


def choose_rungs(
    width: int, height: int, fps: Fraction, *, ladder: Sequence[int], quality: float
) -> tuple[Rung, ...]:
    """The rungs for a picture of `width` x `height` as displayed, largest first; never larger than the source.

    Where the source is clearly larger than the best rung below it, it keeps its own size as the top one.
    """
    short = min(width, height)
    wanted = sorted({n for n in ladder if 0 < n <= short}, reverse=True)
    below_top = wanted[0] if wanted else 0
    if short > 1.1 * below_top and (any(n > short for n in ladder) or not wanted):
        wanted = [short, *wanted]
    # All rungs cut at the same instants: the group of pictures is counted in frames, even for half-rate rungs.
    gop = max(2, round(fps * SEGMENT_S / 2) * 2)
    rungs: dict[tuple[int, int], Rung] = {}
    for lines in wanted:
        rung = _rung(width, height, lines, fps, gop, quality)
        rungs.setdefault((rung.width, rung.height), rung)
    return tuple(rungs.values())


def _rung(width: int, height: int, lines: int, fps: Fraction, gop: int, quality: float) -> Rung:
    share = Fraction(lines, min(width, height))
    scaled = (_even(width * share), _even(height * share))
    outer = (max(_SMALLEST, scaled[0]), max(_SMALLEST, scaled[1]))
    if lines <= 360 and fps > 31:
        fps, gop = fps / 2, gop // 2
    return Rung(
        lines=min(outer),
        width=outer[0],
        height=outer[1],
        scaled=scaled,
        fps=fps,
        gop=gop,
        crf=crf_for(min(outer), quality),
        refs=references(*outer, fps),
    )


def _even(size: Fraction) -> int:
    # Down, not up: no upscaling.
    return max(2, int(size) // 2 * 2)


def crf_for(lines: int, quality: float) -> int:
    """The x264 rate factor. 23 at VMAF 95; about 1.1 VMAF a step on camera pictures."""
    base = 23 if lines >= 480 else 24 if lines >= 360 else 25
    return min(34, max(16, base + round((95 - quality) / 1.1)))


def references(width: int, height: int, fps: Fraction) -> int:
    """Reference frames, at most 6, that do not raise the H.264 level above what size and rate need anyway."""
    blocks = -(-width // 16) * -(-height // 16)
    for _, rate, buffer in _LEVELS:
        if blocks * fps <= rate and buffer // blocks >= 3:
            return min(6, buffer // blocks)
    return 3
