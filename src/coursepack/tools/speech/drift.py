"""How far captions are from the speech they belong to.

Cues and detected speech are two sets of stretches on one clock. Their agreement at a shift is the correlation (phi) of
"a cue is shown" with "somebody speaks" over the whole recording. It is reckoned for every shift of up to a minute at
once: the overlap of two stretches is a trapezium of the shift, so the sum of all pairs is four steps of slope for each
pair, added up twice. The same is done for cues stretched as by a mistake in the frame rate. The best shift is then
made exact by the onsets: cues begin where speech begins, but often stay after it.

It is silent unless sure: the peak must stand out from all other shifts, and most cues must then begin at an onset, far
more than would by chance. Few cues, cues without gaps, music, or captions of another recording do not pass.
"""

import bisect
import itertools
import math
import statistics
from collections.abc import Sequence
from typing import Final

import msgspec

from coursepack.tools.speech.spoken import Span

_STEP_MS: Final = 10
_REACH_MS: Final = 60_000
_GAP_MS: Final = 200
"""Before a cue that follows at once there is taken to be a breath."""
_NEAR_MS: Final = 500
"""How far from the best shift the onsets are looked for."""
_ONSET_MS: Final = 200
"""A cue that begins so near to an onset begins with it."""
_FEWEST: Final = 6
_TOLERABLE_MS: Final = 400
"""Readers forgive less than half a second (and detected onsets are good to about 50 ms)."""
_SURE: Final = 0.28
_GAIN: Final = 0.1
_APART_MS: Final = 1200
_CLEARER: Final = 0.03
_MOST: Final = 0.55
"""Share of the cues that must begin at an onset."""
_CHANCE: Final = 1e-3
"""How likely so many of them may do so by chance."""
_BETTER_STRETCHED: Final = 0.06
_NOTICEABLE_MS: Final = 400
"""A stretch that moves the last cue by less cannot be told from none."""
RATES: Final = (24000 / 1001, 24.0, 25.0, 30000 / 1001, 30.0)
"""Frames a second that are mistaken for each other."""


class Drift(msgspec.Struct, frozen=True):
    """What mends the captions: every time t becomes t * `stretch` + `offset_ms`."""

    offset_ms: int
    stretch: float
    """1.0: they are late or early by the same everywhere."""
    fit: float
    """Share of the cues that then begin where speech begins."""

    @property
    def late_ms(self) -> int:
        """How late the captions begin; negative: early. Of a constant shift, the same everywhere."""
        return -self.offset_ms


class _Fit(msgspec.Struct, frozen=True):
    stretch: float
    shift: int
    """In steps."""
    agreement: float
    clear: float
    """How much better than any other shift further away."""


