"""Heading levels, ids and the outline, on the finished HTML of a page."""

import re
from html import escape, unescape

from coursepack.model.document import Heading
from coursepack.source.page import HOLE, Page
from coursepack.source.text import slug

_HEADING = re.compile(r"<h([1-6])((?:\s[^>]*)?)>(.*?)</h\1>", re.DOTALL)
_LINE = re.compile(r'\sdata-cp-line="(\d+)"')
_ID = re.compile(r'\sid="([^"]*)"')


def arrange(page: Page, markup: str) -> str:
    """`markup` with headings from level 2 on, no level skipped, each with a unique id.

    The page template prints the title as the only `<h1>`.
    """
    levels: list[int] = []
    return _HEADING.sub(lambda m: _one(page, m, levels), markup)


def first_level_one(page: Page, markup: str) -> tuple[str, str]:
    """(text of the first `<h1>`, `markup` without it); ("", markup) when there is none."""
    for m in _HEADING.finditer(markup):
        words = page.plain(m[3])
        if m[1] == "1" and words:
            return words, markup[: m.start()] + markup[m.end() :]
    return "", markup


def _one(page: Page, m: re.Match[str], levels: list[int]) -> str:
    source, attributes, inner = int(m[1]), m[2], m[3]
    line_mark, id_mark = _LINE.search(attributes), _ID.search(attributes)
    line = int(line_mark[1]) if line_mark else 0
    words = page.plain(inner)
    if not words and not HOLE.search(inner):
        if line:
            page.report("CP142", line, 1)
        return inner
    above = page.heading_levels[-1] if page.heading_levels else 1
    while levels and levels[-1] >= source:
        levels.pop()
    levels.append(source)
    level = min(6, 1 + len(levels))
    if line and source > above + 1:
        page.report("CP141", line, 1, above=above, level=source)
    if line:
        page.heading_levels.append(source)
    wanted = unescape(id_mark[1]) if id_mark else ""
    anchor = page.take_id(wanted or slug(words), line, explicit=bool(wanted))
    page.headings.append(Heading(level, anchor, words))
    rest = _LINE.sub("", _ID.sub("", attributes))
    return f'<h{level} id="{escape(anchor)}"{rest}>{inner}</h{level}>'
