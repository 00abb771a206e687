"""Which stretches of a video stand for the whole. Pure; times in milliseconds."""

from collections.abc import Sequence
from typing import Final

from coursepack.model.media import VideoClass
from coursepack.recipes.timeline import Second

SAMPLE_MS: Final[dict[VideoClass, int]] = {"slides": 3000, "screen": 2000, "camera": 2000, "mixed": 2000}
"""Length of one: at slides' lower rate a longer one, since the encoder looks some 60 pictures ahead."""
_COUNT: Final = 3
_NEIGHBOURS_S: Final = 5
"""How far around a second its bytes are counted: keyframes, which carry most, are seconds apart."""


def choose_samples(
    seconds: Sequence[Second], duration_ms: int, video_class: VideoClass, changes_ms: Sequence[int] = ()
) -> tuple[tuple[int, int], ...]:
    """(start, length) of stretches, in order and apart from each other; the whole of a short video.

    The stretches are like the whole in what they cost: one of the cheaper third, one of the middle, one of the
    dearer. `changes_ms` are times at which slides change: the last stretch is moved to one, if there are any.
    """
    length = SAMPLE_MS[video_class]
    if duration_ms <= _COUNT * length:
        return ((0, max(0, duration_ms)),) if duration_ms > 0 else ((0, length),)
    starts = [s * 1000 for s in range(duration_ms // 1000 + 1) if s * 1000 + length <= duration_ms] or [0]
    cost = {start: _cost(seconds, start) for start in starts}
    chosen: list[int] = []
    if changes_ms:
        middle = sorted(changes_ms)[len(changes_ms) // 2]
        chosen.append(min(max(0, middle - length // 3), duration_ms - length))
    while len(chosen) < _COUNT:
        share = (2 * len(chosen) + 1) / (2 * _COUNT)
        start = _nearest_free(starts, cost, chosen, length, share)
        if start is None:
            break
        chosen.append(start)
    return tuple((start, length) for start in sorted(chosen))


def _cost(seconds: Sequence[Second], start_ms: int) -> int:
    at = start_ms // 1000
    return sum(s.all_bytes for s in seconds[max(0, at - _NEIGHBOURS_S) : at + _NEIGHBOURS_S + 1])


def _nearest_free(
    starts: Sequence[int], cost: dict[int, int], chosen: Sequence[int], length: int, share: float
) -> int | None:
    """The start whose cost is nearest to that of the `share` of all, away from those chosen already."""
    free = [s for s in starts if all(abs(s - c) >= length for c in chosen)]
    if not free:
        return None
    wanted = sorted(cost.values())[min(len(cost) - 1, int(share * len(cost)))]

    def rank(start: int) -> tuple[int, int, int]:
        # Of equal ones the one farthest from the others, so that one long quiet part does not get all.
        away = min((abs(start - c) for c in chosen), default=0)
        return (abs(cost[start] - wanted), -away, start)

    return min(free, key=rank)
