"""The use case `translations`: what is translated, what is out of date, and marking what has been looked at."""

import re
from collections.abc import Sequence
from pathlib import Path

import msgspec

from coursepack import __version__
from coursepack.app.check import CheckOptions
from coursepack.app.inventory import as_sources, take_inventory
from coursepack.app.loading import COURSE_FILE, Loaded, load_course
from coursepack.app.memory import load_memory, memory_path
from coursepack.app.state import load_state, state_path
from coursepack.build.pack import finish_file
from coursepack.check.translations import State, translations
from coursepack.errors import UsageError
from coursepack.settings import Workspace
from coursepack.source.scan import scan
from coursepack.store.local import LocalStore

_KEY = re.compile(r"^translated_from[ \t]*:.*$", re.MULTILINE)
_FRONT = re.compile(r"---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*\r?$", re.MULTILINE | re.DOTALL)


class Row(msgspec.Struct, frozen=True):
    """One page in one language."""

    course: str
    language: str
    original: str
    translation: str
    """Its path; "" where it is missing."""
    state: State


class Marked(msgspec.Struct, frozen=True):
    """A translation that now names the text it was made from."""

    path: Path
    original: str
    changed: bool


def list_translations(courses: Sequence[Path], workspace: Workspace, options: CheckOptions) -> list[Row]:
    """Every page of the course language in every other language, course by course, in reading order."""
    rows = []
    store = LocalStore(options.cache)
    try:
        for root in courses:
            loaded = _load(root, workspace, options, store)
            for t in translations(loaded.course, loaded.outlines):
                path = t.lesson.source.path if t.lesson else ""
                rows.append(Row(loaded.course.info.id, t.language, t.original.source.path, path, t.state))
    finally:
        store.close()
    return rows


def mark_translations(files: Sequence[Path], workspace: Workspace, options: CheckOptions) -> list[Marked]:
    """Writes into each translation which text it was made from: the original as it is now.

    Raises `UsageError` for a file that is no translation, before any file is written.
    """
    by_course: dict[Path, list[Path]] = {}
    for file in files:
        by_course.setdefault(_course_of(file), []).append(file)
    todo: list[tuple[Path, str, str]] = []
    store = LocalStore(options.cache)
    try:
        for root, chosen in by_course.items():
            loaded = _load(root, workspace, options, store)
            todo += [_original(loaded, root, file) for file in chosen]
    finally:
        store.close()
    return [Marked(path, original, _write(path, wording)) for path, original, wording in todo]


def _course_of(file: Path) -> Path:
    for folder in file.absolute().parents:
        if (folder / COURSE_FILE).is_file():
            return folder
    raise UsageError(f"{file} lies in no course", f"a course is a folder with a {COURSE_FILE}")


def _load(root: Path, workspace: Workspace, options: CheckOptions, store: LocalStore) -> Loaded:
    place = state_path(options.cache, root, options.output)
    memory = load_memory(memory_path(place), __version__)
    state = load_state(place)
    files, _ = scan(root)
    sources = as_sources(take_inventory(root, files, state.files if state else {}))
    return load_course(root, sources, memory.readings, store, None, workspace)


def _original(loaded: Loaded, root: Path, file: Path) -> tuple[Path, str, str]:
    """(the file, the path of its original, the digest of what that says)."""
    path = file.absolute().relative_to(root).as_posix()
    for t in translations(loaded.course, loaded.outlines):
        if t.lesson and t.lesson.source.path == path:
            original = t.original.source.path
            return root / path, original, loaded.outlines[original].wording
    language = loaded.course.info.language
    raise UsageError(
        f"{file} is not a translation of a page of this course",
        f"a translation has a language in its name, and its original is a page in {language}",
    )


def _write(path: Path, wording: str) -> bool:
    """Whether the file had to be changed. All but the one line stays as it is."""
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as e:
        raise UsageError(f"{path} is not UTF-8", "Save it as UTF-8, then mark it.") from e
    except OSError as e:
        raise UsageError(f"cannot read {path}: {e.strerror}") from e
    new = with_mark(text, wording)
    if new == text:
        return False
    finish_file(path, new.encode("utf-8"))
    return True


def with_mark(text: str, wording: str) -> str:
    """The Markdown file `text` with `translated_from: {wording}` in its front matter, which is made if there is none."""
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    body = text.removeprefix(mark)
    end = "\r\n" if "\r\n" in body else "\n"
    line = f"translated_from: {wording}"
    front = _FRONT.match(body)
    if front is None:
        return f"{mark}---{end}{line}{end}---{end}{end}{body}"
    block = front[1]
    if _KEY.search(block):
        ending = "\r" if end == "\r\n" else ""
        block = _KEY.sub(line + ending, block, count=1)
    else:
        block = f"{block}{line}{end}"
    return mark + body[: front.start(1)] + block + body[front.end(1) :]
