"""For one flaw, what could be done about it: the name of a mend and the numbers that its words need.

Nothing is altered here. A proposal uses only room that is really there: up to two frames from the neighbours.
"""

import re
from collections.abc import Callable

import msgspec

from coursepack.tools.cues import pace as numbers
from coursepack.tools.cues.breaking import Break, atoms_of, best_two, breaks, one_line, tail
from coursepack.tools.cues.flaws import Flaw, Use, same_speaker
from coursepack.tools.cues.markup import words_of
from coursepack.tools.cues.pace import Pace, gap_ms, length, reading_ms
from coursepack.tools.cues.track import TimedCue, clock, shown

Proposal = dict[str, str]
_SOUND = re.compile(r"[\[(（【〔♪♫][^\])）】〕♪♫]*[\])）】〕♪♫]")
LEAD_MS = 250
"""How much earlier than the voice a cue may come."""


class Place(msgspec.Struct, frozen=True):
    """A flaw with all that is around it."""

    flaw: Flaw
    cues: tuple[TimedCue, ...]
    use: Use
    pace: Pace
    whole: frozenset[str] = frozenset()

    @property
    def cue(self) -> TimedCue:
        """The cue it is about."""
        return self.cues[self.flaw.cue]

    @property
    def gap(self) -> int:
        """Two frames, in milliseconds."""
        return gap_ms(self.use.frame_ms)

    def room(self) -> tuple[int, int]:
        """From when to when the cue could be shown without touching its neighbours."""
        k = self.flaw.cue
        earliest = max((c.end_ms for c in self.cues[max(0, k - 8) : k]), default=-self.gap) + self.gap
        earliest = max(earliest, self.cue.start_ms - LEAD_MS)
        after = self.cues[k + 1].start_ms - self.gap if k + 1 < len(self.cues) else self.cue.end_ms + 10_000
        latest = min(after, self.use.duration_ms or after)
        return min(self.cue.start_ms, earliest), max(self.cue.end_ms, latest)


def propose(place: Place) -> Proposal:
    """{"mend": name, ...numbers}; {} where only a person can tell."""
    how = _BY_CODE.get(place.flaw.code)
    return how(place) if how else {}


def _overlap(place: Place) -> Proposal:
    k = place.flaw.cue
    before = place.cues[k - 1]
    end = place.cue.start_ms - place.gap
    if not same_speaker(before, place.cue) or end - before.start_ms < numbers.MIN_MS // 2:
        return {"mend": "together"}
    return {"mend": "end-before", "to": clock(end), "frames": str(numbers.GAP_FRAMES)}


def _late(place: Place) -> Proposal:
    end = place.use.duration_ms
    if place.cue.start_ms >= end - numbers.MIN_MS // 2:
        return {"mend": "never-seen"}
    return {"mend": "end-with-media", "to": clock(end)}


def _long_line(place: Place) -> Proposal:
    atoms = atoms_of(place.cue.markup)
    whole_line = one_line(words_of(place.cue.markup))
    if length(whole_line, place.pace) <= place.pace.line:
        return {"mend": "one-line"}
    found = None if _dialogue(place.cue) else best_two(atoms, place.pace, place.whole)
    if found is None:
        return _split(place)
    return {
        "mend": "break",
        "after": shown(tail(atoms, found.at), 30),
        "first": f"{found.left:g}",
        "second": f"{found.right:g}",
    }


def _marks(place: Place) -> Proposal:
    atoms = atoms_of(place.cue.markup)
    found = best_two(atoms, place.pace, place.whole)
    if found is None:
        return {}
    sides = ("".join(a.shown for a in part).strip() for part in (atoms[: found.at], atoms[found.at :]))
    first, second = (shown(side, 40) for side in sides)
    return {"mend": "rebreak", "first": first, "second": second}


def _split(place: Place) -> Proposal:
    if _dialogue(place.cue):
        return {}
    found = split_point(place.cue, place.pace, place.gap, place.whole)
    if found is None:
        return {"mend": "reword"}
    point, first_end, second_start = found
    return {
        "mend": "split",
        "after": shown(tail(atoms_of(place.cue.markup), point.at), 30),
        "first": f"{(first_end - place.cue.start_ms) / 1000:.1f}",
        "second": f"{(place.cue.end_ms - second_start) / 1000:.1f}",
    }


