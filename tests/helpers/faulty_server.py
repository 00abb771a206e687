"""A server in front of an S3 server, on loopback, that does to chosen requests what networks and servers do.

Every kind of fault is one function in `FAULTS`. A script decides, by number and kind of request, which one happens.
"""

import http.client
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple
from urllib.parse import urlsplit

SLOW_S = 0.5
"""How long a slow answer takes: clients under test wait less."""


class Request(NamedTuple):
    """What a script sees of a request. `number` counts from 1."""

    number: int
    method: str
    path: str
    conditional: bool


Script = Callable[[Request], str | None]
"""Names the fault for a request, None for none."""


class Answer(NamedTuple):
    status: int
    headers: list[tuple[str, str]]
    body: bytes


class FaultyServer:
    """Scriptable between requests; counts them."""

    def __init__(self, upstream: str) -> None:
        self.upstream = urlsplit(upstream).netloc
        self.script: Script = lambda _: None
        self.seen: list[Request] = []
        self.done: list[tuple[Request, str]] = []
        """Faults that took place."""
        self.lock = threading.Lock()
        self.address = ""

    def begin(self, script: Script) -> None:
        """From here on requests are counted anew and `script` decides."""
        with self.lock:
            self.seen, self.done, self.script = [], [], script

    def fault_for(self, method: str, path: str, *, conditional: bool) -> str | None:
        with self.lock:
            request = Request(len(self.seen) + 1, method, path, conditional)
            self.seen.append(request)
            fault = self.script(request)
            if fault:
                self.done.append((request, fault))
            return fault


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    owner: FaultyServer

    def handle_any(self) -> None:
        conditional = "If-Match" in self.headers or "If-None-Match" in self.headers
        fault = self.owner.fault_for(self.command, self.path, conditional=conditional)
        size = int(self.headers.get("Content-Length") or 0)
        FAULTS[fault or "none"](self, size)

    do_GET = do_PUT = do_HEAD = do_POST = do_DELETE = handle_any

    def log_message(self, *_: Any) -> None:
        """Silent."""

    def handle(self) -> None:
        with suppress(ConnectionError, TimeoutError):
            super().handle()

    def handle_expect_100(self) -> bool:
        return super().handle_expect_100()

    # What faults are made of.

    def forward(self, body: bytes) -> Answer:
        upstream = http.client.HTTPConnection(self.owner.upstream, timeout=30)
        headers = {k: v for k, v in self.headers.items() if k.lower() not in ("expect", "connection")}
        upstream.request(self.command, self.path, body=body, headers=headers)
        reply = upstream.getresponse()
        dropped = ("connection", "transfer-encoding", "server")
        found = [(k, v) for k, v in reply.getheaders() if k.lower() not in dropped]
        answer = Answer(reply.status, found, reply.read())
        upstream.close()
        if not any(k.lower() == "content-length" for k, _ in found):
            answer.headers.append(("Content-Length", str(len(answer.body))))
        return answer

    def body(self, size: int) -> bytes:
        return self.rfile.read(size)

    def head(self, answer: Answer) -> None:
        self.send_response_only(answer.status)
        for name, value in answer.headers:
            self.send_header(name, value)
        self.end_headers()

    def answer(self, answer: Answer) -> None:
        self.head(answer)
        if self.command != "HEAD":
            self.wfile.write(answer.body)

    def error(self, status: int, code: str, *extra: tuple[str, str]) -> None:
        xml = (
            f"<?xml version='1.0'?><Error><Code>{code}</Code><Message>secret text</Message></Error>".encode()
        )
        self.answer(
            Answer(
                status, [("Content-Type", "application/xml"), ("Content-Length", str(len(xml))), *extra], xml
            )
        )

    def reset(self) -> None:
        """Breaks the connection as a crash does: with a reset, not an end."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True
        self.wfile.flush()
        self.connection.close()


def _none(h: _Handler, size: int) -> None:
    h.answer(h.forward(h.body(size)))


def _error(status: int, code: str, *extra: tuple[str, str]) -> Callable[[_Handler, int], None]:
    def fault(h: _Handler, size: int) -> None:
        h.body(size)
        h.error(status, code, *extra)

    return fault


def _error_after_success(status: int, code: str) -> Callable[[_Handler, int], None]:
    def fault(h: _Handler, size: int) -> None:
        h.forward(h.body(size))
        h.error(status, code)

    return fault


def _reset_at_once(h: _Handler, size: int) -> None:
    h.reset()


def _reset_in_request(h: _Handler, size: int) -> None:
    h.body(size // 2)
    h.reset()


def _reply_lost(h: _Handler, size: int) -> None:
    h.forward(h.body(size))
    h.reset()


def _reset_in_answer(h: _Handler, size: int) -> None:
    answer = h.forward(h.body(size))
    h.head(answer)
    h.wfile.write(answer.body[: len(answer.body) // 2])
    h.reset()


def _truncated(h: _Handler, size: int) -> None:
    """An orderly end before the promised length."""
    answer = h.forward(h.body(size))
    longer = [(k, str(int(v) + 9) if k.lower() == "content-length" else v) for k, v in answer.headers]
    h.answer(answer._replace(headers=longer))
    h.close_connection = True


def _slow_first_byte(h: _Handler, size: int) -> None:
    answer = h.forward(h.body(size))
    time.sleep(SLOW_S)
    h.answer(answer)


def _slow_body(h: _Handler, size: int) -> None:
    answer = h.forward(h.body(size))
    h.head(answer)
    half = len(answer.body) // 2
    h.wfile.write(answer.body[:half])
    h.wfile.flush()
    time.sleep(SLOW_S)
    h.wfile.write(answer.body[half:])


def _flipped(data: bytes) -> bytes:
    middle = len(data) // 2
    return data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :] if data else data


def _damaged_on_the_way_back(h: _Handler, size: int) -> None:
    answer = h.forward(h.body(size))
    h.answer(answer._replace(body=_flipped(answer.body)))


def _damaged_on_the_way_there(h: _Handler, size: int) -> None:
    h.answer(h.forward(_flipped(h.body(size))))


def _wrong_checksum(h: _Handler, size: int) -> None:
    answer = h.forward(h.body(size))
    kept = [(k, v) for k, v in answer.headers if not k.lower().startswith("x-amz-checksum-sha256")]
    kept.append(("x-amz-checksum-sha256", "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="))
    h.answer(answer._replace(headers=kept))


def _date(offset_s: float) -> Callable[[_Handler, int], None]:
    def fault(h: _Handler, size: int) -> None:
        answer = h.forward(h.body(size))
        kept = [(k, v) for k, v in answer.headers if k.lower() != "date"]
        h.answer(answer._replace(headers=[*kept, ("Date", formatdate(time.time() + offset_s, usegmt=True))]))

    return fault


def _empty_success(h: _Handler, size: int) -> None:
    h.body(size)
    h.answer(Answer(200, [("Content-Length", "0")], b""))


def _garbage(status: int) -> Callable[[_Handler, int], None]:
    def fault(h: _Handler, size: int) -> None:
        h.body(size)
        page = b"<html><h1>Welcome to the hotel <Wi-Fi"
        h.answer(Answer(status, [("Content-Type", "text/html"), ("Content-Length", str(len(page)))], page))

    return fault


def _no_http(h: _Handler, size: int) -> None:
    h.body(size)
    h.wfile.write(b"\x00\x15\x03\x01 what?\r\n\r\n")
    h.close_connection = True


FAULTS: dict[str, Callable[[_Handler, int], None]] = {
    "none": _none,
    "500": _error(500, "InternalError"),
    "500 after success": _error_after_success(500, "InternalError"),
    "502": _error(502, "BadGateway"),
    "503 SlowDown": _error(503, "SlowDown"),
    "429": _error(429, "TooManyRequests"),
    "408": _error(408, "RequestTimeout"),
    "400 RequestTimeout": _error(400, "RequestTimeout"),
    "409": _error(409, "ConditionalRequestConflict"),
    "409 after success": _error_after_success(409, "ConditionalRequestConflict"),
    "412": _error(412, "PreconditionFailed"),
    "412 after success": _error_after_success(412, "PreconditionFailed"),
    "403": _error(403, "AccessDenied"),
    "403 clock": _error(403, "RequestTimeTooSkewed"),
    "301": _error(301, "PermanentRedirect"),
    "307": _error(307, "TemporaryRedirect", ("Location", "http://127.0.0.1:9/elsewhere")),
    "reset at once": _reset_at_once,
    "reset in request": _reset_in_request,
    "reset in answer": _reset_in_answer,
    "reply lost": _reply_lost,
    "truncated": _truncated,
    "slow first byte": _slow_first_byte,
    "slow body": _slow_body,
    "damaged on the way back": _damaged_on_the_way_back,
    "damaged on the way there": _damaged_on_the_way_there,
    "wrong checksum": _wrong_checksum,
    "clock a day ahead": _date(86_400),
    "clock a day behind": _date(-86_400),
    "empty 200": _empty_success,
    "garbage 200": _garbage(200),
    "garbage 500": _garbage(500),
    "no HTTP": _no_http,
}


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: Any) -> None:
        """A connection that we broke ourselves."""


@contextmanager
def faulty_server(upstream: str) -> Iterator[FaultyServer]:
    """A faulty server in front of the one at `upstream` (http://HOST:PORT); at first it does nothing wrong."""
    owner = FaultyServer(upstream)
    handler = type("Handler", (_Handler,), {"owner": owner})
    with _Server(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        owner.address = f"http://127.0.0.1:{server.server_address[1]}"
        try:
            yield owner
        finally:
            server.shutdown()
            thread.join()
