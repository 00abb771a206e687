"""kill -9 at random moments of a build: the next run carries on, and the result is the same bytes."""

import os
import random
import shutil
import signal
import subprocess
import time

import pytest
from tests.helpers.course import build, command, environment, make_course, tree

KILLS = int(os.environ.get("COURSEPACK_KILLS", "12"))


@pytest.mark.slow
def test_killed_builds_end_in_the_same_bytes(tmp_path):
    course = make_course(tmp_path / "tiny")
    begun = time.monotonic()
    build(tmp_path / "clean-cache", course, tmp_path / "clean")
    whole = time.monotonic() - begun
    wanted = tree(tmp_path / "clean")

    rng = random.Random(20261123)
    cache, out = tmp_path / "cache", tmp_path / "out"
    killed = tries = 0
    window = whole
    while killed < KILLS and tries < 4 * KILLS:
        if tries % 3 == 0:
            shutil.rmtree(cache, ignore_errors=True)  # from the start again, so that each part is hit
            window = whole
        tries += 1
        begun = time.monotonic()
        if kill_after(command("build", course, "-o", out), environment(cache), rng.uniform(0.05, window)):
            killed += 1
        else:
            window = time.monotonic() - begun  # it ended by itself: what is left to do is shorter than that
    result = build(cache, course, out)
    assert result["exit"] == 0
    assert tree(out) == wanted
    assert build(cache, course, out)["steps"]["run"] == 0
    assert not list((cache / "work").glob("*")) if (cache / "work").exists() else True
    print(f"{killed} builds killed in {tries}; 0 differing files of {len(wanted)}")
    assert killed >= KILLS // 2


def kill_after(arguments: list[str], env: dict[str, str], seconds: float) -> bool:
    """Starts a command and kills it; whether it was still running."""
    process = subprocess.Popen(
        arguments, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        process.wait(seconds)
        running = False
    except subprocess.TimeoutExpired:
        os.kill(process.pid, signal.SIGKILL)
        running = True
    process.wait()
    with_group(process.pid)
    return running


def with_group(group: int) -> None:
    """No encoder may outlive its killed parent."""
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    os.killpg(group, signal.SIGKILL)
    raise AssertionError("a child process outlived the killed build")


def test_interrupt_exits_130_and_keeps_what_was_done(tmp_path):
    course = make_course(tmp_path / "tiny")
    cache, out = tmp_path / "cache", tmp_path / "out"
    process = subprocess.Popen(
        command("build", course, "-o", out), env=environment(cache), stderr=subprocess.PIPE, text=True
    )
    time.sleep(1.2)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=20)
    if process.returncode == 0:
        pytest.fail("the build ended before the interrupt; make the course longer")
    assert process.returncode == 130, errors
    assert "interrupted" in errors
    assert "Traceback" not in errors
    assert not list(out.rglob("*.tmp"))
    assert build(cache, course, out)["exit"] == 0
