"""Looks over a built site as its readers' browsers would: what it runs, what it fetches, what is missing."""

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator
from html.parser import HTMLParser
from urllib.parse import unquote

_ADDRESSES = frozenset(
    [
        "src",
        "href",
        "poster",
        "data",
        "action",
        "formaction",
        "srcset",
        "background",
        "cite",
        "longdesc",
        "xlink:href",
        "ping",
        "manifest",
    ]
)
_FRAMES = frozenset(["iframe", "object", "embed", "base", "applet", "frame", "frameset"])
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):")
_RESERVED = re.compile(r'[\x00-\x1f\x7f\u202a-\u202e<>:"|?*\\]')
_ACTIVE = re.compile(r"<script|\son\w+\s*=|javascript:|<foreignObject|<!ENTITY|@import", re.I)


class _Page(HTMLParser):
    """Collects `faults` (what, detail)."""

    def __init__(self, name: str, names: frozenset[str]) -> None:
        super().__init__()
        self.name, self.names = name, names
        self.faults: list[tuple[str, str]] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {k: v or "" for k, v in attrs}
        if tag in _FRAMES:
            self.faults.append(("element", tag))
        if (
            tag == "script"
            and "static/" not in given.get("src", "")
            and given.get("type") not in ("application/ld+json", "application/json")
            and given != {"id": "cp-early"}  # allowed by its hash; an id that comes twice is a fault, too
        ):
            self.faults.append(("script", str(given)))
        if tag == "meta" and given.get("http-equiv", "").lower() == "refresh":
            self.faults.append(("refresh", str(given)))
        if given.get("id", "") in self.ids:
            self.faults.append(("id twice", given["id"]))
        self.ids.update(i for i in [given.get("id")] if i)
        for key, value in given.items():
            if key.startswith("on"):
                self.faults.append(("handler", f"{tag} {key}"))
            if key in _ADDRESSES:
                self.faults.extend(self._address(tag, key, value))

    def _address(self, tag: str, key: str, value: str) -> Iterator[tuple[str, str]]:
        many = [x.split()[0] for x in value.split(",") if x.strip()] if key == "srcset" else [value]
        for address in many:
            low = re.sub(r"[\x00-\x20]", "", address).lower()
            scheme = _SCHEME.match(low)
            if tag == "track" and low.startswith("data:text/vtt;base64,"):
                continue  # captions of an offline bundle travel in the page
            if scheme or low.startswith(("//", "\\")):
                if not (tag == "a" and scheme and scheme[1] in {"http", "https", "mailto", "tel"}):
                    yield ("outside", f"{tag} {key}={address}")
                continue
            path = unquote(re.split("[?#]", address)[0])
            target = (
                posixpath.normpath(posixpath.join(posixpath.dirname(self.name), path)) if path else self.name
            )
            if target not in self.names:
                yield ("missing", f"{tag} {key}={address}")


def faults(names: Iterable[str], read: Callable[[str], bytes]) -> list[tuple[str, str, str]]:
    """(file, what, detail) of all that a published tree must not hold. `names` are posix paths below its root."""
    known = frozenset(names)
    return [(name, *fault) for name in sorted(known) for fault in _of_file(name, known, read)]


def _of_file(name: str, known: frozenset[str], read: Callable[[str], bytes]) -> Iterator[tuple[str, str]]:
    parts = name.split("/")
    if {"", ".", ".."} & set(parts) or _RESERVED.search(name) or any(len(p.encode()) > 255 for p in parts):
        yield ("name", repr(name))
    if name.endswith(".html"):
        text = read(name).decode()
        page = _Page(name, known)
        page.feed(text)
        page.close()
        yield from page.faults
        if "Content-Security-Policy" not in text:
            yield ("no policy", name)
    elif name.endswith(".svg"):
        text = read(name).decode()
        if _ACTIVE.search(text) or re.search(r"""(href|src)\s*=\s*["'](?!#|data:image/)""", text):
            yield ("svg", text[:200])
    elif name.endswith(".m3u8"):
        for line in read(name).decode().splitlines():
            for address in [line] if line and line[0] != "#" else re.findall(r'URI="([^"]*)"', line):
                if posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(address))) not in known:
                    yield ("missing", address)
