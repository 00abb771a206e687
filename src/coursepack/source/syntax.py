"""The Markdown dialect: a configured markdown-it parser and the rules it lacks.

Links are neither checked nor encoded here: `source.paths` judges them with the course folder in view.
"""

import functools
import re
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin

from coursepack.source.attributes import match_block
from coursepack.source.fences import Directive, directive
from coursepack.source.step_markers import step_marker
from coursepack.source.text import ARROW, BLANK_CLOSE, BLANK_OPEN

MAX_NESTING = 60
"""Levels of block and inline nesting; what is deeper is left out and reported."""

_ALERT = re.compile(
    r"\[!(?:(NOTE|TIP|IMPORTANT|WARNING|CAUTION|DANGER|HINT)|(RIGHT|WRONG))\][+-]?[ \t]*(.*)", re.IGNORECASE
)
_TASK = re.compile(r"\[([ xX])\][ \t]+")
_CHOICE = re.compile(r"\(([ xX]?)\)[ \t]+")
_HEADING_END = re.compile(r"[ \t]*(\{:?[^{}]*\})[ \t]*\Z")
_BLOCK_END = re.compile(r"(?:\A|\n)[ \t]*\{:[^{}]*\}[ \t]*\Z")
_TEMPLATE = re.compile(r"\{\{[ \t]*[#%][^{}\n]{0,500}\}\}|\[\[\[[\w -]{1,100}\]\]\]")
_TEMPLATE_LINE = re.compile(r"^[ \t]*\{\{[ \t]*[#%][^{}\n]{0,500}\}\}[ \t]*(?:\n|\Z)", re.MULTILINE)
_ROLE = re.compile(r"\{([A-Za-z][\w:-]*)\}(`+)(.{0,2000}?[^`])\2(?!`)", re.DOTALL)
_SPHINX_ROLE = re.compile(r":([a-z][a-z_-]*):`([^`\n]{0,500})`")
_GAP = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)|\[\[([^\[\]\n]{0,500})\]\]", re.DOTALL)
_ARROW = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)|(?<=[ \t])(?:->|→|=>|-->)(?=[ \t])", re.DOTALL)


