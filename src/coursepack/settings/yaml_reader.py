"""YAML to a tree of nodes that know their place; bounded, and without building any Python object.

Scalars keep their text (`1.10` stays "1.10"), so that a version is never read as a number.
"""

from typing import Any, Literal

import msgspec

from coursepack.model.diagnostic import Diagnostic

MAX_BYTES = 1 << 18
MAX_NODES = 20_000
MAX_DEPTH = 12

NodeKind = Literal["null", "flag", "number", "text", "list", "map"]

_SCALARS: dict[str, NodeKind] = {
    "tag:yaml.org,2002:null": "null",
    "tag:yaml.org,2002:bool": "flag",
    "tag:yaml.org,2002:int": "number",
    "tag:yaml.org,2002:float": "number",
}


class Node(msgspec.Struct, frozen=True):
    """A value. `line` and `column` count from 1."""

    kind: NodeKind
    line: int
    column: int
    text: str = ""
    items: tuple["Node", ...] = ()
    pairs: tuple[tuple["Node", "Node"], ...] = ()


class Report:
    """Collects the findings about one file."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.found: list[Diagnostic] = []

    def add(self, code: str, node: Node | None = None, **args: Any) -> None:
        """Notes a finding at `node` (the whole file when None)."""
        from coursepack.model.codes import diagnostic

        line, column = (node.line, node.column) if node else (0, 0)
        self.found.append(diagnostic(code, self.path, line, column, **args))


def read_yaml(data: bytes, report: Report) -> Node | None:
    """The tree of the only document in `data`; None when it is empty, or wrong (then `report` says why)."""
    import yaml

    if len(data) > MAX_BYTES:
        report.add("CP155", limit=f"{MAX_BYTES >> 10} KiB")
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as e:
        line = data.count(b"\n", 0, e.start) + 1
        report.add("CP150", Node("null", line, 0), problem="not UTF-8")
        return None
    try:
        if not _bounded(yaml, text, report):
            return None
        root = yaml.compose(text, Loader=_loader(yaml))
    except yaml.YAMLError as e:
        _syntax(e, report)
        return None
    return None if root is None else _node(root)


def _loader(yaml: Any) -> Any:
    # The C loader is missing where PyYAML was built without libyaml.
    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _bounded(yaml: Any, text: str, report: Report) -> bool:
    # `compose` recurses and shares aliased nodes: look at the flat events first.
    depth = 0
    for count, event in enumerate(yaml.parse(text, Loader=_loader(yaml))):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        place = Node("null", event.start_mark.line + 1, event.start_mark.column + 1)
        if isinstance(event, yaml.AliasEvent):
            report.add("CP155", place, limit="*alias")
            return False
        if depth > MAX_DEPTH or count > MAX_NODES:
            report.add("CP155", place, limit=MAX_DEPTH if depth > MAX_DEPTH else MAX_NODES)
            return False
    return True


def _syntax(e: Any, report: Report) -> None:
    mark = getattr(e, "problem_mark", None)
    problem = getattr(e, "problem", None) or getattr(e, "reason", None) or str(e).splitlines()[0]
    place = Node("null", mark.line + 1, mark.column + 1) if mark else None
    if problem == "exceeded maximum nesting depth":
        # The scanner of libyaml reads ahead and has a limit of its own since PyYAML 6.0.4.
        report.add("CP155", place, limit=MAX_DEPTH)
        return
    report.add("CP150", place, problem=problem)


def _node(node: Any) -> Node:
    line, column = node.start_mark.line + 1, node.start_mark.column + 1
    if node.id == "sequence":
        return Node("list", line, column, items=tuple(_node(item) for item in node.value))
    if node.id == "mapping":
        return Node("map", line, column, pairs=tuple((_node(k), _node(v)) for k, v in node.value))
    return Node(_SCALARS.get(node.tag, "text"), line, column, text=str(node.value))
