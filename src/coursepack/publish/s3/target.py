"""The target on S3: what the Protocol promises, in requests.

Credentials come from boto3's own chain and stay there: messages are made of our words, the error *code* and the
names the user gave, never of a server's text.
"""

import base64
import hashlib
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from email.utils import parsedate_to_datetime
from io import BufferedReader
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

import boto3
from boto3.s3.transfer import TransferConfig
from botocore import exceptions as bx
from botocore.config import Config

from coursepack.errors import EnvironmentMissing, TargetError
from coursepack.publish.s3.address import check_endpoint, parse_url
from coursepack.publish.s3.errors import explain
from coursepack.publish.s3.network import Network
from coursepack.publish.target import (
    Body,
    ConditionFailed,
    Doubtful,
    Fetched,
    Headers,
    Stat,
    Upload,
    changed_since_build,
    check_key,
    unseen,
)

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

_MULTIPART_FROM = 16 << 20
_READ_ATTEMPTS = 3
_KINDS = {
    "PutObject": "PUT",
    "GetObject": "GET",
    "HeadObject": "HEAD",
    "ListObjectsV2": "LIST",
    "DeleteObject": "DELETE",
}


class S3Target:
    """Objects below `s3://bucket/prefix/`. One client for all requests."""

    def __init__(
        self,
        url: str,
        *,
        endpoint_url: str | None = None,
        single_writer: bool = False,
        threads: int = 16,
        network: Network = Network(),  # noqa: B008 - frozen
    ) -> None:
        self._bucket, self._prefix = parse_url(url)
        self._endpoint_url = endpoint_url and check_endpoint(endpoint_url)
        self._single_writer = single_writer
        self._clock_offset: float | None = None
        self._requests: Counter[str] = Counter()
        self._lock = threading.Lock()
        with self._explained("open", ""):
            self._client = _client(self._endpoint_url, threads, network)
        self._client.meta.events.register("before-send.s3", self._count)
        self._client.meta.events.register("after-call.s3", self._note_date)
        self._parts = TransferConfig(
            multipart_threshold=_MULTIPART_FROM, multipart_chunksize=_MULTIPART_FROM, max_concurrency=4
        )

    @property
    def url(self) -> str:
        """`s3://bucket/prefix`."""
        return f"s3://{self._bucket}/{self._prefix}".rstrip("/")

    @property
    def requests(self) -> Counter[str]:
        """Counted where they leave the client, retries included."""
        return self._requests

    def get(self, key: str, *, limit: int = 1 << 28) -> Fetched | None:
        """See `Target.get`."""
        attempts = _READ_ATTEMPTS
        while True:
            try:
                with self._explained("read", key):
                    return self._get(key, limit)
            except _TornRead:  # botocore repeats requests, not the reading of answers
                attempts -= 1
                if not attempts:
                    raise

    def _get(self, key: str, limit: int) -> Fetched | None:
        try:
            reply = self._client.get_object(Bucket=self._bucket, Key=self._key(key), ChecksumMode="ENABLED")
        except bx.ClientError as e:
            if _code(e) in ("NoSuchKey", "404"):
                return None
            raise
        if reply.get("ContentLength", 0) > limit:
            reply["Body"].close()
            raise TargetError(f"{self.url}/{key} is larger than {limit} bytes")
        try:
            data = reply["Body"].read()
        except (bx.IncompleteReadError, bx.ResponseStreamingError, bx.ReadTimeoutError) as e:
            raise _TornRead(f"{self.url}/{key}: the answer broke off", "Try again.") from e
        if not _is_as_stored(reply, data):
            raise _TornRead(f"{self.url}/{key}: the answer is not what is stored there", "Try again.")
        modified, media_type = reply["LastModified"].timestamp(), reply.get("ContentType", "")
        return Fetched(Stat(key, len(data), reply["ETag"], modified, media_type), data)

    def head(self, key: str) -> Stat | None:
        """See `Target.head`."""
        with self._explained("read", key):
            try:
                r = self._client.head_object(Bucket=self._bucket, Key=self._key(key))
            except bx.ClientError as e:
                if _code(e) in ("NoSuchKey", "404"):
                    return None
                raise
            etag = _etag(r, f"{self.url}/{key}")
            return Stat(
                key, r["ContentLength"], etag, r["LastModified"].timestamp(), r.get("ContentType", "")
            )

    def list(self, prefix: str) -> Iterator[Stat]:
        """See `Target.list`. One request for each thousand objects."""
        with self._explained("list", prefix):
            pages = self._client.get_paginator("list_objects_v2").paginate(
                Bucket=self._bucket, Prefix=self._prefix + prefix
            )
            for page in pages:
                for o in page.get("Contents", ()):
                    key = o["Key"].removeprefix(self._prefix)
                    yield Stat(key, o["Size"], o["ETag"], o["LastModified"].timestamp())

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
        """See `Target.put`. Bodies over 16 MiB go in parts when the put has no condition."""
        extra: dict[str, Any] = {"ContentType": headers.media_type}
        if headers.cache_control:
            extra["CacheControl"] = headers.cache_control
        if headers.disposition:
            extra["ContentDisposition"] = headers.disposition
        conditional = if_absent or if_match is not None
        if if_absent:
            extra["IfNoneMatch"] = "*"
        elif if_match is not None:
            extra["IfMatch"] = if_match
        with self._explained("write", key):
            if body.path is not None and body.size > _MULTIPART_FROM and not conditional:
                etag = self._put_parts(key, body.path, body, extra)
                on_bytes(body.size)
                return etag
            try:
                etag = self._put_whole(key, body, extra)
                on_bytes(body.size)
                return etag
            except bx.ClientError as e:
                if conditional and _status(e) in (404, 409, 412) and _code(e) != "NoSuchBucket":
                    raise ConditionFailed(key) from e
                if _code(e) in ("BadDigest", "XAmzContentSHA256Mismatch", "XAmzContentChecksumMismatch"):
                    raise changed_since_build(body, key) from e
                raise

    def _put_whole(self, key: str, body: Body, extra: dict[str, Any]) -> str:
        # The server compares the bytes with the digest that the build computed: nothing is hashed twice.
        extra |= {"ChecksumAlgorithm": "SHA256", "ChecksumSHA256": _base64(body.digest)}
        if body.path is None:
            put = self._client.put_object(
                Bucket=self._bucket, Key=self._key(key), Body=body.data or b"", **extra
            )
            return _etag(put, f"{self.url}/{key}")
        with _reading(body.path) as f:
            if f.seek(0, 2) != body.size:
                raise changed_since_build(body, key)
            f.seek(0)
            put = self._client.put_object(Bucket=self._bucket, Key=self._key(key), Body=f, **extra)
            return _etag(put, f"{self.url}/{key}")

    def _put_parts(self, key: str, path: Path, body: Body, extra: dict[str, Any]) -> str:
        with _reading(path) as f:
            # There is no SHA-256 of a whole multipart object to promise, so it is checked before: 0.6 ms a megabyte.
            if hashlib.file_digest(f, "sha256").hexdigest() != body.digest:
                raise changed_since_build(body, key)
            f.seek(0)
            extra |= {"ChecksumAlgorithm": "SHA256"}
            self._client.upload_fileobj(f, self._bucket, self._key(key), ExtraArgs=extra, Config=self._parts)
        return ""

    def delete(self, key: str) -> None:
        """See `Target.delete`."""
        with self._explained("delete", key):
            self._client.delete_object(Bucket=self._bucket, Key=self._key(key))

    def uploads(self, prefix: str) -> Iterator[Upload]:
        """See `Target.uploads`. One request for each thousand."""
        with self._explained("list", prefix):
            pages = self._client.get_paginator("list_multipart_uploads").paginate(
                Bucket=self._bucket, Prefix=self._prefix + prefix
            )
            for page in pages:
                for u in page.get("Uploads", ()):
                    yield Upload(
                        u["Key"].removeprefix(self._prefix), u["UploadId"], u["Initiated"].timestamp()
                    )

    def abort(self, upload: Upload) -> None:
        """See `Target.abort`."""
        with self._explained("delete", upload.key):
            try:
                self._client.abort_multipart_upload(
                    Bucket=self._bucket, Key=self._key(upload.key), UploadId=upload.id
                )
            except bx.ClientError as e:
                if _code(e) not in ("NoSuchUpload", "404"):
                    raise

    def now(self) -> float:
        """See `Target.now`: from the `Date` of the last answer."""
        if self._clock_offset is None:
            self.head("clock")
        return time.monotonic() + (self._clock_offset or 0.0)

    def _note_date(self, http_response: Any = None, **_: Any) -> None:
        date = http_response.headers.get("date", "") if http_response is not None else ""
        with suppress(ValueError):
            self._clock_offset = parsedate_to_datetime(date).timestamp() - time.monotonic()

    def prove(self, proof: str = "") -> str:
        """See `Target.prove`."""
        return proof

    def address(self, key: str) -> str:
        """Where a browser finds the object when the bucket may be read by anybody."""
        base = urlsplit(self._client.meta.endpoint_url)
        path = quote(self._key(key))
        if self._endpoint_url:
            return f"{base.scheme}://{base.netloc}{base.path.rstrip('/')}/{self._bucket}/{path}"
        return f"{base.scheme}://{self._bucket}.{base.netloc}/{path}"

    def _key(self, key: str) -> str:
        check_key(key)
        full = self._prefix + key
        check_key(full)
        return full

    def _count(self, event_name: str = "", **_: Any) -> None:
        kind = _KINDS.get(event_name.rpartition(".")[2], "MULTIPART")
        with self._lock:
            self._requests[kind] += 1

    @contextmanager
    def _explained(self, doing: str, key: str) -> Iterator[None]:
        """Turns what boto3 raises into `TargetError`s that say where, what, and what next."""
        try:
            yield
        except (bx.BotoCoreError, bx.ClientError, ValueError) as e:
            where = f"{self.url}/{key}" if key else self.url
            raise explain(e, doing, where, self._bucket, self._endpoint_url or "") from e


