"""One suite over every target: what the publish protocol relies on."""

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.helpers.s3_server import new_bucket, s3_server

from coursepack.errors import TargetError
from coursepack.model.digest import digest_bytes
from coursepack.publish.folder import FolderTarget
from coursepack.publish.memory import MemoryTarget
from coursepack.publish.target import Body, ConditionFailed, Headers, Target

HTML = Headers("text/html; charset=utf-8", "no-cache")
CSS = Headers("text/css; charset=utf-8", "public, max-age=31536000, immutable")

ODD_KEYS = [
    "a b/c d.css",
    "中文/課程 測試.css",
    "q?x=1&y.css",
    "h#1.css",
    "100%.css",
    "100%25.css",
    "plus+and+é.css",
    "emoji-🎓.css",
    "quote'\"<>&.css",
    "~tilde/(x)[y]{z}!.css",
    "a:b;c,d=e@f$.css",
    "..dots/…/x..css",
]


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    with s3_server() as address:
        yield address


@pytest.fixture(params=["memory", "folder", "s3", "s3-prefix"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Target:
    if request.param == "memory":
        return MemoryTarget()
    if request.param == "folder":
        return FolderTarget(tmp_path / "target")
    from coursepack.publish.s3 import S3Target

    endpoint = request.getfixturevalue("endpoint")
    prefix = "/deep/prä fix" if request.param == "s3-prefix" else ""
    return S3Target(f"s3://{new_bucket(endpoint)}{prefix}", endpoint_url=endpoint)


def body(text: str) -> Body:
    return Body.of(text.encode())


def test_what_is_put_can_be_read(target: Target):
    etag = target.put("c/a/index.html", body("hello"), HTML)
    found = target.get("c/a/index.html")
    assert found is not None
    assert found.data == b"hello"
    assert found.stat.etag == etag
    assert found.stat.size == 5
    assert found.stat.media_type == "text/html; charset=utf-8"
    stat = target.head("c/a/index.html")
    assert stat is not None
    assert (stat.size, stat.etag, stat.media_type) == (5, etag, "text/html; charset=utf-8")


def test_what_is_not_there(target: Target):
    assert target.get("no/such") is None
    assert target.head("no/such") is None
    assert list(target.list("no/")) == []
    target.delete("no/such")
    target.put("file", body("x"), HTML)
    if not isinstance(target, FolderTarget):
        return
    assert target.get("file/below") is None  # a file is no folder
    target.put("folder/x", body("x"), HTML)
    assert target.get("folder") is None


def test_a_file_is_put_from_disk(target: Target, tmp_path: Path):
    path = tmp_path / "a.css"
    path.write_bytes(b"p{}")
    target.put("a.css", Body(digest=digest_bytes(b"p{}"), size=3, path=path), CSS)
    assert target.get("a.css").data == b"p{}"  # type: ignore[union-attr]


def test_other_bytes_than_promised_are_refused(target: Target, tmp_path: Path):
    path = tmp_path / "a.css"
    path.write_bytes(b"p{color:red}")
    with pytest.raises(TargetError):
        target.put("a.css", Body(digest=digest_bytes(b"p{color:blu}"), size=12, path=path), CSS)
    assert target.head("a.css") is None


def test_a_big_object(target: Target, tmp_path: Path):
    data = os.urandom(1 << 20) * 20
    path = tmp_path / "big.mp4"
    path.write_bytes(data)
    target.put("big.mp4", Body(digest=digest_bytes(data), size=len(data), path=path), Headers("video/mp4"))
    found = target.get("big.mp4")
    assert found is not None
    assert digest_bytes(found.data) == digest_bytes(data)
    assert found.stat.media_type == "video/mp4"
    with pytest.raises(TargetError, match="larger"):
        target.get("big.mp4", limit=1000)
    path.write_bytes(data[:-1] + b"!" if data[-1:] != b"!" else data[:-1] + b"?")
    with pytest.raises(TargetError):
        target.put(
            "other.mp4", Body(digest=digest_bytes(data), size=len(data), path=path), Headers("video/mp4")
        )
    assert target.head("other.mp4") is None


def test_an_empty_object(target: Target):
    target.put("empty.css", body(""), CSS)
    found = target.get("empty.css")
    assert found is not None
    assert found.data == b""


def test_create_only_where_nothing_is(target: Target):
    target.put("k", body("1"), HTML, if_absent=True)
    with pytest.raises(ConditionFailed):
        target.put("k", body("2"), HTML, if_absent=True)
    assert target.get("k").data == b"1"  # type: ignore[union-attr]


def test_replace_only_what_was_seen(target: Target):
    first = target.put("k", body("1"), HTML)
    second = target.put("k", body("2"), HTML, if_match=first)
    assert second != first
    with pytest.raises(ConditionFailed):
        target.put("k", body("3"), HTML, if_match=first)
    with pytest.raises(ConditionFailed):
        target.put("not-there", body("3"), HTML, if_match=first)
    assert target.get("k").data == b"2"  # type: ignore[union-attr]
    assert target.head("not-there") is None
    seen = target.get("k")
    assert seen is not None
    target.put("k", body("4"), HTML, if_match=seen.stat.etag)


def test_overwriting_and_deleting(target: Target):
    target.put("k", body("1"), HTML)
    target.put("k", body("22"), HTML)
    assert target.get("k").data == b"22"  # type: ignore[union-attr]
    target.delete("k")
    assert target.get("k") is None
    target.put("k", body("3"), HTML, if_absent=True)


@pytest.mark.parametrize("key", ODD_KEYS)
def test_odd_keys(target: Target, key: str):
    target.put(key, body(key), CSS)
    found = target.get(key)
    assert found is not None
    assert found.data == key.encode()
    assert target.head(key) is not None
    assert [s.key for s in target.list("")] == [key]
    target.delete(key)
    assert list(target.list("")) == []


def test_listing(target: Target):
    keys = ["a/1", "a/2/3", "a/é", "a-b", "ab/1", "b/1"]
    for key in keys:
        target.put(key, body(key), HTML)
    assert [s.key for s in target.list("a/")] == ["a/1", "a/2/3", "a/é"]
    assert [s.key for s in target.list("a")] == ["a-b", "a/1", "a/2/3", "a/é", "ab/1"]
    stats = {s.key: s for s in target.list("")}
    assert sorted(stats) == sorted(keys)
    assert stats["a/é"].size == 4
    assert stats["a/é"].modified > 1_600_000_000


@pytest.mark.parametrize(
    "key", ["", "/a", "a/", "a//b", "../a", "a/../../b", "a/./b", "a\0b", "a\\..\\b", "x" * 1100]
)
def test_unsafe_keys_are_refused(target: Target, key: str):
    for attempt in (
        lambda: target.put(key, body("x"), HTML),
        lambda: target.get(key),
        lambda: target.head(key),
        lambda: target.delete(key),
    ):
        with pytest.raises(TargetError):
            attempt()


def test_of_many_writers_that_saw_the_same_one_wins(target: Target):
    etag = target.put("k", body("start"), HTML)
    won: list[int] = []

    def write(number: int) -> None:
        try:
            target.put("k", body(f"writer {number}"), HTML, if_match=etag)
        except ConditionFailed:
            return
        won.append(number)

    threads = [threading.Thread(target=write, args=(n,)) for n in range(12)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert len(won) == 1
    assert target.get("k").data == f"writer {won[0]}".encode()  # type: ignore[union-attr]


def test_requests_are_counted(target: Target):
    before = target.requests.total()
    target.put("k", body("1"), HTML)
    target.get("k")
    list(target.list(""))
    assert target.requests.total() - before == 3
    assert {"PUT", "GET", "LIST"} <= set(target.requests)


def test_the_address_is_encoded(target: Target):
    address = target.address("c/a b/中#1?.html")
    assert address.endswith("c/a%20b/%E4%B8%AD%231%3F.html")
