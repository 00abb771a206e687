"""From what a reader found to what a player can be given: order, markup, durations, repeats."""

import itertools
from collections import Counter

from coursepack.tools.cues import rolling
from coursepack.tools.cues.markup import clean_markup, words_of
from coursepack.tools.cues.track import LAST_MS, MAX_CUE_LENGTH, Notes, TimedCue, clock, shown


def clean_cues(cues: list[TimedCue], notes: Notes) -> tuple[TimedCue, ...]:
    """Clean cues sorted by start (cues with one start keep their order), each with words and a duration."""
    removed = Counter[str]()
    first_tagged = 0
    found: list[TimedCue] = []
    empty: list[TimedCue] = []
    for cue in cues:
        if len(cue.markup) > MAX_CUE_LENGTH:
            notes.add(
                "CP307", cue.line, limit=f"{MAX_CUE_LENGTH} characters in a cue", size=str(len(cue.markup))
            )
            continue
        markup, tags = clean_markup(cue.markup)
        if tags and not first_tagged:
            first_tagged = cue.line
        removed += tags
        end = min(cue.end_ms, LAST_MS)
        fresh = TimedCue(cue.start_ms, end, markup, settings=cue.settings, line=cue.line)
        if not markup:
            empty.append(fresh)
        elif end <= cue.start_ms:
            notes.add(
                "CP311",
                cue.line,
                start=clock(cue.start_ms),
                end=clock(max(0, end)),
                text=shown(words_of(markup)),
            )
        else:
            found.append(fresh)
    _note_all("CP312", empty, notes)
    _note_markup(removed, first_tagged, cues, notes)
    ordered = _unique(_ordered(found, notes), notes)
    timestamps = removed["00:00.000"] > 0
    if rolling.is_rolling(ordered, timestamps=timestamps):
        plain = rolling.unroll(ordered)
        notes.add("CP322", plain[0].line, before=len(ordered), after=len(plain))
        ordered = plain
    return tuple(ordered)


def _note_markup(removed: Counter[str], first_line: int, cues: list[TimedCue], notes: Notes) -> None:
    tags = sorted(name for name in removed if not name.startswith("="))
    words = sorted(name[1:] for name in removed if name.startswith("="))
    if tags:
        names = " ".join("<" + name.strip("<>") + ">" for name in tags[:8])
        notes.add("CP321", first_line, count=sum(removed[t] for t in tags), tags=shown(names))
    if words:
        line = next((c.line for c in cues if f"<{words[0]}" in c.markup or f"</{words[0]}" in c.markup), 0)
        notes.add(
            "CP325", line, count=sum(removed["=" + w] for w in words), text=shown("<" + words[0].strip("<"))
        )


def _ordered(cues: list[TimedCue], notes: Notes) -> list[TimedCue]:
    ordered = sorted(cues, key=lambda cue: cue.start_ms)
    below = [after for before, after in itertools.pairwise(cues) if after.start_ms < before.start_ms]
    _note_all("CP317", below, notes)
    return ordered


def _note_all(code: str, cues: list[TimedCue], notes: Notes) -> None:
    """One finding for all, or one for each where that is wanted."""
    if notes.every:
        for cue in cues:
            notes.add(code, cue.line, each="1", time=clock(cue.start_ms))
    elif cues:
        notes.add(code, cues[0].line, count=len(cues), time=clock(cues[0].start_ms))


def _unique(cues: list[TimedCue], notes: Notes) -> list[TimedCue]:
    """Drops a cue whose times and words are those of an earlier one: layers of a karaoke effect, a paste too many."""
    seen: set[tuple[int, int, str]] = set()
    out: list[TimedCue] = []
    repeats: list[TimedCue] = []
    for cue in cues:
        key = (cue.start_ms, cue.end_ms, words_of(cue.markup))
        (repeats if key in seen else out).append(cue)
        seen.add(key)
    _note_all("CP313", repeats, notes)
    return out
