"""A publish target: a flat space of keys that holds bytes. The seam between the protocol and the storage.

Keys are relative posix paths of any characters, without empty, `.` or `..` segments. A put is atomic: readers see
the old bytes or the new ones, never a part. Every method may raise `TargetError` (exit 4).
"""

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

import msgspec

from coursepack.errors import TargetError
from coursepack.model.digest import Digest, digest_bytes


class ConditionFailed(Exception):
    """A conditional put was turned down: the object is not in the state that the condition names.

    Only what the server *said*: the put may have happened all the same (a retry after a lost success).
    Read the object again and look.
    """


class Doubtful(TargetError):
    """The request may or may not have happened (time-out, broken connection, 5xx). Read again and look."""


class Body(msgspec.Struct, frozen=True):
    """Bytes to put, with the digest they are promised to have. Exactly one of `data` and `path` is set."""

    digest: Digest
    size: int
    data: bytes | None = None
    path: Path | None = None

    @staticmethod
    def of(data: bytes) -> "Body":
        """A body held in memory."""
        return Body(digest=digest_bytes(data), size=len(data), data=data)


class Headers(msgspec.Struct, frozen=True):
    """What the storage tells browsers about an object (HTTP header values)."""

    media_type: str
    cache_control: str = ""
    disposition: str = ""


class Stat(msgspec.Struct, frozen=True):
    """An object, without its bytes. `etag` is opaque: only good for `if_match` on the same target."""

    key: str
    size: int
    etag: str
    modified: float
    """Seconds since 1970 by the storage's own clock."""
    media_type: str = ""
    """As put; "" in listings, which do not carry it."""


class Fetched(msgspec.Struct, frozen=True):
    """An object and its bytes."""

    stat: Stat
    data: bytes


class Upload(msgspec.Struct, frozen=True):
    """An upload that was begun and not finished; it takes room and no reader sees it."""

    key: str
    id: str
    """Opaque: for `Target.abort`."""
    started: float
    """Seconds since 1970 by the storage's own clock."""


class Unusable(TargetError):
    """The target as a whole cannot be used (no bucket, no credentials, no server): other objects would fare no better."""


def unseen(size: int) -> None:
    """Nobody looks at the progress of a put."""


class Target(Protocol):
    """Where releases go. Safe to call from several threads."""

    @property
    def url(self) -> str:
        """What the user calls it; holds no credentials."""
        ...

    @property
    def requests(self) -> Counter[str]:
        """How many requests were sent, retries included: PUT, GET, HEAD, LIST, DELETE, MULTIPART."""
        ...

    def get(self, key: str, *, limit: int = 1 << 28) -> Fetched | None:
        """The object, or None. Larger than `limit` bytes: `TargetError`."""
        ...

    def head(self, key: str) -> Stat | None:
        """The object's facts, or None."""
        ...

    def list(self, prefix: str) -> Iterator[Stat]:
        """All objects whose key starts with `prefix`, by key in code point order of its UTF-8."""
        ...

    def put(
        self,
        key: str,
        body: Body,
        headers: Headers,
        *,
        if_match: str | None = None,
        if_absent: bool = False,
        on_bytes: Callable[[int], None] = unseen,
    ) -> str:
        """Writes the object and returns its etag. `on_bytes` is told how many bytes more went out, perhaps by other threads.

        `if_match`: only over the version with that etag. `if_absent`: only where there is none. Otherwise `ConditionFailed`.
        Bytes that have not the promised digest raise `TargetError` where that can be told without reading twice.
        """
        ...

    def delete(self, key: str) -> None:
        """Removes the object; no error when there is none."""
        ...

    def uploads(self, prefix: str) -> Iterator[Upload]:
        """Uploads to keys below `prefix` that were begun and not finished."""
        ...

    def abort(self, upload: Upload) -> None:
        """Throws an unfinished upload away; no error when it is gone."""
        ...

    def now(self) -> float:
        """Seconds since 1970 by the storage's own clock: what `Stat.modified` is to be compared with.

        Taken from the last answer; a request only where there was none yet.
        """
        ...

    def prove(self, proof: str = "") -> str:
        """Makes sure that conditional writes do what they say, and returns a proof for the next time.

        With the proof of an earlier time no request is sent. Raises `ConflictError` where they cannot be trusted, unless
        the target was opened for a single writer.
        """
        ...

    def address(self, key: str) -> str:
        """The address for people and browsers, percent-encoded: `file:` or `http(s):`."""
        ...


def changed_since_build(body: Body, key: str) -> TargetError:
    """The error for a built file that has not the bytes that `release.json` promises."""
    return TargetError(
        f"{body.path or key} is not the file that release.json names: it was changed after the build",
        "Build the course again, then publish.",
    )


def check_key(key: str) -> None:
    """Raises `TargetError` for a key that is no safe relative path. The last gate before any storage."""
    parts = key.split("/")
    if not key or "\0" in key or "\\" in key or any(p in ("", ".", "..") for p in parts):
        raise TargetError(
            f"{key!r} is not a safe object key", "This is a bug in coursepack: please report it."
        )
    if len(key.encode("utf-8", "surrogatepass")) > MAX_KEY_BYTES:
        raise TargetError(
            f"the address {key[:80]}… is longer than {MAX_KEY_BYTES} bytes",
            "Object storage allows no longer keys: shorten the names of the folder and the lesson file.",
        )


MAX_KEY_BYTES = 1024
"""S3's limit for a whole key, UTF-8."""
