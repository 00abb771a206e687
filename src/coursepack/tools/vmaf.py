"""VMAF of one picture track against another, by the libvmaf inside ffmpeg.

https://github.com/Netflix/vmaf: 0 to 100; a good viewer tells 94 from the original in a side-by-side only. Identical
still pictures score 97.43, so 97 and more is no useful aim.
"""

import math
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

import msgspec

from coursepack.tools.ffmpeg import Ffmpeg, command, run_ffmpeg
from coursepack.tools.process import Limits, ToolFailed

SMALLEST: Final = 64
"""Pixels of the shorter side: below, scores mean little, and below 20 libvmaf gives none."""

_THREADS: Final = 2
_LARGE: Final = 2000
"""Lines from which a picture is judged as on a 4K screen."""
_LOG: Final = "vmaf.json"


class Vmaf(msgspec.Struct, frozen=True):
    """The scores of a track's pictures."""

    mean: float
    p5: float
    """The 5th percentile: what the bad moments look like."""
    pictures: int


class _Metrics(msgspec.Struct):
    vmaf: float


class _Frame(msgspec.Struct):
    metrics: _Metrics


class _Log(msgspec.Struct):
    frames: list[_Frame]


def measure(
    ffmpeg: Ffmpeg,
    made: Any,
    reference: Any,
    *,
    lines: int,
    folder: Path,
    limits: Limits,
    cancelled: Callable[[], bool] = lambda: False,
    every: int = 1,
) -> Vmaf:
    """Scores of `made` against `reference`: ffmpeg-python streams of equal size, compared picture by picture.

    `lines` is their shorter side, `folder` is for passing files, `every` n-th picture is looked at. Raises
    ToolFailed, also for pictures smaller than `SMALLEST`.
    """
    import ffmpeg as graph

    # By number, not by time: containers round times differently, and a rounded time pairs the wrong pictures.
    inputs = [stream.filter("settb", "1/25").filter("setpts", "N") for stream in (made, reference)]
    options: dict[str, Any] = {
        "model": f"version={'vmaf_4k_v0.6.1' if lines >= _LARGE else 'vmaf_v0.6.1'}",
        "n_threads": _THREADS,
        "n_subsample": every,
        "log_fmt": "json",
        "log_path": _LOG,
        "shortest": 1,
    }
    score = graph.filter(inputs, "libvmaf", **options)
    argv = command(ffmpeg, graph.output(score, "-", format="null"), filter_threads=1)
    log = folder / _LOG
    log.unlink(missing_ok=True)
    run_ffmpeg(argv, limits=limits, cancelled=cancelled, cwd=folder)
    if not log.exists():
        raise ToolFailed(argv, 0, "no scores: the pictures are too small for libvmaf, or there are none")
    frames = msgspec.json.decode(log.read_bytes(), type=_Log).frames
    return summary([f.metrics.vmaf for f in frames])


def summary(scores: Sequence[float]) -> Vmaf:
    """Mean and 5th percentile (nearest rank) of at least one score."""
    ranked = sorted(scores)
    p5 = ranked[max(0, math.ceil(0.05 * len(ranked)) - 1)]
    return Vmaf(round(math.fsum(ranked) / len(ranked), 3), round(p5, 3), len(ranked))
