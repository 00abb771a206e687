"""What the fences `:::{name}` become."""

import difflib
import re
from collections.abc import Callable
from html import escape

import msgspec
from markdown_it.token import Token

from coursepack.source import front_matter, links, paths, quiz, text
from coursepack.source.attributes import Attributes
from coursepack.source.fences import Directive
from coursepack.source.highlight import code_block
from coursepack.source.page import Page
from coursepack.source.reading import title_of, tokens_of

MAX_INCLUDES = 100
MAX_INCLUDE_DEPTH = 8

Render = Callable[[Page, list[Token]], str]
_Handler = Callable[[Page, Directive, list[Token], Render], str]

_NOTES = ("note", "tip", "important", "warning", "caution", "danger", "hint")
_SECTIONS = (
    "objectives",
    "keypoints",
    "questions",
    "prereq",
    "callout",
    "discussion",
    "testimonial",
    "exercise",
)
_FOLDED = ("solution", "spoiler", "details")
_ALIASES = {
    "challenge": "exercise", "prerequisites": "prereq", "attention": "warning", "error": "danger",
    "info": "note", "seealso": "note", "admonition": "note", "dropdown": "details", "answer": "solution",
    "tab-set": "tabs", "group-tab": "tabs", "tab-item": "tab", "instructor-note": "instructor",
    "question": "quiz", "quizset": "quiz-set", "quizzes": "quiz-set",
}  # fmt: skip
_SIDECARS = (
    "captions",
    "subtitles",
    "descriptions",
    "chapters",
    "transcript",
    "sign",
    "described",
    "metadata",
)
_SAFE_CLASS = re.compile(r"[^\W\d_][\w-]*\Z")


def known(name: str) -> bool:
    """Whether `name` is a directive."""
    return _ALIASES.get(name, name) in _HANDLERS


def render(page: Page, opened: Directive, tokens: list[Token], blocks: Render) -> str:
    """HTML of one directive; an unknown one shows its contents and says so."""
    name = _ALIASES.get(opened.name, opened.name)
    handler = _HANDLERS.get(name)
    if handler is None:
        names = sorted({*_HANDLERS, *_ALIASES} - _QUIET)
        near = difflib.get_close_matches(opened.name, names, 1, 0.6)
        page.report("CP120", opened.line, 1, name=opened.name, near=near[0] if near else ", ".join(names))
        return f"<div>\n{blocks(page, tokens)}</div>\n"
    return handler(page, msgspec.structs.replace(opened, name=name), tokens, blocks)


def _title(
    page: Page, opened: Directive, tokens: list[Token], blocks: Render
) -> tuple[str, str, list[Token]]:
    """(title as inline HTML, wanted id, the other tokens): the fence's own words, else a heading that comes first."""
    if opened.title:
        return _inline(page, opened.title, blocks), opened.attributes.id, tokens
    if tokens and tokens[0].type == "heading_open":
        words = links.plain(tokens[1].children)
        wanted = opened.attributes.id or tokens[0].meta.get("id") or text.slug(words)
        return blocks(page, tokens[1:2]).strip(), wanted, tokens[3:]
    return page.words(opened.name), opened.attributes.id, tokens


def _inline(page: Page, words: str, blocks: Render) -> str:
    return blocks(page, title_of(page, words)).strip()


def _box(page: Page, opened: Directive, tokens: list[Token], blocks: Render) -> str:
    if opened.name == "hint" and page.box_names and page.box_names[-1] == "exercise":
        return _details(page, opened, tokens, blocks)
    words, wanted, rest = _title(page, opened, tokens, blocks)
    page.boxes += 1
    own = bool(opened.attributes.id)
    anchor = page.take_id(wanted, opened.line, explicit=own) if wanted else f"cp-box-{page.boxes}"
    role = "group" if opened.name in ("exercise", "objectives", "questions", "keypoints") else "note"
    body = _inside(page, opened.name, rest, blocks)
    return (
        f'<div class="{_classes("box box-" + opened.name, opened)}" role="{role}" aria-labelledby="{escape(anchor)}">\n'
        f'<p class="box-title" id="{escape(anchor)}">{words}</p>\n{body}</div>\n'
    )


