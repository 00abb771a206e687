"""A course's entry in the catalogue of a target, and the journal record that tells the compactor of it.

Both are made from the release's record by adding what is only known when it is published. Nobody else writes the
entry of this course, and a journal record is never written twice, so publishers cannot lose each other's work.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import msgspec

from coursepack.catalogue.bounds import LIST_BYTES, bounded, fitting, json_size, shortened
from coursepack.catalogue.journal import Action
from coursepack.catalogue.record import PROPERTIES

MAX_DOWNLOADS = 12


class Download(msgspec.Struct, frozen=True):
    """An archive of the release, with its address relative to the entry."""

    format: str
    name: str
    address: str
    media_type: str
    size: int
    digest: str


def nowhere(path: str) -> str:
    """Nothing of the course's own has an address."""
    return ""


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
    """When it was committed, with its time zone."""
    first: datetime | None = None
    """When the course was published for the first time, where that is known."""
    address_of: Callable[[str], str] = nowhere
    """Path in the web bundle -> its published address, relative to the entry; "" for what is not there."""


def entry(record: dict[str, Any], publication: Publication) -> dict[str, Any]:
    """The JSON-LD of `catalogue/e/<h2>/<id>.json`. Addresses are relative to it: the target may move as a whole.

    At most `MAX_ENTRY_BYTES` as canonical JSON, whatever the record holds.
    """
    p = publication
    found = _placed(bounded(record, PROPERTIES), p)
    instance = found.get("hasCourseInstance")
    if not isinstance(instance, dict):
        instance = {"@type": "CourseInstance", "courseMode": "Online"}
    found["hasCourseInstance"] = instance | {"url": p.home}
    found |= {
        "@id": p.home,
        "url": p.home,
        "dateModified": utc(p.now),
        "encoding": _encodings(p),
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
    if p.first:
        found["datePublished"] = utc(p.first)
    return fitting(found)


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


def _placed(record: dict[str, Any], p: Publication) -> dict[str, Any]:
    """With published addresses in place of paths; what has none is left out."""
    found = dict(record)
    image = found.pop("image", None)
    if isinstance(image, dict) and (address := p.address_of(str(image.get("contentUrl", "")))):
        found["image"] = image | {"contentUrl": address}
    if isinstance(translations := found.get("workTranslation"), list):
        found["workTranslation"] = [_translation(t, p) for t in translations if isinstance(t, dict)]
    return found


def _translation(translation: dict[str, Any], p: Publication) -> dict[str, Any]:
    bare = {k: v for k, v in translation.items() if k != "url"}
    address = p.address_of(str(translation.get("url", "")))
    return bare | ({"url": address} if address else {})


def _encodings(p: Publication) -> list[dict[str, Any]]:
    """The web site first, then as many downloads as there is room for; the mobile pack before others."""
    found = [{"@type": "MediaObject", "name": "web", "contentUrl": p.home, "encodingFormat": "text/html"}]
    ordered = sorted(p.downloads, key=lambda d: (d.format != "mobile", d.format, d.name))
    for download in ordered[:MAX_DOWNLOADS]:
        item = _media_object(download)
        if json_size([*found, item]) <= LIST_BYTES["encoding"]:
            found.append(item)
    return found


def _media_object(d: Download) -> dict[str, Any]:
    return {
        "@type": "MediaObject",
        "name": shortened(d.name, 300),
        "additionalType": f"coursepack:{shortened(d.format, 40)}",
        "contentUrl": d.address,
        "encodingFormat": d.media_type,
        "contentSize": f"{d.size} B",
        "sha256": d.digest,
    }


def _property(name: str, value: str | int) -> dict[str, Any]:
    return {"@type": "PropertyValue", "propertyID": name, "value": value}
