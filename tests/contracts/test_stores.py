"""One suite over every store."""

from pathlib import Path

import pytest

from coursepack.model.digest import Digest, digest_bytes
from coursepack.model.step import Artefact, ArtefactFile
from coursepack.store.blobs import BlobMissing, MemoryStore, Store
from coursepack.store.local import LocalStore


@pytest.fixture(params=["memory", "local"])
def store(request, tmp_path):
    if request.param == "memory":
        yield MemoryStore()
    else:
        local = LocalStore(tmp_path / "cache")
        yield local
        local.close()


def test_what_is_put_is_read_back(store: Store, tmp_path: Path):
    digest = store.put(b"some bytes")
    assert digest == digest_bytes(b"some bytes")
    assert store.read(digest) == b"some bytes"
    assert store.has(digest, 10)
    assert not store.has(digest, 11)
    store.copy_to(digest, tmp_path / "copy")
    assert (tmp_path / "copy").read_bytes() == b"some bytes"


def test_a_missing_blob_is_said_so(store: Store, tmp_path: Path):
    nothing = Digest("0" * 64)
    assert not store.has(nothing, 0)
    with pytest.raises(BlobMissing):
        store.read(nothing)
    with pytest.raises(BlobMissing):
        store.copy_to(nothing, tmp_path / "copy")


def test_many_small_blobs_keep_their_order(store: Store):
    items = [b"one", b"two", b"one", b"", b"three"]
    digests = store.put_many(items)
    assert [store.read(d) for d in digests] == items
    assert all(store.has(d, len(i)) for d, i in zip(digests, items, strict=True))


def test_a_file_is_moved_in(store: Store, tmp_path: Path):
    path = tmp_path / "film"
    path.write_bytes(b"x" * 100_000)
    digest, size = store.put_file(path)
    assert size == 100_000
    assert not path.exists()
    assert store.read(digest) == b"x" * 100_000
    path.write_bytes(b"x" * 100_000)
    assert store.put_file(path) == (digest, size)


def test_actions(store: Store):
    key = digest_bytes(b"key")
    assert store.find(key) is None
    digest = store.put(b"page")
    artefact = Artefact((ArtefactFile("index.html", digest, 4, "text/html"),), {"width": 3})
    store.record(key, artefact)
    assert store.find(key) == artefact
    newer = Artefact(facts={"width": 4})
    store.record(key, newer)
    assert store.find(key) == newer