def _inside(page: Page, name: str, tokens: list[Token], blocks: Render) -> str:
    page.box_names.append(name)
    body = blocks(page, tokens)
    page.box_names.pop()
    return body


def _details(page: Page, opened: Directive, tokens: list[Token], blocks: Render) -> str:
    words, wanted, rest = _title(page, opened, tokens, blocks)
    own = bool(opened.attributes.id)
    anchor = f' id="{escape(page.take_id(wanted, opened.line, explicit=own))}"' if wanted else ""
    body = _inside(page, opened.name, rest, blocks)
    unfolded = " open" if "open" in opened.attributes.values or "open" in opened.attributes.words else ""
    classes = _classes("box box-" + opened.name, opened)
    return f'<details class="{classes}"{anchor}{unfolded}>\n<summary>{words}</summary>\n{body}</details>\n'


def _classes(base: str, opened: Directive) -> str:
    asked = (*opened.attributes.classes, *opened.attributes.values.get("class", "").split())
    return " ".join([base, *(c for c in asked if _SAFE_CLASS.match(c) and c not in base.split())])


def _plain(page: Page, opened: Directive, tokens: list[Token], blocks: Render) -> str:
    anchor = opened.attributes.id
    mark = f' id="{escape(page.take_id(anchor, opened.line, explicit=True))}"' if anchor else ""
    base = {"task": "box box-task"}.get(opened.name, opened.name)
    return (
        f'<div class="{_classes(base, opened)}"{mark}>\n{_inside(page, opened.name, tokens, blocks)}</div>\n'
    )


def _instructor(page: Page, opened: Directive, tokens: list[Token], blocks: Render) -> str:
    return ""


def _tabs(page: Page, opened: Directive, tokens: list[Token], blocks: Render) -> str:
    if any(t.type == "directive_open" for t in tokens):
        return f'<div class="tabs">\n{blocks(page, tokens)}</div>\n'
    # Carpentries: each heading of the fence begins a tab.
    starts = [i for i, t in enumerate(tokens) if t.type == "heading_open" and t.level == tokens[0].level]
    if not starts:
        return f'<div class="tabs">\n{blocks(page, tokens)}</div>\n'
    out = [blocks(page, tokens[: starts[0]])]
    for start, end in zip(starts, [*starts[1:], len(tokens)], strict=True):
        words = blocks(page, tokens[start + 1 : start + 2]).strip()
        out.append(_one_tab(words, blocks(page, tokens[start + 3 : end])))
    return f'<div class="tabs">\n{"".join(out)}</div>\n'


def _tab(page: Page, opened: Directive, tokens: list[Token], blocks: Render) -> str:
    words, _, rest = _title(page, opened, tokens, blocks)
    return _one_tab(words, blocks(page, rest))


def _one_tab(words: str, body: str) -> str:
    # Level 6 here means: one below whatever heading stands above; `headings` works it out.
    return f'<section class="tab">\n<h6 class="tab-title">{words}</h6>\n{body}</section>\n'


def _source(opened: Directive) -> str:
    values = opened.attributes.values
    named = next((values[k] for k in ("src", "path", "file", "href") if values.get(k)), "")
    words = opened.attributes.words
    return named or opened.title or (words[0] if words else "")


