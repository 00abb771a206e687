"""The pointer: the one mutable object of a course, and how it is moved from release to release.

Never concludes from a status code: after any doubtful answer the pointer is read again and the nonce looked for.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from html import escape

import msgspec

from coursepack.errors import ConflictError, TargetError
from coursepack.publish.addresses import POINTER, course_prefix
from coursepack.publish.retry import Deadline, Patience
from coursepack.publish.rewrite import find_meta, insert_in_head
from coursepack.publish.target import Body, ConditionFailed, Doubtful, Headers, Target

META = "coursepack-release"
_HISTORY = 8
_LIMIT = 1 << 26


class Past(msgspec.Struct, frozen=True, array_like=True):
    """A commit before the current one. An array: the home page carries it to every learner."""

    serial: int
    version: str
    release: str
    manifest: str
    nonce: str
    time: str


class Pointer(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the home page says to machines, as JSON in `<meta name="coursepack-release">`."""

    schema: int
    course: str
    version: str
    serial: int
    """Grows with every commit of the course, roll-backs included."""
    release: str
    """Name of the page set."""
    manifest: str
    """Digest of the manifest."""
    nonce: str
    """Of this commit alone."""
    time: str = ""
    """When it was committed: RFC 3339, UTC."""
    history: tuple[Past, ...] = ()
    """The commits before, newest first, at most `_HISTORY`: tells a lost reply from a lost race, and what to go back to."""
    first: str = ""
    """When the course was first published: catalogues want it, and the history forgets it."""
    expires: str = ""
    """RFC 3339, UTC: when a signed pointer is no longer to be believed."""
    proof: str = ""
    """Of conditional writes on this server, see `Target.prove`: saves the next publisher the probe."""
    signatures: tuple[dict[str, str], ...] = ()
    """Over course, version, serial, release, manifest, time and expires; empty when releases are not signed."""

    def follows(self, nonce: str) -> bool:
        """Whether the commit of that nonce is this one or among those before it."""
        return self.nonce == nonce or any(p.nonce == nonce for p in self.history)


class Seen(msgspec.Struct, frozen=True):
    """The pointer as it was read."""

    pointer: Pointer
    etag: str


def read_pointer(target: Target, course: str) -> Seen | None:
    """The course's pointer, None when it was never published. One request."""
    key = course_prefix(course) + POINTER
    found = target.get(key, limit=_LIMIT)
    if found is None:
        return None
    content = find_meta(found.data.decode("utf-8", "replace"), META)
    if content is None:
        raise ConflictError(
            f"{target.url}/{key} is a page that coursepack did not write",
            "Publish to another prefix, or remove that page.",
        )
    try:
        pointer = msgspec.json.decode(content, type=Pointer)
    except msgspec.DecodeError as e:
        raise TargetError(
            f"{target.url}/{key} names its release in a way this version cannot read",
            "Use a newer coursepack.",
        ) from e
    return Seen(pointer, found.stat.etag)


def next_pointer(
    seen: Seen | None,
    *,
    course: str,
    version: str,
    release: str,
    manifest: str,
    nonce: str,
    now: datetime,
    proof: str = "",
) -> Pointer:
    """The pointer that follows the one seen. `now` has its time zone; `proof` is the new one of `Target.prove`."""
    before = seen.pointer if seen else None
    time = now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    history = (_past(before), *before.history) if before else ()
    return Pointer(
        schema=1,
        course=course,
        version=version,
        serial=before.serial + 1 if before else 1,
        release=release,
        manifest=manifest,
        nonce=nonce,
        time=time,
        history=history[:_HISTORY],
        first=(before.first or _first(history)) if before else time,
        proof=proof or (before.proof if before else ""),
    )


def _first(history: tuple[Past, ...]) -> str:
    return next((p.time for p in history if p.serial == 1), "")


def _past(p: Pointer) -> Past:
    return Past(p.serial, p.version, p.release, p.manifest, p.nonce, p.time)


def pointer_page(home: str, pointer: Pointer) -> bytes:
    """The home page `home` with the pointer in its head."""
    content = escape(msgspec.json.encode(pointer, order="sorted").decode())
    markup = f'<meta name="{META}" content="{content}">'
    return insert_in_head(home, markup).encode("utf-8", "surrogateescape")


def commit(
    target: Target,
    seen: Seen | None,
    following: Callable[[Seen | None], Pointer],
    home: str,
    *,
    patience: Patience = Patience(),  # noqa: B008 - frozen
    deadline: Deadline | None = None,
) -> Pointer:
    """Moves the pointer from `seen` to `following(seen)`, whose nonce must be the same for every call.

    When somebody else moved it meanwhile, `following` is asked again with what is there now, and may raise
    `ConflictError`. Raises `TargetError` when no attempt could be seen to succeed.
    """
    pointer: Pointer | None = None
    last: Exception | None = None
    for _ in patience.turns():
        if pointer is not None:
            try:
                seen = read_pointer(target, pointer.course)
            except (
                TargetError
            ) as e:  # looked at again in the next turn: nothing is concluded without having seen
                last = e
                continue
            if seen and seen.pointer.follows(pointer.nonce):
                return pointer if seen.pointer.nonce != pointer.nonce else seen.pointer
        if deadline:
            deadline.check(target.url)
        pointer = following(seen)
        try:
            _put(target, pointer, home, seen)
        except (ConditionFailed, Doubtful) as e:
            last = e
        else:
            return pointer
    return _last_look(target, pointer, last)


def _last_look(target: Target, pointer: Pointer | None, last: Exception | None) -> Pointer:
    """After the last attempt: it may have been the one."""
    course = pointer.course if pointer else ""
    try:
        seen = read_pointer(target, course)
    except TargetError as e:
        raise TargetError(
            f"{target.url}: whether the home page of {course!r} was switched to the new release could not be found out: {e.message}",
            "Nothing is lost: readers see one whole release, the old one or the new one. Publish again when the server answers.",
        ) from e
    if pointer and seen and seen.pointer.follows(pointer.nonce):
        return pointer
    raise TargetError(
        f"{target.url}: the new release of {course!r} is there, but the home page could not be switched to it",
        "Nothing is lost: readers see the old release. Publish again. If it happens again the server may not know "
        "conditional writes.",
    ) from last


def _put(target: Target, pointer: Pointer, home: str, seen: Seen | None) -> None:
    key = course_prefix(pointer.course) + POINTER
    body = Body.of(pointer_page(home, pointer))
    headers = Headers(media_type="text/html; charset=utf-8", cache_control="no-cache")
    if seen is None:
        target.put(key, body, headers, if_absent=True)
    else:
        target.put(key, body, headers, if_match=seen.etag)
