"""Builds every media file of a corpus and compares what came out with what went in.

    .venv/bin/python scripts/corpus_media.py CORPUS_DIR OUT_DIR [WORD]

CORPUS_DIR holds `media/` (each must be built, and right) and `hostile/media/` (each must be built or refused with a
code). Prints a table, one line a file; `WORD` picks the files whose path contains it. Exits with 1 when a line is red.
"""

import shutil
import subprocess
import sys
import time
import traceback
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import msgspec

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.unit.recipes.media_work import run_recipe, tool  # noqa: E402

from coursepack.model.media import MediaFacts, StreamFacts  # noqa: E402
from coursepack.model.recipe import Refused  # noqa: E402
from coursepack.recipes.audio import AudioRecipe  # noqa: E402
from coursepack.recipes.normalise import is_hdr  # noqa: E402
from coursepack.recipes.video import VideoRecipe  # noqa: E402
from coursepack.tools.probe import NotMedia, probe  # noqa: E402

PARAMS = {"ladder": [240, 120], "quality": 90}
TEXT = (".vtt", ".srt")
AT_ONCE = 2


class Line(msgspec.Struct):
    """One line of the table."""

    path: str
    outcome: str
    facts: str = ""
    faults: tuple[str, ...] = ()
    seconds: float = 0


def main(corpus: str, out: str, word: str = "") -> int:
    """Prints the table; 1 when something is red."""
    root = Path(corpus)
    files = [
        p for base in ("media", "hostile/media") for p in sorted((root / base).rglob("*")) if p.is_file()
    ]
    files = [p for p in files if p.suffix not in TEXT and word in str(p.relative_to(root))]
    shutil.rmtree(out, ignore_errors=True)
    red = 0
    with ThreadPoolExecutor(AT_ONCE) as pool:
        jobs = [pool.submit(build, p, p.relative_to(root), Path(out) / str(n)) for n, p in enumerate(files)]
        for job in jobs:
            line = job.result()
            red += bool(line.faults)
            mark = "RED  " if line.faults else "green"
            print(f"{mark} {line.path:<52} {line.seconds:5.1f}s  {line.outcome:<22} {line.facts}", flush=True)
            for fault in line.faults:
                print(f"      {fault}", flush=True)
    print(f"{len(files)} files, {red} red")
    return 1 if red else 0


def build(source: Path, name: Path, out: Path) -> Line:
    """Runs the recipe that a course would use for this file."""
    began = time.monotonic()
    hostile = name.parts[0] == "hostile"
    try:
        facts = probe(source)
    except NotMedia as e:
        facts = MediaFacts("", 0)
        if not hostile:
            return Line(str(name), e.fault, faults=(f"not read: {e.detail}",))
    moving = facts.video >= 0 or facts.audio < 0
    recipe = VideoRecipe(tool()) if moving else AudioRecipe(tool())
    try:
        ran = run_recipe(recipe, source, out, **({"params": PARAMS} if moving else {}))
    except Refused as e:
        codes = " ".join(d.code for d in e.diagnostics)
        return Line(
            str(name), codes, faults=() if hostile else ("refused",), seconds=time.monotonic() - began
        )
    except Exception:  # noqa: BLE001 - any: the table is to show all of them
        return Line(str(name), "broken", faults=(traceback.format_exc(limit=-3),))
    made = ran.work.out / str(ran.facts["mp4" if moving else "file"])
    result = probe(made)
    check = picture_faults if moving else sound_faults
    faults = tuple(check(source, facts, made, result, ran.facts, ran.codes))
    told = " ".join(["made", *ran.codes])
    return Line(str(name), told, shown(facts, result), () if hostile else faults, time.monotonic() - began)


def shown(source: MediaFacts, made: MediaFacts) -> str:
    """What went in, what came out."""

    def of(f: MediaFacts) -> str:
        video = f.streams[f.video] if f.video >= 0 else None
        audio = f.streams[f.audio] if f.audio >= 0 else None
        picture = f"{video.codec} {f.width}x{f.height} {video.fps:.5g}/s " if video else ""
        sound = f"{audio.codec} {audio.channels}ch {audio.sample_rate} " if audio else ""
        return f"{picture}{sound}{f.duration_ms} ms"

    return f"{of(source)} -> {of(made)}"


