"""Authors' raw HTML: noted tag by tag, then the whole body sanitised and made to conform.

Three walls. `annotate` removes what is active, says so, and remembers what each tag said. nh3 (an HTML5 parser)
balances and filters the whole body, so that a `<div>` may open in one place and close in another with Markdown
between. `html_tree` writes only elements and attributes it knows, nested as HTML allows.
"""

import functools
import re
from html import escape, unescape
from typing import Any

from coursepack.source import html_tree
from coursepack.source.page import BLOCK_HOLE, Page, RawTag

LARGEST = 20_000
"""Tags of raw HTML in one file that are still read; an HTML5 parser is quadratic on hostile nesting."""

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)|<![A-Za-z][^>]*>|<\?.*?\?>|<!\[CDATA\[.*?\]\]>", re.DOTALL)
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:-]*)((?:[\s/](?:[^<>\"']|\"[^\"]*\"|'[^']*')*)?)>", re.DOTALL)
_ATTRIBUTE = re.compile(r"([^\s\"'<>/=]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'=<>`]+)))?")
# Elements whose contents are no text for readers: they go with everything inside.
_SWALLOWED = [
    "script", "style", "svg", "math", "template", "noscript", "textarea", "title", "xmp", "noembed",
    "noframes", "select", "object", "applet",
]  # fmt: skip
_SWALLOW = re.compile(rf"<(/?)({'|'.join(_SWALLOWED)})\b[^>]{{0,4000}}>", re.IGNORECASE)
# Only these are worth a word to the author; the loss of <font> or <center> is not.
_ACTIVE = frozenset(
    [
        "script", "style", "svg", "math", "template", "object", "applet", "form", "input", "button",
        "select", "textarea", "link", "meta", "base", "frame", "frameset", "dialog", "portal", "canvas",
    ]
)  # fmt: skip
_HARMLESS = frozenset(
    [
        "html", "head", "body", "title", "font", "center", "big", "strike", "tt", "acronym", "dir",
        "marquee", "blink", "nobr", "basefont", "noscript", "noembed", "noframes", "xmp", "plaintext",
        "bgsound", "param", "area", "map", "label", "fieldset", "legend", "option", "optgroup", "output",
        "datalist", "meter", "progress", "picture", "hgroup", "search", "address", "menu", "data", "time",
        "rtc", "rb", "spacer", "image", "listing", "main", "nav", "header", "footer", "aside", "slot",
    ]
)  # fmt: skip
# An HTML5 parser opens these again in every following paragraph when they are left open, so that a small file can
# become a huge one. As spans they end with their block; the tree gives them their names back.
_FORMATTING_NAMES = (
    "b",
    "code",
    "em",
    "i",
    "s",
    "small",
    "strong",
    "u",
    "big",
    "strike",
    "tt",
    "font",
    "nobr",
)
_OPEN_FORMATTING = re.compile(rf"<({'|'.join(_FORMATTING_NAMES)})(?=[\s/>])", re.IGNORECASE)
_FORMATTING = re.compile(rf"<(/)(?:{'|'.join(_FORMATTING_NAMES)})(?=[\s/>])", re.IGNORECASE)
# References to the noncharacters that mark our own holes.
_MARK_REFERENCE = re.compile(r"&#(?:x0*fd[de][0-9a-f]|0*6497[6-9]|0*649[89]\d|0*6500[0-7]);?", re.IGNORECASE)
_FRAMES = ("iframe", "embed")
_PLACED = frozenset(
    [
        "a", "img", "video", "audio", "source", "track", "iframe", "embed", "object", "h1", "h2", "h3",
        "h4", "h5", "h6", "details",
    ]
)  # fmt: skip


def annotate(page: Page, markup: str, line: int, column: int = 1) -> str:
    """`markup` without comments and active parts, each tag that matters marked with its number.

    The only way for raw HTML into a page, so it is here that `page.raw` says that the page must be sanitised.

    `line` counts from 0; `column`, of the first line, from 1. Findings are reported; nothing here is relied on for safety.
    """
    page.raw_count += markup.count("<")
    if page.raw_count > LARGEST:
        if not page.raw_overflow:
            page.raw_overflow = True
            page.report("CP137", line + 1, 1, limit=LARGEST)
        return ""
    markup = _COMMENT.sub(_newlines, _MARK_REFERENCE.sub("\ufffd", markup))
    markup = _without_swallowed(page, markup, line, column)
    page.raw = page.raw or bool(markup.strip())
    return _TAG.sub(lambda m: _mark(page, m, _place(markup, m.start(), line, column)), markup)


def _newlines(m: re.Match[str]) -> str:
    return "\n" * m[0].count("\n")


def _place(markup: str, at: int, line: int, column: int) -> tuple[int, int]:
    start = markup.rfind("\n", 0, at)
    return line + markup.count("\n", 0, at) + 1, at - start if start >= 0 else at + column


def _without_swallowed(page: Page, markup: str, line: int, column: int) -> str:
    """`markup` without the elements that go with all they hold; one that is never closed loses its tag only."""
    tags = [(m.start(), m.end(), m[1], m[2].lower()) for m in _SWALLOW.finditer(markup)]
    if not tags:
        return markup
    last_end = {name: start for start, _, closing, name in tags if closing}
    out: list[str] = []
    at, until = 0, ""
    for start, end, closing, name in tags:
        if until:
            if closing and name == until:
                out.append("\n" * markup.count("\n", at, end))
                at, until = end, ""
        elif not closing and last_end.get(name, -1) > start:
            if name in _ACTIVE:
                page.report("CP132", *_place(markup, start, line, column), what=f"<{name}>")
            out.append(markup[at:start])
            at, until = start, name
    return "".join([*out, markup[at:]])


def _mark(page: Page, m: re.Match[str], place: tuple[int, int]) -> str:
    closing, name = m[1], m[2].lower()
    if name in _SWALLOWED or name in _ACTIVE:
        if not closing and name in _ACTIVE:
            page.report("CP132", *place, what=f"<{name}>")
        return ""
    if name in _FRAMES:
        # Never to reach the sanitiser as itself: what an <iframe> holds is raw text, which it writes unescaped.
        name = "embed"
        if closing:
            return ""
    if not _is_element(name):
        # A placeholder such as `git add <file>`: readers must not lose the word.
        if not closing and name not in page.raw_unknown:
            page.raw_unknown.add(name)
            page.report("CP135", *place, tag=name[:40])
        return escape(m[0], quote=False)
    if closing:
        return m[0]
    attributes = _attributes(m[3])
    _report_handlers(page, attributes, place)
    if name not in _PLACED:
        return m[0]
    page.raw_tags.append(RawTag(name, attributes, *place))
    return f'<{name} data-cp="{len(page.raw_tags) - 1}"{m[3]}>'


def _attributes(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for m in _ATTRIBUTE.finditer(text):
        value = next((v for v in (m[2], m[3], m[4]) if v is not None), "")
        found.setdefault(m[1].lower(), unescape(value))
    return found


def _report_handlers(page: Page, attributes: dict[str, str], place: tuple[int, int]) -> None:
    for attribute in attributes:
        if attribute.startswith("on") and len(attribute) > 3:
            page.report("CP132", *place, what=attribute)


def _is_element(name: str) -> bool:
    return name in html_tree.READ or name in _HARMLESS


@functools.lru_cache(maxsize=1)
def _cleaner() -> Any:
    import nh3

    return nh3.Cleaner(
        tags=set(html_tree.READ),
        clean_content_tags=set(_SWALLOWED) - html_tree.READ,
        attributes={tag: set(names) for tag, names in html_tree.ATTRIBUTES.items()},
        link_rel=None,
        tag_attribute_values={"span": {"data-cp-as": set(_FORMATTING_NAMES)}},
        strip_comments=True,
        url_schemes={"http", "https", "mailto", "tel"},
    )


def sanitise(page: Page, markup: str) -> str:
    """Balanced, conforming HTML of `markup`, with its holes in place."""
    wrapped = BLOCK_HOLE.sub(r"<div>\g<0></div>", markup)
    wrapped = _FORMATTING.sub(r"<\1span", _OPEN_FORMATTING.sub(r"<span data-cp-as=\1", wrapped))
    return html_tree.conform(page, str(_cleaner().clean(wrapped)))
