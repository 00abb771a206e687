"""From a built course folder to what is published: every file with its address, and the manifest.

Only pages, style sheets and playlists are read here, because their references change; all other digests are those
of `release.json`.
"""

import re
from pathlib import Path, PurePosixPath
from urllib.parse import quote

import msgspec

from coursepack.errors import CoursepackError, TargetError, UsageError
from coursepack.model.bundle import Bundle, Release
from coursepack.model.codes import diagnostic
from coursepack.model.diagnostic import Diagnostic
from coursepack.model.digest import Digest, digest_bytes
from coursepack.publish import addresses
from coursepack.publish.manifest import make_manifest
from coursepack.publish.media_types import type_of_name
from coursepack.publish.site import BUILD_AGAIN, Published, Site, inside, is_page
from coursepack.publish.target import MAX_KEY_BYTES, Body, Headers

LAYOUT = 4
"""Raised when the same build is published as other bytes or at other addresses."""

_FOREVER = "public, max-age=31536000, immutable"


class Prepared(msgspec.Struct, frozen=True):
    """A release, ready to be sent."""

    release: Release
    name: str
    """The name of the page set, part of the pages' addresses."""
    files: tuple[Published, ...]
    """Web files by path, then archives by format. Several may share an address."""
    manifest: bytes
    manifest_digest: Digest
    """What the pointer names."""
    findings: tuple[Diagnostic, ...]
    site: Site
    built: Path

    def body(self, file: Published) -> Body:
        """The bytes to send; may be called from several threads.

        Raises `TargetError` when a file that must be read for it was changed after the build.
        """
        if file.made:
            data = self.site.made(file.path)
            return Body(digest=file.digest, size=file.size, data=data)
        folder = _bundle(self.release, "web").path
        path = _bundle(self.release, file.format).path if file.format else f"{folder}/{file.path}"
        return Body(digest=file.digest, size=file.size, path=inside(self.built, path))

    def home(self) -> str:
        """The home page as it stands at the pointer: links into the page set, blobs beside it."""
        return self.site.html("index.html", at=addresses.POINTER, release=self.name)


def headers_of(file: Published) -> Headers:
    """Everything of a release is immutable but the service worker; archives are for saving."""
    if file.address == addresses.WORKER:
        return Headers(media_type=file.media_type, cache_control="no-cache")
    disposition = f"attachment; filename*=UTF-8''{quote(file.path, safe='')}" if file.format else ""
    return Headers(media_type=file.media_type, cache_control=_FOREVER, disposition=disposition)


def release_key(built: Path) -> Digest:
    """Stands for all that decides what is published from `built`: `release.json` and our own layout."""
    return digest_bytes(b"%d\n%s" % (LAYOUT, digest_bytes(_read_release(built)).encode()))


def read_release(built: Path) -> Release:
    """`release.json` of a built course, checked. Raises `UsageError`."""
    try:
        release = msgspec.json.decode(_read_release(built), type=Release)
    except msgspec.DecodeError as e:
        raise UsageError(f"{built / 'release.json'} is not a release: {e}", BUILD_AGAIN) from e
    try:
        addresses.course_prefix(release.course)
        for bundle in release.bundles:
            _check_bundle(bundle)
        if not any(e.path == "index.html" for e in _bundle(release, "web").entries):
            raise TargetError("the web bundle has no index.html", BUILD_AGAIN)
    except CoursepackError as e:
        raise UsageError(f"{built / 'release.json'}: {e.message}", e.hint) from e
    return release


def prepare(built: Path) -> Prepared:
    """Reads the build at `built`, finds every address and makes the manifest. Sends nothing."""
    release = read_release(built)
    site = Site(built, _bundle(release, "web"))
    web = [site.publish(entry) for entry in _bundle(release, "web").entries]
    name = addresses.release_name({f.path: f.digest for f in web if is_page(f.media_type)})
    files = (*(_placed(f, name) for f in web), *(_archive(b) for b in release.bundles if b.format != "web"))
    manifest = make_manifest(release, name, files)
    return Prepared(
        release=release,
        name=name,
        files=files,
        manifest=manifest,
        manifest_digest=digest_bytes(manifest),
        findings=(*site.findings.values(), *_too_long(release.course, files)),
        site=site,
        built=built,
    )


def _placed(file: Published, name: str) -> Published:
    if not is_page(file.media_type):
        return file
    return msgspec.structs.replace(file, address=addresses.page_address(name, file.path))


def _read_release(built: Path) -> bytes:
    path = built / "release.json"
    try:
        return path.read_bytes()
    except FileNotFoundError as e:
        raise UsageError(f"{built} holds no release.json", "Build the course first: coursepack build.") from e
    except OSError as e:
        raise UsageError(f"cannot read {path}: {e.strerror}", BUILD_AGAIN) from e


def _bundle(release: Release, name: str) -> Bundle:
    for bundle in release.bundles:
        if bundle.format == name:
            return bundle
    raise UsageError(
        f"the build has no {name} bundle", "Build the course with the web bundle: it is what people open."
    )


def _check_bundle(bundle: Bundle) -> None:
    addresses.check_digest(bundle.digest)
    _check_path(bundle.path)
    seen = set()
    for entry in bundle.entries:
        _check_path(entry.path)
        addresses.check_digest(entry.digest)
        if (
            entry.path in seen
            or entry.size < 0
            or not re.fullmatch(r"[\x21-\x7e]+(; ?[\x21-\x7e]+)*", entry.media_type)
        ):
            raise TargetError(f"the entry {entry.path!r} is wrong", BUILD_AGAIN)
        seen.add(entry.path)


def _check_path(path: str) -> None:
    if not path or re.search(r"[\x00\\]", path) or any(p in ("", ".", "..") for p in path.split("/")):
        raise TargetError(f"{path!r} is not a path inside the build", BUILD_AGAIN)


def _inside(built: Path, path: str) -> Path:
    whole = built / path
    if not whole.resolve().is_relative_to(built.resolve()):
        raise TargetError(f"{whole} leads out of the build folder", BUILD_AGAIN)
    return whole


def _archive(bundle: Bundle) -> Published:
    return Published(
        path=PurePosixPath(bundle.path).name,
        address=addresses.blob_address(bundle.digest, bundle.path),
        digest=bundle.digest,
        size=bundle.size,
        media_type=type_of_name(bundle.path),
        format=bundle.format,
    )


def _too_long(course: str, files: tuple[Published, ...]) -> list[Diagnostic]:
    # 255 is a file name's limit in a folder target; room is left for the operator's own prefix.
    limit = MAX_KEY_BYTES - 200
    prefix = addresses.course_prefix(course)
    long = [
        f.path
        for f in files
        if len((prefix + f.address).encode("utf-8", "surrogatepass")) > limit
        or any(len(part.encode("utf-8", "surrogatepass")) > 255 for part in f.address.split("/"))
    ]
    return [diagnostic("CP704", path, limit=limit) for path in long]
