"""`:::{quiz}`: a question, its answers, gaps, pairs or order, hints and feedback; `:::{quiz-set}`: several with a total.

Also reads the Raspberry Pi Foundation's `--- question ---` with its choices `( )` and `(x)`.
"""

import re
from collections.abc import Callable, Iterable
from html import escape

import msgspec
from markdown_it.token import Token

from coursepack.model.document import Blocks, Choice, Pair, Quiz, QuizKind, QuizSet
from coursepack.source import raw_html
from coursepack.source.fences import Directive
from coursepack.source.page import Page, QuizSetting
from coursepack.source.quiz_answers import same
from coursepack.source.quiz_parts import Parts, Said, take_apart
from coursepack.source.quiz_settings import QuizSettings, read_question, read_set
from coursepack.source.reading import title_of
from coursepack.source.text import ARROW

Render = Callable[[Page, list[Token]], str]

_SPLIT = re.compile(rf"\s*{ARROW}(?:-&gt;|→|=&gt;|--&gt;)\s*")
_HEADING = re.compile(r"<(/?)h[1-6]\b[^>]*>")
_NEEDS = {
    "single": "- [x]", "multiple": "- [x]", "blanks": "[[…]]", "numeric": "[[= 42]]", "match": "a -> b", "order": "1. 2. 3.",
}  # fmt: skip
_MADE_OF = {
    "choices": ("single", "multiple"),
    "pairs": ("match",),
    "order": ("order",),
    "gaps": ("blanks", "numeric"),
}


def render(page: Page, opened: Directive, tokens: list[Token], blocks: Render) -> str:
    """The mark of the question; a box with the contents when it is no question."""
    kept = page.in_quiz, page.gaps, page.no_gaps, page.gap_case, page.gap_language
    nested, gaps = page.in_quiz, page.gaps
    page.in_quiz = True
    settings = read_question(page, opened)
    parts = take_apart(tokens, settings.kind)
    page.no_gaps = bool(nested or parts.choices or parts.pairs or parts.items)
    page.gap_case, page.gap_language = settings.case, settings.language
    first_hole = len(page.holes)
    prompt = blocks(page, parts.prompt)
    if opened.title:
        prompt = f"<p>{escape(opened.title, quote=False)}</p>\n{prompt}"
    made_gaps, page.no_gaps = page.gaps > gaps, True
    if nested or not (parts.choices or parts.pairs or parts.items or made_gaps):
        page.report("CP127", opened.line, 1)
        said = [t for _, ts in (*parts.hints, *parts.right, *parts.wrong) for t in ts]
        rest = blocks(page, [*parts.feedback, *said])
        page.in_quiz, page.gaps, page.no_gaps, page.gap_case, page.gap_language = kept
        return f'<div class="box box-questions">\n{_cleaned(prompt + rest)}</div>\n'
    question = _question(page, opened, settings, parts, prompt, blocks, first_hole)
    page.in_quiz, page.gaps, page.no_gaps, page.gap_case, page.gap_language = kept
    return page.block_hole(question) + "\n"


def _question(
    page: Page,
    opened: Directive,
    settings: QuizSettings,
    parts: Parts,
    prompt: str,
    blocks: Render,
    first_hole: int,
) -> Quiz:
    page.quizzes += 1
    question = Quiz(
        id=page.take_id(
            opened.attributes.id or f"q{page.quizzes}", opened.line, explicit=bool(opened.attributes.id)
        ),
        kind=_kind(page, opened, settings, parts, first_hole),
        prompt=_finished(page, prompt),
        choices=tuple(
            Choice(_finished(page, blocks(page, body)), correct, _finished(page, blocks(page, said)))
            for correct, body, said in parts.choices
        ),
        pairs=tuple(_pair(page, blocks(page, item)) for item in parts.pairs),
        feedback=_finished(page, blocks(page, parts.feedback)),
        points=settings.points,
        outcome=settings.outcome,
        number=page.quizzes,
        items=tuple(_finished(page, blocks(page, item)) for item in parts.items),
        hints=tuple(_said(page, [said], blocks) for said in parts.hints),
        right=_said(page, parts.right, blocks),
        wrong=_said(page, parts.wrong, blocks),
        attempts=settings.attempts,
        shuffle=settings.shuffle,
        set=page.quiz_set.id if page.quiz_set else "",
    )
    _look_over(page, opened, question)
    if settings.outcome:
        page.quiz_outcomes.setdefault(settings.outcome, opened.line)
    if page.quiz_set:
        page.quiz_set.quizzes.append(question.id)
        page.quiz_set.points += question.points
    return question


