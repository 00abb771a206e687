"""LaTeX formulas to presentation MathML Core."""

import functools
import html
import re
from xml.etree import ElementTree as ET

LONGEST = 4_000
"""Characters of a formula that is still converted."""

# MathML Core, and what of it a converter may write. Everything else is dropped: `href`, `style` and `class` come
# straight from the author's LaTeX.
_ARITY = {
    "mfrac": 2,
    "msub": 2,
    "msup": 2,
    "munder": 2,
    "mover": 2,
    "mroot": 2,
    "msubsup": 3,
    "munderover": 3,
}
_ELEMENTS = frozenset(_ARITY) | {
    "math", "mrow", "mi", "mn", "mo", "mtext", "mspace", "ms", "msqrt", "mstyle", "mpadded", "mphantom",
    "mtable", "mtr", "mtd", "merror", "mmultiscripts",
}  # fmt: skip
_ATTRIBUTES = {
    "math": {"display"},
    "mo": {"stretchy", "fence", "separator", "form", "minsize", "maxsize", "lspace", "rspace", "movablelimits",
           "largeop", "symmetric"},
    "mspace": {"width", "height", "depth"},
    "mpadded": {"width", "height", "depth", "lspace", "voffset"},
    "mfrac": {"linethickness"},
    "mtd": {"columnspan", "rowspan"},
    "mover": {"accent"},
    "munder": {"accentunder"},
    "munderover": {"accent", "accentunder"},
    "mi": {"mathvariant"},
}  # fmt: skip
_EVERYWHERE = {"displaystyle", "scriptlevel", "mathcolor", "mathbackground", "mathsize"}
_VALUE = re.compile(r"[#\w.+-]{1,40}%?\Z")
_REFERENCE = re.compile(r"&#x([0-9A-Fa-f]{1,6});")
_ALIGNED = re.compile(r"\\(begin|end)\{(aligned|alignat\*?|gathered|split|eqnarray\*?|multline\*?)\}")
_LABEL = re.compile(r"\\(?:label|tag)\*?\{[^{}]*\}")


@functools.lru_cache(maxsize=1024)
def mathml(latex: str, *, display: bool) -> str | None:
    """A `<math>` element, or None when the formula cannot be read."""
    if len(latex) > LONGEST or not latex.strip():
        return None
    # Costs 15 ms; most lessons have no formula.
    from latex2mathml import exceptions
    from latex2mathml.converter import convert_to_element

    known: tuple[type[Exception], ...] = tuple(
        e for e in vars(exceptions).values() if isinstance(e, type) and issubclass(e, Exception)
    )
    # What the converter raises on formulas it was not made for, beside its own exceptions.
    unforeseen = (ValueError, LookupError, TypeError, AttributeError, StopIteration, RuntimeError)
    source = _ALIGNED.sub(r"\\\1{align*}", _LABEL.sub("", latex))
    try:
        root = convert_to_element(source, display="block" if display else "inline")
    except known + unforeseen:
        return None
    root.attrib.pop("xmlns", None)
    try:
        if not _sound(root, 0):
            return None
        return ET.tostring(root, encoding="unicode", short_empty_elements=False)
    except RecursionError:
        return None


def _sound(e: ET.Element, depth: int) -> bool:
    """Cleans `e`; False when it holds a command that was not understood or lacks an operand."""
    if depth > 100 or e.tag not in _ELEMENTS or len(e) not in (_ARITY.get(e.tag, len(e)),):
        return False
    e.text = _characters(e.text)
    e.tail = _characters(e.tail)
    if e.tag == "mi" and e.text and e.text.startswith("\\"):
        return False
    allowed = _ATTRIBUTES.get(e.tag, set()) | _EVERYWHERE
    for name, value in list(e.attrib.items()):
        if name not in allowed or not _VALUE.match(value) or (name == "mathvariant" and value != "normal"):
            del e.attrib[name]
    # Every child is cleaned, also after one that is not sound.
    sound = [_sound(child, depth + 1) for child in e]
    return all(sound)


def _characters(text: str | None) -> str | None:
    """The converter writes character references as text."""
    if not text or "&" not in text:
        return text
    return _REFERENCE.sub(lambda m: html.unescape(m[0]), text)
