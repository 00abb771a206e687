"""Questions as data, for whatever asks them outside our own pages: QTI, SCORM, cmi5, xAPI, EPUB.

Interactions, ids and patterns are those of xAPI 1.0.3 (Data, 4.1.4.1 "Interaction Activities"), which takes them from
SCORM 2004 `cmi.interactions`. Ids depend on the place of a question and an answer in the source, never on their words,
so that a score means the same in every translation of a lesson.
"""

from typing import Literal

import msgspec

from coursepack.model.document import Number, QuizKind

Interaction = Literal["choice", "true-false", "fill-in", "numeric", "matching", "sequencing"]

BETWEEN, TO, RANGE = "[,]", "[.]", "[:]"
"""Between responses, between the two of a pair, between the ends of a range."""


class Component(msgspec.Struct, frozen=True):
    """Something to choose, to match or to put in order."""

    id: str
    text: str
    """Plain words, in the language of the lesson; a picture by its alternative text."""


class Gap(msgspec.Struct, frozen=True, omit_defaults=True):
    """What may be written into one blank."""

    answers: tuple[str, ...] = ()
    numbers: tuple[Number, ...] = ()
    case: bool = False


class QuizData(msgspec.Struct, frozen=True, omit_defaults=True):
    """One question."""

    id: str
    """Unique in the lesson; also the fragment of its place in the page."""
    number: int
    kind: QuizKind
    interaction: Interaction
    prompt: str
    """Plain words; a blank is "___"."""
    points: float
    correct_responses: tuple[str, ...]
    """xAPI `correctResponsesPattern`: each is a whole right response."""
    outcome: str = ""
    """Id of an outcome in course.yaml."""
    attempts: int = 0
    """0: any number."""
    shuffle: bool = False
    set: str = ""
    """Id of the set it belongs to."""
    choices: tuple[Component, ...] = ()
    """choice, true-false: in the author's order. sequencing: in an order that does not tell the right one."""
    source: tuple[Component, ...] = ()
    """matching: the left side."""
    target: tuple[Component, ...] = ()
    """matching: the right side, in an order that does not tell."""
    gaps: tuple[Gap, ...] = ()
    """fill-in, numeric: in reading order."""
    feedback: str = ""
    hints: tuple[str, ...] = ()


class QuizSetData(msgspec.Struct, frozen=True, omit_defaults=True):
    """Questions with one total."""

    id: str
    quizzes: tuple[str, ...]
    points: float
    pass_percent: float = 0


class LessonQuizzes(msgspec.Struct, frozen=True, omit_defaults=True):
    """The questions of one page in one language: the fact `quizzes` of a "pages" artefact is a list of these."""

    course: str
    """The id of the course."""
    lesson: str
    """The id of the lesson, the same in all languages."""
    language: str
    """BCP 47, of the words here."""
    url: str
    """The page, below the root of the site."""
    title: str
    """Of the lesson."""
    points: float
    """Of all its questions."""
    quizzes: tuple[QuizData, ...]
    """In the order of the page."""
    sets: tuple[QuizSetData, ...] = ()
    """Questions that have a total of their own."""
