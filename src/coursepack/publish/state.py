"""What a build remembers of its publishing, in `.publish/` beside the web bundle. Losing it costs requests only."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec

from coursepack.model.digest import Digest, digest_bytes
from coursepack.publish.commit import Pointer

FOLDER = ".publish"
_KEPT_MANIFESTS = 4


class Known(msgspec.Struct, frozen=True):
    """The outcome of `prepare`, so that publishing an unchanged build reads nothing but `release.json`."""

    key: Digest
    """`release.release_key`."""
    course: str
    version: str
    release: str
    manifest: Digest
    objects: int


class Pending(msgspec.Struct, frozen=True):
    """A pointer that was switched (or was about to be) while its catalogue entry was still to be written."""

    target: str
    nonce: str


class PublishState:
    """Files below `<built>/.publish`. A folder that cannot be written is no error: the state is a saving, not a need."""

    def __init__(self, built: Path) -> None:
        self._folder = built / FOLDER

    def known(self, key: Digest) -> Known | None:
        """What is known of the build with that key."""
        with suppress(OSError, msgspec.DecodeError):
            known = msgspec.json.decode((self._folder / "known.json").read_bytes(), type=Known)
            return known if known.key == key else None
        return None

    def remember(self, known: Known, manifest: bytes) -> None:
        """Keeps the outcome of `prepare`."""
        self.keep_manifest(manifest)
        self._write("known.json", msgspec.json.encode(known))

    def manifest(self, digest: str) -> bytes | None:
        """A manifest that was published or prepared here, when its bytes still are what the digest says."""
        with suppress(OSError):
            data = (self._folder / f"m-{digest}.json").read_bytes()
            return data if digest_bytes(data) == digest else None
        return None

    def keep_manifest(self, manifest: bytes) -> None:
        """Keeps a manifest, and drops the oldest."""
        self._write(f"m-{digest_bytes(manifest)}.json", manifest)
        with suppress(OSError):
            kept = sorted(self._folder.glob("m-*.json"), key=lambda p: (p.stat().st_mtime_ns, p.name))
            for path in kept[:-_KEPT_MANIFESTS]:
                path.unlink(missing_ok=True)

    def pending(self, target: str, pointer: Pointer) -> bool:
        """Whether the commit of `pointer`, or one before it, may lack its catalogue entry at `target`."""
        with suppress(OSError, msgspec.DecodeError):
            return pointer.follows(self._pending(target).nonce)
        return False

    @contextmanager
    def committing(self, target: str, nonce: str) -> Iterator[None]:
        """Around the switch of the pointer and the writing of the catalogue: leaves a mark when it breaks off."""
        name = _pending_name(target)
        self._write(name, msgspec.json.encode(Pending(target, nonce)))
        yield
        self.settled(target)

    def settled(self, target: str) -> None:
        """The catalogue entry at `target` is written: nothing is left to mend."""
        with suppress(OSError):
            (self._folder / _pending_name(target)).unlink(missing_ok=True)

    def _pending(self, target: str) -> Pending:
        return msgspec.json.decode((self._folder / _pending_name(target)).read_bytes(), type=Pending)

    def _write(self, name: str, data: bytes) -> None:
        with suppress(OSError):
            self._folder.mkdir(exist_ok=True)
            partial = self._folder / f"tmp-{secrets.token_hex(6)}"
            try:
                partial.write_bytes(data)
                partial.replace(self._folder / name)
            finally:
                partial.unlink(missing_ok=True)


def _pending_name(target: str) -> str:
    return f"pending-{digest_bytes(target.encode())[:16]}.json"
