"""A course laid out for looking things up: made once, shared by all rules."""

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from coursepack.model.course import Course, Edition, Lesson, Source
from coursepack.model.document import Link, Outline
from coursepack.source.naming import OUTLINE_NAME
from coursepack.source.urls import fold


class View(msgspec.Struct, frozen=True):
    """What rules look at."""

    course: Course
    outlines: Mapping[str, Outline]
    sources: Mapping[str, Source]
    lessons: Mapping[str, Lesson]
    """Page path -> lesson, for the pages that are built, sorted by path."""
    folded: Mapping[str, str]
    """Folded path -> the first path on disk that is spelt so."""
    folders: frozenset[str]
    """All folders that hold files."""
    chapter_lists: tuple[str, ...]
    """Files that give the order and are no pages (SUMMARY.md)."""

    def links(self, *kinds: str) -> Iterator[tuple[Lesson, Link]]:
        """The links of these kinds on built pages, by page and place."""
        for path, lesson in self.lessons.items():
            for link in self.outlines[path].links:
                if link.kind in kinds:
                    yield lesson, link


def make_view(course: Course, outlines: Mapping[str, Outline], sources: Mapping[str, Source]) -> View:
    """The view of a course."""
    lessons = {x.source.path: x for e in course.editions for x in edition_lessons(e)}
    folded: dict[str, str] = {}
    for path in sorted(sources):
        folded.setdefault(fold(path), path)
    return View(
        course=course,
        outlines=outlines,
        sources=sources,
        lessons={p: lessons[p] for p in sorted(lessons) if p in outlines},
        folded=folded,
        folders=frozenset(_folders(sources)),
        chapter_lists=tuple(
            p
            for p in sorted(outlines)
            if p.endswith(f"{OUTLINE_NAME}.md") and p in course.links and p not in lessons
        ),
    )


def edition_lessons(edition: Edition) -> Iterator[Lesson]:
    """Every page of an edition, in reading order."""
    if edition.home:
        yield edition.home
    for module in edition.modules:
        if module.page:
            yield module.page
        yield from module.lessons


def _folders(paths: Iterable[str]) -> set[str]:
    folders: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    return folders
