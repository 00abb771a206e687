"""Part kind "video-search": the rate factor that gives a video the wished quality, found on short samples.

The samples are cut out once, as the top rung sees them. Each probe encodes them with the rung's own options at another
rate factor and scores them with VMAF. One probe and a slope would not do: a step of CRF is worth 0.3 VMAF on slides
and 1.1 on a film, so the target is always bracketed by two probes before it is interpolated.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

import msgspec

from coursepack.model.codes import diagnostic
from coursepack.model.media import Codec, MediaFacts, QualityProbe, SearchFacts, VideoClass
from coursepack.model.recipe import Refused, Work
from coursepack.recipes.encode import Stretch, encoder_options, stretch_input
from coursepack.recipes.faults import limits_for, refused
from coursepack.recipes.ladder import Rung, from_params
from coursepack.recipes.normalise import steady, to_bt709
from coursepack.tools import vmaf
from coursepack.tools.ffmpeg import Ffmpeg, command, own_input, run_ffmpeg, version
from coursepack.tools.process import ToolFailed

HIGHEST_TARGET: Final = 96.5
"""Identical still pictures score 97.43: near it, VMAF no longer tells coarse from fine."""
P5_BELOW: Final = 4
"""How far below the target the 5th percentile may lie."""

_REFERENCE_BYTES: Final = 420_000_000
_MOST_FRAMES: Final = 180
_FEWEST_FRAMES: Final = 12
_EVERY: Final = 2
_ENOUGH: Final = 100
"""Pictures from which on every second one is judged."""


class Scale(msgspec.Struct, frozen=True):
    """An encoder's rate factors for a class of video: where to begin, and what one step costs in VMAF."""

    seed: float
    slope: float


class Bounds(msgspec.Struct, frozen=True):
    """Of the rate factors that are tried, and the finest step between them."""

    lowest: float
    highest: float
    step: float


SCALES: Final[dict[Codec, dict[VideoClass, Scale]]] = {
    "h264": {
        "slides": Scale(30, 0.4),
        "screen": Scale(27, 0.35),
        "mixed": Scale(26, 0.4),
        "camera": Scale(23, 1.0),
    },
    "av1": {
        "slides": Scale(50, 0.13),
        "screen": Scale(56, 0.2),
        "mixed": Scale(40, 0.2),
        "camera": Scale(32, 0.4),
    },
}
BOUNDS: Final[dict[Codec, Bounds]] = {"h264": Bounds(16, 36, 0.5), "av1": Bounds(18, 62, 1)}
_MOST_PROBES: Final = 6
_NEAR: Final = 0.15
"""VMAF above the target at which a probe is as good as found."""
_TOLERATED: Final = 0.1
"""VMAF below the target that still counts as reached."""
_LEAST_SHARE: Final = 0.25
"""Of a bracket: each probe must take at least so much off it."""
_MISSED: Final = 0.6
"""VMAF below the target that is worth a word to the author."""
_NARROW: Final = 6
"""Steps between two probes around the target within which a straight line is true enough."""


class SearchRecipe:
    """Makes `SearchFacts`. Input "source". Params: {"facts": MediaFacts, "rung": Rung, "fps": "30/1",
    "samples": [[start_ms, length_ms]], "class": VideoClass, "target": VMAF}.
    """

    kind = "video-search"
    version = 1

    def __init__(self, ffmpeg: Ffmpeg) -> None:
        self._ffmpeg = ffmpeg

    def fingerprint(self) -> str:
        """ffmpeg encodes and judges."""
        return version(self._ffmpeg)

    def run(self, work: Work) -> dict[str, Any]:
        """Searches. Raises Refused when not one picture of the samples can be decoded."""
        params = work.step.params
        rung = from_params(params["rung"], Rung)
        target = min(float(params["target"]), HIGHEST_TARGET)
        scale = SCALES[rung.codec][params["class"]]
        if min(rung.width, rung.height) < vmaf.SMALLEST:
            return _builtins(SearchFacts(rung.codec, scale.seed, 0, 0, 0))
        try:
            samples = _Samples(self._ffmpeg, work, rung)
            found = search(samples.probe, rung.codec, scale, target, report=work.progress)
        except ToolFailed as e:
            raise refused(e, work.source_name("source")) from e
        if surplus(QualityProbe(found.crf, found.vmaf, found.vmaf_p5, 0), target) < -_MISSED:
            mean, low = f"{found.vmaf:.1f}", f"{found.vmaf_p5:.1f}"
            name = work.source_name("source")
            work.finding(diagnostic("CP234", name, mean=mean, low=low, target=f"{target:g}"))
        return _builtins(found)


