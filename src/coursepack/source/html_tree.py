"""Sanitised HTML as a small tree: embeds become holes, nesting becomes what HTML allows, then it is written.

The input is what an HTML5 parser wrote (balanced, attributes quoted), so a regular expression reads it.
"""

import re
from html import escape, unescape
from typing import Final

from coursepack.source import raw_embeds
from coursepack.source.html_rules import HEADINGS, RULES, holds
from coursepack.source.links import language_attributes
from coursepack.source.page import BLOCK_HOLE, HOLE, Page
from coursepack.source.raw_node import Node, text_of

_VOID: Final = frozenset(["br", "hr", "wbr", "img", "source", "track", "embed", "col"])
_INLINE: Final = frozenset(
    [
        "abbr", "b", "bdi", "bdo", "cite", "code", "dfn", "em", "i", "kbd", "mark", "q", "ruby", "rp", "rt",
        "s", "samp", "small", "span", "strong", "sub", "sup", "u", "var",
    ]
)  # fmt: skip
_TRANSPARENT: Final = frozenset(("a", "ins", "del"))
_WORDS_ONLY: Final = HEADINGS | {"p", "pre", "summary", "caption"}
_TABLE: Final = frozenset(["table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"])
_BLOCK: Final = (
    _WORDS_ONLY
    | _TABLE
    | {
        "div", "section", "article", "blockquote", "ul", "ol", "li", "dl", "dt", "dd", "figure",
        "figcaption", "details", "hr",
    }
)  # fmt: skip
# Landmarks belong to the page's template.
_RENAMED: Final = {
    "main": "div", "nav": "div", "header": "div", "footer": "div", "aside": "div", "center": "div",
    "article": "div", "address": "div", "hgroup": "div", "menu": "ul", "strike": "s", "tt": "code", "big": "b",
    "acronym": "abbr", "dir": "ul",
}  # fmt: skip
_EMBEDS: Final = frozenset(("img", "video", "audio", "embed"))
WRITTEN: Final = _INLINE | _TRANSPARENT | _BLOCK | {"br", "wbr"}
"""Elements that may be in the result."""
READ: Final = WRITTEN | set(_RENAMED) | _EMBEDS | {"source", "track"}
"""Elements that the sanitiser lets through to here."""
_GLOBAL: Final = ("class", "id", "lang", "dir", "title")
_OWN: Final[dict[str, tuple[str, ...]]] = {
    "a": ("href", "rel", "data-cp", "role", "aria-label"),
    "ol": ("start", "reversed", "type"),
    "li": ("value",),
    "td": ("colspan", "rowspan"),
    "th": ("colspan", "rowspan", "scope", "abbr"),
    "details": ("open",),
    "div": ("role", "aria-labelledby"),
    **{f"h{n}": ("data-cp", "data-cp-line") for n in range(1, 7)},
}
ATTRIBUTES: Final[dict[str, tuple[str, ...]]] = {
    "*": _GLOBAL,
    **_OWN,
    **dict.fromkeys(("img", "video", "audio"), ("src", "data-cp", "alt", "width", "height", "poster")),
    **dict.fromkeys(("embed", "source"), ("src", "data-cp", "title")),
    "track": ("src", "data-cp", "srclang", "kind", "label"),
}
"""What the sanitiser lets through, per element."""
_PIECE = re.compile(r'<(/?)([a-z][a-z0-9]*)((?:\s+[^\s=>"]+(?:="[^"]*")?)*)\s*>')
_ATTRIBUTE = re.compile(r'\s+([^\s=>"]+)(?:="([^"]*)")?')
_DEEPEST = 100
_NUMBER = re.compile(r"-?\d{1,6}\Z")
_CLASS = re.compile(r"[^\W\d_][\w-]*\Z")
_VALUES: Final[dict[str, re.Pattern[str]]] = {
    "start": _NUMBER,
    "value": _NUMBER,
    "colspan": re.compile(r"[1-9]\d{0,2}\Z"),
    "rowspan": re.compile(r"[1-9]\d{0,3}\Z"),
    "span": re.compile(r"[1-9]\d{0,2}\Z"),
    "type": re.compile(r"[1aAiI]\Z"),
    "scope": re.compile(r"(?:row|col|rowgroup|colgroup)\Z"),
    "dir": re.compile(r"(?:ltr|rtl|auto)\Z"),
    "role": re.compile(r"(?:note|group|doc-endnotes)\Z"),
}