def picture_faults(
    source: Path, before: MediaFacts, path: Path, made: MediaFacts, facts: dict[str, Any], codes: list[str]
) -> Iterator[str]:
    """What is wrong with a built video."""
    was, video = before.streams[before.video], made.streams[made.video]
    said = (video.pixel_format, video.matrix, video.transfer, video.primaries)
    if said != ("yuv420p", "bt709", "bt709", "bt709"):
        yield f"colours are written down as {said}"
    if video.rotation or video.mirrored or video.interlaced or video.sample_aspect != (1, 1):
        yield "not upright, or not square, or of fields"
    wide, high = facts["width"], facts["height"]
    if min(before.width, before.height) >= 16:
        if abs(wide / high - before.width / before.height) > 0.03 * wide / high + 2 / high:
            yield f"{before.width}x{before.height} became {wide}x{high}"
        if wide > before.width or high > before.height:
            yield "enlarged"
    if not 0 < video.fps <= 60.1:
        yield f"{video.fps} pictures a second"
    if (made.audio >= 0) != (before.audio >= 0):
        yield "sound lost or invented"
    if "CP224" not in codes:
        yield from length_faults(before, made)
    if not is_hdr(was) and not was.alpha and "CP225" not in codes:
        yield from colour_faults(source, was, path)
    first = first_times(path)
    if any(abs(at) > 0.05 for at in first):
        yield f"begins at {first}"


def sound_faults(
    source: Path, before: MediaFacts, path: Path, made: MediaFacts, facts: dict[str, Any], codes: list[str]
) -> Iterator[str]:
    """What is wrong with a built sound."""
    audio = made.streams[made.audio]
    if audio.channels not in (1, 2) or audio.codec != "aac":
        yield f"{audio.codec} with {audio.channels} channels"
    if "CP224" not in codes:
        yield from length_faults(before, made)
    loudness = facts.get("loudness_lufs")
    if loudness is not None and loudness > -17:
        yield f"{loudness} LUFS"
    if (facts.get("true_peak_dbtp") or -9) > -1:
        yield f"peak {facts['true_peak_dbtp']} dBTP"


def length_faults(before: MediaFacts, made: MediaFacts) -> Iterator[str]:
    """Whether the whole is there."""
    allowed = max(120, 0.02 * before.duration_ms)
    if abs(made.duration_ms - before.duration_ms) > allowed:
        yield f"{before.duration_ms} ms became {made.duration_ms} ms"


def colour_faults(source: Path, was: StreamFacts, made: Path) -> Iterator[str]:
    """Whether a picture in the middle has the mean colour that ffmpeg alone gives it."""
    at_s = was.duration_ms / 2000
    one, two = (mean_colour(p, i, at_s) for p, i in ((source, was.index), (made, 0)))
    if one and two and max(abs(a - b) for a, b in zip(one, two, strict=True)) > 14:
        yield f"mean colour {tuple(one)} became {tuple(two)}"


def mean_colour(path: Path, stream: int, at_s: float) -> bytes:
    """RGB of the picture at `at_s`, all its pixels mixed."""
    argv = [
        tool().path,
        "-v",
        "quiet",
        "-ss",
        f"{at_s:.3f}",
        "-i",
        f"file:{path}",
        "-map",
        f"0:{stream}",
        "-frames:v",
        "1",
    ]
    argv += ["-vf", "scale=64:64:flags=area,scale=1:1:flags=area,format=rgb24", "-f", "rawvideo", "-"]
    return subprocess.run(argv, capture_output=True, check=False, timeout=120).stdout


def first_times(path: Path) -> list[float]:
    """When the first picture and the first sound of a file of ours come, in seconds."""
    times = []
    for kind in ("v", "a"):
        argv = [
            tool().path,
            "-v",
            "quiet",
            "-i",
            f"file:{path}",
            "-map",
            f"0:{kind}:0",
            f"-frames:{kind}",
            "1",
        ]
        argv += ["-copyts", "-f", "framecrc", "-"]
        text = subprocess.run(argv, capture_output=True, check=False, timeout=60, text=True).stdout
        base = next((line.split()[2] for line in text.splitlines() if line.startswith("#tb")), "1/1")
        rows = [line.split(",") for line in text.splitlines() if line and line[0] != "#"]
        up, down = base.split("/")
        times += [int(r[2]) * int(up) / int(down) for r in rows[:1]]
    return times


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