def _builtins(facts: SearchFacts) -> dict[str, Any]:
    built: dict[str, Any] = msgspec.to_builtins(facts)
    return built


# -- the search, without any media ----------------------------------------------------------------------------------


def search(
    probe: Callable[[float], QualityProbe],
    codec: Codec,
    scale: Scale,
    target: float,
    *,
    report: Callable[[float], None] = lambda _: None,
) -> SearchFacts:
    """The highest rate factor that reaches `target` in the mean, and `target - P5_BELOW` in the 5th percentile.

    Within `BOUNDS`: the lowest where nothing reaches it.
    """
    bounds = BOUNDS[codec]
    tried: list[QualityProbe] = []
    crf: float | None = min(max(scale.seed, bounds.lowest), bounds.highest)
    while crf is not None:
        tried.append(probe(crf))
        report(min(0.95, 0.1 + len(tried) / _MOST_PROBES * 0.9))
        crf = _next(tried, bounds, scale, target)
    report(1)
    return _answer(tried, codec, bounds, target)


def surplus(probe: QualityProbe, target: float) -> float:
    """By how much a probe is better than wished; negative: worse."""
    return min(probe.vmaf - target, probe.vmaf_p5 - (target - P5_BELOW)) + _TOLERATED


def _bracket(tried: Sequence[QualityProbe], target: float) -> tuple[QualityProbe | None, QualityProbe | None]:
    """The coarsest probe that is good enough, and the finest that is not and coarser than it."""
    good = max((p for p in tried if surplus(p, target) >= 0), key=lambda p: p.crf, default=None)
    bad = [p for p in tried if surplus(p, target) < 0 and (good is None or p.crf > good.crf)]
    return good, min(bad, key=lambda p: p.crf, default=None)


def _next(tried: Sequence[QualityProbe], bounds: Bounds, scale: Scale, target: float) -> float | None:
    """The rate factor to try next; None when the answer is known well enough."""
    good, bad = _bracket(tried, target)
    if len(tried) >= _MOST_PROBES or (good is not None and surplus(good, target) <= _NEAR + _TOLERATED):
        return None
    if good is not None and bad is not None:
        if bad.crf - good.crf <= _NARROW * bounds.step:
            return None
        return _between(good, bad, bounds, target)
    end = good or bad
    if end is None:
        raise ValueError("a search begins with a probe")
    # Once more as far as the slope says, so that the next probe falls on the other side.
    slope = _slope(tried, target) or scale.slope
    far = max(2.0, 1.3 * abs(surplus(end, target)) / slope)
    crf = end.crf + min(far, 10.0) if good else end.crf - min(far, 10.0)
    crf = min(max(_on_grid(crf, bounds), bounds.lowest), bounds.highest)
    return None if crf == end.crf else crf


def _slope(tried: Sequence[QualityProbe], target: float) -> float:
    """What one step cost between the last two probes; 0 when it is unknown or makes no sense."""
    if len(tried) < 2:
        return 0.0
    fine, coarse = sorted(tried[-2:], key=lambda p: p.crf)
    return max(0.0, (surplus(fine, target) - surplus(coarse, target)) / (coarse.crf - fine.crf))


def _between(good: QualityProbe, bad: QualityProbe, bounds: Bounds, target: float) -> float:
    """Where the line between two probes meets the target, strictly between them on the grid."""
    share = surplus(good, target) / (surplus(good, target) - surplus(bad, target))
    # Quality falls ever faster: a straight line to a far, bad probe would creep along in small steps.
    share = min(max(share, _LEAST_SHARE), 1 - _LEAST_SHARE)
    crf = _on_grid(good.crf + share * (bad.crf - good.crf), bounds)
    return min(max(crf, good.crf + bounds.step), bad.crf - bounds.step)


def _on_grid(crf: float, bounds: Bounds) -> float:
    return int(crf / bounds.step) * bounds.step


def _answer(tried: Sequence[QualityProbe], codec: Codec, bounds: Bounds, target: float) -> SearchFacts:
    good, bad = _bracket(tried, target)
    if good is None:
        best = min(tried, key=lambda p: p.crf)
        return SearchFacts(codec, best.crf, best.vmaf, best.vmaf_p5, best.bytes_per_s, tuple(tried))
    if bad is None:
        return SearchFacts(codec, good.crf, good.vmaf, good.vmaf_p5, good.bytes_per_s, tuple(tried))
    share = surplus(good, target) / (surplus(good, target) - surplus(bad, target))
    crf = _on_grid(good.crf + share * (bad.crf - good.crf), bounds)
    share = (crf - good.crf) / (bad.crf - good.crf)

    def between(a: float, b: float) -> float:
        return a + share * (b - a)

    return SearchFacts(
        codec,
        crf,
        round(between(good.vmaf, bad.vmaf), 3),
        round(between(good.vmaf_p5, bad.vmaf_p5), 3),
        round(between(good.bytes_per_s, bad.bytes_per_s)),
        tuple(tried),
    )