@functools.lru_cache(maxsize=1)
def parser() -> MarkdownIt:
    """The parser; it keeps no state between documents."""
    md = MarkdownIt("default", {"html": True, "maxNesting": MAX_NESTING})
    md.use(deflist_plugin).use(footnote_plugin)
    md.use(dollarmath_plugin, allow_labels=False, allow_space=False, allow_digits=False, double_inline=True)
    md.block.ruler.before(
        "fence", "directive", directive, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )
    md.block.ruler.before(
        "hr", "step_marker", step_marker, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )
    md.block.ruler.before("table", "grid", _grid, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    md.core.ruler.before("inline", "structure", structure)
    md.inline.ruler.before("backticks", "role", _role)
    md.inline.ruler.before("backticks", "sphinx_role", _sphinx_role)
    md.inline.ruler.before("backticks", "attributes", _attributes)
    md.inline.ruler.after("footnote_ref", "span", _span)
    md.validateLink = lambda url: True  # type: ignore[method-assign]
    md.normalizeLink = lambda url: url  # type: ignore[method-assign]
    md.normalizeLinkText = lambda link: link  # type: ignore[method-assign]
    return md


def _grid(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Pandoc's grid tables keep their layout; as a paragraph they would be a heap of bars."""
    line = start
    while line < end and state.sCount[line] >= state.blkIndent:
        text = state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]
        if not text.startswith(("+-", "+=", "|") if line > start else ("+--", "+==")):
            break
        line += 1
    if line - start < 3:
        return False
    if not silent:
        token = state.push("code_block", "code", 0)
        token.content, token.map = state.getLines(start, line, state.blkIndent, True), [start, line]
        state.line = line
    return True


def structure(state: StateCore) -> None:
    """What is seen best between blocks and inlines: alerts, tasks, heading attributes, quiz marks, templates."""
    quizzes: list[bool] = []
    for i, token in enumerate(state.tokens):
        if token.type == "inline":
            _inline(state, token, in_quiz=any(quizzes))
        elif token.type == "directive_open":
            quizzes.append(token.meta["directive"].name in ("quiz", "question"))
        elif token.type == "directive_close":
            quizzes.pop()
        elif token.type == "heading_open":
            _heading(token, state.tokens[i + 1])
        elif token.type == "list_item_open":
            _task(token, state.tokens, i, in_quiz=any(quizzes))
        elif token.type == "blockquote_open":
            if _alert(state.tokens, i, in_quiz=any(quizzes)):
                quizzes.append(False)
        elif token.type == "fence":
            token.content = _without_templates(state, token.content, token)


def _inline(state: StateCore, token: Token, *, in_quiz: bool) -> None:
    if token.content.count("[") > MAX_NESTING and _bracket_depth(token.content) > MAX_NESTING:
        # The parser tries each bracket as a link, at every depth; no author nests them.
        token.content = token.content.replace("[", "&#91;")
        state.env.setdefault("too_deep", (token.map or [0])[0] + 1)
    if "{" in token.content or "[[[" in token.content:
        token.content = _without_templates(state, token.content, token)
        token.content = _BLOCK_END.sub("", token.content)
    if ":end_tab:" in token.content:
        token.content = token.content.replace(":end_tab:", "")
    if in_quiz:
        token.content = _GAP.sub(
            lambda m: f"{BLANK_OPEN}{m[2]}{BLANK_CLOSE}" if m[2] is not None else m[0],
            token.content,
        )
        token.content = _ARROW.sub(lambda m: m[0] if m[1] else ARROW + m[0], token.content)


def _bracket_depth(text: str) -> int:
    depth = deepest = 0
    for bracket in re.findall(r"[\[\]]", text):
        depth = depth + 1 if bracket == "[" else max(0, depth - 1)
        deepest = max(deepest, depth)
    return deepest


def _without_templates(state: StateCore, text: str, token: Token) -> str:
    if "{{" not in text and "[[[" not in text:
        return text

    def drop(m: re.Match[str]) -> str:
        state.env.setdefault("templates", []).append((m[0].strip(), (token.map or [0])[0] + 1))
        return ""

    return (_TEMPLATE_LINE if token.type == "fence" else _TEMPLATE).sub(drop, text)


def _heading(opening: Token, inline: Token) -> None:
    m = _HEADING_END.search(inline.content) if inline.content.endswith("}") else None
    found = match_block(m[1], 0) if m else None
    if m and found:
        inline.content = inline.content[: m.start()]
        opening.meta["id"] = found[0].id


def _task(item: Token, tokens: list[Token], i: int, *, in_quiz: bool) -> None:
    if i + 2 >= len(tokens) or tokens[i + 2].type != "inline":
        return
    inline = tokens[i + 2]
    m = _TASK.match(inline.content) or (_CHOICE.match(inline.content) if in_quiz else None)
    if m:
        item.meta["done"] = m[1] in ("x", "X")
        inline.content = inline.content[m.end() :]


def _alert(tokens: list[Token], i: int, *, in_quiz: bool) -> bool:
    """Makes the quotation at `i` a box if it is an alert; says whether it did."""
    if i + 2 >= len(tokens) or tokens[i + 2].type != "inline":
        return False
    inline = tokens[i + 2]
    m = _ALERT.match(inline.content)
    if m is None or (m[2] and not in_quiz):
        return False
    opening = tokens[i]
    close = next(j for j in range(i + 1, len(tokens)) if _ends(tokens[j], opening))
    line = (opening.map or [0])[0] + 1
    opening.type, opening.tag = "directive_open", "div"
    opening.meta = {"directive": Directive((m[1] or m[2]).lower(), m[3].strip(), line=line, alert=True)}
    tokens[close].type, tokens[close].tag = "directive_close", "div"
    rest = inline.content[m.end() :].lstrip("\n")
    inline.content = rest
    if inline.map and rest:
        inline.map = [inline.map[0] + 1, inline.map[1]]
    if not rest:
        tokens[i + 1].hidden = tokens[i + 3].hidden = True
    return True


def _ends(token: Token, opening: Token) -> bool:
    return token.type == "blockquote_close" and token.level == opening.level


def _push(state: StateInline, kind: str, **meta: Any) -> Token:
    token = state.push(kind, "", 0)
    token.meta = meta
    return token


def _role(state: StateInline, silent: bool) -> bool:
    """MyST: {name}`content`."""
    if state.src[state.pos] != "{":
        return False
    m = _ROLE.match(state.src, state.pos, state.posMax)
    if m is None:
        return False
    if not silent:
        _push(state, "role", name=m[1].lower(), content=" ".join(m[3].split()))
    state.pos = m.end()
    return True


def _sphinx_role(state: StateInline, silent: bool) -> bool:
    """Sphinx and d2l: :name:`content`."""
    if state.src[state.pos] != ":":
        return False
    m = _SPHINX_ROLE.match(state.src, state.pos, state.posMax)
    if m is None:
        return False
    if not silent:
        _push(state, "role", name=m[1], content=m[2].strip())
    state.pos = m.end()
    return True


_TAKES_ATTRIBUTES = ("image", "code_inline", "link_close", "em_close", "strong_close", "math_inline")


def _attributes(state: StateInline, silent: bool) -> bool:
    """`{...}` right after an image, a link or code belongs to it."""
    if silent or state.src[state.pos] != "{" or state.pending or not state.tokens:
        return False
    last = state.tokens[-1]
    if last.type not in _TAKES_ATTRIBUTES:
        return False
    found = match_block(state.src, state.pos, state.posMax)
    if found is None:
        return False
    target = last
    if last.type == "link_close":
        target = next(t for t in reversed(state.tokens) if t.type == "link_open" and t.level == last.level)
    target.meta["attributes"] = found[0]
    state.pos = found[1]
    return True


def _span(state: StateInline, silent: bool) -> bool:
    """[words]{lang=yue .class}."""
    start, maximum = state.pos, state.posMax
    if state.src[start] != "[" or "]{" not in state.src:
        return False
    end = state.md.helpers.parseLinkLabel(state, start)
    if end < 0 or end + 1 >= maximum or state.src[end + 1] != "{":
        return False
    found = match_block(state.src, end + 1, maximum)
    if found is None:
        return False
    if not silent:
        state.pos, state.posMax = start + 1, end
        state.push("span_open", "span", 1).meta = {"attributes": found[0]}
        state.md.inline.tokenize(state)
        state.push("span_close", "span", -1)
    state.pos, state.posMax = found[1], maximum
    return True
