"""The use case `captions shift`: the times of caption files moved or stretched, shown first, written when asked."""

from collections.abc import Callable, Iterator, Sequence

from coursepack.app.captions_check import CheckAs, MediaLook, Timing
from coursepack.app.captions_edit import (
    Edited,
    WriteTo,
    blank,
    check_output,
    diff_of,
    new_bytes,
    open_file,
    refused,
    write_out,
)
from coursepack.app.captions_files import CaptionFile, as_typed
from coursepack.errors import Interrupted, UsageError
from coursepack.model.codes import diagnostic
from coursepack.model.diagnostic import Diagnostic
from coursepack.tools.cues.check import past_end
from coursepack.tools.cues.rewriting import is_utf8
from coursepack.tools.cues.shifting import Shift, Shifted, shift_cues, shift_text
from coursepack.tools.cues.track import clock


def shift_captions(
    files: Sequence[CaptionFile],
    shift: Shift,
    wanted: CheckAs,
    to: WriteTo,
    cancelled: Callable[[], bool],
    *,
    cut: bool,
) -> Iterator[Edited]:
    """Moves every file. One whose cues would begin before the media is left as it is, unless `cut`."""
    check_output(len(files), to)
    with MediaLook(enabled=wanted.media) as media:
        for file in files:
            if cancelled():
                raise Interrupted
            yield write_out(file, _shift(file, shift, wanted, to, media.facts(file.media), cut=cut), to)


def _shift(
    file: CaptionFile, shift: Shift, wanted: CheckAs, to: WriteTo, media: Timing, *, cut: bool
) -> Edited:
    language = wanted.language or file.language
    original, found = open_file(file, language)
    if original is None:
        return blank(file, found)
    problem = refused(file, original, to)
    if problem is not None:
        return blank(file, (*found, problem))
    name = as_typed(file)
    moved = shift_cues(original.cues, shift, cut=cut)
    if moved.late:
        raise UsageError(f"{name}: times would be beyond 999 hours", "check the sign and the unit")
    if (moved.early and not cut) or not moved.cues:
        early = moved.early or original.cues
        first = clock(early[0].start_ms)
        return blank(file, (*found, diagnostic("CP352", name, early[0].line, count=len(early), time=first)))
    found = (*found, *_late(name, moved, wanted.duration_ms or media.duration_ms))
    text = shift_text(original, shift, cut=cut) if original.in_place else None
    diff = diff_of(name, original.text, text) if text is not None else ""
    data = new_bytes(original, text, moved.cues, to, language)
    changed = moved.cues != original.cues
    changes = {"shifted": len(moved.cues), **({} if is_utf8(original) else {"encoding": len(moved.cues)})}
    return Edited(name, data, diff, changed, changes if changed else {}, found)


def _late(name: str, moved: Shifted, duration_ms: int) -> Iterator[Diagnostic]:
    if duration_ms:
        facts = past_end([(c.start_ms, c.end_ms) for c in moved.cues], duration_ms)
        if facts is not None:
            yield diagnostic("CP318", name, 0, 0, severity=None, **facts)