def conform(page: Page, markup: str) -> str:
    """HTML that conforms, made of what the sanitiser left."""
    root = _read(markup)
    raw_embeds.replace(page, root)
    _arrange(page, root)
    if any(_is_block(c) for c in root.children):
        root.children = _paragraphs(root.children)
    out: list[str] = []
    _write(page, root, out)
    return "".join(out)


def _read(markup: str) -> Node:
    root = Node("")
    stack = [root]
    skipped: list[bool] = []
    at = 0
    for m in _PIECE.finditer(markup):
        if m.start() > at:
            stack[-1].children.append(_text(markup[at : m.start()]))
        at = m.end()
        if m[1]:
            if skipped and not skipped.pop():
                stack.pop()
            continue
        attributes = {a[1]: unescape(a[2] or "") for a in _ATTRIBUTE.finditer(m[3])}
        name = attributes.pop("data-cp-as", m[2])
        node = Node(_RENAMED.get(name, name), attributes)
        deep = len(stack) > _DEEPEST
        if not deep:
            stack[-1].children.append(node)
        if m[2] not in _VOID:
            # What is nested deeper than anyone writes loses its tags, not its text.
            skipped.append(deep)
            if not deep:
                stack.append(node)
    if at < len(markup):
        stack[-1].children.append(_text(markup[at:]))
    return root


def _text(markup: str) -> str:
    # The sanitiser escapes it everywhere; a bare one would be markup that was not read as such.
    return markup.replace("<", "&lt;")


def _arrange(page: Page, node: Node) -> None:
    """Bottom up: mends what is inside each element, then its own children."""
    arranged: list[Node | str] = []
    for child in node.children:
        if isinstance(child, str):
            arranged.append(child)
            continue
        hole = _as_hole(child)
        if hole is not None:
            arranged.append(hole)
            continue
        _arrange(page, child)
        arranged += _mended(page, child, node)
    node.children = arranged


def _as_hole(node: Node) -> Node | None:
    """`<div>` around a block hole, which stood in for it, as the hole itself.

    The parser may have opened a link again between the two.
    """
    if node.tag != "div" or node.attributes or len(node.children) != 1:
        return None
    text = text_of(node).strip()
    return Node("#hole", {}, [text]) if BLOCK_HOLE.fullmatch(text) else None


def _mended(page: Page, node: Node, parent: Node) -> list[Node | str]:
    """What takes the place of `node` in `parent`."""
    if node.tag in _INLINE and any(_is_block(c) for c in node.children):
        return _without_ruby(node.children) if node.tag == "ruby" else node.children
    if node.tag == "summary" and parent.tag != "details":
        node = Node("p", {}, node.children)
    if node.tag in _WORDS_ONLY:
        return _words_only(node)
    rule = RULES.get(node.tag)
    if rule is not None:
        rule(page, node)
    if node.tag == "li" and parent.tag not in ("ul", "ol"):
        return [Node("ul", {}, [node])]
    if node.tag in ("dt", "dd") and parent.tag != "dl":
        return [Node("div", {}, node.children)]
    if node.tag == "figcaption" and parent.tag != "figure":
        return [Node("div", {}, node.children)]
    if node.tag in ("rt", "rp") and parent.tag != "ruby":
        return node.children
    if node.tag == "a" and holds(node, "a", "details"):
        return node.children
    return [node]


def _without_ruby(children: list[Node | str]) -> list[Node | str]:
    bare: list[Node | str] = []
    for child in children:
        bare += child.children if isinstance(child, Node) and child.tag in ("rt", "rp") else [child]
    return bare


def _is_block(child: Node | str) -> bool:
    if isinstance(child, str):
        return False
    if child.tag in _BLOCK or child.tag == "#hole":
        return True
    return child.tag in _TRANSPARENT and any(_is_block(c) for c in child.children)