def _kind(page: Page, opened: Directive, settings: QuizSettings, parts: Parts, first_hole: int) -> QuizKind:
    """The kind by the contents; what the author asks for decides where both fit."""
    from coursepack.model.document import Blank

    found = parts.kinds
    if len(found) > 1:
        page.report(
            "CP187", opened.line, 1, used=_NEEDS[_MADE_OF[found[0]][0]], also=_NEEDS[_MADE_OF[found[1]][0]]
        )
    right = sum(1 for correct, _, _ in parts.choices if correct)
    if parts.choices and not right:
        page.report("CP128", opened.line, 1)
    wanted = settings.kind
    if wanted and wanted not in _MADE_OF[found[0]]:
        page.report("CP182", opened.line, 1, kind=wanted, needs=_NEEDS[wanted])
        wanted = ""
    if found[0] == "choices":
        return "multiple" if (wanted or ("multiple" if right > 1 else "single")) == "multiple" else "single"
    if found[0] != "gaps":
        return "match" if found[0] == "pairs" else "order"
    gaps = [h for h in page.holes[first_hole:] if isinstance(h, Blank)]
    number = len(gaps) == 1 and bool(gaps[0].numbers) and not gaps[0].answers
    if wanted == "numeric" and not number:
        page.report("CP182", opened.line, 1, kind=wanted, needs=_NEEDS[wanted])
    return "numeric" if number else "blanks"


def _look_over(page: Page, opened: Directive, question: Quiz) -> None:
    """Answers that cannot be told apart, an order of nothing."""
    said = [c.body for c in question.choices] or list(question.items) or [p.left for p in question.pairs]
    twice = _twice(said)
    if twice:
        page.report("CP183", opened.line, 1, answer=twice[:60])
    if question.kind == "order" and len(question.items) < 2:
        page.report("CP185", opened.line, 1, count=len(question.items))


def _twice(answers: Iterable[Blocks]) -> str:
    """The words of an answer that is there twice; "" when none is."""
    seen: set[bytes] = set()
    for answer in answers:
        words = same("".join(b.text for b in answer if hasattr(b, "text")))
        key = msgspec.json.encode((words, [b for b in answer if not hasattr(b, "text")]))
        if key in seen:
            return re.sub(r"<[^>]*>", "", words) or "…"
        seen.add(key)
    return ""


def _said(page: Page, said: list[Said], blocks: Render) -> Blocks:
    markup = ""
    for title, tokens in said:
        if title:
            markup += f"<p>{blocks(page, title_of(page, title)).strip()}</p>\n"
        markup += blocks(page, tokens)
    return _finished(page, markup) if markup else ()


def _pair(page: Page, markup: str) -> Pair:
    left, right = _SPLIT.split(markup, maxsplit=1)
    # The halves of `**a -> b**` are not balanced by themselves.
    if "<" in markup:
        left, right = raw_html.sanitise(page, left), raw_html.sanitise(page, right)
    return Pair(page.split(_cleaned(left.strip())), page.split(_cleaned(right.strip())))


def _finished(page: Page, markup: str) -> Blocks:
    return page.split(_cleaned(raw_html.sanitise(page, markup) if page.raw else markup).strip())


def _cleaned(markup: str) -> str:
    return _HEADING.sub(r"<\1p>", markup.replace(ARROW, ""))


# -- sets -------------------------------------------------------------------------------------------------------------


def render_set(page: Page, opened: Directive, words: str, tokens: list[Token], blocks: Render) -> str:
    """Questions with one total, below the heading `words` (HTML); what stands between them is kept."""
    attempts, shuffle, percent = read_set(page, opened)
    if page.quiz_set or page.in_quiz:
        page.report("CP192", opened.line, 1)
        return blocks(page, tokens)
    own = opened.attributes.id
    anchor = page.take_id(own or f"set{page.quizzes + 1}", opened.line, explicit=bool(own))
    page.quiz_set = gathered = QuizSetting(anchor, attempts, shuffle)
    body = blocks(page, tokens)
    page.quiz_set = None
    if not gathered.quizzes:
        page.report("CP191", opened.line, 1)
        return f"<div>\n{body}</div>\n"
    total = page.block_hole(QuizSet(anchor, tuple(gathered.quizzes), gathered.points, percent))
    # Level 6 means: one below whatever heading stands above; `headings` works it out.
    return (
        f'<section class="quiz-set" id="{escape(anchor)}">\n<h6 class="quiz-set-title">{words}</h6>\n'
        f"{body}{total}\n</section>\n"
    )
