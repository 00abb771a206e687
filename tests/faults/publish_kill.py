"""kill -9 at any moment of a publish: readers see one whole release, the next run completes and gives the same bytes.

    python -m tests.faults.publish_kill --count 1000 [--target folder|s3] [--seed 1]

One process without threads forks a publisher for each kill. Points are spread over the whole publish in three ways: before
and after the nth request (so that every gap is hit), at the nth call into C of all that a publish makes, and by the clock.
"""

import argparse
import json
import mmap
import os
import random
import shutil
import signal
import struct
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
from tests.helpers.builds import SITE, write_build
from tests.helpers.readers import read_whole

from coursepack.app.publish import publish_course
from coursepack.publish import commit
from coursepack.publish.folder import FolderTarget
from coursepack.publish.memory import MemoryTarget
from coursepack.publish.rewrite import find_meta
from coursepack.publish.target import Target

NOW = datetime(2026, 11, 24, tzinfo=UTC)
PER_COURSE = 12
"""Releases of one course, then the next course begins with its first publish."""


class Watched:
    """A target that counts its requests where the parent can see it, and dies at one of them."""

    def __init__(self, target: Target, counts: mmap.mmap, *, before: int = 0, after: int = 0) -> None:
        self._target = target
        self._counts = counts
        self._before, self._after = before, after
        self._lock = threading.Lock()

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._target, name)
        if name not in ("get", "head", "list", "put", "delete"):
            return found

        def call(*args: Any, **kwargs: Any) -> Any:
            with self._lock:
                number = add(self._counts, 0)
            if number == self._before:
                os.kill(os.getpid(), signal.SIGKILL)
            try:
                result = found(*args, **kwargs)
                return list(result) if name == "list" else result
            finally:
                if number == self._after:
                    os.kill(os.getpid(), signal.SIGKILL)

        return call


def add(counts: mmap.mmap, place: int) -> int:
    """Adds one to a number that parent and child share, and returns it."""
    (number,) = struct.unpack_from("q", counts, 8 * place)
    struct.pack_into("q", counts, 8 * place, number + 1)
    return int(number) + 1


def kill_at_step(counts: mmap.mmap, step: int) -> None:
    """From here on every call into C is counted; the process dies at number `step` (0: never)."""
    lock = threading.Lock()

    def watch(frame: Any, event: str, _: Any) -> None:
        if event == "c_call" and "coursepack" in frame.f_code.co_filename:
            with lock:
                if add(counts, 1) == step:
                    os.kill(os.getpid(), signal.SIGKILL)

    threading.setprofile(watch)
    sys.setprofile(watch)


class Point(msgspec.Struct, frozen=True):
    """Where a publisher dies."""

    kind: str
    """before, after (a request), step, clock; "measure" to live on."""
    at: float = 0


class Death(msgspec.Struct, frozen=True):
    killed: bool
    requests: int
    steps: int
    took_s: float


def run_child(build: Path, target: Target, point: Point) -> Death:
    """Publishes in a forked process that dies at `point`."""
    counts = mmap.mmap(-1, 16)
    at = int(point.at)
    begun = time.monotonic()
    child = os.fork()
    if not child:
        status = 70
        try:
            watched = Watched(
                target,
                counts,
                before=at if point.kind == "before" else 0,
                after=at if point.kind == "after" else 0,
            )
            if point.kind in ("step", "measure"):
                kill_at_step(counts, at)
            publish_course(build, "", now=NOW, target=watched)  # type: ignore[arg-type]
            status = 0
        finally:
            os._exit(status)
    if point.kind == "clock":
        time.sleep(point.at)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    took_s = time.monotonic() - begun
    killed = os.WIFSIGNALED(status)
    assert killed or os.WEXITSTATUS(status) == 0, f"the publisher failed at {point}"
    requests, steps = struct.unpack("qq", counts[:16])
    return Death(killed, requests, steps, took_s)


class Place:
    """A target, opened twice: no connection that a child uses was ever used by its parent."""

    def __init__(self, name: str, open_it: Callable[[], Target]) -> None:
        self.name = name
        self.childs = open_it()
        self.own = open_it()


def site(number: int) -> dict[str, bytes]:
    """A release of which the home page, a lesson, a picture and two downloads are new."""
    return SITE | {
        "index.html": SITE["index.html"].replace(b"A code", b"code %d" % number),
        "media/big.png": b"\x89PNG %d " % number + b"big" * 20_000,
        "files/a.pdf": b"a %d" % number,
        "files/b.pdf": b"b %d" % number * 30_000,
    }


