"""Tokens to HTML with holes."""

import re
from collections.abc import Callable
from html import escape

from markdown_it.token import Token

from coursepack.model.document import Blank, PageLink
from coursepack.source import directives, links, paths, raw_html
from coursepack.source.attributes import NONE
from coursepack.source.fences import Directive
from coursepack.source.highlight import code_block
from coursepack.source.math import mathml
from coursepack.source.page import Page, Reference
from coursepack.source.syntax import BLANK_CLOSE, BLANK_OPEN, parser
from coursepack.source.text import slug

_GAP = re.compile(f"{BLANK_OPEN}([^{BLANK_CLOSE}]*){BLANK_CLOSE}")
_WIDE = re.compile(
    "[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\u2018-\u201d\U00020000-\U0003ffff]"
)
_FENCED_DIRECTIVE = re.compile(r"\{([A-Za-z][\w-]*)\}[ \t]*(.*)\Z")
_SILENT_ROLES = ("label", "eqlabel", "width", "tag")


def blocks(page: Page, tokens: list[Token]) -> str:
    """HTML of block tokens."""
    out: list[str] = []
    i = 0
    while i < len(tokens):
        token = tokens[i]
        rule = _BLOCKS.get(token.type)
        if rule is not None:
            markup, i = rule(page, tokens, i)
            out.append(markup)
            continue
        if token.type == "inline":
            out.append(inlines(page, token))
        elif token.nesting == 1:
            out.append(f"<{token.tag}>")
        elif token.nesting == -1:
            out.append(f"</{token.tag}>\n")
        i += 1
    return "".join(out)


def closing(tokens: list[Token], i: int) -> int:
    """Where the block that opens at `i` closes."""
    opening = tokens[i]
    kind = opening.type.removesuffix("_open") + "_close"
    depth = 0
    for j in range(i, len(tokens)):
        if tokens[j].type == opening.type:
            depth += 1
        elif tokens[j].type == kind:
            depth -= 1
            if not depth:
                return j
    return len(tokens) - 1


def _directive(page: Page, tokens: list[Token], i: int) -> tuple[str, int]:
    end = closing(tokens, i)
    opened: Directive = tokens[i].meta["directive"]
    if not opened.closed:
        page.report("CP121", opened.line, 1, name=opened.name)
    return directives.render(page, opened, tokens[i + 1 : end], blocks), end + 1


def _stray(page: Page, tokens: list[Token], i: int) -> tuple[str, int]:
    page.report("CP122", (tokens[i].map or [0])[0] + 1, 1)
    return "", i + 1


def _paragraph(page: Page, tokens: list[Token], i: int) -> tuple[str, int]:
    inline = tokens[i + 1]
    end = i + 3
    if tokens[end - 1].type != "paragraph_close":  # a footnote's back link stands inside its last paragraph
        return ("" if tokens[i].hidden else "<p>"), i + 1
    raw = page.raw
    markup = inlines(page, inline)
    if tokens[i].hidden:
        return markup + ("\n" if end < len(tokens) and tokens[end].nesting == 1 else ""), end
    if not markup.strip():
        return "", end
    if _only_hidden(inline):
        return f"<div>{markup}</div>\n", end
    if markup.startswith("\ufdd2") and markup.rstrip().endswith("\ufdd3") and markup.count("\ufdd2") == 1:
        page.raw = raw  # alone in its paragraph, it simply takes its place
        return markup + "\n", end
    return f"<p>{markup}</p>\n", end


def _only_hidden(inline: Token) -> bool:
    return all(
        (c.type == "role" and c.meta["name"] in _SILENT_ROLES)
        or c.type == "softbreak"
        or (c.type == "text" and not c.content.strip())
        for c in inline.children or ()
    )


def _heading(page: Page, tokens: list[Token], i: int) -> tuple[str, int]:
    opening, inline = tokens[i], tokens[i + 1]
    line = (opening.map or [0])[0] + 1
    markup = inlines(page, inline).strip()
    if page.in_quiz:
        return f'<p class="box-title">{markup}</p>\n', i + 3
    page.last_text = escape(links.plain(inline.children).strip())
    wanted = opening.meta.get("id", "")
    anchor = f' id="{escape(wanted)}"' if wanted else ""
    return f'<{opening.tag} data-cp-line="{line}"{anchor}>{markup}</{opening.tag}>\n', i + 3


