"""A question taken apart, still as tokens: what is asked, what can be answered, what is said to the answer."""

import msgspec
from markdown_it.token import Token

from coursepack.source.fences import Directive
from coursepack.source.text import ARROW, BLANK_OPEN

_QUOTES = ("blockquote_open", "directive_open")
_FOLDS = ("choices", "hints")
_SAID = {"right": "right", "correct": "right", "wrong": "wrong", "incorrect": "wrong"}

Said = tuple[str, list[Token]]
"""The words beside the mark (`> [!HINT] Look at the comma.`), and the blocks below."""


class Parts(msgspec.Struct):
    """The pieces of one question."""

    prompt: list[Token]
    choices: list[tuple[bool, list[Token], list[Token]]]
    """(right, its words, the feedback for it)."""
    pairs: list[list[Token]]
    items: list[list[Token]]
    """Of an order."""
    feedback: list[Token]
    hints: list[Said]
    right: list[Said]
    wrong: list[Said]

    @property
    def has_gaps(self) -> bool:
        """Whether a gap stands in the question's words."""
        return any(t.type == "inline" and BLANK_OPEN in t.content for t in self.prompt)

    @property
    def kinds(self) -> list[str]:
        """The ways to answer that were found."""
        found = {"choices": self.choices, "pairs": self.pairs, "order": self.items, "gaps": self.has_gaps}
        return [name for name, there in found.items() if there]


def take_apart(tokens: list[Token], kind: str) -> Parts:
    """The parts of a question; `kind` is what its opening line asks for, "" when that says nothing."""
    parts = Parts([], [], [], [], [], [], [], [])
    groups = _groups(_unfolded(tokens))
    ordered = _order_list(groups) if kind == "order" else -1
    for n, group in enumerate(groups):
        opening = group[0]
        items = groups_in(group) if opening.type.endswith("_list_open") else []
        if n == ordered:
            parts.items += [_bare(item) for item in items]
        elif items and all("done" in item[0].meta for item in items):
            parts.choices += [_choice(item) for item in items]
        elif items and not parts.choices and kind != "order" and all(_has_arrow(item) for item in items):
            parts.pairs += [_bare(item) for item in items]
        elif not _take_said(parts, group, groups, n):
            parts.prompt += group
    return parts


def groups_in(group: list[Token]) -> list[list[Token]]:
    """The items of a list."""
    return _groups(group[1:-1])


def _take_said(parts: Parts, group: list[Token], groups: list[list[Token]], n: int) -> bool:
    """Takes a hint or feedback; False when the block is neither."""
    opening = group[0]
    name = _directive(opening)
    if name == "hint":
        parts.hints.append((_title(opening), group[1:-1]))
    elif name in _SAID:
        said = parts.right if _SAID[name] == "right" else parts.wrong
        said.append((_title(opening), group[1:-1]))
    elif opening.type in _QUOTES and _is_feedback(opening) and n and _after_answer(groups, n):
        _say(parts, group[1:-1], last=not any(_is_content(g) for g in groups[n + 1 :]))
    else:
        return False
    return True


def _is_content(group: list[Token]) -> bool:
    """Whether a block is more than a hint or a word for right or wrong answers, which may stand last."""
    name = _directive(group[0])
    return name != "hint" and name not in _SAID


def _directive(token: Token) -> str:
    if token.type != "directive_open":
        return ""
    opened: Directive = token.meta["directive"]
    return opened.name


def _title(opening: Token) -> str:
    opened: Directive = opening.meta["directive"]
    return opened.title


def _order_list(groups: list[list[Token]]) -> int:
    """The last numbered list, else the last list; -1 when there is none."""
    for kind in ("ordered_list_open", "bullet_list_open"):
        found = [n for n, g in enumerate(groups) if g[0].type == kind]
        if found:
            return found[-1]
    return -1


def _after_answer(groups: list[list[Token]], n: int) -> bool:
    """A quote is feedback below answers or at the end; above them it belongs to the question."""
    earlier = any(g[0].type.endswith("_list_open") for g in groups[:n])
    return earlier or not any(_is_content(g) for g in groups[n + 1 :])


def _say(parts: Parts, said: list[Token], *, last: bool) -> None:
    if last or not parts.choices:
        parts.feedback += said
    else:
        correct, body, before = parts.choices[-1]
        parts.choices[-1] = (correct, body, before + said)


def _unfolded(tokens: list[Token]) -> list[Token]:
    """Without the `--- choices ---` and `--- hints ---` boxes, whose contents are answers and hints."""
    kept: list[Token] = []
    closing: list[bool] = []
    for token in tokens:
        if token.type == "directive_open":
            fold = _directive(token) in _FOLDS and not closing
            closing.append(fold)
            if fold:
                continue
        elif token.type == "directive_close" and closing and closing.pop():
            continue
        kept.append(token)
    return kept


def _is_feedback(token: Token) -> bool:
    return token.type == "blockquote_open" or _directive(token) == "feedback"


def _groups(tokens: list[Token]) -> list[list[Token]]:
    """The top-level blocks."""
    groups: list[list[Token]] = []
    depth = 0
    for token in tokens:
        if not depth:
            groups.append([])
        groups[-1].append(token)
        depth += token.nesting
    return groups


def _has_arrow(item: list[Token]) -> bool:
    first = next((t for t in item if t.type == "inline"), None)
    return first is not None and ARROW in first.content


def _choice(item: list[Token]) -> tuple[bool, list[Token], list[Token]]:
    body: list[Token] = []
    said: list[Token] = []
    for group in _groups(item[1:-1]):
        if group[0].type in _QUOTES and _is_feedback(group[0]):
            said += group[1:-1]
        else:
            body += group
    return bool(item[0].meta["done"]), _bare([item[0], *body, item[-1]]), said


def _bare(item: list[Token]) -> list[Token]:
    """An item's contents; a lone paragraph without its `<p>`."""
    inner = item[1:-1]
    if len(inner) == 3 and inner[0].type == "paragraph_open":
        return inner[1:2]
    return inner
