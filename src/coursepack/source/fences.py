"""Directive fences for markdown-it: `:::{name #id key=value} title`, `::: name`, and their ends.

Tokens: `directive_open` with `meta` = Directive, the contents, `directive_close`.

A bare fence ends the fence opened last, whatever its length: that is Pandoc's rule, and a document that follows
MyST's rule (an outer fence is longer than an inner one) reads the same under it. Where it leaves a fence open
at the end, the lengths decide instead: an end of the opener's own length closes it and all inside.
"""

import re

import msgspec
from markdown_it.rules_block import StateBlock

from coursepack.source.attributes import NONE, Attributes, match_block, parse_items

_FENCE = re.compile(r"(:{3,})[ \t]*(.*)\Z")
_BRACED = re.compile(r"\{\s*([^\W\d][\w.-]*)")
_NAMED = re.compile(r"([^\W\d][\w-]*)")
_CODE = re.compile(r"(`{3,}|~{3,})(.*)\Z")
_OPTION = re.compile(r":([a-z][\w-]*):(?:[ \t]+(.*))?\Z")


class Directive(msgspec.Struct, frozen=True):
    """How a fence was opened."""

    name: str
    title: str = ""
    attributes: Attributes = NONE
    line: int = 0
    """From 1."""
    closed: bool = True
    alert: bool = False


def parse_opening(text: str) -> Directive | None:
    """The directive that `text` (what follows the colons) opens; None when it opens none."""
    text = text.rstrip().rstrip(":").rstrip()
    if text.startswith("{"):
        return _braced(text)
    m = _NAMED.match(text)
    if m is None:
        return None
    rest = text[m.end() :].strip()
    attributes = NONE
    block = match_block(rest, 0) if rest.startswith("{") else None
    if block:
        attributes, rest = block[0], rest[block[1] :].strip()
    elif rest and not text[m.end()].isspace():
        return None
    return Directive(m[1].lower(), rest.strip('"“” '), attributes)


def _braced(text: str) -> Directive | None:
    end = _closing_brace(text)
    if end < 0:
        return None
    inside, title = text[1:end].strip(), text[end + 1 :].strip()
    m = _BRACED.match(text[: end + 1])
    name = m[1].lower() if m else ""
    attributes = parse_items(inside[len(name) :] if name else inside)
    if attributes is None:
        return None
    if not name:
        if not attributes.classes:
            return None
        name = attributes.classes[0].lower().removeprefix("callout-")
    return Directive(name, title, attributes)


def _closing_brace(text: str) -> int:
    quote = ""
    for n, c in enumerate(text):
        if quote:
            quote = "" if c == quote else quote
        elif c in "\"'":
            quote = c
        elif c == "}":
            return n
    return text.find("}")


def directive(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The block rule."""
    text = _line(state, start)
    if not text.startswith(":::") or state.is_code_block(start):
        return False
    m = _FENCE.match(text)
    if m is None:
        return False
    if not m[2].strip():
        return _stray(state, start, silent)
    opened = parse_opening(m[2])
    if opened is None:
        return False
    if silent:
        return True
    close = _pairs(state, start, end).get(start)
    _emit(state, opened, start, end, close)
    return True


def _emit(state: StateBlock, opened: Directive, start: int, end: int, close: int | None) -> None:
    stop = end if close is None else close
    first, values = start + 1, dict(opened.attributes.values)
    while first < stop and (m := _OPTION.match(_line(state, first))):
        values.setdefault(m[1], (m[2] or "").strip())
        first += 1
    a = opened.attributes
    opened = msgspec.structs.replace(
        opened,
        attributes=Attributes(values.get("name", "") or a.id, a.classes, values, a.words),
        line=start + 1,
        closed=close is not None,
    )
    parent, line_max = state.parentType, state.lineMax
    state.parentType, state.lineMax = "container", stop
    token = state.push("directive_open", "div", 1)
    token.meta = {"directive": opened}
    token.map = [start, stop]
    contents(state, first, stop)
    state.push("directive_close", "div", -1).map = [start, stop]
    state.parentType, state.lineMax = parent, line_max
    # An unclosed fence in a list or quote must not swallow what follows it.
    state.line = stop + 1 if close is not None else max(state.line, first)


def contents(state: StateBlock, first: int, stop: int) -> None:
    """Reads the lines of a directive, counting how deep directives are nested."""
    state.env["directive_depth"] = state.env.get("directive_depth", 0) + 1
    state.md.block.tokenize(state, first, stop)
    state.env["directive_depth"] -= 1


def _stray(state: StateBlock, line: int, silent: bool) -> bool:
    if not silent:
        state.push("directive_stray", "", 0).map = [line, line + 1]
        state.line = line + 1
    return True


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].rstrip()


def _pairs(state: StateBlock, start: int, end: int) -> dict[int, int | None]:
    """Opening line -> closing line, for the fences from `start` on; kept in the environment.

    One pass serves all fences of a region, so that the work is linear in the lines and not in lines times fences.
    """
    known: dict[tuple[int, int], dict[int, int | None]] = state.env.setdefault("fence_pairs", {})
    # Inside a quote or list item the same line reads differently, so these are regions of their own.
    region = known.setdefault((state.blkIndent, state.level - state.env.get("directive_depth", 0)), {})
    if start not in region:
        lines = _fence_lines(state, start, end)
        pairs = _by_last_open(lines)
        region.update(pairs if None not in pairs.values() else _mend(lines, pairs))
    return region


def _fence_lines(state: StateBlock, start: int, end: int) -> list[tuple[int, int, bool]]:
    """(line, colons, opens) of the fences from `start` to the end of the region."""
    found, code = [], ""
    for line in range(start, end):
        if state.sCount[line] < state.blkIndent and not state.isEmpty(line):
            break
        text = _line(state, line)
        if code:
            if text.startswith(code) and not text.strip(code[0]):
                code = ""
            continue
        if text.startswith(("```", "~~~")):
            m = _CODE.match(text)
            if m and not (text[0] == "`" and "`" in m[2]):
                code = m[1]
        elif text.startswith(":::") and not state.is_code_block(line):
            m = _FENCE.match(text)
            if m:
                found.append((line, len(m[1]), bool(m[2].strip())))
    return found


def _by_last_open(lines: list[tuple[int, int, bool]]) -> dict[int, int | None]:
    pairs: dict[int, int | None] = {}
    stack: list[int] = []
    for line, _, opens in lines:
        if opens:
            pairs[line] = None
            stack.append(line)
        elif stack:
            pairs[stack.pop()] = line
    return pairs


def _mend(lines: list[tuple[int, int, bool]], pairs: dict[int, int | None]) -> dict[int, int | None]:
    """By lengths: an end closes the innermost fence of its own length, else the last opened one."""
    mended: dict[int, int | None] = {}
    stack: list[tuple[int, int]] = []
    for line, length, opens in lines:
        if opens:
            mended[line] = None
            stack.append((line, length))
            continue
        depth = next(
            (i for i in range(len(stack) - 1, max(-1, len(stack) - 50), -1) if stack[i][1] == length), -1
        )
        depth = depth if depth >= 0 else len(stack) - 1
        if depth >= 0:
            mended[stack[depth][0]] = line
            # What is still open inside ends with it; `None` would say "to the end of the file".
            del stack[depth:]
    still_open = sum(1 for v in mended.values() if v is None)
    return mended if still_open < sum(1 for v in pairs.values() if v is None) else pairs
