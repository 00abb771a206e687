"""What is asked of a track for its use: the findings about it, one for a kind of flaw or one for each place."""

import itertools
from collections.abc import Iterable, Sequence

from coursepack.model.diagnostic import Diagnostic
from coursepack.tools.cues.breaking import recurring
from coursepack.tools.cues.flaws import END_TOLERANCE_MS, Flaw, Use, find_flaws
from coursepack.tools.cues.markup import escape, words_of
from coursepack.tools.cues.pace import FRAME_MS, pace_of
from coursepack.tools.cues.proposals import Place, propose
from coursepack.tools.cues.tongue import note_language
from coursepack.tools.cues.track import EVERY, CueTrack, Notes, TimedCue, clock, shown
from coursepack.tools.cues.twice import note_twice_decoded

FINE = frozenset({"CP336", "CP337", "CP343", "CP346", "CP347"})
"""Fine points: told only where every place is asked for. A build must not bury what loses learners something."""
_PLACES = 3
_WHOLE_FILE = frozenset({"CP338", "CP339"})


def check_track(
    track: CueTrack,
    *,
    kind: str,
    language: str,
    duration_ms: int,
    path: str,
    children: bool = False,
    frame_ms: float = FRAME_MS,
    every: bool = False,
) -> tuple[Diagnostic, ...]:
    """Findings about a clean track used as `kind`. `duration_ms` of the media, 0 when unknown. Alters nothing.

    One finding for each kind of flaw, with the first places; with `every`, one for each place (up to `EVERY` of a
    kind), with a proposed mend, and the FINE points too.
    """
    notes = Notes(path, limit=EVERY if every else 0)
    if not track.cues:
        return ()
    # A list of chapters has no end: its last one was given the longest possible.
    duration_ms = 0 if track.format == "outline" else duration_ms
    # What is named wrongly is measured as what it is.
    found = note_language(track.cues, language, notes, every=every)
    use = Use(kind, found or language, duration_ms, children, frame_ms)
    flaws = find_flaws(track.cues, use)
    if every:
        _note_each(flaws, track.cues, use, notes)
    else:
        _sum_up(flaws, track.cues, use, notes)
    note_twice_decoded(track.cues, notes, every=every)
    return notes.listed()


def _note_each(flaws: Iterable[Flaw], cues: tuple[TimedCue, ...], use: Use, notes: Notes) -> None:
    pace = pace_of(use.language, cues, children=use.children)
    whole = recurring(cues) if pace.wide else frozenset[str]()
    for flaw in flaws:
        cue = cues[flaw.cue]
        if flaw.code in _WHOLE_FILE:
            notes.add(flaw.code, worst=_number(flaw.value), limit=flaw.limit)
            continue
        # A proposal is work: none for findings that are only counted.
        mend = propose(Place(flaw, cues, use, pace, whole)) if notes.wants(flaw.code) else {}
        notes.add(flaw.code, cue.line, **{**_facts(flaw, cue, use), "each": "1", **mend})


def _facts(flaw: Flaw, cue: TimedCue, use: Use) -> dict[str, str]:
    return {
        "time": clock(cue.start_ms),
        "worst": _number(flaw.value),
        "over": f"{flaw.value / 1000:.3f}",
        "gap": f"{flaw.value:.3f}",
        "frames": flaw.limit,
        "limit": flaw.limit,
        "end": clock(use.duration_ms),
        "text": shown(flaw.text),
        "name": shown(flaw.text),
    }


def _sum_up(flaws: Iterable[Flaw], cues: tuple[TimedCue, ...], use: Use, notes: Notes) -> None:
    for code, group in itertools.groupby(flaws, key=lambda flaw: flaw.code):
        found = list(group)
        if code in FINE:
            continue
        cue = cues[found[0].cue]
        if code == "CP318":
            facts = past_end([(c.start_ms, c.end_ms) for c in cues], use.duration_ms) or {}
            notes.add(code, cue.line, **facts)
            continue
        worst = (min if code in {"CP333", "CP335"} else max)(flaw.value for flaw in found)
        facts = {
            **_facts(found[0], cue, use),
            "count": len(found),
            "total": len(cues),
            "worst": _number(worst),
            "places": places([cues[flaw.cue].start_ms for flaw in found]),
        }
        notes.add(code, 0 if code in _WHOLE_FILE else cue.line, **facts)


def _number(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.4g}"


def places(times_ms: Sequence[int]) -> str:
    """The first times, for a message about all of them."""
    more = ", …" if len(times_ms) > _PLACES else ""
    return ", ".join(clock(ms) for ms in times_ms[:_PLACES]) + more


def past_end(times: Sequence[tuple[int, int]], duration_ms: int) -> dict[str, int | str] | None:
    """The facts of CP318 for cues (start, end in ms) that go on after a recording of `duration_ms`; None if none do."""
    late = [(start, end) for start, end in times if end > duration_ms + END_TOLERANCE_MS]
    if not late:
        return None
    starts = [start for start, _ in late]
    return {
        "count": len(late),
        "unseen": sum(1 for start in starts if start >= duration_ms),
        "end": clock(duration_ms),
        "time": clock(starts[0]),
        "places": places(starts),
    }


def as_chapters(track: CueTrack, duration_ms: int = 0) -> CueTrack:
    """The track as chapters: plain titles on one line, none beginning before the one before has ended.

    Of chapters that begin together the first stays; the last ends with the media, where its length is known.
    """
    out: list[TimedCue] = []
    for cue in track.cues:
        if out and cue.start_ms <= out[-1].start_ms:
            continue
        if out and out[-1].end_ms > cue.start_ms:
            out[-1] = _with_end(out[-1], cue.start_ms)
        title = escape(" ".join(words_of(cue.markup).split()))
        out.append(TimedCue(cue.start_ms, cue.end_ms, title, line=cue.line))
    if out and track.format == "outline" and duration_ms > out[-1].start_ms:
        out[-1] = _with_end(out[-1], duration_ms)
    return CueTrack(tuple(out), format=track.format, encoding=track.encoding)


def _with_end(cue: TimedCue, end_ms: int) -> TimedCue:
    return TimedCue(cue.start_ms, end_ms, cue.markup, settings=cue.settings, line=cue.line)