def measure_drift(cues: Sequence[Span], speech: Sequence[Span], duration_ms: int) -> Drift | None:
    """How to shift and stretch `cues` (spoken ones, sorted) to fit `speech`; None: they fit, or it cannot be told."""
    inside = [(start, end) for start, end in cues if start < duration_ms]
    if len(inside) < _FEWEST or len(speech) < _FEWEST or not duration_ms:
        return None
    shown = _with_breaths(inside)
    before = _agreements(shown, speech, duration_ms)
    fits = [_best(before, 1.0)]
    fits += [
        _best(_agreements(_stretched(shown, r), speech, duration_ms), r) for r in _stretches(inside[-1][1])
    ]
    best = max(fits, key=lambda fit: fit.agreement - (0 if fit.stretch == 1 else _BETTER_STRETCHED))
    now = before[len(before) // 2]
    if best.agreement < _SURE or best.agreement - now < _GAIN or best.clear < _CLEARER:
        return None
    moved = _by_onsets(_stretched(inside, best.stretch), speech, best.shift * _STEP_MS, duration_ms)
    if moved is None or (best.stretch == 1 and abs(moved[0]) < _TOLERABLE_MS):
        return None
    return Drift(moved[0], best.stretch, moved[1])


def _stretches(span_ms: int) -> list[float]:
    ratios = {a / b for a, b in itertools.permutations(RATES, 2)}
    return sorted(r for r in ratios if abs(r - 1) * span_ms >= _NOTICEABLE_MS and 0.79 < r < 1.26)


def _stretched(cues: Sequence[Span], stretch: float) -> list[Span]:
    return [(round(start * stretch), round(end * stretch)) for start, end in cues]


def _with_breaths(cues: Sequence[Span]) -> list[Span]:
    nexts = [start for start, _ in cues[1:]] + [cues[-1][1] + _GAP_MS]
    ends = [min(end, after - _GAP_MS) for (_, end), after in zip(cues, nexts, strict=True)]
    return [(start, max(end, start + _GAP_MS)) for (start, _), end in zip(cues, ends, strict=True)]


def _agreements(cues: Sequence[Span], speech: Sequence[Span], duration_ms: int) -> list[float]:
    """phi for each shift from -`_REACH_MS` to +`_REACH_MS`."""
    both = _overlaps(cues, speech)
    shown = _overlaps(cues, [(0, duration_ms)])
    spoken = sum(end - start for start, end in speech) / duration_ms
    found = []
    for overlap, visible in zip(both, shown, strict=True):
        share = visible / duration_ms
        spread = share * (1 - share) * spoken * (1 - spoken)
        found.append((overlap / duration_ms - share * spoken) / spread**0.5 if spread > 1e-4 else 0.0)
    return found


def _overlaps(cues: Sequence[Span], speech: Sequence[Span]) -> list[float]:
    """Milliseconds that `cues`, shifted, and `speech` have in common, for each shift."""
    reach = _REACH_MS // _STEP_MS
    bends = [0] * (2 * reach + 2)
    value = slope = 0.0
    first = 0
    for start, end in cues:
        a, b = start // _STEP_MS, end // _STEP_MS
        while first < len(speech) and speech[first][1] // _STEP_MS - a < -reach:
            first += 1
        for begun, ended in itertools.islice(speech, first, None):
            p, q = begun // _STEP_MS, ended // _STEP_MS
            if p - b > reach:
                break
            for at, bend in ((p - b, 1), (p - a, -1), (q - b, -1), (q - a, 1)):
                if at <= -reach:
                    slope += bend
                    value += bend * (-reach - at)
                elif at <= reach:
                    bends[at + reach] += bend
    found = []
    for bend in bends[:-1]:
        slope += bend
        found.append(value * _STEP_MS)
        value += slope
    return found


def _best(agreements: Sequence[float], stretch: float) -> _Fit:
    at = max(range(len(agreements)), key=agreements.__getitem__)
    apart = _APART_MS // _STEP_MS
    others = (*agreements[: max(0, at - apart)], *agreements[at + apart :])
    return _Fit(stretch, at - len(agreements) // 2, agreements[at], agreements[at] - max(others))


def _by_onsets(
    cues: Sequence[Span], speech: Sequence[Span], offset_ms: int, duration_ms: int
) -> tuple[int, float] | None:
    """The shift that brings the most beginnings of cues to beginnings of speech, and their share; None: it might be
    chance.
    """
    onsets = [start for start, _ in speech]
    heard = [start for start, _ in cues if 0 <= start + offset_ms < duration_ms]
    away = [
        onset - start
        for start in heard
        for onset in onsets[
            bisect.bisect_left(onsets, start + offset_ms - _NEAR_MS) : bisect.bisect_right(
                onsets, start + offset_ms + _NEAR_MS
            )
        ]
    ]
    if not away:
        return None
    crowd = max(
        ([other for other in away if abs(other - one) <= _ONSET_MS] for one in away),
        key=lambda near: (len(near), -statistics.pstdev(near)),
    )
    chance = min(0.9, len(onsets) * 2 * _ONSET_MS / duration_ms)
    if len(crowd) < max(_FEWEST, _MOST * len(heard)) or _by_chance(len(crowd), len(heard), chance) > _CHANCE:
        return None
    return round(statistics.median(crowd)), min(1.0, len(crowd) / len(heard))


def _by_chance(hits: int, tries: int, chance: float) -> float:
    """The probability of at least `hits` in `tries` (binomial)."""
    return sum(math.comb(tries, k) * chance**k * (1 - chance) ** (tries - k) for k in range(hits, tries + 1))
