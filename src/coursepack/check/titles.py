"""Pages of one module that cannot be told apart."""

from collections.abc import Iterator

from coursepack.check.view import View
from coursepack.model.codes import diagnostic
from coursepack.model.diagnostic import Diagnostic


def find(view: View) -> Iterator[Diagnostic]:
    """CP166."""
    for edition in view.course.editions:
        for module in edition.modules:
            first: dict[str, str] = {}
            for lesson in module.lessons:
                other = first.setdefault(lesson.title.casefold(), lesson.source.path)
                if other != lesson.source.path:
                    yield diagnostic("CP166", lesson.source.path, title=lesson.title, other=other)