def _words_only(node: Node) -> list[Node | str]:
    """A paragraph, heading or summary keeps its words; blocks inside lose their tags, players come after."""
    after: list[Node | str] = []
    node.children = _flat(node.children, after, keep_headings=node.tag == "summary")
    if node.tag != "summary" and not text_of(node).strip() and not _is_anchor(node):
        return after
    return [node, *after]


def _is_anchor(node: Node) -> bool:
    return node.tag == "p" and any(not isinstance(c, str) and c.tag != "br" for c in node.children)


def _flat(children: list[Node | str], after: list[Node | str], *, keep_headings: bool) -> list[Node | str]:
    flat: list[Node | str] = []
    for child in children:
        if isinstance(child, str):
            flat.append(child)
        elif child.tag == "#hole":
            after.append(child)
        elif child.tag in _BLOCK and not (keep_headings and child.tag in HEADINGS):
            if child.tag != "hr":
                flat += _flat(child.children, after, keep_headings=keep_headings)
                flat.append(" ")
        else:
            child.children = _flat(child.children, after, keep_headings=keep_headings)
            flat.append(child)
    return flat


def _paragraphs(children: list[Node | str]) -> list[Node | str]:
    """Words between blocks, left over where a player was lifted out of a paragraph, are paragraphs again."""
    grouped: list[Node | str] = []
    run: list[Node | str] = []
    for child in [*children, None]:
        if child is not None and not _is_block(child):
            run.append(child)
            continue
        if any(isinstance(c, Node) or c.strip() for c in run):
            grouped += [Node("p", {}, _trimmed(run)), "\n"]
        else:
            grouped += run
        run.clear()
        if child is not None:
            grouped.append(child)
    return grouped


def _trimmed(run: list[Node | str]) -> list[Node | str]:
    first, last = run[0], run[-1]
    if isinstance(first, str):
        run = [first.lstrip(), *run[1:]]
    if isinstance(last, str):
        run = [*run[:-1], last.rstrip() if len(run) > 1 else str(run[0]).strip()]
    return run


def _write(page: Page, node: Node, out: list[str]) -> None:
    for child in node.children:
        if isinstance(child, str):
            out.append(child)
        elif child.tag not in WRITTEN:
            _write(page, child, out)
        else:
            out.append(f"<{child.tag}{_attributes(page, child)}>")
            if child.tag not in _VOID:
                _write(page, child, out)
                out.append(f"</{child.tag}>")


def _attributes(page: Page, node: Node) -> str:
    out: list[str] = []
    allowed = _OWN.get(node.tag, ())
    if node.tag == "a":
        out.append(_anchor_attributes(node))
        allowed = ()
    for name, value in node.attributes.items():
        if name == "class":
            kept = " ".join(c for c in value.split() if _CLASS.match(c))
            out.append(f' class="{escape(kept)}"' if kept else "")
        elif name == "id":
            out.append(_identity(page, node, value))
        elif name == "lang":
            out.append(language_attributes(value, node.attributes.get("dir", "")))
        elif name == "dir":
            out.append(
                f' dir="{value}"' if "lang" not in node.attributes and _VALUES["dir"].match(value) else ""
            )
        elif name == "title" and value.strip():
            out.append(f' title="{escape(value)}"')
        elif name in ("open", "reversed") and name in allowed:
            out.append(f" {name}")
        elif (
            (
                name in allowed
                and name not in ("data-cp", "aria-labelledby")
                and _VALUES.get(name, _CLASS).match(value)
            )
            or (name == "aria-labelledby" and _VALUES["role"].match(node.attributes.get("role", "")))
            or name == "data-cp-line"
        ):
            out.append(f' {name}="{escape(value)}"')
    return "".join(out)


def _anchor_attributes(node: Node) -> str:
    href = node.attributes.get("href")
    if href is None:
        return ""
    rel = ' rel="noopener"' if href.startswith(("http://", "https://")) else ""
    return f' href="{escape(href)}"{rel}'


def _identity(page: Page, node: Node, value: str) -> str:
    if not value or re.search(r"\s", value) or HOLE.search(value):
        return ""
    if node.tag in HEADINGS:
        return f' id="{escape(value)}"'  # `headings` makes it unique
    if value in page.placed or (value not in page.ids and not value.startswith("cp-")):
        value = page.take_id(value)
    page.placed.add(value)
    return f' id="{escape(value)}"'
