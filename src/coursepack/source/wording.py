"""What a page says, as a short digest: by it a translation names the text it was made from."""

import hashlib
import re
import unicodedata

from coursepack.model.document import Outline

LENGTH = 12
"""Hexadecimal digits that an author sees and keeps."""

_SPACE = re.compile(r"\s+")
_WIDE = "\u2e80-\u303f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef"
_BESIDE_WIDE = re.compile(f"(?<=[{_WIDE}]) | (?=[{_WIDE}])")


def wording_digest(title: str, description: str, body: str) -> str:
    """The first digits of the SHA-256 of what is said: front matter's title and description, and the Markdown.

    White space is folded, so that line ends, the width of a paragraph, and indentation do not count; between Chinese
    or Japanese characters, where a new line of the source means nothing, it is dropped.
    """
    said = "\n".join(_folded(part) for part in (title, description, body))
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:LENGTH]


def _folded(text: str) -> str:
    return _BESIDE_WIDE.sub("", _SPACE.sub(" ", unicodedata.normalize("NFC", text)).strip())


def is_outdated(original: Outline, translation: Outline) -> bool:
    """Whether the translation names another text than the original now is; False where it names none."""
    marked = translation.front.translated_from
    return bool(marked and original.wording and marked != original.wording)
