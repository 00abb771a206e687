"""`<a>`, `<img>`, `<video>`, `<iframe>` ... of raw HTML: into holes for what is in the course, links for what is not."""

import re
from html import escape

from coursepack.model.document import TitleOf
from coursepack.source import links, paths
from coursepack.source.attributes import Attributes
from coursepack.source.page import HOLE, Page, RawTag, Reference
from coursepack.source.raw_node import Node, text_of

_TRACK_ROLES = {
    "subtitles": "captions", "captions": "captions", "descriptions": "descriptions", "chapters": "chapters",
    "metadata": "metadata", "": "captions",
}  # fmt: skip


def replace(page: Page, root: Node) -> None:
    """Replaces the embeds below `root`, in the order of the document."""
    _replace(page, root, in_link=False)


def _replace(page: Page, node: Node, *, in_link: bool) -> None:
    children: list[Node | str] = []
    for child in node.children:
        if isinstance(child, str):
            children.append(_without_links(page, child) if in_link else child)
            continue
        if child.tag == "a":
            children += _anchor(page, child, in_link=in_link)
            continue
        made = _embed(page, child, in_link=in_link)
        if made is not None:
            children += made
            continue
        _note_heading(page, child)
        _replace(page, child, in_link=in_link)
        children.append(child)
    node.children = children


def _without_links(page: Page, text: str) -> str:
    """Holes that are links by themselves (footnotes, references) as words: a link holds no link."""

    def words(m: re.Match[str]) -> str:
        content = page.holes[int(m[1])] if int(m[1]) < len(page.holes) else ""
        if isinstance(content, Reference):
            return escape(content.label)
        if isinstance(content, str) and ("<a " in content or 'tabindex="0"' in content):
            return re.sub(r"</?a\b[^>]*>| tabindex=\"0\"", "", content)
        return m[0]

    return HOLE.sub(words, text)


def _note_heading(page: Page, node: Node) -> None:
    tag = _tag(page, node)
    if tag and node.tag[:1] == "h" and "data-cp-line" not in node.attributes:
        node.attributes["data-cp-line"] = str(tag.line)


def _tag(page: Page, node: Node) -> RawTag | None:
    number = node.attributes.get("data-cp", "")
    if number.isdecimal() and int(number) < len(page.raw_tags):
        tag = page.raw_tags[int(number)]
        return tag if tag.name == node.tag else None
    return None


def _said(page: Page, node: Node) -> tuple[dict[str, str], tuple[int, int]]:
    """What the author's tag said, and where."""
    tag = _tag(page, node)
    return (tag.attributes, (tag.line, tag.column)) if tag else (node.attributes, (0, 0))


def _anchor(page: Page, node: Node, *, in_link: bool) -> list[Node | str]:
    said, place = _said(page, node)
    href = said.get("href")
    name = said.get("name") or ""
    node.attributes.pop("data-cp", None)
    if name and not node.attributes.get("id"):
        node.attributes["id"] = name
    if href is None:
        node.attributes.pop("href", None)
    if href is None or HOLE.fullmatch(node.attributes.get("href", "")):
        _replace(page, node, in_link=True)
        if href is None and not node.attributes:
            return node.children
        return [node]
    target = paths.resolve(href, page.folder)
    node.attributes.pop("href", None)
    words = target.kind in ("page", "file", "external") and not in_link
    _replace(page, node, in_link=words or in_link)
    if not words:
        if target.kind not in ("page", "file", "external"):
            page.refuse(target, href, place)
        return _unlinked(node)
    if target.kind == "external":
        node.attributes["href"] = target.url
        if not text_of(node).strip():
            node.children = [escape(target.url)]
        return [node]
    empty = not text_of(node).strip()
    if empty:
        is_page = target.kind == "page" and target.path
        node.children = [
            page.hole(TitleOf(target.path)) if is_page else escape(target.path or target.fragment)
        ]
    page.link(
        "page" if target.kind == "page" else "file", target, place, title_text=empty and bool(target.path)
    )
    node.attributes["href"] = page.address(target)
    return [node]