class _TornRead(TargetError):
    pass


def _is_as_stored(reply: Any, data: bytes) -> bool:
    """False for a body that something between the storage and us has changed, as far as the answer tells."""
    promised = reply.get("ChecksumSHA256", "")
    if not reply.get("ETag") or "LastModified" not in reply:
        return False  # no answer of an S3 server: a proxy's own page
    if not promised or "-" in promised:  # of parts
        return True
    return base64.b64encode(hashlib.sha256(data).digest()).decode() == str(promised)


@contextmanager
def _reading(path: Path) -> Iterator[BufferedReader]:
    try:
        f = path.open("rb")
    except OSError as e:
        raise TargetError(f"cannot read {path}: {e.strerror}", "Build the course again, then publish.") from e
    with f:
        yield f


def _client(endpoint_url: str | None, threads: int, network: Network) -> "S3Client":
    session = boto3.session.Session()
    if session.get_credentials() is None:
        raise bx.NoCredentialsError
    config = Config(
        max_pool_connections=threads,
        connect_timeout=network.connect_s,
        read_timeout=network.read_s,
        retries={"mode": "standard", "total_max_attempts": network.attempts},
        # Servers other than AWS rarely have a host name for each bucket. The body is covered by its checksum
        # header, which is signed; signing the payload too would hash every byte a second time.
        s3={"addressing_style": "path" if endpoint_url else "auto", "payload_signing_enabled": False},
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
    )
    region = session.region_name or "us-east-1"
    try:
        return session.client("s3", endpoint_url=endpoint_url, region_name=region, config=config)
    except OSError as e:  # a certificate bundle that is not there
        raise EnvironmentMissing(
            f"cannot set up the S3 client: {e.strerror or e}", "Check AWS_CA_BUNDLE."
        ) from e


def _etag(reply: Any, where: str) -> str:
    """Of an answer. Without one it is a success that somebody else than the storage told of."""
    if not reply.get("ETag"):
        raise Doubtful(
            f"{where}: the answer is not that of an S3 server", "Check --endpoint-url and the proxies."
        )
    return str(reply["ETag"])


def _base64(hex_digest: str) -> str:
    return base64.b64encode(bytes.fromhex(hex_digest)).decode()


def _code(e: bx.ClientError) -> str:
    return str(e.response.get("Error", {}).get("Code", ""))


def _status(e: bx.ClientError) -> int:
    return int(e.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))
