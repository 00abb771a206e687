"""Learning outcomes that lessons name must exist."""

from collections.abc import Iterator

from coursepack.check.view import View
from coursepack.model.codes import diagnostic
from coursepack.model.diagnostic import Diagnostic
from coursepack.settings.nearest import maybe, nearest


def find(view: View) -> Iterator[Diagnostic]:
    """CP167."""
    known = [outcome.id for outcome in view.course.info.outcomes]
    for path, lesson in view.lessons.items():
        for outcome in lesson.outcomes:
            if outcome not in known:
                yield diagnostic("CP167", path, outcome=outcome, **maybe(nearest(outcome, known)))
