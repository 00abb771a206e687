"""What home and contents must know of the lessons to say how far a learner is."""

from typing import TypedDict

from coursepack.model.course import Edition, Lesson


class ProgressFacts(TypedDict):
    """Fields of a `PageSpec`."""

    lesson_count: int
    outcome_lessons: dict[str, tuple[str, ...]]


def progress_facts(edition: Edition) -> ProgressFacts:
    """For an edition with all its pages."""
    lessons = counted_lessons(edition)
    served: dict[str, list[str]] = {}
    for lesson in lessons:
        for outcome in lesson.outcomes:
            served.setdefault(outcome, []).append(lesson.id)
    return {
        "lesson_count": len(lessons),
        "outcome_lessons": {o: tuple(ids) for o, ids in sorted(served.items())},
    }


def counted_lessons(edition: Edition) -> list[Lesson]:
    """The lessons that can be finished: a folder with nothing but its own page is one, one with lessons is not."""
    found: list[Lesson] = []
    for module in edition.modules:
        found += module.lessons or ((module.page,) if module.page else ())
    return found
