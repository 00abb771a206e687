"""The web bundle as it is published: each file's address, and pages, style sheets, playlists, manifests and thumbnail
tracks with theirs inside.
"""

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec

from coursepack.errors import TargetError
from coursepack.model.bundle import Bundle, Entry
from coursepack.model.codes import diagnostic
from coursepack.model.diagnostic import Diagnostic
from coursepack.model.digest import Digest, digest_bytes
from coursepack.publish import addresses
from coursepack.publish.media_types import with_charset
from coursepack.publish.rewrite import (
    Resolve,
    rewrite_css,
    rewrite_dash,
    rewrite_html,
    rewrite_manifest,
    rewrite_playlist,
    rewrite_thumbnails,
)
from coursepack.publish.target import Body, changed_since_build

BUILD_AGAIN = "Build the course again, then publish."

_MAX_TEXT = 1 << 26
_MAX_CHAIN = 40
_APP = "application/manifest+json"
_REWRITERS: Mapping[str, Callable[[str, Resolve], str]] = {
    "text/css": rewrite_css,
    "application/vnd.apple.mpegurl": rewrite_playlist,
    "application/x-mpegurl": rewrite_playlist,
    "audio/mpegurl": rewrite_playlist,
    "application/dash+xml": rewrite_dash,
    _APP: rewrite_manifest,
}
"""By media type: what names other files of the site."""
_THUMBNAILS = "thumbnails.vtt"
"""The one WebVTT file of a video that names files; all others hold words."""


class Published(msgspec.Struct, frozen=True, omit_defaults=True):
    """One object of a release."""

    path: str
    """In the web bundle; for an archive its file name."""
    address: str
    """Below the course's prefix."""
    digest: Digest
    size: int
    media_type: str
    """As sent, with charset."""
    made: bool = False
    """Its bytes are made from the built file, see `Prepared.body`."""
    format: str = ""
    """The bundle format, for an archive."""


def is_page(media_type: str) -> bool:
    """Whether a file keeps a readable address: pages do, nothing else."""
    return media_type.partition(";")[0].strip() == "text/html"


def inside(built: Path, path: str) -> Path:
    """`built/path`, or `TargetError` when a symbolic link leads out of the build."""
    whole = built / path
    if not whole.resolve().is_relative_to(built.resolve()):
        raise TargetError(f"{whole} leads out of the build folder", BUILD_AGAIN)
    return whole


