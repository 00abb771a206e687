"""Publishes one built course: blobs, manifest, pointer; then, last, its catalogue entry."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Literal

import msgspec

from coursepack.app.publish_commit import Change, Committer
from coursepack.errors import TargetError, UsageError
from coursepack.model.diagnostic import Diagnostic
from coursepack.model.digest import Digest
from coursepack.publish import addresses, commit
from coursepack.publish.manifest import FileFacts, fetch_manifest, plain_facts, read_manifest
from coursepack.publish.release import Prepared, prepare, read_release, release_key
from coursepack.publish.retry import Deadline, Patience
from coursepack.publish.reuse import AgeRules, Reuse
from coursepack.publish.send import Sent, missing, put_file, send
from coursepack.publish.site import Published
from coursepack.publish.state import Known, PublishState
from coursepack.publish.target import Body, Target
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
    serial: int | None = None
    """Which commit is current now; None in a dry run of a change, and when somebody else made the very same release."""


def publish_course(
    built: Path,
    target_url: str,
    *,
    endpoint_url: str | None = None,
    dry_run: bool = False,
    now: datetime,
    on_event: Callable[[PublishEvent], None] = lambda _: None,
    target: Target | None = None,
    patience: Patience = Patience(),  # noqa: B008 - frozen
    rules: AgeRules = AgeRules(),  # noqa: B008 - frozen
) -> PublishResult:
    """Publishes the build in `built` (a folder with `release.json`) to `target_url`, or to an open `target`.

    A build that is there already costs one request. Raises `UsageError`, `TargetError` or `ConflictError`.
    A release with errors among its findings (CP704) is not published: `TargetError` names the first.
    """
    target = target or open_target(target_url, endpoint_url=endpoint_url)
    return _Publishing(built, target, now, on_event, patience, rules).run(dry_run=dry_run)


class _Publishing:
    def __init__(
        self,
        built: Path,
        target: Target,
        now: datetime,
        on_event: Callable[[PublishEvent], None],
        patience: Patience,
        rules: AgeRules,
    ) -> None:
        if now.tzinfo is None:
            raise UsageError("the time of publishing has no time zone")
        self._built = built
        self._target = target
        self._now = now
        self._on_event = on_event
        self._patience = patience
        self._rules = rules
        self._state = PublishState(built)
        self._prepared: Prepared | None = None
        self._requests_before = Counter(target.requests)

    def run(self, *, dry_run: bool) -> PublishResult:
        known = self._known(remember=not dry_run)
        deadline = Deadline.after(self._rules.give_up_s)
        seen = commit.read_pointer(self._target, known.course)
        if seen and seen.pointer.manifest == known.manifest:
            if not dry_run:
                self._mend(seen.pointer)
            return self._result(known, [], dry_run=dry_run, unchanged=True, serial=seen.pointer.serial)
        prepared = self._prepare()
        files = missing(prepared.files, self._there(seen))
        if dry_run:
            return self._result(known, files, dry_run=True)
        proof = self._target.prove(seen.pointer.proof if seen else "")  # before the first conditional put
        reuse = Reuse(self._target, known.course, self._rules)
        sent_objects, sent_size = send(
            self._target, prepared, files, reuse, self._progress(known.course), self._patience
        )
        self._secure(prepared, reuse)
        serial = self._commit(prepared, seen, self._committer(known.course, proof=proof, deadline=deadline))
        return self._result(known, files, sent=(sent_objects, sent_size), serial=serial)

    def _mend(self, pointer: commit.Pointer) -> None:
        """Writes the catalogue entry when an earlier run was broken off between the pointer and it."""
        if self._state.pending(self._target.url, pointer):
            self._committer(pointer.course).write_entry(_change(self._prepare()), pointer)
            self._state.settled(self._target.url)

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

    def _secure(self, prepared: Prepared, reuse: Reuse) -> None:
        """Puts the manifest, and makes sure that all it names will be there when the pointer names it."""
        files = {f.address: f for f in prepared.files}

        def put_again(address: str) -> None:
            put_file(self._target, prepared, files[address], self._patience)

        reuse.secure(Body.of(prepared.manifest), put_again, self._patience)

    def _commit(self, prepared: Prepared, seen: commit.Seen | None, committer: Committer) -> int | None:
        pointer = committer.switch(seen, _change(prepared))
        self._state.keep_manifest(prepared.manifest)
        self._on_event(PublishEvent(prepared.release.course, "done"))
        return pointer.serial if pointer else None

    def _committer(self, course: str, *, proof: str = "", deadline: Deadline | None = None) -> Committer:
        return Committer(
            target=self._target,
            now=self._now,
            proof=proof,
            patience=self._patience,
            deadline=deadline,
            state=self._state,
            on_state=lambda state: self._on_event(PublishEvent(course, state)),
        )

    def _result(
        self,
        known: Known,
        files: list[Published],
        *,
        sent: tuple[int, int] = (0, 0),
        dry_run: bool = False,
        unchanged: bool = False,
        serial: int | None = None,
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
            # What this publish added: the target counts all that was ever asked of it.
            requests=dict(sorted((self._target.requests - self._requests_before).items())),
            findings=self._prepared.findings if self._prepared else (),
            serial=serial,
        )


def _change(prepared: Prepared) -> Change:
    manifest = read_manifest(prepared.manifest)
    return Change(signed=manifest.signed, manifest=prepared.manifest_digest, home=prepared.home())


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
