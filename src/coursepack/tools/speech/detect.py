"""Where somebody speaks, by level and liveliness alone: no model, the same answer on every machine.

1. The *floor* is what is heard in pauses: the lowest level (10th percentile) of the seconds around. The *peak* is the
   95th percentile there. A frame is loud when it is a third of the way above the floor, by 6 dB at least.
2. Loud frames become segments: gaps shorter than a stop consonant or a breath between words are closed.
3. A segment stays only if it is lively as speech is. Vowels and consonants take turns three to eight times a second:
   the level falls and the treble rises. Tones, hum, engines and most music are steady in one or the other (the idea of
   Saunders 1996 and Scheirer and Slaney 1997).

Singing, laughter and a radio in the background are taken for speech; whispers below traffic are not heard.
"""

import itertools
import statistics
from array import array
from collections.abc import Sequence
from typing import Final

from coursepack.model.speech import SpeechFacts
from coursepack.tools.speech.levels import FLOOR_DB, FRAME_MS, Levels

_SMOOTH: Final = 3
"""Frames of a running mean, against clicks."""
_BLOCK: Final = 50
"""Frames for which one floor is reckoned."""
_AROUND: Final = 12
"""Blocks on each side that the floor and the peak are taken from: 6 s."""
_SHARE: Final = 0.33
_LEAST_DB: Final = 6.0
_DEPTH_DB: Final = 45.0
"""The floor is taken to be at most this far below the peak: digital silence is no measure of a voice."""
_QUIETEST_DB: Final = 40.0
"""What is so far below the loud parts of the whole recording is no speech for the listener."""
_CLOSED_MS: Final = 200
_SHORTEST_MS: Final = 120
_LIVELY_MS: Final = 400
"""A shorter segment cannot be judged by its liveliness."""
_LIVELY_TILT_DB: Final = 3.0
_LIVELY_LEVEL_DB: Final = 2.5


def detect(levels: Levels) -> SpeechFacts:
    """The speech in a recording and its levels."""
    smooth = _smoothed(levels.level_db)
    loud = _loud(smooth)
    segments = [
        (start, end)
        for start, end in _closed(_runs(loud))
        if (end - start) * FRAME_MS >= _SHORTEST_MS and _is_lively(levels, start, end)
    ]
    return SpeechFacts(
        duration_ms=levels.duration_ms,
        segments=tuple((start * FRAME_MS, end * FRAME_MS) for start, end in segments),
        speech_db=_speech_level(levels, segments),
        background_db=_background_level(levels, segments),
    )


def _smoothed(values: Sequence[float]) -> "array[float]":
    half = _SMOOTH // 2
    padded = array("f", [*(list(values[:1]) * half), *values, *(list(values[-1:]) * half)])
    return array("f", (sum(padded[i : i + _SMOOTH]) / _SMOOTH for i in range(len(values))))


def _loud(levels: Sequence[float]) -> list[bool]:
    """Which frames stand out from what is around them."""
    blocks = [sorted(levels[i : i + _BLOCK]) for i in range(0, len(levels), _BLOCK)]
    if not blocks:
        return []
    loudest = _at(sorted(levels), 0.95)
    found: list[bool] = []
    for number, block in enumerate(blocks):
        around = blocks[max(0, number - _AROUND) : number + _AROUND + 1]
        near = sorted(v for b in around for v in b)
        peak = _at(near, 0.95)
        floor = max(_at(near, 0.1), peak - _DEPTH_DB)
        threshold = max(
            floor + max(_LEAST_DB, _SHARE * (peak - floor)), loudest - _QUIETEST_DB, FLOOR_DB + 20
        )
        start = number * _BLOCK
        found += [level > threshold for level in levels[start : start + len(block)]]
    return found


def _at(ordered: Sequence[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def _runs(loud: Sequence[bool]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    start = -1
    for frame, is_loud in enumerate([*loud, False]):
        if is_loud and start < 0:
            start = frame
        elif not is_loud and start >= 0:
            runs.append((start, frame))
            start = -1
    return runs


def _closed(runs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in runs:
        if joined and (start - joined[-1][1]) * FRAME_MS < _CLOSED_MS:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _is_lively(levels: Levels, start: int, end: int) -> bool:
    if (end - start) * FRAME_MS < _LIVELY_MS:
        return True
    tilt = statistics.pstdev(levels.tilt_db[start:end])
    level = statistics.pstdev(levels.level_db[start:end])
    return tilt >= _LIVELY_TILT_DB and level >= _LIVELY_LEVEL_DB


def _speech_level(levels: Levels, segments: Sequence[tuple[int, int]]) -> float | None:
    heard = [v for start, end in segments for v in levels.level_db[start:end]]
    return round(statistics.median(heard), 1) if len(heard) * FRAME_MS >= 1000 else None


def _background_level(levels: Levels, segments: Sequence[tuple[int, int]]) -> float | None:
    """Of the pauses between segments, without the 100 ms at their ends, in which voices fade."""
    margin = 100 // FRAME_MS
    pauses: list[float] = []
    for (_, before), (after, _) in itertools.pairwise(segments):
        pauses += levels.level_db[before + margin : after - margin]
    return round(statistics.median(pauses), 1) if len(pauses) * FRAME_MS >= 1000 else None
