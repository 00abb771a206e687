"""Encodes of the benchmark's clips, with their bytes and their VMAF over the whole clip. Every result is kept in a file
beside the clips, by command and clip: a benchmark that was stopped goes on where it was.

Bytes are those of the pictures alone: the sum of the packets. VMAF compares against the clip at its full rate; a slower
encode is shown at that rate first, as a screen would. Of long clips every second picture is scored.
"""

import hashlib
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import av
import ffmpeg as graph
import msgspec

from coursepack.model.media import LookFacts, MediaFacts, SearchFacts
from coursepack.recipes.encode import Stretch, encoder_options, stretch_input
from coursepack.recipes.ladder import Rung, as_params, choose_rungs, slow_rate
from coursepack.recipes.look import LookRecipe
from coursepack.recipes.normalise import steady, to_bt709
from coursepack.recipes.search import SearchRecipe
from coursepack.tools import vmaf
from coursepack.tools.ffmpeg import command, find_ffmpeg, own_input
from coursepack.tools.probe import probe
from coursepack.tools.process import Limits

LADDER = (1080, 720, 480, 360, 240)
TOOL = find_ffmpeg()
_EVERY_SECOND = 300
"""Pictures from which on every second one is scored."""


class Result(msgspec.Struct):
    """One encode of a clip."""

    bytes: int
    mean: float
    p5: float
    cpu_s: float


class Tuned(msgspec.Struct):
    """What our look and search found."""

    look: LookFacts
    fps: str
    search: SearchFacts
    look_cpu_s: float
    search_cpu_s: float


