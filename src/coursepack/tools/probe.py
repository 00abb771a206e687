"""What a media file is: probed by libav in a process of its own.

Opening a hostile file can crash or hang libav, or make it ask for all memory. So a child does it, behind the limits
of `tools.process`, and answers in JSON. One short-lived child costs about 0.2 s, mostly imports; `Prober` keeps one
alive for a whole scan, where a file then costs 1 to 20 ms.
"""

import contextlib
import os
import selectors
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO, Final, Literal

import msgspec

from coursepack.model.media import MediaFacts
from coursepack.tools.process import Limits, ToolMissing, launcher, minimal_environment

TIMEOUT_S: Final = 30.0
_MEMORY: Final = 3 << 30
_ANSWER_LIMIT: Final = 8 << 20

Fault = Literal["empty", "playlist", "image", "text", "no-index", "not-media", "crash", "slow", "gone"]


class NotMedia(Exception):
    """The file cannot be probed; `fault` says how, `detail` is libav's word."""

    def __init__(self, fault: Fault, detail: str = "") -> None:
        super().__init__(fault, detail)
        self.fault: Fault = fault
        self.detail = detail


class Answer(msgspec.Struct, omit_defaults=True):
    """What the child says about one file: facts, or a fault."""

    facts: MediaFacts | None = None
    fault: Fault = "not-media"
    detail: str = ""


def probe(path: Path, *, timeout_s: float = TIMEOUT_S) -> MediaFacts:
    """The facts of one file, by a child that then ends. Raises NotMedia."""
    with Prober(timeout_s=timeout_s) as prober:
        return prober.probe(path)


class Prober:
    """A probing child, started at the first file and again after a crash. Safe to share between threads."""

    def __init__(self, *, timeout_s: float = TIMEOUT_S) -> None:
        self._timeout_s = timeout_s
        self._child: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def __enter__(self) -> "Prober":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def probe(self, path: Path) -> MediaFacts:
        """The facts of one file. Raises NotMedia."""
        fault = sniff_fault(path)
        if fault:
            raise NotMedia(fault)
        with self._lock:
            answer = self._ask(path)
        if answer.facts is None:
            raise NotMedia(answer.fault, answer.detail)
        return answer.facts

    def close(self) -> None:
        """Ends the child."""
        child, self._child = self._child, None
        if child is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        for pipe in (child.stdin, child.stdout):
            if pipe:
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()
        child.wait()

    def _ask(self, path: Path) -> Answer:
        child = self._child = self._child or _start_child()
        if child.stdin is None or child.stdout is None:
            raise AssertionError("both pipes are asked for in _start_child")
        try:
            child.stdin.write(msgspec.json.encode(os.fsencode(path.absolute()).hex()) + b"\n")
            line = _read_line(child.stdout, deadline=time.monotonic() + self._timeout_s)
        except BrokenPipeError:
            line = b""
        except TimeoutError:
            self.close()
            return Answer(fault="slow")
        if not line:
            self.close()
            return Answer(fault="crash")
        return msgspec.json.decode(line, type=Answer)


def _start_child() -> subprocess.Popen[bytes]:
    argv = [sys.executable, "-s", "-m", "coursepack.tools.probe_child"]
    # A day of processor time: the child lives as long as the scan, the time limit of each file is ours to keep.
    limits = Limits(timeout_s=TIMEOUT_S, memory_bytes=_MEMORY, file_bytes=512, cpu_s=86_400)
    paths = [p for p in sys.path if p]
    try:
        return subprocess.Popen(
            launcher(argv, limits),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={
                **minimal_environment(),
                "PYTHONPATH": os.pathsep.join(paths),
                "PYTHONDONTWRITEBYTECODE": "1",
            },
            process_group=0,
            bufsize=0,
        )
    except OSError as e:
        raise ToolMissing(f"{sys.executable} cannot be started: {e.strerror}") from e


def _read_line(pipe: IO[bytes], *, deadline: float) -> bytes:
    """One line; b"" at the end of the pipe; TimeoutError."""
    line = bytearray()
    with selectors.DefaultSelector() as selector:
        selector.register(pipe, selectors.EVENT_READ)
        while not line.endswith(b"\n"):
            if not selector.select(max(0.0, deadline - time.monotonic())):
                raise TimeoutError
            data = os.read(pipe.fileno(), 1 << 16)
            line += data
            if not data or len(line) > _ANSWER_LIMIT:
                return b""
    return bytes(line)


def sniff_fault(path: Path) -> Fault | None:
    """What the first bytes give away about a file that is no media, or would open others."""
    try:
        with path.open("rb") as f:
            head = f.read(4096)
    except OSError:
        return "gone"
    if not head:
        return "empty"
    return next((fault for fault, test in _SIGNS if test(head)), None)


def _is_playlist(head: bytes) -> bool:
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    signs = (b"#EXTM3U", b"ffconcat version", b"[playlist]", b"<smil", b"<asx", b"<ASX", b"v=0\r\n", b"v=0\n")
    return text.startswith(signs) or (text.startswith(b"<") and b"<MPD" in text)


def _is_image(head: bytes) -> bool:
    signs = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"8BPS")
    webp = head[:4] == b"RIFF" and head[8:12] == b"WEBP"
    heif = head[4:8] == b"ftyp" and head[8:12] in (b"avif", b"heic", b"mif1")
    return head.startswith(signs) or webp or heif


def _is_text(head: bytes) -> bool:
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if text.startswith(
        (b"WEBVTT", b"<?xml", b"<!DOCTYPE", b"<html", b"<svg", b"%PDF", b"version https://git-lfs")
    ):
        return True
    return b"\0" not in head and all(c >= 32 or c in b"\t\r\n\f" for c in head[:512])


_SIGNS: Final[tuple[tuple[Fault, Callable[[bytes], bool]], ...]] = (
    ("playlist", _is_playlist),
    ("image", _is_image),
    ("text", _is_text),
)
