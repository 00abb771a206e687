"""The journal: records that publishers write and nobody changes, and how they become what is known of a course.

A record is an *intent*: it is written before the pointer of its course is switched, so that no kill can come between a
commit and its record. It says "look at this course"; only the pointer says what happened. Pure functions for the
compactor: no request, no clock. See docs/design/catalogue.md.
"""

from collections.abc import Iterable
from typing import Annotated, Any, Literal

import msgspec

from coursepack.errors import TargetError

Action = Literal["publish", "rollback", "withdraw"]
"""What a commit did; "withdraw" is kept for courses that are taken down (OAI-PMH's deleted records)."""

MAX_JOURNAL_BYTES = 20_000
"""An entry, and what stands around it."""

_Hash = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
_Text = Annotated[str, msgspec.Meta(min_length=1, max_length=300)]


class JournalRecord(msgspec.Struct, frozen=True, omit_defaults=True):
    """`catalogue/log/<time>-<course>-<nonce>.json`. Fields of later versions are passed over."""

    schema: Literal[1]
    action: Action
    course: _Text
    version: _Text
    serial: Annotated[int, msgspec.Meta(ge=1)]
    """The pointer's, if the commit takes place."""
    manifest: _Hash
    release: _Text
    nonce: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{16,64}$")]
    """Of this commit alone; also in the pointer."""
    time: Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")]
    """Of the commit, by the publisher's clock. For people and feeds; never decides which record wins."""
    entry: dict[str, Any] = {}
    """The course's whole entry; nothing for "withdraw"."""


class Standing(msgspec.Struct, frozen=True):
    """What the pointer of a course says of its commits."""

    serial: int
    nonce: str
    before: frozenset[str] = frozenset()
    """Nonces of its history."""


Verdict = Literal["believe", "wait", "drop"]


def judge(record: JournalRecord, pointer: Standing | None) -> Verdict:
    """What to make of a record, by what the pointer of its course says now.

    believe: its commit took place. wait: it may still take place; drop it once it is older than the grace time, because
    every publisher has given up by then. drop: it never took place, or is so old that the pointer has forgotten it, and
    then a later record stands for the course.
    """
    if pointer is None:
        return "wait"
    if record.nonce == pointer.nonce or record.nonce in pointer.before:
        return "believe"
    return "wait" if record.serial > pointer.serial else "drop"


def fold(
    known: JournalRecord | None, records: Iterable[JournalRecord], pointer: Standing | None
) -> JournalRecord | None:
    """What is known of one course after `records`, in any order, repeated or not, in one go or in many.

    `known` is what an earlier fold returned. The record of the commit that the pointer names wins over all; else the
    highest serial. The pointer comes first because serials begin again when an operator has removed a course and
    somebody publishes it anew.
    """
    candidates = [r for r in records if judge(r, pointer) == "believe"]
    if known is not None:
        candidates.append(known)
    current = pointer.nonce if pointer else ""
    return max(candidates, key=lambda r: (r.nonce == current, r.serial, r.nonce), default=None)


def read_journal(data: bytes) -> JournalRecord:
    """A record from the bytes that somebody put there. Raises `TargetError`."""
    if len(data) > MAX_JOURNAL_BYTES:
        raise TargetError(
            "a journal record of the catalogue is too large", "Move it out of catalogue/log/ and look at it."
        )
    try:
        record = msgspec.json.decode(data, type=JournalRecord)
    except msgspec.DecodeError as e:
        raise TargetError(
            f"a journal record of the catalogue cannot be read: {e}", "Use a newer coursepack."
        ) from e
    if not record.entry and record.action != "withdraw":
        raise TargetError("a journal record of the catalogue has no entry", "Publish that course again.")
    return record
