"""The kinds of value that a settings file may hold: each checks a node and describes itself as JSON Schema."""

# ruff: noqa: D102 - the protocol says what the two methods do, once

import re
from collections.abc import Callable, Mapping
from typing import Any, Protocol

import msgspec

from coursepack.settings.languages import canonical, well_formed
from coursepack.settings.nearest import maybe, nearest
from coursepack.settings.yaml_reader import Node, Report

Schema = dict[str, Any]


class Kind(Protocol):
    """A kind of value."""

    def check(self, node: Node, name: str, report: Report) -> Any:
        """The value of `node`; None when it is empty or wrong (then `report` says why). `name` is the key's path."""
        ...

    def schema(self) -> Schema:
        """What an editor should know."""
        ...


class Key(msgspec.Struct, frozen=True):
    """A key of a table."""

    kind: Any
    """A `Kind` (msgspec does not check protocols)."""
    about: str
    """For the schema: one sentence."""


# What is expected is shown as a specimen of YAML, so that it reads the same in any language.
_TEXT, _MAPPING = "“…”", "key: …"


def _wrong(report: Report, node: Node, name: str, expected: str) -> None:
    report.add("CP152", node, key=name, expected=expected)


def _refuse(report: Report, node: Node, name: str, expected: str) -> None:
    report.add("CP154", node, key=name, value=node.text[:80], expected=expected)


class Text(msgspec.Struct, frozen=True):
    """Text. A number or a yes/no is taken as the author wrote it: `title: 2026`, `version: 1.10`."""

    limit: int = 2_000

    def check(self, node: Node, name: str, report: Report) -> str | None:
        if node.kind in {"list", "map"}:
            _wrong(report, node, name, _TEXT)
            return None
        text = " ".join(node.text.split()) if node.kind != "null" else ""
        if len(text) > self.limit:
            _refuse(report, node, name, f"“…” ≤ {self.limit}")
            return None
        return text or None

    def schema(self) -> Schema:
        return {"type": ["string", "number", "null"], "maxLength": self.limit}


class Pattern(msgspec.Struct, frozen=True):
    """Text of a certain shape."""

    pattern: str
    expected: str
    """A specimen."""

    def check(self, node: Node, name: str, report: Report) -> str | None:
        text = Text().check(node, name, report)
        if text is None or re.fullmatch(self.pattern, text):
            return text
        _refuse(report, node, name, self.expected)
        return None

    def schema(self) -> Schema:
        return {"type": ["string", "number"], "pattern": f"^(?:{self.pattern})$"}


WEB_ADDRESS = Pattern(r"https?://[^\s<>\"'#?]{1,300}", "https://example.org/courses/pay-safely/")
"""Where something is published."""


class OneOf(msgspec.Struct, frozen=True):
    """One of a few words."""

    words: tuple[str, ...]

    def check(self, node: Node, name: str, report: Report) -> str | None:
        text = Text().check(node, name, report)
        if text is None:
            return None
        # YAML 1.1 reads a bare `off` as false; the author wrote the word.
        if text in self.words:
            return text
        _refuse(report, node, name, ", ".join(self.words))
        return None

    def schema(self) -> Schema:
        plain: list[object] = list(self.words)
        # YAML 1.1 readers, which many editors are, hand a bare `off` over as false.
        return {"enum": [*plain, False] if "off" in self.words else plain}


class Number(msgspec.Struct, frozen=True):
    """A number in a range; a percent sign is allowed where `percent`."""

    low: float
    high: float
    whole: bool = False
    percent: bool = False

    def check(self, node: Node, name: str, report: Report) -> float | int | None:
        if node.kind == "null":
            return None
        text = node.text.strip().removesuffix("%").strip() if self.percent else node.text.strip()
        bounds = f"{self.low:g}-{self.high:g}"
        if node.kind in {"list", "map", "flag"} or not re.fullmatch(r"[+-]?\d{1,12}(\.\d{1,12})?", text):
            _wrong(report, node, name, bounds)
            return None
        value = float(text)
        if not self.low <= value <= self.high or (self.whole and value != int(value)):
            _refuse(report, node, name, bounds)
            return None
        return int(value) if self.whole else value

    def schema(self) -> Schema:
        number: Schema = {
            "type": "integer" if self.whole else "number",
            "minimum": self.low,
            "maximum": self.high,
        }
        if not self.percent:
            return number
        return {"anyOf": [number, {"type": "string", "pattern": r"^\d{1,3}(\.\d+)?\s*%$"}]}


class Flag(msgspec.Struct, frozen=True):
    """true or false."""

    def check(self, node: Node, name: str, report: Report) -> bool | None:
        if node.kind == "null":
            return None
        if node.kind != "flag":
            _wrong(report, node, name, "true, false")
            return None
        return node.text.lower() in {"true", "yes", "on", "y"}

    def schema(self) -> Schema:
        return {"type": "boolean"}


