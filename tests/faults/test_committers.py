"""Twenty committers on one pointer: none is lost, on a quiet server and on one that lies about who won."""

import random
import secrets
import threading
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from tests.helpers.faulty_server import FaultyServer, Request, faulty_server
from tests.helpers.s3_server import new_bucket, s3_server

from coursepack.publish.commit import Pointer, Seen, commit, next_pointer, read_pointer
from coursepack.publish.folder import FolderTarget
from coursepack.publish.retry import Patience
from coursepack.publish.s3 import S3Target
from coursepack.publish.s3.network import Network
from coursepack.publish.target import Target

COMMITTERS, EACH = 20, 10
NOW = datetime(2026, 11, 24, tzinfo=UTC)
HOME = "<!DOCTYPE html><html><head><title>x</title></head><body></body></html>"
STUBBORN = Patience(attempts=400, limit_s=120, first_pause_s=0.002, longest_pause_s=0.05)


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    with s3_server() as address:
        yield address


def commits(target: Target) -> list[Pointer]:
    """What every committer was told, all at once; each puts its own after whatever it finds."""
    told: list[Pointer] = []
    failed: list[BaseException] = []

    def run() -> None:
        for _ in range(EACH):
            nonce = secrets.token_hex(16)

            def following(seen: Seen | None, nonce: str = nonce) -> Pointer:
                return next_pointer(
                    seen, course="a", version="1", release="r", manifest="m", nonce=nonce, now=NOW
                )

            told.append(commit(target, read_pointer(target, "a"), following, HOME, patience=STUBBORN))

    def guarded() -> None:
        try:
            run()
        except BaseException as e:
            failed.append(e)
            raise

    threads = [threading.Thread(target=guarded) for _ in range(COMMITTERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    return told


def lost(told: list[Pointer]) -> int:
    """Two commits of one serial: the later one was put over the earlier one."""
    return len(told) - len({p.serial for p in told})


@pytest.mark.parametrize("kind", ["folder", "s3"])
def test_no_commit_is_lost(kind: str, endpoint: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    if kind == "folder":
        target: Target = FolderTarget(tmp_path_factory.mktemp("target"))
    else:
        target = S3Target(f"s3://{new_bucket(endpoint)}", endpoint_url=endpoint, threads=COMMITTERS)
    told = commits(target)
    assert len(told) == COMMITTERS * EACH
    end = read_pointer(target, "a")
    assert end is not None
    assert sorted(p.serial for p in told) == list(range(1, COMMITTERS * EACH + 1))
    assert end.pointer.serial == COMMITTERS * EACH
    print(f"{kind}: {COMMITTERS} committers x {EACH}: {len(told)} commits, {lost(told)} lost")


def test_no_commit_is_lost_when_answers_are(endpoint: str) -> None:
    rng, lock = random.Random(20261124), threading.Lock()

    def script(request: Request) -> str | None:
        with lock:
            lie = request.method == "PUT" and rng.random() < 0.2
            return rng.choice(["reply lost", "500 after success", "500", "503 SlowDown"]) if lie else None

    with faulty_server(endpoint) as server:
        bucket = f"s3://{new_bucket(endpoint)}"
        server.begin(script)
        network = Network(connect_s=5, read_s=10, attempts=1)
        told = commits(S3Target(bucket, endpoint_url=server.address, network=network, threads=COMMITTERS))
        faults = _count(server)
        end = read_pointer(S3Target(bucket, endpoint_url=endpoint), "a")
    assert len(told) == COMMITTERS * EACH
    assert lost(told) == 0
    # A commit whose answer was lost, and that eight others followed before it looked, is made once more.
    assert end is not None and end.pointer.serial >= COMMITTERS * EACH
    assert faults > 20
    print(f"s3 with {faults} lies: {len(told)} commits, {lost(told)} lost, {end.pointer.serial} serials")


def _count(server: FaultyServer) -> int:
    return len(server.done)