def _list_item(page: Page, tokens: list[Token], i: int) -> tuple[str, int]:
    done = tokens[i].meta.get("done")
    if done is None:
        return "<li>", i + 1
    words, mark = ("done", "☑") if done else ("open", "☐")
    box = page.hole(
        f'<span class="task-mark" role="img" aria-label="{page.plain_words(words)}">{mark}</span> '
    )
    return f'<li class="task">{box}', i + 1


def _ordered_list(page: Page, tokens: list[Token], i: int) -> tuple[str, int]:
    start = tokens[i].attrs.get("start")
    return f'<ol start="{start}">\n' if start is not None else "<ol>\n", i + 1


def _table(page: Page, tokens: list[Token], i: int) -> tuple[str, int]:
    return '<div class="table">\n<table>\n', i + 1


def _table_close(page: Page, tokens: list[Token], i: int) -> tuple[str, int]:
    return "</table>\n</div>\n", i + 1


def _cell(page: Page, tokens: list[Token], i: int) -> tuple[str, int]:
    token = tokens[i]
    style = str(token.attrs.get("style", ""))
    align = f' class="align-{style.rpartition(":")[2]}"' if style else ""
    markup = inlines(page, tokens[i + 1])
    if token.tag == "th" and markup.strip():
        return f'<th scope="col"{align}>{markup}</th>', i + 3
    return f"<td{align}>{markup}</td>", i + 3


def _term(page: Page, tokens: list[Token], i: int) -> tuple[str, int]:
    if not page.is_glossary:
        return "<dt>", i + 1
    anchor = page.take_id(slug(links.plain(tokens[i + 1].children)))
    return f'<dt id="{escape(anchor)}">', i + 1


def _fence(page: Page, tokens: list[Token], i: int) -> tuple[str, int]:
    token = tokens[i]
    m = _FENCED_DIRECTIVE.match(token.info.strip()) if token.info.startswith("{") else None
    if m and directives.known(m[1].lower()):
        line = (token.map or [0])[0] + 1
        opened = Directive(m[1].lower(), m[2], line=line)
        inner = parser().parse("\n" * line + token.content, page.env)
        return directives.render(page, opened, inner, blocks), i + 1
    if not token.content.strip():
        return "", i + 1
    return page.block_hole(code_block(token.content, token.info)) + "\n", i + 1


def _html_block(page: Page, tokens: list[Token], i: int) -> tuple[str, int]:
    token = tokens[i]
    return raw_html.annotate(page, token.content, (token.map or [0])[0]) + "\n", i + 1


def _math_block(page: Page, tokens: list[Token], i: int) -> tuple[str, int]:
    return page.block_hole(_formula(page, tokens[i], tokens[i].map, display=True)) + "\n", i + 1


def _formula(page: Page, token: Token, span: list[int] | None, *, display: bool, wrapper: str = "div") -> str:
    latex = token.content.strip()
    markup = mathml(latex, display=display)
    if markup is None:
        page.report("CP140", (span or [page.cursor[0]])[0] + 1, 1, formula=" ".join(latex.split())[:80])
        code = f"<code>{escape(latex, quote=False)}</code>"
        return f"<pre>{code}</pre>" if display and wrapper == "div" else code
    if not display:
        return markup
    page.equations += 1
    name = f'tabindex="0" role="group" aria-label="{page.plain_words("formula")}"'
    return f'<{wrapper} class="math-display" {name}>{markup}</{wrapper}>'


def _notes_open(page: Page, tokens: list[Token], i: int) -> tuple[str, int]:
    return '<div class="footnotes" role="doc-endnotes">\n<ol>\n', i + 1


def _notes_close(page: Page, tokens: list[Token], i: int) -> tuple[str, int]:
    return "</ol>\n</div>\n", i + 1


def _note_open(page: Page, tokens: list[Token], i: int) -> tuple[str, int]:
    return f'<li id="cp-fn-{_note_number(page, tokens[i])}">', i + 1


def _note_close(page: Page, tokens: list[Token], i: int) -> tuple[str, int]:
    return "</li>\n", i + 1


def _note_anchor(page: Page, tokens: list[Token], i: int) -> tuple[str, int]:
    name = _note_name(page, tokens[i])
    words = f"{page.plain_words('back')} {_note_number(page, tokens[i])}"
    mark = f' <a href="#cp-fnref-{name}" role="doc-backlink" aria-label="{words}">↩</a>'
    return page.hole(mark), i + 1


