"""SVG from strangers: only what draws is kept (an allowlist), so that the file is safe even when opened by itself.

SVG 2 and its XML are read as a stream with defusedxml: no DTD entities, bounded depth, size and expansion.
"""

import base64
import binascii
import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import ParseError
from xml.sax.saxutils import escape

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from coursepack.tools.images import BadImage, check_embedded
from coursepack.tools.svg_css import filter_declarations, filter_sheet, is_inert
from coursepack.tools.svg_names import ATTRIBUTES, ELEMENTS, NOT_ANIMATED

MAX_BYTES = 20_000_000
MAX_DEPTH = 256
MAX_ELEMENTS = 200_000
MAX_DRAWN = 500_000
"""Elements once every `<use>` is expanded: nested uses grow exponentially."""

_SVG = "{http://www.w3.org/2000/svg}"
_XLINK = "{http://www.w3.org/1999/xlink}"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_ANIMATION = frozenset({"animate", "set", "animateTransform", "animateMotion"})
_DATA_IMAGE = re.compile(r"data:image/(?:png|jpe?g|gif|webp|avif);base64,([A-Za-z0-9+/=\s%]+)\Z", re.I)
_LENGTH = re.compile(r"\s*([0-9]*\.?[0-9]+(?:e[+-]?[0-9]+)?)\s*(px|pt|pc|mm|cm|in|q|em|rem|ex)?\s*\Z", re.I)
_PX = {
    "": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0, "q": 96 / 101.6,
    "em": 16.0, "rem": 16.0, "ex": 8.0,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class CleanSvg:
    """A safe drawing and its natural size in CSS pixels."""

    data: bytes
    width: int
    height: int
    removed: tuple[str, ...]
    """Names of what was active or reached outside and is gone, sorted; editors' private data is not counted."""


def sanitise(data: bytes) -> bytes:
    """`data` with only what draws, serialised in one way. Raises BadImage (CP254-CP256)."""
    return clean(data).data


def clean(data: bytes) -> CleanSvg:
    """`sanitise`, with the size and what was removed. Raises BadImage (CP254-CP256)."""
    if len(data) > MAX_BYTES:
        raise BadImage("CP256", what=f"{len(data) // 1_000_000} MB")
    writer = _Writer()
    parser = DefusedXMLParser(target=writer, forbid_dtd=False, forbid_entities=True, forbid_external=True)
    try:
        parser.feed(data)
        parser.close()
    except DefusedXmlException as e:
        raise BadImage("CP255", name=getattr(e, "name", "") or "DTD") from e
    except (ParseError, ValueError, LookupError) as e:
        raise BadImage("CP254", reason=str(e)[:120]) from e
    if writer.drawn() > MAX_DRAWN:
        raise BadImage("CP256", what=f"<use> > {MAX_DRAWN}")
    width, height = writer.size
    return CleanSvg("".join(writer.out).encode(), width, height, tuple(sorted(writer.removed)))


@dataclass(slots=True)
class _Writer:
    """Parser target that writes as it reads: there is no tree to overflow."""

    out: list[str] = field(default_factory=list)
    removed: set[str] = field(default_factory=set)
    size: tuple[int, int] = (0, 0)
    _open: list[tuple[str, str]] = field(default_factory=list)
    """(element name, id) of each kept ancestor."""
    _skipping: int = 0
    _elements: int = 0
    _style: list[str] | None = None
    _bare: bool = False
    """The root has no namespace: a frequent slip that browsers punish with a blank image."""
    _own: dict[str, int] = field(default_factory=dict)
    _draws: dict[str, list[str]] = field(default_factory=dict)
    _ids: set[str] = field(default_factory=set)
    _styled: bool = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._count()
        name = self._name(tag)
        if self._skipping or not self._kept(name, tag, attributes):
            self._skipping += 1
            return
        clean_attributes = self._attributes(name, attributes)
        root = not self._open
        if root:
            self._measure(clean_attributes)
        self._drop_second_id(clean_attributes)
        self._note(name, clean_attributes)
        self._open.append((name, clean_attributes.get("id", "")))
        if name == "style":
            self._style = []
            self._styled = True
            return
        heads = {"xmlns": _SVG[1:-1], "xmlns:xlink": _XLINK[1:-1]} if root else {}
        self.out.append(f"<{name}{''.join(_attribute(k, v) for k, v in (heads | clean_attributes).items())}>")

    def end(self, tag: str) -> None:
        if self._skipping:
            self._skipping -= 1
            return
        name, _ = self._open.pop()
        if name == "style":
            self._end_style()
        elif self.out[-1].startswith(f"<{name}") and not self.out[-1].startswith("</"):
            self.out[-1] = self.out[-1][:-1] + "/>"
        else:
            self.out.append(f"</{name}>")

    def data(self, text: str) -> None:
        if self._skipping:
            return
        if self._style is not None:
            self._style.append(text)
        elif text:
            self.out.append(escape(text))

    def close(self) -> None:
        """Part of the parser target interface."""

    def _count(self) -> None:
        self._elements += 1
        if self._elements > MAX_ELEMENTS:
            raise BadImage("CP256", what=f"> {MAX_ELEMENTS} elements")
        if len(self._open) + self._skipping > MAX_DEPTH:
            raise BadImage("CP256", what=f"> {MAX_DEPTH} levels")

    def _name(self, tag: str) -> str:
        """Local name of an SVG element; "" for one of another namespace."""
        if self._elements == 1:
            self._bare = tag == "svg"
            if not self._bare and tag != f"{_SVG}svg":
                raise BadImage("CP254", reason=f"<{tag.rpartition('}')[2]}>")
        if self._bare and not tag.startswith("{"):
            return tag
        return tag[len(_SVG) :] if tag.startswith(_SVG) else ""

    def _kept(self, name: str, tag: str, attributes: dict[str, str]) -> bool:
        if name not in ELEMENTS:
            drawing = tag.startswith(_SVG) or (self._bare and not tag.startswith("{"))
            if (drawing and name != "metadata") or tag.endswith("}script"):
                self.removed.add(f"<{name or 'script'}>")
            return False
        if name in _ANIMATION and name not in ("animateMotion", "animateTransform"):
            target = attributes.get("attributeName", "").strip()
            if target not in ATTRIBUTES or target in NOT_ANIMATED:
                self.removed.add(f"<{name} attributeName={target}>")
                return False
        return True

    def _attributes(self, element: str, attributes: dict[str, str]) -> dict[str, str]:
        kept: dict[str, str] = {}
        for full, value in attributes.items():
            name = full.replace(_XLINK, "xlink:").replace(_XML, "xml:")
            if name in ("href", "xlink:href"):
                safe = self._href(element, value)
                if safe is not None and (name == "href" or "href" not in attributes):
                    kept[name] = safe
            elif name == "style":
                if style := self._noted(filter_declarations(value), value):
                    kept[name] = style
            elif name in ATTRIBUTES or name.startswith("aria-"):
                if name.startswith("aria-") or is_inert(value):
                    kept[name] = value
                else:
                    self.removed.add(name)
            elif name.lower().startswith("on"):
                self.removed.add(name)
        return kept

    def _noted(self, kept: str, original: str) -> str:
        if not is_inert(original):
            self.removed.add("url()")
        return kept

    def _href(self, element: str, value: str) -> str | None:
        value = value.strip()
        if value.startswith("#") and not re.search(r"[\s<>\"']", value):
            return value
        if element in ("image", "feImage") and (m := _DATA_IMAGE.match(value)):
            try:
                check_embedded(base64.b64decode(re.sub(r"\s|%0[aAdD]", "", m[1])))
            except (BadImage, binascii.Error):
                self.removed.add("data:")
                return None
            return re.sub(r"\s|%0[aAdD]", "", value)
        if value:
            self.removed.add("href")
        return None

    def _end_style(self) -> None:
        text = "".join(self._style or ())
        self._style = None
        if kept := self._noted(filter_sheet(text), text):
            self.out.append(f"<style>{escape(kept)}</style>")

    def _measure(self, root: dict[str, str]) -> None:
        """Natural size by SVG 2's rules; a missing viewBox is added, so that the drawing scales with its box."""
        box = [
            float(n) for n in re.findall(r"-?[0-9]*\.?[0-9]+(?:e[+-]?[0-9]+)?", root.get("viewBox", ""), re.I)
        ]
        has_box = len(box) == 4 and box[2] > 0 and box[3] > 0
        width, height = _pixels(root.get("width", "")), _pixels(root.get("height", ""))
        if has_box:
            ratio = box[2] / box[3]
            if width and not height:
                height = width / ratio
            elif height and not width:
                width = height * ratio
            elif not width:
                width, height = box[2], box[3]
        elif width and height:
            root["viewBox"] = f"0 0 {width:g} {height:g}"
        self.size = (_whole(width or 300), _whole(height or 150))

    def _drop_second_id(self, attributes: dict[str, str]) -> None:
        # References mean the first of several elements with one id (SVG 2, 5.9); only a style sheet means them all.
        own = attributes.get("id", "")
        if own in self._ids and not self._styled:
            del attributes["id"]
        elif own:
            self._ids.add(own)

    def _note(self, name: str, attributes: dict[str, str]) -> None:
        """Counts the element for its nearest ancestor or self with an id, and links ids that draw one another."""
        above = next((i for _, i in reversed(self._open) if i), "")
        own = attributes.get("id", "")
        if own:
            self._draws.setdefault(above, []).append(own)
        owner = own or above
        self._own[owner] = self._own.get(owner, 0) + 1
        if name == "use":
            target = attributes.get("href", attributes.get("xlink:href", ""))[1:]
            self._draws.setdefault(owner, []).append(target)

    def drawn(self) -> int:
        """Elements after expanding every use, capped; a cycle draws nothing (browsers refuse it)."""
        known: dict[str, int] = {}
        above: set[str] = set()

        def count(i: str) -> int:
            if i in above:
                return 0
            if len(above) > 2 * MAX_DEPTH:
                return MAX_DRAWN + 1
            if i not in known:
                above.add(i)
                total = self._own.get(i, 0)
                for target in self._draws.get(i, ()):
                    total = min(total + count(target), MAX_DRAWN + 1)
                above.discard(i)
                known[i] = total
            return known[i]

        return count("")


def _attribute(name: str, value: str) -> str:
    return (
        f' {name}="{escape(value, {chr(34): "&quot;", chr(10): "&#10;", chr(9): "&#9;", chr(13): "&#13;"})}"'
    )


def _pixels(length: str) -> float:
    m = _LENGTH.match(length)
    return float(m[1]) * _PX[(m[2] or "").lower()] if m else 0.0


def _whole(value: float) -> int:
    return max(1, min(round(value), 100_000))
