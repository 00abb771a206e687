"""A question as an accessible form: complete without JavaScript, with the answer to unfold."""

import hashlib
import re
from collections.abc import Callable
from html import unescape

import msgspec
from markupsafe import Markup

from coursepack.model.document import Blank, Blocks, Html, Pair, Quiz
from coursepack.recipes.printing import Printing, finished

# `<label>` and `<legend>` take words only; an answer with one of these is tied to its button by aria-labelledby.
_BLOCK_LEVEL = re.compile(
    r"<(?:address|blockquote|details|div|dl|figure|form|h[1-6]|hr|ol|p|pre|section|table|ul)[\s>]",
    re.IGNORECASE,
)
_TAGS = re.compile(r"<[^>]*>")
_ONE_PARAGRAPH = re.compile(r"\s*<p>((?:(?!</?p>).)*)</p>\s*", re.DOTALL)

HtmlOf = Callable[[Blocks], Markup]


def quiz(printing: Printing, question: Quiz, html: HtmlOf, html_again: HtmlOf) -> str:
    """The form of one question. `html_again` prints without ids, for the second place where words stand."""
    return printing.fill(
        "quiz.html",
        quiz=question,
        prompt=html(question.prompt),
        points=f"{question.points:g}",
        choices=[
            {
                "correct": choice.correct,
                "feedback": html(choice.feedback),
                **_words(html(choice.body)),
                "again": _unwrapped(html_again(choice.body)),
            }
            for choice in question.choices
        ],
        matches=_matches(question.pairs, html, html_again),
        answers=_blanks(question.prompt),
        feedback=html(question.feedback),
    )


def blank(printing: Printing, gap: Blank) -> str:
    """A gap in a sentence."""
    return printing.fill(
        "blank.html",
        gap=gap,
        size=max(6, min(32, 2 + max((_wide(a) for a in gap.answers), default=8))),
        answers=msgspec.json.encode(gap.answers).decode(),
    )


def _wide(text: str) -> int:
    return sum(2 if ord(c) > 0x2E7F else 1 for c in text)


def _words(html: Markup) -> dict[str, object]:
    html = _unwrapped(html)
    return {"html": html, "blocks": bool(_BLOCK_LEVEL.search(html))}


def _unwrapped(html: Markup) -> Markup:
    found = _ONE_PARAGRAPH.fullmatch(html)
    return finished(found.group(1)) if found else html


def _blanks(blocks: Blocks) -> list[Blank]:
    return [b for b in blocks if isinstance(b, Blank)]


def _matches(pairs: tuple[Pair, ...], html: HtmlOf, html_again: HtmlOf) -> dict[str, object]:
    if not pairs:
        return {}
    rights = [_unwrapped(html(p.right)) for p in pairs]
    texts = [_plain(p.right, html) for p in pairs]
    order = sorted(range(len(pairs)), key=lambda n: hashlib.sha256(texts[n].encode() or bytes([n])).digest())
    letters = {n: chr(ord("A") + place) if place < 26 else str(place + 1) for place, n in enumerate(order)}
    # An option of a list holds plain words only; answers with pictures or formulas stand beside it with a letter.
    plain = all(texts) and len(set(texts)) == len(texts) and all(_is_plain(p.right) for p in pairs)
    return {
        "plain": plain,
        "options": [
            {"value": letters[n], "text": texts[n] if plain else letters[n], "html": rights[n]} for n in order
        ],
        "rows": [
            {
                "left": _unwrapped(html(p.left)),
                "left_again": _unwrapped(html_again(p.left)),
                "right_again": _unwrapped(html_again(p.right)),
                "value": letters[n],
            }
            for n, p in enumerate(pairs)
        ],
    }


def _is_plain(blocks: Blocks) -> bool:
    return all(isinstance(b, Html) and "<math" not in b.text and "<svg" not in b.text for b in blocks)


def _plain(blocks: Blocks, html: HtmlOf) -> str:
    return unescape(_TAGS.sub("", html(blocks))).strip()
