"""What readers can follow: the published numbers for captions, each summed up once for a file.

Line length and reading speed by language: Netflix Timed Text Style Guides; durations and lines: their general
requirements. Wide characters count one, narrow ones half in Chinese, Japanese and Korean.
"""

import unicodedata
from collections.abc import Callable

import msgspec

from coursepack.tools.cues.markup import words_of
from coursepack.tools.cues.track import Notes, TimedCue, clock

MIN_MS = 833
MAX_MS = 7000
MAX_LINES = 2


class Pace(msgspec.Struct, frozen=True):
    """Characters in a line, characters in a second; `wide`: count by East Asian width."""

    line: int
    second: int
    wide: bool = False


_PACES = {
    "zh": Pace(16, 9, True),
    "yue": Pace(16, 9, True),
    "ja": Pace(13, 4, True),
    "ko": Pace(16, 12, True),
}
_ENGLISH = Pace(42, 20)
_OTHER = Pace(42, 17)


def pace_of(language: str, cues: tuple[TimedCue, ...]) -> Pace:
    """The limits for `language`; for "" by whether the text is Chinese."""
    base = language.lower().split("-")[0]
    if not base:
        text = "".join(words_of(c.markup) for c in cues[:200])
        wide = sum(1 for c in text if "\u3040" <= c <= "\u9fff" or "\uac00" <= c <= "\ud7af")
        base = "zh" if wide * 3 > len(text) else "en"
    return _PACES.get(base, _ENGLISH if base == "en" else _OTHER)


def _length(text: str, pace: Pace) -> float:
    if not pace.wide:
        return len(text)
    return sum(1 if unicodedata.east_asian_width(c) in "WF" else 0.5 for c in text)


def note_pace(cues: tuple[TimedCue, ...], language: str, notes: Notes) -> None:
    """CP330 to CP334: one finding a kind, with how many cues, the worst value, and where the first is."""
    pace = pace_of(language, cues)
    _note(cues, "CP330", lambda c: _longest_line(c, pace), lambda v: v > pace.line, notes, limit=pace.line)
    _note(cues, "CP331", _line_count, lambda v: v > MAX_LINES, notes, limit=MAX_LINES)
    _note(cues, "CP332", lambda c: _speed(c, pace), lambda v: v > pace.second, notes, limit=pace.second)
    _note(cues, "CP333", _seconds, lambda v: v * 1000 < MIN_MS, notes, limit="0.83", worst=min)
    _note(cues, "CP334", _seconds, lambda v: v * 1000 > MAX_MS, notes, limit=MAX_MS // 1000)


def _note(
    cues: tuple[TimedCue, ...],
    code: str,
    measure: Callable[[TimedCue], float],
    bad: Callable[[float], bool],
    notes: Notes,
    *,
    limit: str | float,
    worst: Callable[[list[float]], float] = max,
) -> None:
    found = [(value, cue) for cue in cues for value in [measure(cue)] if bad(value)]
    if found:
        first = found[0][1]
        most = worst([value for value, _ in found])
        notes.add(
            code,
            first.line,
            count=len(found),
            total=len(cues),
            time=clock(first.start_ms),
            limit=limit,
            worst=f"{most:.0f}" if most >= 1000 else f"{most:.4g}",
        )


def _line_count(cue: TimedCue) -> float:
    return cue.markup.count("\n") + 1


def _longest_line(cue: TimedCue, pace: Pace) -> float:
    return max(_length(line, pace) for line in words_of(cue.markup).split("\n"))


def _speed(cue: TimedCue, pace: Pace) -> float:
    text = words_of(cue.markup).replace("\n", "" if pace.wide else " ")
    return _length(text.replace(" ", "") if pace.wide else text, pace) * 1000 / (cue.end_ms - cue.start_ms)


def _seconds(cue: TimedCue) -> float:
    return (cue.end_ms - cue.start_ms) / 1000
