"""Publishes one built course: blobs, manifest, pointer; then, last, its catalogue entry."""

import secrets
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Literal

import msgspec

from coursepack.catalogue.entry import Download, Publication, compact_utc, entry, journal
from coursepack.errors import ConflictError, TargetError, UsageError
from coursepack.model.diagnostic import Diagnostic
from coursepack.model.digest import Digest, canonical_json
from coursepack.publish import addresses, commit
from coursepack.publish.manifest import FileFacts, fetch_manifest, plain_facts, read_manifest
from coursepack.publish.release import Prepared, prepare, read_release, release_key
from coursepack.publish.send import Sent, missing, send
from coursepack.publish.site import Published
from coursepack.publish.state import Known, PublishState
from coursepack.publish.target import Body, Headers, Target
from coursepack.publish.targets import open_target


class PublishEvent(msgspec.Struct, frozen=True, tag="publish", tag_field="event"):
    """What a publish tells while it runs. Sizes in bytes."""

    course: str
    state: Literal["preparing", "sending", "committing", "catalogue", "done"]
    objects: int = 0
    of_objects: int = 0
    size: int = 0
    of_size: int = 0


class Kind(msgspec.Struct, frozen=True):
    """Objects of one kind that were sent, or would be."""

    kind: str
    objects: int
    size: int


class PublishResult(msgspec.Struct, frozen=True):
    """What was done, or under `dry_run` would be."""

    course: str
    version: str
    release: str
    manifest: Digest
    address: str
    """Where people open the course."""
    catalogue: str
    """Address of the catalogue entry."""
    unchanged: bool
    dry_run: bool
    objects: int
    """In the release."""
    sent_objects: int
    """Blobs, pages and archives; manifest, pointer and catalogue come on top."""
    sent_size: int
    kinds: tuple[Kind, ...]
    """What the target lacked, as far as could be told before sending."""
    requests: dict[str, int]
    findings: tuple[Diagnostic, ...] = ()


def publish_course(
    built: Path,
    target_url: str,
    *,
    endpoint_url: str | None = None,
    dry_run: bool = False,
    now: datetime,
    on_event: Callable[[PublishEvent], None] = lambda _: None,
    target: Target | None = None,
) -> PublishResult:
    """Publishes the build in `built` (a folder with `release.json`) to `target_url`, or to an open `target`.

    A build that is there already costs one request. Raises `UsageError`, `TargetError` or `ConflictError`.
    A release with errors among its findings (CP704) is not published: `TargetError` names the first.
    """
    target = target or open_target(target_url, endpoint_url=endpoint_url)
    return _Publishing(built, target, now, on_event).run(dry_run=dry_run)


