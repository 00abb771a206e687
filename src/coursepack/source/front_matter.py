"""The YAML block at the head of a Markdown file: its own settings, checked key by key.

The node graph is read without building objects, so tags do nothing, aliases cost nothing, and a title that
looks like a date or a number stays what was written.
"""

import difflib
import re
from typing import Any

import msgspec

from coursepack.model.codes import diagnostic
from coursepack.model.diagnostic import Diagnostic
from coursepack.model.document import FrontMatter
from coursepack.source.text import clean

LIMIT = 64 * 1024
"""Longest front matter read, in characters."""

KEYS = (
    "title", "description", "language", "duration", "outcomes", "authors", "thumbnail", "keywords", "draft",
    "translated_from",
)  # fmt: skip
_ALIASES = {"lang": "language", "summary": "description", "author": "authors", "tags": "keywords"}
_MINUTES = ("teaching", "exercises", "minutes")
_LISTS = ("outcomes", "authors", "keywords")
_CLOSE = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_TOML_CLOSE = re.compile(r"^\+\+\+[ \t]*$", re.MULTILINE)
# What most lessons hold: one word, a colon, and a plain or simply quoted value. Anything else goes to YAML.
_SIMPLE = re.compile(r"([A-Za-z_][\w-]*):[ \t]+(?:([^\s\"'\[\]{}&*!|>%@`#,?:-][^#:]*?)|\"([^\"\\]*)\")[ \t]*")
_DEEP = re.compile(r"(?:[\[{]\s*){50}|(?:- ){50}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*\Z")
_DURATION = re.compile(
    r"(?:PT)?(?:(\d{1,3})\s*(?:h|hours?|小时|小時|時間|时)\s*)?(?:(\d{1,4})\s*(?:m|min|mins|minutes?|分|分钟|分鐘)?)?\.?\Z",
    re.IGNORECASE,
)
_WORDING = re.compile(r"[0-9a-f]{12}\Z", re.IGNORECASE)
_TRUE, _FALSE = ("true", "yes", "on"), ("false", "no", "off")


class _Value(msgspec.Struct, frozen=True):
    key: str
    line: int
    items: tuple[str, ...]
    """The scalar, or the scalars of a list."""
    shape: str
    """"text", "list", "map" or "nothing"."""


def split(text: str, path: str) -> tuple[FrontMatter, str, tuple[Diagnostic, ...]]:
    """The settings, the text with the front matter blanked out (line numbers stay), and what is wrong."""
    if text.startswith("+++") and text[3:].partition("\n")[0].strip() == "":
        return _toml(text, path)
    if not text.startswith("---") or text[3:].partition("\n")[0].strip(" \t"):
        return FrontMatter(), text, ()
    start = text.find("\n") + 1
    end = _CLOSE.search(text, start) if start else None
    if end is None:
        return _unclosed(text, path)
    block = text[start : end.start()]
    rest = "\n" * text.count("\n", 0, end.end()) + text[end.end() :]
    if len(block) > LIMIT:
        return FrontMatter(), rest, (diagnostic("CP111", path, 1, 1, problem="more than 64 KiB"),)
    front, found = _read(block, path)
    return front, rest, found


def _toml(text: str, path: str) -> tuple[FrontMatter, str, tuple[Diagnostic, ...]]:
    end = _TOML_CLOSE.search(text, 3)
    found = (diagnostic("CP116", path, 1, 1),)
    if end is None:
        return FrontMatter(), text[3:], found
    return FrontMatter(), "\n" * text.count("\n", 0, end.end()) + text[end.end() :], found


def _unclosed(text: str, path: str) -> tuple[FrontMatter, str, tuple[Diagnostic, ...]]:
    """A rule at the top of a file is plain Markdown; only settings after it make it front matter."""
    lines = text.split("\n")
    n = 1
    while n < len(lines) and re.match(r"[A-Za-z_][\w-]*:(\s|$)", lines[n]):
        n += 1
    if n == 1:
        return FrontMatter(), text, ()
    front, _ = _read("\n".join(lines[1:n]) + "\n", path)
    return front, "\n" * n + "\n".join(lines[n:]), (diagnostic("CP110", path, 1, 1),)


def _read(block: str, path: str) -> tuple[FrontMatter, tuple[Diagnostic, ...]]:
    found: list[Diagnostic] = []
    values = _simple(block)
    if values is None:
        values = _yaml(block, path, found)
    fields: dict[str, Any] = {}
    seen: dict[str, int] = {}
    for value in values:
        if value.key in seen:
            found.append(diagnostic("CP113", path, value.line, 1, key=value.key, first=seen[value.key]))
            continue
        seen[value.key] = value.line
        _take(value, fields, path, found)
    return FrontMatter(**fields), tuple(found)


def _simple(block: str) -> list[_Value] | None:
    """The values when every line is `key: words`; None sends the block to the YAML parser."""
    values = []
    for n, line in enumerate(block.split("\n"), start=2):
        if not line.strip():
            continue
        m = _SIMPLE.fullmatch(line)
        if m is None:
            return None
        values.append(_Value(m[1], n, (m[2] if m[2] is not None else m[3],), "text"))
    return values


