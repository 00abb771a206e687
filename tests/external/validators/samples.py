"""The courses of course_sources/, built once for all test processes, as an author would."""

import fcntl
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import msgspec

from coursepack.model.bundle import Release

ROOT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True)
class Sample:
    """A built course."""

    id: str
    folder: Path
    release: Release

    @property
    def web(self) -> Path:
        """The site."""
        return self.folder / "web"

    @property
    def pages(self) -> list[str]:
        """Paths of all pages of the site, sorted."""
        return sorted(p.relative_to(self.web).as_posix() for p in self.web.rglob("*.html"))

    def bundle(self, form: str) -> Path:
        """The file or folder of a bundle."""
        return self.folder / next(b.path for b in self.release.bundles if b.format == form)


def built_samples(shared: Path) -> dict[str, Sample]:
    """Builds into `shared`, which all test processes share; the first one does it, the others wait.

    The media cache is the usual one (COURSEPACK_CACHE, else the checkout's), so that video is encoded once per
    machine and not once per test run.
    """
    out = shared / "samples"
    done = shared / "samples.done"
    with (shared / "samples.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            _build(out)
            done.touch()
    return {record.parent.name: _sample(record) for record in sorted(out.glob("*/release.json"))}


def _build(out: Path) -> None:
    command = [sys.executable, "-m", "coursepack", "build", "course_sources", "-o", str(out)]
    environment = {**os.environ, "NO_COLOR": "1", "COURSEPACK_LANG": "en"}
    finished = subprocess.run(
        command,
        check=False,
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=900,
    )
    assert finished.returncode == 0, f"{finished.stdout[-3000:]}\n{finished.stderr[-3000:]}"


def _sample(record: Path) -> Sample:
    release = msgspec.json.decode(record.read_bytes(), type=Release)
    return Sample(record.parent.name, record.parent, release)
