"""Part kind "sound": the sound of a video as AAC, for streams and for files.

At the course's loudness, true peak at most -1 dBTP, start at time zero. The source is decoded once into a lossless
master; every attempt of every rendition works on that.
"""

from typing import Any, Final

import msgspec

from coursepack.model.codes import diagnostic
from coursepack.model.media import MediaFacts, SoundFacts
from coursepack.model.recipe import Refused, Work
from coursepack.recipes.faults import refused
from coursepack.recipes.sound_files import (
    Wanted,
    encode_sound,
    hand_in_segments,
    segment_sound,
    shown_dbtp,
    shown_lufs,
)
from coursepack.recipes.sound_findings import sound_findings
from coursepack.recipes.sound_master import Master, record_master
from coursepack.tools.ffmpeg import Ffmpeg, version
from coursepack.tools.hls import Track
from coursepack.tools.probe import probe
from coursepack.tools.process import ToolFailed

_MONO_KBPS: Final = 64
_STEREO_KBPS: Final = 112
_LOW_KBPS: Final = (48, 40, 32)
_LOW_PEAK_BPS: Final = 60_000
_CLEARLY_SMALLER: Final = 0.9


class SoundRecipe:
    """Makes `SoundFacts`. Params: {"facts": MediaFacts of the source, "loudness": LUFS}; input "source"."""

    kind = "sound"
    version = 2

    def __init__(self, ffmpeg: Ffmpeg) -> None:
        self._ffmpeg = ffmpeg

    def fingerprint(self) -> str:
        """ffmpeg does all."""
        return version(self._ffmpeg)

    def run(self, work: Work) -> dict[str, Any]:
        """Makes the files. Raises Refused when there is no sound that can be played."""
        facts = msgspec.convert(work.step.params["facts"], MediaFacts)
        path = work.source_name("source")
        if facts.audio < 0:
            raise Refused(diagnostic("CP223", path))
        try:
            return _run(self._ffmpeg, work, facts)
        except ToolFailed as e:
            raise refused(e, path) from e


def _run(ffmpeg: Ffmpeg, work: Work, facts: MediaFacts) -> dict[str, Any]:
    master = record_master(ffmpeg, work, facts, lambda done: work.progress(0.5 * done))
    main = encode_sound(ffmpeg, work, facts, master, Wanted("sound.m4a", "aac", _MONO_KBPS, _STEREO_KBPS))
    for finding in sound_findings(main, facts, work.source_name("source")):
        work.finding(finding)
    work.progress(0.75)
    track, low = segment_sound(ffmpeg, work, facts, main.path, "audio"), _low(ffmpeg, work, facts, master)
    thin = low.size <= _CLEARLY_SMALLER * track.size
    renditions = [hand_in_segments(work, facts, track, "audio", main.channels)]
    if thin:
        renditions.append(hand_in_segments(work, facts, low, "low", 1))
    work.progress(0.95)
    result = SoundFacts(
        duration_ms=probe(main.path).duration_ms,
        file=main.path.name,
        size=main.path.stat().st_size,
        channels=main.channels,
        renditions=tuple(renditions),
        loudness_lufs=shown_lufs(main.measured),
        true_peak_dbtp=shown_dbtp(main.measured),
    )
    work.add(main.path.name, main.path, "audio/mp4")
    work.progress(1.0)
    built: dict[str, Any] = msgspec.to_builtins(result)
    return built


def _low(ffmpeg: Ffmpeg, work: Work, facts: MediaFacts, master: Master) -> Track:
    """One channel for thin lines. The encoder's rates are averages: its first seconds may be far above them."""
    for kbps in _LOW_KBPS:
        name = f"audio-low-{kbps}"
        sound = encode_sound(ffmpeg, work, facts, master, Wanted(f"{name}.m4a", "aac", kbps))
        track = segment_sound(ffmpeg, work, facts, sound.path, name)
        if track.peak <= _LOW_PEAK_BPS:
            break
    return track
