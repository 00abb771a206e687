"""Formulas and roles: {name}`content` and :name:`content`."""

import re
from collections.abc import Callable
from html import escape

from markdown_it.token import Token

from coursepack.model.document import PageLink
from coursepack.source import paths
from coursepack.source.math import mathml
from coursepack.source.page import Page, Reference
from coursepack.source.text import slug

SILENT = ("label", "eqlabel", "width")
"""Roles that show no words."""


def formula(page: Page, token: Token, span: list[int] | None, *, display: bool, wrapper: str = "div") -> str:
    """A formula as MathML; its source as code when it cannot be read."""
    latex = token.content.strip()
    markup = mathml(latex, display=display)
    if markup is None:
        page.report("CP140", (span or [page.cursor[0]])[0] + 1, 1, formula=" ".join(latex.split())[:80])
        code = f"<code>{escape(latex, quote=False)}</code>"
        return f"<pre>{code}</pre>" if display and wrapper == "div" else code
    if not display:
        return markup
    page.equations += 1
    name = f'tabindex="0" role="group" aria-label="{page.plain_words("formula")}"'
    return f'<{wrapper} class="math-display" {name}>{markup}</{wrapper}>'


def role(page: Page, token: Token, span: list[int] | None) -> str:
    """HTML of a role; an unknown one shows its content."""
    name, content = token.meta["name"], token.meta["content"]
    rule = _ROLES.get(name)
    return rule(page, content, span) if rule else escape(content, quote=False)


def _term_role(page: Page, content: str, span: list[int] | None) -> str:
    m = re.fullmatch(r"(.*?)\s*<([^<>]+)>", content)
    shown, word = (m[1], m[2]) if m and m[1] else (content, m[2] if m else content)
    target = paths.Target("page", "glossary.md", slug(word))
    if page.in_link:
        return escape(shown, quote=False)
    page.link("page", target, page.find("{term}", span, "{"))
    address = page.hole(PageLink(target.path, target.fragment))
    return f'<a class="term" href="{address}">{escape(shown, quote=False)}</a>'


def _label_role(page: Page, content: str, span: list[int] | None) -> str:
    anchor = page.take_id(content, (span or [0])[0] + 1)
    page.labels.setdefault(content, (anchor, page.last_text or escape(content)))
    return f'<span id="{escape(anchor)}"></span>'


def _equation_role(page: Page, content: str, span: list[int] | None) -> str:
    anchor = page.take_id(content, (span or [0])[0] + 1)
    page.labels.setdefault(content, (anchor, f"({page.equations})"))
    return f'<span class="equation-number" id="{escape(anchor)}">({page.equations})</span>'


def _reference_role(page: Page, content: str, span: list[int] | None) -> str:
    return escape(content) if page.in_link else page.hole(Reference(content))


def _abbreviation_role(page: Page, content: str, span: list[int] | None) -> str:
    m = re.fullmatch(r"(.+?)\s*[(（](.+)[)）]", content)
    if m is None:
        return escape(content, quote=False)
    return f'<abbr title="{escape(m[2])}">{escape(m[1], quote=False)}</abbr>'


def _ruby_role(page: Page, content: str, span: list[int] | None) -> str:
    """`漢字|かんじ`, or a pair for each character: `支|zhī 付|fù`. Without a reading it is plain text."""
    words = content.split()
    pairs = words if all("|" in word for word in words) else [content.strip()]
    return "".join(_ruby(*pair.partition("|")[::2]) for pair in pairs)


def _ruby(base: str, reading: str) -> str:
    shown, above = escape(base.strip(), quote=False), escape(reading.strip(), quote=False)
    if not shown or not above:
        return shown or above
    return f"<ruby>{shown}<rp>(</rp><rt>{above}</rt><rp>)</rp></ruby>"


def _math_role(page: Page, content: str, span: list[int] | None) -> str:
    return page.hole(formula(page, Token("math_inline", "", 0, content=content), span, display=False))


def _tagged(tag: str) -> Callable[[Page, str, list[int] | None], str]:
    return lambda page, content, span: f"<{tag}>{escape(content, quote=False)}</{tag}>"


_ROLES: dict[str, Callable[[Page, str, list[int] | None], str]] = {
    "term": _term_role,
    "label": _label_role,
    "eqlabel": _equation_role,
    "numref": _reference_role,
    "eqref": _reference_role,
    "ref": _reference_role,
    "eq": _reference_role,
    "abbr": _abbreviation_role,
    "math": _math_role,
    "ruby": _ruby_role,
    "sub": _tagged("sub"),
    "sup": _tagged("sup"),
    "kbd": _tagged("kbd"),
    "begin_tab": _tagged("strong"),
    "width": lambda page, content, span: "",
    "cite": lambda page, content, span: f"[{escape(content, quote=False)}]",
}
