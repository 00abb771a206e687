"""Rules that mend when cues come and go. They use only room that is there; words and their order stay."""

import msgspec

from coursepack.tools.cues import pace as numbers
from coursepack.tools.cues.flaws import END_TOLERANCE_MS, same_speaker
from coursepack.tools.cues.markup import words_of
from coursepack.tools.cues.mend_text import Around
from coursepack.tools.cues.pace import reading_ms
from coursepack.tools.cues.proposals import LEAD_MS, is_sound
from coursepack.tools.cues.track import TimedCue

_LEAST_MS = numbers.MIN_MS // 2
"""No cue is cut to less: what is shown so briefly is not seen at all."""
_AFTER_LAST_MS = 10_000


def past_end(cues: list[TimedCue], around: Around) -> list[TimedCue]:
    """Cues that go on after the media end with it; those that begin after it are left out."""
    end = around.use.duration_ms
    if not end:
        return cues
    seen = [c for c in cues if c.end_ms <= end + END_TOLERANCE_MS or c.start_ms < end - _LEAST_MS]
    return [_ending(c, end) if c.end_ms > end + END_TOLERANCE_MS else c for c in seen]


def repeats(cues: list[TimedCue], around: Around) -> list[TimedCue]:
    """Cues with the words of the one right before are one cue with it."""
    out: list[TimedCue] = []
    for cue in cues:
        last = out[-1] if out else None
        if (
            last is not None
            and cue.markup == last.markup
            and cue.settings == last.settings
            and cue.start_ms - last.end_ms < numbers.CHAIN_MS
            and cue.end_ms - last.start_ms <= numbers.MAX_MS
        ):
            out[-1] = _ending(last, max(last.end_ms, cue.end_ms))
        else:
            out.append(cue)
    return out


def overlaps(cues: list[TimedCue], around: Around) -> list[TimedCue]:
    """A cue ends two frames before the next, unless two people speak or stand in different places."""
    out = list(cues)
    for k in range(len(out) - 1):
        cue, after = out[k], out[k + 1]
        end = after.start_ms - around.gap
        alike = cue.settings == after.settings and same_speaker(cue, after)
        if cue.end_ms > after.start_ms and alike and end - cue.start_ms >= _LEAST_MS:
            out[k] = _ending(cue, end)
    return out


def gaps(cues: list[TimedCue], around: Around) -> list[TimedCue]:
    """Gaps of under two frames become two frames; longer ones of under half a second are closed to two frames."""
    out = list(cues)
    for k in range(len(out) - 1):
        cue, gap = out[k], out[k + 1].start_ms - out[k].end_ms
        end = out[k + 1].start_ms - around.gap
        if 0 <= gap < around.gap - 1:
            if end - cue.start_ms >= max(numbers.MIN_MS, _readable_ms(cue, around)):
                out[k] = _ending(cue, end)
        elif around.gap + 2 < gap < numbers.CHAIN_MS and end - cue.start_ms <= numbers.MAX_MS:
            out[k] = _ending(cue, end)
    return out


def _readable_ms(cue: TimedCue, around: Around) -> int:
    """What the cue needs to be read, where it has that now; a cue that is too fast already has nothing to lose."""
    needed = reading_ms(words_of(cue.markup), around.pace)
    return needed if cue.end_ms - cue.start_ms >= needed else 0


def durations(cues: list[TimedCue], around: Around) -> list[TimedCue]:
    """Cues that are too short to be read last longer where there is room; none lasts over seven seconds."""
    out = list(cues)
    free = -around.gap
    for k, cue in enumerate(out):
        needed = reading_ms(words_of(cue.markup), around.pace)
        last = cue.end_ms - cue.start_ms
        if last < needed:
            out[k] = _longer(cue, needed, free + around.gap, _latest(out, k, around))
        elif last > numbers.MAX_MS >= needed and not is_sound(cue.markup):
            out[k] = _ending(cue, cue.start_ms + numbers.MAX_MS)
        free = max(free, out[k].end_ms)
    return out


def _latest(cues: list[TimedCue], k: int, around: Around) -> int:
    latest = around.use.duration_ms or cues[k].end_ms + _AFTER_LAST_MS
    return min(latest, cues[k + 1].start_ms - around.gap) if k + 1 < len(cues) else latest


def _longer(cue: TimedCue, needed_ms: int, earliest: int, latest: int) -> TimedCue:
    needed_ms = min(needed_ms, numbers.MAX_MS)
    end = max(cue.end_ms, min(cue.start_ms + needed_ms, latest))
    start = end - needed_ms
    if not max(earliest, cue.start_ms - LEAD_MS) <= start < cue.start_ms:
        # A lead that is not enough would be taken again at the next mending.
        start = cue.start_ms
    return msgspec.structs.replace(cue, start_ms=start, end_ms=end)


def _ending(cue: TimedCue, end_ms: int) -> TimedCue:
    return msgspec.structs.replace(cue, end_ms=end_ms)
