"""Media made to do harm: told or built within limits; nothing else is opened, nothing is sent, nothing stays running."""

import json
import os
import re
import resource
import shutil
import subprocess
import sys
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import pytest
from tests.faults.hostile_media import LISTS, NAMES, make_files
from tests.unit.recipes.media_work import make, tool

from coursepack.errors import EnvironmentMissing
from coursepack.recipes.encode import Stretch, stretch_command
from coursepack.recipes.faults import refused
from coursepack.recipes.ladder import choose_rungs
from coursepack.tools.ffmpeg import command, run_ffmpeg, source_input
from coursepack.tools.probe import probe
from coursepack.tools.process import Limits, ToolFailed

REFUSED = {
    "huge.ivf": "CP222",
    "two days.mkv": "CP220",
    "no time.mp4": "CP218",
    "many samples.mp4": "CP215",
    "deep.mp4": "CP214",
    "sparse.mp4": "CP214",
    "noise.mp4": "CP214",
    "noise.ts": "CP215",
    "4 GHz.wav": "CP215",
    "0 bits.wav": "CP219",
    "no channels.wav": "CP219",
}
UNPLAYABLE = ["1 Hz.wav", "10 MHz.wav", "255 channels.wav", "noise.aac"]


@dataclass
class Attacked:
    """What was told of each file, and every file opened and every connection made meanwhile."""

    place: Path
    told: dict[str, dict[str, list[str]]]
    calls: list[str]


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Attacked:
    strace = shutil.which("strace")
    assert strace, "strace is missing: scripts/setup.sh test installs it"
    place = tmp_path_factory.mktemp("hostile")
    secret = make(place / "secret.ts", "-f", "lavfi", "-i", "testsrc2=s=64x36:r=10:d=0.4")
    make_files(place / "files", secret)
    trace = place / "trace"
    watched = "trace=open,openat,openat2,connect,sendto,sendmsg"
    argv = [strace, "-f", "-qq", "--seccomp-bpf", "-o", str(trace), "-e", watched]
    argv += [sys.executable, "-m", "tests.faults.hostile_media", str(place / "files"), str(place / "out")]
    environment = {**os.environ, "PYTHONPATH": str(Path.cwd()), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(argv, capture_output=True, text=True, timeout=300, check=False, env=environment)
    assert done.returncode == 0, done.stderr[-2000:]
    return Attacked(place, json.loads(done.stdout), trace.read_text(errors="replace").splitlines())


def test_lists_of_other_files_are_told(attacked: Attacked) -> None:
    for name in LISTS:
        for codes in attacked.told[name].values():
            assert codes in (["CP211"], ["CP213"]), name


def test_bent_files_are_told(attacked: Attacked) -> None:
    assert {n: attacked.told[n]["video"] for n in REFUSED} == {n: [c] for n, c in REFUSED.items()}
    assert {n: attacked.told[n]["audio"] for n in UNPLAYABLE} == {n: ["CP218"] for n in UNPLAYABLE}


def test_names_are_only_names(attacked: Attacked) -> None:
    assert {n: attacked.told[n]["audio"] for n in NAMES} == {n: ["made"] for n in NAMES}


def test_what_can_be_shown_is_built(attacked: Attacked) -> None:
    for name in ("attachment.mkv", "reference.mov", "reference http.mov", "a million a second.mp4"):
        assert attacked.told[name]["video"] == ["made"]
    assert attacked.told["4 GB said.wav"]["audio"] == ["made"]


def test_nothing_outside_is_opened_and_nothing_is_sent(attacked: Attacked) -> None:
    assert any("playable" not in c and "hls.mp4" in c for c in attacked.calls)
    assert [c for c in attacked.calls if "secret.ts" in c] == []
    assert [c for c in attacked.calls if "AF_INET" in c or re.search(r"\bsend(to|msg)\(", c)] == []
    written = [c for c in attacked.calls if re.search(r"O_(WRONLY|RDWR|CREAT)", c) and " = -1" not in c]
    paths = {m.group(1) for c in written if (m := re.search(r'"([^"]+)"', c))}
    inside = (str(attacked.place / "out"), "/dev/null", "/dev/shm")
    # Names without a slash are below the working folder of ffmpeg, which is one in `out`.
    assert [p for p in paths if p.startswith("/") and not p.startswith(inside)] == []
    assert [p for p in paths if ".." in p] == []


def test_nothing_is_written_beside_the_results(attacked: Attacked) -> None:
    names = {p.name for p in attacked.place.iterdir()}
    assert names == {"files", "out", "trace", "secret.ts", "clip.mp4", "clip.ivf", "q.mp4", "f.mkv", "tone.mp4", "notes.txt"}  # fmt: skip
    assert not list(attacked.place.rglob("pwned"))


def test_memory_stays_small_and_no_process_is_left(attacked: Attacked) -> None:
    # ru_maxrss of the largest waited-for descendant, in kB.
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 1_500_000
    assert left_in(attacked.place) == []


def left_in(folder: Path) -> list[str]:
    """Processes whose working folder lies in `folder`."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and (entry / "cwd").readlink().is_relative_to(folder):
                found.append((entry / "cmdline").read_text())
        except OSError:
            continue
    return found


# -- limits ------------------------------------------------------------------------------------------------------


def code_of(error: ToolFailed) -> str:
    return refused(error, "x.mp4").diagnostics[0].code


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Small to keep, large to decode: 8K pictures."""
    out = tmp_path_factory.mktemp("bomb") / "bomb.mp4"
    return make(
        out, "-f", "lavfi", "-i", "color=gray:s=7680x4320:r=10:d=3", "-c:v", "libx264", "-preset", "ultrafast"
    )


def encode(source: Path, out: Path, limits: Limits) -> str:
    facts = probe(source)
    rungs = choose_rungs(facts.width, facts.height, Fraction(10), ladder=[240], crf=30)
    argv = stretch_command(tool(), facts, rungs, Stretch(Fraction(10)), out=out)
    with pytest.raises(ToolFailed) as caught:
        run_ffmpeg(argv, limits=limits, stdin=source, cwd=out)
    assert left_in(out) == []
    return code_of(caught.value)


def test_time_runs_out(large: Path, tmp_path: Path) -> None:
    assert encode(large, tmp_path, Limits(timeout_s=0.5)) == "CP221"


def test_processor_time_runs_out(large: Path, tmp_path: Path) -> None:
    assert encode(large, tmp_path, Limits(timeout_s=60, cpu_s=1)) == "CP221"


def test_memory_runs_out(large: Path, tmp_path: Path) -> None:
    assert large.stat().st_size < 200_000
    assert encode(large, tmp_path, Limits(timeout_s=60, memory_bytes=512 << 20)) == "CP222"


def test_a_file_grows_beyond_measure(large: Path, tmp_path: Path) -> None:
    import ffmpeg as graph

    argv = command(tool(), graph.output(source_input()["v:0"], "out.raw", format="rawvideo", pix_fmt="gray"))
    with pytest.raises(ToolFailed) as caught:
        run_ffmpeg(argv, limits=Limits(timeout_s=60, file_bytes=1 << 20), stdin=large, cwd=tmp_path)
    assert code_of(caught.value) == "CP242"
    assert (tmp_path / "out.raw").stat().st_size <= 1 << 20


def test_a_kill_from_outside_is_not_the_author_s_fault(tmp_path: Path) -> None:
    killed = tmp_path / "ffmpeg"
    killed.write_text("#!/bin/sh\nkill -KILL $$\n")
    killed.chmod(0o755)
    with pytest.raises(EnvironmentMissing) as caught:
        run_ffmpeg([str(killed)], limits=Limits(timeout_s=20))
    assert not isinstance(caught.value, ToolFailed)