class Language(msgspec.Struct, frozen=True):
    """A BCP 47 language tag."""

    def check(self, node: Node, name: str, report: Report) -> str | None:
        # Norwegian: a bare `no` is a flag to YAML 1.1; its text is still "no".
        text = Text().check(node, name, report)
        if text is None:
            return None
        if not well_formed(text.replace("_", "-")):
            report.add("CP157", node, key=name, value=text[:40])
            return None
        return canonical(text)

    def schema(self) -> Schema:
        return {"type": "string", "pattern": "^[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8})*$"}


class ListOf(msgspec.Struct, frozen=True):
    """A list; a single value stands for a list of one, and with `commas` a text is split at commas."""

    kind: Any
    commas: bool = False
    limit: int = 10_000

    def check(self, node: Node, name: str, report: Report) -> tuple[Any, ...] | None:
        if node.kind == "null":
            return None
        items = node.items if node.kind == "list" else self._split(node)
        if len(items) > self.limit:
            _refuse(report, node, name, f"[…] ≤ {self.limit}")
            return None
        values = [self.kind.check(item, f"{name}[{i}]", report) for i, item in enumerate(items)]
        return tuple(v for v in values if v is not None)

    def _split(self, node: Node) -> tuple[Node, ...]:
        if not self.commas or node.kind == "map":
            return (node,)
        return tuple(
            Node("text", node.line, node.column, text=part)
            for part in re.split("[,，、;；]", node.text)
            if part.strip()
        )

    def schema(self) -> Schema:
        item = self.kind.schema()
        return {"anyOf": [{"type": "array", "items": item, "maxItems": self.limit}, item]}


class Table(msgspec.Struct, frozen=True):
    """A mapping with known keys; `short` names the key that a bare text stands for."""

    keys: Mapping[str, Key]
    short: str = ""
    required: tuple[str, ...] = ()

    def check(self, node: Node, name: str, report: Report) -> dict[str, Any] | None:
        if node.kind == "null":
            return None
        if self.short and node.kind not in {"list", "map"}:
            value = self.keys[self.short].kind.check(node, name, report)
            return None if value is None else {self.short: value}
        if node.kind != "map":
            _wrong(report, node, name or report.path, _MAPPING)
            return None
        values: dict[str, Any] = {}
        before = len(report.found)
        for key, value, word in unique_pairs(node, name, report):
            field = self.keys.get(word)
            if field is None:
                _unknown(report, key, _join(name, word), word, self.keys)
                continue
            checked = field.kind.check(value, _join(name, word), report)
            if checked is not None:
                values[word] = checked
        missing = [word for word in self.required if word not in values]
        if missing and len(report.found) == before:
            _wrong(report, node, name, f"{missing[0]}: …")
        return None if missing else values

    def schema(self) -> Schema:
        full: Schema = {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                word: {**field.kind.schema(), "description": field.about} for word, field in self.keys.items()
            },
        }
        if self.required:
            full["required"] = list(self.required)
        return {"anyOf": [self.keys[self.short].kind.schema(), full]} if self.short else full


class MapOf(msgspec.Struct, frozen=True):
    """A mapping with free keys: `key` checks and normalises each, None drops it."""

    key: Callable[[Node, str, Report], str | None]
    value: Any
    key_pattern: str

    def check(self, node: Node, name: str, report: Report) -> dict[str, Any] | None:
        if node.kind == "null":
            return None
        if node.kind != "map":
            _wrong(report, node, name, _MAPPING)
            return None
        values: dict[str, Any] = {}
        for key, value, word in unique_pairs(node, name, report):
            checked_key = self.key(key, name, report)
            checked = self.value.check(value, _join(name, word), report)
            if checked_key is not None and checked is not None:
                values[checked_key] = checked
        return values

    def schema(self) -> Schema:
        return {
            "type": "object",
            "additionalProperties": False,
            "patternProperties": {self.key_pattern: self.value.schema()},
        }


def unique_pairs(node: Node, name: str, report: Report) -> list[tuple[Node, Node, str]]:
    """(key node, value node, key) of a mapping; keys that are no text, and repeated ones, are reported and left out."""
    out: list[tuple[Node, Node, str]] = []
    lines: dict[str, int] = {}
    for key, value in node.pairs:
        if key.kind in {"list", "map"}:
            _wrong(report, key, name or report.path, _MAPPING)
        elif key.text in lines:
            report.add("CP153", key, key=_join(name, key.text), first=lines[key.text])
        else:
            lines[key.text] = key.line
            out.append((key, value, key.text))
    return out


def _join(name: str, word: str) -> str:
    return f"{name}.{word}" if name else word


def _unknown(report: Report, node: Node, name: str, word: str, known: Mapping[str, Key]) -> None:
    report.add("CP151", node, key=name[:80], known=", ".join(known), **maybe(nearest(word, known)))
