"""The words of a TTML paragraph as WebVTT cue text, with what styling captions can carry."""

import re
from xml.etree.ElementTree import Element

from coursepack.tools.cues.markup import escape
from coursepack.tools.cues.placement import join_settings
from coursepack.tools.cues.xmltree import attribute, local

_SKIPPED = {"metadata", "desc", "title", "set", "animate", "agent", "name", "image", "copyright", "audio"}
_VERTICAL = {"tbrl": "rl", "tb": "rl", "tblr": "lr"}
_MAX_STYLES = 2000
_MAX_CHAIN = 10
_WORDS = re.compile(r"[ \t\r\n]+")


class Styles:
    """The styles, regions and agents of a document's head, looked up by id."""

    def __init__(self, root: Element) -> None:
        self._by_id: dict[str, Element] = {}
        self._agents: dict[str, str] = {}
        self._cache: dict[str, dict[str, str]] = {}
        for head in (e for e in root if local(e.tag) == "head"):
            for element in head.iter():
                self._remember(element)

    def _remember(self, element: Element) -> None:
        name, key = local(element.tag), attribute(element, "id")
        if name in ("style", "region") and key and len(self._by_id) < _MAX_STYLES:
            self._by_id.setdefault(key, element)
        elif name == "agent" and key:
            words = [" ".join("".join(e.itertext()).split()) for e in element if local(e.tag) == "name"]
            self._agents[key] = next((w for w in words if w), "")

    def of(self, element: Element) -> dict[str, str]:
        """The style properties that the element itself says: referenced styles, then its own attributes."""
        found = dict(self._referenced(attribute(element, "style"), _MAX_CHAIN))
        found.update((local(k), v) for k, v in element.items())
        return found

    def _referenced(self, ids: str, depth: int) -> dict[str, str]:
        found: dict[str, str] = {}
        for key in ids.split()[:20]:
            element = self._by_id.get(key)
            if element is None or depth == 0:
                continue
            if key not in self._cache:
                # Set before the descent: a style that refers to itself ends there.
                self._cache[key] = {}
                own = dict(self._referenced(attribute(element, "style"), depth - 1))
                own.update((local(k), v) for k, v in element.items())
                self._cache[key] = own
            found.update(self._cache[key])
        return found

    def agent(self, *elements: Element) -> str:
        """The speaker's name of the first element that has one, or ""."""
        for element in elements:
            for key in attribute(element, "agent").split():
                if self._agents.get(key):
                    return self._agents[key]
        return ""

    def settings(self, p: Element, div: Element) -> str:
        """WebVTT settings nearest to the paragraph's region and alignment."""
        region = self._by_id.get(attribute(p, "region") or attribute(div, "region"))
        look: dict[str, str] = {}
        if region is not None:
            look |= self.of(region)
            for child in region:
                look |= self.of(child)
        look |= {k: v for k, v in self.of(div).items() if k == "textAlign"}
        look |= {
            k: v
            for k, v in self.of(p).items()
            if k in ("textAlign", "displayAlign", "writingMode", "origin", "extent")
        }
        out: dict[str, str] = {}
        if look.get("writingMode") in _VERTICAL:
            out["vertical"] = _VERTICAL[look["writingMode"]]
        else:
            out["line"] = _line_setting(look)
        if look.get("textAlign") in ("left", "right", "start", "end"):
            out["align"] = look["textAlign"]
        return join_settings({k: v for k, v in out.items() if v})


def _line_setting(look: dict[str, str]) -> str:
    """Top, middle or (the default) bottom third of the picture."""
    origin, extent = _second_percent(look.get("origin", "")), _second_percent(look.get("extent", ""))
    align = look.get("displayAlign", "")
    if origin is None:
        return {"before": "0", "center": "50%"}.get(align, "")
    height = extent if extent is not None else 100 - origin
    place = origin + {"center": height / 2, "after": height}.get(align, 0)
    if place < 100 / 3:
        return "0"
    return "50%" if place < 60 and align != "after" else ""


def _second_percent(text: str) -> float | None:
    match = re.fullmatch(r"\s*[0-9.]{1,12}%\s+([0-9]{1,3}(?:\.[0-9]{1,9})?)%\s*", text)
    return float(match[1]) if match else None


def paragraph_markup(p: Element, styles: Styles, div: Element) -> str:
    """The paragraph's text with italics, bold, underline, ruby, language; white space as TTML says."""
    look = {**styles.of(div), **styles.of(p)}
    keep = attribute(p, "space") == "preserve" or attribute(div, "space") == "preserve"
    parts = _content(p, styles, look, keep=keep)
    if keep:
        return parts
    # "default" white space: runs collapse, none around line breaks.
    return re.sub(r" *\n *", "\n", re.sub(r" +", " ", parts)).strip()


def _content(element: Element, styles: Styles, look: dict[str, str], *, keep: bool) -> str:
    out = [_text(element.text, look, keep=keep)]
    for child in element:
        out.append(_child(child, styles, look, keep=keep))
        out.append(_text(child.tail, look, keep=keep))
    return "".join(out)


def _child(child: Element, styles: Styles, look: dict[str, str], *, keep: bool) -> str:
    name = local(child.tag)
    if name == "br":
        return "\n"
    if name != "span":
        return ""
    own = styles.of(child)
    keep = own.get("space", "preserve" if keep else "") == "preserve"
    ruby = own.get("ruby", "")
    inherited = {**look, **{k: v for k, v in own.items() if k in _INHERITED}}
    if ruby == "container":
        return _ruby(child, styles, inherited, keep=keep)
    if ruby in ("text", "delimiter", "textContainer"):
        return ""
    inside = _content(child, styles, inherited, keep=keep)
    voice = styles.agent(child)
    if voice:
        inside = f"<v {escape(voice)}>{inside}</v>"
    language = own.get("lang", "")
    return (
        f"<lang {escape(language)}>{inside}</lang>" if language and language != look.get("lang") else inside
    )


_INHERITED = ("fontStyle", "fontWeight", "textDecoration", "lang")


def _ruby(container: Element, styles: Styles, look: dict[str, str], *, keep: bool) -> str:
    base: list[str] = []
    text: list[str] = []
    for child in container.iter():
        kind = styles.of(child).get("ruby", "") if local(child.tag) == "span" else ""
        if kind == "base":
            base.append(_content(child, styles, look, keep=keep).strip())
        elif kind == "text":
            text.append(_content(child, styles, look, keep=keep).strip())
    # Words between the parts belong to no part; they follow, with the blanks they had.
    tail = escape(_WORDS.sub(" ", "".join(child.tail or "" for child in container)))
    if not base or not text:
        return "".join(base) + tail
    return f"<ruby>{''.join(base)}<rt>{''.join(text)}</rt></ruby>{tail}"


def _text(text: str | None, look: dict[str, str], *, keep: bool) -> str:
    if not text:
        return ""
    words = escape(text if keep else _WORDS.sub(" ", text))
    if not words.strip():
        return words
    if "underline" in look.get("textDecoration", "").split():
        words = f"<u>{words}</u>"
    if look.get("fontStyle") in ("italic", "oblique"):
        words = f"<i>{words}</i>"
    if look.get("fontWeight") == "bold":
        words = f"<b>{words}</b>"
    return words
