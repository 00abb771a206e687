"""Editions with all pages: what is not translated stands in its place in the course language."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol, TypeVar

import msgspec

from coursepack.model.course import Course, Edition, Lesson, Module


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


T = TypeVar("T", bound=_HasId)


def filled_editions(course: Course) -> tuple[Edition, ...]:
    """The editions, each with every page of the course language's: a page in an edition whose `language` is not the
    edition's is the untranslated original, at the address its translation would have.
    """
    if not course.editions:
        return ()
    first, *others = course.editions
    return (first, *(_filled(first, edition) for edition in others))


def all_lessons(edition: Edition) -> Iterator[Lesson]:
    """Every page of an edition that has a source, in reading order."""
    if edition.home:
        yield edition.home
    for module in edition.modules:
        if module.page:
            yield module.page
        yield from module.lessons


def _filled(first: Edition, edition: Edition) -> Edition:
    def moved(lesson: Lesson) -> Lesson:
        return msgspec.structs.replace(lesson, url=f"{edition.root}{lesson.url}")

    def both(original: Module, translated: Module) -> Module:
        page = translated.page or (moved(original.page) if original.page else None)
        return msgspec.structs.replace(
            translated,
            title=translated.title if translated.page or not page else page.title,
            page=page,
            lessons=_merged(original.lessons, translated.lessons, moved, lambda _, t: t),
        )

    def only(original: Module) -> Module:
        return both(original, Module(original.id, original.title))

    return msgspec.structs.replace(
        edition,
        home=edition.home or (moved(first.home) if first.home else None),
        modules=_merged(first.modules, edition.modules, only, both),
    )


def _merged(
    originals: Sequence[T], translated: Sequence[T], only: Callable[[T], T], both: Callable[[T, T], T]
) -> tuple[T, ...]:
    """Both by id, in the order of the originals; what has no original comes before what it came before."""
    there = {t.id: t for t in translated}
    before, last = _extras(translated, {o.id for o in originals})
    merged: list[T] = []
    for original in originals:
        match = there.get(original.id)
        merged += before.get(original.id, ())
        merged.append(both(original, match) if match else only(original))
    return (*merged, *last)


def _extras(translated: Iterable[T], known: set[str]) -> tuple[dict[str, list[T]], list[T]]:
    """What has no original: (by the id that follows it, what nothing follows)."""
    before: dict[str, list[T]] = {}
    waiting: list[T] = []
    for item in translated:
        if item.id in known:
            before[item.id], waiting = waiting, []
        else:
            waiting.append(item)
    return before, waiting
