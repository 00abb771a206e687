"""Entries to files: a folder brought up to date, or an archive with the same bytes every time."""

import os
import shutil
import time
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from coursepack.errors import EnvironmentMissing
from coursepack.model.bundle import Entry, Written
from coursepack.model.digest import digest_stream
from coursepack.store.blobs import Blobs

MARKER = ".coursepack-output"
"""File beside a folder that says which files in it are ours: only those are ever removed. A folder with such a
file is never read as a course.
"""

_STORED = ("image/", "video/", "audio/")
_EPOCH = 315532800  # 1980-01-01, the first moment that a zip file can hold


def write_folder(
    entries: Iterable[Entry], blobs: Blobs, folder: Path, before: Mapping[str, Written]
) -> dict[str, Written]:
    """Makes `folder` hold exactly `entries` of what is ours, touching only files that differ.

    `before`: what the last build left, by path; may be empty. Files that are not ours stay.
    """
    wanted = {e.path: e for e in entries}
    marker, scratch = folder.with_name(MARKER), folder.with_name(".tmp")
    ours = _ours(marker)
    try:
        shutil.rmtree(scratch, ignore_errors=True)
        for made in (folder, scratch):
            made.mkdir(parents=True, exist_ok=True)
        # First the promise, then the files: a kill in between leaves nothing that the next build does not know.
        if ours != wanted.keys():
            _mark(marker, {*ours, *wanted})
        written = {p: _write(e, blobs, folder / p, scratch, before.get(p)) for p, e in wanted.items()}
        for path in sorted(ours - wanted.keys(), reverse=True):
            _remove(folder, path)
        if ours != wanted.keys():
            _mark(marker, wanted)
        scratch.rmdir()
    except OSError as e:
        raise EnvironmentMissing(
            f"cannot write {e.filename or folder}: {e.strerror}", "free space or choose another -o"
        ) from e
    return written


def _ours(marker: Path) -> set[str]:
    try:
        names = msgspec.json.decode(marker.read_bytes(), type=list[str])
    except (FileNotFoundError, msgspec.DecodeError):
        return set()
    return {n for n in names if not n.startswith("/") and ".." not in n.split("/")}


def _mark(marker: Path, names: Iterable[str]) -> None:
    finish_file(marker, msgspec.json.encode(sorted(names)))


def finish_file(path: Path, data: bytes) -> None:
    """Writes a file whole or not at all."""
    temporary = path.with_name(f".{path.name}.tmp")
    temporary.write_bytes(data)
    temporary.replace(path)


def _write(entry: Entry, blobs: Blobs, path: Path, scratch: Path, before: Written | None) -> Written:
    try:
        now = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        now = None
    if now is not None and before is not None:
        known = (before.digest, before.size, before.mtime_ns)
        if known == (entry.digest, now.st_size, now.st_mtime_ns):
            return before
    if now is None or now.st_size != entry.size or not _holds(path, entry):
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = scratch / entry.digest
        blobs.copy_to(entry.digest, temporary)
        temporary.replace(path)
        now = path.stat()
    return Written(entry.digest, entry.size, now.st_mtime_ns)


def _holds(path: Path, entry: Entry) -> bool:
    with path.open("rb") as f:
        return digest_stream(f) == entry.digest


def _remove(folder: Path, name: str) -> None:
    path = folder / name
    path.unlink(missing_ok=True)
    for parent in path.parents:
        if parent == folder:
            break
        try:
            parent.rmdir()
        except OSError:
            break  # not empty


def write_zip(entries: Iterable[Entry], blobs: Blobs, path: Path, extra: Mapping[str, bytes]) -> None:
    """Writes an archive: entries by path, `extra` files first; times fixed by SOURCE_DATE_EPOCH, else 1980."""
    stamp = time.gmtime(max(_EPOCH, int(os.environ.get("SOURCE_DATE_EPOCH") or _EPOCH)))[:6]
    temporary = path.with_name(f".{path.name}.tmp")
    try:
        with zipfile.ZipFile(temporary, "w") as z:
            for name, data in sorted(extra.items()):
                z.writestr(_info(name, stamp, stored=False), data)
            for e in sorted(entries, key=lambda e: e.path):
                z.writestr(
                    _info(e.path, stamp, stored=e.media_type.startswith(_STORED)), blobs.read(e.digest)
                )
        temporary.replace(path)
    except OSError as e:
        temporary.unlink(missing_ok=True)
        raise EnvironmentMissing(
            f"cannot write {path}: {e.strerror}", "free space or choose another -o"
        ) from e


def _info(name: str, stamp: tuple[int, ...], *, stored: bool) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, (stamp[0], stamp[1], stamp[2], stamp[3], stamp[4], stamp[5]))
    info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    info.create_system = 3  # the same bytes whatever system packs
    return info