def _yaml(block: str, path: str, found: list[Diagnostic]) -> list[_Value]:
    import yaml

    if _DEEP.search(block):
        found.append(diagnostic("CP111", path, 1, 1, problem="nested too deeply"))
        return []
    try:
        node = yaml.compose(block, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as e:
        mark = e.problem_mark
        line, column = (mark.line + 2, mark.column + 1) if mark else (1, 1)
        found.append(diagnostic("CP111", path, line, column, problem=e.problem or e.context or "?"))
        return []
    except (yaml.YAMLError, RecursionError, ValueError) as e:
        found.append(diagnostic("CP111", path, 1, 1, problem=type(e).__name__))
        return []
    if node is None:
        return []
    if not isinstance(node, yaml.MappingNode):
        found.append(diagnostic("CP112", path, 2, 1))
        return []
    return [_value(key, value) for key, value in node.value]


def _value(key: Any, node: Any) -> _Value:
    name = clean(str(key.value)) if isinstance(key.value, str) else "?"
    line = key.start_mark.line + 2
    if isinstance(node.value, str):
        nothing = node.tag == "tag:yaml.org,2002:null"
        tagged = not node.tag.startswith("tag:yaml.org,2002:") or "python" in node.tag
        shape = "nothing" if nothing else "tag" if tagged else "text"
        return _Value(name, line, (clean(node.value),), shape)
    items = []
    if _is_list(node):
        for item in node.value:
            if isinstance(item.value, str):
                items.append(clean(item.value))
            elif not _is_list(item):
                items += [
                    clean(v.value) for k, v in item.value if k.value == "name" and isinstance(v.value, str)
                ]
        return _Value(name, line, tuple(items), "list" if len(items) == len(node.value) else "map")
    named = [clean(v.value) for k, v in node.value if k.value == "name" and isinstance(v.value, str)]
    return _Value(name, line, tuple(named), "map")


def _is_list(node: Any) -> bool:
    return isinstance(node.value, list) and (not node.value or not isinstance(node.value[0], tuple))


def _take(value: _Value, fields: dict[str, Any], path: str, found: list[Diagnostic]) -> None:
    key = _ALIASES.get(value.key, value.key)
    if value.shape == "nothing":
        return
    if key in _MINUTES:
        minutes = _minutes(value)
        if minutes is None:
            found.append(_wrong(value, path, "45"))
        else:
            fields["duration_min"] = fields.get("duration_min", 0) + minutes
        return
    if key not in KEYS:
        near = difflib.get_close_matches(key.lower(), KEYS, 1, 0.6)
        found.append(
            diagnostic("CP114", path, value.line, 1, key=value.key, near=near[0] if near else ", ".join(KEYS))
        )
        return
    _KINDS.get(key, _take_text)(key, value, fields, path, found)


def _take_text(key: str, value: _Value, fields: dict[str, Any], path: str, found: list[Diagnostic]) -> None:
    if value.shape != "text":
        found.append(_wrong(value, path, "…"))
        return
    fields[key] = " ".join(value.items[0].split())


def _take_list(key: str, value: _Value, fields: dict[str, Any], path: str, found: list[Diagnostic]) -> None:
    ok = value.shape in ("text", "list") or (key == "authors" and value.shape == "map" and value.items)
    if not ok:
        found.append(_wrong(value, path, "[a, b]"))
        return
    items = value.items
    if value.shape == "text":
        items = tuple(re.split(r"\s*[,，;；、]\s*", items[0]))
    fields[key] = tuple(" ".join(i.split()) for i in items if i.strip())


def _take_language(
    key: str, value: _Value, fields: dict[str, Any], path: str, found: list[Diagnostic]
) -> None:
    if value.shape != "text" or not _LANGUAGE.match(value.items[0].strip()):
        found.append(_wrong(value, path, "zh-Hans, en, yue"))
        return
    fields[key] = value.items[0].strip()


def _take_duration(
    key: str, value: _Value, fields: dict[str, Any], path: str, found: list[Diagnostic]
) -> None:
    minutes = _minutes(value)
    if minutes is None:
        found.append(_wrong(value, path, "45"))
        return
    fields["duration_min"] = minutes


def _take_draft(key: str, value: _Value, fields: dict[str, Any], path: str, found: list[Diagnostic]) -> None:
    word = value.items[0].strip().lower() if value.shape == "text" else ""
    if word not in _TRUE + _FALSE:
        found.append(_wrong(value, path, "true, false"))
        return
    fields[key] = word in _TRUE


def _take_wording(
    key: str, value: _Value, fields: dict[str, Any], path: str, found: list[Diagnostic]
) -> None:
    word = value.items[0].strip() if value.shape == "text" else ""
    if not _WORDING.match(word):
        found.append(_wrong(value, path, "1a2b3c4d5e6f"))
        return
    fields[key] = word.lower()


_KINDS = {
    **dict.fromkeys(_LISTS, _take_list),
    "language": _take_language,
    "duration": _take_duration,
    "draft": _take_draft,
    "translated_from": _take_wording,
}


def _minutes(value: _Value) -> int | None:
    text = value.items[0].strip() if value.shape == "text" and value.items else ""
    m = _DURATION.match(text)
    if m is None or (m[1] is None and m[2] is None):
        try:
            number = float(text)
        except ValueError:
            return None
        return round(number) if 0 <= number < 10_000 else None
    return int(m[1] or 0) * 60 + int(m[2] or 0)


def _wrong(value: _Value, path: str, expected: str) -> Diagnostic:
    shown = ", ".join(value.items)[:60]
    return diagnostic("CP115", path, value.line, 1, key=value.key, value=shown, expected=expected)