class Killing:
    """Kills publishers at one place and looks at what each leaves."""

    def __init__(self, place: Place, work: Path, seed: int) -> None:
        self._place = place
        self._work = work
        self._rng = random.Random(seed)
        self._reference = MemoryTarget()
        self._points: Iterator[Point] = iter(())
        self._usual: dict[bool, Death] = {}
        self.counts: Counter[str] = Counter()
        self.gaps: set[Point] = set()

    def run(self, count: int) -> None:
        """Until `count` publishers were killed."""
        number = 0
        while self.counts["killed"] < count:
            self._release(number)
            number += 1
        self.counts["releases"] = number
        self._compare()

    def _release(self, number: int) -> None:
        course, first = f"course-{number // PER_COURSE}", number % PER_COURSE == 0
        build = write_build(self._work / course, site(number), course=course, version=str(number))
        if first not in self._usual:
            usual = run_child(build, self._place.childs, Point("measure"))
            self._usual[first] = usual
        for point in self._some_points(first=first):
            death = run_child(build, self._place.childs, point)
            self.counts["killed" if death.killed else "outlived"] += 1
            if death.killed and point.kind in ("before", "after"):
                self.gaps.add(Point(point.kind + (" first" if first else ""), point.at))
            self._after_death(course, number, first=first)
            if self._rng.random() < 0.3:
                shutil.rmtree(build / ".publish", ignore_errors=True)
                self.counts["folders forgotten"] += 1
        self._complete(build, course, number)

    def _some_points(self, *, first: bool) -> list[Point]:
        found = [next(self._points, None) or self._begin_again(first=first)]
        while self._rng.random() < 0.25:  # the next run is killed as well
            found.append(self._random_point(first=first))
        return found

    def _begin_again(self, *, first: bool) -> Point:
        usual = self._usual[False] if False in self._usual else self._usual[first]
        gaps = [Point(kind, n) for n in range(1, usual.requests + 1) for kind in ("before", "after")]
        self._rng.shuffle(gaps)
        mixed = [p for gap in gaps for p in (gap, self._random_point(first=first))]
        self._points = iter(mixed)
        return next(self._points)

    def _random_point(self, *, first: bool) -> Point:
        usual = self._usual[first]
        if self._rng.random() < 0.5:
            return Point("step", self._rng.randint(1, max(1, usual.steps)))
        return Point("clock", self._rng.uniform(0, usual.took_s))

    def _after_death(self, course: str, number: int, *, first: bool) -> None:
        pointer = read_whole(self._place.own, course)
        if pointer is None:
            assert first, "the course is gone"
            self.counts["seen: nothing yet"] += 1
            return
        new = pointer.version == str(number)
        assert new or (not first and pointer.version == str(number - 1)), pointer
        self.counts["seen: new release" if new else "seen: old release"] += 1
        self.journalled(pointer)

    def journalled(self, pointer: commit.Pointer) -> None:
        """A commit without a record of its own would be lost to the catalogue."""
        key = f"catalogue/log/20261124T000000Z-{pointer.course}-{pointer.nonce}.json"
        found = self._place.own.get(key)
        assert found is not None, "a commit without a journal record"
        record = json.loads(found.data)
        assert (record["serial"], record["manifest"]) == (pointer.serial, pointer.manifest)

    def _complete(self, build: Path, course: str, number: int) -> None:
        publish_course(build, "", now=NOW, target=self._place.own)
        pointer = read_whole(self._place.own, course)
        assert pointer is not None
        assert pointer.version == str(number), "the next run did not complete"
        self.journalled(pointer)
        publish_course(build, "", now=NOW, target=self._reference)

    def _compare(self) -> None:
        """Every object is the one that publishing without kills makes."""
        wanted, found = (contents(t) for t in (self._reference, self._place.own))
        # A folder that forgot leaves the entry of its last course to the journal.
        lost = {k for k in wanted if k.startswith("catalogue/e/") and found.get(k) != wanted[k]}
        self.counts["entries left to the journal"] = len(lost)
        assert len(lost) <= self.counts["folders forgotten"]
        differing = [
            k for k in wanted.keys() | found.keys() if wanted.get(k) != found.get(k) and k not in lost
        ]
        assert not differing, differing[:10]
        self.counts["objects compared"] = len(wanted) - len(lost)
        records = sum(1 for _ in self._place.own.list("catalogue/log/"))
        self.counts["intents that nobody believes"] = records - self.counts["releases"]
        assert records >= self.counts["releases"]


def contents(target: Target) -> dict[str, bytes]:
    """All objects but the journal's, without what is different in each commit."""
    keys = [s.key for s in target.list("") if not s.key.startswith("catalogue/log/")]

    def read(key: str) -> bytes:
        found = target.get(key)
        assert found is not None
        return plain_page(found.data) if key.endswith("/index.html") and "/r/" not in key else found.data

    with ThreadPoolExecutor(8) as pool:
        return dict(zip(keys, pool.map(read, keys), strict=True))


def plain_page(page: bytes) -> bytes:
    """A pointer page whose nonces and proof are left out."""
    text = page.decode()
    start = text.index('<meta name="coursepack-release"')
    end = text.index(">", start) + 1
    content = find_meta(text, commit.META)
    assert content is not None
    pointer = msgspec.json.decode(content, type=commit.Pointer)
    history = [(p.serial, p.version, p.release, p.manifest) for p in pointer.history]
    plain = (pointer.course, pointer.version, pointer.serial, pointer.release, pointer.manifest, history)
    return (text[:start] + repr(plain) + text[end:]).encode()


@contextmanager
def placed(kind: str, work: Path) -> Iterator[Place]:
    """A place of that kind, fresh."""
    if kind == "folder":
        yield Place("folder", lambda: FolderTarget(work / "target"))
        return
    from tests.helpers.s3_server import new_bucket, s3_server

    from coursepack.publish.s3 import S3Target

    with s3_server() as endpoint:
        bucket = new_bucket(endpoint)
        yield Place("s3", lambda: S3Target(f"s3://{bucket}/a", endpoint_url=endpoint))


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=100, help="publishers to kill at each target")
    parser.add_argument("--target", choices=["folder", "s3"], action="append")
    parser.add_argument("--seed", type=int, default=20261124)
    options = parser.parse_args(arguments)
    for kind in options.target or ["folder", "s3"]:
        begun = time.monotonic()
        with tempfile.TemporaryDirectory() as folder, placed(kind, Path(folder)) as place:
            killing = Killing(place, Path(folder) / "builds", options.seed)
            killing.run(options.count)
        told = ", ".join(f"{n} {what}" for what, n in sorted(killing.counts.items()))
        print(
            f"{kind}: {told}; {len(killing.gaps)} gaps between requests hit; "
            f"0 broken releases, 0 differing objects; {time.monotonic() - begun:.1f} s",
            flush=True,
        )


if __name__ == "__main__":
    main(sys.argv[1:])
