"""Attribute blocks: Pandoc's `{#id .class key=value}` and kramdown's `{: .class key="value"}`."""

import re
import sys

import msgspec

_ITEM = re.compile(
    r"""\s*(?:
        \#(?P<id>[^\s{}\#='"]+)
      | \.(?P<cls>[^\s{}.\#='"]+)
      | (?P<key>[A-Za-z_][\w:.-]*)\s*=\s*(?:"(?P<dq>(?:\\.|[^"\\])*)"|'(?P<sq>(?:\\.|[^'\\])*)'|(?P<bare>[^\s{}'"]+))
      | (?P<word>[^\s{}='"]+)
    )""",
    re.VERBOSE | re.DOTALL,
)
# The repeat is bounded: a hostile line of braces must not be scanned to its end for each of them.
BLOCK = re.compile(
    r"""\{(:?)((?:[^{}"']|"(?:\\.|[^"\\]){0,2000}"|'(?:\\.|[^'\\]){0,2000}'){0,2000})\}""", re.DOTALL
)


class Attributes(msgspec.Struct, frozen=True):
    """What stood between the braces. `words` are bare words, which only some places allow."""

    id: str = ""
    classes: tuple[str, ...] = ()
    values: dict[str, str] = {}
    words: tuple[str, ...] = ()


NONE = Attributes()


def parse_items(text: str) -> Attributes | None:
    """The attributes in `text` (without braces), or None when it is something else."""
    wanted_id, classes, values, words = "", [], {}, []
    pos = 0
    text = text.strip()
    while pos < len(text):
        m = _ITEM.match(text, pos)
        if m is None or m.end() == pos:
            return None
        pos = m.end()
        if m["id"]:
            wanted_id = m["id"]
        elif m["cls"]:
            classes.append(m["cls"])
        elif m["key"]:
            values[m["key"]] = _value(m)
        else:
            words.append(m["word"])
    return Attributes(wanted_id, tuple(classes), values, tuple(words))


def _value(m: re.Match[str]) -> str:
    if m["bare"] is not None:
        return str(m["bare"])
    quoted = m["dq"] if m["dq"] is not None else m["sq"]
    return re.sub(r"\\(.)", r"\1", quoted or "", flags=re.DOTALL)


def match_block(text: str, pos: int, end: int = sys.maxsize) -> tuple[Attributes, int] | None:
    """The attribute block at `text[pos]` and where it ends; None when there is none.

    Bare words are accepted only in kramdown's form, so that prose in braces stays prose.
    """
    m = BLOCK.match(text, pos, end)
    if m is None:
        return None
    found = parse_items(m[2])
    if found is None or (not m[1] and (found.words or found == NONE)):
        return None
    return found, m.end()
