"""The use case `captions convert`: caption files of any format and encoding into another format."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec

from coursepack.app.captions_check import language_of, read_bytes
from coursepack.app.captions_edit import save
from coursepack.app.captions_files import CaptionFile, as_typed
from coursepack.errors import Interrupted, UsageError
from coursepack.model.codes import diagnostic
from coursepack.model.diagnostic import Diagnostic
from coursepack.tools.cues import read_cues
from coursepack.tools.cues.writers import WRITERS, lost

STDOUT = Path("-")


class ConvertTo(msgspec.Struct, frozen=True):
    """What to write where. `output`: None beside the source, STDOUT, a file, or a folder."""

    format: str
    output: Path | None = None
    force: bool = False
    language: str = ""


class Converted(msgspec.Struct, frozen=True):
    """One file that was written, or could not be: then `output` is "". `data` only for STDOUT."""

    path: str
    output: str
    format: str
    language: str
    cues: int
    findings: tuple[Diagnostic, ...]
    data: bytes = b""


def wanted_format(name: str, output: Path | None) -> str:
    """The format asked for by name, else by the output's extension. Raises `UsageError`."""
    if name:
        return name
    extension = output.suffix.lower().lstrip(".") if output is not None else ""
    if extension not in WRITERS:
        known = ", ".join(WRITERS)
        raise UsageError("it is not said which format to write", f"name it: --to {{{known}}}")
    return extension


def convert_captions(
    files: Sequence[CaptionFile], to: ConvertTo, cancelled: Callable[[], bool]
) -> Iterator[Converted]:
    """Converts each file. Nothing is written when one output is there already (unless `force`)."""
    for file, output in _outputs(files, to):
        if cancelled():
            raise Interrupted
        yield _convert(file, output, to)


def _outputs(files: Sequence[CaptionFile], to: ConvertTo) -> list[tuple[CaptionFile, Path]]:
    extension = WRITERS[to.format].extension
    # Of a folder only what is in another format; a file that was named is meant.
    chosen = [f for f in files if f.root is None or f.extension != extension]
    if not chosen:
        raise UsageError(f"all captions there are .{extension} already", "name another format with --to")
    pairs = [(f, _output(f, to, extension, single=len(chosen) == 1)) for f in chosen]
    taken: set[Path] = set()
    out: list[tuple[CaptionFile, Path]] = []
    for file, wished in pairs:
        # Two files that differ in nothing but the extension: the second keeps its own in the name.
        output = wished.with_name(f"{file.path.name}.{extension}") if wished in taken else wished
        if output != STDOUT and output.exists() and not to.force:
            raise UsageError(f"{output} is there already", "--force writes over it; -o names another file")
        taken.add(output)
        out.append((file, output))
    return out


def _output(file: CaptionFile, to: ConvertTo, extension: str, *, single: bool) -> Path:
    """The same name, and so the same language, with another extension."""
    name = f"{file.path.name.removesuffix(file.path.suffix)}.{extension}"
    if to.output is None:
        return file.path.with_name(name)
    if to.output == STDOUT:
        if not single:
            raise UsageError("one file at a time goes to standard output", "name a folder with -o")
        return STDOUT
    if single and not to.output.is_dir() and to.output.suffix:
        return to.output
    below = file.path.parent.relative_to(file.root) if file.root is not None else Path()
    return to.output / below / name


def _convert(file: CaptionFile, output: Path, to: ConvertTo) -> Converted:
    name = as_typed(file)
    language = to.language or file.language
    track, found = read_cues(
        read_bytes(file.path), format_hint=file.extension, language=language, path=name, every=True
    )
    if not track.cues:
        return Converted(name, "", to.format, language, 0, found)
    language = language or language_of(track)
    data = WRITERS[to.format].write(track, language)
    losses = tuple(
        diagnostic("CP350", name, format=WRITERS[to.format].title, count=loss.count, mend=loss.mend)
        for loss in lost(track, data, to.format)
    )
    if output == STDOUT:
        return Converted(name, "-", to.format, language, len(track.cues), (*found, *losses), data)
    save(output, data)
    return Converted(name, output.as_posix(), to.format, language, len(track.cues), (*found, *losses))
