"""At least 100 publishers killed; `python -m tests.faults.publish_kill --count 1000` kills a thousand at each target."""

import re
import subprocess
import sys

import pytest


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "count"), [("folder", 120), ("s3", 60)])
def test_killed_publishers_break_nothing(kind: str, count: int):
    # A process of its own: it forks, which a process with threads must not.
    argv = [sys.executable, "-m", "tests.faults.publish_kill", "--count", str(count), "--target", kind]
    run = subprocess.run(argv, capture_output=True, text=True, timeout=300, check=False)
    print(run.stdout)
    assert run.returncode == 0, run.stderr
    told = re.search(r"(\d+) killed", run.stdout)
    assert told
    assert int(told[1]) >= count
    assert "0 broken releases, 0 differing objects" in run.stdout
