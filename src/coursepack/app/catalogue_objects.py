"""The two catalogue objects of a commit: made of the manifest and the pointer alone, so publishing and going back agree."""

from datetime import datetime

import msgspec

from coursepack.catalogue.entry import Action, Download, Publication, compact_utc, entry, journal
from coursepack.model.digest import canonical_json
from coursepack.publish import addresses
from coursepack.publish.commit import Pointer
from coursepack.publish.manifest import Signed
from coursepack.publish.target import Body, Headers, Target


class CatalogueObjects(msgspec.Struct, frozen=True):
    """Keys and bytes of a course's journal record and its entry."""

    journal_key: str
    journal: bytes
    entry_key: str
    entry: bytes

    def put_journal(self, target: Target) -> None:
        """One request. The record is an intent: put it before the pointer, believe it only when the pointer does."""
        target.put(self.journal_key, Body.of(self.journal), Headers("application/json", "no-cache"))

    def put_entry(self, target: Target) -> None:
        """One request. Put it after the pointer."""
        target.put(self.entry_key, Body.of(self.entry), Headers("application/ld+json", "no-cache"))


def catalogue_objects(signed: Signed, pointer: Pointer, *, action: Action = "publish") -> CatalogueObjects:
    """What the commit of `pointer`, over the manifest that says `signed`, tells the catalogue. No request, no clock.

    The same pointer gives the same bytes: a publisher that was broken off may put both again.
    """
    key = addresses.entry_key(pointer.course)
    publication = _publication(signed, pointer, key)
    document = entry(signed.record, publication)
    when = compact_utc(datetime.fromisoformat(pointer.time))
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
        now=datetime.fromisoformat(pointer.time),
    )
