"""kill -9 in the middle of a long video: what was encoded before is not encoded again."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.helpers.course import command, environment, ffmpeg, tree

from coursepack.tools.ffmpeg import find_ffmpeg

SECONDS = 400
CHUNKS = 3


def make_long_course(root: Path) -> Path:
    """A course of one video of several chunks, small enough to be encoded in seconds."""
    root.mkdir()
    (root / "course.yaml").write_text("id: long\ntitle: Long\nlanguage: en\n")
    (root / "01.md").write_text("# Long\n\n![A pattern](long.mp4)\n")
    video, tone = f"testsrc2=size=96x54:rate=10:duration={SECONDS}", f"sine=frequency=440:duration={SECONDS}"
    inputs = ["-f", "lavfi", "-i", video, "-f", "lavfi", "-i", tone]
    ffmpeg(*inputs, "-pix_fmt", "yuv420p", "-preset", "ultrafast", "-ac", "1", str(root / "long.mp4"))
    return root


def logging_ffmpeg(folder: Path) -> tuple[Path, Path]:
    """(a program that writes each of its command lines to a log and then is ffmpeg, the log)."""
    log, program = folder / "log", folder / "ffmpeg"
    log.touch()
    program.write_text(f'#!/bin/sh\necho "$*" >> {log}\nexec {find_ffmpeg().path} "$@"\n')
    program.chmod(0o755)
    return program, log


def encodes(log: Path) -> int:
    """How often a stretch of the video was encoded."""
    return sum("strip.gray" in line for line in log.read_text().splitlines())


@pytest.mark.slow
def test_a_kill_loses_one_chunk(tmp_path: Path) -> None:
    course = make_long_course(tmp_path / "long")
    program, log = logging_ffmpeg(tmp_path)
    env = environment(tmp_path / "cache", COURSEPACK_FFMPEG=str(program))
    build = command("build", course, "--jobs", "2", "-o")

    process = subprocess.Popen(
        [*build, tmp_path / "out"], env=env, stdout=subprocess.DEVNULL, start_new_session=True
    )
    deadline = time.monotonic() + 120
    while encodes(log) < 2 and time.monotonic() < deadline and process.poll() is None:
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert encodes(log) == 2, "the second chunk was being encoded"

    subprocess.run([*build, tmp_path / "out"], env=env, check=True, stdout=sys.stderr)
    assert encodes(log) == CHUNKS + 1
    subprocess.run(
        [*build, tmp_path / "again"], env={**env, "COURSEPACK_CACHE": str(tmp_path / "fresh")}, check=True
    )
    assert encodes(log) == 2 * CHUNKS + 1
    assert tree(tmp_path / "out") == tree(tmp_path / "again")
    print(f"killed in chunk 2 of {CHUNKS}: {CHUNKS - 1} encoded afterwards, 0 differing files")
