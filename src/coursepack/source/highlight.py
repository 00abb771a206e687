"""Code blocks: Pygments classes, marked lines, a title. No inline styles, so a strict CSP holds."""

import functools
import re
from html import escape
from typing import Any

from coursepack.source.attributes import match_block, parse_items

LONGEST = 100_000
"""Characters of a code block that is still highlighted; a longer one is shown plain."""
_LONGEST_LINE = 5_000

_LANGUAGE = re.compile(r"[^\s{,:]+")
_RANGE = re.compile(r"(\d{1,6})(?:\s*-\s*(\d{1,6}))?")
_ALIASES = {"output": "", "text": "", "plain": "", "none": "", "plaintext": "", "toc": "", "blocks3": ""}


def code_block(code: str, info: str) -> str:
    """HTML of a fenced code block whose info string is `info`. An unknown language is shown plain."""
    language, title, lines = parse_info(info)
    code = code.rstrip("\n")
    body = _highlighted(code, language, lines)
    attribute = f' class="language-{escape(language)}"' if language else ""
    block = f'<div class="code"><pre><code{attribute}>{body}</code></pre></div>'
    if not title:
        return block
    return f'<figure class="code-figure"><figcaption>{escape(title)}</figcaption>{block}</figure>'


def parse_info(info: str) -> tuple[str, str, tuple[int, ...]]:
    """(language, title, marked lines) of an info string such as `python {hl_lines="2-3" title="a.py"}`."""
    info = info.strip()
    brace = info.find("{")
    head = info if brace < 0 else info[:brace]
    words = _LANGUAGE.match(head)
    language = words[0].lower() if words else ""
    title = ""
    lines: tuple[int, ...] = ()
    tail = info[max(brace, 0) :] if brace >= 0 else head[len(language) :]
    values: dict[str, str] = {}
    if brace >= 0 and re.fullmatch(r"\{[\d\s,-]+\}.*", tail):
        lines = _lines(tail[1 : tail.index("}")])
        tail = tail[tail.index("}") + 1 :].strip()
    block = match_block(tail, 0) if tail.startswith("{") else None
    found = block[0] if block else parse_items(tail.strip(" {},:").replace(",", " "))
    if found:
        values = found.values
        if not language and found.classes:
            language = found.classes[0].lower()
        elif not language and found.words:
            language = found.words[0].lower()
    title = values.get("title") or values.get("filename") or values.get("caption") or ""
    marked = values.get("hl_lines") or values.get("emphasize-lines") or values.get("highlight") or ""
    return re.sub(r"[^\w+#.-]", "", language), title, lines or _lines(marked)


def _lines(text: str) -> tuple[int, ...]:
    numbers: set[int] = set()
    for m in _RANGE.finditer(text):
        first, last = int(m[1]), int(m[2] or m[1])
        numbers.update(range(first, min(last, first + 5_000) + 1))
    return tuple(sorted(numbers))


@functools.lru_cache(maxsize=128)
def _highlighted(code: str, language: str, lines: tuple[int, ...]) -> str:
    lexer = _lexer(language) if len(code) <= LONGEST and _no_long_line(code) else None
    if lexer is None:
        return _plain(code, lines)
    from pygments import highlight

    return str(highlight(code, lexer, _formatter(lines))).rstrip("\n")


def _no_long_line(code: str) -> bool:
    return len(code) <= _LONGEST_LINE or max(map(len, code.split("\n"))) <= _LONGEST_LINE


@functools.lru_cache(maxsize=8)
def _formatter(lines: tuple[int, ...]) -> Any:
    """Making one costs as much as highlighting ten lines: it reads the whole style."""
    from pygments.formatters.html import HtmlFormatter

    return HtmlFormatter(nowrap=True, hl_lines=list(lines))


@functools.lru_cache(maxsize=64)
def _lexer(language: str) -> Any:
    """The lexer called `language`, or None."""
    name = _ALIASES.get(language, language)
    if not name:
        return None
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        return get_lexer_by_name(name, stripnl=False)
    except ClassNotFound:
        return None


def _plain(code: str, lines: tuple[int, ...]) -> str:
    if not lines:
        return escape(code, quote=False)
    marked = set(lines)
    return "\n".join(
        f'<span class="hll">{escape(line, quote=False)}</span>' if n in marked else escape(line, quote=False)
        for n, line in enumerate(code.split("\n"), start=1)
    )
