"""The child of `tools.probe`: reads hex-coded paths, one JSON line each, answers with an `Answer` each.

Runs behind limits that the parent set. Anything may happen in here: the parent expects no more than a line or an end.
"""

import os
import sys

import av
import msgspec

from coursepack.model.media import MediaFacts
from coursepack.tools.ffmpeg import FORMATS, MAX_PIXELS
from coursepack.tools.probe import Answer, Fault
from coursepack.tools.streams import facts_of

_OPTIONS = {
    "format_whitelist": FORMATS,
    "protocol_whitelist": "fd",
    "max_pixels": str(MAX_PIXELS),
    # Of many streams and odd files; libav's own default gives up too late on hostile ones.
    "max_streams": "100",
}


def main() -> None:
    """Answers until the input ends."""
    av.logging.set_level(av.logging.PANIC)
    for line in sys.stdin.buffer:
        path = os.fsdecode(bytes.fromhex(msgspec.json.decode(line, type=str)))
        sys.stdout.buffer.write(msgspec.json.encode(_answer(path)) + b"\n")
        sys.stdout.buffer.flush()


def _answer(path: str) -> Answer:
    try:
        fd = os.open(path, os.O_RDONLY)
    except OSError as e:
        return Answer(fault="gone", detail=e.strerror or "")
    try:
        return Answer(facts=_probe(fd))
    except (av.FFmpegError, MemoryError, ValueError, OverflowError, ZeroDivisionError) as e:
        os.lseek(fd, 0, os.SEEK_SET)
        # libav says "invalid data" for a missing index too; that one has another remedy.
        fault: Fault = "no-index" if lacks_index(fd) else "not-media"
        return Answer(fault=fault, detail=getattr(e, "strerror", "") or str(e)[:200])
    finally:
        os.close(fd)


def _probe(fd: int) -> MediaFacts:
    with av.open("fd:", options={**_OPTIONS, "fd": str(fd)}) as container:
        return facts_of(container)


def lacks_index(fd: int) -> bool:
    """Whether an MP4 or QuickTime file has no `moov` box: the recorder was cut off, or the copy was."""
    size = os.fstat(fd).st_size
    at = 0
    seen = False
    for _ in range(1000):
        head = os.pread(fd, 16, at)
        if len(head) < 8:
            break
        length, kind = int.from_bytes(head[:4], "big"), head[4:8]
        if kind == b"moov":
            return False
        seen = seen or kind in (b"ftyp", b"mdat")
        if length == 1:
            length = int.from_bytes(head[8:16], "big")
        if length < 8 or at + length >= size:
            break
        at += length
    return seen


if __name__ == "__main__":
    main()
