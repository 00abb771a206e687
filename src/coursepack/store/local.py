"""The store on disk.

    blobs/ab/<digest>      one file a blob
    packs/ab/<digest>      many small blobs end to end (page bodies, pages): 10,000 lessons are not 10,000 files
    index.sqlite           step key -> artefact; packed blob -> (pack, offset, size)
    tmp/                   files being written

A file is finished by rename, and a record is written after the blobs it names, so a kill at any moment leaves
unreferenced files and nothing else. SQLite in WAL mode survives the kill of any of its processes. There is no fsync:
after a power cut a file may be torn; `has` sees that by the size, and the step runs again.
"""

import os
import secrets
import shutil
import sqlite3
import threading
from collections.abc import Iterable
from pathlib import Path

import msgspec

from coursepack.errors import EnvironmentMissing
from coursepack.model.digest import Digest, digest_bytes, digest_stream
from coursepack.model.step import Artefact
from coursepack.store.blobs import BlobMissing

_SCHEMA = """
CREATE TABLE IF NOT EXISTS action (key TEXT PRIMARY KEY, artefact BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS packed (
    digest TEXT PRIMARY KEY, pack TEXT NOT NULL, start INTEGER NOT NULL, size INTEGER NOT NULL) WITHOUT ROWID;
"""
_BUSY_S = 60.0


class LocalStore:
    """A store in a folder, shared safely by threads and by processes."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._lock = threading.Lock()
        try:
            for name in ("blobs", "packs", "tmp"):
                (root / name).mkdir(parents=True, exist_ok=True)
            self._db = self._open()
        except (OSError, sqlite3.Error) as e:
            raise EnvironmentMissing(
                f"cannot use the cache folder {root}: {e}",
                "free some space, make the folder writable, or set another one with COURSEPACK_CACHE",
            ) from e

    def _open(self) -> sqlite3.Connection:
        path = self.root / "index.sqlite"
        try:
            return _connect(path)
        except sqlite3.DatabaseError as e:
            if isinstance(e, sqlite3.OperationalError):
                raise
            # Not a database any more (a torn disk): set it aside; everything can be built again.
            path.rename(path.with_suffix(f".broken-{secrets.token_hex(4)}"))
            for extra in ("-wal", "-shm"):
                path.with_name(path.name + extra).unlink(missing_ok=True)
            return _connect(path)

    def close(self) -> None:
        """Closes the index; the store cannot be used afterwards."""
        with self._lock:
            self._db.close()

    # -- blobs ----------------------------------------------------------------------------------------------------

    def _path(self, digest: Digest) -> Path:
        return self.root / "blobs" / digest[:2] / digest

    def _packed(self, digest: Digest) -> tuple[str, int, int] | None:
        query = "SELECT pack, start, size FROM packed WHERE digest = ?"
        with self._lock:
            row: tuple[str, int, int] | None = self._db.execute(query, (digest,)).fetchone()
        return row

    def has(self, digest: Digest, size: int) -> bool:
        """See `Blobs.has`."""
        try:
            return self._path(digest).stat().st_size == size
        except FileNotFoundError:
            row = self._packed(digest)
        if row is None or row[2] != size:
            return False
        pack, start, _ = row
        try:
            return (self.root / "packs" / pack[:2] / pack).stat().st_size >= start + size
        except FileNotFoundError:
            return False

    def read(self, digest: Digest) -> bytes:
        """See `Blobs.read`."""
        try:
            return self._path(digest).read_bytes()
        except FileNotFoundError:
            row = self._packed(digest)
        if row is None:
            raise BlobMissing(digest)
        pack, start, size = row
        try:
            with (self.root / "packs" / pack[:2] / pack).open("rb") as f:
                f.seek(start)
                data = f.read(size)
        except FileNotFoundError:
            raise BlobMissing(digest) from None
        if len(data) != size:
            raise BlobMissing(digest)
        return data

    def copy_to(self, digest: Digest, path: Path) -> None:
        """See `Blobs.copy_to`."""
        source = self._path(digest)
        if source.exists():
            shutil.copyfile(source, path)
        else:
            path.write_bytes(self.read(digest))

    def put(self, data: bytes) -> Digest:
        """See `Blobs.put`."""
        digest = digest_bytes(data)
        if not self.has(digest, len(data)):
            temporary = self.temporary()
            temporary.write_bytes(data)
            self._finish(temporary, self._path(digest))
        return digest

    def put_file(self, path: Path) -> tuple[Digest, int]:
        """See `Blobs.put_file`."""
        with path.open("rb") as f:
            digest = digest_stream(f)
        size = path.stat().st_size
        if self.has(digest, size):
            path.unlink()
        else:
            self._finish(path, self._path(digest))
        return digest, size

    def put_many(self, items: Iterable[bytes]) -> list[Digest]:
        """See `Blobs.put_many`."""
        digests: list[Digest] = []
        fresh: dict[Digest, bytes] = {}
        for item in items:
            digest = digest_bytes(item)
            digests.append(digest)
            if digest not in fresh and not self.has(digest, len(item)):
                fresh[digest] = item
        if fresh:
            self._write_pack(fresh)
        return digests

    def _write_pack(self, fresh: dict[Digest, bytes]) -> None:
        body = b"".join(fresh.values())
        pack = digest_bytes(body)
        temporary = self.temporary()
        temporary.write_bytes(body)
        self._finish(temporary, self.root / "packs" / pack[:2] / pack)
        rows, start = [], 0
        for digest, data in fresh.items():
            rows.append((digest, pack, start, len(data)))
            start += len(data)
        with self._lock, self._db:
            self._db.executemany("INSERT OR REPLACE INTO packed VALUES (?, ?, ?, ?)", rows)

    def temporary(self) -> Path:
        """A fresh name for a file being written, on the same file system as the blobs."""
        return self.root / "tmp" / f"{os.getpid()}-{secrets.token_hex(8)}"

    def _finish(self, temporary: Path, final: Path) -> None:
        final.parent.mkdir(exist_ok=True)
        temporary.replace(final)

    # -- actions --------------------------------------------------------------------------------------------------

    def find(self, key: Digest) -> Artefact | None:
        """See `Actions.find`."""
        with self._lock:
            row = self._db.execute("SELECT artefact FROM action WHERE key = ?", (key,)).fetchone()
        if row is None:
            return None
        try:
            return msgspec.msgpack.decode(row[0], type=Artefact)
        except msgspec.DecodeError:
            return None  # written by another version: make it again

    def record(self, key: Digest, artefact: Artefact) -> None:
        """See `Actions.record`."""
        data = msgspec.msgpack.encode(artefact)
        with self._lock, self._db:
            self._db.execute("INSERT OR REPLACE INTO action VALUES (?, ?)", (key, data))


def _connect(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, timeout=_BUSY_S, check_same_thread=False)
    db.execute("PRAGMA journal_mode=WAL")
    db.execute("PRAGMA synchronous=NORMAL")
    db.executescript(_SCHEMA)
    return db
