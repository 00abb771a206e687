"""Translations that have lost their original."""

from collections.abc import Iterator

from coursepack.check.view import View, edition_lessons
from coursepack.model.codes import diagnostic
from coursepack.model.diagnostic import Diagnostic


def find(view: View) -> Iterator[Diagnostic]:
    """CP168 a page that exists in another language only."""
    first, *others = view.course.editions
    known = {lesson.id for lesson in edition_lessons(first)} | {"index"}
    for edition in others:
        for lesson in edition_lessons(edition):
            if lesson.id not in known:
                yield diagnostic("CP168", lesson.source.path, language=lesson.language)
