"""When each phrase of a script is said, by detected speech alone: no model, any language.

Pauses are taken out of the clock, and the phrases are laid along what is left in proportion to their syllables. A
dynamic programme then moves the borders: a sentence should end at a long pause, a comma at a short one, a pause should
not fall inside a phrase, and no phrase should become much longer or shorter than its syllables say. What costs least
wins.
"""

import bisect
import itertools
import math
from collections.abc import Sequence
from typing import Final

import msgspec

from coursepack.tools.speech.script import Phrase, syllables
from coursepack.tools.speech.spoken import Span

_GRID_MS: Final = 200
"""Borders are looked for at pauses and at these steps between."""
_UNEVEN: Final = 0.25
"""Usual deviation of a phrase's length from what its syllables say."""
_UNEVEN_MS: Final = 120
_NO_PAUSE: Final = (0.0, 1.5, 5.0, 6.0)
"""Price of a border without a pause, by `Phrase.ends`."""
_SHORT_PAUSE: Final = (0.0, 0.4, 2.0, 2.5)
"""The same at a pause of no length; it falls with the length."""
_PAUSE_MS: Final = (1.0, 150.0, 350.0, 450.0)
_INSIDE_MS: Final = 160.0
"""A pause of this length inside a phrase costs 1."""
_MOST_INSIDE: Final = 8.0
_BAND_MS: Final = 25_000
_BAND_SHARE: Final = 0.08
_MOST_BAND_MS: Final = 120_000
_BEAM: Final = 80.0
"""Ways that cost so much more than the cheapest so far are given up: else time and memory grow with the square."""
_SKIP_MS: Final = 300.0
_LONG_SKIP: Final = (5.0, 1500.0)
"""So much speech before or after the script costs 1: to lose a word is dear. A whole introduction that the script lacks
costs a price for there being one, and then less."""


class _Clock(msgspec.Struct, frozen=True):
    """Speech without its pauses: `starts` in that time, and each segment in the recording's."""

    segments: tuple[Span, ...]
    starts: tuple[int, ...]
    total: int

    def begin(self, at: int) -> int:
        """The recording's time of `at`, where something begins: after a pause."""
        k = max(0, bisect.bisect_right(self.starts, at) - 1)
        return min(self.segments[k][0] + at - self.starts[k], self.segments[k][1])

    def end(self, at: int) -> int:
        """The same, where something ends: before a pause."""
        k = max(0, bisect.bisect_left(self.starts, at) - 1)
        return self.segments[k][0] + at - self.starts[k]


class _Border(msgspec.Struct, frozen=True):
    at: int
    pause_ms: int
    """0: none."""


def align(phrases: Sequence[Phrase], speech: Sequence[Span]) -> list[Span]:
    """(start, end) of each phrase. Empty when there is no speech or nothing to say."""
    if not phrases or not speech:
        return []
    clock = _clock(speech)
    borders = _borders(clock)
    weights = [max(0.5, syllables(p.text)) for p in phrases]
    pace = clock.total / sum(weights)
    places = _cheapest(phrases, [w * pace for w in weights], borders, clock.total)
    return [(clock.begin(a), max(clock.begin(a) + 1, clock.end(b))) for a, b in itertools.pairwise(places)]


def _clock(speech: Sequence[Span]) -> _Clock:
    starts, total = [], 0
    for start, end in speech:
        starts.append(total)
        total += end - start
    return _Clock(tuple(speech), tuple(starts), total)


def _borders(clock: _Clock) -> list[_Border]:
    found: dict[int, int] = dict.fromkeys(range(0, clock.total, _GRID_MS), 0)
    found |= {0: 0, clock.total: 0}
    for number in range(1, len(clock.segments)):
        found[clock.starts[number]] = clock.segments[number][0] - clock.segments[number - 1][1]
    return [_Border(at, found[at]) for at in sorted(found)]


def _cheapest(
    phrases: Sequence[Phrase], wanted: Sequence[float], borders: Sequence[_Border], total: int
) -> list[int]:
    """The places of the borders: before the first phrase, between all, after the last."""
    places = [b.at for b in borders]
    inside = _inside(borders)
    band = min(max(_BAND_MS, _BAND_SHARE * total), _MOST_BAND_MS)
    edge = bisect.bisect_right(places, band)
    rows: list[dict[int, tuple[float, int]]] = [{k: (_skipped(places[k]), -1) for k in range(edge)}]
    due = 0.0
    for phrase, length in zip(phrases, wanted, strict=True):
        due += length
        first, last = bisect.bisect_left(places, due - band), bisect.bisect_right(places, due + band)
        price = [_border_price(phrase.ends, b) for b in borders[first:last]]
        spread = _UNEVEN * length + _UNEVEN_MS
        row: dict[int, tuple[float, int]] = {}
        for before, (cost, _) in rows[-1].items():
            low = bisect.bisect_left(places, places[before] + max(1.0, length - 3 * spread), lo=first)
            high = bisect.bisect_right(places, places[before] + length + 4 * spread, lo=first, hi=last)
            for k in range(max(low, before + 1), high):
                away = (places[k] - places[before] - length) / spread
                now = cost + away * away + price[k - first] + inside[k] - inside[before + 1]
                if k not in row or now < row[k][0]:
                    row[k] = (now, before)
        if not row:
            return _evenly(wanted, total)
        most = min(cost for cost, _ in row.values()) + _BEAM
        rows.append({k: way for k, way in row.items() if way[0] <= most})
    end = min(rows[-1], key=lambda k: rows[-1][k][0] + _skipped(total - places[k]))
    chosen = [end]
    for row in reversed(rows[1:]):
        chosen.append(row[chosen[-1]][1])
    return [places[k] for k in reversed(chosen)]


def _skipped(ms: int) -> float:
    once, more = _LONG_SKIP
    return min(ms / _SKIP_MS, once + ms / more)


def _border_price(ends: int, border: _Border) -> float:
    if not border.pause_ms:
        return _NO_PAUSE[ends]
    return _SHORT_PAUSE[ends] * math.exp(-border.pause_ms / _PAUSE_MS[ends])


def _inside(borders: Sequence[_Border]) -> list[float]:
    """Running sum of what the pauses before each border cost if they fall inside a phrase."""
    sums = [0.0]
    for border in borders:
        sums.append(sums[-1] + min(_MOST_INSIDE, border.pause_ms / _INSIDE_MS))
    return sums


def _evenly(wanted: Sequence[float], total: int) -> list[int]:
    """In proportion alone, where no way of borders fits."""
    scale = total / sum(wanted)
    places = [0.0]
    for length in wanted:
        places.append(places[-1] + length * scale)
    return [round(p) for p in places]
