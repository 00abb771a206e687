"""What there is to say about a sound track, by its measurements."""

from collections.abc import Iterator
from typing import Final

from coursepack.model.codes import diagnostic
from coursepack.model.diagnostic import Diagnostic
from coursepack.model.media import MediaFacts, StreamFacts
from coursepack.recipes.sound_files import Sound

_LARGE_GAIN_DB: Final = 20.0
"""From here on the recording's hiss becomes a nuisance, and the author is told."""
_TOO_QUIET_LU: Final = 1.0


def sound_findings(sound: Sound, facts: MediaFacts, path: str) -> Iterator[Diagnostic]:
    """Silence, a recording too low to lift or too spiky, and tracks that are left out."""
    if sound.source.silent:
        yield diagnostic("CP227", path)
    elif sound.gained_db > _LARGE_GAIN_DB:
        yield diagnostic(
            "CP228",
            path,
            lufs=f"{sound.source.lufs:.1f}",
            gain=f"{sound.gained_db:.0f}",
            result=f"{sound.measured.lufs:.1f}",
        )
    elif sound.source.measurable and sound.target_lufs - sound.measured.lufs > _TOO_QUIET_LU:
        yield diagnostic(
            "CP237", path, result=f"{sound.measured.lufs:.1f}", target=f"{sound.target_lufs:.1f}"
        )
    others = [s for s in facts.streams if s.kind == "audio" and s.index != facts.audio and s.codec]
    if others:
        used = _named(facts.streams[facts.audio])
        yield diagnostic(
            "CP229",
            path,
            count=len(others) + 1,
            used=used,
            others=", ".join(map(_named, others)),
        )


def _named(stream: StreamFacts) -> str:
    """A track by its number, which is unique, and its language, where the file says it."""
    return f"#{stream.index}" + (f" {stream.language}" if stream.language else "")
