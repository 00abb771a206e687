"""Large files in parts: some at once, and after a publish that broke off only the parts that are missing.

Nothing is written down here: the server is asked for an open upload of the very key, so a fresh checkout resumes as well.
Every part is read once, into memory. There its bytes are added to the one SHA-256 of the whole file, and the same bytes are
sent. Only when that digest is the promised one is the upload completed: no object ever appears at the address of a digest
that its bytes have not, and each byte is hashed once. On the wire a part is covered by its CRC-32. A part that is there is
used when its size and its CRC-32 are those of our bytes; where the server keeps no CRC-32, its ETag must be their MD5.
"""

import base64
import hashlib
import threading
import zlib
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from io import BufferedReader
from pathlib import Path
from typing import Any

import msgspec
from botocore import exceptions as bx

from coursepack.publish.s3.answers import code_of, etag_of, status_of
from coursepack.publish.s3.put import Put, Wire, client_headers, reading
from coursepack.publish.s3.raw import NotHere, Part
from coursepack.publish.target import ConditionFailed, changed_since_build

PART_SIZE = 8 << 20
_MOST_PARTS = 10_000
_AT_ONCE = 4
_GONE = ("NoSuchUpload", "404")


class _There(msgspec.Struct, frozen=True):
    """A part that the server has."""

    etag: str
    size: int
    crc32: str = ""


