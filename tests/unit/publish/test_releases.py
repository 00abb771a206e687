"""Releases looked at and gone back to: on memory and on a folder."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner
from tests.helpers.builds import SITE, write_build

from coursepack.app.publish import publish_course
from coursepack.app.releases import abort_uploads, rollback
from coursepack.cli.main import cli
from coursepack.errors import TargetError, UsageError
from coursepack.publish.addresses import POINTER
from coursepack.publish.commit import read_pointer
from coursepack.publish.folder import FolderTarget
from coursepack.publish.history import courses, find_commit, releases
from coursepack.publish.manifest import fetch_manifest
from coursepack.publish.memory import MemoryTarget
from coursepack.publish.rebase import home_from_page
from coursepack.publish.release import prepare
from coursepack.publish.reuse import AgeRules
from coursepack.publish.target import Target

NOW = datetime(2026, 11, 24, tzinfo=UTC)
COURSE = "pay-safely"
KEY = f"c/{COURSE}/{POINTER}"
RULES = AgeRules(pause=lambda _: None)


@pytest.fixture(params=["memory", "folder"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Target:
    return MemoryTarget() if request.param == "memory" else FolderTarget(tmp_path / "target")


def publish(target: Target, folder: Path, version: str, hours: int) -> None:
    site = SITE | {"media/code.png": b"\x89PNG " + version.encode()}
    built = write_build(folder / version, site, version=version)
    publish_course(built, "", target=target, now=NOW + timedelta(hours=hours))


def without_pointer(page: bytes) -> bytes:
    start = page.index(b'<meta name="coursepack-release"')
    return page[:start] + page[page.index(b">", start) + 1 :]


def home(target: Target) -> bytes:
    found = target.get(KEY)
    assert found
    return without_pointer(found.data)


def three(target: Target, folder: Path) -> list[bytes]:
    homes = []
    for number, version in enumerate(("1", "2", "3")):
        publish(target, folder, version, number)
        homes.append(home(target))
    return homes


def test_going_back_gives_the_same_page_under_a_higher_serial(target: Target, tmp_path: Path) -> None:
    homes = three(target, tmp_path)
    done = rollback(target, COURSE, now=NOW, rules=RULES)
    assert (done.done, done.serial, done.to.version) == (True, 4, "2")
    assert home(target) == homes[1]
    older = rollback(target, COURSE, "1", now=NOW, rules=RULES)
    assert (older.serial, home(target)) == (5, homes[0])
    forward = rollback(target, COURSE, "3", now=NOW, rules=RULES)
    assert (forward.serial, home(target)) == (6, homes[2])
    pointer = read_pointer(target, COURSE)
    assert pointer and [p.serial for p in pointer.pointer.history] == [5, 4, 3, 2, 1]


def test_the_catalogue_is_told(target: Target, tmp_path: Path) -> None:
    three(target, tmp_path)
    before = {s.key for s in target.list("catalogue/log/")}
    rollback(target, COURSE, now=NOW, rules=RULES)
    (new,) = {s.key for s in target.list("catalogue/log/")} - before
    record = msgspec.json.decode(target.get(new).data)  # type: ignore[union-attr]
    assert (record["action"], record["serial"], record["version"]) == ("rollback", 4, "2")
    (entry,) = target.list("catalogue/e/")
    document = msgspec.json.decode(target.get(entry.key).data)  # type: ignore[union-attr]
    serial = {"@type": "PropertyValue", "propertyID": "coursepack:serial", "value": 4}
    assert serial in document["identifier"]


def test_a_dry_run_and_the_current_release_change_nothing(target: Target, tmp_path: Path) -> None:
    three(target, tmp_path)
    before = target.get(KEY)
    plan = rollback(target, COURSE, now=NOW, dry_run=True)
    assert (plan.done, plan.serial, plan.to.version) == (False, 4, "2")
    assert not rollback(target, COURSE, "current", now=NOW).done
    assert before and target.get(KEY).data == before.data  # type: ignore[union-attr]


def test_what_is_not_whole_does_not_come_back(target: Target, tmp_path: Path) -> None:
    three(target, tmp_path)
    before = target.get(KEY)
    old = releases(target, COURSE)[1]
    manifest = fetch_manifest(target, COURSE, old.manifest)
    assert manifest
    address = manifest[0].signed.files["media/code.png"].address
    target.delete(f"c/{COURSE}/{address}")
    with pytest.raises(TargetError, match="not whole: 1 of its objects") as e:
        rollback(target, COURSE, now=NOW, rules=RULES)
    assert "publish" in e.value.hint
    assert before and target.get(KEY).data == before.data  # type: ignore[union-attr]


def test_the_list(target: Target, tmp_path: Path) -> None:
    three(target, tmp_path)
    assert list(courses(target)) == [COURSE]
    found = releases(target, COURSE)
    assert [(f.serial, f.version, f.current, f.whole) for f in found] == [
        (3, "3", True, True),
        (2, "2", False, True),
        (1, "1", False, True),
    ]
    assert (found[0].title, found[0].pages, found[0].objects) == ("Pay safely", 2, len(SITE))


def test_names_of_releases(target: Target, tmp_path: Path) -> None:
    three(target, tmp_path)
    rollback(target, COURSE, "1", now=NOW, rules=RULES)
    seen = read_pointer(target, COURSE)
    assert seen
    p = seen.pointer
    assert find_commit(p, "current").serial == 4
    assert find_commit(p, "previous").serial == 3
    assert find_commit(p, "2").serial == 2
    assert find_commit(p, p.history[1].manifest[:8]).serial == 2
    assert find_commit(p, p.history[2].release[:6]).serial == 4  # the newest of that release
    with pytest.raises(UsageError) as e:
        find_commit(p, "9")
    assert "4 (version 1), 3 (version 3)" in e.value.hint
    with pytest.raises(UsageError, match="no course 'pay-safly'") as e:
        rollback(target, "pay-safly", now=NOW)
    assert COURSE in e.value.hint


def test_the_first_release_has_none_before_it(target: Target, tmp_path: Path) -> None:
    publish(target, tmp_path, "1", 0)
    with pytest.raises(UsageError, match="no release before"):
        rollback(target, COURSE, now=NOW)


def test_odd_references_stay_as_publishing_left_them(tmp_path: Path) -> None:
    page = (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>x</title>'
        "<link rel='stylesheet' href=static/style.css></head><body>"
        '<a href="#top">a</a><a href="https://other.example/b.png">b</a><a href="none.html">c</a><a href="/root">d</a>'
        '<a href="../up.html">e</a><a href="01-scan/">f</a><a href="01-scan/index.html?x=1&amp;y=2#z">g</a>'
        '<a href="index.html#top">h</a><a href="./">i</a>'
        '<p style="background: url(media/code.png)">j</p><img alt="" src="media/code.png" srcset="media/code.png 1x, none.png 2x">'
        '<video data-hls="media/none.m3u8" poster="media/code.png"></video></body></html>'
    )
    site = SITE | {"index.html": page.encode(), "01-scan/index.html": b"<!DOCTYPE html><title>x</title><p>x"}
    prepared = prepare(write_build(tmp_path, site))
    target = MemoryTarget()
    publish_course(tmp_path, "", target=target, now=NOW)
    found = fetch_manifest(target, COURSE, prepared.manifest_digest)
    assert found
    address = found[0].signed.files["index.html"].address
    stored = target.get(f"c/{COURSE}/{address}")
    assert stored and home_from_page(stored.data, found[0]) == prepared.home()


def test_only_old_uploads_are_thrown_away(tmp_path: Path) -> None:
    target = FolderTarget(tmp_path)
    (tmp_path / ".coursepack-tmp").mkdir()
    left = tmp_path / ".coursepack-tmp" / "0123456789abcdef"
    left.write_bytes(b"half")
    assert [u.aborted for u in abort_uploads(target)] == [False]
    assert [u.aborted for u in abort_uploads(target, older_than_s=0, dry_run=True)] == [True]
    assert left.exists()
    assert [u.aborted for u in abort_uploads(target, older_than_s=0)] == [True]
    assert not left.exists()


def test_the_commands(tmp_path: Path) -> None:
    target = FolderTarget(tmp_path / "target")
    three(target, tmp_path)
    run = CliRunner()
    listed = run.invoke(cli, ["releases", "list", str(tmp_path / "target")], standalone_mode=False)
    assert listed.exception is None
    lines = listed.output.splitlines()
    assert lines[0] == "pay-safely  Pay safely"
    assert lines[1].startswith("*    3  2026-11-24 02:00  3") and len(lines) == 4
    assert max(map(len, lines)) <= 80
    back = run.invoke(cli, ["releases", "rollback", str(tmp_path / "target"), COURSE], standalone_mode=False)
    assert "went from version 3 back to 2 of 2026-11-24 01:00, as release 4" in back.output
    as_json = run.invoke(
        cli, ["releases", "list", str(tmp_path / "target"), "--format", "json"], standalone_mode=False
    )
    last = msgspec.json.decode(as_json.output.splitlines()[-1])
    assert last["event"] == "result" and [r["serial"] for r in last["releases"]] == [4, 3, 2, 1]
    none = run.invoke(cli, ["releases", "abort", str(tmp_path / "target")], standalone_mode=False)
    assert none.output == "no unfinished uploads\n"
