"""Mending by rule, on request: which rules there are, in which order, until nothing is left that they would change."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping

import msgspec

from coursepack.tools.cues import mend_text, mend_times
from coursepack.tools.cues.breaking import recurring
from coursepack.tools.cues.flaws import Use
from coursepack.tools.cues.mend_text import Around
from coursepack.tools.cues.pace import pace_of
from coursepack.tools.cues.track import TimedCue

Rule = Callable[[list[TimedCue], Around], list[TimedCue]]

RULES: Mapping[str, tuple[Rule, ...]] = {
    "encoding": (mend_text.decode_again,),
    "order": (),
    "past-end": (mend_times.past_end,),
    "repeats": (mend_times.repeats,),
    "merge": (mend_text.merge,),
    "split": (mend_text.split,),
    "long-lines": (mend_text.break_lines,),
    "overlaps": (mend_times.overlaps,),
    "durations": (mend_times.durations,),
    "gaps": (mend_times.gaps,),
}
"""In the order in which they are applied: first what is in the cues, then when they come. `order`: reading sorts."""

USUAL = ("encoding", "order", "long-lines", "overlaps", "durations", "gaps")
"""What is mended when no rules are named: every cue stays a cue, and every word in it."""
_ROUNDS = 12


class Mended(msgspec.Struct, frozen=True):
    """The cues after mending; `changes`: rule -> how often it changed a cue."""

    cues: tuple[TimedCue, ...]
    changes: dict[str, int]


def mend(cues: tuple[TimedCue, ...], use: Use, rules: Collection[str]) -> Mended:
    """Applies `rules` to clean cues again and again until they change nothing: mending twice is mending once."""
    pace = pace_of(use.language, cues, children=use.children)
    around = Around(use, pace, recurring(cues) if pace.wide else frozenset())
    changes = Counter[str]()
    now = list(cues)
    for _ in range(_ROUNDS):
        before = now
        for name, steps in RULES.items():
            for rule in steps if name in rules else ():
                after = rule(now, around)
                changes[name] += _differences(now, after)
                now = sorted(after, key=lambda cue: cue.start_ms)
        if now == before:
            break
    return Mended(tuple(now), {name: n for name, n in changes.items() if n})


def _differences(before: list[TimedCue], after: list[TimedCue]) -> int:
    if len(before) != len(after):
        return abs(len(before) - len(after))
    return sum(1 for a, b in zip(before, after, strict=True) if a != b)
