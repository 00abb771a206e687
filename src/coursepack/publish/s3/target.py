"""The target on S3: what the Protocol promises, in requests.

Credentials come from boto3's own chain and stay there: messages are made of our words, the error *code* and the
names the user gave, never of a server's text.
"""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from botocore import exceptions as bx

from coursepack.errors import TargetError
from coursepack.publish.s3.address import check_endpoint, parse_url
from coursepack.publish.s3.answers import code_of, etag_of, is_as_stored
from coursepack.publish.s3.client import make_client
from coursepack.publish.s3.errors import explain
from coursepack.publish.s3.network import Network
from coursepack.publish.s3.put import Put, Wire, send_object
from coursepack.publish.s3.quirks import Quirks
from coursepack.publish.s3.raw import RawSender
from coursepack.publish.target import (
    Body,
    Fetched,
    Headers,
    Stat,
    Upload,
    check_key,
    unseen,
)

if TYPE_CHECKING:
    pass

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
            opened = make_client(self._endpoint_url, threads, network)
        self._client = opened.client
        self._client.meta.events.register("before-send.s3", self._count)
        self._client.meta.events.register("after-call.s3", self._note_date)
        self._quirks = Quirks()
        self._wire = Wire(
            self._client,
            lambda: RawSender(
                opened.client,
                opened.credentials,
                self._bucket,
                network,
                ca_bundle=opened.ca_bundle,
                on_request=self._count_one,
                on_date=self._note,
            ),
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
            if code_of(e) in ("NoSuchKey", "404"):
                return None
            raise
        if reply.get("ContentLength", 0) > limit:
            reply["Body"].close()
            raise TargetError(f"{self.url}/{key} is larger than {limit} bytes")
        try:
            data = reply["Body"].read()
        except (bx.IncompleteReadError, bx.ResponseStreamingError, bx.ReadTimeoutError) as e:
            raise _TornRead(f"{self.url}/{key}: the answer broke off", "Try again.") from e
        if not is_as_stored(reply, data):
            raise _TornRead(f"{self.url}/{key}: the answer is not what is stored there", "Try again.")
        modified, media_type = reply["LastModified"].timestamp(), reply.get("ContentType", "")
        return Fetched(Stat(key, len(data), reply["ETag"], modified, media_type), data)

    def head(self, key: str) -> Stat | None:
        """See `Target.head`."""
        with self._explained("read", key):
            try:
                r = self._client.head_object(Bucket=self._bucket, Key=self._key(key))
            except bx.ClientError as e:
                if code_of(e) in ("NoSuchKey", "404"):
                    return None
                raise
            etag = etag_of(r, f"{self.url}/{key}")
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
        """See `Target.put`. Files over 32 MiB go in parts."""
        # `send_object` sees to conditions, checksums and parts.
        with self._explained("write", key):
            wanted = Put(
                bucket=self._bucket,
                key=self._key(key),
                where=f"{self.url}/{key}",
                body=body,
                headers=headers,
                if_match=if_match,
                if_absent=if_absent,
                on_bytes=on_bytes,
            )
            return send_object(self._wire, wanted, self._quirks)

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
                if code_of(e) not in ("NoSuchUpload", "404"):
                    raise

    def now(self) -> float:
        """See `Target.now`: from the `Date` of the last answer."""
        if self._clock_offset is None:
            self.head("clock")
        return time.monotonic() + (self._clock_offset or 0.0)

    def _note_date(self, http_response: Any = None, **_: Any) -> None:
        self._note(http_response.headers.get("date", "") if http_response is not None else "")

    def _note(self, date: str) -> None:
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
        self._count_one(_KINDS.get(event_name.rpartition(".")[2], "MULTIPART"))

    def _count_one(self, kind: str) -> None:
        with self._lock:
            self._requests[kind] += 1

    @contextmanager
    def _explained(self, doing: str, key: str) -> Iterator[None]:
        """Turns what boto3 raises into `TargetError`s that say where, what, and what next."""
        try:
            yield
        except (bx.BotoCoreError, bx.ClientError, ValueError, RecursionError) as e:
            where = f"{self.url}/{key}" if key else self.url
            raise explain(e, doing, where, self._bucket, self._endpoint_url or "") from e


class _TornRead(TargetError):
    pass
