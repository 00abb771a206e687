"""Which caption files a path means, and what their names and neighbours say about each."""

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from coursepack.errors import UsageError
from coursepack.model.course import Source
from coursepack.model.digest import Digest
from coursepack.settings.languages import from_name
from coursepack.source.media_names import CAPTIONS, extension_of
from coursepack.source.sidecars import find_sidecars

COURSE_FILE = "course.yaml"
EXTENSIONS = frozenset({*CAPTIONS, "scc"})
_CHECKED_ROLES = ("captions", "descriptions", "chapters", "metadata")
_WORDS = re.compile(r"[._ ]")
_HEAD_BYTES = 4096


class CaptionFile(msgspec.Struct, frozen=True):
    """A caption file. `path` as the user would type it; `language` "" when neither name nor course says it."""

    path: Path
    kind: str = "captions"
    language: str = ""
    media: Path | None = None
    children: bool = False
    levels: Mapping[str, str] = {}
    """The course's `checks`."""
    root: Path | None = None
    """The folder it was found in; None for a file that was named itself."""

    @property
    def extension(self) -> str:
        """Lower-case extension without the dot."""
        return extension_of(self.path.name)


class _Course(msgspec.Struct, frozen=True):
    """What a course says about its captions."""

    language: str = ""
    audience: tuple[str, ...] = ()
    levels: Mapping[str, str] = {}


def find_caption_files(paths: Sequence[Path], default: Path) -> tuple[CaptionFile, ...]:
    """The caption files that `paths` mean: files, folders and courses; none given: all courses below `default`.

    Raises `UsageError` when a path does not exist or holds no captions.
    """
    found: list[CaptionFile] = []
    for path in paths or (default,):
        if not path.exists():
            raise UsageError(f"{path} does not exist", "name a caption file, a folder of them, or a course")
        here = list(_in_folder(path)) if path.is_dir() else [_single(path)]
        if not here:
            known = ", ".join(f".{e}" for e in CAPTIONS)
            raise UsageError(f"{path} holds no caption files", f"captions are files that end in {known}")
        found += here
    unique = {f.path: f for f in found}
    return tuple(unique.values())


def _single(path: Path) -> CaptionFile:
    if not path.is_file():
        raise UsageError(f"{path} is not a file", "name a caption file")
    folder = path.parent
    names = {e.name: Source(e.name, Digest(""), 0) for e in os.scandir(folder) if e.is_file()}
    course = _course_above(folder)
    known = {f.path.name: f for f in _described(folder, names, course)}
    found = known.get(path.name) or _by_name(path, course)
    return msgspec.structs.replace(found, path=path, root=None)


def _course_above(folder: Path) -> _Course:
    """The course that a folder is part of: captions lie a few folders below its `course.yaml`."""
    for above in [folder.resolve(), *list(folder.resolve().parents)[:4]]:
        if (above / COURSE_FILE).is_file():
            return _course(above)
    return _Course()


def _course(root: Path) -> _Course:
    from coursepack.source.course_yaml import read_course_info

    try:
        data = (root / COURSE_FILE).read_bytes()
    except OSError:
        return _Course()
    info, _ = read_course_info(data, folder=root.resolve().name)
    return _Course(info.language, info.audience, info.checks)


def _in_folder(folder: Path) -> Iterator[CaptionFile]:
    if (folder / COURSE_FILE).is_file():
        yield from _scanned(folder, _course(folder))
        return
    courses = sorted(p for p in folder.iterdir() if (p / COURSE_FILE).is_file())
    if courses:
        for root in courses:
            yield from _scanned(root, _course(root))
        return
    yield from _scanned(folder, _course_above(folder))


def _scanned(root: Path, course: _Course) -> Iterator[CaptionFile]:
    from coursepack.source.scan import scan

    files, _ = scan(root)
    sources = {f.path: Source(f.path, Digest(""), f.size) for f in files}
    yield from _described(root, sources, course)


def _described(root: Path, sources: Mapping[str, Source], course: _Course) -> Iterator[CaptionFile]:
    """Every caption file among `sources`, in order, with what its media file makes of it."""
    sidecars, _ = find_sidecars(sources, (), course.language)
    owned = {s.source.path: (media, s) for media, mine in sidecars.items() for s in mine}
    for path in sorted(sources):
        extension = extension_of(path)
        if extension not in EXTENSIONS or (extension == "xml" and not _is_ttml(root / path)):
            continue
        found = _by_name(root / path, course)
        if path in owned and owned[path][1].role in _CHECKED_ROLES:
            media, sidecar = owned[path]
            language = sidecar.language or course.language
            kind = _kind(sidecar.role, language, course.language)
            found = msgspec.structs.replace(found, kind=kind, language=language, media=root / media)
        yield msgspec.structs.replace(found, root=root)


def _by_name(path: Path, course: _Course) -> CaptionFile:
    from coursepack.plan.assets import for_children

    words = _WORDS.split(path.name)[:-1]
    role = next(
        (w.lower() for w in words if w.lower() in ("descriptions", "chapters", "metadata")), "captions"
    )
    language = next((tag for tag in map(_language, reversed(words[1:])) if tag), "") or course.language
    kind = _kind(role, language, course.language)
    return CaptionFile(
        path, kind, language, children=for_children(course.audience), levels=dict(course.levels)
    )


def _language(word: str) -> str:
    # Names of roles and codecs are no languages ("cc", "sdh"): `from_name` knows only language codes.
    return from_name(word) or from_name(word.rpartition("-")[2] if "-" in word else "")


def _kind(role: str, language: str, course_language: str) -> str:
    if role != "captions":
        return role
    return "captions" if not course_language or language == course_language else "subtitles"


def _is_ttml(path: Path) -> bool:
    try:
        with path.open("rb") as f:
            return b"<tt" in f.read(_HEAD_BYTES).replace(b"\0", b"")
    except OSError:
        return False


def as_typed(file: CaptionFile) -> str:
    """The file's path for findings."""
    return file.path.as_posix()


def names_of(files: Iterable[CaptionFile]) -> list[str]:
    """The paths for findings, in order."""
    return [as_typed(f) for f in files]
