"""What `captions fix` and `captions shift` have in common: a file taken apart, shown as a diff, written when asked."""

import difflib
from collections.abc import Iterator
from pathlib import Path

import msgspec

from coursepack.app.captions_check import read_bytes
from coursepack.app.captions_files import CaptionFile, as_typed
from coursepack.build.pack import finish_file
from coursepack.errors import EnvironmentMissing, UsageError
from coursepack.model.codes import diagnostic
from coursepack.model.diagnostic import Diagnostic
from coursepack.tools.cues import CueTrack, read_cues
from coursepack.tools.cues.rewriting import Original, take_apart
from coursepack.tools.cues.track import TimedCue
from coursepack.tools.cues.writers import WRITERS

_DIFF_LINES = 60_000
"""Above this a diff takes long and is read by nobody."""
_CONTEXT = 1


class Edited(msgspec.Struct, frozen=True):
    """One file: what would change. `text` None: nothing can be written; `output` "" until it is written."""

    path: str
    text: bytes | None
    diff: str
    changed: bool
    changes: dict[str, int]
    findings: tuple[Diagnostic, ...]
    output: str = ""


class WriteTo(msgspec.Struct, frozen=True):
    """`write`: into the file itself; `output`: a new file, in the format of its extension."""

    write: bool = False
    output: Path | None = None
    force: bool = False


def check_output(count: int, to: WriteTo) -> None:
    """Raises `UsageError` when what is asked for cannot be: nothing is read then."""
    if to.output is None:
        return
    if count != 1:
        raise UsageError("-o takes one caption file", "use --write for several")
    if to.output.suffix.lower().lstrip(".") not in WRITERS:
        raise UsageError(f"{to.output} has no extension of a caption format", f"one of {', '.join(WRITERS)}")
    if to.output.exists() and not to.force:
        raise UsageError(f"{to.output} is there already", "--force writes over it")


def open_file(file: CaptionFile, language: str) -> tuple[Original | None, tuple[Diagnostic, ...]]:
    """The file in parts and what is wrong with it; None when it cannot be read."""
    data = read_bytes(file.path)
    name = as_typed(file)
    _, found = read_cues(data, format_hint=file.extension, language=language, path=name)
    errors = tuple(d for d in found if d.severity == "error")
    original = take_apart(data, format_hint=file.extension, language=language)
    return (None, errors) if original is None or not original.cues else (original, errors)


def refused(file: CaptionFile, original: Original, to: WriteTo) -> Diagnostic | None:
    """CP351 where the file's format has to be written anew and no other file is named."""
    if original.in_place or to.output is not None:
        return None
    name = as_typed(file)
    new = file.path.with_suffix(".vtt").name
    return diagnostic("CP351", name, format=original.format, file=name, name=new)


def new_bytes(
    original: Original, text: str | None, cues: tuple[TimedCue, ...], to: WriteTo, language: str
) -> bytes:
    """The file to write: the author's own with its line ends, or a new one in the output's format."""
    form = to.output.suffix.lower().lstrip(".") if to.output is not None else ""
    own = {"webvtt": "vtt", "subrip": "srt", "sbv": "sbv"}.get(original.format)
    if text is not None and form in ("", own):
        return (original.mark + text.replace("\n", original.newline)).encode()
    return WRITERS[form].write(CueTrack(cues, format=original.format), language)


def diff_of(name: str, before: str, after: str) -> str:
    """A unified diff; "" when nothing differs or the file is too long for one."""
    old, new = before.split("\n"), after.split("\n")
    if old == new or len(old) + len(new) > _DIFF_LINES:
        return ""
    return "\n".join(difflib.unified_diff(old, new, name, name, n=_CONTEXT, lineterm=""))


def write_out(file: CaptionFile, edited: Edited, to: WriteTo) -> Edited:
    """Writes what was made, when that was asked for."""
    if edited.text is None or not (to.output or (to.write and edited.changed)):
        return edited
    output = to.output or file.path
    save(output, edited.text)
    return msgspec.structs.replace(edited, output=output.as_posix())


def save(path: Path, data: bytes) -> None:
    """Writes a file whole or not at all. One that is there keeps its mode, a link stays a link.

    Raises `EnvironmentMissing` when the system refuses.
    """
    real = path.resolve()
    try:
        real.parent.mkdir(parents=True, exist_ok=True)
        mode = real.stat().st_mode & 0o777 if real.exists() else None
        finish_file(real, data)
        if mode is not None:
            real.chmod(mode)
    except OSError as e:
        raise EnvironmentMissing(
            f"{path} cannot be written: {e.strerror}", "check the folder's permissions"
        ) from e


def blank(file: CaptionFile, findings: tuple[Diagnostic, ...]) -> Edited:
    """A file about which there is nothing but findings."""
    return Edited(as_typed(file), None, "", changed=False, changes={}, findings=findings)


def lines_of(edited: Edited) -> Iterator[str]:
    """The diff's lines, for a terminal."""
    yield from edited.diff.split("\n") if edited.diff else ()
