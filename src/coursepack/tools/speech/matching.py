"""When each phrase of a script is said, by the words that were recognised: most are the script's own."""

import difflib
import unicodedata
from collections.abc import Sequence
from typing import Final

from coursepack.tools.speech.cutting import Word
from coursepack.tools.speech.script import Phrase
from coursepack.tools.speech.spoken import Span

_ENOUGH: Final = 0.4
"""Share of the script's characters that must be recognised; below it, the words are of something else."""
_WINDOW: Final = 4000
"""Characters compared at once: the time grows with the square."""


def by_words(phrases: Sequence[Phrase], words: Sequence[Word]) -> list[Span]:
    """(start, end) of each phrase; empty when the words are not those of the script."""
    script = [_bare(p.text) for p in phrases]
    said, times = _characters(words)
    wanted = "".join(script)
    if not wanted or not said:
        return []
    known = _matches(wanted, said)
    if len(known) < _ENOUGH * len(wanted):
        return []
    marks = sorted((at, times[place]) for at, place in known.items())
    spans: list[Span] = []
    at = 0
    for text in script:
        start, end = _time(marks, at)[0], _time(marks, at + max(0, len(text) - 1))[1]
        start = max(start, spans[-1][0] if spans else 0)
        spans.append((start, max(end, start + 1)))
        at += len(text)
    return spans


def _bare(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())


def _characters(words: Sequence[Word]) -> tuple[str, list[Span]]:
    """All letters of the words, and when each is said: its share of its word."""
    text: list[str] = []
    times: list[Span] = []
    for word in words:
        bare = _bare(word.text)
        length = word.end_ms - word.start_ms
        for k, c in enumerate(bare):
            text.append(c)
            times.append(
                (word.start_ms + length * k // len(bare), word.start_ms + length * (k + 1) // len(bare))
            )
    return "".join(text), times


def _matches(wanted: str, said: str) -> dict[int, int]:
    """Place in `wanted` -> place in `said`, both growing."""
    found: dict[int, int] = {}
    begun = 0
    for first in range(0, len(wanted), _WINDOW):
        part = wanted[first : first + _WINDOW]
        heard = said[begun : begun + 2 * len(part) + 400]
        matcher = difflib.SequenceMatcher(None, part, heard, autojunk=False)
        for block in matcher.get_matching_blocks():
            # Single letters match anywhere.
            if block.size >= 2 or len(part) < 8:
                for k in range(block.size):
                    found[first + block.a + k] = begun + block.b + k
        if found:
            begun = max(begun, max(found.values()) + 1)
    return found


def _time(marks: Sequence[tuple[int, Span]], at: int) -> Span:
    """When the letter at `at` is said: as matched, or between its matched neighbours."""
    import bisect

    k = bisect.bisect_left(marks, at, key=lambda mark: mark[0])
    if k < len(marks) and marks[k][0] == at:
        return marks[k][1]
    if k == 0:
        return marks[0][1][0], marks[0][1][0]
    if k == len(marks):
        return marks[-1][1][1], marks[-1][1][1]
    (a, before), (b, after) = marks[k - 1], marks[k]
    time = before[1] + (after[0] - before[1]) * (at - a) // (b - a)
    return time, time
