"""From a source's sound to a lossless master: one decode, during which all is measured that is decided afterwards.

The master starts at time zero of the source and is as long as its sound: late starts and gaps are silence in it, so
that it stays with the picture. Whatever has more channels is two: the rules of Rec. ITU-R BS.775 (centre and
surround at -3 dB, no LFE).
"""

import math
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, Literal

import msgspec

from coursepack.model.media import MediaFacts
from coursepack.model.recipe import Work
from coursepack.recipes.faults import limits_for
from coursepack.recipes.loudness import MOST_GAIN_DB, MOST_LIVELY_GAIN_DB, Measured, read_ebur128
from coursepack.tools.ffmpeg import BITEXACT, Ffmpeg, command, run_ffmpeg, source_input
from coursepack.tools.process import ToolFailed

_HEADROOM_DB: Final = 12.0
"""Kept above the master's full scale: lossy sources and downmixes go beyond it."""
_LIVELY_LU: Final = 6.0
_HISS_LUFS: Final = -60.0
"""A sound so faint and so even is no sound at all."""
_FOLDABLE_DB: Final = 20.0
"""Sides whose sum lies so far below them are one sound with a wire crossed."""

_IN_TIME: Final[dict[str, Any]] = {
    "async": 1,
    "first_pts": 0,
    # More than 20 ms beside its time stamp is a gap, filled with silence (or an overlap, cut); ffmpeg waits for 100.
    "min_hard_comp": 0.02,
    # Less is a clock that runs fast or slow: followed by at most 0.3 percent, which nobody hears.
    "min_comp": 0.005,
    "max_soft_comp": 0.003,
}

Mix = Literal["mono", "stereo", "left", "right", "sum", "difference"]
"""What is played of the master. left, right: the other side is silent; sum: both sides are alike, or stereo is folded
into one channel; difference: the same where one side is inverted."""

PAN: Final[dict[Mix, str]] = {
    "left": "c0",
    "right": "c1",
    "sum": "0.5*c0+0.5*c1",
    "difference": "0.5*c0-0.5*c1",
}


class Sides(msgspec.Struct, frozen=True):
    """RMS levels in dB of left, right and half their difference."""

    left: float
    right: float
    difference: float

    @property
    def sum(self) -> float:
        """Of half the sum."""
        both = (_power(self.left) + _power(self.right)) / 2
        return _decibels(both - _power(self.difference))

    def share(self, mix: Mix) -> float:
        """Level in dB of a mono `mix`, compared with both sides together."""
        level = {"left": self.left, "right": self.right, "sum": self.sum, "difference": self.difference}[mix]
        whole = _decibels(_power(self.left) + _power(self.right))
        return level - whole if math.isfinite(level) and math.isfinite(whole) else 0.0


class Master(msgspec.Struct, frozen=True):
    """A FLAC file in `work.folder`, `headroom_db` quieter than the source. `measured`: of the source's own level."""

    path: Path
    rate: int
    measured: Measured
    """The peak is that of the samples."""
    sides: Sides | None
    """None: mono."""
    spread_lu: float
    """Between the loud and the quiet moments (95th and 10th percentile of momentary loudness)."""
    headroom_db: float = _HEADROOM_DB

    @property
    def most_gain_db(self) -> float:
        """How much it may be raised."""
        return MOST_LIVELY_GAIN_DB if self.spread_lu >= _LIVELY_LU else MOST_GAIN_DB

    def level(self, mix: Mix) -> Measured:
        """Of the source as `mix`; an estimate where two different sides become one channel."""
        if self.sides is None or mix == "stereo":
            return self.measured
        return Measured(self.measured.lufs + self.sides.share(mix), self.measured.dbtp)


def best_mix(sides: Sides | None) -> Mix:
    """As many channels as there is something to hear in."""
    if sides is None:
        return "mono"
    loud = max(sides.left, sides.right)
    if loud < -90:
        return "sum"
    if sides.left - sides.right > 35:
        return "left"
    if sides.right - sides.left > 35:
        return "right"
    if sides.difference < loud - 45:
        return "sum"
    return "difference" if sides.sum < loud - _FOLDABLE_DB else "stereo"


def mono_mix(sides: Sides | None) -> Mix:
    """The same in one channel, in which nothing may cancel out."""
    best = best_mix(sides)
    if best != "stereo" or sides is None:
        return best
    return "difference" if sides.difference > sides.sum + 6 else "sum"


def record_master(ffmpeg: Ffmpeg, work: Work, facts: MediaFacts, told: Callable[[float], None]) -> Master:
    """Decodes the chosen sound of the input "source". Raises ToolFailed when it cannot be decoded."""
    stream = facts.streams[facts.audio]
    try:
        return _record(ffmpeg, work, facts, told, "")
    except ToolFailed as e:
        # Layouts without a rule for two channels (sixteen microphones, ambisonics): the first two are the rule.
        if stream.channels <= 2 or "matrix" not in e.stderr_tail:
            raise
        return _record(ffmpeg, work, facts, told, "stereo|c0=c0|c1=c1")


