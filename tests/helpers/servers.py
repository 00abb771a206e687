"""What the helpers that start real servers share: free ports, credentials, processes that end with the test."""

import os
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

KEY_ID = "test-key-id"
SECRET = "test-secret-key"


def free_ports(count: int) -> list[int]:
    """Ports of 127.0.0.1 that nobody listens at now."""
    sockets = [socket.socket() for _ in range(count)]
    try:
        for s in sockets:
            s.bind(("127.0.0.1", 0))
        return [int(s.getsockname()[1]) for s in sockets]
    finally:
        for s in sockets:
            s.close()


@contextmanager
def credentials() -> Iterator[None]:
    """The servers' credentials in the environment, and none of the machine's own."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [n for n in os.environ if n.startswith("AWS_")]:
            patch.delenv(name)
        patch.setenv("AWS_ACCESS_KEY_ID", KEY_ID)
        patch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
        patch.setenv("AWS_EC2_METADATA_DISABLED", "true")
        yield


@contextmanager
def process(
    argv: Sequence[str | Path], folder: Path, *, env: Mapping[str, str] | None = None
) -> Iterator["subprocess.Popen[bytes]"]:
    """A server process; its output goes to a log in `folder`. Ended by its own id, hard when it does not listen."""
    log = folder / f"{Path(argv[0]).name}.log"
    with log.open("ab") as out:
        server = subprocess.Popen(
            argv, env=env, cwd=folder, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT
        )
    try:
        yield server
    except BaseException:
        print(log.read_text(errors="replace")[-2000:])
        raise
    finally:
        server.terminate()
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def wait_until(
    ready: Callable[[], bool], what: str, *servers: "subprocess.Popen[bytes]", limit_s: float = 60
) -> None:
    """Waits for `ready`; fails when one of the servers ends or the time is over."""
    deadline = time.monotonic() + limit_s
    while time.monotonic() < deadline and all(s.poll() is None for s in servers):
        if ready():
            return
        time.sleep(0.05)
    pytest.fail(f"{what} did not start")


def listens(port: int) -> bool:
    """Whether somebody accepts connections at that port."""
    with socket.socket() as s:
        return s.connect_ex(("127.0.0.1", port)) == 0
