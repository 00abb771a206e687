"""Tokens to HTML with holes."""

import re
from collections.abc import Callable
from html import escape

from markdown_it.token import Token

from coursepack.source import directives, links, notes, raw_html
from coursepack.source.fences import Directive
from coursepack.source.highlight import code_block
from coursepack.source.inlines import inlines
from coursepack.source.page import Page
from coursepack.source.reading import part_of
from coursepack.source.roles import SILENT, formula
from coursepack.source.text import slug

_FENCED_DIRECTIVE = re.compile(r"\{([A-Za-z][\w-]*)\}[ \t]*(.*)\Z")


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
    return f"<p>{markup.strip()}</p>\n", end


def _only_hidden(inline: Token) -> bool:
    return all(
        (c.type == "role" and c.meta["name"] in SILENT)
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
        with part_of(page, "\n" * line + token.content) as inner:
            return directives.render(page, opened, inner, blocks), i + 1
    if not token.content.strip():
        return "", i + 1
    return page.block_hole(code_block(token.content, token.info)) + "\n", i + 1


def _html_block(page: Page, tokens: list[Token], i: int) -> tuple[str, int]:
    token = tokens[i]
    return raw_html.annotate(page, token.content, (token.map or [0])[0]) + "\n", i + 1


def _math_block(page: Page, tokens: list[Token], i: int) -> tuple[str, int]:
    return page.block_hole(formula(page, tokens[i], tokens[i].map, display=True)) + "\n", i + 1


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
    "footnote_block_open": notes.notes_open,
    "footnote_block_close": notes.notes_close,
    "footnote_open": notes.note_open,
    "footnote_close": notes.note_close,
    "footnote_anchor": notes.back_link,
}
