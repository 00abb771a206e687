"""`:::{quiz}`: a question, its answers, gaps or pairs, and the feedback.

Also reads the Raspberry Pi Foundation's `--- question ---` with its choices `( )` and `(x)`.
"""

import re
from collections.abc import Callable
from html import escape

import msgspec
from markdown_it.token import Token

from coursepack.model.document import Blocks, Choice, Pair, Quiz
from coursepack.source import raw_html
from coursepack.source.fences import Directive
from coursepack.source.page import Page
from coursepack.source.text import ARROW

Render = Callable[[Page, list[Token]], str]

_SPLIT = re.compile(rf"\s*{ARROW}(?:-&gt;|→|=&gt;|--&gt;)\s*")
_HEADING = re.compile(r"<(/?)h[1-6]\b[^>]*>")
_QUOTES = ("blockquote_open", "directive_open")


class _Parts(msgspec.Struct):
    """A question taken apart, still as tokens."""

    prompt: list[Token]
    choices: list[tuple[bool, list[Token], list[Token]]]
    pairs: list[list[Token]]
    feedback: list[Token]


def render(page: Page, opened: Directive, tokens: list[Token], blocks: Render) -> str:
    """The mark of the question; a box with the contents when it is no question."""
    nested, gaps = page.in_quiz, page.gaps
    page.in_quiz = True
    parts = _take_apart(tokens)
    prompt = blocks(page, parts.prompt)
    if opened.title:
        prompt = f"<p>{escape(opened.title, quote=False)}</p>\n{prompt}"
    if nested or not (parts.choices or parts.pairs or page.gaps > gaps):
        page.report("CP127", opened.line, 1)
        rest = blocks(page, parts.feedback)
        page.in_quiz, page.gaps = nested, gaps if not nested else page.gaps
        return f'<div class="box box-questions">\n{_cleaned(prompt + rest)}</div>\n'
    question = _question(page, opened, parts, prompt, blocks)
    page.in_quiz, page.gaps = nested, gaps
    return page.block_hole(question) + "\n"


def _question(page: Page, opened: Directive, parts: _Parts, prompt: str, blocks: Render) -> Quiz:
    page.quizzes += 1
    right = sum(1 for correct, _, _ in parts.choices if correct)
    if parts.choices and not right:
        page.report("CP128", opened.line, 1)
    kind = (
        "match" if parts.pairs else "blanks" if not parts.choices else "multiple" if right > 1 else "single"
    )
    values = opened.attributes.values
    return Quiz(
        id=page.take_id(
            opened.attributes.id or f"q{page.quizzes}", opened.line, explicit=bool(opened.attributes.id)
        ),
        kind=kind,  # type: ignore[arg-type]
        prompt=_finished(page, prompt),
        choices=tuple(
            Choice(_finished(page, blocks(page, body)), correct, _finished(page, blocks(page, said)))
            for correct, body, said in parts.choices
        ),
        pairs=tuple(_pair(page, blocks(page, item)) for item in parts.pairs),
        feedback=_finished(page, blocks(page, parts.feedback)),
        points=_points(page, values.get("points", "1"), opened.line),
        outcome=values.get("outcome", ""),
        number=page.quizzes,
    )


def _points(page: Page, text: str, line: int) -> float:
    try:
        points = float(text)
    except ValueError:
        points = -1
    if not 0 <= points <= 1000:
        page.report("CP129", line, 1, value=text)
        return 1
    return points


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


def _take_apart(tokens: list[Token]) -> _Parts:
    parts = _Parts([], [], [], [])
    groups = _groups(_unfold(tokens))
    for n, group in enumerate(groups):
        opening = group[0]
        items = _items(group) if opening.type.endswith("_list_open") else []
        if items and all("done" in item[0].meta for item in items):
            parts.choices += [_choice(item) for item in items]
        elif items and not parts.choices and all(_has_arrow(item) for item in items):
            parts.pairs += [_bare(item) for item in items]
        elif opening.type in _QUOTES and _is_feedback(opening) and n and _after_answer(groups, n):
            _say(parts, group[1:-1], last=n == len(groups) - 1)
        else:
            parts.prompt += group
    return parts


def _after_answer(groups: list[list[Token]], n: int) -> bool:
    """A quote is feedback below answers or at the end; above them it belongs to the question."""
    earlier = any(g[0].type.endswith("_list_open") for g in groups[:n])
    return earlier or n == len(groups) - 1


def _say(parts: _Parts, said: list[Token], *, last: bool) -> None:
    if last or not parts.choices:
        parts.feedback += said
    else:
        correct, body, before = parts.choices[-1]
        parts.choices[-1] = (correct, body, before + said)


def _unfold(tokens: list[Token]) -> list[Token]:
    """Without the `--- choices ---` box, whose list is the answers."""
    return [t for i, t in enumerate(tokens) if not _is_choices(tokens, i)]


def _is_choices(tokens: list[Token], i: int) -> bool:
    token = tokens[i]
    if token.type == "directive_open":
        return bool(token.meta["directive"].name == "choices")
    if token.type != "directive_close":
        return False
    opening = next(t for t in reversed(tokens[:i]) if t.type == "directive_open" and t.level == token.level)
    return bool(opening.meta["directive"].name == "choices")


def _is_feedback(token: Token) -> bool:
    return token.type == "blockquote_open" or token.meta["directive"].name == "feedback"


def _groups(tokens: list[Token]) -> list[list[Token]]:
    """The top-level blocks."""
    groups: list[list[Token]] = []
    depth = 0
    for token in tokens:
        if not depth:
            groups.append([])
        groups[-1].append(token)
        depth += token.nesting
    return groups


def _items(group: list[Token]) -> list[list[Token]]:
    return _groups(group[1:-1])


def _has_arrow(item: list[Token]) -> bool:
    first = next((t for t in item if t.type == "inline"), None)
    return first is not None and ARROW in first.content


def _choice(item: list[Token]) -> tuple[bool, list[Token], list[Token]]:
    body: list[Token] = []
    said: list[Token] = []
    for group in _groups(item[1:-1]):
        if group[0].type in _QUOTES and _is_feedback(group[0]):
            said += group[1:-1]
        else:
            body += group
    return bool(item[0].meta["done"]), _bare([item[0], *body, item[-1]]), said


def _bare(item: list[Token]) -> list[Token]:
    """An item's contents; a lone paragraph without its `<p>`."""
    inner = item[1:-1]
    if len(inner) == 3 and inner[0].type == "paragraph_open":
        return inner[1:2]
    return inner
