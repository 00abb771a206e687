"""The files of a course and their digests, hashing only what a stat cannot vouch for."""

import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from coursepack.app.state import FileState
from coursepack.model.course import Source
from coursepack.model.digest import digest_stream
from coursepack.source.scan import ScannedFile

_RACY_NS = 50_000_000
"""A file written this short before we looked may be written again within the same clock tick of the file system."""


def take_inventory(
    root: Path, files: Sequence[ScannedFile], before: Mapping[str, FileState]
) -> dict[str, FileState]:
    """The state of every scanned file. A file that vanished since the scan is left out."""
    now = time.time_ns()
    found: dict[str, FileState] = {}
    for f in files:
        old = before.get(f.path)
        if old is not None and (old.size, old.mtime_ns, old.inode) == (f.size, f.mtime_ns, f.inode):
            found[f.path] = old
            continue
        try:
            with (root / f.path).open("rb") as stream:
                digest = digest_stream(stream)
        except OSError:
            continue
        trusted = f.mtime_ns < now - _RACY_NS
        found[f.path] = FileState(f.size, f.mtime_ns if trusted else 0, f.inode, digest)
    return found


def same_bytes(now: Mapping[str, FileState], before: Mapping[str, FileState]) -> bool:
    """Whether no file came, went or changed its bytes."""
    return now.keys() == before.keys() and all(before[p].digest == s.digest for p, s in now.items())


def as_sources(inventory: Mapping[str, FileState]) -> dict[str, Source]:
    """The inventory as the course's sources."""
    return {path: Source(path, s.digest, s.size) for path, s in inventory.items()}