def _figure(page: Page, opened: Directive, tokens: list[Token], blocks: Render) -> str:
    source, values = _source(opened), opened.attributes.values
    if source:
        alt = values.get("alt")
        shown = links.picture(page, source, alt, (opened.line, 1), attributes=opened.attributes)
        caption = blocks(page, tokens)
    else:
        shown, rest = _first_picture(page, tokens, blocks)
        if not shown:
            page.report("CP123", opened.line, 1, name=opened.name, example="path=media/plan.png")
            return blocks(page, tokens)
        caption = blocks(page, rest)
    anchor = opened.attributes.id
    mark = f' id="{escape(page.take_id(anchor, opened.line, explicit=True))}"' if anchor else ""
    said = f"<figcaption>{_unwrapped(caption)}</figcaption>\n" if caption.strip() else ""
    return f"<figure{mark}>{shown}{said}</figure>\n"


def _unwrapped(caption: str) -> str:
    """A caption of one paragraph needs no `<p>`."""
    m = re.fullmatch(r"<p>((?:(?!</?p>).)*)</p>\s*", caption, re.DOTALL)
    return (m[1] if m else caption).strip()


def _first_picture(page: Page, tokens: list[Token], blocks: Render) -> tuple[str, list[Token]]:
    """(the first image or player, the tokens without it)."""
    for i, token in enumerate(tokens):
        found = _is_picture(token)
        if found:
            children = token.children or []
            rest = children[found:]
            while rest and rest[0].type == "softbreak":
                rest = rest[1:]
            shown = blocks(page, [Token("inline", "", 0, children=children[:found], map=token.map)])
            said = [Token("inline", "", 0, children=rest, map=token.map)]
            kept = [tokens[i - 1], *said, *tokens[i + 1 : i + 2]] if rest else []
            return shown, [*tokens[: i - 1], *kept, *tokens[i + 2 :]]
    return "", tokens


def _is_picture(token: Token) -> int:
    """How many children at the start of an inline are one image, plain or linked; 0 when it begins otherwise."""
    children = token.children or [] if token.type == "inline" else []
    if children and children[0].type == "image":
        return 1
    if len(children) > 2 and children[0].type == "link_open" and children[1].type == "image":
        return 3 if children[2].type == "link_close" else 0
    return 0


def _slides(page: Page, opened: Directive, tokens: list[Token], blocks: Render) -> str:
    starts = [
        i - 1 for i, t in enumerate(tokens) if _is_picture(t) and tokens[i - 1].type == "paragraph_open"
    ]
    if not starts:
        page.report("CP123", opened.line, 1, name=opened.name, example="![…](slide-01.png)")
        return blocks(page, tokens)
    listed = bool(tokens) and tokens[0].type.endswith("list_open")
    out = [] if listed else [blocks(page, tokens[: starts[0]])]
    out.append('<ol class="slides">\n')
    for start, end in zip(starts, [*starts[1:], len(tokens)], strict=True):
        own = tokens[start:end]
        if listed:
            own = [t for t in own if t.type not in _LIST_TOKENS]
        shown, rest = _first_picture(page, own, blocks)
        said = blocks(page, rest)
        caption = f"<figcaption>{_unwrapped(said)}</figcaption>" if said.strip() else ""
        out.append(f"<li><figure>{shown}{caption}</figure></li>\n")
    return "".join([*out, "</ol>\n"])


_LIST_TOKENS = frozenset(
    f"{kind}_{end}" for kind in ("bullet_list", "ordered_list", "list_item") for end in ("open", "close")
)


def _media(page: Page, opened: Directive, tokens: list[Token], blocks: Render) -> str:
    source, values = _source(opened), opened.attributes.values
    if not source:
        before = page.players
        markup = blocks(page, tokens)
        if page.players == before:
            page.report("CP123", opened.line, 1, name=opened.name, example="src=media/pay.mp4")
        return markup
    target, place = paths.resolve(source, page.folder), (opened.line, 1)
    body = blocks(page, tokens)
    if target.kind == "external":
        page.report("CP133", *place, url=target.url[:200])
        words = escape(values.get("title") or values.get("alt") or target.url)
        return f'<p><a href="{escape(target.url)}" rel="noopener">{words}</a></p>\n{body}'
    if target.kind != "file":
        page.refuse(target, source, place)
        return body
    poster = _poster(page, values.get("poster", ""), place)
    kind = links.media_kind(target) or ("video" if opened.name == "video" else "audio")
    label = values.get("title") or values.get("alt") or values.get("label")
    player = links.player(page, kind, target, label, place, poster=poster)
    _sidecars(page, opened.attributes, place)
    if not body.strip():
        return player + "\n"
    return f"<figure>{player}<figcaption>{_unwrapped(body)}</figcaption></figure>\n"


