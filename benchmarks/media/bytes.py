"""Bytes and VMAF of our top rendition against the settings of peers, as published and at equal VMAF.

    python benchmarks/media/bytes.py SOURCES [--clips slides camera-elf ...] [--out results.md]

Our side runs the real look, search and encoder options. A peer's own encode stands first; then its CRF is moved (and
its rate limit lifted) until two encodes bracket our VMAF, and its bytes there are interpolated on a logarithmic scale.
AV1 is compared with our H.264 in the same way. Ratios are ours / theirs: smaller is better. Goals are those of
the project's issue "Media that beats the peers".
"""

import argparse
import math
import statistics
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import measuring
import peers
from measuring import Bench, Clip, Result, Tuned, top_rung

TARGET = 95.0
GOALS = {
    "slides": {"Opencast": 0.40, "PeerTube": 0.50, "AV1": 0.50},
    "lecture": {"Opencast": 0.60, "PeerTube": 0.70},
    "camera": {"Opencast": 0.90, "PeerTube": 0.90},
    "animation": {"Opencast": 0.90, "PeerTube": 0.90},
    "screen": {"AV1": 0.30},
}
_NEAR = 0.12
SLOPES = {"slides": 0.35, "screen": 0.35, "lecture": 0.4, "camera": 0.9, "animation": 0.9}
"""About what a step of x264's CRF costs in VMAF: only for where to try next."""


def at_vmaf(
    encode: Callable[[float], Result], wanted: float, start: tuple[float, Result], slope: float
) -> float:
    """The bytes that `encode` takes at the VMAF `wanted`."""
    known = dict([start])
    while len(known) < 6:
        above = [c for c, r in known.items() if r.mean >= wanted]
        below = [c for c, r in known.items() if r.mean < wanted]
        if above and below:
            break
        edge = max(above) if above else min(below)
        off = known[edge].mean - wanted
        if abs(off) < _NEAR:
            return known[edge].bytes
        crf = edge + math.copysign(min(4, max(1, math.ceil(1.2 * abs(off) / slope))), off)
        known[crf] = encode(crf)
    if not above or not below:
        return math.nan
    fine, coarse = known[max(above)], known[min(below)]
    share = (fine.mean - wanted) / (fine.mean - coarse.mean)
    return math.exp(math.log(fine.bytes) + share * (math.log(coarse.bytes) - math.log(fine.bytes)))


class Row:
    """All that is measured on one clip."""

    def __init__(self, bench: Bench, clip: Clip, codecs: list[str]) -> None:
        self.clip = clip
        self.tuned = bench.tuned(clip, "h264", TARGET)
        self.ours = _ours(bench, clip, self.tuned)
        self.peers: dict[str, Result] = {}
        self.ratios: dict[str, float] = {}
        slope = SLOPES[clip.kind]
        self.av1: Result | None = None
        if "av1" in codecs:
            found = bench.tuned(clip, "av1", TARGET)
            self.av1 = _ours(bench, clip, found)
            fps = Fraction(found.fps)

            def encode_av1(crf: float) -> Result:
                return bench.ours(clip, top_rung(clip, fps, "av1", round(crf)), fps)

            size = at_vmaf(encode_av1, self.ours.mean, (found.search.crf, self.av1), slope / 2)
            self.ratios["AV1"] = size / self.ours.bytes
        for name in peers.MOVED:
            own = self._own(bench, name)
            encode = _moved(bench, clip, name)
            # Where its rate limit binds, a peer's own encode is no point of its curve.
            start = own if own.mean > TARGET else encode(23.0)
            self.ratios[name] = self.ours.bytes / at_vmaf(encode, self.ours.mean, (23.0, start), slope)
        for name in peers.PEERS:
            self._own(bench, name)

    def _own(self, bench: Bench, name: str) -> Result:
        """A peer's encode as it publishes it."""
        if name not in self.peers:
            recipe = peers.PEERS[name](self.clip, None)
            self.peers[name] = bench.peer(self.clip, recipe, scale=peers.SCALES.get(name, ""))
        return self.peers[name]


