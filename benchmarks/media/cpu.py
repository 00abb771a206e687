"""CPU of five rungs from one decode against one process a rung, and of look and search against a 20-minute encode.

    python benchmarks/media/cpu.py SOURCES [--clips lecture-corner slides-fade] [--seconds 8] [--runs 2] [--out cpu.md]

The first ratio runs the project's own command for a stretch, with all five rungs and the small pictures for posters
and thumbnails, and the same command with one rung at a time, one after the other and turn about; figures are user and
system time of the processes (getrusage), medians of the runs. For the second, the clip is repeated without
re-encoding to a source of 20 minutes, which is looked at and searched as it is; the encode of the 20 minutes is
reckoned from that of the stretch. CPU time moves by some per cent with the load of a machine: read the ratios.
"""

import argparse
import statistics
import tempfile
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import measuring
from measuring import LADDER, TOOL, Bench, Clip, Tuned, run

from coursepack.recipes.encode import Looks, Stretch, stretch_command
from coursepack.recipes.ladder import Rung, choose_rungs

TARGET = 95.0
LECTURE_S = 1200
GOALS = {"rungs": 0.66, "search": 2.0}


def encode_cpu(
    clip: Clip, rungs: Sequence[Rung], fps: Fraction, seconds: float, folder: Path, *, small: bool
) -> float:
    stretch = Stretch(fps, 0, round(seconds * fps))
    looks = Looks(160, 10) if small else None
    with tempfile.TemporaryDirectory(dir=folder) as tmp:
        argv = stretch_command(TOOL, clip.facts, rungs, stretch, looks, out=Path(tmp))
        return run(argv, stdin=clip.path, cwd=Path(tmp))


def compare(
    clip: Clip, tuned: Tuned, seconds: float, runs: int, folder: Path
) -> tuple[list[float], list[float]]:
    """CPU seconds of the runs with one decode, and of those with a process a rung."""
    fps = Fraction(tuned.fps)
    rungs = choose_rungs(clip.facts.width, clip.facts.height, fps, ladder=LADDER, crf=tuned.search.crf)
    together, apart = [], []
    for n in range(runs):
        # Turn about: what runs after an idle moment pays for memory that the system took back.
        for side in (0, 1) if n % 2 else (1, 0):
            if side:
                apart.append(sum(encode_cpu(clip, [r], fps, seconds, folder, small=False) for r in rungs))
            else:
                together.append(encode_cpu(clip, rungs, fps, seconds, folder, small=True))
    return together, apart


def twenty_minutes(clip: Clip, folder: Path) -> Path:
    """The clip over and over, packets as they are."""
    long = folder / f"{clip.name}.long.mkv"
    if not long.exists():
        argv = [TOOL.path, "-v", "error", "-nostdin", "-stream_loop", "-1", "-i", str(clip.path)]
        run([*argv, "-t", str(LECTURE_S), "-c", "copy", "-y", str(long)])
    return long


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sources", type=Path, help="folder that sources.py filled")
    parser.add_argument("--clips", nargs="*", default=["lecture-corner", "slides-fade"])
    parser.add_argument("--seconds", type=float, default=8)
    parser.add_argument("--runs", type=int, default=2)
    parser.add_argument("--out", type=Path, help="write the table there too")
    args = parser.parse_args()
    bench = Bench(args.sources)
    lines = [
        "| clip | one decode, CPU-s | a process a rung | ratio (goal 0.66) | look + search on 20 min, CPU-s "
        "| of its encode (goal 2%) |",
        "|---|---|---|---|---|---|",
    ]
    with tempfile.TemporaryDirectory(dir=args.sources) as tmp:
        for path in measuring.clips(args.sources, args.clips):
            clip = Clip(path, args.sources)
            long = Clip(twenty_minutes(clip, Path(tmp)), Path(tmp))
            tuned = bench.tuned(long, "h264", TARGET)
            together, apart = compare(clip, tuned, args.seconds, args.runs, Path(tmp))
            one, many = statistics.median(together), statistics.median(apart)
            found, whole = tuned.look_cpu_s + tuned.search_cpu_s, one / args.seconds * LECTURE_S
            lines.append(
                f"| {clip.name} | {one:.1f} | {many:.1f} | {one / many:.2f} | {found:.1f} "
                f"({len(tuned.search.probes)} probes) | {100 * found / whole:.1f}% |"
            )
            print(f"{measuring.now()} {lines[-1]}", flush=True)
    text = "\n".join(lines) + "\n"
    print(text)
    if args.out:
        args.out.write_text(text)


if __name__ == "__main__":
    main()
