"""The Raspberry Pi Foundation's markers, `--- task ---` ... `--- /task ---`, as directives."""

import re

from markdown_it.rules_block import StateBlock

from coursepack.source.attributes import Attributes
from coursepack.source.fences import Directive, contents

_MARKER = re.compile(r"---[ \t]+(/?)([a-z][a-z-]*)[ \t]+---\Z")
_SETTING = re.compile(r"([a-z_]+):[ \t]*(.*)\Z")
_NAMES = {
    "task": "task", "collapse": "details", "hints": "hints", "hint": "hint", "challenge": "challenge",
    "no-print": "screen-only", "print-only": "print-only", "question": "question", "choices": "choices",
    "feedback": "feedback", "code": "code", "save": "", "input": "", "output": "",
}  # fmt: skip


_FEEDBACK = re.compile(
    r"^([ \t]+)--- feedback ---[ \t]*\n(.*?)^[ \t]+--- /feedback ---", re.MULTILINE | re.DOTALL
)


def indented(text: str) -> str:
    """`text` with the contents of an answer's feedback indented like its markers, so that they stay in the item."""

    def indent(m: re.Match[str]) -> str:
        lines = (
            f"{m[1]}{line}" if line.strip() and line[0] not in " \t" else line for line in m[2].split("\n")
        )
        return m[0].replace(m[2], "\n".join(lines), 1) if m[2] else m[0]

    return _FEEDBACK.sub(indent, text) if "--- feedback ---" in text else text


def step_marker(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The block rule."""
    m = _marker(state, start)
    if m is None:
        return False
    if silent:
        return True
    closing, name = m
    close = None if closing else _pairs(state, start, end).get(start)
    if close is None or not _NAMES[name]:
        # `--- save ---` stands alone; a marker without its other half says nothing to a learner.
        state.line = start + 1
        return True
    settings, first = _settings(state, start + 1, close)
    if name == "code":
        _code(state, first, close, settings)
    else:
        title = settings.pop("title", settings.pop("legend", ""))
        _container(
            state, Directive(_NAMES[name], title, Attributes(values=settings), start + 1), first, close
        )
    state.line = close + 1
    return True


def _container(state: StateBlock, opened: Directive, first: int, close: int) -> None:
    parent, line_max = state.parentType, state.lineMax
    state.parentType, state.lineMax = "container", close
    token = state.push("directive_open", "div", 1)
    token.meta, token.map = {"directive": opened}, [first, close]
    contents(state, first, close)
    state.push("directive_close", "div", -1)
    state.parentType, state.lineMax = parent, line_max


def _code(state: StateBlock, first: int, close: int, settings: dict[str, str]) -> None:
    token = state.push("fence", "code", 0)
    token.info = settings.get("language", "")
    token.content = state.getLines(first, close, state.blkIndent, True)
    token.map = [first, close]
    if settings.get("filename"):
        token.info += ' {title="' + settings["filename"].replace('"', "'") + '"}'


def _marker(state: StateBlock, line: int) -> tuple[str, str] | None:
    start = state.bMarks[line] + state.tShift[line]
    if not state.src.startswith("--- ", start) or state.is_code_block(line):
        return None
    m = _MARKER.match(state.src[start : state.eMarks[line]].rstrip())
    return (m[1], m[2]) if m and m[2] in _NAMES else None


def _settings(state: StateBlock, line: int, end: int) -> tuple[dict[str, str], int]:
    """The `---` block of settings right after a marker, and the first line after it."""
    first = line
    while first < end and state.isEmpty(first):
        first += 1
    if first >= end or _text(state, first) != "---":
        return {}, line
    settings: dict[str, str] = {}
    for n in range(first + 1, min(end, first + 30)):
        text = _text(state, n)
        if text == "---":
            return settings, n + 1
        m = _SETTING.match(text)
        if m:
            settings[m[1]] = m[2].strip().strip("\"'")
    return {}, line


def _text(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].strip()


def _pairs(state: StateBlock, start: int, end: int) -> dict[int, int]:
    """Opening line -> line of its end, one pass for all markers of a region."""
    known: dict[tuple[int, int], tuple[int, dict[int, int]]] = state.env.setdefault("marker_pairs", {})
    key = (state.blkIndent, state.level - state.env.get("directive_depth", 0))
    upto, region = known.get(key, (-1, {}))
    if start > upto:
        stack: list[tuple[str, int]] = []
        line = start
        while line < end and (state.sCount[line] >= state.blkIndent or state.isEmpty(line)):
            m = _marker(state, line)
            if m and not m[0]:
                stack.append((m[1], line))
            elif m:
                # The last 50 are enough for any document; more would make hostile ones quadratic.
                at = next(
                    (i for i in range(len(stack) - 1, max(-1, len(stack) - 50), -1) if stack[i][0] == m[1]),
                    -1,
                )
                if at >= 0:
                    region[stack[at][1]] = line
                    del stack[at:]
            line += 1
        known[key] = (line - 1, region)
    return region
