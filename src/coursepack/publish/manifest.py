"""The release manifest: what one release consists of. Written by publishers, read by everybody else.

See docs/design/publishing.md. It holds no time and nothing of the machine: the same build has the same manifest.
"""

from typing import Any

import msgspec

from coursepack.errors import TargetError
from coursepack.model.bundle import Release
from coursepack.model.digest import Digest, canonical_json, digest_bytes
from coursepack.publish.addresses import course_prefix, manifest_address
from coursepack.publish.site import Published
from coursepack.publish.target import Target

_LIMIT = 1 << 28


class FileFacts(msgspec.Struct, frozen=True):
    """One object of a release."""

    address: str
    """Below `c/<course>/`."""
    digest: Digest
    """Of the published bytes."""
    size: int
    media_type: str


class Archive(FileFacts, frozen=True):
    """A bundle of the release that is one file."""

    format: str
    name: str


class Signed(msgspec.Struct, frozen=True, tag="coursepack-release", tag_field="type"):
    """What the signatures of a manifest are over, as canonical JSON."""

    course: str
    version: str
    languages: tuple[str, ...]
    release: str
    """Name of the page set."""
    files: dict[str, FileFacts]
    """By path in the web bundle."""
    bundles: tuple[Archive, ...]
    record: dict[str, Any]


class Manifest(msgspec.Struct, frozen=True):
    """`c/<course>/m/<digest>.json`."""

    schema: int
    signed: Signed
    signatures: tuple[dict[str, str], ...] = ()

    def objects(self) -> tuple[FileFacts, ...]:
        """Every object of the release, once for each address, by address. The manifest and the pointer are not among them."""
        found: dict[str, FileFacts] = {
            f.address: f for f in (*self.signed.files.values(), *self.signed.bundles)
        }
        return tuple(found[a] for a in sorted(found))


def plain_facts(manifest: Manifest) -> frozenset[FileFacts]:
    """The objects of a release as bare facts, to be compared with those of another."""
    return frozenset(FileFacts(f.address, f.digest, f.size, f.media_type) for f in manifest.objects())


def make_manifest(release: Release, name: str, files: tuple[Published, ...]) -> bytes:
    """The manifest of a release that is about to be published, as canonical JSON."""

    def facts(file: Published) -> dict[str, Any]:
        return {
            "address": file.address,
            "digest": file.digest,
            "size": file.size,
            "media_type": file.media_type,
        }

    signed = {
        "type": "coursepack-release",
        "course": release.course,
        "version": release.version,
        "languages": release.languages,
        "release": name,
        "files": {f.path: facts(f) for f in files if not f.format},
        "bundles": [{"format": f.format, "name": f.path, **facts(f)} for f in files if f.format],
        "record": release.record,
    }
    return canonical_json({"schema": 1, "signatures": [], "signed": signed})


def read_manifest(data: bytes) -> Manifest:
    """A manifest from its bytes. Raises `msgspec.DecodeError` for something else."""
    return msgspec.json.decode(data, type=Manifest)


def fetch_manifest(target: Target, course: str, digest: str) -> tuple[Manifest, bytes] | None:
    """The manifest with that digest and its bytes, None when the target does not have it. One request.

    Raises `TargetError` for bytes that are not what the digest says, or not a manifest of this course.
    """
    key = course_prefix(course) + manifest_address(digest)
    found = target.get(key, limit=_LIMIT)
    if found is None:
        return None
    if digest_bytes(found.data) != digest:
        raise TargetError(
            f"{target.url}/{key} is damaged: its bytes are not those of its name",
            "Publish the course again from its build, or restore the object.",
        )
    try:
        manifest = read_manifest(found.data)
    except msgspec.DecodeError as e:
        raise TargetError(
            f"{target.url}/{key} cannot be read by this version", "Use a newer coursepack."
        ) from e
    if manifest.signed.course != course:
        raise TargetError(
            f"{target.url}/{key} is a manifest of another course", "Restore the target from a backup."
        )
    return manifest, found.data