def _record(ffmpeg: Ffmpeg, work: Work, facts: MediaFacts, told: Callable[[float], None], pan: str) -> Master:
    import ffmpeg as graph

    stream = facts.streams[facts.audio]
    rate = 44_100 if stream.sample_rate in (11_025, 22_050, 44_100, 88_200, 176_400) else 48_000
    mono = stream.channels == 1
    taps = _sound(facts, rate, pan).asplit()
    path, moments = work.folder / "master.flac", work.folder / "moments.txt"
    quieter = taps[0].filter("volume", volume=f"{-_HEADROOM_DB:.2f}dB", precision="float")
    lossless = {
        **BITEXACT,
        "flags:a": "+bitexact",
        "c:a": "flac",
        "compression_level": 2,
        "sample_fmt": "s32",
    }
    outputs = [
        graph.output(quieter, path.name, f="flac", **lossless),
        graph.output(_meter(taps[1], moments.name), "-", format="null"),
    ]
    if not mono:
        apart = taps[3].filter("pan", **_to_mono(PAN["difference"]))
        outputs += [graph.output(_rms(sound), "-", format="null") for sound in (taps[2], apart)]
    report = run_ffmpeg(
        command(ffmpeg, outputs, loglevel="info"),
        limits=limits_for(facts),
        cancelled=work.cancelled,
        stdin=work.source_path("source"),
        cwd=work.folder,
        duration_ms=stream.duration_ms or facts.duration_ms,
        progress=told,
    ).stderr_tail
    sides = None if mono else _read_rms(report)
    measured, (spread_lu, loud) = read_ebur128(report), _read_moments(moments)
    # Where few moments are louder than the mean, they are claps that a limiter will push down; the mean is then
    # theirs alone, and whoever speaks between them is gated out.
    lufs = min(measured.lufs, loud)
    if lufs <= _HISS_LUFS and spread_lu < _LIVELY_LU:
        lufs = -math.inf
    return Master(path, rate, Measured(lufs, measured.dbtp), sides, spread_lu)


def _sound(facts: MediaFacts, rate: int, pan: str) -> Any:
    stream = facts.streams[facts.audio]
    sound = source_input(container=facts.container, threads=1, lag_ms=stream.lag_ms)[str(stream.index)]
    if pan:
        layout, _, formula = pan.partition("|")
        first, _, rest = formula.partition("=")
        sound = sound.filter("pan", **{f"{layout}|{first}": rest})
    sound = sound.filter("aresample", sample_rate=rate, **_IN_TIME)
    return sound.filter(
        "aformat", sample_fmts="fltp", channel_layouts="mono" if stream.channels == 1 else "stereo"
    )


def _to_mono(formula: str) -> dict[str, Any]:
    # As a name and a value: ffmpeg-python would escape an equals sign inside a value, which `pan` cannot read.
    return {"mono|c0": formula}


def mixed(sound: Any, mix: Mix) -> Any:
    """The node of a master's sound as `mix`."""
    return sound.filter("pan", **_to_mono(PAN[mix])) if mix in PAN else sound


def _meter(sound: Any, moments: str) -> Any:
    metered = sound.filter("ebur128", peak="sample", framelog="quiet", metadata=1)
    return metered.filter("ametadata", mode="print", key="lavfi.r128.M", file=moments)


def _rms(sound: Any) -> Any:
    return sound.filter("astats", measure_perchannel="RMS_level", measure_overall="none")


def _read_rms(report: str) -> Sides:
    """Which filter speaks is told by the order of their numbers."""
    found = re.findall(r"\[Parsed_astats_(\d+) @ [^]]*\] RMS level dB: (-?[\d.]+|-?inf|nan)", report)
    by_filter: dict[int, list[float]] = {}
    for number, level in found:
        by_filter.setdefault(int(number), []).append(-math.inf if level == "nan" else float(level))
    two = next((v for v in by_filter.values() if len(v) == 2), [-math.inf, -math.inf])
    one = next((v for v in by_filter.values() if len(v) == 1), [-math.inf])
    return Sides(two[0], two[1], one[0])


def _read_moments(path: Path) -> tuple[float, float]:
    """(`Master.spread_lu`, 95th percentile of what is no silence) of momentary loudness.

    From what `ametadata` printed: a line `lavfi.r128.M=` for every 100 ms, each over the 400 ms before it.
    """
    if not path.exists():
        return 0.0, math.inf
    with path.open(encoding="ascii") as f:
        values = sorted(max(-70.0, float(line[13:])) for line in f if line.startswith("lavfi.r128.M="))
    path.unlink()
    # The first windows are partly empty: they are among the lowest, whatever follows.
    values = values[3:]
    heard = [v for v in values if v > -70]
    if not heard:
        return 0.0, math.inf
    return values[int(len(values) * 0.95)] - values[len(values) // 10], heard[int(len(heard) * 0.95)]


def _power(level_db: float) -> float:
    return 10.0 ** (level_db / 10) if level_db > -math.inf else 0.0


def _decibels(power: float) -> float:
    return 10 * math.log10(power) if power > 0 else -math.inf
