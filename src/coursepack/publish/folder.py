"""A folder as target: the same layout as on object storage, readable by any web server or from the disk."""

import fcntl
import hashlib
import os
import secrets
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from coursepack.errors import EnvironmentMissing, TargetError
from coursepack.publish.media_types import type_of_name
from coursepack.publish.target import (
    Body,
    ConditionFailed,
    Fetched,
    Headers,
    Stat,
    Upload,
    changed_since_build,
    check_key,
    unseen,
)

_CHUNK = 1 << 20
_LOCK = ".coursepack.lock"
_PARTIAL = ".coursepack-tmp"


class FolderTarget:
    """Files below `root`. A file is finished by rename; conditional writes hold a lock on the folder.

    Content type and cache rules are not kept: a web server derives the type from the suffix.
    """

    def __init__(self, root: Path) -> None:
        self._root = Path(os.path.abspath(root))  # noqa: PTH100 - resolve() would hide a symlinked root's own name
        self._real_root = self._root.resolve()
        self._safe: set[Path] = set()
        self._requests: Counter[str] = Counter()

    @property
    def url(self) -> str:
        """The folder's path."""
        return str(self._root)

    @property
    def requests(self) -> Counter[str]:
        """One for each call; here they are cheap."""
        return self._requests

    def get(self, key: str, *, limit: int = 1 << 28) -> Fetched | None:
        """See `Target.get`."""
        self._requests["GET"] += 1
        with _explained(f"read {self._root}/{key}"):
            path = self._path(key)
            try:
                size = path.stat().st_size
                if size > limit:
                    raise TargetError(f"{path} is larger than {limit} bytes")
                data = path.read_bytes()
            except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
                return None
            return Fetched(self._stat(key, path, data), data)

    def head(self, key: str) -> Stat | None:
        """See `Target.head`."""
        self._requests["HEAD"] += 1
        with _explained(f"read {self._root}/{key}"):
            path = self._path(key)
            return self._stat(key, path) if path.is_file() else None

    def list(self, prefix: str) -> Iterator[Stat]:
        """See `Target.list`."""
        self._requests["LIST"] += 1
        start = self._root / prefix.rpartition("/")[0]
        keys = []
        with _explained(f"list {start}"):
            for folder, _, names in os.walk(start):
                relative = Path(folder).relative_to(self._root)
                keys += [(relative / n).as_posix() for n in names]
        for key in sorted(keys, key=lambda k: k.encode("utf-8", "surrogateescape")):
            hidden = key == _LOCK or key.startswith(f"{_PARTIAL}/")
            if key.startswith(prefix) and not hidden:
                path = self._root / key
                try:
                    info = path.stat()
                except FileNotFoundError:  # deleted since
                    continue
                # The etag of a file is its digest: not worth reading every file for a listing.
                yield Stat(key=key, size=info.st_size, etag="", modified=info.st_mtime)

    def put(
        self,
        key: str,
        body: Body,
        headers: Headers,
        *,
        if_match: str | None = None,
        if_absent: bool = False,
        on_bytes: Callable[[int], None] = unseen,
    ) -> str:
        """See `Target.put`. The etag is the digest of the bytes."""
        self._requests["PUT"] += 1
        with _explained(f"write {self._root}/{key}"):
            path = self._path(key)
            self._make_parent(path.parent)
            partial = self._write_partial(key, body)
            try:
                if if_match is None and not if_absent:
                    partial.replace(path)
                else:
                    self._replace_if(partial, path, if_match)
            finally:
                partial.unlink(missing_ok=True)
        on_bytes(body.size)
        return f'"{body.digest}"'

    def delete(self, key: str) -> None:
        """See `Target.delete`."""
        self._requests["DELETE"] += 1
        with _explained(f"delete {self._root}/{key}"):
            self._path(key).unlink(missing_ok=True)

    def uploads(self, prefix: str) -> Iterator[Upload]:
        """Partial files that a killed process left; they do not know their key, so any prefix lists them all."""
        folder = self._root / _PARTIAL
        with _explained(f"list {folder}"):
            for path in sorted(folder.iterdir()) if folder.is_dir() else ():
                yield Upload(key="", id=path.name, started=path.stat().st_mtime)

    def abort(self, upload: Upload) -> None:
        """See `Target.abort`."""
        with _explained(f"delete {self._root}/{_PARTIAL}/{upload.id}"):
            check_key(upload.id)
            (self._root / _PARTIAL / upload.id).unlink(missing_ok=True)

    def now(self) -> float:
        """The clock of this machine, which is the one that stamps the files."""
        return time.time()

    def prove(self, proof: str = "") -> str:
        """See `Target.prove`: a lock of the kernel holds here."""
        return ""

    def address(self, key: str) -> str:
        """`file:` address."""
        return (self._root / key).as_uri()

    def _path(self, key: str) -> Path:
        check_key(key)
        if key == _LOCK or key.split("/", 1)[0] == _PARTIAL:
            raise TargetError(f"{key!r} is a name that the folder target keeps for itself")
        return self._root / key

    def _stat(self, key: str, path: Path, data: bytes | None = None) -> Stat:
        info = path.stat()
        digest = hashlib.sha256(data).hexdigest() if data is not None else _digest_file(path)
        return Stat(key, info.st_size, f'"{digest}"', info.st_mtime, type_of_name(key))

    def _make_parent(self, parent: Path) -> None:
        if parent in self._safe:
            return
        parent.mkdir(parents=True, exist_ok=True)
        # Somebody may have put a symlink inside the folder: never follow one out of it.
        if not parent.resolve().is_relative_to(self._real_root):
            raise TargetError(
                f"{parent} leads out of the target folder {self._root}",
                "Remove the symbolic link, then publish again.",
            )
        self._safe.add(parent)

    def _write_partial(self, key: str, body: Body) -> Path:
        folder = self._root / _PARTIAL
        folder.mkdir(parents=True, exist_ok=True)
        partial = folder / secrets.token_hex(8)
        try:
            with partial.open("xb") as out:
                digest = _copy(body, out)
        except OSError:
            partial.unlink(missing_ok=True)
            raise
        if digest != body.digest:
            partial.unlink(missing_ok=True)
            raise changed_since_build(body, key)
        return partial

    def _replace_if(self, partial: Path, path: Path, if_match: str | None) -> None:
        with (self._root / _LOCK).open("ab") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # freed by the kernel when the process dies
            try:
                current = f'"{_digest_file(path)}"'
            except FileNotFoundError:
                current = None
            if current != if_match:  # if_absent: if_match is None, so must current be
                raise ConditionFailed(str(path))
            partial.replace(path)


def _copy(body: Body, out: BinaryIO) -> str:
    h = hashlib.sha256()
    if body.data is not None:
        out.write(body.data)
        h.update(body.data)
    elif body.path is not None:
        with body.path.open("rb") as source:
            while chunk := source.read(_CHUNK):
                h.update(chunk)
                out.write(chunk)
    return h.hexdigest()


def _digest_file(path: Path) -> str:
    with path.open("rb") as f:
        return hashlib.file_digest(f, "sha256").hexdigest()


@contextmanager
def _explained(what: str) -> Iterator[None]:
    try:
        yield
    except PermissionError as e:
        raise TargetError(
            f"cannot {what}: permission denied", "Check who owns the folder and its mode."
        ) from e
    except OSError as e:
        if e.errno in (28, 122):  # ENOSPC, EDQUOT
            raise EnvironmentMissing(
                f"cannot {what}: the disk is full", "Free some space, then publish again."
            ) from e
        hint = "Shorten the name of the lesson file." if e.errno == 36 else "Check the path and the disk."
        raise TargetError(f"cannot {what}: {e.strerror or e}", hint) from e
