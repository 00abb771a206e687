"""Links, images and media of one page as HTML with typed holes."""

import re
from html import escape

from markdown_it.token import Token

from coursepack.model.document import Image, Media, TitleOf
from coursepack.source import media_names, paths
from coursepack.source.attributes import NONE, Attributes
from coursepack.source.page import LinkKind, Page
from coursepack.source.text import clean, readable_name, unmarked

_CLASS = re.compile(r"[^\W\d_][\w-]*\Z")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*\Z")
_SIZE = re.compile(r"(\d{1,4})(?:\.\d+)?(px|%)?\Z")
_RTL = ("ar", "he", "fa", "ur", "ps", "sd", "ug", "yi", "dv")


def plain(children: list[Token] | None) -> str:
    """The text of inlines, as for an `alt`."""
    out: list[str] = []
    for child in children or ():
        if child.type in ("text", "code_inline", "math_inline"):
            out.append(child.content)
        elif child.type == "image":
            out.append(plain(child.children))
        elif child.type in ("softbreak", "hardbreak"):
            out.append(" ")
        elif child.type == "role" and child.meta["name"] not in ("label", "eqlabel", "width"):
            out.append(child.meta["content"])
    return unmarked("".join(out))


def media_kind(target: paths.Target) -> LinkKind | None:
    """What player a target needs; None when it is no media file."""
    if target.kind != "file":
        return None
    if target.extension in media_names.VIDEOS:
        return "video"
    return "audio" if target.extension in media_names.AUDIOS else None


def open_link(page: Page, token: Token, span: list[int] | None, *, empty: bool) -> tuple[str, str]:
    """(opening, closing) HTML for a `link_open`; both "" when the address is refused."""
    href = unmarked(str(token.attrs.get("href", "")))
    place = page.find(href, span, "[" if token.info != "auto" else "<")
    target = paths.resolve(href, page.folder)
    title = str(token.attrs.get("title", ""))
    return link_markup(page, target, href, place, title=title, empty=empty)


def link_markup(
    page: Page,
    target: paths.Target,
    href: str,
    place: tuple[int, int],
    *,
    title: str = "",
    empty: bool = False,
) -> tuple[str, str]:
    """(opening, closing) HTML of a link to `target`."""
    tip = f' title="{escape(title)}"' if title else ""
    if page.in_link:
        return "", ""
    if target.kind == "external":
        rel = ' rel="noopener"' if target.scheme.startswith("http") else ""
        return f'<a href="{escape(target.url)}"{rel}{tip}>', f"{escape(target.url) if empty else ''}</a>"
    if target.kind not in ("page", "file"):
        page.refuse(target, href, place)
        return "", escape(href) if empty and href else ""
    words = ""
    if empty and target.kind == "page" and target.path:
        words = page.hole(TitleOf(target.path))
    elif empty:
        words = escape(target.fragment.replace("-", " ") or target.path.rpartition("/")[2])
    page.link(target.kind, target, place, title_text=empty and target.kind == "page" and bool(target.path))
    return f'<a href="{page.address(target)}"{tip}>', f"{words}</a>"


def image(page: Page, token: Token, span: list[int] | None) -> str:
    """An image, a player, or what stands in for one that cannot be shown."""
    src = unmarked(str(token.attrs.get("src", "")))
    attributes: Attributes = token.meta.get("attributes", NONE)
    alt = attributes.values.get("alt")
    alt = alt if alt is not None else (plain(token.children).strip() or None)
    place = page.find(src, span, "![")
    title = unmarked(str(token.attrs.get("title", "")))
    return picture(page, src, alt, place, title=title, attributes=attributes)


def picture(
    page: Page,
    src: str,
    alt: str | None,
    place: tuple[int, int],
    *,
    title: str = "",
    attributes: Attributes = NONE,
) -> str:
    """The HTML of the image or media file at `src`."""
    target = paths.resolve(src, page.folder)
    if target.kind == "external":
        return _remote(page, target, alt, place)
    kind = media_kind(target)
    if kind:
        return player(page, kind, target, alt, place)
    if target.kind != "file":
        if target.kind == "page":
            page.report("CP136", *place, target=src[:200])
        else:
            page.refuse(target, src, place)
        return escape(alt or "")
    width, css_class = size(attributes)
    page.link("image", target, place, alt=alt)
    page.last_text = escape(alt or "")
    return page.hole(Image(target.path, alt, clean(title), width, css_class))


def size(attributes: Attributes) -> tuple[int, str]:
    """(width in CSS pixels or 0, classes) that attributes ask for; a share of the width becomes a class."""
    classes = [
        c for c in (*attributes.classes, *attributes.values.get("class", "").split()) if _CLASS.match(c)
    ]
    m = _SIZE.match(attributes.values.get("width", "").strip())
    width = 0
    if m and m[2] == "%":
        classes.append(f"width-{min(100, max(10, round(int(m[1]), -1)))}")
    elif m:
        width = int(m[1])
    return width, " ".join(classes)


def _remote(page: Page, target: paths.Target, alt: str | None, place: tuple[int, int]) -> str:
    page.report("CP134", *place, url=target.url[:200])
    words = escape(alt) if alt else page.words("image")
    if page.in_link:
        return words
    return f'<a href="{escape(target.url)}" rel="noopener">{words}</a>'


def player(
    page: Page,
    kind: LinkKind,
    target: paths.Target,
    words: str | None,
    place: tuple[int, int],
    *,
    poster: str = "",
) -> str:
    """A video or audio player, between blocks."""
    page.players += 1
    page.link(kind, target, place, alt=words or None)
    name = words or readable_name(target.path.rpartition("/")[2].rpartition(".")[0] + ".md")
    which = "video" if kind == "video" else "audio"
    return page.block_hole(Media(which, target.path, name, poster, page.players))  # type: ignore[arg-type]


def poster_link(page: Page, children: list[Token], span: list[int] | None) -> str | None:
    """`[![alt](poster.jpg)](clip.mp4)`: the player; None when the link is something else."""
    inner = [c for c in children[1:-1] if not (c.type == "text" and not c.content.strip())]
    if len(inner) != 1 or inner[0].type != "image":
        return None
    href = unmarked(str(children[0].attrs.get("href", "")))
    target = paths.resolve(href, page.folder)
    kind = media_kind(target)
    src = unmarked(str(inner[0].attrs.get("src", "")))
    still = paths.resolve(src, page.folder)
    if kind is None or still.kind != "file" or media_kind(still):
        return None
    words = inner[0].meta.get("attributes", NONE).values.get("alt") or plain(inner[0].children) or None
    place = page.find(src, span, "![")
    page.link("poster", still, place, alt=words)
    return player(page, kind, target, words, place, poster=still.path)


def language_attributes(language: str, direction: str = "") -> str:
    """` lang="yue"`, with `dir` for scripts written from the right; "" when it is no language tag."""
    if not _LANGUAGE.match(language):
        return ""
    if direction not in ("ltr", "rtl", "auto"):
        direction = "rtl" if language.lower().split("-")[0] in _RTL else ""
    return f' lang="{language}"' + (f' dir="{direction}"' if direction else "")


def span_attributes(attributes: Attributes) -> str:
    """The attributes of `[words]{...}` that a `<span>` may carry."""
    found = language_attributes(attributes.values.get("lang", ""), attributes.values.get("dir", ""))
    classes = [
        c for c in (*attributes.classes, *attributes.values.get("class", "").split()) if _CLASS.match(c)
    ]
    return found + (f' class="{escape(" ".join(classes))}"' if classes else "")