# -- probing --------------------------------------------------------------------------------------------------------


class _Samples:
    """The samples of a video as raw pictures in the working folder, ready to be encoded and judged."""

    def __init__(self, ffmpeg: Ffmpeg, work: Work, rung: Rung) -> None:
        params = work.step.params
        self._ffmpeg, self._work, self._rung = ffmpeg, work, rung
        self._facts = from_params(params["facts"], MediaFacts)
        self._fps = Fraction(params["fps"])
        stretches = sample_stretches(params["samples"], self._fps, rung.width * rung.height)
        self._files = [file for n, s in enumerate(stretches) if (file := self._cut(s, f"sample-{n}.mkv"))]
        if not self._files and stretches and stretches[0].first_frame > 0:
            # The file says it is longer than it is, or cannot be searched in.
            start = Stretch(self._fps, frames=stretches[0].frames)
            self._files = [file for file in (self._cut(start, "start.mkv"),) if file]
        if not self._files:
            detail = "no pictures in the samples"
            raise Refused(diagnostic("CP218", work.source_name("source"), detail=detail))
        self._frames = sum(f.stat().st_size for f in self._files) * 2 // (3 * rung.width * rung.height)

    def _cut(self, stretch: Stretch, name: str) -> Path | None:
        """One sample, exactly as the encoder would be given it; None where there are no pictures."""
        import ffmpeg as graph

        video, rung = self._facts.streams[self._facts.video], self._rung
        picture = steady(
            stretch_input(video, stretch),
            video,
            fps=stretch.fps,
            first_frame=stretch.first_frame,
            frames=stretch.frames,
        )
        picture = to_bt709(picture, video, rung.scaled)
        if rung.scaled != (rung.width, rung.height):
            picture = picture.filter("pad", rung.width, rung.height, "(ow-iw)/2", "(oh-ih)/2")
        path = self._work.folder / name
        options = {"c:v": "rawvideo", "fflags": "+bitexact", "fps_mode": "passthrough"}
        output = graph.output(
            picture.filter("setsar", 1), name, f="matroska", frames=stretch.frames, **options
        )
        try:
            self._run(command(self._ffmpeg, output, filter_threads=4, file_times=True), source=True)
        except ToolFailed:
            return None
        return path if path.stat().st_size > rung.width * rung.height else None

    def probe(self, crf: float) -> QualityProbe:
        """Encodes the samples at `crf` with the rung's own options, and scores them."""
        import ffmpeg as graph

        made, rung = self._work.folder / "made.mkv", msgspec.structs.replace(self._rung, crf=crf, cap_kbps=0)
        output = graph.output(self._joined(), made.name, f="matroska", **encoder_options(rung))
        self._run(command(self._ffmpeg, output, filter_threads=1))
        scores = vmaf.measure(
            self._ffmpeg,
            own_input(made, threads=1)["v:0"],
            self._joined(),
            lines=min(rung.width, rung.height),
            folder=self._work.folder,
            limits=limits_for(self._facts),
            cancelled=self._work.cancelled,
            every=_EVERY if self._frames >= _ENOUGH else 1,
        )
        size_per_s = int(made.stat().st_size * self._fps / self._frames)
        return QualityProbe(crf, scores.mean, scores.p5, size_per_s)

    def _joined(self) -> Any:
        import ffmpeg as graph

        inputs = [own_input(f)["v:0"] for f in self._files]
        return graph.concat(*inputs, v=1, a=0) if len(inputs) > 1 else inputs[0]

    def _run(self, argv: list[str], *, source: bool = False) -> None:
        run_ffmpeg(
            argv,
            limits=limits_for(self._facts),
            cancelled=self._work.cancelled,
            stdin=self._work.source_path("source") if source else None,
            cwd=self._work.folder,
        )


def sample_stretches(samples: Sequence[Sequence[int]], fps: Fraction, pixels: int) -> list[Stretch]:
    """The samples in frames; shorter ones for large pictures, since raw ones fill the disk."""
    most = min(_MOST_FRAMES, _REFERENCE_BYTES * 2 // (3 * pixels))
    each = max(_FEWEST_FRAMES, most // max(1, len(samples)))
    return [
        Stretch(fps, int(start * fps / 1000), max(1, min(each, round(length * fps / 1000))))
        for start, length in samples
    ]