def _ours(bench: Bench, clip: Clip, tuned: Tuned) -> Result:
    fps = Fraction(tuned.fps)
    return bench.ours(clip, top_rung(clip, fps, tuned.search.codec, tuned.search.crf), fps)


def _moved(bench: Bench, clip: Clip, name: str) -> Callable[[float], Result]:
    return lambda crf: bench.peer(clip, peers.PEERS[name](clip, crf))


def table(rows: list[Row]) -> str:
    out = [
        "| clip | class, rate | CRF | kB at VMAF (5th percentile) | "
        + " | ".join(peers.PEERS)
        + " | AV1 | kB/min |",
        "|---|---|---|---|" + "---|" * (len(peers.PEERS) + 2),
    ]
    for r in rows:
        look, fps = r.tuned.look, float(Fraction(r.tuned.fps))
        cells = [r.clip.name, f"{look.video_class}, {fps:.4g}/s", f"{r.tuned.search.crf:g}", _shown(r.ours)]
        cells += [_shown(r.peers[name]) for name in peers.PEERS]
        cells += [_shown(r.av1) if r.av1 else "-", f"{r.ours.bytes / 1000 / r.clip.seconds * 60:.0f}"]
        out.append("| " + " | ".join(cells) + " |")
    return "\n".join(out)


def _shown(r: Result) -> str:
    return f"{r.bytes / 1000:.0f} at {r.mean:.1f} ({r.p5:.1f})"


def verdicts(rows: list[Row]) -> str:
    """Each goal with what was reached: the mean over the class's clips, and every clip."""
    out = ["| bytes at equal VMAF | goal | mean | each clip | met |", "|---|---|---|---|---|"]
    for kind, goals in GOALS.items():
        for against, goal in goals.items():
            found = {
                r.clip.name: r.ratios[against] for r in rows if r.clip.kind == kind and against in r.ratios
            }
            if not found:
                continue
            mean = statistics.geometric_mean(found.values())
            each = ", ".join(f"{name} {ratio:.2f}" for name, ratio in found.items())
            said = "yes" if mean <= goal else f"no, by {mean - goal:.2f}"
            label = "AV1 / our H.264" if against == "AV1" else f"ours / {against}"
            out.append(f"| {kind}: {label} | {goal:.2f} | {mean:.2f} | {each} | {said} |")
    return "\n".join(out)


def quality(rows: list[Row]) -> str:
    """Final VMAF over the whole clip against the target, H.264 and AV1."""
    out = [
        f"| whole clip, target {TARGET:g} | VMAF | off by | 5th percentile | search said | probes | met |",
        "|---|---|---|---|---|---|---|",
    ]
    for r in rows:
        off, search = r.ours.mean - TARGET, r.tuned.search
        # Better than the target is no miss where the 5th percentile asked for it.
        bound = search.vmaf_p5 - (TARGET - 4) < 0.5 and off > 0
        met = (abs(off) <= 0.7 or bound) and r.ours.p5 >= TARGET - 4
        out.append(
            f"| {r.clip.name} | {r.ours.mean:.2f} | {off:+.2f} | {r.ours.p5:.2f} | "
            f"{search.vmaf:.2f} ({search.vmaf_p5:.2f}) | {len(search.probes)} | {'yes' if met else 'no'} |"
        )
    return "\n".join(out)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sources", type=Path, help="folder that sources.py filled")
    parser.add_argument("--clips", nargs="*", default=[], help="clips or classes; all by default")
    parser.add_argument("--no-av1", action="store_true")
    parser.add_argument("--out", type=Path, help="write the tables there too")
    args = parser.parse_args()
    bench, rows = Bench(args.sources), []
    for path in measuring.clips(args.sources, args.clips):
        print(f"{measuring.now()} {path.stem}", flush=True)
        wants_av1 = not args.no_av1 and path.stem.startswith(("slides", "screen"))
        rows.append(Row(bench, Clip(path, args.sources), ["av1"] if wants_av1 else []))
    text = "\n\n".join([table(rows), verdicts(rows), quality(rows)]) + "\n"
    print(text)
    if args.out:
        args.out.write_text(text)


if __name__ == "__main__":
    main()
