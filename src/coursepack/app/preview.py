"""The use case `preview`: one course on 127.0.0.1, built again when its files change, pages reloaded.

Needs the extra `preview` (starlette, uvicorn, watchfiles). Serves what `build` writes; the only thing added to a page
is the script that waits for changes, and only in what is sent, never in the files.
"""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, Response, StreamingResponse
from starlette.routing import Route

_RELOAD = b"""\
const source = new EventSource("/_coursepack/changes");
source.onmessage = () => location.reload();
"""
_TAG = b'<script src="/_coursepack/reload.js" defer></script></head>'
_KEEPALIVE_S = 15.0


class Changes:
    """Counts builds; tells those who wait."""

    def __init__(self) -> None:
        self._waiting: set[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = set()
        self._lock = threading.Lock()

    def announce(self) -> None:
        """A build changed something. May be called from any thread."""
        with self._lock:
            for loop, event in self._waiting:
                loop.call_soon_threadsafe(event.set)

    async def stream(self) -> AsyncIterator[bytes]:
        """Server-sent events: one for each change, a comment now and then so that dead readers are noticed."""
        entry = (asyncio.get_running_loop(), asyncio.Event())
        with self._lock:
            self._waiting.add(entry)
        try:
            yield b": waiting\n\n"
            while True:
                try:
                    await asyncio.wait_for(entry[1].wait(), _KEEPALIVE_S)
                except TimeoutError:
                    yield b": still here\n\n"
                    continue
                entry[1].clear()
                yield b"data: changed\n\n"
        finally:
            with self._lock:
                self._waiting.discard(entry)


def site(folder: Path, changes: Changes) -> Starlette:
    """The web application over the built site in `folder`."""
    root = folder.resolve()

    async def page(request: Request) -> Response:
        name = request.path_params["path"]
        path = (root / name).resolve()
        if path.is_dir():
            path = path / "index.html"
        if not path.is_relative_to(root) or not path.is_file():
            return Response(f"there is no page {name}\n", 404, media_type="text/plain")
        if path.suffix == ".html":
            data = path.read_bytes().replace(b"</head>", _TAG, 1)
            return Response(data, media_type="text/html", headers={"Cache-Control": "no-store"})
        return FileResponse(path, headers={"Cache-Control": "no-cache"})

    async def reload(request: Request) -> Response:
        return Response(_RELOAD, media_type="text/javascript")

    async def stream(request: Request) -> Response:
        return StreamingResponse(changes.stream(), media_type="text/event-stream")

    return Starlette(
        routes=[
            Route("/_coursepack/reload.js", reload),
            Route("/_coursepack/changes", stream),
            Route("/{path:path}", page),
        ]
    )


def follow(
    roots: Sequence[Path], rebuild: Callable[[], bool], changes: Changes, stop: threading.Event
) -> None:
    """Builds again whenever a file below one of `roots` changes, until `stop` is set. Runs in its own thread."""
    from watchfiles import watch

    for _ in watch(*roots, stop_event=stop, debounce=60, step=20, raise_interrupt=False):
        if rebuild():
            changes.announce()
