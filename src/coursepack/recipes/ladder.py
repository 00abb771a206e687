"""Which renditions a video gets, and how each is encoded."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, Final, TypeVar

import msgspec

from coursepack.model.media import Codec

SEGMENT_S: Final = 6
_SMALLEST: Final = 16
"""Pixels; decoders in browsers refuse less on some devices."""
_SLOW_FPS: Final = 16

# H.264 level limits (Rec. ITU-T H.264 table A-1): name, macroblocks a second, decoded picture buffer in macroblocks.
_LEVELS: Final = (
    (3.1, 108_000, 18_000),
    (4.0, 245_760, 32_768),
    (4.2, 522_240, 34_816),
    (5.1, 983_040, 184_320),
    (5.2, 2_073_600, 184_320),
)

THIN_LINE_KBPS: Final = 300
"""What a village's line gives: the lowest rung must play on it without a stall."""
_CAP_LINES: Final = 240
_THIN_LINES: Final = 96
_HALF_RATE_LINES: Final = 360
_FULL_RATE_FPS: Final = 31
_CAP_KBPS: Final = 140


T = TypeVar("T")


def as_params(value: object) -> Any:
    """`value` as JSON values for the params of a part; rates become "30000/1001"."""
    return msgspec.to_builtins(value, enc_hook=str)


def from_params(data: object, kind: type[T]) -> T:
    """The reverse of `as_params`."""
    return msgspec.convert(data, kind, dec_hook=lambda _, value: Fraction(value))


class Rung(msgspec.Struct, frozen=True):
    """One rendition to make. The picture is scaled to `scaled`, then padded to `width` x `height` where tiny."""

    codec: Codec
    lines: int
    """Its short side: what "360p" counts."""
    width: int
    height: int
    scaled: tuple[int, int]
    fps: Fraction
    gop: int
    """Frames between forced keyframes; the same seconds on every rung."""
    crf: float
    refs: int
    cap_kbps: int = 0
    """Most that the picture may take, averaged over a second or so; 0: no limit."""

    @property
    def name(self) -> str:
        """ "360p", "360p-av1" """
        return f"{self.lines}p" if self.codec == "h264" else f"{self.lines}p-{self.codec}"

    @property
    def folder(self) -> str:
        """Folder of its segments inside the artefact."""
        return f"v{self.lines}" if self.codec == "h264" else f"{self.codec}-{self.lines}"


def choose_rungs(
    width: int, height: int, fps: Fraction, *, ladder: Sequence[int], crf: float, codec: Codec = "h264"
) -> tuple[Rung, ...]:
    """The rungs for a picture of `width` x `height` as displayed, largest first; never larger than the source.

    `crf` is the top rung's. Where the source is clearly larger than the best rung below it, it keeps its own size
    as the top one.
    """
    short = min(width, height)
    wanted = sorted({n for n in ladder if 0 < n <= short}, reverse=True)
    below_top = wanted[0] if wanted else 0
    if short > 1.1 * below_top and (any(n > short for n in ladder) or not wanted):
        wanted = [short, *wanted]
    if len(wanted) == 1 and _THIN_LINES <= wanted[0] <= _CAP_LINES:
        # A small video keeps its quality; beside it stands a smaller one for thin lines.
        wanted.append(wanted[0] * 2 // 3)
    rungs: dict[tuple[int, int], Rung] = {}
    for lines in wanted:
        rung = _rung(width, height, lines, fps, crf, codec)
        rungs.setdefault((rung.width, rung.height), rung)
    return _related(tuple(rungs.values()))


def _related(rungs: tuple[Rung, ...]) -> tuple[Rung, ...]:
    """What depends on a rung's place in the ladder: the lower ones may be coarser and slower, the last is capped."""
    top, lower = rungs[0], list(rungs[1:])
    for n, rung in enumerate(lower):
        coarser = crf_offset(rung.lines, rung.codec) - crf_offset(top.lines, top.codec)
        lower[n] = msgspec.structs.replace(rung, crf=rung.crf + coarser)
        if rung.lines <= _HALF_RATE_LINES and rung.fps > _FULL_RATE_FPS:
            lower[n] = msgspec.structs.replace(lower[n], fps=rung.fps / 2, gop=rung.gop // 2)
    if lower and lower[-1].lines <= _CAP_LINES:
        lower[-1] = msgspec.structs.replace(lower[-1], cap_kbps=_CAP_KBPS)
    return (top, *lower)


def slow_rate(fps: Fraction) -> Fraction:
    """The rate of slides: every n-th picture, at most 16 a second."""
    return next(fps / n for n in range(1, 100) if fps / n <= _SLOW_FPS)


def group_frames(fps: Fraction) -> int:
    """Frames from keyframe to keyframe at the top rung's rate: even, so that half-rate rungs cut at the same time."""
    return max(2, round(fps * SEGMENT_S / 2) * 2)


def _rung(width: int, height: int, lines: int, fps: Fraction, crf: float, codec: Codec) -> Rung:
    share = Fraction(lines, min(width, height))
    scaled = (_even(width * share), _even(height * share))
    outer = (max(_SMALLEST, scaled[0]), max(_SMALLEST, scaled[1]))
    return Rung(
        codec=codec,
        lines=min(outer),
        width=outer[0],
        height=outer[1],
        scaled=scaled,
        fps=fps,
        gop=group_frames(fps),
        crf=crf,
        refs=references(*outer, fps),
    )


def _even(size: Fraction) -> int:
    # Down, not up: no upscaling.
    return max(2, int(size) // 2 * 2)


def crf_offset(lines: int, codec: Codec) -> int:
    """How much coarser a lower rung may be than the top one: small pictures are looked at on small screens."""
    step = 0 if lines >= 480 else 1 if lines >= 360 else 2
    # SVT-AV1's scale is about twice as fine as x264's.
    return step if codec == "h264" else 2 * step


def references(width: int, height: int, fps: Fraction) -> int:
    """Reference frames, at most 6, that do not raise the H.264 level above what size and rate need anyway."""
    blocks = -(-width // 16) * -(-height // 16)
    for _, rate, buffer in _LEVELS:
        if blocks * fps <= rate and buffer // blocks >= 3:
            return min(6, buffer // blocks)
    return 3
