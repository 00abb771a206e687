"""Captions against the recording: too late or early, running away, missing; speech that its background drowns."""

from collections.abc import Iterator, Sequence
from typing import Final

from coursepack.model.codes import diagnostic
from coursepack.model.diagnostic import Diagnostic
from coursepack.model.media import CueFacts
from coursepack.model.speech import SpeechFacts
from coursepack.tools.cues.track import clock
from coursepack.tools.speech.drift import Drift, measure_drift
from coursepack.tools.speech.spoken import Span, spoken

_WANTED_DB: Final = 20.0
_MEASURE_DB: Final = 1.0
"""How far the estimate may be off."""
_BARE_MS: Final = 15_000
"""So much speech without a cue is no slip of the detector."""


def captions_heard(path: str, facts: CueFacts, speech: SpeechFacts, media: str) -> Iterator[Diagnostic]:
    """CP360 to CP362 and CP364 for one caption file of `media`."""
    if facts.kind not in ("captions", "subtitles"):
        return
    drift = measure_drift(spoken(facts.cues), speech.segments, speech.duration_ms)
    if drift is not None:
        yield _drifting(path, facts, drift, media)
    else:
        yield from _bare(path, facts, speech, media)


def _drifting(path: str, facts: CueFacts, drift: Drift, media: str) -> Diagnostic:
    first, last = facts.cues[0].start_ms, facts.cues[-1].start_ms
    if drift.stretch != 1:
        right = [round(t * drift.stretch + drift.offset_ms) for t in (first, last)]
        return diagnostic(
            "CP362",
            path,
            media=media,
            file=path,
            first=f"{abs(first - right[0]) / 1000:.1f}",
            last=f"{abs(last - right[1]) / 1000:.1f}",
            first_point=f"{clock(first)}={clock(max(0, right[0]))}",
            last_point=f"{clock(last)}={clock(right[1])}",
        )
    return diagnostic(
        "CP360" if drift.late_ms > 0 else "CP361",
        path,
        media=media,
        file=path,
        seconds=f"{abs(drift.late_ms) / 1000:.2f}",
        by=f"{drift.offset_ms / 1000:+.2f}",
        fit=round(100 * drift.fit),
    )


def _bare(path: str, facts: CueFacts, speech: SpeechFacts, media: str) -> Iterator[Diagnostic]:
    """The longest stretch without any cue, sounds included, in which much is said."""
    gaps: list[Span] = []
    until = 0
    for cue in facts.cues:
        if cue.start_ms > until:
            gaps.append((until, cue.start_ms))
        until = max(until, cue.end_ms)
    gaps.append((until, speech.duration_ms))
    said = [(_within(speech.segments, gap), gap) for gap in gaps]
    most, (start, end) = max(said)
    if most >= _BARE_MS:
        yield diagnostic("CP364", path, media=media, seconds=most // 1000, time=clock(start), end=clock(end))


def _within(speech: Sequence[Span], gap: Span) -> int:
    return sum(max(0, min(end, gap[1]) - max(start, gap[0])) for start, end in speech)


def over_background(path: str, speech: SpeechFacts) -> Iterator[Diagnostic]:
    """CP363 for the recording `path`."""
    over = speech.over_background_db
    if over is not None and over < _WANTED_DB - _MEASURE_DB:
        yield diagnostic("CP363", path, db=f"{over:.0f}")
