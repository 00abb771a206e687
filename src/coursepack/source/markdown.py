"""One Markdown file to a `Parsed`: `parse` is a pure function of the bytes, the path and what `read` gives."""

from collections.abc import Callable
from html import escape, unescape

from markdown_it.token import Token

from coursepack.model.codes import diagnostic
from coursepack.model.diagnostic import Diagnostic
from coursepack.model.document import FrontMatter, Html, Outline, Parsed
from coursepack.source import front_matter, headings, links, paths, raw_html, render
from coursepack.source.page import HOLE, Page
from coursepack.source.reading import tokens_of
from coursepack.source.text import LARGEST, count_words, decode, readable_name, shorten, strip_tags
from coursepack.source.wording import wording_digest

PARSER_VERSION: int = 3
"""Raised when the same bytes give another result; part of the key of cached results."""

__all__ = ["PARSER_VERSION", "decode", "parse"]


def parse(
    data: bytes, path: str, *, language: str, read: Callable[[str], bytes | None]
) -> tuple[Parsed, tuple[Diagnostic, ...]]:
    """Reads the Markdown file `data` that stands at the course path `path`.

    `language` is the page's (BCP 47), used for the words of boxes; the front matter's own wins. `read` gives the
    bytes of another file of the course, or None; the files asked for are in `Outline.includes`. Never raises.
    """
    if len(data) > LARGEST:
        return _unread(path, diagnostic("CP102", path, size=len(data), limit=LARGEST))
    text, found = decode(data, path)
    front, body, more = front_matter.split(text, path)
    page = Page(path, front.language or language, read, text.split("\n"))
    page.diagnostics += [*found, *more]
    try:
        return _parsed(page, front, body), _without_repeats(page.diagnostics)
    except RecursionError:
        # The parsers' own limits come first; this is for what they do not foresee.
        parsed, limit = _unread(path, diagnostic("CP104", path, limit="?"), front, text)
        return parsed, _without_repeats([*page.diagnostics, *limit])


def _parsed(page: Page, front: FrontMatter, body: str) -> Parsed:
    tokens = tokens_of(page, body)
    title, tokens = _title(front, tokens)
    page.last_text = escape(title)
    markup = render.blocks(page, tokens)
    if page.raw:
        markup = raw_html.sanitise(page, markup)
    if not title:
        title, markup = headings.first_level_one(page, markup)
    front = _with_thumbnail(page, front)
    markup = headings.arrange(page, markup)
    words = HOLE.sub("", markup)
    blocks = page.split(markup.strip())
    outline = Outline(
        title=title or readable_name(page.path),
        front=front,
        description=front.description or _first_words(page, markup),
        headings=tuple(page.headings),
        anchors=tuple(sorted(i for i in page.ids if not i.startswith("cp-"))),
        links=tuple(page.links),
        includes=tuple(dict.fromkeys(page.includes)),
        quizzes=page.quizzes,
        quiz_outcomes=page.quiz_outcomes,
        words=count_words(unescape(strip_tags(words))),
        wording=wording_digest(front.title, front.description, body),
    )
    return Parsed(outline, blocks)


def _title(front: FrontMatter, tokens: list[Token]) -> tuple[str, list[Token]]:
    """(title, the tokens without the heading that says it). "" leaves the search to the raw HTML."""
    tops = [i for i, t in enumerate(tokens) if t.type == "heading_open" and t.level == 0]
    words = {i: " ".join(links.plain(tokens[i + 1].children).split()) for i in tops[:1]}
    chosen = next((i for i in tops if tokens[i].tag == "h1"), None)
    if chosen is None and tops and not any(_shows(t) for t in tokens[: tops[0]]):
        chosen = tops[0]
    if front.title:
        first = tops[0] if tops else None
        if first is not None and words[first].casefold() == front.title.casefold():
            return front.title, _without(tokens, first)
        return front.title, tokens
    if chosen is None:
        return "", tokens
    title = " ".join(links.plain(tokens[chosen + 1].children).split())
    return (title, _without(tokens, chosen)) if title else ("", tokens)


def _shows(token: Token) -> bool:
    return not (token.type == "html_block" and token.content.lstrip().startswith("<!--"))


def _without(tokens: list[Token], i: int) -> list[Token]:
    return tokens[:i] + tokens[i + 3 :]


def _with_thumbnail(page: Page, front: FrontMatter) -> FrontMatter:
    """The thumbnail as a course path."""
    import msgspec

    if not front.thumbnail:
        return front
    target = paths.resolve(front.thumbnail, page.folder)
    line = next((n for n, t in enumerate(page.lines[:200], start=1) if t.startswith("thumbnail:")), 1)
    if target.kind != "file":
        page.refuse(target, front.thumbnail, (line, 1))
        return msgspec.structs.replace(front, thumbnail="")
    page.link("image", target, (line, 1), alt="", role="thumbnail")
    return msgspec.structs.replace(front, thumbnail=target.path)


def _first_words(page: Page, markup: str) -> str:
    """The first paragraph that says something."""
    start = 0
    while (start := markup.find("<p>", start)) >= 0:
        end = markup.find("</p>", start)
        words = page.plain(markup[start:end])
        if len(words) > 10:
            return shorten(words)
        start += 3
    return ""


def _unread(
    path: str, why: Diagnostic, front: FrontMatter | None = None, text: str = ""
) -> tuple[Parsed, tuple[Diagnostic, ...]]:
    """A page that could not be laid out: its text as it stands."""
    front = front or FrontMatter()
    outline = Outline(title=front.title or readable_name(path), front=front)
    blocks = (Html(f"<pre>{escape(text, quote=False)}</pre>"),) if text else ()
    return Parsed(outline, blocks), (why,)


def _without_repeats(found: list[Diagnostic]) -> tuple[Diagnostic, ...]:
    kept: dict[bytes, Diagnostic] = {}
    from msgspec import json

    for d in found:
        kept.setdefault(json.encode(d), d)
    return tuple(kept.values())
