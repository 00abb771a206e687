"""The text of a file, or of a part of it, as tokens; says what had to be left out."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice

from markdown_it.token import Token

from coursepack.source.page import Page
from coursepack.source.step_markers import indented
from coursepack.source.syntax import MAX_NESTING, parser

MOST_MARKS = 100_000
"""Characters of markup, line ends included, that are read of one file."""
_MARKS = "|*_`[]<>!#$~:{&\\\n"


def tokens_of(page: Page, text: str) -> list[Token]:
    """Parses `text` in an environment of its own, which becomes `page.env`."""
    page.env = {"note_base": page.notes}
    text = indented(_bounded(page, text))
    tokens = parser().parse(text, page.env)
    _report(page, tokens)
    return tokens


@contextmanager
def part_of(page: Page, text: str) -> Iterator[list[Token]]:
    """Parses a part that stands in the page as text (a fence of backticks), with its own footnotes."""
    outer = page.env
    references = {"references": outer["references"]} if "references" in outer else {}
    page.env = {"note_base": page.notes, **references}
    tokens = parser().parse(text, page.env)
    _report(page, tokens)
    yield tokens
    page.env = outer


def title_of(page: Page, words: str) -> list[Token]:
    """Parses words on the opening line of a fence: one inline, in which footnotes have no place."""
    references = {"references": page.env["references"]} if "references" in page.env else {}
    inline = parser().parseInline(words, dict(references))[0]
    inline.children = [c for c in inline.children or () if not c.type.startswith("footnote")]
    return [inline]


def _bounded(page: Page, text: str) -> str:
    """`text` up to the limit of markup: parsing costs time by marks, not by bytes."""
    if sum(map(text.count, _MARKS)) <= MOST_MARKS:
        return text
    nth = next(islice(re.finditer(f"[{re.escape(_MARKS)}]", text), MOST_MARKS, None))
    page.report("CP105", text.count("\n", 0, nth.start()) + 1, 1, limit=MOST_MARKS)
    return text[: nth.start()]


def _report(page: Page, tokens: list[Token]) -> None:
    templates = page.env.get("templates")
    if isinstance(templates, list) and templates:
        first, line = templates[0]
        page.report("CP126", line, 1, text=first[:60], count=len(templates))
    too_deep = page.env.get("too_deep")
    if isinstance(too_deep, int):
        page.report("CP104", too_deep, 1, limit=MAX_NESTING)
    deepest = max((t.level for t in tokens), default=0)
    if deepest >= MAX_NESTING - 1:
        line = next((t.map[0] + 1 for t in tokens if t.level == deepest and t.map), 1)
        page.report("CP104", line, 1, limit=MAX_NESTING)
    notes = page.env.get("footnotes")
    if isinstance(notes, dict):
        page.notes += len(notes["list"])
