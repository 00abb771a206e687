"""From a recording to numbers that speech can be told by: one pair for each 10 ms.

ffmpeg decodes, mixes to one channel and keeps the band in which speech is; the rest is plain arithmetic over 16-bit
samples, a block at a time: an hour takes about ten seconds of one core and as good as no memory.
"""

import math
import operator
import sys
from array import array
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import msgspec

from coursepack.model.media import MediaFacts
from coursepack.tools.ffmpeg import BITEXACT, Ffmpeg, command, run_ffmpeg, source_input
from coursepack.tools.process import Limits

RATE: Final = 16_000
FRAME_MS: Final = 10
FLOOR_DB: Final = -96.0
"""Of 16 bits: what is below is silence."""
_FRAME: Final = RATE * FRAME_MS // 1000
_BLOCK_FRAMES: Final = 1000

_IN_TIME: Final[dict[str, Any]] = {"async": 1, "first_pts": 0, "min_hard_comp": 0.02}
"""Late starts and gaps become silence, so that the samples stay with the recording's clock."""


class Levels(msgspec.Struct, frozen=True):
    """One value for each `FRAME_MS` of the recording, from its start."""

    level_db: "array[float]"
    """Of the speech band, dB below full scale, at least `FLOOR_DB`."""
    tilt_db: "array[float]"
    """How much of it is treble: the level of the differences of neighbouring samples against that of the samples.
    About -15 for vowels, +3 for an s; steady for tones and hum."""

    @property
    def duration_ms(self) -> int:
        """Of the sound."""
        return len(self.level_db) * FRAME_MS


def measure_levels(
    tool: Ffmpeg,
    source: Path,
    facts: MediaFacts,
    folder: Path,
    *,
    cancelled: Callable[[], bool] = lambda: False,
    progress: Callable[[float], None] | None = None,
) -> Levels:
    """Decodes the chosen sound of `source` and measures it; `folder` takes the samples (2 MB a minute) meanwhile.

    `facts.audio` must be a stream. Raises ToolFailed when it cannot be decoded.
    """
    samples = folder / "speech.pcm"
    try:
        decode(tool, source, facts, samples, cancelled=cancelled, progress=progress)
        return read_levels(samples)
    finally:
        samples.unlink(missing_ok=True)


def decode(
    tool: Ffmpeg,
    source: Path,
    facts: MediaFacts,
    samples: Path,
    *,
    band: bool = True,
    cancelled: Callable[[], bool] = lambda: False,
    progress: Callable[[float], None] | None = None,
) -> None:
    """Writes the sound of `source` to `samples`: 16 kHz, one channel, 16 bits, little end first; as WAV if named so.

    `band`: only what speech is made of.
    """
    import ffmpeg

    stream = facts.streams[facts.audio]
    sound = source_input(container=facts.container, threads=1, lag_ms=stream.lag_ms)[str(stream.index)]
    sound = sound.filter("aresample", sample_rate=RATE, **_IN_TIME)
    sound = sound.filter("aformat", sample_fmts="fltp", channel_layouts="mono")
    if band:
        sound = sound.filter("highpass", f=150).filter("lowpass", f=6000)
    made = ffmpeg.output(
        sound,
        samples.name,
        f="wav" if samples.suffix == ".wav" else "s16le",
        ac=1,
        ar=RATE,
        **{**BITEXACT, "flags:a": "+bitexact", "c:a": "pcm_s16le"},
    )
    duration_ms = stream.duration_ms or facts.duration_ms
    run_ffmpeg(
        command(tool, made),
        limits=Limits(timeout_s=120 + duration_ms / 4000, file_bytes=4 << 30),
        cancelled=cancelled,
        stdin=source,
        cwd=samples.parent,
        duration_ms=duration_ms,
        progress=progress,
    )


def read_levels(samples: Path) -> Levels:
    """The levels of a file of samples, as `decode` writes it."""
    # Four bytes each: ten hours are 29 MB.
    levels, tilts = array("f"), array("f")
    for frame in _frames(samples):
        power = sum(map(operator.mul, frame, frame)) / len(frame)
        steps = list(map(operator.sub, frame[1:], frame))
        treble = sum(map(operator.mul, steps, steps)) / len(frame)
        level = _decibels(power)
        levels.append(level)
        tilts.append(_decibels(treble) - level if level > FLOOR_DB else 0.0)
    return Levels(levels, tilts)


def _frames(samples: Path) -> Iterator["array[int]"]:
    with samples.open("rb") as f:
        while data := f.read(_FRAME * 2 * _BLOCK_FRAMES):
            block = array("h")
            block.frombytes(data[: len(data) // 2 * 2])
            if sys.byteorder == "big":
                block.byteswap()
            # A last frame that is not full says nothing.
            for start in range(0, len(block) - _FRAME + 1, _FRAME):
                yield block[start : start + _FRAME]


def _decibels(power: float) -> float:
    return max(FLOOR_DB, 10 * math.log10(power / 32768**2)) if power > 0 else FLOOR_DB
