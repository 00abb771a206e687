"""The use case `captions fix`: caption files mended by rule, shown first, written when asked."""

from collections.abc import Callable, Collection, Iterator, Sequence

from coursepack.app.captions_check import CheckAs, MediaLook, Timing, language_of
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
from coursepack.errors import Interrupted
from coursepack.model.codes import diagnostic
from coursepack.model.diagnostic import Diagnostic
from coursepack.tools.cues import CueTrack
from coursepack.tools.cues.flaws import Use
from coursepack.tools.cues.mending import Mended, mend
from coursepack.tools.cues.pace import FRAME_MS
from coursepack.tools.cues.rewriting import Original, is_utf8, put_together
from coursepack.tools.cues.tongue import mismatch
from coursepack.tools.cues.track import shown

_READ = ("captions", "subtitles")


def fix_captions(
    files: Sequence[CaptionFile],
    rules: Collection[str],
    wanted: CheckAs,
    to: WriteTo,
    cancelled: Callable[[], bool],
) -> Iterator[Edited]:
    """Mends each file of captions by `rules`; chapters, descriptions and metadata are left alone."""
    chosen = [f for f in files if f.kind in _READ]
    check_output(len(chosen), to)
    with MediaLook(enabled=wanted.media) as media:
        for file in chosen:
            if cancelled():
                raise Interrupted
            edited = _fix(file, rules, wanted, to, media.facts(file.media))
            yield write_out(file, edited, to)


def _fix(file: CaptionFile, rules: Collection[str], wanted: CheckAs, to: WriteTo, media: Timing) -> Edited:
    language = wanted.language or file.language
    original, found = open_file(file, language)
    if original is None:
        return blank(file, found)
    problem = refused(file, original, to)
    if problem is not None:
        return blank(file, (*found, problem))
    name = as_typed(file)
    if original.scrolls and "repeats" not in rules:
        return blank(file, (*found, diagnostic("CP354", name)))
    # What is named wrongly is mended as what it is; `captions check` tells that (CP342).
    other = mismatch(original.cues, language)
    language = other.tag if other else language or language_of(CueTrack(original.cues))
    use = Use(
        file.kind,
        language,
        wanted.duration_ms or media.duration_ms,
        wanted.children or file.children,
        _frame_ms(wanted, media),
    )
    mended = mend(original.cues, use, rules)
    return _edited(file, original, mended, rules, to, language, found)


def _frame_ms(wanted: CheckAs, media: Timing) -> float:
    if wanted.fps:
        return 1000 / wanted.fps
    return min(1000 / media.fps, FRAME_MS) if media.fps else FRAME_MS


def _edited(
    file: CaptionFile,
    original: Original,
    mended: Mended,
    rules: Collection[str],
    to: WriteTo,
    language: str,
    found: tuple[Diagnostic, ...],
) -> Edited:
    name = as_typed(file)
    changes = dict(mended.changes)
    text = None
    if original.in_place:
        try:
            text = put_together(original, mended.cues, rules)
        except ValueError as e:
            return blank(file, (*found, diagnostic("CP355", name, reason=shown(str(e)))))
    gone = len(original.raw) - len(original.cues)
    if "repeats" in rules and gone and text != original.text:
        changes["repeats"] = changes.get("repeats", 0) + gone
    if not is_utf8(original) and ("encoding" in rules or text != original.text):
        changes["encoding"] = changes.get("encoding", 0) or len(original.cues)
    elif text is not None and text != original.text and not changes:
        changes["order"] = 1
    diff = diff_of(name, original.text, text) if text is not None else ""
    changed = (text is not None and text != original.text) or bool(changes)
    if changed and not to.write and to.output is None:
        what = ", ".join(f"{rule} {n}" for rule, n in sorted(changes.items()))
        found = (*found, diagnostic("CP353", name, changes=what))
    data = new_bytes(original, text, mended.cues, to, language)
    return Edited(name, data, diff, changed, changes, found)
