"""A node of the tree that raw HTML is mended in."""

from dataclasses import dataclass, field


@dataclass(eq=False)
class Node:
    """An element; "" is the root, "#hole" a block hole. Text children are HTML text, escaped."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Node | str"] = field(default_factory=list)


def text_of(node: Node) -> str:
    """All text inside, holes included as their marks."""
    return "".join(c if isinstance(c, str) else text_of(c) for c in node.children)