def _note_number(page: Page, token: Token) -> int:
    base = page.env.get("note_base", 0)
    return (base if isinstance(base, int) else 0) + int(token.meta["id"]) + 1


def _note_name(page: Page, token: Token) -> str:
    again = token.meta.get("subId", 0)
    return f"{_note_number(page, token)}" + (f"-{again}" if again else "")


_Rule = Callable[[Page, list[Token], int], tuple[str, int]]
_BLOCKS: dict[str, _Rule] = {
    "directive_open": _directive,
    "directive_stray": _stray,
    "paragraph_open": _paragraph,
    "heading_open": _heading,
    "list_item_open": _list_item,
    "ordered_list_open": _ordered_list,
    "table_open": _table,
    "table_close": _table_close,
    "th_open": _cell,
    "td_open": _cell,
    "dt_open": _term,
    "fence": _fence,
    "code_block": _fence,
    "html_block": _html_block,
    "math_block": _math_block,
    "hr": lambda page, tokens, i: ("<hr>\n", i + 1),
    "footnote_block_open": _notes_open,
    "footnote_block_close": _notes_close,
    "footnote_open": _note_open,
    "footnote_close": _note_close,
    "footnote_anchor": _note_anchor,
}


def inlines(page: Page, token: Token) -> str:
    """HTML of an `inline` token."""
    children = token.children or []
    if len(children) == 1 and children[0].type == "text":
        return _text(page, children[0].content)
    return _run(page, children, token.map)


def _run(page: Page, children: list[Token], span: list[int] | None) -> str:
    out: list[str] = []
    i = 0
    while i < len(children):
        child = children[i]
        if child.type == "text":
            out.append(_text(page, child.content))
        elif child.type == "softbreak":
            out.append("" if _joins(children, i) else "\n")
        elif child.type == "link_open":
            markup, i = _link(page, children, i, span)
            out.append(markup)
            continue
        elif child.type in _INLINES:
            out.append(_INLINES[child.type](page, child, span))
        elif child.nesting == 1:
            out.append(f"<{child.tag}>")
        elif child.nesting == -1:
            out.append(f"</{child.tag}>")
        i += 1
    return "".join(out)


def _text(page: Page, text: str) -> str:
    markup = escape(text, quote=False)
    if page.in_quiz and BLANK_OPEN in markup:
        markup = _GAP.sub(lambda m: _gap(page, m[1]), markup)
    return markup


def _gap(page: Page, answers: str) -> str:
    page.gaps += 1
    given = tuple(
        a.strip() for a in answers.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").split("|")
    )
    return page.hole(Blank(tuple(a for a in given if a), page.gaps))


def _joins(children: list[Token], i: int) -> bool:
    """Whether a line break stands between two wide characters, where a space would be wrong."""
    if not 0 < i < len(children) - 1:
        return False
    before, after = children[i - 1].content, children[i + 1].content
    return bool(before and after and _WIDE.match(before[-1]) and _WIDE.match(after[0]))


def _link(page: Page, children: list[Token], i: int, span: list[int] | None) -> tuple[str, int]:
    level = children[i].level
    end = next(
        (
            j
            for j in range(i + 1, len(children))
            if children[j].type == "link_close" and children[j].level == level
        ),
        len(children) - 1,
    )
    run = children[i : end + 1]
    player = links.poster_link(page, run, span)
    if player is not None:
        page.raw = page.raw or len(run) < len(children)
        return player, end + 1
    empty = not any(c.content.strip() or c.type in ("image", "role") for c in run[1:-1])
    before, after = links.open_link(page, children[i], span, empty=empty)
    page.in_link += 1
    inner = _run(page, run[1:-1], span)
    page.in_link -= 1
    if children[i].info == "auto" and not before:
        return escape(links.plain(run)), end + 1
    return before + inner + after, end + 1


def _image(page: Page, token: Token, span: list[int] | None) -> str:
    players = page.players
    markup = links.image(page, token, span)
    # A player among words has to be lifted out of its paragraph, which the HTML tree does.
    page.raw = page.raw or page.players > players
    return markup


def _code(page: Page, token: Token, span: list[int] | None) -> str:
    attributes = token.meta.get("attributes", NONE)
    return f"<code{links.span_attributes(attributes)}>{escape(token.content, quote=False)}</code>"


