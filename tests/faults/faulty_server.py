"""Every kind of fault at every request of a publish: it ends right, or with exit 4 and nothing lost.

    python -m tests.faults.faulty_server [--rounds 10]

A case is one publish of new bytes through a server that does one kind of thing to one request (or to all from there on),
then a look by a reader, then the next run without faults.
"""

import argparse
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from tests.helpers.builds import write_build
from tests.helpers.faulty_server import FAULTS, FaultyServer, Request, Script, faulty_server
from tests.helpers.readers import read_whole
from tests.helpers.s3_server import new_bucket, s3_server

from coursepack.app.publish import publish_course
from coursepack.errors import TargetError
from coursepack.publish.retry import Patience
from coursepack.publish.reuse import AgeRules
from coursepack.publish.s3 import S3Target
from coursepack.publish.s3.network import Network
from coursepack.publish.target import Target

NOW = datetime(2026, 11, 24, tzinfo=UTC)
IMPATIENT = Patience(attempts=4, limit_s=20, first_pause_s=0.001, longest_pause_s=0.01)
RULES = AgeRules(settle_s=0.05, window_s=0.02)  # a clock that is a day ahead makes everything old
NETWORK = Network(connect_s=0.3, read_s=0.3, attempts=1)


def site(number: int) -> dict[str, bytes]:
    """One page, and a picture that is new."""
    page = b'<!DOCTYPE html><html lang="en"><head><title>x</title></head><body><img src="p.png" alt="%d"></body></html>'
    return {"index.html": page % number, "p.png": b"\x89PNG %d" % number * 3000}


def one(kind: str, number: int) -> Script:
    """That fault, at the request with that number."""
    return lambda request: kind if request.number == number else None


def from_there(kind: str, number: int) -> Script:
    """That fault, at the request with that number and all after it."""
    return lambda request: kind if request.number >= number else None


class Cases:
    """Runs cases one after the other on the courses of one bucket."""

    def __init__(self, server: FaultyServer, through: Target, direct: Target, work: Path) -> None:
        self._server = server
        self._through = through
        self._direct = direct
        self._work = work
        self._number = 0
        self.counts: Counter[str] = Counter()

    def requests(self, *, fresh: bool) -> list[Request]:
        """The requests of a publish without faults."""
        self._publish_new("none", lambda _: None, fresh=fresh)
        return list(self._server.seen)

    def run(self, kind: str, script: Script, *, fresh: bool = False) -> str:
        """One case. `fresh`: in a build folder that remembers nothing. How the faulty publish ended: "right" or "exit 4"."""
        ended = self._publish_new(kind, script, fresh=fresh)
        self.counts["cases"] += 1
        self.counts[ended] += 1
        self.counts["faults"] += len(self._server.done)
        return ended

    def _publish_new(self, kind: str, script: Script, *, fresh: bool) -> str:
        self._number += 1
        number = self._number
        build = write_build(self._work, site(number), course="course", version=str(number))
        if fresh:
            shutil.rmtree(build / ".publish", ignore_errors=True)
        self._server.begin(script)
        where = f"{kind} {number}"
        try:
            publish_course(build, "", now=NOW, target=self._through, patience=IMPATIENT, rules=RULES)
            ended = "right"
        except TargetError as e:
            assert e.exit_code == 4
            assert e.hint, where
            assert "secret" not in f"{e.message}{e.hint}", where
            ended = "exit 4"
        faults, self._server.script = list(self._server.done), lambda _: None
        where = f"{where} at {faults}: {ended}"
        try:
            pointer = read_whole(self._direct, "course")
        except AssertionError as e:
            raise AssertionError(f"{where}: {e}") from e
        expected = {str(number)} if ended == "right" else {str(number), str(number - 1)}
        assert (pointer.version if pointer else "0") in expected, where
        publish_course(build, "", now=NOW, target=self._direct, rules=RULES)
        pointer = read_whole(self._direct, "course")
        assert pointer is not None
        assert (pointer.version, pointer.serial) == (str(number), number), where
        self._look_at_catalogue(number, where)
        return ended

    def _look_at_catalogue(self, number: int, where: str) -> None:
        found = [s for s in self._direct.list("catalogue/e/") if s.key.endswith("/course.json")]
        assert found, where
        entry = self._direct.get(found[0].key)
        assert entry is not None
        assert b'"coursepack:serial","value":%d}' % number in entry.data, where


def exhaust(cases: Cases, kinds: list[str], *, fresh: bool) -> None:
    """Each kind at each request of a publish."""
    count = len(cases.requests(fresh=fresh))
    for kind in kinds:
        for number in range(1, count + 1):
            cases.run(kind, one(kind, number), fresh=fresh)


def persist(cases: Cases, kinds: list[str], rng: random.Random) -> None:
    """Each kind at all requests from a random one on: as an outage."""
    count = len(cases.requests(fresh=False))
    for kind in kinds:
        cases.run(kind, from_there(kind, rng.randint(1, count)))


def scatter(cases: Cases, kinds: list[str], rng: random.Random, count: int) -> None:
    """Publishes of which every request suffers something with a probability of a third."""
    for _ in range(count):
        cases.run("many", lambda _: rng.choice(kinds) if rng.random() < 0.33 else None)


def main(arguments: list[str]) -> Counter[str]:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--rounds", type=int, default=1, help="rounds of random faults after the exhaustive ones"
    )
    parser.add_argument("--seed", type=int, default=20261124)
    options = parser.parse_args(arguments)
    rng = random.Random(options.seed)
    kinds = [k for k in FAULTS if k != "none"]
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder, s3_server() as endpoint, faulty_server(endpoint) as server:
        bucket = f"s3://{new_bucket(endpoint)}"
        through = S3Target(bucket, endpoint_url=server.address, network=NETWORK)
        direct = S3Target(bucket, endpoint_url=endpoint)
        cases = Cases(server, through, direct, Path(folder))
        exhaust(cases, kinds, fresh=False)
        for _ in range(options.rounds):
            persist(cases, kinds, rng)
            scatter(cases, kinds, rng, 20)
    told = ", ".join(f"{n} {what}" for what, n in sorted(cases.counts.items()))
    print(
        f"{len(kinds)} kinds of faults: {told}; 0 broken releases; {time.monotonic() - begun:.1f} s",
        flush=True,
    )
    return cases.counts


if __name__ == "__main__":
    main(sys.argv[1:])
