"""A static server on the loopback: right types, byte ranges, at any prefix; nothing clever."""

import gzip
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

TYPES = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "webmanifest": "application/manifest+json",
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "avif": "image/avif",
    "ico": "image/x-icon",
    "vtt": "text/vtt; charset=utf-8",
    "m3u8": "application/vnd.apple.mpegurl",
    "mpd": "application/dash+xml",
    "m4s": "video/iso.segment",
    "mp4": "video/mp4",
    "m4a": "audio/mp4",
    "pdf": "application/pdf",
    "txt": "text/plain; charset=utf-8",
    "wasm": "application/wasm",
}


@dataclass
class Site:
    """A folder being served. `requests` holds the paths asked for, without the prefix, decoded."""

    url: str
    """With the prefix and a slash at the end."""
    requests: list[str] = field(default_factory=list)
    held: threading.Event | None = None
    """While there is one that is not set, no request for a page is answered: a line as thin as can be."""

    def page(self, path: str) -> str:
        """The address of a file of the folder."""
        return self.url + quote(path)


@contextmanager
def serving(folder: Path, prefix: str = "", *, compress: bool = False) -> Iterator[Site]:
    """Serves `folder` below `/prefix/` until the block ends. Everything outside the prefix is 404.

    `compress`: text goes compressed, as most hosts send it.
    """
    root = folder.resolve()
    base = f"/{prefix.strip('/')}/" if prefix.strip("/") else "/"
    site = Site("")

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = unquote(urlsplit(self.path).path)
            if path == "/favicon.ico":
                return self.answer(204, b"", "text/plain")  # browsers ask by themselves
            if not path.startswith(base):
                return self.answer(404, b"not below the prefix", "text/plain")
            name = path.removeprefix(base)
            site.requests.append(name)
            if site.held and name.endswith(".html"):
                site.held.wait(20)
            file = (root / (name + "index.html" if name.endswith("/") or not name else name)).resolve()
            if not file.is_relative_to(root) or not file.is_file():
                return self.answer(404, b"not found", "text/plain")
            suffix = file.suffix.lstrip(".").lower()
            return self.answer(200, file.read_bytes(), TYPES.get(suffix, "application/octet-stream"))

        do_HEAD = do_GET

        def answer(self, status: int, body: bytes, media_type: str) -> None:
            headers = {"Content-Type": media_type, "Accept-Ranges": "bytes", "Cache-Control": "no-cache"}
            asked = re.fullmatch(r"bytes=(\d*)-(\d*)", self.headers.get("Range", ""))
            if status == 200 and asked and any(asked.groups()):
                first = int(asked[1]) if asked[1] else max(0, len(body) - int(asked[2]))
                last = min(int(asked[2]), len(body) - 1) if asked[1] and asked[2] else len(body) - 1
                if first > last:
                    return self.answer(416, b"", "text/plain")
                headers["Content-Range"] = f"bytes {first}-{last}/{len(body)}"
                status, body = 206, body[first : last + 1]
            if compress and status == 200 and not media_type.startswith(("video/", "audio/", "image/")):
                headers["Content-Encoding"], body = "gzip", gzip.compress(body, mtime=0)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)
            return None

        def handle(self) -> None:
            try:
                super().handle()
            except ConnectionError:
                self.close_connection = True  # a player that has seen enough hangs up

        def log_message(self, *arguments: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site.url = f"http://127.0.0.1:{server.server_address[1]}{quote(base)}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
