"""Publishers against prune: after every commit, and at the end, readers find the current release whole.

    python -m tests.faults.prune_race [--count 300] [--reckless]

Contents come back on purpose: a publish often needs blobs that nobody has named for a while. `--reckless` prunes without
grace and without looking again: the race must then be lost, or it proves nothing.
"""

import argparse
import itertools
import random
import sys
import tempfile
import threading
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from tests.helpers.builds import write_build
from tests.helpers.readers import read_whole

from coursepack.app.publish import publish_course
from coursepack.app.releases import rollback
from coursepack.errors import CoursepackError
from coursepack.publish.memory import MemoryTarget
from coursepack.publish.prune import prune_course
from coursepack.publish.retry import Patience
from coursepack.publish.reuse import AgeRules
from coursepack.publish.target import Target

PAGE = b'<!DOCTYPE html><html lang="en"><head><title>%d</title></head><body>%s</body></html>'
RULES = AgeRules(grace_s=2.5, settle_s=0.5, window_s=0.1, lease_s=1.0, tick_s=0.0)
PATIENCE = Patience(attempts=5, limit_s=5, first_pause_s=0.001, longest_pause_s=0.01)
PUBLISHERS, COURSES, BLOBS, EACH = 6, 3, 12, 4


class _Reckless(AgeRules, frozen=True):
    """Deletes what is unreferenced at once, on the strength of one look."""

    def check(self) -> None:
        """Anything goes."""

    def deletable_before(self, now: float) -> float:
        return now + 1e9


class Race:
    """Publishers, prunes and what came of them."""

    def __init__(self, target: Target, work: Path, count: int, seed: int, *, reckless: bool) -> None:
        self._target = target
        self._work = work
        self._left = itertools.count(1)
        self._count = count
        self._seed = seed
        self._over = threading.Event()
        self._lock = threading.Lock()
        self._reckless = reckless
        self._prune_rules = _Reckless(window_s=1e9, tick_s=0.0) if reckless else RULES
        self.counts: Counter[str] = Counter()

    def run(self) -> Counter[str]:
        """Runs until `count` publishes have ended."""
        publishers = [threading.Thread(target=self._publish, args=(n,)) for n in range(PUBLISHERS)]
        pruners = [threading.Thread(target=self._prune, args=(n,)) for n in range(2)]
        for thread in (*publishers, *pruners):
            thread.start()
        for thread in publishers:
            thread.join()
        self._over.set()
        for thread in pruners:
            thread.join()
        for course in range(COURSES):
            self._look(f"c{course}")
        return self.counts

    def _tell(self, what: str, number: int = 1) -> None:
        with self._lock:
            self.counts[what] += number

    def _publish(self, me: int) -> None:
        rng = random.Random(self._seed * 100 + me)
        course = f"c{me % COURSES}"
        while (number := next(self._left)) <= self._count:
            names = rng.sample(range(BLOBS), EACH)
            body = b"".join(b'<img src="%d.png" alt="">' % n for n in names)
            site = {f"{n}.png": b"\x89PNG %d" % n for n in names} | {"index.html": PAGE % (number, body)}
            build = write_build(self._work / f"{me}-{number}", site, course=course, version=str(number))
            try:
                if rng.random() < 0.1:
                    rollback(self._target, course, now=datetime.now(UTC), rules=RULES, patience=PATIENCE)
                else:
                    publish_course(
                        build, "", target=self._target, now=datetime.now(UTC), rules=RULES, patience=PATIENCE
                    )
            except CoursepackError as e:
                self._tell(f"exit {int(e.exit_code)}")
            else:
                self._tell("committed")
            self._look(course)
            if not self._reckless:
                time.sleep(rng.uniform(0, 0.5))  # what nobody names must grow old while others publish

    def _look(self, course: str) -> None:
        try:
            read_whole(self._target, course)
        except AssertionError:
            self._tell("broken")

    def _prune(self, me: int) -> None:
        while not self._over.is_set():
            for course in range(COURSES):
                try:
                    done = prune_course(self._target, f"c{course}", keep=1, rules=self._prune_rules)
                except CoursepackError:
                    self._tell("prunes turned away")
                else:
                    self._tell("prunes")
                    self._tell("deleted", done.objects)
            time.sleep(0.01 if self._reckless else 0.1)


def main(arguments: list[str]) -> Counter[str]:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=20261124)
    parser.add_argument("--reckless", action="store_true")
    options = parser.parse_args(arguments)
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        race = Race(MemoryTarget(), Path(folder), options.count, options.seed, reckless=options.reckless)
        counts = race.run()
    told = ", ".join(f"{n} {what}" for what, n in sorted(counts.items()) if what != "broken")
    print(
        f"{options.count} publishes beside prune: {told}; {counts['broken']} broken; {time.monotonic() - begun:.1f} s",
        flush=True,
    )
    return counts


if __name__ == "__main__":
    sys.exit(1 if main(sys.argv[1:])["broken"] else 0)
