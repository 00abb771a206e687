"""Loudness (EBU R128, ITU-R BS.1770-5) and true peak: measured, and the gain that brings a file to a target.

`loudnorm` is not used: its linear mode silently turns dynamic. What counts is the encoded file: encoders overshoot,
and what a limiter takes away is known only afterwards. So an attempt is measured and corrected. A mono file is
measured on its one channel.
"""

import math
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import msgspec

from coursepack.model.media import MediaFacts
from coursepack.model.recipe import Work
from coursepack.recipes.faults import limits_for
from coursepack.tools.ffmpeg import Ffmpeg, command, run_ffmpeg, source_input

TARGET_LUFS: Final = -18.0
"""Of speech (AES TD1008), where a course sets nothing else."""
PEAK_DBTP: Final = -1.0
NEAR_LU: Final = 0.7
MOST_GAIN_DB: Final = 30.0
"""More would make a recording of an empty room as loud as speech ..."""
MOST_LIVELY_GAIN_DB: Final = 45.0
"""... but where it rises and falls as speech does, somebody speaks far from the microphone."""
_SILENCE_LUFS: Final = -68.0
_SILENCE_DBTP: Final = -50.0
_MOST_LOSS_DB: Final = 6.0
"""How much loudness a limiter may take. A clap above speech costs nothing, however far it is pushed down; lone beeps
cannot be made as loud as speech without harm."""
_CEILING_DBTP: Final = -2.2
"""Where the limiter starts: encoders overshoot, and each further attempt costs more than these tenths are worth."""
_BETWEEN_SAMPLES_DB: Final = 1.0
"""How far the true peak may lie above the largest sample of an ordinary recording."""
_TRIES: Final = 6


class Measured(msgspec.Struct, frozen=True):
    """Integrated loudness and peak; -inf for silence and for less than 0.4 s."""

    lufs: float
    dbtp: float

    @property
    def measurable(self) -> bool:
        """Whether a gain can be reckoned from it: not for silence, nor for a sound of an instant."""
        return self.lufs > _SILENCE_LUFS

    @property
    def silent(self) -> bool:
        """Whether there is nothing to hear."""
        return not self.measurable and self.dbtp < _SILENCE_DBTP


class Attempt(msgspec.Struct, frozen=True):
    """What one encode was given and what came out. `ceiling_db` None: no limiter."""

    gain_db: float
    ceiling_db: float | None
    result: Measured


Encode = Callable[[float, float | None], Measured]
"""Encodes with a gain and a limiter's ceiling in dB (None: none), over the file of the attempt before; measures."""


def find_gain(encode: Encode, source: Measured, *, target_lufs: float, most_db: float) -> Attempt:
    """Encodes until the file is near the target with no peak above PEAK_DBTP; the last attempt is what stays.

    `source` is what goes in; its peak may be that of the samples.
    """
    gain = min(target_lufs - source.lufs, most_db) if source.measurable else 0.0
    ceiling, limited = _CEILING_DBTP, False
    tried: list[Attempt] = []
    for _ in range(_TRIES):
        limited = limited or source.dbtp + gain > ceiling - _BETWEEN_SAMPLES_DB
        result = encode(gain, ceiling if limited else None)
        tried.append(Attempt(gain, ceiling if limited else None, result))
        short = target_lufs - result.lufs if source.measurable and result.measurable else 0.0
        over = result.dbtp - PEAK_DBTP
        loss = source.lufs + gain - result.lufs if limited else 0.0
        raised = abs(short) <= NEAR_LU or (short > 0 and (gain >= most_db or loss >= _MOST_LOSS_DB))
        if over <= 0 and raised:
            return tried[-1]
        if over > 0:
            limited, ceiling = True, ceiling - over - 0.4
        if not raised:
            gain = min(gain + short / _slope(tried), most_db)
    return _best(tried, encode, target_lufs)


def _slope(tried: list[Attempt]) -> float:
    """How much louder the file becomes with a dB of gain: less than 1 under a limiter."""
    if len(tried) < 2 or tried[-1].ceiling_db != tried[-2].ceiling_db:
        return 1.0
    step = tried[-1].gain_db - tried[-2].gain_db
    return min(1.0, max(0.3, (tried[-1].result.lufs - tried[-2].result.lufs) / step)) if step else 1.0


def _best(tried: list[Attempt], encode: Encode, target_lufs: float) -> Attempt:
    """The attempt with the least harm, made again where it is not the last one."""

    def harm(attempt: Attempt) -> tuple[float, float]:
        return max(0.0, attempt.result.dbtp - PEAK_DBTP), abs(attempt.result.lufs - target_lufs)

    best = min(tried, key=harm)
    if best is not tried[-1]:
        encode(best.gain_db, best.ceiling_db)
    return best


def gain_chain(gain_db: float, ceiling_db: float | None, rate: int) -> list[tuple[str, dict[str, Any]]]:
    """The filters of an attempt, ending at `rate`."""
    chain: list[tuple[str, dict[str, Any]]] = []
    if gain_db:
        chain.append(("volume", {"volume": f"{gain_db:.2f}dB", "precision": "float"}))
    if ceiling_db is not None:
        limit = 10 ** (ceiling_db / 20)
        chain += [
            # Four times the rate and more: a limiter sees samples only, and a peak may lie between two of them.
            ("aresample", {"sample_rate": 192_000}),
            ("alimiter", {"limit": f"{limit:.5f}", "attack": 5, "release": 50, "level": 0, "latency": 1}),
        ]
    return [*chain, ("aresample", {"sample_rate": rate})]


def measure_file(ffmpeg: Ffmpeg, work: Work, path: Path, facts: MediaFacts) -> Measured:
    """Loudness and true peak of a file of ours."""
    import ffmpeg as graph

    sound = source_input(threads=1)["a:0"].filter("ebur128", peak="true", framelog="quiet")
    argv = command(ffmpeg, graph.output(sound, "-", format="null"), loglevel="info")
    done = run_ffmpeg(argv, limits=limits_for(facts), cancelled=work.cancelled, stdin=path, cwd=work.folder)
    return read_ebur128(done.stderr_tail)


def read_ebur128(report: str) -> Measured:
    """The summary of the last `ebur128` filter in ffmpeg's words."""
    summary = report[report.rfind("Integrated loudness:") :]
    lufs = re.search(r"I:\s+(-?[\d.]+|-?inf|nan) LUFS", summary)
    peak = re.search(r"Peak:\s+(-?[\d.]+|-?inf|nan) dBFS", summary)
    return Measured(_number(lufs), _number(peak))


def _number(found: re.Match[str] | None) -> float:
    value = float(found.group(1)) if found else -math.inf
    return -math.inf if math.isnan(value) or value <= -70.0 else value
