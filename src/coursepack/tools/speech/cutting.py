"""Recognised words to cues by the published numbers: two lines, seven seconds, breaks where the speaker breathes.

A dynamic programme over the words: the sum of what each break costs is least.
"""

from collections.abc import Sequence
from typing import Final

import msgspec

from coursepack.tools.cues.pace import MAX_MS, Pace, pace_of
from coursepack.tools.speech.lines import lines_of, width
from coursepack.tools.speech.making import Said

_LONG_PAUSE_MS: Final = 1500
"""Never inside a cue."""
_PAUSE_MS: Final = 250
_SENTENCE: Final = "。！？…!?."
_CLAUSE: Final = "，、；：,;:"
_SHORT_MS: Final = 1200
_MOST_WORDS: Final = 120


class Word(msgspec.Struct, frozen=True):
    """A recognised word; `text` with the space before it, where its language has one."""

    start_ms: int
    end_ms: int
    text: str
    probability: float = 1.0


def cut(words: Sequence[Word], language: str) -> list[Said]:
    """Cues of `words`, in order."""
    words = [w for w in words if w.text.strip()]
    pace = pace_of(language, ())
    found: list[Said] = []
    for group in _talks(words):
        for start, end in _breaks(group, pace, language):
            part = group[start:end]
            text = _text(part)
            found.append(
                Said("\n".join(lines_of(text, pace.line, language)), part[0].start_ms, part[-1].end_ms)
            )
    return found


def _talks(words: Sequence[Word]) -> list[list[Word]]:
    """Words between long pauses."""
    talks: list[list[Word]] = []
    for word in words:
        if talks and word.start_ms - talks[-1][-1].end_ms < _LONG_PAUSE_MS:
            talks[-1].append(word)
        else:
            talks.append([word])
    return talks


def _breaks(words: Sequence[Word], pace: Pace, language: str) -> list[tuple[int, int]]:
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(words) + 1):
        options = []
        for start in range(end - 1, max(-1, end - 1 - _MOST_WORDS), -1):
            part = words[start:end]
            if end - start > 1 and not _fits(part, pace, language):
                break
            options.append((best[start][0] + _price(words, start, end), start))
        best.append(min(options))
    found, end = [], len(words)
    while end:
        start = best[end][1]
        found.append((start, end))
        end = start
    return found[::-1]


def _fits(part: Sequence[Word], pace: Pace, language: str) -> bool:
    text = _text(part)
    size = width(text) if pace.wide else len(text)
    if part[-1].end_ms - part[0].start_ms > MAX_MS or size > 2 * pace.line:
        return False
    return len(lines_of(text, pace.line, language)) <= 2


def _price(words: Sequence[Word], start: int, end: int) -> float:
    """Of a cue `words[start:end]`: of the break at its end, and of being short. Fewer cues are better."""
    price = 1.0
    last = words[end - 1].text.strip()[-1:]
    if end < len(words):
        pause = words[end].start_ms - words[end - 1].end_ms
        if last in _SENTENCE:
            price += 0.0
        elif last in _CLAUSE:
            price += 0.8
        else:
            price += 4.0
        price -= min(2.0, pause / _PAUSE_MS) * 0.6
    # A sentence that ends in the middle of a cue is one that should have ended it.
    price += sum(1.5 for w in words[start : end - 1] if w.text.strip()[-1:] in _SENTENCE)
    return price + (1.5 if words[end - 1].end_ms - words[start].start_ms < _SHORT_MS else 0.0)


def _text(words: Sequence[Word]) -> str:
    return " ".join("".join(w.text for w in words).split())
