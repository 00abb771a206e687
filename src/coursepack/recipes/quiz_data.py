"""A question as data: plain words, and right answers as xAPI writes them (`model.quiz`)."""

import hashlib
import re
from collections.abc import Callable, Iterable
from html import unescape
from itertools import islice, product

from markupsafe import Markup, escape

from coursepack.model.document import Blank, Blocks, FileLink, Image, Media, Number, PageLink, Quiz, QuizSet
from coursepack.model.quiz import (
    BETWEEN,
    RANGE,
    TO,
    Component,
    Gap,
    Interaction,
    LessonQuizzes,
    QuizData,
    QuizSetData,
)
from coursepack.model.site import PageSpec, SiteFacts

HtmlOf = Callable[[Blocks], Markup]

_MOST_PATTERNS = 50
"""Right responses that are written out for gaps with several answers each; the `gaps` hold them all."""

_TAGS = re.compile(r"<[^>]*>")
_PARTING = re.compile(r"</(?:p|li|h[1-6]|div|td|th|tr|dt|dd|pre)>|<br>", re.IGNORECASE)
_TRUE = frozenset(["true", "yes", "right", "correct", "对", "對", "正确", "正確", "是", "真", "係", "啱"])
_FALSE = frozenset(
    [
        "false",
        "no",
        "wrong",
        "incorrect",
        "错",
        "錯",
        "错误",
        "錯誤",
        "否",
        "假",
        "不是",
        "不对",
        "不對",
        "唔係",
        "唔啱",
    ]
)


def question_data(question: Quiz, seed: str, html: HtmlOf) -> QuizData:
    """The data of `question`. `seed` names it in all languages: answers stand in the same order in each."""

    def words(blocks: Blocks) -> str:
        return plain_words(blocks, html)

    gaps = tuple(Gap(b.answers, b.numbers, b.case) for b in question.prompt if isinstance(b, Blank))
    source, target, pairs = _sides(question, seed, words)
    choices = _choices(question, seed, words)
    interaction = _interaction(question, choices)
    if interaction == "true-false":
        choices = tuple(Component("true" if _is_true(c.text) else "false", c.text) for c in choices)
    return QuizData(
        id=question.id,
        number=question.number,
        kind=question.kind,
        interaction=interaction,
        prompt=words(question.prompt),
        points=question.points,
        correct_responses=_right(question, choices, pairs, gaps, seed),
        outcome=question.outcome,
        attempts=question.attempts,
        shuffle=question.shuffle,
        set=question.set,
        choices=choices,
        source=source,
        target=target,
        gaps=gaps,
        feedback=words(question.feedback),
        hints=tuple(words(h) for h in question.hints),
    )


def set_data(one: QuizSet) -> QuizSetData:
    """The data of a set."""
    return QuizSetData(one.id, one.quizzes, one.points, one.pass_percent)


def lesson_quizzes(
    page: PageSpec, site: SiteFacts, quizzes: Iterable[QuizData], sets: Iterable[QuizSetData]
) -> LessonQuizzes:
    """The questions of one page."""
    found = tuple(quizzes)
    return LessonQuizzes(
        course=site.course_id,
        lesson=page.lesson,
        language=page.text_language or site.language,
        url=page.url,
        title=page.title,
        points=sum(q.points for q in found),
        quizzes=found,
        sets=tuple(sets),
    )


def plain_words(blocks: Blocks, html: HtmlOf) -> str:
    """The words of `blocks` on one line: pictures by their alternative text, gaps as "___"."""
    pieces = []
    for block in blocks:
        if isinstance(block, Blank):
            pieces.append("___")
        elif isinstance(block, Image):
            pieces.append(str(escape(block.alt or "")))
        elif isinstance(block, Media):
            pieces.append(str(escape(block.label)))
        elif not isinstance(block, PageLink | FileLink):
            pieces.append(_PARTING.sub(" ", html((block,))))
    return " ".join(unescape(_TAGS.sub("", "".join(pieces))).split())


def scrambled(count: int, seed: str) -> list[int]:
    """The numbers below `count` in an order of their own for each `seed`, never in that of the numbers."""
    order = sorted(range(count), key=lambda n: hashlib.sha256(f"{seed}/{n}".encode()).digest())
    return order[1:] + order[:1] if order == sorted(order) else order


def letter(place: int) -> str:
    """a, b, c, ... and beyond z the number of the place."""
    return chr(ord("a") + place) if place < 26 else str(place + 1)


def _choices(question: Quiz, seed: str, words: Callable[[Blocks], str]) -> tuple[Component, ...]:
    if question.items:
        order = scrambled(len(question.items), seed)
        return tuple(Component(letter(p), words(question.items[n])) for p, n in enumerate(order))
    return tuple(Component(letter(n), words(c.body)) for n, c in enumerate(question.choices))


def _sides(
    question: Quiz, seed: str, words: Callable[[Blocks], str]
) -> tuple[tuple[Component, ...], tuple[Component, ...], list[tuple[str, str]]]:
    """(left sides, right sides, ids of what belongs together). Equal right sides are one."""
    rights = list(dict.fromkeys(p.right for p in question.pairs))
    order = scrambled(len(rights), seed)
    ids = {rights[n]: letter(place) for place, n in enumerate(order)}
    source = tuple(Component(str(n), words(p.left)) for n, p in enumerate(question.pairs, 1))
    target = tuple(Component(ids[rights[n]], words(rights[n])) for n in order)
    return source, target, [(s.id, ids[p.right]) for s, p in zip(source, question.pairs, strict=True)]


def _interaction(question: Quiz, choices: tuple[Component, ...]) -> Interaction:
    if question.kind == "single" and len(choices) == 2 and sum(c.correct for c in question.choices) == 1:
        one, other = (c.text.strip(" .。!！").lower() for c in choices)
        if (one in _TRUE and other in _FALSE) or (one in _FALSE and other in _TRUE):
            return "true-false"
    named: dict[str, Interaction] = {
        "blanks": "fill-in", "numeric": "numeric", "match": "matching", "order": "sequencing",
    }  # fmt: skip
    return named.get(question.kind, "choice")


def _is_true(text: str) -> bool:
    return text.strip(" .。!！").lower() in _TRUE


def _right(
    question: Quiz,
    choices: tuple[Component, ...],
    pairs: list[tuple[str, str]],
    gaps: tuple[Gap, ...],
    seed: str,
) -> tuple[str, ...]:
    if question.kind in ("single", "multiple"):
        right = [c.id for c, given in zip(choices, question.choices, strict=True) if given.correct]
        return tuple(right) if question.kind == "single" else (BETWEEN.join(right),)
    if question.kind == "match":
        return (BETWEEN.join(f"{left}{TO}{right}" for left, right in pairs),)
    if question.kind == "order":
        order = scrambled(len(question.items), seed)
        return (BETWEEN.join(letter(order.index(n)) for n in range(len(order))),)
    if question.kind == "numeric":
        return tuple(_range(n) for n in gaps[0].numbers)
    mark = "{case_matters=true}" if any(g.case for g in gaps) else ""
    filled = product(*([*g.answers, *(_range(n) for n in g.numbers)] for g in gaps))
    return tuple(mark + BETWEEN.join(one) for one in islice(filled, _MOST_PATTERNS))


def _range(number: Number) -> str:
    low, high = (f"{x:.12g}" for x in (number.low, number.high))
    return low if low == high else f"{low}{RANGE}{high}"
