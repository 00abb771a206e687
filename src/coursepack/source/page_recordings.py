"""Pages read aloud by a person: `02-check.read.mp3` beside `02-check.md`, `02-check.read.en.mp3` beside `02-check.en.md`.

The captions of such a file (`02-check.read.vtt`, found like those of any recording) say when each sentence is read.
"""

from collections.abc import Iterable, Mapping

import msgspec

from coursepack.model.course import Asset, Lesson, Source
from coursepack.model.diagnostic import Diagnostic
from coursepack.settings.languages import from_name, same_reader
from coursepack.source.media_names import AUDIOS, extension_of
from coursepack.source.naming import left_out, stem_of
from coursepack.source.urls import fold

WORD = "read"
"""What the name of a page's recording says after the page's own name."""


class _Named(msgspec.Struct, frozen=True):
    path: str
    place: tuple[str, str]
    """(folder, folded stem), which the page has, too."""
    language: str
    """BCP 47; "": that of the page whose name has no language, either."""


def find_recordings(
    lessons: Iterable[Lesson], sources: Mapping[str, Source], assets: Mapping[str, Asset]
) -> tuple[dict[str, str], tuple[Diagnostic, ...]]:
    """Page path -> path of its recording; CP470 for recordings that no page has. `assets`: what pages show, which is
    not looked at again. Of two files for one page the first by name is kept.
    """
    named = [n for path in sorted(sources) if path not in assets and (n := _read_name(path))]
    pages = _by_place(lessons)
    found: dict[str, str] = {}
    orphans = []
    for name in named:
        page = _page(name, pages.get(name.place, ()))
        if page is None:
            orphans.append(_orphan(name))
        else:
            found.setdefault(page.source.path, name.path)
    return found, tuple(orphans)


def _read_name(path: str) -> _Named | None:
    extension = extension_of(path)
    if extension not in AUDIOS or left_out(path):
        return None
    folder, _, name = path.rpartition("/")
    words = name[: -len(extension) - 1].split(".")
    if WORD not in [w.lower() for w in words[1:]]:
        return None
    at = 1 + [w.lower() for w in words[1:]].index(WORD)
    stem, more = words[:at], words[at + 1 :]
    # The language stands on either side of the word, as with transcripts.
    if not more and len(stem) > 1 and from_name(stem[-1]):
        more = [stem.pop()]
    language = from_name(more[0]) if len(more) == 1 else ""
    if more and not language:
        return None
    return _Named(path, (folder, fold(".".join(stem))), language)


def _by_place(lessons: Iterable[Lesson]) -> dict[tuple[str, str], list[tuple[Lesson, bool]]]:
    """(folder, folded stem) -> the pages there, and whether their names say a language."""
    places: dict[tuple[str, str], list[tuple[Lesson, bool]]] = {}
    for lesson in lessons:
        folder, _, name = lesson.source.path.rpartition("/")
        stem = stem_of(name)
        plain, _, last = stem.rpartition(".")
        suffixed = bool(plain and from_name(last))
        places.setdefault((folder, fold(plain if suffixed else stem)), []).append((lesson, suffixed))
    return places


def _page(name: _Named, pages: Iterable[tuple[Lesson, bool]]) -> Lesson | None:
    for lesson, suffixed in pages:
        if same_reader(name.language, lesson.language) if name.language else not suffixed:
            return lesson
    return None


def _orphan(name: _Named) -> Diagnostic:
    from coursepack.model.codes import diagnostic

    return diagnostic("CP470", name.path, page=name.path.rpartition("/")[2].partition(f".{WORD}")[0] + ".md")
