"""A course's entry in the catalogue of a target, and the journal record that tells the compactor of it.

Both are made from the release's record by adding what is only known when it is published. Nobody else writes the
entry of this course, and a journal record is never written twice, so publishers cannot lose each other's work.
"""

from datetime import UTC, datetime
from typing import Any, Literal

import msgspec

Action = Literal["publish", "rollback", "withdraw"]
"""What a commit did; "withdraw" is kept for courses that are taken down."""


class Download(msgspec.Struct, frozen=True):
    """An archive of the release, with its address relative to the entry."""

    format: str
    name: str
    address: str
    media_type: str
    size: int
    digest: str


class Publication(msgspec.Struct, frozen=True):
    """What publishing adds to a record."""

    course: str
    version: str
    serial: int
    """Of the pointer; the higher one wins."""
    manifest: str
    release: str
    nonce: str
    home: str
    """Address of the course's home page, relative to the entry."""
    manifest_address: str
    """Relative to the entry."""
    downloads: tuple[Download, ...]
    now: datetime
    """With its time zone."""


def entry(record: dict[str, Any], publication: Publication) -> dict[str, Any]:
    """The JSON-LD of `catalogue/e/<h2>/<id>.json`. Addresses are relative to it: the target may move as a whole."""
    p = publication
    found = dict(record)
    instance = dict(found.get("hasCourseInstance") or {"@type": "CourseInstance", "courseMode": ["Online"]})
    found["hasCourseInstance"] = instance | {"url": p.home}
    found |= {
        "@id": p.home,
        "url": p.home,
        "dateModified": utc(p.now),
        "encoding": [_web(p), *(_media_object(d) for d in p.downloads)],
        "identifier": [
            p.course,
            _property("coursepack:serial", p.serial),
            _property("coursepack:manifest", f"sha256:{p.manifest}"),
            _property("coursepack:release", p.release),
        ],
        "subjectOf": {
            "@type": "DataDownload",
            "name": "release manifest",
            "contentUrl": p.manifest_address,
            "encodingFormat": "application/json",
            "sha256": p.manifest,
        },
    }
    return found


def journal(
    document: dict[str, Any], publication: Publication, *, action: Action = "publish"
) -> dict[str, Any]:
    """The journal record: the whole entry, so that folding it takes no second request."""
    p = publication
    return {
        "schema": 1,
        "action": action,
        "course": p.course,
        "version": p.version,
        "serial": p.serial,
        "manifest": p.manifest,
        "release": p.release,
        "nonce": p.nonce,
        "time": utc(p.now),
        "entry": document,
    }


def utc(now: datetime) -> str:
    """RFC 3339 in UTC, whole seconds."""
    return now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def compact_utc(now: datetime) -> str:
    """The same for object keys: sorts by time."""
    return now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _web(p: Publication) -> dict[str, Any]:
    return {"@type": "MediaObject", "name": "web", "contentUrl": p.home, "encodingFormat": "text/html"}


def _media_object(d: Download) -> dict[str, Any]:
    return {
        "@type": "MediaObject",
        "name": d.name,
        "contentUrl": d.address,
        "encodingFormat": d.media_type,
        "contentSize": f"{d.size} B",
        "sha256": d.digest,
    }


def _property(name: str, value: str | int) -> dict[str, Any]:
    return {"@type": "PropertyValue", "propertyID": name, "value": value}
