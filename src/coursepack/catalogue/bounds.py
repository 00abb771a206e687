"""What may stand in a record, and how much: plain text, safe addresses, a bounded number of bytes.

A course is somebody else's input, and a catalogue holds a million of them: whoever reads an entry must be able to trust its
size. Everything is measured as it is stored, in bytes of JSON.
"""

import re
from collections.abc import Container, Mapping
from typing import Any
from urllib.parse import urlsplit

from coursepack.model.digest import canonical_json

MAX_ENTRY_BYTES = 16_384
"""No entry is larger."""

_UNSEEN = re.compile(
    # Controls, and the marks that turn the direction of all that follows them: no text of a catalogue needs these.
    "[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff\\s]+"
)
_UNSAFE_IN_ADDRESS = re.compile(r"[\x00-\x20\x7f-\x9f<>\"{}|\\^`\s]")

TEXT_BYTES = {"name": 700, "description": 1_200, "version": 100, "license": 300, "educationalLevel": 200}
"""Of texts at the top."""
_TEXT_BYTES = 300
"""Of a text at the top that is not named above."""
_INNER_TEXT_BYTES = 500
"""Of a text inside."""

LIST_BYTES = {
    "inLanguage": 500,
    "keywords": 700,
    "about": 700,
    "audience": 400,
    "teaches": 1_400,
    "assesses": 400,
    "educationalAlignment": 800,
    "author": 800,
    "workTranslation": 1_400,
    "syllabusSections": 1_800,
    "provider": 900,
    "image": 900,
    "size": 400,
    "encoding": 2_600,
}
"""Of lists at the top; what does not fit is left out from the end on."""
_LIST_BYTES = 500
_UNKNOWN_BYTES = 600
"""All of what a later version may have put into a record."""
_MAX_DEPTH = 6


def plain(text: str) -> str:
    """`text` as one line: no controls, no marks that turn the direction of writing, single spaces."""
    return _UNSEEN.sub(" ", text).strip()


def shortened(text: str, limit: int) -> str:
    """`plain(text)` in at most `limit` bytes of JSON; where something is left out an ellipsis says so."""
    text = plain(text[: 4 * limit])
    if json_size(text) <= limit:
        return text
    end = min(len(text), limit)
    while end and json_size(text[:end] + "…") > limit:
        end -= max(1, (json_size(text[:end] + "…") - limit) // 12)
    return text[:end].rstrip() + "…"


def within(items: list[Any], limit: int) -> list[Any]:
    """The first items that together take at most `limit` bytes of JSON."""
    found, size = [], 2
    for item in items:
        size += json_size(item) + 1
        if size > limit:
            break
        found.append(item)
    return found


def web_address(text: str) -> str:
    """`text` when it is a whole `http(s)` address, else "": an entry becomes a link in somebody's page."""
    text = text.strip()
    if len(text) > 300 or _UNSAFE_IN_ADDRESS.search(text):
        return ""
    try:
        parts = urlsplit(text)
        return text if parts.scheme.lower() in ("http", "https") and parts.hostname else ""
    except ValueError:
        return ""


def json_size(value: Any) -> int:
    """Bytes of the canonical JSON."""
    return len(canonical_json(value))


LEAST_NEEDED = (
    "syllabusSections",
    "workTranslation",
    "educationalAlignment",
    "assesses",
    "about",
    "keywords",
    "author",
    "teaches",
)
"""What an entry that is still too large does without, in this order. What a catalogue must have is not among it."""


def bounded(record: Mapping[str, Any], known: Container[str]) -> dict[str, Any]:
    """`record` with every text plain and every list cut to what an entry has room for.

    Properties that are not `known` (a later version's) share a small room, in order of their names. Bounding again
    changes nothing.
    """
    found: dict[str, Any] = {}
    room = _UNKNOWN_BYTES
    for name in sorted(record):
        value = _bounded_top(name, record[name])
        if value in ("", [], {}, None):
            continue
        if name not in known:
            room -= json_size({name: value})
            if room < 0:
                continue
        found[name] = value
    return found


def fitting(document: Mapping[str, Any]) -> dict[str, Any]:
    """`document` without as many of `LEAST_NEEDED` as it takes to stay below `MAX_ENTRY_BYTES`."""
    found = dict(document)
    for name in LEAST_NEEDED:
        if json_size(found) <= MAX_ENTRY_BYTES:
            break
        found.pop(name, None)
    return found


def _bounded_top(name: str, value: Any) -> Any:
    if isinstance(value, str):
        return shortened(value, TEXT_BYTES.get(name, _TEXT_BYTES))
    limit = LIST_BYTES.get(name, _LIST_BYTES)
    value = _bounded_inside(value, limit, _MAX_DEPTH)
    return value if json_size(value) <= limit else None


def _bounded_inside(value: Any, limit: int, depth: int) -> Any:
    if isinstance(value, str):
        return shortened(value, min(limit, _INNER_TEXT_BYTES))
    if isinstance(value, list | tuple):
        return within([_bounded_inside(v, limit, depth - 1) for v in value[:500]], limit) if depth else []
    if isinstance(value, dict):
        items = sorted(value.items())[:40] if depth else []
        return {shortened(str(k), 100): _bounded_inside(v, limit, depth - 1) for k, v in items}
    return value if isinstance(value, bool | int | float) else None
