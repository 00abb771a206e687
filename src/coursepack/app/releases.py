"""What operators do with published releases: go back to one, and clear away what was never finished."""

from datetime import datetime

import msgspec

from coursepack.app.publish_commit import Change, Committer
from coursepack.errors import ConflictError, TargetError
from coursepack.model.digest import Digest, digest_bytes
from coursepack.publish import addresses
from coursepack.publish.commit import Past, Pointer
from coursepack.publish.history import commits, find_commit, seen_of
from coursepack.publish.manifest import Manifest, fetch_manifest
from coursepack.publish.rebase import home_from_page
from coursepack.publish.retry import Deadline, Patience
from coursepack.publish.reuse import AgeRules, hold_release, missing_objects
from coursepack.publish.target import Target, Upload

_GONE = "Build that version again and publish it: what is there is not sent twice."


class RolledBack(msgspec.Struct, frozen=True):
    """What a roll-back did, or under `dry_run` would do."""

    course: str
    before: Past
    """The commit that was current."""
    to: Past
    """The commit whose release is current again."""
    serial: int
    """Of the new commit; that of `before` when nothing had to be done."""
    address: str
    done: bool
    dry_run: bool


def rollback(
    target: Target,
    course: str,
    spec: str = "previous",
    *,
    now: datetime,
    dry_run: bool = False,
    rules: AgeRules = AgeRules(),  # noqa: B008 - frozen
    patience: Patience = Patience(),  # noqa: B008 - frozen
) -> RolledBack:
    """Makes an older release of `course` current again, by a new commit with a higher serial. Nothing is deleted.

    Raises `UsageError` for an unknown release, `TargetError` when it is not whole any more, and `ConflictError` when
    somebody else publishes meanwhile.
    """
    deadline = Deadline.after(rules.give_up_s)
    seen = seen_of(target, course)
    before, to = commits(seen.pointer)[0], find_commit(seen.pointer, spec)
    address = target.address(addresses.course_prefix(course) + addresses.POINTER)
    outcome = RolledBack(course, before, to, before.serial, address, done=False, dry_run=dry_run)
    if to.manifest == before.manifest:
        return outcome
    manifest, data = _whole(target, course, to)
    home = _home(target, manifest)
    if dry_run:
        return msgspec.structs.replace(outcome, serial=before.serial + 1)
    proof = target.prove(seen.pointer.proof)
    hold_release(target, manifest, data, rules, patience, safe_already=_is_newest_other(seen.pointer, to))
    committer = Committer(target=target, now=now, proof=proof, patience=patience, deadline=deadline)
    change = Change(manifest.signed, Digest(to.manifest), home, action="rollback")
    pointer = committer.switch(seen, change)
    if pointer is None:
        raise ConflictError(
            f"{target.url}: somebody else made that release of {course!r} current at the same time",
            "Look at what is there: coursepack releases list.",
        )
    return msgspec.structs.replace(outcome, serial=pointer.serial, done=True)


def _is_newest_other(pointer: Pointer, to: Past) -> bool:
    return find_commit(pointer, "previous").manifest == to.manifest


def _whole(target: Target, course: str, past: Past) -> tuple[Manifest, bytes]:
    found = fetch_manifest(target, course, past.manifest)
    if found is None:
        raise TargetError(
            f"{target.url}: the release {past.serial} of {course!r} (version {past.version}) was pruned",
            _GONE,
        )
    lost = missing_objects(target, found[0])
    if lost:
        raise TargetError(
            f"{target.url}: the release {past.serial} of {course!r} (version {past.version}) is not whole: {len(lost)} of "
            f"its objects are gone or damaged, the first is {lost[0]}",
            _GONE,
        )
    return found


def _home(target: Target, manifest: Manifest) -> str:
    facts = manifest.signed.files.get(addresses.POINTER)
    course = manifest.signed.course
    page = target.get(addresses.course_prefix(course) + facts.address) if facts else None
    if facts is None or page is None or digest_bytes(page.data) != facts.digest:
        raise TargetError(f"{target.url}: the home page of that release of {course!r} is damaged", _GONE)
    return home_from_page(page.data, manifest)


class Cleared(msgspec.Struct, frozen=True):
    """An unfinished upload, and whether it was thrown away."""

    key: str
    age_s: float
    aborted: bool


def abort_uploads(
    target: Target, course: str = "", *, older_than_s: float = 24 * 3600.0, dry_run: bool = False
) -> list[Cleared]:
    """Throws away uploads (of `course`, else of all) that were begun more than `older_than_s` ago and never finished.

    Younger ones may be those of a publish that is under way: they are reported as left.
    """
    prefix = addresses.course_prefix(course) if course else "c/"
    found: list[Upload] = list(target.uploads(prefix))
    now = target.now() if found else 0.0
    cleared = []
    for upload in found:
        age_s = max(0.0, now - upload.started)
        stale = age_s >= older_than_s
        if stale and not dry_run:
            target.abort(upload)
        cleared.append(Cleared(upload.key or upload.id, age_s, aborted=stale))
    return cleared
