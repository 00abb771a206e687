"""Learning outcomes that lessons and their questions name must exist."""

from collections.abc import Iterator

from coursepack.check.view import View
from coursepack.model.codes import diagnostic
from coursepack.model.diagnostic import Diagnostic
from coursepack.settings.nearest import maybe, nearest


def find(view: View) -> Iterator[Diagnostic]:
    """CP167, CP190."""
    known = [outcome.id for outcome in view.course.info.outcomes]
    for path, lesson in view.lessons.items():
        for outcome in lesson.outcomes:
            if outcome not in known:
                yield diagnostic("CP167", path, outcome=outcome, **maybe(nearest(outcome, known)))
        for outcome, line in view.outlines[path].quiz_outcomes.items():
            if outcome not in known:
                near = maybe(nearest(outcome, known))
                yield diagnostic("CP190", path, line, 1, outcome=outcome[:60], **near)
