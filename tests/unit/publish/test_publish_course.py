"""The use case on the target in memory: what is sent, how many requests, and what faults do."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.helpers.builds import SITE, write_build

from coursepack.app.publish import PublishEvent, PublishResult, publish_course
from coursepack.errors import ConflictError, TargetError, UsageError
from coursepack.model.digest import digest_bytes
from coursepack.publish import commit
from coursepack.publish.memory import MemoryTarget
from coursepack.publish.release import prepare
from coursepack.publish.retry import Patience
from coursepack.publish.target import Body, Doubtful, Headers

NOW = datetime(2026, 11, 23, 12, 30, tzinfo=UTC)
COURSE = "c/pay-safely/"
QUICK = Patience(pause=lambda _: None)
FLOOR = 3 + 2  # pointer read, manifest, pointer; journal and catalogue entry


def publish(build: Path, target: MemoryTarget, **options) -> tuple[PublishResult, dict[str, int]]:
    """The result, and the requests of this publish alone."""
    before = target.requests.copy()
    result = publish_course(build, "", now=NOW, target=target, patience=QUICK, **options)
    return result, dict(target.requests - before)


def pointer(target: MemoryTarget, course: str = "pay-safely") -> commit.Pointer:
    seen = commit.read_pointer(target, course)
    assert seen is not None
    return seen.pointer


def whole(target: MemoryTarget, course: str = "pay-safely") -> None:
    """Asserts that all that the pointer names is there, and is what the manifest says."""
    prefix = f"c/{course}/"
    p = pointer(target, course)
    manifest = target.get(f"{prefix}m/{p.manifest}.json")
    assert manifest is not None
    assert digest_bytes(manifest.data) == p.manifest
    signed = json.loads(manifest.data)["signed"]
    for facts in (*signed["files"].values(), *signed["bundles"]):
        found = target.get(prefix + facts["address"])
        assert found is not None, facts
        assert digest_bytes(found.data) == facts["digest"]
        assert found.stat.media_type == facts["media_type"]


def test_first_publish(tmp_path: Path):
    target = MemoryTarget()
    build = write_build(tmp_path, archives={"mobile": b"zip"})
    result, requests = publish(build, target)
    n = len(SITE) + 1
    assert (result.objects, result.sent_objects, result.unchanged) == (n, n, False)
    assert requests == {"GET": 1, "PUT": n + 4}
    assert sum(requests.values()) == n + FLOOR
    whole(target)
    p = pointer(target)
    assert (p.serial, p.version, p.history) == (1, "1", ())
    assert target.headers[COURSE + "index.html"] == Headers("text/html; charset=utf-8", "no-cache")
    immutable = "public, max-age=31536000, immutable"
    blobs = [
        h for k, h in target.headers.items() if k.startswith((COURSE + "b/", COURSE + "r/", COURSE + "m/"))
    ]
    assert {h.cache_control for h in blobs} == {immutable}
    assert {k.split("/")[2] for k in target.headers if k.startswith(COURSE)} == {"b", "m", "r", "index.html"}


def test_the_order_is_blobs_manifest_journal_pointer_entry(tmp_path: Path):
    keys: list[str] = []

    class Ordered(MemoryTarget):
        def put(self, key, body, headers, **conditions):
            keys.append(key)
            return super().put(key, body, headers, **conditions)

    publish(write_build(tmp_path), Ordered())
    kinds = [k.split("/")[2] if k.startswith("c/") else k.split("/")[1] for k in keys]
    assert kinds[-4:] == ["m", "log", "index.html", "e"]
    assert set(kinds[:-4]) == {"b", "r"}


def test_no_change_is_one_request(tmp_path: Path):
    target = MemoryTarget()
    build = write_build(tmp_path)
    publish(build, target)
    result, requests = publish(build, target)
    assert requests == {"GET": 1}
    assert (result.unchanged, result.sent_objects) == (True, 0)
    # The same in a fresh checkout: other folder, other times, no memory of the last publish.
    result, requests = publish(write_build(tmp_path / "again", tools={"coursepack": "9"}), target)
    assert requests == {"GET": 1}
    assert result.unchanged


def test_no_change_reads_nothing_but_the_release_file(tmp_path: Path):
    target = MemoryTarget()
    build = write_build(tmp_path)
    publish(build, target)
    for path in (build / "web").rglob("*.*"):
        path.unlink()
    assert publish(build, target)[0].unchanged


def test_a_changed_blob(tmp_path: Path):
    target = MemoryTarget()
    site = SITE | {f"static/{n}.pdf": b"%d" % n for n in range(30)}
    publish(write_build(tmp_path, site), target)
    for n in range(5):
        site[f"static/{n}.pdf"] = b"new %d" % n
    result, requests = publish(write_build(tmp_path, site), target)
    assert (result.sent_objects, requests) == (5, {"GET": 1, "PUT": 5 + 4})  # k + 3, and the catalogue's 2
    site["static/0.pdf"] = b"newer"
    result, requests = publish(write_build(tmp_path / "fresh", site), target)
    assert (result.sent_objects, requests) == (
        1,
        {"GET": 2, "PUT": 1 + 4},
    )  # a fresh checkout reads the manifest
    whole(target)
    assert pointer(target).serial == 3
    assert len(pointer(target).history) == 2


def test_a_changed_page_moves_the_page_set_and_leaves_the_old_one(tmp_path: Path):
    target = MemoryTarget()
    publish(write_build(tmp_path), target)
    old = pointer(target).release
    site = SITE | {"index.html": SITE["index.html"].replace(b"A code", b"A QR code")}
    result, _ = publish(write_build(tmp_path, site), target)
    assert result.sent_objects == 2
    new = pointer(target).release
    assert new != old
    for release in (old, new):
        assert target.get(f"{COURSE}r/{release}/01-scan/02-check.html")


def test_only_the_version_changed(tmp_path: Path):
    target = MemoryTarget()
    publish(write_build(tmp_path), target)
    result, requests = publish(write_build(tmp_path, version="2"), target)
    assert (result.sent_objects, requests) == (0, {"GET": 1, "PUT": 4})
    assert pointer(target).version == "2"


def test_an_older_build_published_again_is_put_over_the_newer(tmp_path: Path):
    target = MemoryTarget()
    old = write_build(tmp_path / "old")
    new = write_build(tmp_path / "new", SITE | {"media/big.png": b"new"})
    publish(old, target)
    publish(new, target)
    publish(old, target)
    whole(target)
    assert pointer(target).serial == 3


def test_a_dry_run_sends_nothing(tmp_path: Path):
    target = MemoryTarget()
    build = write_build(tmp_path, archives={"mobile": b"zip"})
    result, requests = publish(build, target, dry_run=True)
    assert requests == {"GET": 1}
    assert not target.headers
    assert {k.kind: k.objects for k in result.kinds} == {"archives": 1, "images": 2, "pages": 2, "styles": 1}
    assert sum(k.size for k in result.kinds) > 1000
    assert not (build / ".publish").exists()
    publish(build, target)
    site = SITE | {"media/big.png": b"new"}
    result, requests = publish(
        write_build(tmp_path / "2", site, archives={"mobile": b"zip"}), target, dry_run=True
    )
    assert set(requests) == {"GET"}
    # The picture is named by the home page, so the pages move too.
    assert {k.kind: k.objects for k in result.kinds} == {"images": 1, "pages": 2}


class Broken(Exception):
    pass


class Dying(MemoryTarget):
    """Dies at the nth put, for good: what a killed publisher leaves behind."""

    def __init__(self):
        super().__init__()
        self.left = 10**9

    def put(self, key, body, headers, **conditions):
        self.left -= 1
        if self.left < 0:
            raise Broken
        return super().put(key, body, headers, **conditions)


def big_site() -> dict[str, bytes]:
    return SITE | {f"static/{n}.pdf": b"%d" % n for n in range(40)}


@pytest.mark.parametrize("fresh", [False, True])
def test_dying_anywhere_leaves_the_old_release_and_the_next_run_completes(tmp_path: Path, fresh: bool):
    old = write_build(tmp_path / "old")
    total = len(big_site()) + 4
    listed = 0
    for alive in range(total + 1):
        target = Dying()
        publish(old, target)
        target.left = alive
        build = write_build(tmp_path / f"new{alive}", big_site())
        try:
            publish(build, target)
        except Broken:
            whole(target)
        else:
            break
        moved = pointer(target).serial == 2
        target.left = 10**9
        again = write_build(tmp_path / f"again{alive}", big_site()) if fresh else build
        _, requests = publish(again, target)
        listed += requests.get("LIST", 0) > 0
        assert requests.get("LIST", 0) in (0, 2)
        if (
            moved
        ):  # died between pointer and entry: the mark in the build's folder tells, or else the journal does
            assert requests == ({"GET": 1} if fresh else {"GET": 1, "PUT": 1})
        whole(target)
        assert pointer(target).serial == 2
        if not (moved and fresh):
            assert entry_serial(target) == 2
        assert believed(target)["entry"]["name"] == "Pay safely"
    else:
        pytest.fail("the publish never ended well")
    assert listed > 30


def entry_serial(target: MemoryTarget) -> int:
    found = target.get(f"catalogue/e/{entry_folder()}/pay-safely.json")
    assert found is not None
    return next(
        p["value"] for p in json.loads(found.data)["identifier"][1:] if p["propertyID"].endswith("serial")
    )


def believed(target: MemoryTarget) -> dict[str, Any]:
    """The journal record that the pointer vouches for: there is one after every commit, whatever was broken off."""
    records = [json.loads(target.get(s.key).data) for s in target.list("catalogue/log/")]  # type: ignore[union-attr]
    (found,) = [r for r in records if r["nonce"] == pointer(target).nonce]
    assert (found["serial"], found["manifest"]) == (pointer(target).serial, pointer(target).manifest)
    return found


def entry_folder(course: str = "pay-safely") -> str:
    return digest_bytes(course.encode())[:2]


def test_resuming_sends_only_what_is_missing(tmp_path: Path):
    target = Dying()
    build = write_build(tmp_path, big_site())
    target.left = 30
    with pytest.raises(Broken):
        publish(build, target)
    there = len(target.headers)
    target.left = 10**9
    result, requests = publish(build, target)
    missing = len(big_site()) - there
    assert result.sent_objects == missing
    assert requests == {"GET": 1, "LIST": 2, "PUT": 1 + missing + 4}


class Flaky(MemoryTarget):
    """Answers to puts of the pointer are lost, before or after the put took place."""

    def __init__(self, answers: list[str]):
        super().__init__()
        self.answers = answers

    def put(self, key: str, body: Body, headers: Headers, **conditions):
        if not key.endswith("/index.html") or "/r/" in key:
            return super().put(key, body, headers, **conditions)
        answer = self.answers.pop(0) if self.answers else "ok"
        if answer == "500 without effect":
            raise Doubtful("500")
        etag = super().put(key, body, headers, **conditions)
        if answer == "lost":
            raise Doubtful("timeout")
        return etag


@pytest.mark.parametrize(
    "answers", [["lost"], ["500 without effect"] * 3, ["500 without effect", "lost"], ["lost", "lost"]]
)
def test_a_doubtful_answer_is_looked_into(tmp_path: Path, answers: list[str]):
    target = Flaky(list(answers))
    publish(write_build(tmp_path), target)
    assert pointer(target).serial == 1
    whole(target)


def test_a_server_that_never_commits_is_a_target_error(tmp_path: Path):
    target = Flaky(["500 without effect"] * 100)
    first = commit.next_pointer(None, course="a", version="1", release="r", manifest="m", nonce="n", now=NOW)
    with pytest.raises(TargetError, match="could not be switched"):
        commit.commit(target, None, lambda _: first, "<head></head>", patience=QUICK)
    assert commit.read_pointer(target, "a") is None


def test_a_lost_reply_under_a_later_commit_is_still_a_success():
    """Our put took place, its reply was lost, and somebody else built on it before we looked."""
    target = Flaky(["lost"])

    def following(seen, nonce="ours"):
        return commit.next_pointer(
            seen, course="a", version="1", release="r", manifest="m", nonce=nonce, now=NOW
        )

    def somebody_else(_: float) -> None:
        seen = commit.read_pointer(target, "a")
        commit.commit(target, seen, lambda s: following(s, "theirs"), "<head></head>")

    patience = Patience(pause=somebody_else)
    assert commit.commit(target, None, following, "<head></head>", patience=patience).nonce == "ours"
    seen = commit.read_pointer(target, "a")
    assert seen is not None
    assert (seen.pointer.nonce, [p.nonce for p in seen.pointer.history], seen.pointer.serial) == (
        "theirs",
        ["ours"],
        2,
    )


class Raced(MemoryTarget):
    """Somebody else publishes `other` just before our pointer is put."""

    def __init__(self, other: Path):
        super().__init__()
        self.other: Path | None = other

    def put(self, key: str, body: Body, headers: Headers, **conditions):
        if key == COURSE + "index.html" and (other := self.other):
            self.other = None
            publish_course(other, "", now=NOW, target=self, patience=QUICK)
        return super().put(key, body, headers, **conditions)


def test_a_lost_race_is_a_conflict_and_nothing_is_lost(tmp_path: Path):
    target = Raced(write_build(tmp_path / "other", version="theirs"))
    build = write_build(tmp_path / "ours", SITE | {"media/big.png": b"ours"}, version="ours")
    with pytest.raises(ConflictError, match="theirs"):
        publish(build, target)
    assert pointer(target).version == "theirs"
    whole(target)
    publish(build, target)
    assert (pointer(target).version, pointer(target).serial) == ("ours", 2)
    whole(target)


def test_two_that_publish_the_same_both_succeed(tmp_path: Path):
    target = Raced(write_build(tmp_path / "other"))
    publish(write_build(tmp_path / "ours"), target)
    assert pointer(target).serial == 1
    whole(target)


def test_a_page_of_somebody_else_is_not_overwritten(tmp_path: Path):
    target = MemoryTarget()
    target.put(COURSE + "index.html", Body.of(b"<p>my page</p>"), Headers("text/html"))
    with pytest.raises(ConflictError, match="did not write"):
        publish(write_build(tmp_path), target)
    assert target.get(COURSE + "index.html").data == b"<p>my page</p>"  # type: ignore[union-attr]


@pytest.mark.parametrize("damage", [None, b"", b"{}", b"not json"])
def test_a_damaged_manifest_costs_requests_only(tmp_path: Path, damage: bytes | None):
    target = MemoryTarget()
    publish(write_build(tmp_path), target)
    key = f"{COURSE}m/{pointer(target).manifest}.json"
    target.delete(key)
    if damage is not None:
        target.put(key, Body.of(damage), Headers("application/json"))
    publish(write_build(tmp_path / "2", SITE | {"media/big.png": b"new"}), target)
    whole(target)


def test_a_file_changed_after_the_build_stops_before_the_pointer(tmp_path: Path):
    target = MemoryTarget()
    build = write_build(tmp_path)
    (build / "web/media/big.png").write_bytes(b"other bytes")
    with pytest.raises(TargetError):
        publish(build, target)
    assert commit.read_pointer(target, "pay-safely") is None


def test_the_catalogue_entry_and_the_journal(tmp_path: Path):
    target = MemoryTarget()
    record = {
        "@context": "https://schema.org",
        "@type": "Course",
        "name": "付款",
        "hasCourseInstance": {"x": 1},
    }
    publish(write_build(tmp_path, archives={"mobile": b"zip"}, record=record), target)
    entry_key = f"catalogue/e/{entry_folder()}/pay-safely.json"
    entry = json.loads(target.get(entry_key).data)  # type: ignore[union-attr]
    assert entry["name"] == "付款"
    assert entry["url"] == "../../../c/pay-safely/index.html"
    assert entry["dateModified"] == "2026-11-23T12:30:00Z"
    assert entry["hasCourseInstance"] == {"x": 1, "url": entry["url"]}
    web, mobile = entry["encoding"]
    assert web["encodingFormat"] == "text/html"
    assert (mobile["encodingFormat"], mobile["contentSize"]) == ("application/zip", "3 B")
    assert target.get(mobile["contentUrl"].removeprefix("../../../")).data == b"zip"  # type: ignore[union-attr]
    assert target.headers[entry_key].media_type == "application/ld+json"
    (log,) = [k for k in target.headers if k.startswith("catalogue/log/")]
    assert re.fullmatch(r"catalogue/log/20261123T123000Z-pay-safely-[0-9a-f]{32}\.json", log)
    journal = json.loads(target.get(log).data)  # type: ignore[union-attr]
    assert journal["entry"] == entry
    assert (journal["serial"], journal["nonce"]) == (1, pointer(target).nonce)


def test_the_pointer_is_a_page_for_people(tmp_path: Path):
    target = MemoryTarget()
    publish(write_build(tmp_path, SITE), target)
    page = target.get(COURSE + "index.html").data.decode()  # type: ignore[union-attr]
    hrefs = re.findall(r'(?:href|src)="([^"#]+)', page)
    assert len(hrefs) == 4
    for href in hrefs:
        assert target.get(COURSE + href), href


def test_events(tmp_path: Path):
    events: list[PublishEvent] = []
    publish_course(write_build(tmp_path), "", now=NOW, target=MemoryTarget(), on_event=events.append)
    states = [e.state for e in events]
    assert states[0] == "preparing"
    assert states[-3:] == ["committing", "catalogue", "done"]
    last = [e for e in events if e.state == "sending"][-1]
    assert last.objects == last.of_objects == len(SITE)
    assert last.size == last.of_size > 0


def test_a_time_without_zone_is_a_mistake(tmp_path: Path):
    with pytest.raises(UsageError):
        publish_course(write_build(tmp_path), "", now=datetime(2026, 1, 1), target=MemoryTarget())


def test_too_long_a_name_is_not_published(tmp_path: Path):
    target = MemoryTarget()
    with pytest.raises(TargetError, match="CP704"):
        publish(write_build(tmp_path, SITE | {"/".join(["长" * 60] * 6) + ".html": b"x"}), target)
    assert not target.headers


def test_a_new_service_worker_takes_the_place_of_the_old(tmp_path: Path):
    target = MemoryTarget()
    key = "c/pay-safely/sw.js"
    publish(write_build(tmp_path, SITE | {"sw.js": b"old"}), target)
    result, requests = publish(write_build(tmp_path / "new", SITE | {"sw.js": b"new"}), target)
    assert (result.sent_objects, requests) == (1, {"GET": 2, "PUT": 1 + 4})
    found = target.get(key, limit=99)
    assert found and found.data == b"new"
    # Together with what an earlier publish left behind: the listing must not hide it.
    more = SITE | {f"{n}.css": b"a" * n for n in range(1, 9)}
    build = write_build(tmp_path / "more", more | {"sw.js": b"s"})
    target.put("c/pay-safely/" + address_of(build, "1.css"), Body.of(b"a"), Headers("text/css"))
    _, requests = publish(build, target)
    assert requests["LIST"] == 2
    found = target.get(key, limit=99)
    assert found and found.data == b"s"


def address_of(build: Path, path: str) -> str:
    return next(f.address for f in prepare(build).files if f.path == path)
