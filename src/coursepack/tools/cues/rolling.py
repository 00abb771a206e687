"""Captions that scroll: each cue repeats the line before, so that one sentence is written two or three times.

YouTube's automatic captions and CEA-608 roll-up look like this. Read aloud or printed as a transcript they are
a stutter; as plain lines they say each thing once. No word is added, left out or moved.
"""

import itertools

from coursepack.tools.cues.track import TimedCue

_TOUCH_MS = 150
"""How far apart two cues may be for the second to go on where the first stopped."""
_FLASH_MS = 60
"""YouTube puts a 10 ms cue between two lines."""


def _lines(cue: TimedCue) -> list[str]:
    return [line for line in cue.markup.split("\n") if line.strip()]


def _touch(before: TimedCue, after: TimedCue) -> bool:
    return abs(after.start_ms - before.end_ms) <= _TOUCH_MS


def _carried(before: list[str], after: list[str]) -> int:
    """How many of the last lines of `before` begin `after`."""
    for count in range(min(len(before), len(after)), 0, -1):
        if before[-count:] == after[:count]:
            return count
    return 0


def is_rolling(cues: list[TimedCue], *, timestamps: bool) -> bool:
    """Whether the (clean) cues scroll. `timestamps`: the file had word times inside its cues, as YouTube writes."""
    pairs = rolls = repeats = flashes = 0
    for before, after in itertools.pairwise(cues):
        if not _touch(before, after):
            continue
        pairs += 1
        carried, lines = _carried(_lines(before), _lines(after)), len(_lines(after))
        # The same single line twice may be what is said ("No. No."); a line that moves up is not.
        rolls += 0 < carried < lines
        repeats += carried == lines
        flashes += carried == lines and min(_duration(before), _duration(after)) <= _FLASH_MS
    if timestamps:
        return rolls + flashes > 0 and (rolls + repeats) * 3 >= pairs
    return rolls >= 3 and (rolls + flashes) * 10 >= pairs * 6


def _duration(cue: TimedCue) -> int:
    return cue.end_ms - cue.start_ms


def unroll(cues: list[TimedCue]) -> list[TimedCue]:
    """Each line once, shown until the next one comes. Placement goes: it was made for the scrolling."""
    out: list[TimedCue] = []
    shown: list[str] = []
    before: TimedCue | None = None
    for cue in cues:
        lines = _lines(cue)
        carried = _carried(shown, lines) if before is not None and _touch(before, cue) else 0
        if carried and out:
            last = out[-1]
            until = max(last.end_ms, cue.end_ms if carried == len(lines) else cue.start_ms)
            out[-1] = TimedCue(last.start_ms, until, last.markup, line=last.line)
        if lines[carried:]:
            out.append(TimedCue(cue.start_ms, cue.end_ms, "\n".join(lines[carried:]), line=cue.line))
        shown, before = lines, cue
    return out


def _grows(before: str, after: str) -> bool:
    return after.startswith(before) and after != before and "\n" not in after[len(before) :]


def merge_growing(cues: list[TimedCue]) -> list[TimedCue]:
    """Paint-on captions appear word by word: a cue that only adds to the last line of the one before replaces it."""
    out: list[TimedCue] = []
    for cue in cues:
        last = out[-1] if out else None
        if last and _touch(last, cue) and _grows(last.markup, cue.markup):
            out[-1] = TimedCue(last.start_ms, cue.end_ms, cue.markup, settings=last.settings, line=last.line)
        else:
            out.append(cue)
    return out
