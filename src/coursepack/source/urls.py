"""Output paths that are safe on every file system, in every URL and in every archive."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable

MAX_BYTES = 80
"""Of one part of a path, before its extension and number."""

RESERVED_TOP = ("static", "media", "contents", "search", "saved", "icons")
"""Names at the top of an edition that the site needs for itself."""

# What Windows takes for a device, whatever the extension.
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])", re.IGNORECASE)
_PLAIN = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")


def slug(name: str, *, fallback: str = "page") -> str:
    """`name` as a part of a path: NFC; letters, marks and digits of any script kept; other runs become one hyphen.

    Never empty, never more than 80 bytes of UTF-8, never a name that Windows reserves. Different names may give
    the same slug: see `unique_paths`. Based on general categories (Unicode, chapter 4.5), so neither bidirectional
    controls nor zero-width characters nor emoji survive.
    """
    if len(name) <= MAX_BYTES and _PLAIN.fullmatch(name):
        text = name
    else:
        text = "-".join(_words(unicodedata.normalize("NFC", name)))
        if not text:
            text = f"{fallback}-{_short_digest(name)}"
        if len(text.encode()) > MAX_BYTES:
            text = f"{_cut(text, MAX_BYTES - 9)}-{_short_digest(name)}"
    return f"{text}-{fallback}" if _DEVICES.fullmatch(text) else text


def _words(text: str) -> list[str]:
    kept = "".join(char if _kept(char) else "" if _invisible(char) else " " for char in text)
    return kept.split()


def _kept(char: str) -> bool:
    if char.isascii():
        return char.isalnum()
    category = unicodedata.category(char)
    # Mn holds the variation selectors that follow emoji; Me the keycap.
    return category[0] in "LN" or (category in {"Mn", "Mc"} and not 0xFE00 <= ord(char) <= 0xFE0F)


def _invisible(char: str) -> bool:
    # Dropped without a hyphen: a zero-width space inside a word does not part it.
    return unicodedata.category(char) == "Cf"


def _cut(text: str, size: int) -> str:
    return text.encode()[:size].decode("utf-8", "ignore").rstrip("-")


def _short_digest(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def fold(path: str) -> str:
    """The key under which two paths are one file on some systems: case and composition do not count."""
    if path.isascii():
        return path.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def unique_paths(ids: Iterable[str], reserved: Iterable[str] = ()) -> dict[str, str]:
    """Page id -> output path ("a/index" -> "a/index.html"), no two the same to a file system that folds case.

    Which of two gets the number is decided by order of id, so adding a page never moves one that sorts before it.
    `reserved` names are kept free at the top, as folder and as page.
    """
    taken = {fold(name) for name in (*reserved, *(f"{name}.html" for name in reserved))}
    folders: dict[str, str] = {"": ""}
    pages: dict[str, str] = {}
    for page in sorted(ids):
        folder, _, name = page.rpartition("/")
        base = _folder(folder, folders, taken)
        pages[page] = _free(base, slug(name), ".html", taken)
    return pages


def _folder(folder: str, folders: dict[str, str], taken: set[str]) -> str:
    known = folders.get(folder)
    if known is None:
        above, _, name = folder.rpartition("/")
        base = _folder(above, folders, taken)
        known = folders[folder] = _free(base, slug(name, fallback="folder"), "", taken) + "/"
    return known


def _free(base: str, stem: str, extension: str, taken: set[str]) -> str:
    number = 1
    path = f"{base}{stem}{extension}"
    while fold(path) in taken:
        number += 1
        path = f"{base}{stem}-{number}{extension}"
    taken.add(fold(path))
    return path