def _poster(page: Page, source: str, place: tuple[int, int]) -> str:
    if not source:
        return ""
    target = paths.resolve(source, page.folder)
    if target.kind != "file":
        page.refuse(target, source, place)
        return ""
    page.link("poster", target, place)
    return target.path


def _sidecars(page: Page, attributes: Attributes, place: tuple[int, int]) -> None:
    for role in _SIDECARS:
        source = attributes.values.get(role)
        if not source:
            continue
        target = paths.resolve(source, page.folder)
        if target.kind in ("file", "page"):
            kind = "captions" if role == "subtitles" else role
            page.link("file", target, place, role=kind, language=attributes.values.get("lang", ""))
        else:
            page.refuse(target, source, place)


def _include(page: Page, opened: Directive, tokens: list[Token], blocks: Render) -> str:
    source = _source(opened)
    target = paths.resolve(source, page.folder) if source else paths.Target("empty")
    if target.kind not in ("page", "file") or not target.path:
        if target.kind == "empty":
            page.report("CP123", opened.line, 1, name=opened.name, example="path=_includes/safety.md")
        else:
            page.refuse(target, source, (opened.line, 1))
        return ""
    around = (*page.including, page.path)
    if target.path in around or len(around) > MAX_INCLUDE_DEPTH or len(page.includes) >= MAX_INCLUDES:
        page.report("CP125", opened.line, 1, target=target.path)
        return ""
    page.includes.append(target.path)
    data = page.read(target.path)
    if data is None:
        page.report("CP124", opened.line, 1, target=target.path)
        return ""
    return _included(page, opened, target, data, blocks)


def _included(page: Page, opened: Directive, target: paths.Target, data: bytes, blocks: Render) -> str:
    content, found = text.decode(data[: text.LARGEST], target.path)
    page.diagnostics += found
    if target.extension not in paths.PAGES:
        language = opened.attributes.values.get("lang", target.extension)
        return page.block_hole(code_block(content, language)) + "\n"
    _, body, found = front_matter.split(content, target.path)
    page.diagnostics += found
    outer = page.env
    with page.inside(target.path, body, opened.line):
        inner = tokens_of(page, body)
        markup = blocks(page, inner)
    page.env = outer
    return markup


def _quiz_set(page: Page, opened: Directive, tokens: list[Token], blocks: Render) -> str:
    words, wanted, rest = _title(page, opened, tokens, blocks)
    if wanted and not opened.attributes.id and not opened.title:
        opened = msgspec.structs.replace(
            opened, attributes=msgspec.structs.replace(opened.attributes, id=wanted)
        )
    return quiz.render_set(page, opened, words, rest, blocks)


def _quiz(page: Page, opened: Directive, tokens: list[Token], blocks: Render) -> str:
    return quiz.render(page, opened, tokens, blocks)


_HANDLERS: dict[str, _Handler] = {
    **dict.fromkeys((*_NOTES, *_SECTIONS), _box),
    **dict.fromkeys(_FOLDED, _details),
    **dict.fromkeys(("task", "hints", "choices", "feedback", "screen-only", "print-only"), _plain),
    "instructor": _instructor,
    "tabs": _tabs,
    "tab": _tab,
    "figure": _figure,
    "video": _media,
    "audio": _media,
    "slides": _slides,
    "include": _include,
    "quiz": _quiz,
    "quiz-set": _quiz_set,
}
_QUIET = {"task", "hints", "choices", "feedback", "screen-only", "print-only", "question"}
