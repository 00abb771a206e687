"""Where bytes and results live: the two small interfaces, and their in-memory form."""

from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from coursepack.model.digest import Digest, digest_bytes
from coursepack.model.step import Artefact


class BlobMissing(KeyError):
    """The store does not hold these bytes (any more)."""


class Blobs(Protocol):
    """Immutable bytes by digest."""

    def has(self, digest: Digest, size: int) -> bool:
        """Whether the blob is here, whole: a file of another size was torn and counts as absent."""
        ...

    def read(self, digest: Digest) -> bytes:
        """All bytes of a blob. Raises `BlobMissing`."""
        ...

    def copy_to(self, digest: Digest, path: Path) -> None:
        """Writes a blob to a new file at `path`. Raises `BlobMissing`."""
        ...

    def put(self, data: bytes) -> Digest:
        """Keeps `data`."""
        ...

    def put_file(self, path: Path) -> tuple[Digest, int]:
        """Keeps the file at `path`, which is moved away; gives digest and size."""
        ...

    def put_many(self, items: Iterable[bytes]) -> list[Digest]:
        """Keeps many small blobs at the cost of about one file."""
        ...


class Actions(Protocol):
    """What each step key made."""

    def find(self, key: Digest) -> Artefact | None:
        """The artefact recorded for a step key."""
        ...

    def record(self, key: Digest, artefact: Artefact) -> None:
        """Remembers an artefact whose blobs are all kept already."""
        ...


class Store(Blobs, Actions, Protocol):
    """Both in one."""


def recall(store: Store, key: Digest) -> Artefact | None:
    """The artefact of a step key, if all its files are still there."""
    known = store.find(key)
    whole = known is not None and all(store.has(f.digest, f.size) for f in known.files)
    return known if whole else None


class MemoryStore:
    """A store that lasts as long as the process."""

    def __init__(self) -> None:
        self._blobs: dict[Digest, bytes] = {}
        self._actions: dict[Digest, Artefact] = {}

    def has(self, digest: Digest, size: int) -> bool:
        """See `Blobs.has`."""
        return digest in self._blobs and len(self._blobs[digest]) == size

    def read(self, digest: Digest) -> bytes:
        """See `Blobs.read`."""
        try:
            return self._blobs[digest]
        except KeyError:
            raise BlobMissing(digest) from None

    def copy_to(self, digest: Digest, path: Path) -> None:
        """See `Blobs.copy_to`."""
        path.write_bytes(self.read(digest))

    def put(self, data: bytes) -> Digest:
        """See `Blobs.put`."""
        digest = digest_bytes(data)
        self._blobs[digest] = data
        return digest

    def put_file(self, path: Path) -> tuple[Digest, int]:
        """See `Blobs.put_file`."""
        data = path.read_bytes()
        path.unlink()
        return self.put(data), len(data)

    def put_many(self, items: Iterable[bytes]) -> list[Digest]:
        """See `Blobs.put_many`."""
        return [self.put(item) for item in items]

    def find(self, key: Digest) -> Artefact | None:
        """See `Actions.find`."""
        return self._actions.get(key)

    def record(self, key: Digest, artefact: Artefact) -> None:
        """See `Actions.record`."""
        self._actions[key] = artefact