def _span(page: Page, token: Token, span: list[int] | None) -> str:
    return f"<span{links.span_attributes(token.meta['attributes'])}>"


def _html(page: Page, token: Token, span: list[int] | None) -> str:
    return raw_html.annotate(page, token.content, (span or [page.cursor[0]])[0])


def _math(page: Page, token: Token, span: list[int] | None) -> str:
    display = token.type == "math_inline_double"
    return page.hole(_formula(page, token, span, display=display, wrapper="span"))


def _note_ref(page: Page, token: Token, span: list[int] | None) -> str:
    number = _note_number(page, token)
    if page.in_link:
        return f"<sup>{number}</sup>"
    words = f"{page.plain_words('footnote')} {number}"
    anchor = f'id="cp-fnref-{_note_name(page, token)}" href="#cp-fn-{number}"'
    return page.hole(
        f'<sup class="footnote"><a {anchor} role="doc-noteref" aria-label="{words}">{number}</a></sup>'
    )


def _role(page: Page, token: Token, span: list[int] | None) -> str:
    name, content = token.meta["name"], token.meta["content"]
    rule = _ROLES.get(name)
    return rule(page, content, span) if rule else escape(content, quote=False)


def _term_role(page: Page, content: str, span: list[int] | None) -> str:
    m = re.fullmatch(r"(.*?)\s*<([^<>]+)>", content)
    shown, word = (m[1], m[2]) if m and m[1] else (content, m[2] if m else content)
    target = paths.Target("page", "glossary.md", slug(word))
    if page.in_link:
        return escape(shown, quote=False)
    page.link("page", target, page.find("{term}", span, "{"))
    address = page.hole(PageLink(target.path, target.fragment))
    return f'<a class="term" href="{address}">{escape(shown, quote=False)}</a>'


def _label_role(page: Page, content: str, span: list[int] | None) -> str:
    anchor = page.take_id(content, (span or [0])[0] + 1)
    page.labels.setdefault(content, (anchor, page.last_text or escape(content)))
    return f'<span id="{escape(anchor)}"></span>'


def _equation_role(page: Page, content: str, span: list[int] | None) -> str:
    anchor = page.take_id(content, (span or [0])[0] + 1)
    page.labels.setdefault(content, (anchor, f"({page.equations})"))
    return f'<span class="equation-number" id="{escape(anchor)}">({page.equations})</span>'


def _reference_role(page: Page, content: str, span: list[int] | None) -> str:
    return escape(content) if page.in_link else page.hole(Reference(content))


def _abbreviation_role(page: Page, content: str, span: list[int] | None) -> str:
    m = re.fullmatch(r"(.+?)\s*[(（](.+)[)）]", content)
    if m is None:
        return escape(content, quote=False)
    return f'<abbr title="{escape(m[2])}">{escape(m[1], quote=False)}</abbr>'


def _math_role(page: Page, content: str, span: list[int] | None) -> str:
    return page.hole(_formula(page, Token("math_inline", "", 0, content=content), span, display=False))


def _tagged(tag: str) -> Callable[[Page, str, list[int] | None], str]:
    return lambda page, content, span: f"<{tag}>{escape(content, quote=False)}</{tag}>"


_ROLES: dict[str, Callable[[Page, str, list[int] | None], str]] = {
    "term": _term_role,
    "label": _label_role,
    "eqlabel": _equation_role,
    "numref": _reference_role,
    "eqref": _reference_role,
    "ref": _reference_role,
    "eq": _reference_role,
    "abbr": _abbreviation_role,
    "math": _math_role,
    "sub": _tagged("sub"),
    "sup": _tagged("sup"),
    "kbd": _tagged("kbd"),
    "begin_tab": _tagged("strong"),
    "width": lambda page, content, span: "",
    "cite": lambda page, content, span: f"[{escape(content, quote=False)}]",
}
_INLINES: dict[str, Callable[[Page, Token, list[int] | None], str]] = {
    "image": _image,
    "code_inline": _code,
    "span_open": _span,
    "html_inline": _html,
    "math_inline": _math,
    "math_inline_double": _math,
    "footnote_ref": _note_ref,
    "footnote_anchor": lambda page, token, span: _note_anchor(page, [token], 0)[0],
    "role": _role,
    "hardbreak": lambda page, token, span: "<br>\n",
}