def split_point(cue: TimedCue, pace: Pace, gap: int, whole: frozenset[str]) -> tuple[Break, int, int] | None:
    """(where, end of the first cue, start of the second): in time by length; None where one would be too short."""
    if _dialogue(cue) or is_sound(cue.markup):
        return None
    atoms = atoms_of(cue.markup)
    free = cue.end_ms - cue.start_ms - gap
    best: tuple[float, Break, int] | None = None
    for found in breaks(atoms, pace, whole):
        total = found.left + found.right
        if total <= 0 or not found.right:
            continue
        first_ms = round(free * found.left / total)
        if min(first_ms, free - first_ms) < numbers.MIN_MS:
            continue
        worth = found.score - 3 * abs(found.left - found.right) / total
        if best is None or worth > best[0]:
            best = (worth, found, first_ms)
    if best is None:
        return None
    return best[1], cue.start_ms + best[2], cue.start_ms + best[2] + gap


def _dialogue(cue: TimedCue) -> bool:
    return is_dialogue(cue.markup)


def is_sound(markup: str) -> bool:
    """Whether nothing is said: `[phone rings]`, `（音乐）`, `♪`. It may stay for as long as it sounds."""
    return _SOUND.fullmatch(words_of(markup).strip()) is not None


def is_dialogue(markup: str) -> bool:
    """Whether two people speak in one cue: their lines are not ours to move."""
    lines = words_of(markup).split("\n")
    dashes = sum(line.lstrip()[:1] in {"-", "–", "—", "‐", "－"} for line in lines)
    return (dashes > 0 and len(lines) > 1) or markup.count("<v ") > 1


def _lines(place: Place) -> Proposal:
    atoms = atoms_of(place.cue.markup)
    found = None if _dialogue(place.cue) else best_two(atoms, place.pace, place.whole)
    return _long_line(place) if found else _split(place)


def _fast(place: Place) -> Proposal:
    needed = reading_ms(words_of(place.cue.markup), place.pace)
    longer = _longer(place, needed)
    room_ms = place.room()[1] - place.room()[0]
    return longer or {"mend": "shorten", "room": str(room_ms * place.pace.second // 1000)}


def _short(place: Place) -> Proposal:
    longer = _longer(place, numbers.MIN_MS)
    if longer:
        return longer
    k = place.flaw.cue
    near = [j for j in (k - 1, k + 1) if 0 <= j < len(place.cues) and same_speaker(place.cues[j], place.cue)]
    return {"mend": "join", "other": clock(place.cues[near[0]].start_ms)} if near else {}


def _longer(place: Place, needed_ms: int) -> Proposal:
    """Shown for `needed_ms` by the room behind, before, or both; {} where there is not so much."""
    cue, (earliest, latest) = place.cue, place.room()
    if cue.start_ms + needed_ms <= latest:
        return {"mend": "end-later", "to": clock(cue.start_ms + needed_ms)}
    if latest == cue.end_ms and earliest <= cue.end_ms - needed_ms:
        return {"mend": "start-earlier", "to": clock(cue.end_ms - needed_ms)}
    if latest - earliest >= needed_ms:
        return {"mend": "both", "to": clock(latest - needed_ms), "until": clock(latest)}
    return {}


def _long(place: Place) -> Proposal:
    if split_point(place.cue, place.pace, place.gap, place.whole) is not None:
        return _split(place)
    return {"mend": "end-sooner", "to": clock(place.cue.start_ms + numbers.MAX_MS)}


def _gap(place: Place) -> Proposal:
    end = place.cues[place.flaw.cue + 1].start_ms - place.gap
    if end - place.cue.start_ms < numbers.MIN_MS:
        return {}
    name = "end-gap" if place.flaw.code == "CP335" else "close-gap"
    return {"mend": name, "to": clock(end), "frames": str(numbers.GAP_FRAMES)}


def _repeat(place: Place) -> Proposal:
    return {"mend": "join", "other": clock(place.cues[place.flaw.cue - 1].start_ms)}


def _voice(place: Place) -> Proposal:
    return {"mend": "voice", "name": place.flaw.text}


_BY_CODE: dict[str, Callable[[Place], Proposal]] = {
    "CP318": _late,
    "CP326": _overlap,
    "CP330": _long_line,
    "CP331": _lines,
    "CP332": _fast,
    "CP333": _short,
    "CP334": _long,
    "CP335": _gap,
    "CP336": _gap,
    "CP341": _repeat,
    "CP346": _marks,
    "CP347": _voice,
}
