"""Sound for lessons: one AAC file at -18 LUFS (AES TD1008, speech), true peak at most -1 dBTP, start at time zero.

Measure, then downmix, gain, limit at 192 kHz, encode, measure the encoded file, correct. `loudnorm` is not used:
its linear mode silently turns dynamic. Loudness is that of the file as it is (ITU-R BS.1770-5): a mono file is
measured on its one channel.
"""

import math
import re
from pathlib import Path
from typing import Any, Final, Literal

import msgspec

from coursepack.model.media import MediaFacts
from coursepack.model.recipe import Work
from coursepack.recipes.faults import limits_for
from coursepack.tools.ffmpeg import BITEXACT, Ffmpeg, command, run_ffmpeg, source_input

TARGET_LUFS: Final = -18.0
PEAK_DBTP: Final = -1.0
MOST_GAIN_DB: Final = 30.0
"""More would make a recording of an empty room as loud as speech."""
LARGE_GAIN_DB: Final = 20.0
"""From here on the recording's hiss becomes a nuisance, and the author is told."""
_SILENCE_LUFS: Final = -60.0
_SILENCE_DBTP: Final = -50.0
_MOST_LIMITING_DB: Final = 12.0
"""How far peaks may be pushed down; single beeps and claps cannot be made as loud as speech without harm."""
_NEAR_LU: Final = 0.5
_CEILING_DBTP: Final = -1.6
"""Where the limiter starts: AAC overshoots by some tenths."""

Mix = Literal["mono", "stereo", "left", "right", "fold"]
"""How the channels become those of the result. left, right: the other side is silent; fold: both sides are alike."""

_PAN: Final[dict[Mix, str]] = {"left": "c0", "right": "c1", "fold": "0.5*c0+0.5*c1"}


class Measured(msgspec.Struct, frozen=True):
    """Integrated loudness and true peak; -inf for silence and for less than 0.4 s."""

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


class Sound(msgspec.Struct, frozen=True):
    """An encoded sound file. `gained_db` is what was added, at most MOST_GAIN_DB."""

    path: Path
    channels: int
    measured: Measured
    source: Measured
    gained_db: float


def make_sound(
    ffmpeg: Ffmpeg,
    work: Work,
    facts: MediaFacts,
    *,
    mono_kbps: int,
    stereo_kbps: int,
    name: str = "sound.m4a",
) -> Sound:
    """Encodes the chosen audio stream into `work.folder`. Raises ToolFailed when it cannot be decoded."""
    stream = facts.streams[facts.audio]
    source, mix = _measure_source(ffmpeg, work, facts)
    channels = 2 if mix == "stereo" else 1
    ceiling = _CEILING_DBTP
    most = min(MOST_GAIN_DB, max(0.0, ceiling - source.dbtp) + _MOST_LIMITING_DB)
    gain = min(TARGET_LUFS - source.lufs, most) if source.measurable else 0.0
    out = work.folder / name
    rate = 44_100 if stream.sample_rate in (11_025, 22_050, 44_100) else 48_000
    kbps = stereo_kbps if channels == 2 else mono_kbps
    for _ in range(3):
        loud = source.dbtp + gain > ceiling
        chain = _chain(mix, gain, ceiling if loud else None, rate)
        _encode(ffmpeg, work, facts, chain, out, kbps=kbps, channels=channels)
        result = measure_file(ffmpeg, work, out, facts)
        off = TARGET_LUFS - result.lufs if source.measurable and result.measurable else 0.0
        over = result.dbtp - PEAK_DBTP
        if (abs(off) <= _NEAR_LU or (off > 0 and gain >= most)) and over <= 0:
            break
        gain = min(gain + off, most)
        if over > 0:
            ceiling -= over + 0.3
    return Sound(out, channels, result, source, gain)


def _measure_source(ffmpeg: Ffmpeg, work: Work, facts: MediaFacts) -> tuple[Measured, Mix]:
    """Loudness and peak as they will be after the mix, and the mix."""
    stream = facts.streams[facts.audio]
    sound = source_input(threads=1)[str(stream.index)]
    path = work.source_path("source")
    if stream.channels == 1:
        return _read_ebur128(_analyse(ffmpeg, work, facts, path, [_ebur128(sound)])), "mono"
    split = sound.filter("aformat", sample_fmts="flt", channel_layouts="stereo").asplit()
    difference = split[2].filter("pan", **_to_mono("0.5*c0-0.5*c1"))
    report = _analyse(ffmpeg, work, facts, path, [_ebur128(split[0]), _rms(split[1]), _rms(difference)])
    measured = _read_ebur128(report)
    mix = choose_mix(*_read_rms(report))
    # Folding two equal channels into one halves the power.
    return (measured, mix) if mix != "fold" else (Measured(measured.lufs - 3.01, measured.dbtp), mix)