class _Publishing:
    def __init__(
        self, built: Path, target: Target, now: datetime, on_event: Callable[[PublishEvent], None]
    ) -> None:
        if now.tzinfo is None:
            raise UsageError("the time of publishing has no time zone")
        self._built = built
        self._target = target
        self._now = now
        self._on_event = on_event
        self._state = PublishState(built)
        self._prepared: Prepared | None = None

    def run(self, *, dry_run: bool) -> PublishResult:
        known = self._known(remember=not dry_run)
        seen = commit.read_pointer(self._target, known.course)
        if seen and seen.pointer.manifest == known.manifest:
            if not dry_run and self._state.pending(self._target.url, seen.pointer):
                self._catalogue(self._prepare(), seen.pointer)
            return self._result(known, [], dry_run=dry_run, unchanged=True)
        prepared = self._prepare()
        files = missing(prepared.files, self._there(seen))
        if dry_run:
            return self._result(known, files, dry_run=True)
        sent_objects, sent_size = send(self._target, prepared, files, self._progress(known.course))
        self._commit(prepared, seen)
        return self._result(known, files, sent=(sent_objects, sent_size))

    def _known(self, *, remember: bool) -> Known:
        key = release_key(self._built)
        if known := self._state.known(key):
            return known
        prepared = self._prepare()
        known = Known(
            key=key,
            course=prepared.release.course,
            version=prepared.release.version,
            release=prepared.name,
            manifest=prepared.manifest_digest,
            objects=len({f.address for f in prepared.files}),
        )
        if remember:
            self._state.remember(known, prepared.manifest)
        return known

    def _prepare(self) -> Prepared:
        if self._prepared is None:
            self._on_event(PublishEvent(read_release(self._built).course, "preparing"))
            self._prepared = prepare(self._built)
            for finding in self._prepared.findings:
                if finding.severity == "error":
                    raise TargetError(
                        f"{finding.path}: {finding.code}: its published address is too long", "Shorten it."
                    )
        return self._prepared

    def _there(self, seen: commit.Seen | None) -> frozenset[FileFacts]:
        """What the current release consists of: as long as the pointer names it, nobody deletes it."""
        if seen is None:
            return frozenset()
        data = self._state.manifest(seen.pointer.manifest)
        try:
            if data is not None:
                return plain_facts(read_manifest(data))
            found = fetch_manifest(self._target, seen.pointer.course, seen.pointer.manifest)
        except (msgspec.DecodeError, TargetError):  # damaged: then nothing is taken as given
            return frozenset()
        return plain_facts(found[0]) if found else frozenset()

    def _progress(self, course: str) -> Callable[[Sent], None]:
        def tell(sent: Sent) -> None:
            self._on_event(
                PublishEvent(course, "sending", sent.objects, sent.of_objects, sent.size, sent.of_size),
            )

        return tell

    def _commit(self, prepared: Prepared, seen: commit.Seen | None) -> None:
        release, digest = prepared.release, prepared.manifest_digest
        prefix = addresses.course_prefix(release.course)
        self._on_event(PublishEvent(release.course, "committing"))
        self._target.put(
            prefix + addresses.manifest_address(digest),
            Body.of(prepared.manifest),
            Headers("application/json", "public, max-age=31536000, immutable"),
        )
        nonce = secrets.token_hex(16)

        def following(current: commit.Seen | None) -> commit.Pointer:
            if current and current.pointer.manifest == digest:
                raise _SameAlready
            if _serial(current) != _serial(seen):
                raise _overtaken(self._target, release.course, current)
            return commit.next_pointer(
                current,
                course=release.course,
                version=release.version,
                release=prepared.name,
                manifest=digest,
                nonce=nonce,
                now=self._now,
            )

        try:
            with self._state.committing(self._target.url, nonce):
                pointer = commit.commit(self._target, seen, following, prepared.home())
                self._state.keep_manifest(prepared.manifest)
                self._catalogue(prepared, pointer)
        except _SameAlready:
            pass  # somebody else published the very same; the catalogue entry is theirs to write
        self._on_event(PublishEvent(release.course, "done"))

    def _catalogue(self, prepared: Prepared, pointer: commit.Pointer) -> None:
        """Two objects, whatever the catalogue's size, that no other course's publisher ever writes."""
        course = pointer.course
        self._on_event(PublishEvent(course, "catalogue"))
        key = addresses.entry_key(course)
        publication = self._publication(prepared, pointer, key)
        document = entry(prepared.release.record, publication)
        record = journal(document, publication)
        log = addresses.journal_key(compact_utc(self._now), course, pointer.nonce)
        self._target.put(log, Body.of(canonical_json(record)), Headers("application/json", "no-cache"))
        self._target.put(key, Body.of(canonical_json(document)), Headers("application/ld+json", "no-cache"))

    def _publication(self, prepared: Prepared, pointer: commit.Pointer, key: str) -> Publication:
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
                Download(f.format, f.path, from_entry(f.address), f.media_type, f.size, f.digest)
                for f in prepared.files
                if f.format
            ),
            now=self._now,
        )

    def _result(
        self,
        known: Known,
        files: list[Published],
        *,
        sent: tuple[int, int] = (0, 0),
        dry_run: bool = False,
        unchanged: bool = False,
    ) -> PublishResult:
        return PublishResult(
            course=known.course,
            version=known.version,
            release=known.release,
            manifest=known.manifest,
            address=self._target.address(addresses.course_prefix(known.course) + addresses.POINTER),
            catalogue=self._target.address(addresses.entry_key(known.course)),
            unchanged=unchanged,
            dry_run=dry_run,
            objects=known.objects,
            sent_objects=sent[0],
            sent_size=sent[1],
            kinds=_kinds(files),
            requests=dict(sorted(self._target.requests.items())),
            findings=self._prepared.findings if self._prepared else (),
        )


class _SameAlready(Exception):
    """The pointer names our manifest already."""


def _serial(seen: commit.Seen | None) -> int:
    return seen.pointer.serial if seen else 0


def _overtaken(target: Target, course: str, current: commit.Seen | None) -> ConflictError:
    what = f"version {current.pointer.version}" if current else "its removal"
    return ConflictError(
        f"{target.url}: somebody else published {course!r} ({what}) at the same time; this release was not put over it",
        "Look at what is there now. To put yours in its place, publish again: nothing is sent twice.",
    )


_KINDS = (
    ("text/html", "pages"),
    ("text/css", "styles"),
    ("text/javascript", "scripts"),
    ("text/vtt", "captions"),
    ("application/vnd.apple.mpegurl", "video"),
    ("video/", "video"),
    ("audio/", "audio"),
    ("image/", "images"),
    ("font/", "fonts"),
)


def _kinds(files: list[Published]) -> tuple[Kind, ...]:
    sums: dict[str, tuple[int, int]] = {}
    for file in files:
        name = next((kind for start, kind in _KINDS if file.media_type.startswith(start)), "files")
        kind = "archives" if file.format else name
        count, size = sums.get(kind, (0, 0))
        sums[kind] = count + 1, size + file.size
    return tuple(Kind(name, *sums[name]) for name in sorted(sums))