def part_size(size: int) -> int:
    """Bytes of each part but the last. The same for the same file: parts of an earlier run must fit."""
    least = -(-size // _MOST_PARTS)
    return max(PART_SIZE, -(-least // PART_SIZE) * PART_SIZE)


def put_parts(wire: Wire, put: Put, path: Path, *, conditions: bool) -> str:
    """Writes the object and returns its etag. `conditions`: the server honours them.

    Raises `ConditionFailed`, `TargetError`, and what botocore raises.
    """
    with wire.big, reading(path) as f:
        if put.if_absent and _head(wire, put) is not None:
            raise ConditionFailed(put.key)  # before the bytes, not after them
        upload, there = _open_upload(wire, put) or (_create(wire, put), {})
        try:
            return _Sending(wire, put, upload, there).run(f, conditions=conditions)
        except bx.ClientError as e:
            if code_of(e) not in _GONE:
                raise
        # Somebody completed the same upload, or threw it away as stale: either it is there now, or it begins anew.
        if (etag := _completed(wire, put)) is not None:
            return etag
        f.seek(0)
        return _Sending(wire, put, _create(wire, put), {}).run(f, conditions=conditions)


class _Sending:
    def __init__(self, wire: Wire, put: Put, upload: str, there: dict[int, _There]) -> None:
        self._wire = wire
        self._put = put
        self._upload = upload
        self._there = there
        self._stop = threading.Event()

    def run(self, f: BufferedReader, *, conditions: bool) -> str:
        parts: dict[int, dict[str, Any]] = {}
        whole = hashlib.sha256()
        with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="part") as pool:
            waiting: set[Future[dict[str, Any]]] = set()
            try:
                for number, data in self._pieces(f):
                    whole.update(data)
                    crc32 = base64.b64encode(zlib.crc32(data).to_bytes(4, "big")).decode()
                    if (kept := self._kept(number, data, crc32)) is not None:
                        parts[number] = kept
                        self._put.on_bytes(len(data))
                        continue
                    if len(waiting) >= _AT_ONCE:
                        waiting = _collect(waiting, parts)
                    waiting.add(pool.submit(self._send, number, data, crc32))
                if whole.hexdigest() != self._put.body.digest:
                    raise changed_since_build(self._put.body, self._put.where)
                while waiting:
                    waiting = _collect(waiting, parts)
            finally:
                self._stop.set()
                for future in waiting:
                    future.cancel()
        return self._complete([parts[n] for n in sorted(parts)], conditions=conditions)

    def _pieces(self, f: BufferedReader) -> Iterator[tuple[int, bytes]]:
        size, each = self._put.body.size, part_size(self._put.body.size)
        for number, at in enumerate(range(0, size, each), 1):
            data = f.read(min(each, size - at))
            if len(data) != min(each, size - at):
                raise changed_since_build(self._put.body, self._put.where)
            yield number, data
        if f.read(1):
            raise changed_since_build(self._put.body, self._put.where)

    def _kept(self, number: int, data: bytes, crc32: str) -> dict[str, Any] | None:
        there = self._there.get(number)
        if there is None or there.size != len(data):
            return None
        if there.crc32:
            same = there.crc32 == crc32
        else:
            same = there.etag.strip('"') == hashlib.md5(data, usedforsecurity=False).hexdigest()
        return _named(number, there.etag, there.crc32) if same else None

    def _send(self, number: int, data: bytes, crc32: str) -> dict[str, Any]:
        put, raw = self._put, self._wire.raw()
        if raw is not None:
            try:
                answer = raw.put(
                    put.key,
                    Part(len(data), data=data),
                    {"x-amz-checksum-crc32": crc32, "x-amz-sdk-checksum-algorithm": "CRC32"},
                    kind="MULTIPART",
                    query=f"partNumber={number}&uploadId={_quoted(self._upload)}",
                    payload="UNSIGNED-PAYLOAD",
                    on_bytes=put.on_bytes,
                )
            except NotHere:
                self._wire.give_up_raw()
            else:
                return _named(number, etag_of({"ETag": answer.etag}, put.where), crc32)
        reply = self._wire.client.upload_part(
            Bucket=put.bucket,
            Key=put.key,
            UploadId=self._upload,
            PartNumber=number,
            Body=data,
            ChecksumAlgorithm="CRC32",
            ChecksumCRC32=crc32,
        )
        put.on_bytes(len(data))
        return _named(number, etag_of(reply, put.where), crc32)

    def _complete(self, parts: list[dict[str, Any]], *, conditions: bool) -> str:
        put = self._put
        extra: dict[str, Any] = {"IfNoneMatch": "*"} if put.if_absent and conditions else {}
        try:
            reply = self._wire.client.complete_multipart_upload(
                Bucket=put.bucket,
                Key=put.key,
                UploadId=self._upload,
                MultipartUpload={"Parts": parts},  # type: ignore[typeddict-item]
                **extra,
            )
        except (bx.ClientError, bx.HTTPClientError) as e:
            if isinstance(e, bx.ClientError) and status_of(e) < 500 and code_of(e) not in _GONE:
                raise
            etag = _completed(self._wire, put)  # the reply may be what was lost
            if etag is None:
                raise
            return etag
        return etag_of(reply, put.where)


def _collect(
    waiting: set[Future[dict[str, Any]]], parts: dict[int, dict[str, Any]]
) -> set[Future[dict[str, Any]]]:
    done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
    for future in done:
        part = future.result()
        parts[part["PartNumber"]] = part
    return waiting


def _named(number: int, etag: str, crc32: str) -> dict[str, Any]:
    return {"PartNumber": number, "ETag": etag} | ({"ChecksumCRC32": crc32} if crc32 else {})


def _quoted(text: str) -> str:
    from urllib.parse import quote

    return quote(text, safe="-_.~")


def _head(wire: Wire, put: Put) -> Any:
    try:
        return wire.client.head_object(Bucket=put.bucket, Key=put.key)
    except bx.ClientError as e:
        if code_of(e) in ("NoSuchKey", "404"):
            return None
        raise


def _completed(wire: Wire, put: Put) -> str | None:
    """The etag when the object is there in as many bytes and parts as ours."""
    found = _head(wire, put)
    count = -(-put.body.size // part_size(put.body.size))
    if found is None or found["ContentLength"] != put.body.size:
        return None
    etag = etag_of(found, put.where)
    return etag if etag.strip('"').endswith(f"-{count}") else None


def _create(wire: Wire, put: Put) -> str:
    reply = wire.client.create_multipart_upload(
        Bucket=put.bucket, Key=put.key, ChecksumAlgorithm="CRC32", **client_headers(put)
    )
    return reply["UploadId"]


def _open_upload(wire: Wire, put: Put) -> tuple[str, dict[int, _There]] | None:
    """The newest open upload of this key, and its parts. None also where one may not ask."""
    try:
        reply = wire.client.list_multipart_uploads(Bucket=put.bucket, Prefix=put.key)
        found = [u for u in reply.get("Uploads", ()) if u["Key"] == put.key]
        if not found:
            return None
        upload = max(found, key=lambda u: (u["Initiated"], u["UploadId"]))["UploadId"]
        pages = wire.client.get_paginator("list_parts").paginate(
            Bucket=put.bucket, Key=put.key, UploadId=upload
        )
        return upload, {
            p["PartNumber"]: _There(p["ETag"], p["Size"], p.get("ChecksumCRC32", ""))
            for page in pages
            for p in page.get("Parts", ())
        }
    except bx.ClientError as e:
        if status_of(e) in (403, 404, 405, 501) and code_of(e) != "NoSuchBucket":
            return None
        raise