class Site:
    """Knows the address of every file of the web bundle, from the leaves up: a rewritten playlist is a new blob."""

    def __init__(self, built: Path, bundle: Bundle) -> None:
        self._folder = built / bundle.path
        self._built = built
        self._prefix = bundle.path
        self._entries = {e.path: e for e in bundle.entries}
        self._made: dict[str, bytes] = {}
        self._making: list[str] = []
        self.findings: dict[tuple[str, str, str], Diagnostic] = {}

    def publish(self, entry: Entry) -> Published:
        """The facts of what is sent for `entry`. A page's address is still to be completed."""
        media_type = with_charset(entry.media_type)
        if is_page(media_type):
            data = self.html(entry.path, at=_page(entry.path), release=_ANY).encode(
                "utf-8", "surrogateescape"
            )
        elif _rewriter(entry):
            data = self.made(entry.path)
        else:
            address = self._blob_address(entry, entry.path) or ""
            return Published(entry.path, address, entry.digest, entry.size, media_type)
        digest = digest_bytes(data)
        address = "" if is_page(media_type) else addresses.blob_address(digest, entry.path)
        return Published(entry.path, address, digest, len(data), media_type, made=digest != entry.digest)

    def made(self, path: str) -> bytes:
        """The published bytes of a page, or of another file that names files."""
        entry = self._entries[path]
        if is_page(entry.media_type):
            return self.html(path, at=_page(path), release=_ANY).encode("utf-8", "surrogateescape")
        if path not in self._made:
            self._making.append(path)
            rewrite = _rewriter(entry) or _unchanged
            text = rewrite(self._text(entry), self._resolver(path, _SOMEWHERE, _ANY))
            self._made[path] = text.encode("utf-8", "surrogateescape")
            self._making.pop()
        return self._made[path]

    def html(self, path: str, *, at: str, release: str) -> str:
        """The page `path` with its references as they must be at address `at`."""
        return rewrite_html(self._text(self._entries[path]), self._resolver(path, at, release))

    def _resolver(self, base: str, at: str, release: str) -> Callable[[str], str | None]:
        seen: dict[str, str | None] = {}  # a page has the same few addresses many times

        def resolve(reference: str) -> str | None:
            if reference not in seen:
                seen[reference] = self._resolve(reference, base, at, release)
            return seen[reference]

        return resolve

    def _resolve(self, reference: str, base: str, at: str, release: str) -> str | None:
        try:
            found = addresses.local_path(reference, base)
        except addresses.OutsideSite:
            self._find("CP703", base, reference)
            return None
        if found is None:
            return None
        path, tail = found
        entry = self._entries.get(path)
        if entry is None:
            self._find("CP702", base, reference)
            return None
        if is_page(entry.media_type):
            new = self._page_address(path, reference, base, at, release)
        else:
            new = self._blob_address(entry, base)
        return None if new is None else addresses.relative(new, at) + tail

    def _page_address(self, path: str, reference: str, base: str, at: str, release: str) -> str | None:
        if at == addresses.POINTER:
            return at if path == base else addresses.page_address(release, path)
        if path == addresses.POINTER and _type(self._entries[base]) == _APP:
            return addresses.POINTER  # an installed course opens its newest release
        if not at.startswith("r/"):
            self._find("CP703", base, reference)  # a style sheet has no business with a page
            return None
        # Pages lie to each other as they did; but object storage does not know that a folder means its index.html.
        named = re.split(r"[?#]", reference, maxsplit=1)[0]
        return None if named.endswith(".html") else _page(path)

    def _blob_address(self, entry: Entry, base: str) -> str | None:
        if entry.path == addresses.WORKER:
            return addresses.WORKER
        if not _rewriter(entry):
            return addresses.blob_address(entry.digest, entry.path)
        if entry.path in self._making or len(self._making) > _MAX_CHAIN:
            self._find("CP705", base, entry.path)
            return None
        return addresses.blob_address(digest_bytes(self.made(entry.path)), entry.path)

    def _text(self, entry: Entry) -> str:
        path = inside(self._built, f"{self._prefix}/{entry.path}")
        promised = Body(digest=entry.digest, size=entry.size, path=path)
        if entry.size > _MAX_TEXT:
            raise TargetError(f"{path} is larger than {_MAX_TEXT >> 20} MiB", "Split the page.")
        try:
            with path.open("rb") as f:
                data = f.read(entry.size + 1)
        except OSError as e:
            raise TargetError(f"cannot read {path}: {e.strerror}", BUILD_AGAIN) from e
        if digest_bytes(data) != entry.digest:
            raise changed_since_build(promised, entry.path)
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            self._find("CP706", entry.path, "")
            return data.decode("utf-8", "surrogateescape")

    def _find(self, code: str, path: str, reference: str) -> None:
        self.findings.setdefault((code, path, reference), diagnostic(code, path, reference=reference))


_ANY = "0" * 16
"""Stands for the release's name while it is not known: references only depend on how deep a page lies."""

_SOMEWHERE = "b/--/0"
"""Stands for the address of a blob being made. Its folder is no digest's: a reference must not be shortened to the
blob's own folder, which is known only when the references are written.
"""


def _page(path: str) -> str:
    return addresses.page_address(_ANY, path)


def _rewriter(entry: Entry) -> Callable[[str, Resolve], str] | None:
    bare = _type(entry)
    if bare == "text/vtt" and entry.path.rpartition("/")[2] == _THUMBNAILS:
        return rewrite_thumbnails
    return _REWRITERS.get(bare)


def _type(entry: Entry) -> str:
    return entry.media_type.partition(";")[0].strip().lower()


def _unchanged(text: str, resolve: Resolve) -> str:
    return text
