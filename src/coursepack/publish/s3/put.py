"""Sends the bytes of one object: in one request, or in parts. The seam between `S3Target` and the wire."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from boto3.s3.transfer import TransferConfig
from botocore import exceptions as bx

from coursepack.errors import TargetError
from coursepack.publish.s3.answers import base64_of, code_of, etag_of, status_of
from coursepack.publish.s3.quirks import Quirks
from coursepack.publish.target import Body, ConditionFailed, Headers, changed_since_build, unseen

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

_MULTIPART_FROM = 16 << 20
_PARTS = TransferConfig(
    multipart_threshold=_MULTIPART_FROM, multipart_chunksize=_MULTIPART_FROM, max_concurrency=4
)


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


def send_object(client: "S3Client", put: Put, quirks: Quirks) -> str:
    """Writes the object and returns its etag, "" where the server told none. See `Target.put`.

    Raises `ConditionFailed`, `TargetError`, and what botocore raises.
    """
    extra: dict[str, Any] = {"ContentType": put.headers.media_type}
    if put.headers.cache_control:
        extra["CacheControl"] = put.headers.cache_control
    if put.headers.disposition:
        extra["ContentDisposition"] = put.headers.disposition
    if put.if_absent:
        extra["IfNoneMatch"] = "*"
    elif put.if_match is not None:
        extra["IfMatch"] = put.if_match
    body = put.body
    if body.path is not None and body.size > _MULTIPART_FROM and not put.conditional:
        etag = _put_parts(client, put, body.path, extra)
        put.on_bytes(body.size)
        return etag
    try:
        etag = _put_whole(client, put, extra)
    except bx.ClientError as e:
        if put.conditional and status_of(e) in (404, 409, 412) and code_of(e) != "NoSuchBucket":
            raise ConditionFailed(put.key) from e
        if code_of(e) in ("BadDigest", "XAmzContentSHA256Mismatch", "XAmzContentChecksumMismatch"):
            raise changed_since_build(body, put.where) from e
        raise
    put.on_bytes(body.size)
    return etag


def _put_whole(client: "S3Client", put: Put, extra: dict[str, Any]) -> str:
    # The server compares the bytes with the digest that the build computed: nothing is hashed twice.
    extra |= {"ChecksumAlgorithm": "SHA256", "ChecksumSHA256": base64_of(put.body.digest)}
    if put.body.path is None:
        reply = client.put_object(Bucket=put.bucket, Key=put.key, Body=put.body.data or b"", **extra)
        return etag_of(reply, put.where)
    with _reading(put.body.path) as f:
        if f.seek(0, 2) != put.body.size:
            raise changed_since_build(put.body, put.where)
        f.seek(0)
        return etag_of(client.put_object(Bucket=put.bucket, Key=put.key, Body=f, **extra), put.where)


def _put_parts(client: "S3Client", put: Put, path: Path, extra: dict[str, Any]) -> str:
    with _reading(path) as f:
        # There is no SHA-256 of a whole multipart object to promise, so it is checked before: 0.6 ms a megabyte.
        if hashlib.file_digest(f, "sha256").hexdigest() != put.body.digest:
            raise changed_since_build(put.body, put.where)
        f.seek(0)
        extra |= {"ChecksumAlgorithm": "SHA256"}
        client.upload_fileobj(f, put.bucket, put.key, ExtraArgs=extra, Config=_PARTS)
    return ""


@contextmanager
def _reading(path: Path) -> Iterator[BufferedReader]:
    try:
        f = path.open("rb")
    except OSError as e:
        raise TargetError(f"cannot read {path}: {e.strerror}", "Build the course again, then publish.") from e
    with f:
        yield f
