"""Where a link points: into the course, to the page itself, to another host, or nowhere allowed."""

import re
import unicodedata
from typing import Literal
from urllib.parse import unquote, urlsplit

import msgspec
from mdurl import encode as url_encode

PAGES = frozenset(("md", "markdown"))

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_BROWSER_DROPS = re.compile(r"[\t\n\r]")
_EDGES = "".join(map(chr, range(0x21)))  # the URL standard strips C0 controls and spaces at both ends
_WEB = ("http", "https")
_HOST = re.compile(r"[^\s\x00-\x20<>\"\\^`{|}%#?@/\[\]]+\Z")


class Target(msgspec.Struct, frozen=True):
    """A resolved link."""

    kind: Literal["page", "file", "external", "outside", "scheme", "malformed", "empty"]
    """outside: leaves the course folder; scheme: one that is refused; malformed: no valid address."""
    path: str = ""
    """page, file: course path, posix, normalised; "" this page, "." the course folder itself."""
    fragment: str = ""
    url: str = ""
    """external: the address, percent-encoded."""
    scheme: str = ""

    @property
    def extension(self) -> str:
        """Lower-case extension of `path` without the dot, or ""."""
        name = self.path.rpartition("/")[2]
        return name.rpartition(".")[2].lower() if "." in name else ""


def folder_of(path: str) -> str:
    """The folder of a course path, "" for the top."""
    return path.rpartition("/")[0]


def resolve(href: str, folder: str) -> Target:
    """What `href`, as the author wrote it in a file of `folder`, points to."""
    href = _BROWSER_DROPS.sub("", href.strip(_EDGES))
    scheme = _SCHEME.match(href)
    if scheme:
        return _with_scheme(href, scheme[0][:-1].lower())
    rest, _, fragment = href.partition("#")
    fragment = unicodedata.normalize("NFC", unquote(fragment))
    rest = rest.partition("?")[0]
    if not rest:
        return Target("page", "", fragment) if fragment or href.startswith(("#", "?")) else Target("empty")
    decoded = unquote(rest)
    if decoded.startswith("/") or "\\" in decoded or "\x00" in decoded:
        return Target("outside", decoded)
    path = _normalise(folder, decoded)
    if path is None:
        return Target("outside", decoded)
    target = Target("file", path, fragment)
    if decoded.endswith(("/", "/.", "/..")) or decoded in (".", "..") or target.extension in PAGES:
        return Target("page", path or ".", fragment)
    return target


def _with_scheme(href: str, scheme: str) -> Target:
    if scheme in _WEB:
        return _web(href, scheme)
    if scheme in ("mailto", "tel"):
        url = url_encode(href)
        return (
            Target("external", url=url, scheme=scheme) if len(url) > len(scheme) + 1 else Target("malformed")
        )
    if len(scheme) == 1 or scheme == "file":
        return Target("outside", href)
    return Target("scheme", scheme=scheme)


def _web(href: str, scheme: str) -> Target:
    rest = href[len(scheme) + 1 :].replace("\\", "/")
    url = f"{scheme}://{rest.lstrip('/')}"
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return Target("malformed")
    if (
        not host
        or not _possible(host)
        or not (_HOST.match(host) or ":" in host)
        or (port is not None and port > 65535)
    ):
        return Target("malformed")
    authority, slash, tail = url[len(scheme) + 3 :].partition("/")
    if "?" in authority or "#" in authority:
        return Target("external", url=url_encode(url), scheme=scheme)
    # mdurl leaves "[" and "]" alone, which a path may not hold.
    tail = url_encode(tail, keep_escaped=True).replace("[", "%5B").replace("]", "%5D")
    return Target("external", url=f"{scheme}://{_ascii_host(authority)}{slash}{tail}", scheme=scheme)


def _possible(host: str) -> bool:
    """Whether the labels of `host` could be a domain's: none empty but the last, Punycode that decodes."""
    for label in host.removesuffix(".").split("."):
        if not label:
            return False
        if label.startswith("xn--"):
            try:
                label.encode("ascii").decode("idna")
            except UnicodeError:
                return False
    return True


def _ascii_host(authority: str) -> str:
    return authority if authority.isascii() else url_encode(authority)


def _normalise(folder: str, relative: str) -> str | None:
    """`relative` joined to `folder` without `.` and `..`; None when it climbs out."""
    parts = folder.split("/") if folder else []
    for part in relative.split("/"):
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)