class Clip:
    """A clip and the pictures that all encoders are given: upright, BT.709, at its own steady rate."""

    def __init__(self, path: Path, folder: Path) -> None:
        self.path, self.name = path, path.stem
        self.kind = self.name.partition("-")[0]
        self.facts: MediaFacts = probe(path)
        self.video = self.facts.streams[self.facts.video]
        self.fps = Fraction(self.video.fps).limit_denominator(1001)
        self.digest = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
        self._reference = folder / f"{self.name}.reference.mkv"
        self._plain = self.video.matrix == "bt709" and self.video.width == self.facts.width

    @property
    def seconds(self) -> float:
        return self.video.duration_ms / 1000

    def reference(self) -> Path:
        """The clip itself where it is what encoders are given already, else a lossless copy of that."""
        if self._plain:
            return self.path
        if not self._reference.exists():
            # FFV1 keeps pictures and their times as they are: no B-frames that shift them.
            options = {"c:v": "ffv1", "fps_mode": "passthrough"}
            out = graph.output(self.picture(self.fps), str(self._reference), f="matroska", **options)
            run(command(TOOL, out, file_times=True), stdin=self.path)
        return self._reference

    def picture(self, fps: Fraction) -> Any:
        picture = steady(stretch_input(self.video, Stretch(fps)), self.video, fps=fps)
        size = (self.facts.width // 2 * 2, self.facts.height // 2 * 2)
        return to_bt709(picture, self.video, size).filter("setsar", 1)


class Bench:
    """Encodes and measures, or remembers."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._book = folder / "results.json"
        self._known: dict[str, Any] = json.loads(self._book.read_text()) if self._book.exists() else {}

    def remembered(self, key: str, make: Any, kind: Any) -> Any:
        if key not in self._known:
            self._known[key] = msgspec.to_builtins(make())
            self._book.write_text(json.dumps(self._known, indent=1, sort_keys=True))
        return msgspec.convert(self._known[key], kind)

    def peer(self, clip: Clip, options: Sequence[str], *, scale: str = "") -> Result:
        """A peer's encode, by its ffmpeg options; `scale` is its scaling filter."""
        filters = ["-vf", scale] if scale else []

        def make() -> Result:
            with tempfile.TemporaryDirectory(dir=self._folder) as tmp:
                made = Path(tmp) / "made.mp4"
                head = [TOOL.path, "-v", "error", "-nostdin", "-i", str(clip.reference()), "-an"]
                head += ["-fps_mode", "passthrough"]
                cpu_s = run([*head, *filters, *options, "-pix_fmt", "yuv420p", "-y", str(made)])
                return self._measured(clip, made, cpu_s)

        return self.remembered(f"{clip.name} {clip.digest} {' '.join([*filters, *options])}", make, Result)

    def ours(self, clip: Clip, rung: Rung, fps: Fraction) -> Result:
        """Our encode of a rung."""
        options = encoder_options(rung)

        def make() -> Result:
            with tempfile.TemporaryDirectory(dir=self._folder) as tmp:
                made = Path(tmp) / "made.mp4"
                out = graph.output(clip.picture(fps), str(made), **options)
                cpu_s = run(command(TOOL, out, filter_threads=4, file_times=True), stdin=clip.path)
                return self._measured(clip, made, cpu_s)

        said = " ".join(f"{k}={v}" for k, v in sorted(options.items()))
        return self.remembered(f"{clip.name} {clip.digest} {fps} {said}", make, Result)

    def tuned(self, clip: Clip, codec: str, target: float) -> Tuned:
        """Look and search, each in a folder of its own."""

        def make() -> Tuned:
            plain = as_params(clip.facts)
            begun = cpu()
            look = msgspec.convert(self._part(LookRecipe(TOOL), clip, {"facts": plain}), LookFacts)
            looked = cpu()
            fps = slow_rate(clip.fps) if look.slow else clip.fps
            params = {
                "facts": plain,
                "rung": as_params(top_rung(clip, fps, codec, 0)),
                "fps": str(fps),
                "samples": [list(s) for s in look.samples],
                "class": look.video_class,
                "target": target,
            }
            search = msgspec.convert(self._part(SearchRecipe(TOOL), clip, params), SearchFacts)
            return Tuned(look, str(fps), search, looked - begun, cpu() - looked)

        return self.remembered(
            f"{clip.name} {clip.digest} search {codec} {target} {_code_digest()}", make, Tuned
        )

    def _part(self, recipe: Any, clip: Clip, params: dict[str, Any]) -> Any:
        with tempfile.TemporaryDirectory(dir=self._folder) as tmp:
            return recipe.run(
                SimpleNamespace(
                    step=SimpleNamespace(params=params),
                    folder=Path(tmp),
                    source_path=lambda _: clip.path,
                    source_name=lambda _: clip.path.name,
                    cancelled=lambda: False,
                    progress=lambda _: None,
                    finding=lambda d: print(f"  {clip.name}: {d.code} {d.args}"),
                )
            )

    def _measured(self, clip: Clip, made: Path, cpu_s: float) -> Result:
        with av.open(str(made)) as container:
            height = container.streams.video[0].height
            size = sum(p.size for p in container.demux(video=0))
            slower = container.streams.video[0].average_rate < clip.fps * Fraction(9, 10)
        shown = own_input(made, threads=1)["v:0"].filter("setpts", "PTS-STARTPTS")
        if slower:
            shown = shown.filter("fps", fps=str(clip.fps), start_time=0)
        if height != clip.facts.height // 2 * 2:
            shown = shown.filter("scale", clip.facts.width, clip.facts.height, flags="bicubic")
        reference = own_input(clip.reference(), threads=1)["v:0"] if clip.reference() != clip.path else None
        if reference is None:
            reference = graph.input(f"file:{clip.path}", threads=1)["v:0"].filter("format", "yuv420p")
        score = vmaf.measure(
            TOOL,
            shown,
            reference,
            lines=min(clip.facts.width, clip.facts.height),
            folder=made.parent,
            limits=Limits(timeout_s=3600),
            every=2 if clip.seconds * clip.fps > _EVERY_SECOND else 1,
        )
        return Result(size, score.mean, score.p5, round(cpu_s, 2))


def top_rung(clip: Clip, fps: Fraction, codec: Any, crf: float) -> Rung:
    return choose_rungs(clip.facts.width, clip.facts.height, fps, ladder=LADDER, crf=crf, codec=codec)[0]


def cpu() -> float:
    """CPU seconds of this process and its ended children."""
    both = [resource.getrusage(who) for who in (resource.RUSAGE_CHILDREN, resource.RUSAGE_SELF)]
    return sum(use.ru_utime + use.ru_stime for use in both)


def run(argv: Sequence[str], *, stdin: Path | None = None, cwd: Path | None = None) -> float:
    """Runs a command; its CPU seconds."""
    begun = cpu()
    with Path(stdin or "/dev/null").open("rb") as source:
        done = subprocess.run(argv, check=False, stdin=source, stderr=subprocess.PIPE, cwd=cwd)
    if done.returncode:
        sys.exit(f"{' '.join(argv)}\n{done.stderr.decode()[-2000:]}")
    return cpu() - begun


def _code_digest() -> str:
    """Look and search as they are written: a change is a new result."""
    from coursepack import recipes

    names = ("look", "search", "samples", "stillness", "timeline", "encode", "normalise")
    code = b"".join((Path(recipes.__file__).parent / f"{n}.py").read_bytes() for n in names)
    return hashlib.sha256(code).hexdigest()[:12]


def clips(folder: Path, names: Sequence[str]) -> list[Path]:
    """The clips in a folder that `sources.py` filled."""
    found = [p for p in sorted(folder.iterdir()) if p.suffix in (".mp4", ".ts", ".mkv", ".webm")]
    chosen = [p for p in found if not names or p.stem in names or p.stem.partition("-")[0] in names]
    return chosen or sys.exit(f"no clips in {folder}: run sources.py first")


def now() -> str:
    return time.strftime("%H:%M:%S")
