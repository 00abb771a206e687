"""Inline tokens to HTML with holes."""

import re
from collections.abc import Callable
from html import escape, unescape

from markdown_it.token import Token

from coursepack.model.document import Blank
from coursepack.source import links, notes, raw_html
from coursepack.source.attributes import NONE
from coursepack.source.page import Page
from coursepack.source.quiz_answers import BadNumber, read_answers
from coursepack.source.roles import formula, role
from coursepack.source.text import BLANK_CLOSE, BLANK_OPEN

_GAP = re.compile(f"{BLANK_OPEN}([^{BLANK_CLOSE}]*){BLANK_CLOSE}")
_WIDE = re.compile(
    "[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\u2018-\u201d\U00020000-\U0003ffff]"
)


def inlines(page: Page, token: Token) -> str:
    """HTML of an `inline` token."""
    children = token.children or []
    if len(children) == 1 and children[0].type == "text":
        return _text(page, children[0].content, token.map)
    return _run(page, children, token.map)


def _run(page: Page, children: list[Token], span: list[int] | None) -> str:
    out: list[str] = []
    i = 0
    while i < len(children):
        child = children[i]
        if child.type == "text":
            out.append(_text(page, child.content, span))
        elif child.type == "softbreak":
            out.append("" if _joins(children, i) else "\n")
        elif child.type == "link_open":
            markup, i = _link(page, children, i, span)
            out.append(markup)
            continue
        elif child.type in _INLINES:
            out.append(_INLINES[child.type](page, child, span))
        elif child.nesting == 1:
            out.append(f"<{child.tag}>")
        elif child.nesting == -1:
            out.append(f"</{child.tag}>")
        i += 1
    return "".join(out)


def _text(page: Page, text: str, span: list[int] | None) -> str:
    markup = escape(text, quote=False)
    if page.in_quiz and BLANK_OPEN in markup and not page.no_gaps:
        markup = _GAP.sub(lambda m: _gap(page, m[1], span), markup)
    return markup


def _gap(page: Page, markup: str, span: list[int] | None) -> str:
    text = unescape(markup)
    try:
        found = read_answers(text, page.language)
    except BadNumber as e:
        line, column = page.find(f"[[{text}]]", span, "[[")
        page.report("CP186", line, column, answer=text.strip()[:60], part=str(e)[:60])
        words = tuple(a.strip() for a in text.split("|") if a.strip())
        page.gaps += 1
        return page.hole(Blank(words, page.gaps, (), page.gap_case, page.gap_language))
    if not found.words and not found.numbers:
        page.report("CP184", *page.find(f"[[{text}]]", span, "[["))
        return f"[[{markup}]]"
    page.gaps += 1
    return page.hole(Blank(found.words, page.gaps, found.numbers, page.gap_case, page.gap_language))


def _joins(children: list[Token], i: int) -> bool:
    """Whether a line break stands between two wide characters, where a space would be wrong."""
    if not 0 < i < len(children) - 1:
        return False
    before, after = children[i - 1].content, children[i + 1].content
    return bool(before and after and _WIDE.match(before[-1]) and _WIDE.match(after[0]))


def _link(page: Page, children: list[Token], i: int, span: list[int] | None) -> tuple[str, int]:
    level = children[i].level
    end = next(
        (
            j
            for j in range(i + 1, len(children))
            if children[j].type == "link_close" and children[j].level == level
        ),
        len(children) - 1,
    )
    run = children[i : end + 1]
    player = links.poster_link(page, run, span)
    if player is not None:
        page.raw = page.raw or len(run) < len(children)
        return player, end + 1
    empty = not any(c.content.strip() or c.type in ("image", "role") for c in run[1:-1])
    before, after = links.open_link(page, children[i], span, empty=empty)
    page.in_link += 1
    inner = _run(page, run[1:-1], span)
    page.in_link -= 1
    if children[i].info == "auto" and not before:
        return escape(links.plain(run)), end + 1
    return before + inner + after, end + 1


def _image(page: Page, token: Token, span: list[int] | None) -> str:
    players = page.players
    markup = links.image(page, token, span)
    # A player among words has to be lifted out of its paragraph, which the HTML tree does.
    page.raw = page.raw or page.players > players
    return markup


def _code(page: Page, token: Token, span: list[int] | None) -> str:
    attributes = token.meta.get("attributes", NONE)
    return f"<code{links.span_attributes(attributes)}>{escape(token.content, quote=False)}</code>"


def _span(page: Page, token: Token, span: list[int] | None) -> str:
    wanted = token.meta["attributes"].id
    anchor = f' id="{escape(page.take_id(wanted, (span or [-1])[0] + 1, explicit=True))}"' if wanted else ""
    return f"<span{anchor}{links.span_attributes(token.meta['attributes'])}>"


def _html(page: Page, token: Token, span: list[int] | None) -> str:
    line, column = page.find(token.content.partition("\n")[0], span, "<")
    return raw_html.annotate(page, token.content, line - 1, column)


def _math(page: Page, token: Token, span: list[int] | None) -> str:
    display = token.type == "math_inline_double"
    return page.hole(formula(page, token, span, display=display, wrapper="span"))


_INLINES: dict[str, Callable[[Page, Token, list[int] | None], str]] = {
    "image": _image,
    "code_inline": _code,
    "span_open": _span,
    "html_inline": _html,
    "math_inline": _math,
    "math_inline_double": _math,
    "footnote_ref": notes.reference,
    "footnote_anchor": lambda page, token, span: notes.back_link(page, [token], 0)[0],
    "role": role,
    "hardbreak": lambda page, token, span: "<br>\n",
}
