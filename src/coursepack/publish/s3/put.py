"""Sends the bytes of one object: in one request, or in parts. The seam between `S3Target` and the wire."""

import hashlib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from botocore import exceptions as bx

from coursepack.errors import TargetError
from coursepack.publish.s3.answers import base64_of, code_of, etag_of, status_of
from coursepack.publish.s3.quirks import Quirks
from coursepack.publish.s3.raw import NotHere, Part, RawSender, ShortFile
from coursepack.publish.target import Body, ConditionFailed, Headers, changed_since_build, unseen

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

PARTS_FROM = 32 << 20
"""Larger files go in parts, which a publish that broke off need not send again. Up to here one request is cheaper for
all: at 2 Mbit/s, a village's uplink, a broken-off one loses two minutes.
"""


class Put(msgspec.Struct, frozen=True):
    """One object to write."""

    bucket: str
    key: str
    """Whole, prefix included."""
    where: str
    """For messages: `s3://bucket/prefix/key`."""
    body: Body
    headers: Headers
    if_match: str | None = None
    """Already in the form that the server wants."""
    if_absent: bool = False
    on_bytes: Callable[[int], None] = unseen

    @property
    def conditional(self) -> bool:
        """Whether the server may turn it down."""
        return self.if_absent or self.if_match is not None


class Wire:
    """The two ways to a server: boto3's client, and the quick one for bodies, made when it is first needed."""

    def __init__(self, client: "S3Client", make_raw: Callable[[], RawSender]) -> None:
        self.client = client
        self.big = threading.BoundedSemaphore(2)
        """Objects that go in parts at one time: each holds five parts in memory."""
        self._make_raw = make_raw
        self._raw: RawSender | None = None
        self._lock = threading.Lock()
        self._client_only = False

    def raw(self) -> RawSender | None:
        """The quick way, None where only boto3's client knows how to get there."""
        with self._lock:
            if self._client_only:
                return None
            if self._raw is None:
                self._raw = self._make_raw()
                self._client_only = not self._raw.usable
            return None if self._client_only else self._raw

    def give_up_raw(self) -> None:
        """From now on boto3's client sends all."""
        self._client_only = True


def send_object(wire: Wire, put: Put, quirks: Quirks) -> str:
    """Writes the object and returns its etag. See `Target.put`.

    No byte is hashed a second time: the digest that the build computed is sent as the signed SHA-256 of the payload and
    as the checksum, and the server refuses other bytes. Files in parts are hashed once, see `multipart.py`; so is
    everything for a server that does not compare. Raises `ConditionFailed`, `TargetError`, and what botocore raises.
    """
    from coursepack.publish.s3.multipart import put_parts

    body = put.body
    try:
        if body.path is not None and body.size > PARTS_FROM and put.if_match is None:
            return put_parts(wire, put, body.path, conditions=quirks.conditional_put)
        if not quirks.checks_sha256:
            _check(put)
        return _put_whole(wire, put)
    except ShortFile as e:
        raise changed_since_build(body, put.where) from e
    except bx.ClientError as e:
        if put.conditional and status_of(e) in (404, 409, 412) and code_of(e) != "NoSuchBucket":
            raise ConditionFailed(put.key) from e
        if code_of(e) in ("BadDigest", "XAmzContentSHA256Mismatch", "XAmzContentChecksumMismatch"):
            raise changed_since_build(body, put.where) from e
        raise


def _put_whole(wire: Wire, put: Put) -> str:
    if put.body.path is None:
        return _put_part(wire, put, Part(put.body.size, data=put.body.data or b""))
    with reading(put.body.path) as f:
        if f.seek(0, 2) != put.body.size:
            raise changed_since_build(put.body, put.where)
        f.seek(0)
        return _put_part(wire, put, Part(put.body.size, file=f))


def _put_part(wire: Wire, put: Put, part: Part) -> str:
    raw = wire.raw()
    if raw is not None:
        headers = _raw_headers(put) | {
            "x-amz-checksum-sha256": base64_of(put.body.digest),
            "x-amz-sdk-checksum-algorithm": "SHA256",  # some servers compare only what is named here, too
        }
        try:
            answer = raw.put(put.key, part, headers, payload=put.body.digest, on_bytes=put.on_bytes)
        except NotHere:
            wire.give_up_raw()
        else:
            return etag_of({"ETag": answer.etag}, put.where)
    extra = client_headers(put) | {
        "ChecksumAlgorithm": "SHA256",
        "ChecksumSHA256": base64_of(put.body.digest),
    }
    if put.if_absent:
        extra["IfNoneMatch"] = "*"
    elif put.if_match is not None:
        extra["IfMatch"] = put.if_match
    content: Any = part.file if part.file is not None else part.data
    etag = etag_of(wire.client.put_object(Bucket=put.bucket, Key=put.key, Body=content, **extra), put.where)
    put.on_bytes(part.size)
    return etag


def _raw_headers(put: Put) -> dict[str, str]:
    headers = {"content-type": put.headers.media_type}
    if put.headers.cache_control:
        headers["cache-control"] = put.headers.cache_control
    if put.headers.disposition:
        headers["content-disposition"] = put.headers.disposition
    if put.if_absent:
        headers["if-none-match"] = "*"
    elif put.if_match is not None:
        headers["if-match"] = put.if_match
    return headers


def client_headers(put: Put) -> dict[str, Any]:
    """What browsers are told, as boto3 names it."""
    extra: dict[str, Any] = {"ContentType": put.headers.media_type}
    if put.headers.cache_control:
        extra["CacheControl"] = put.headers.cache_control
    if put.headers.disposition:
        extra["ContentDisposition"] = put.headers.disposition
    return extra


def _check(put: Put) -> None:
    if put.body.path is None:
        return  # what is in memory was hashed here
    with reading(put.body.path) as f:
        if hashlib.file_digest(f, "sha256").hexdigest() != put.body.digest:
            raise changed_since_build(put.body, put.where)


@contextmanager
def reading(path: Path) -> Iterator[BufferedReader]:
    """The built file, open. Raises `TargetError`."""
    try:
        f = path.open("rb")
    except OSError as e:
        raise TargetError(f"cannot read {path}: {e.strerror}", "Build the course again, then publish.") from e
    with f:
        yield f
