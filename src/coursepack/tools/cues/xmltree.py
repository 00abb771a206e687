"""XML from strangers, as a small tree: no entities, no other files, bounded size and depth, line numbers."""

from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import XMLParser

_MAX_ELEMENTS = 400_000
_MAX_DEPTH = 100
LINE = "\0line"
"""Attribute that holds an element's line; no XML attribute can have this name."""


class BadXml(Exception):
    """Not well-formed, or not safe to read. `line` is 0 when unknown."""

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line


class _Builder(TreeBuilder):
    def __init__(self) -> None:
        super().__init__()
        self.depth = self.count = self.line = 0
        self.expat: object = None

    def start(self, tag: str, attrs: dict[str, str]) -> Element:
        self.depth += 1
        self.count += 1
        self.line = getattr(self.expat, "CurrentLineNumber", 0)
        if self.depth > _MAX_DEPTH:
            raise BadXml("too deeply nested", self.line)
        if self.count > _MAX_ELEMENTS:
            raise BadXml("too many elements", self.line)
        element = super().start(tag, attrs)
        element.set(LINE, str(self.line))
        return element

    def end(self, tag: str) -> Element:
        self.depth -= 1
        return super().end(tag)


def parse_xml(text: str) -> Element:
    """The root element of `text`. Raises BadXml."""
    builder = _Builder()
    parser = XMLParser(target=builder, forbid_dtd=False, forbid_entities=True, forbid_external=True)
    builder.expat = parser.parser
    try:
        parser.feed(text)
        root = parser.close()
    except ParseError as e:
        raise BadXml(str(e.msg), e.position[0]) from e
    except DefusedXmlException as e:
        raise BadXml("entities and external references are not read", builder.line) from e
    if not isinstance(root, Element):
        raise BadXml("no root element", 0)
    return root


def local(name: object) -> str:
    """The local part of an element's or attribute's name; drafts of TTML differ only in their namespaces."""
    return name.rsplit("}", 1)[-1] if isinstance(name, str) else ""


def attribute(element: Element, name: str) -> str:
    """The attribute with that local name, in any namespace, or ""."""
    value = element.get(name)
    if value is not None:
        return value
    return next((v for k, v in element.items() if local(k) == name), "")
