"""Pages against Hugo: cold, no change, one body and one title changed, at several sizes.

    python benchmarks/pages.py --generator ../shared/bench/make_course.py --lessons 100 1000 --runs 3

Runs are interleaved; the figures are medians and their ratios (coursepack / Hugo). Hugo comes from the system's
packages. Wall time on a shared machine is noisy: read the ratios.
"""

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SCENARIOS = ("cold", "no change", "one body", "one title")


class Tool:
    """A peer in its own folder."""

    def __init__(self, name: str, flavour: str, root: Path):
        self.name, self.flavour, self.root = name, flavour, root
        self.source = root / "source"
        self.output = root / "out"

    def command(self) -> list[str]:
        raise NotImplementedError(self.name)

    def clean(self) -> None:
        shutil.rmtree(self.output, ignore_errors=True)

    def run(self) -> tuple[float, float, float]:
        """(wall seconds, CPU seconds, peak MB of the largest process)."""
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        begun = time.monotonic()
        log = self.root / "log"
        with log.open("w") as f:
            code = subprocess.run(
                self.command(), cwd=self.source, stdout=f, stderr=f, env=self.environment(), check=False
            ).returncode
        wall = time.monotonic() - begun
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        if code not in (0, 1):
            sys.exit(f"{self.name} failed:\n{log.read_text()[-2000:]}")
        cpu = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
        return wall, cpu, after.ru_maxrss / 1024

    def environment(self) -> dict[str, str]:
        return dict(os.environ)


class Coursepack(Tool):
    def command(self) -> list[str]:
        program = [sys.executable, "-m", "coursepack"]
        return [*program, "build", str(self.source), "-o", str(self.output), "--only", "web", "--quiet"]

    def clean(self) -> None:
        super().clean()
        shutil.rmtree(self.root / "cache", ignore_errors=True)

    def environment(self) -> dict[str, str]:
        return {**os.environ, "COURSEPACK_CACHE": str(self.root / "cache")}


class Hugo(Tool):
    def command(self) -> list[str]:
        return ["hugo", "--quiet", "-d", str(self.output)]


def generate(generator: Path, tool: Tool, *arguments: str) -> None:
    command = [sys.executable, str(generator), "--out", str(tool.source), "--flavour", tool.flavour]
    subprocess.run([*command, *arguments], check=True, stdout=subprocess.DEVNULL)


def prepare(generator: Path, tool: Tool, scenario: str, run: int, lessons: int) -> None:
    if scenario == "cold":
        tool.clean()
    elif scenario != "no change":
        kind = scenario.split()[1]
        lesson = str(min(7 + run, lessons - 1))
        generate(generator, tool, "--mutate", kind, "--lesson", lesson, "--rev", str(run + 1))


def measure(generator: Path, lessons: int, runs: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        tools: list[Tool] = [
            Coursepack("coursepack", "generic", root / "coursepack"),
            Hugo("hugo", "hugofull", root / "hugo"),
        ]
        for tool in tools:
            tool.root.mkdir()
            generate(generator, tool, "--lessons", str(lessons))
        figures: dict[tuple[str, str], list[tuple[float, float, float]]] = {}
        for run in range(runs):
            for scenario in SCENARIOS:
                for tool in tools if run % 2 == 0 else reversed(tools):
                    prepare(generator, tool, scenario, run, lessons)
                    figures.setdefault((tool.name, scenario), []).append(tool.run())
    print(f"\n{lessons} lessons, {runs} interleaved runs, medians")
    print(f"{'':<12}{'coursepack':>24}{'hugo':>24}{'ratio':>16}")
    print(f"{'':<12}{'wall s / CPU s':>24}{'wall s / CPU s':>24}{'wall / CPU':>16}")
    for scenario in SCENARIOS:
        ours, theirs = (
            [statistics.median(v) for v in zip(*figures[(t.name, scenario)], strict=True)] for t in tools
        )
        print(
            f"{scenario:<12}{ours[0]:>14.2f} / {ours[1]:>7.2f}{theirs[0]:>14.2f} / {theirs[1]:>7.2f}"
            f"{ours[0] / theirs[0]:>9.2f} / {ours[1] / theirs[1]:.2f}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--generator", type=Path, default=Path("../shared/bench/make_course.py"))
    parser.add_argument("--lessons", type=int, nargs="+", default=[100, 1000])
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    if shutil.which("hugo") is None:
        sys.exit("hugo is not installed: apt-get install hugo")
    for lessons in options.lessons:
        measure(options.generator.resolve(), lessons, options.runs)


if __name__ == "__main__":
    main()
