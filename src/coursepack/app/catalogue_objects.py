"""The two catalogue objects of a commit: made of the manifest and the pointer alone, so publishing and going back agree."""

from datetime import datetime

import msgspec

from coursepack.catalogue.entry import Download, Publication, compact_utc, entry, journal
from coursepack.catalogue.journal import Action
from coursepack.errors import TargetError
from coursepack.model.digest import canonical_json
from coursepack.publish import addresses
from coursepack.publish.commit import Pointer
from coursepack.publish.manifest import Signed


class CatalogueObjects(msgspec.Struct, frozen=True):
    """Keys and bytes of a course's journal record and its entry."""

    journal_key: str
    journal: bytes
    entry_key: str
    entry: bytes


def catalogue_objects(signed: Signed, pointer: Pointer, *, action: Action = "publish") -> CatalogueObjects:
    """What the commit of `pointer`, over the manifest that says `signed`, tells the catalogue. No request, no clock.

    The same pointer gives the same bytes: a publisher that was broken off may put both again.
    """
    key = addresses.entry_key(pointer.course)
    publication = _publication(signed, pointer, key)
    document = entry(signed.record, publication)
    when = compact_utc(publication.now)
    return CatalogueObjects(
        journal_key=addresses.journal_key(when, pointer.course, pointer.nonce),
        journal=canonical_json(journal(document, publication, action=action)),
        entry_key=key,
        entry=canonical_json(document),
    )


def _publication(signed: Signed, pointer: Pointer, key: str) -> Publication:
    prefix = addresses.course_prefix(pointer.course)

    def from_entry(address: str) -> str:
        return addresses.relative(prefix + address, key)

    def address_of(path: str) -> str:
        file = signed.files.get(path)
        return from_entry(file.address) if file else ""

    return Publication(
        course=pointer.course,
        version=pointer.version,
        serial=pointer.serial,
        manifest=pointer.manifest,
        release=pointer.release,
        nonce=pointer.nonce,
        home=from_entry(addresses.POINTER),
        manifest_address=from_entry(addresses.manifest_address(pointer.manifest)),
        downloads=tuple(
            Download(a.format, a.name, from_entry(a.address), a.media_type, a.size, a.digest)
            for a in signed.bundles
        ),
        now=_when(pointer, pointer.time),
        first=_when(pointer, pointer.first) if pointer.first else None,
        address_of=address_of,
    )


def _when(pointer: Pointer, text: str) -> datetime:
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        when = datetime.min
    if when.tzinfo is None:  # the pointer may be one that was read
        raise TargetError(
            f"the home page of {pointer.course!r} names no time of its release", "Publish the course again."
        )
    return when
