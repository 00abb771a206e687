"""Translations: which are missing, which are older than their original."""

from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from coursepack.check.view import View, edition_lessons
from coursepack.model.codes import diagnostic
from coursepack.model.course import Course, Edition, Lesson
from coursepack.model.diagnostic import Diagnostic
from coursepack.model.document import Outline
from coursepack.source.wording import is_outdated

_NAMED = 3
"""Pages named in one finding; the rest is counted."""

State = Literal["translated", "unmarked", "stale", "missing"]


class Translation(msgspec.Struct, frozen=True):
    """One page of the course language, as it stands in another."""

    language: str
    original: Lesson
    lesson: Lesson | None
    """None: missing."""
    state: State


def state_of(original: Outline, translation: Outline) -> State:
    """How a translation stands to its original."""
    if not translation.front.translated_from or not original.wording:
        return "unmarked"
    return "stale" if is_outdated(original, translation) else "translated"


def translations(course: Course, outlines: dict[str, Outline]) -> Iterator[Translation]:
    """Every page of the course language in every other language, in reading order."""
    first, *others = course.editions
    originals = list(edition_lessons(first))
    for edition in others:
        there = {lesson.id: lesson for lesson in edition_lessons(edition)}
        for original in originals:
            lesson = there.get(original.id)
            state: State = "missing"
            if lesson:
                state = state_of(outlines[original.source.path], outlines[lesson.source.path])
            yield Translation(edition.language, original, lesson, state)


def find(view: View) -> Iterator[Diagnostic]:
    """CP410 missing, CP411 older than the original, CP412 of unknown age: one finding a page, or one a language."""
    found = list(translations(view.course, dict(view.outlines)))
    for edition in view.course.editions[1:]:
        here = [t for t in found if t.language == edition.language]
        yield from _missing(view.course.editions[0], here)
        for t in here:
            if t.state == "stale" and t.lesson:
                path = t.lesson.source.path
                yield diagnostic(
                    "CP411", path, original=t.original.source.path, language=t.language, file=path
                )
        yield from _unmarked(here)


def _missing(first: Edition, here: Sequence[Translation]) -> Iterator[Diagnostic]:
    missing = [t.original.source.path for t in here if t.state == "missing"]
    if missing:
        language = here[0].language
        yield diagnostic(
            "CP410",
            "course.yaml",
            count=len(missing),
            total=len(here),
            language=language,
            shown=first.language,
            pages=_some(missing),
            example=translation_name(missing[0], first.language, language),
        )


def _unmarked(here: Sequence[Translation]) -> Iterator[Diagnostic]:
    paths = [t.lesson.source.path for t in here if t.state == "unmarked" and t.lesson]
    if paths:
        yield diagnostic(
            "CP412",
            "course.yaml",
            count=len(paths),
            language=here[0].language,
            pages=_some(paths),
            example=paths[0],
        )


def translation_name(path: str, course_language: str, language: str) -> str:
    """What a translation of the page at `path` is called: "02-check.md" becomes "02-check.en.md"."""
    stem = path.removesuffix(".md").removesuffix(f".{course_language}")
    return f"{stem}.{language}.md"


def _some(paths: Sequence[str]) -> str:
    more = len(paths) - _NAMED
    return ", ".join(paths[:_NAMED]) + (f" (+{more})" if more > 0 else "")
