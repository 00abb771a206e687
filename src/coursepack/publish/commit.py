"""The pointer: the one mutable object of a course, and how it is moved from release to release.

Never concludes from a status code: after any doubtful answer the pointer is read again and the nonce looked for.
"""

import random
import time
from collections.abc import Callable
from html import escape

import msgspec

from coursepack.errors import ConflictError, TargetError
from coursepack.publish.addresses import POINTER, course_prefix
from coursepack.publish.rewrite import find_meta, insert_in_head
from coursepack.publish.target import Body, ConditionFailed, Doubtful, Headers, Target

META = "coursepack-release"
_ATTEMPTS = 8
_ANCESTORS = 16
_LIMIT = 1 << 26


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
    ancestors: tuple[str, ...] = ()
    """Nonces of the commits before, newest first, at most 16: tells a lost reply from a lost race."""
    signatures: tuple[dict[str, str], ...] = ()
    """Over course, serial and manifest; empty until releases are signed."""


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
    seen: Seen | None, *, course: str, version: str, release: str, manifest: str, nonce: str
) -> Pointer:
    """The pointer that follows the one seen."""
    before = seen.pointer if seen else None
    return Pointer(
        schema=1,
        course=course,
        version=version,
        serial=before.serial + 1 if before else 1,
        release=release,
        manifest=manifest,
        nonce=nonce,
        ancestors=(before.nonce, *before.ancestors)[:_ANCESTORS] if before else (),
    )


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
    pause: Callable[[float], None] = time.sleep,
    attempts: int = _ATTEMPTS,
) -> Pointer:
    """Moves the pointer from `seen` to `following(seen)`, whose nonce must be the same for every call.

    When somebody else moved it meanwhile, `following` is asked again with what is there now, and may raise
    `ConflictError`. Raises `TargetError` when no attempt could be seen to succeed.
    """
    last: Exception | None = None
    for attempt in range(attempts):
        pointer = following(seen)
        key = course_prefix(pointer.course) + POINTER
        try:
            _put(target, key, pointer_page(home, pointer), seen)
        except (ConditionFailed, Doubtful) as e:
            last = e
        else:
            return pointer
        # Full jitter: many publishers that lost together must not come back together.
        pause(random.uniform(0, min(5.0, 0.05 * 2**attempt)))  # noqa: S311
        seen = read_pointer(target, pointer.course)
        if seen and pointer.nonce in (seen.pointer.nonce, *seen.pointer.ancestors):
            return pointer if seen.pointer.nonce != pointer.nonce else seen.pointer
    raise TargetError(
        f"{target.url}: the new release of {pointer.course!r} is there, but the home page could not be switched to it "
        f"({attempts} attempts)",
        "Publish again. If it happens again the server may not know conditional writes.",
    ) from last


def _put(target: Target, key: str, page: bytes, seen: Seen | None) -> None:
    headers = Headers(media_type="text/html; charset=utf-8", cache_control="no-cache")
    if seen is None:
        target.put(key, Body.of(page), headers, if_absent=True)
    else:
        target.put(key, Body.of(page), headers, if_match=seen.etag)
