"""A question as an accessible form: complete without JavaScript, with the answer to unfold."""

import re
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from coursepack.model.document import Blank, Blocks, Html, Quiz, QuizSet
from coursepack.model.quiz import QuizData
from coursepack.recipes.printing import Printing, finished
from coursepack.recipes.quiz_data import HtmlOf, scrambled
from coursepack.source.quiz_answers import uses_decimal_comma

# `<label>` and `<legend>` take words only; an answer with one of these is tied to its button by aria-labelledby.
_BLOCK_LEVEL = re.compile(
    r"<(?:address|blockquote|details|div|dl|figure|form|h[1-6]|hr|ol|p|pre|section|table|ul)[\s>]",
    re.IGNORECASE,
)
# Controls of their own inside a label would answer the question when pressed.
_INTERACTIVE = re.compile(r"<(?:a|audio|button|input|summary|video)[\s>]", re.IGNORECASE)
_ONE_PARAGRAPH = re.compile(r"\s*<p>((?:(?!</?p>).)*)</p>\s*", re.DOTALL)


def quiz(printing: Printing, question: Quiz, data: QuizData, html: HtmlOf, html_again: HtmlOf) -> str:
    """The form of one question. `html_again` prints without ids, for the second place where words stand."""
    return printing.fill(
        "quiz.html",
        quiz=question,
        data=_for_script(data, printing.page.text_language or printing.page_language),
        prompt=html(question.prompt),
        points=f"{question.points:g}",
        choices=_choices(question, data, html, html_again),
        matches=_matches(question, data, html, html_again),
        order=_order(question, data, html, html_again),
        answers=[{"number": g.number, "shown": _shown(g)} for g in _blanks(question.prompt)],
        hints=[html(hint) for hint in question.hints],
        feedback=html(question.feedback),
        right=html(question.right),
        wrong=html(question.wrong),
    )


def total(printing: Printing, one: QuizSet) -> str:
    """The place for the score of a set."""
    return printing.fill(
        "quiz_total.html",
        set=one,
        points=f"{one.points:g}",
        percent=f"{one.pass_percent:g}",
        ids=" ".join(one.quizzes),
    )


def blank(printing: Printing, gap: Blank) -> str:
    """A gap in a sentence."""
    numeric = bool(gap.numbers) and not gap.answers
    return printing.fill(
        "blank.html",
        gap=gap,
        size=max(6, min(32, 2 + max((_wide(a) for a in gap.answers), default=6))),
        unit=gap.numbers[0].unit if numeric else "",
        # Some phones' number pads have no minus.
        numeric=numeric and all(n.low >= 0 for n in gap.numbers),
    )


def _for_script(data: QuizData, language: str) -> dict[str, Any]:
    """What the page's script needs to judge an answer; it finds the words in the form."""
    found: dict[str, Any] = {
        "kind": data.kind,
        "interaction": data.interaction,
        "points": data.points,
        "prompt": data.prompt,
        "right": data.correct_responses,
    }
    if data.gaps:
        found["gaps"] = [
            {"answers": g.answers, "numbers": [[n.low, n.high, n.unit] for n in g.numbers], "case": g.case}
            for g in data.gaps
        ]
        found["comma"] = uses_decimal_comma(language)
    more = {"attempts": data.attempts, "shuffle": data.shuffle, "outcome": data.outcome, "set": data.set}
    return found | {key: value for key, value in more.items() if value}


def _shown(gap: Blank) -> list[str]:
    return [*gap.answers, *(n.shown for n in gap.numbers)]


def _wide(text: str) -> int:
    return sum(2 if ord(c) > 0x2E7F else 1 for c in text)


def _words(html: Markup) -> dict[str, object]:
    html = _unwrapped(html)
    return {"html": html, "blocks": bool(_BLOCK_LEVEL.search(html) or _INTERACTIVE.search(html))}


def _unwrapped(html: Markup) -> Markup:
    found = _ONE_PARAGRAPH.fullmatch(html)
    return finished(found.group(1)) if found else html


def _blanks(blocks: Blocks) -> list[Blank]:
    return [b for b in blocks if isinstance(b, Blank)]


def _choices(question: Quiz, data: QuizData, html: HtmlOf, html_again: HtmlOf) -> list[dict[str, object]]:
    if not question.choices:
        return []
    printed = [
        {
            "id": component.id,
            "correct": choice.correct,
            "feedback": html(choice.feedback),
            **_words(html(choice.body)),
            "again": _unwrapped(html_again(choice.body)),
        }
        for component, choice in zip(data.choices, question.choices, strict=True)
    ]
    if not question.shuffle:
        return printed
    return [printed[n] for n in scrambled(len(printed), question.id)]


def _order(question: Quiz, data: QuizData, html: HtmlOf, html_again: HtmlOf) -> dict[str, object]:
    if not question.items:
        return {}
    right = data.correct_responses[0].split("[,]")
    at = {letter: question.items[n] for n, letter in enumerate(right)}
    return {
        "items": [{"id": c.id, "html": _unwrapped(html(at[c.id]))} for c in data.choices],
        "right": [_unwrapped(html_again(item)) for item in question.items],
    }


def _matches(question: Quiz, data: QuizData, html: HtmlOf, html_again: HtmlOf) -> Mapping[str, object]:
    if not question.pairs:
        return {}
    partner = dict(pair.split("[.]") for pair in data.correct_responses[0].split("[,]"))
    rights = {partner[s.id]: p.right for s, p in zip(data.source, question.pairs, strict=True)}
    texts = [t.text for t in data.target]
    # An option of a list holds plain words only; answers with pictures or formulas stand beside it with a letter.
    plain = all(texts) and len(set(texts)) == len(texts) and all(_is_plain(b) for b in rights.values())
    return {
        "plain": plain,
        "options": [
            {
                "value": t.id,
                "text": t.text if plain else t.id.upper(),
                "letter": t.id.upper(),
                "html": "" if plain else _unwrapped(html(rights[t.id])),
            }
            for t in data.target
        ],
        "rows": [
            {
                "id": s.id,
                "left": _unwrapped(html(p.left)),
                "left_again": _unwrapped(html_again(p.left)),
                "right_again": _unwrapped(html_again(p.right)),
            }
            for s, p in zip(data.source, question.pairs, strict=True)
        ],
    }


def _is_plain(blocks: Blocks) -> bool:
    return all(isinstance(b, Html) and "<math" not in b.text and "<svg" not in b.text for b in blocks)
