import multiprocessing
from pathlib import Path

import pytest

from coursepack.errors import EnvironmentMissing
from coursepack.model.digest import digest_bytes
from coursepack.model.step import Artefact
from coursepack.store.local import LocalStore


def test_a_torn_blob_counts_as_absent(tmp_path: Path):
    store = LocalStore(tmp_path)
    digest = store.put(b"whole")
    (tmp_path / "blobs" / digest[:2] / digest).write_bytes(b"who")
    assert not store.has(digest, 5)
    store.put(b"whole")
    assert store.read(digest) == b"whole"


def test_a_broken_index_is_set_aside(tmp_path: Path):
    store = LocalStore(tmp_path)
    store.record(digest_bytes(b"k"), Artefact())
    store.close()
    (tmp_path / "index.sqlite").write_bytes(b"this is no database" * 1000)
    again = LocalStore(tmp_path)
    assert again.find(digest_bytes(b"k")) is None
    again.record(digest_bytes(b"k"), Artefact())
    assert again.find(digest_bytes(b"k")) == Artefact()
    assert list(tmp_path.glob("index.broken-*"))


def test_a_lost_pack_counts_as_absent(tmp_path: Path):
    store = LocalStore(tmp_path)
    (digest,) = store.put_many([b"body"])
    for pack in (tmp_path / "packs").rglob("*"):
        if pack.is_file():
            pack.unlink()
    assert not store.has(digest, 4)


def _write(root: str, start: int) -> None:
    store = LocalStore(Path(root))
    for n in range(start, start + 50):
        store.put_many([f"body {n}".encode()])
        store.record(digest_bytes(str(n).encode()), Artefact(facts={"n": n}))
    store.close()


def test_two_processes_write_at_once(tmp_path: Path):
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_write, args=(str(tmp_path), n)) for n in (0, 25)]
    for w in workers:
        w.start()
    for w in workers:
        w.join(60)
        assert w.exitcode == 0
    store = LocalStore(tmp_path)
    assert all(store.has(digest_bytes(f"body {n}".encode()), len(f"body {n}")) for n in range(75))
    assert all(store.find(digest_bytes(str(n).encode())) == Artefact(facts={"n": n}) for n in range(75))


def test_a_cache_that_cannot_be_made_is_said_so(tmp_path: Path):
    (tmp_path / "file").write_text("")
    with pytest.raises(EnvironmentMissing, match="cannot use the cache folder"):
        LocalStore(tmp_path / "file" / "cache")
