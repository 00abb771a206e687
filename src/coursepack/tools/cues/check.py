"""What is asked of a track for its use: overlaps, the media's end, chapters, pace."""

from collections.abc import Sequence

from coursepack.model.diagnostic import Diagnostic
from coursepack.tools.cues.markup import escape, words_of
from coursepack.tools.cues.pace import note_pace
from coursepack.tools.cues.track import CueTrack, Notes, TimedCue, clock

_END_TOLERANCE_MS = 500


def check_track(
    track: CueTrack, *, kind: str, language: str, duration_ms: int, path: str
) -> tuple[Diagnostic, ...]:
    """Findings about a clean track used as `kind`. `duration_ms` of the media, 0 when unknown. Alters nothing."""
    notes = Notes(path)
    if not track.cues:
        return ()
    _note_overlaps(track.cues, "CP340" if kind == "chapters" else "CP326", notes)
    if duration_ms and track.format != "outline":
        _note_late(track.cues, duration_ms, notes)
    if kind in ("captions", "subtitles"):
        note_pace(track.cues, language, notes)
    return notes.listed()


def _note_overlaps(cues: tuple[TimedCue, ...], code: str, notes: Notes) -> None:
    found: list[TimedCue] = []
    until = cues[0].end_ms
    for cue in cues[1:]:
        if cue.start_ms < until:
            found.append(cue)
        until = max(until, cue.end_ms)
    if found:
        notes.add(code, found[0].line, count=len(found), time=clock(found[0].start_ms))


def _note_late(cues: tuple[TimedCue, ...], duration_ms: int, notes: Notes) -> None:
    facts = past_end([(cue.start_ms, cue.end_ms) for cue in cues], duration_ms)
    if facts is not None:
        late = next(cue for cue in cues if cue.end_ms > duration_ms + _END_TOLERANCE_MS)
        notes.add("CP318", late.line, **facts)


def past_end(times: Sequence[tuple[int, int]], duration_ms: int) -> dict[str, int | str] | None:
    """The facts of CP318 for cues (start, end in ms) that go on after a recording of `duration_ms`; None if none do."""
    late = [(start, end) for start, end in times if end > duration_ms + _END_TOLERANCE_MS]
    if not late:
        return None
    unseen = sum(1 for start, _ in late if start >= duration_ms)
    return {"count": len(late), "unseen": unseen, "end": clock(duration_ms), "time": clock(late[0][0])}


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
