"""Puts objects without boto3's client, which spends most of its time outside the transfer: its own signer, and connections
kept open. See docs/decisions/0025-raw-puts.md.

Takes from the client's session what matters: credentials (asked anew for each request, so that those that expire are
refreshed), region, addressing, certificates. Speaks HTTP/1.1 over connections that urllib3 opens, and raises what
botocore would raise, so that everybody above answers both alike.
"""

import http.client
import os
import random
import re
import socket
import ssl
import time
from collections.abc import Callable
from io import BufferedReader
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

import msgspec
from botocore import exceptions as bx
from botocore.httpsession import get_cert_path
from botocore.utils import get_environ_proxies
from urllib3 import exceptions as ux
from urllib3.connection import HTTPConnection, HTTPSConnection

from coursepack.publish.s3.network import Network
from coursepack.publish.s3.sign import Signer
from coursepack.publish.target import unseen

if TYPE_CHECKING:
    from botocore.credentials import Credentials
    from mypy_boto3_s3 import S3Client

_TOGETHER = 1 << 16
"""Up to this size head and body go out in one piece."""
_BLOCK = 1 << 20
_ANSWER_LIMIT = 1 << 16
_REPEATED = frozenset({408, 429, 500, 502, 503, 504})
_REPEATED_CODES = frozenset({"RequestTimeout", "SlowDown", "RequestTimeoutException", "InternalError"})
_CODE = re.compile(rb"<Code>([A-Za-z0-9._-]{1,80})</Code>")
_LONGEST_PAUSE_S = 20.0
_UNSENDABLE = re.compile(r"[^\x20-\x7e]")
_AGENT = "coursepack"


class NotHere(Exception):
    """The server sends us elsewhere (another region, a redirect): boto3's client knows how to follow."""


class ShortFile(Exception):
    """The file has not as many bytes as it was said to have."""


class Part(msgspec.Struct, frozen=True):
    """Bytes to send: in memory, or the whole of an open file."""

    size: int
    data: "bytes | memoryview | None" = None
    file: BufferedReader | None = None


class Answer(msgspec.Struct, frozen=True):
    """A success."""

    etag: str


class RawSender:
    """PUT requests to one bucket. Safe to call from several threads; keeps as many connections as were busy at once."""

    def __init__(
        self,
        client: "S3Client",
        credentials: "Credentials",
        bucket: str,
        network: Network,
        *,
        ca_bundle: str = "",
        on_request: Callable[[str], None],
        on_date: Callable[[str], None],
    ) -> None:
        # The one place that knows endpoint rules and addressing styles is botocore: it is asked for an address.
        url = client.generate_presigned_url("put_object", Params={"Bucket": bucket, "Key": "k"})
        parts = urlsplit(url)
        self._secure = parts.scheme == "https"
        self._host, self._port = parts.hostname or "", parts.port or (443 if self._secure else 80)
        self._netloc = parts.netloc
        self._base = parts.path[:-1]
        self._origin = f"{parts.scheme}://{parts.netloc}"
        self._signer = Signer(credentials, client.meta.region_name, f"{parts.scheme}://{parts.netloc}")
        self._network = network
        self._ca_bundle = ca_bundle
        self._on_request = on_request
        self._on_date = on_date
        self._idle: list[HTTPConnection] = []

    @property
    def usable(self) -> bool:
        """False behind a proxy: boto3's client speaks to those."""
        return not get_environ_proxies(self._origin)

    def put(
        self,
        key: str,
        part: Part,
        headers: dict[str, str],
        *,
        kind: str = "PUT",
        query: str = "",
        payload: str,
        on_bytes: Callable[[int], None] = unseen,
    ) -> Answer:
        """One PUT, repeated while it is worth it. `payload` is the known SHA-256, or UNSIGNED-PAYLOAD.

        Header names are in lower case. `query` is in its canonical form. Raises botocore's exceptions, `NotHere`, `ShortFile`.
        """
        for name, value in headers.items():
            if _UNSENDABLE.search(value):
                raise ValueError(f"the header {name} cannot be sent")
        path = self._base + quote(key, safe="/-_.~")
        attempt = 0
        while True:
            attempt += 1
            wait_s = random.uniform(0, min(_LONGEST_PAUSE_S, 0.1 * 2**attempt))  # noqa: S311
            out = _Counted(on_bytes)
            try:
                self._on_request(kind)
                answer, wanted_s = self._attempt(path, query, part, headers, payload, out)
                if isinstance(answer, Answer):
                    return answer
                error: Exception = answer
                if not _worth_repeating(answer):
                    raise answer
                wait_s = max(wait_s, wanted_s)
            except (bx.HTTPClientError, bx.ConnectionError) as e:
                if isinstance(e, bx.SSLError):
                    raise
                error = e
            out.take_back()
            if attempt >= self._network.attempts:
                raise error
            time.sleep(wait_s)

    def _attempt(
        self,
        path: str,
        query: str,
        part: Part,
        headers: dict[str, str],
        payload: str,
        out: "_Counted",
    ) -> "tuple[Answer | bx.ClientError, float]":
        signed = self._signer.sign(path, query, headers, payload)
        lines = [f"PUT {path}?{query} HTTP/1.1" if query else f"PUT {path} HTTP/1.1", f"Host: {self._netloc}"]
        lines += [f"{name}: {value}" for name, value in signed.items()]
        lines += [f"User-Agent: {_AGENT}", f"Content-Length: {part.size}", "", ""]
        head = "\r\n".join(lines).encode("ascii")
        connection = self._connection()
        keep = False
        try:
            broken = _send(connection.sock, head, part, out, secure=self._secure)
            reply = http.client.HTTPResponse(connection.sock, method="PUT")
            with reply:
                reply.begin()
                body = reply.read(_ANSWER_LIMIT) if reply.length or reply.chunked else b""
                keep = not broken and not reply.will_close and reply.isclosed()
            self._on_date(reply.headers.get("date", ""))
            return _judge(reply, body)
        except TimeoutError as e:
            raise bx.ReadTimeoutError(endpoint_url=self._origin, error=e) from e
        except (OSError, http.client.HTTPException) as e:
            raise bx.ConnectionClosedError(endpoint_url=self._origin, error=e) from e
        finally:
            if keep:
                self._idle.append(connection)
            else:
                connection.close()

    def _connection(self) -> HTTPConnection:
        while self._idle:
            try:
                kept = self._idle.pop()
            except IndexError:  # another thread took it
                break
            if kept.is_connected:
                return kept
            kept.close()
        fresh = self._new_connection()
        try:
            fresh.connect()
        except (ux.SSLError, ssl.SSLError) as e:
            raise bx.SSLError(endpoint_url=self._origin, error=e) from e
        except ux.ConnectTimeoutError as e:
            raise bx.ConnectTimeoutError(endpoint_url=self._origin, error=e) from e
        except (ux.HTTPError, OSError) as e:
            raise bx.EndpointConnectionError(endpoint_url=self._origin, error=e) from e
        fresh.sock.settimeout(self._network.read_s)
        return fresh

    def _new_connection(self) -> HTTPConnection:
        options: list[tuple[int, int, int | bytes]] = [(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)]
        connect_s = self._network.connect_s
        if not self._secure:
            return HTTPConnection(self._host, self._port, timeout=connect_s, socket_options=options)
        return HTTPSConnection(
            self._host,
            self._port,
            timeout=connect_s,
            socket_options=options,
            cert_reqs="CERT_REQUIRED",
            ca_certs=self._ca_bundle or get_cert_path(True),
        )


