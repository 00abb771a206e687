"""What single elements may hold: lists, definitions, details, figures, tables. Each rule mends one node in place."""

from typing import Final

from coursepack.source.page import Page
from coursepack.source.raw_node import Node, text_of

HEADINGS: Final = frozenset(f"h{n}" for n in range(1, 7))


def holds(node: Node, *tags: str) -> bool:
    """Whether one of `tags` is anywhere inside `node`."""
    return any(not isinstance(c, str) and (c.tag in tags or holds(c, *tags)) for c in node.children)


def _list(page: Page, node: Node) -> None:
    """Everything in a list stands in an item."""
    node.children = _grouped(node.children, ("li",), "li")
    if not any(isinstance(c, Node) for c in node.children):
        node.tag = "div"


def _definitions(page: Page, node: Node) -> None:
    node.children = _grouped(node.children, ("dt", "dd"), "dd")
    tags = [c.tag for c in node.children if isinstance(c, Node)]
    if "dt" not in tags or "dd" not in tags or tags[0] != "dt" or tags[-1] != "dd":
        node.tag = "div"
        node.children = [Node("div", {}, c.children) if isinstance(c, Node) else c for c in node.children]


def _grouped(children: list[Node | str], allowed: tuple[str, ...], wrapper: str) -> list[Node | str]:
    grouped: list[Node | str] = []
    stray: list[Node | str] = []

    def flush() -> None:
        if any(isinstance(c, Node) or c.strip() for c in stray):
            grouped.append(Node(wrapper, {}, list(stray)))
        stray.clear()

    for child in children:
        if isinstance(child, Node) and child.tag in allowed:
            flush()
            grouped.append(child)
        elif not (isinstance(child, Node) and child.tag == "br"):
            stray.append(child)
    flush()
    return grouped


def _details(page: Page, node: Node) -> None:
    """Exactly one summary, first."""
    own = [c for c in node.children if isinstance(c, Node) and c.tag == "summary"]
    rest: list[Node | str] = []
    for child in node.children:
        if isinstance(child, Node) and child.tag == "summary":
            if child is not own[0]:
                rest.append(Node("p", {}, child.children))
        else:
            rest.append(child)
    if own and not text_of(own[0]).strip():
        own = []
    node.children = [own[0] if own else Node("summary", {}, [page.words("details")]), *rest]


def _figure(page: Page, node: Node) -> None:
    """One caption, at the end."""
    captions = [c for c in node.children if isinstance(c, Node) and c.tag == "figcaption"]
    if captions:
        for extra in captions[1:]:
            captions[0].children += extra.children
        node.children = [*(c for c in node.children if c not in captions), captions[0]]


def _cell(page: Page, node: Node) -> None:
    """Header cells and terms hold neither headings nor sections."""
    for child in node.children:
        if isinstance(child, Node):
            if child.tag in HEADINGS | {"section"}:
                child.tag, child.attributes = ("p", {}) if child.tag in HEADINGS else ("div", {})
            _cell(page, child)


def _table(page: Page, node: Node) -> None:
    """One caption, first; rows that have cells."""
    captions = [c for c in node.children if isinstance(c, Node) and c.tag == "caption"]
    rest = [c for c in node.children if c not in captions]
    for group in [node, *(c for c in rest if isinstance(c, Node))]:
        group.children = [
            c for c in group.children if isinstance(c, str) or c.tag != "tr" or _has(c, "td", "th")
        ]
    rest = [c for c in rest if isinstance(c, str) or _has(c, "td", "th", "tr")]
    node.children = [*captions[:1], *rest]
    if not any(isinstance(c, Node) for c in rest):
        node.tag = "div"
        node.children = [Node("p", {}, c.children) for c in captions]


def _has(node: Node, *tags: str) -> bool:
    return any(isinstance(c, Node) and c.tag in tags for c in node.children)


def _ruby(page: Page, node: Node) -> None:
    if not holds(node, "rt"):
        node.tag = "span"


RULES: Final = {
    "ul": _list, "ol": _list, "dl": _definitions, "details": _details, "figure": _figure, "th": _cell,
    "dt": _cell, "table": _table, "ruby": _ruby,
}  # fmt: skip
"""By element."""
