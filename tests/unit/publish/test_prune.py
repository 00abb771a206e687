"""Prune: what goes and what stays, by a clock that the test turns."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.helpers.builds import SITE, write_build
from tests.helpers.readers import read_whole

from coursepack.app.publish import publish_course
from coursepack.app.releases import rollback
from coursepack.cli.main import cli
from coursepack.errors import ConflictError, TargetError
from coursepack.publish.memory import MemoryTarget
from coursepack.publish.prune import prune_course
from coursepack.publish.reuse import AgeRules
from coursepack.publish.target import Body, Headers

NOW = datetime(2026, 11, 24, tzinfo=UTC)
COURSE = "pay-safely"
DAY = 86_400.0


class Clock:
    def __init__(self) -> None:
        self.now = 1e9

    def __call__(self) -> float:
        return self.now

    def pass_s(self, seconds: float) -> None:
        self.now += seconds


class Place:
    """A target, its clock, and a course whose picture changes with every version."""

    def __init__(self, folder: Path) -> None:
        self.clock = Clock()
        self.target = MemoryTarget(clock=self.clock)
        self.rules = AgeRules(pause=self.clock.pass_s, monotonic=self.clock)
        self.folder = folder

    def publish(self, version: str) -> None:
        site = SITE | {"media/code.png": b"\x89PNG " + version.encode()}
        built = write_build(self.folder / version, site, version=version)
        publish_course(built, "", target=self.target, now=NOW, rules=self.rules)

    def prune(self, **options: object):
        return prune_course(self.target, COURSE, rules=self.rules, **options)  # type: ignore[arg-type]

    def stored(self) -> set[str]:
        return {s.key for s in self.target.list("")}


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def versions(place: Place, count: int, *, apart_s: float = 2 * DAY) -> None:
    for number in range(1, count + 1):
        place.publish(str(number))
        place.clock.pass_s(apart_s)


def test_old_releases_go_and_kept_ones_stay_whole(place: Place) -> None:
    versions(place, 6)
    before = place.stored()
    plan = place.prune(keep=2, dry_run=True)
    assert place.stored() == before
    done = place.prune(keep=2)
    assert (done.objects, done.manifests, done.size) == (plan.objects, plan.manifests, plan.size)
    # Of each of three releases: two pages, the picture, the style sheet that names it.
    assert (done.manifests, done.objects, done.kept_releases, done.young) == (3, 12, 3, 0)
    read_whole(place.target, COURSE)
    for version in ("5", "4"):
        rollback(place.target, COURSE, version, now=NOW, rules=place.rules)
        read_whole(place.target, COURSE)
    with pytest.raises(TargetError, match="was pruned"):
        rollback(place.target, COURSE, "1", now=NOW, rules=place.rules)
    assert place.prune(keep=2).objects == 0
    assert not any(k.endswith("prune.json") for k in place.stored())


def test_nothing_young_goes(place: Place) -> None:
    versions(place, 4, apart_s=DAY / 10)
    done = place.prune(keep=1)
    assert (done.objects, done.manifests) == (0, 0)
    assert done.kept_releases == 4  # their manifests are young, so all that they name is held
    place.target.put(f"c/{COURSE}/b/00/{'0' * 64}.bin", Body.of(b"left by a killed publish"), Headers("x/y"))
    assert place.prune(keep=1).young == 1
    place.clock.pass_s(2 * DAY)
    assert place.prune(keep=1).objects > 1


def test_what_is_not_the_release_s_is_never_touched(place: Place) -> None:
    versions(place, 3)
    kept = {f"c/{COURSE}/index.html", f"c/{COURSE}/notes.txt"}
    place.target.put(f"c/{COURSE}/notes.txt", Body.of(b"x"), Headers("text/plain"))
    place.target.put(f"c/{COURSE}-2/b/00/{'0' * 64}", Body.of(b"x"), Headers("text/plain"))
    place.clock.pass_s(9 * DAY)
    place.prune(keep=1)
    keys = place.stored()
    assert kept <= keys
    assert f"c/{COURSE}-2/b/00/{'0' * 64}" in keys
    assert sum(k.startswith("catalogue/") for k in keys) == 4


def test_one_prune_at_a_time_and_a_dead_one_is_forgotten(place: Place) -> None:
    versions(place, 4)
    lease = f"c/{COURSE}/prune.json"
    place.target.put(lease, Body.of(b'{"prune":"somebody else"}'), Headers("application/json"))
    with pytest.raises(ConflictError, match="another prune"):
        place.prune(keep=1)
    place.clock.pass_s(120)
    assert place.prune(keep=1).objects > 0
    assert place.target.get(lease) is None


def test_a_killed_prune_is_carried_on(place: Place) -> None:
    versions(place, 5)
    wanted = place.prune(keep=1, dry_run=True)
    seen = 0

    def die(_: str) -> None:
        nonlocal seen
        seen += 1
        if seen == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        place.prune(keep=1, on_delete=die)
    read_whole(place.target, COURSE)
    place.clock.pass_s(120)
    rest = place.prune(keep=1)
    assert rest.objects + rest.manifests == wanted.objects + wanted.manifests - 3
    read_whole(place.target, COURSE)


def test_old_blobs_that_come_back_are_held(place: Place) -> None:
    """Contents of version 1 return while its blobs are old and nobody names them: prune must leave them from then on."""
    versions(place, 4)
    before = place.clock.now
    place.publish("1")
    assert place.clock.now - before >= place.rules.settle_s, "it waited for deletes that could be under way"
    assert place.prune(keep=1).young == 0
    read_whole(place.target, COURSE)


def test_a_lost_manifest_stops_it(place: Place) -> None:
    versions(place, 2)
    for stat in list(place.target.list(f"c/{COURSE}/m/")):
        place.target.delete(stat.key)
    before = place.stored()
    with pytest.raises(TargetError, match="the manifest of the current release"):
        place.prune()
    assert place.stored() == before


def test_the_command_goes_on_after_a_course_that_fails(tmp_path: Path) -> None:
    target = str(tmp_path / "target")
    publish_course(write_build(tmp_path / "1"), target, now=NOW)
    run = CliRunner().invoke(
        cli, ["releases", "prune", target, "no-such", COURSE, "--dry-run"], standalone_mode=False
    )
    assert run.return_value == 4
    assert "pay-safely: would delete 0 objects, 0.0 MB, and 0 manifests; 1 releases kept" in run.output