def _to_mono(formula: str) -> dict[str, Any]:
    # As a name and a value: ffmpeg-python would escape an equals sign inside a value, which `pan` cannot read.
    return {"mono|c0": formula}


def choose_mix(left: float, right: float, difference: float) -> Mix:
    """By RMS levels in dB of both sides and of their difference."""
    if max(left, right) < -90:
        return "fold"
    if left - right > 35:
        return "left"
    if right - left > 35:
        return "right"
    return "fold" if difference < max(left, right) - 45 else "stereo"


def measure_file(ffmpeg: Ffmpeg, work: Work, path: Path, facts: MediaFacts) -> Measured:
    """Loudness and true peak of a file of ours."""
    return _read_ebur128(_analyse(ffmpeg, work, facts, path, [_ebur128(source_input()["a:0"])]))


def _ebur128(sound: Any) -> Any:
    return sound.filter("ebur128", peak="true", framelog="quiet")


def _rms(sound: Any) -> Any:
    return sound.filter("astats", measure_perchannel="RMS_level", measure_overall="none")


def _analyse(ffmpeg: Ffmpeg, work: Work, facts: MediaFacts, path: Path, sounds: list[Any]) -> str:
    import ffmpeg as graph

    outputs = [graph.output(s, "-", format="null") for s in sounds]
    argv = command(ffmpeg, outputs, loglevel="info")
    return run_ffmpeg(
        argv, limits=limits_for(facts), cancelled=work.cancelled, stdin=path, cwd=work.folder
    ).stderr_tail


def _read_ebur128(report: str) -> Measured:
    summary = report[report.rfind("Integrated loudness:") :]
    lufs = re.search(r"I:\s+(-?[\d.]+|-?inf|nan) LUFS", summary)
    peak = re.search(r"Peak:\s+(-?[\d.]+|-?inf|nan) dBFS", summary)
    return Measured(_number(lufs), _number(peak))


def _read_rms(report: str) -> tuple[float, float, float]:
    """RMS levels of left, right, difference. Which filter speaks is told by the order of their numbers."""
    found = re.findall(r"\[Parsed_astats_(\d+) @ [^]]*\] RMS level dB: (-?[\d.]+|-?inf|nan)", report)
    by_filter: dict[int, list[float]] = {}
    for number, level in found:
        by_filter.setdefault(int(number), []).append(float(level))
    two = next((v for v in by_filter.values() if len(v) == 2), [0.0, 0.0])
    one = next((v for v in by_filter.values() if len(v) == 1), [0.0])
    return two[0], two[1], one[0]


def _number(found: re.Match[str] | None) -> float:
    value = float(found.group(1)) if found else -math.inf
    return -math.inf if math.isnan(value) or value <= -70.0 else value


def _chain(mix: Mix, gain_db: float, ceiling_db: float | None, rate: int) -> list[tuple[str, dict[str, Any]]]:
    """Filters in order. Sound that starts late is preceded by silence, gaps are filled: it stays with the picture."""
    chain: list[tuple[str, dict[str, Any]]] = [
        ("aresample", {"sample_rate": rate, "async": 1, "first_pts": 0}),
        ("aformat", {"sample_fmts": "fltp", "channel_layouts": "mono" if mix == "mono" else "stereo"}),
    ]
    if mix in _PAN:
        chain.append(("pan", _to_mono(_PAN[mix])))
    if gain_db:
        chain.append(("volume", {"volume": f"{gain_db:.2f}dB", "precision": "float"}))
    if ceiling_db is not None:
        limit = 10 ** (ceiling_db / 20)
        chain += [
            ("aresample", {"sample_rate": 192_000}),
            ("alimiter", {"limit": f"{limit:.5f}", "attack": 5, "release": 50, "level": 0, "latency": 1}),
            ("aresample", {"sample_rate": rate}),
        ]
    return chain


def _encode(
    ffmpeg: Ffmpeg,
    work: Work,
    facts: MediaFacts,
    chain: list[tuple[str, dict[str, Any]]],
    out: Path,
    *,
    kbps: int,
    channels: int,
) -> None:
    import ffmpeg as graph

    sound = source_input(threads=1)[str(facts.streams[facts.audio].index)]
    for name, options in chain:
        sound = sound.filter(name, **options)
    options = {
        **BITEXACT,
        "flags:a": "+bitexact",
        "c:a": "aac",
        "b:a": f"{kbps}k",
        "ac": channels,
        "movflags": "+faststart",
        "f": "mp4",
    }
    argv = command(ffmpeg, graph.output(sound, out.name, **options))
    run_ffmpeg(
        argv,
        limits=limits_for(facts),
        cancelled=work.cancelled,
        stdin=work.source_path("source"),
        cwd=work.folder,
    )