def _unlinked(node: Node) -> list[Node | str]:
    if "id" in node.attributes:
        return [Node("span", {"id": node.attributes["id"]}, node.children)]
    return node.children


def _embed(page: Page, node: Node, *, in_link: bool) -> list[Node | str] | None:
    """What takes the place of an embed; None when `node` is none."""
    if node.tag == "img":
        return _image(page, node, in_link=in_link)
    if node.tag in ("video", "audio"):
        return _player(page, node, in_link=in_link)
    if node.tag == "embed":
        said, place = _said(page, node)
        return _away(page, said.get("src", ""), said.get("title", ""), place, in_link=in_link)
    return [] if node.tag in ("source", "track") else None


def _image(page: Page, node: Node, *, in_link: bool) -> list[Node | str]:
    said, place = _said(page, node)
    if not said.get("src"):
        return []
    attributes = Attributes(values={k: said[k] for k in ("width", "class") if k in said})
    page.in_link += in_link
    alt = said.get("alt")
    made = links.picture(page, said["src"], alt, place, title=said.get("title", ""), attributes=attributes)
    page.in_link -= in_link
    return [_parsed(made)]


def _parsed(markup: str) -> Node | str:
    """What `links` made, as a node where the tree must know that it is a block or a link."""
    if markup.startswith("\ufdd2"):
        return Node("#hole", {}, [markup])
    m = re.fullmatch(r'<a href="([^"]*)" rel="noopener">(.*)</a>', markup, re.DOTALL)
    if m:
        from html import unescape

        return Node("a", {"href": unescape(m[1])}, [m[2]])
    return markup


def _player(page: Page, node: Node, *, in_link: bool) -> list[Node | str]:
    said, place = _said(page, node)
    inner = [c for c in _descendants(node) if c.tag in ("source", "track")]
    candidates = [said.get("src", "")] + [
        _said(page, c)[0].get("src", "") for c in inner if c.tag == "source"
    ]
    candidates = [c for c in candidates if c]
    targets = [(c, paths.resolve(c, page.folder)) for c in candidates]
    local = next((t for _, t in targets if t.kind == "file"), None)
    words = said.get("aria-label") or said.get("title") or None
    if local is None:
        if not targets:
            return []
        source, target = targets[0]
        if target.kind == "external":
            return _away(page, source, words or "", place, in_link=in_link)
        page.refuse(target, source, place)
        return []
    poster = paths.resolve(said["poster"], page.folder) if said.get("poster") else None
    if poster is not None and poster.kind == "file":
        page.link("poster", poster, place)
    kind = links.media_kind(local) or ("video" if node.tag == "video" else "audio")
    still = poster.path if poster is not None and poster.kind == "file" else ""
    mark = links.player(page, kind, local, words, place, poster=still)
    for track in (c for c in inner if c.tag == "track"):
        _track(page, track)
    return [Node("#hole", {}, [mark])]


def _descendants(node: Node) -> list[Node]:
    found: list[Node] = []
    for child in node.children:
        if isinstance(child, Node):
            found += [child, *_descendants(child)]
    return found


def _track(page: Page, node: Node) -> None:
    said, place = _said(page, node)
    source = said.get("src", "")
    target = paths.resolve(source, page.folder)
    if target.kind != "file":
        page.refuse(target, source, place)
        return
    role = _TRACK_ROLES.get(said.get("kind", "").lower(), "metadata")
    page.link("file", target, place, role=role, language=said.get("srclang", ""))


def _away(page: Page, source: str, words: str, place: tuple[int, int], *, in_link: bool) -> list[Node | str]:
    """A link to what is shown elsewhere: the page itself asks no other host for anything."""
    href = f"https:{source}" if source.startswith("//") else source
    target = paths.resolve(href, page.folder)
    if target.kind == "external":
        page.report("CP133", *place, url=target.url[:200])
        shown = escape(words) or f"{page.words('embed')}: {escape(target.url)}"
        return [shown] if in_link else [Node("a", {"href": target.url}, [shown])]
    page.report("CP132", *place, what="<iframe>")
    return []
