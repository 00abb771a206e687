"""Makes a release that is there whole the current one: journal record, pointer, catalogue entry, in this order.

The journal record is an *intent*: it is written before the pointer is switched, so that no kill can come between a commit
and its record. Whoever reads it believes it only when the course's pointer names its nonce, now or in its history; see
docs/decisions/0022-journal-before-pointer.md.
"""

import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Literal

import msgspec

from coursepack.app.catalogue_objects import catalogue_objects
from coursepack.catalogue.journal import Action
from coursepack.errors import ConflictError, TargetError
from coursepack.model.digest import Digest
from coursepack.publish import commit
from coursepack.publish.manifest import Signed
from coursepack.publish.retry import Deadline, Patience, put_surely
from coursepack.publish.state import PublishState
from coursepack.publish.target import Body, Headers, Target


class Change(msgspec.Struct, frozen=True):
    """A release whose objects and manifest are there, and that is to become the current one of its course."""

    signed: Signed
    """What its manifest says."""
    manifest: Digest
    home: str
    """The home page as it stands at the pointer's address, without pointer."""
    action: Action = "publish"
    again: bool = False
    """Commit even when the pointer names this manifest already: its signature is renewed."""


def unsigned(pointer: commit.Pointer) -> commit.Pointer:
    """The signer of whoever has no key."""
    return pointer


def untold(state: Literal["committing", "catalogue"]) -> None:
    """Nobody looks at the progress of a commit."""


class Committer(msgspec.Struct, frozen=True):
    """How commits are made at one target."""

    target: Target
    now: datetime
    """With its time zone."""
    proof: str = ""
    """What `Target.prove` returned for this run."""
    sign: Callable[[commit.Pointer], commit.Pointer] = unsigned
    patience: Patience = Patience()
    deadline: Deadline | None = None
    state: PublishState | None = None
    """Of the build, when there is one: keeps a mark while the catalogue entry is still to be written."""
    on_state: Callable[[Literal["committing", "catalogue"]], None] = untold

    def switch(self, seen: commit.Seen | None, change: Change) -> commit.Pointer | None:
        """Makes `change` the release after `seen`. None: somebody else made the very same release current meanwhile.

        Raises `ConflictError` when another release became current, `TargetError` when nothing could be seen to succeed.
        """
        self.on_state("committing")
        nonce = secrets.token_hex(16)  # of this commit, however often a request of it is repeated

        def following(current: commit.Seen | None) -> commit.Pointer:
            if (
                current
                and current.pointer.manifest == change.manifest
                and not (change.again and current == seen)
            ):
                raise _SameAlready
            if _serial(current) != _serial(seen):
                raise _overtaken(self.target, change.signed.course, current)
            pointer = commit.next_pointer(
                current,
                course=change.signed.course,
                version=change.signed.version,
                release=change.signed.release,
                manifest=change.manifest,
                nonce=nonce,
                now=self.now,
                proof=self.proof,
            )
            return self.sign(pointer)

        try:
            self._write_journal(change, following(seen))
            if self.state is None:
                return self._commit(seen, following, change)
            with self.state.committing(self.target.url, nonce):
                return self._commit(seen, following, change)
        except _SameAlready:
            return None  # the catalogue entry is theirs to write

    def _commit(
        self,
        seen: commit.Seen | None,
        following: Callable[[commit.Seen | None], commit.Pointer],
        change: Change,
    ) -> commit.Pointer:
        pointer = commit.commit(
            self.target, seen, following, change.home, patience=self.patience, deadline=self.deadline
        )
        self.write_entry(change, pointer)
        return pointer

    def _write_journal(self, change: Change, pointer: commit.Pointer) -> None:
        """One object that nobody else ever writes: it says "look at this course", and holds the entry to be."""
        objects = catalogue_objects(change.signed, pointer, action=change.action)
        headers = Headers("application/json; charset=utf-8", "no-cache")
        put_surely(self.target, objects.journal_key, Body.of(objects.journal), headers, self.patience)

    def write_entry(self, change: Change, pointer: commit.Pointer) -> None:
        """Writes the catalogue entry of `change`, which `pointer` has made current. One request.

        When an answer is lost and somebody else has published since, the entry is left to them. Raises `TargetError`.
        """
        self.on_state("catalogue")
        objects = catalogue_objects(change.signed, pointer, action=change.action)
        headers = Headers("application/ld+json", "no-cache")

        def overtaken() -> bool:
            try:
                there = commit.read_pointer(self.target, change.signed.course)
            except TargetError:
                return False
            return there is not None and there.pointer.serial > pointer.serial

        body = Body.of(objects.entry)
        try:
            put_surely(self.target, objects.entry_key, body, headers, self.patience, unless=overtaken)
        except TargetError as e:
            raise type(e)(
                f"{e.message}; the release is published, only its catalogue entry is the old one",
                "Publish again from the same folder: it writes the entry.",
            ) from e


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