class _Counted:
    """Tells how many bytes went out, and takes it back when the attempt came to nothing."""

    def __init__(self, on_bytes: Callable[[int], None]) -> None:
        self._on_bytes = on_bytes
        self._count = 0

    def more(self, count: int) -> None:
        self._count += count
        self._on_bytes(count)

    def take_back(self) -> None:
        if self._count:
            self._on_bytes(-self._count)


def _send(sock: socket.socket, head: bytes, part: Part, out: _Counted, *, secure: bool) -> bool:
    """Sends a request. True when the server stopped listening: its answer says why."""
    try:
        if part.data is not None:
            if part.size <= _TOGETHER:
                sock.sendall(head + bytes(part.data))
                out.more(part.size)
            else:
                sock.sendall(head)
                whole = memoryview(part.data)
                for at in range(0, part.size, _BLOCK):
                    sock.sendall(whole[at : at + _BLOCK])
                    out.more(min(_BLOCK, part.size - at))
        elif part.file is not None:
            _send_file(sock, head, part.file, part.size, out, secure=secure)
    except (BrokenPipeError, ConnectionResetError):
        return True
    return False


def _send_file(
    sock: socket.socket, head: bytes, file: BufferedReader, size: int, out: _Counted, *, secure: bool
) -> None:
    descriptor = file.fileno()
    if size <= _TOGETHER:
        data = os.pread(descriptor, size, 0)
        if len(data) != size:
            raise ShortFile
        sock.sendall(head + data)
        out.more(size)
        return
    sock.sendall(head)
    at = 0
    while at < size:
        count = min(_BLOCK, size - at)
        if secure:
            data = os.pread(descriptor, count, at)
            sock.sendall(data)
            count = len(data)
        else:
            count = sock.sendfile(file, at, count)  # the kernel copies
        if not count:
            raise ShortFile
        at += count
        out.more(count)


def _judge(reply: http.client.HTTPResponse, body: bytes) -> "tuple[Answer | bx.ClientError, float]":
    status = reply.status
    if 200 <= status < 300:
        return Answer(reply.headers.get("etag", "")), 0.0
    found = _CODE.search(body)
    code = found[1].decode() if found else str(status)
    if status in (301, 302, 307, 308) or reply.headers.get("x-amz-bucket-region"):
        raise NotHere
    if code in ("AuthorizationHeaderMalformed", "IllegalLocationConstraintException"):
        raise NotHere
    wait = reply.headers.get("retry-after", "")
    wanted_s = min(float(wait), _LONGEST_PAUSE_S) if wait.isdecimal() else 0.0
    response = {"Error": {"Code": code}, "ResponseMetadata": {"HTTPStatusCode": status}}
    return bx.ClientError(response, "PutObject"), wanted_s  # type: ignore[arg-type]


def _worth_repeating(e: bx.ClientError) -> bool:
    response = e.response
    return (
        response["ResponseMetadata"]["HTTPStatusCode"] in _REPEATED
        or response["Error"]["Code"] in _REPEATED_CODES
    )
