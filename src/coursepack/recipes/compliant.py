"""A source that can be shown as it is: its own pictures become the top rendition, remuxed, not encoded again.

Encoding what is small enough for its quality already would only lose some of it (and electricity). Part kind
"video-remux" cuts it into segments at its own keyframes; the other rungs are then cut at the same times.
"""

from collections.abc import Sequence
from fractions import Fraction
from itertools import accumulate
from typing import Any, Final

import msgspec

from coursepack.model.codes import diagnostic
from coursepack.model.media import MediaFacts, SearchFacts
from coursepack.model.recipe import Refused, Work
from coursepack.recipes.chunks import ChunkFacts, MadeTrack, number_segments
from coursepack.recipes.encode import Stretch
from coursepack.recipes.faults import limits_for, refused
from coursepack.recipes.ladder import SEGMENT_S, Rung, as_params, from_params
from coursepack.recipes.normalise import is_hdr
from coursepack.tools import cmaf, hls
from coursepack.tools.ffmpeg import BITEXACT, Ffmpeg, command, run_ffmpeg, source_input, version
from coursepack.tools.process import ToolFailed

_SMALL_ENOUGH: Final = 1.1
"""Of what our own encoding takes at the wished quality."""
_MOST_APART_MS: Final = 10_000
"""Between keyframes: segments must not be longer than players like to fetch at once."""
_HIGHEST_LEVEL: Final = 52
_PROFILES: Final = ("Constrained Baseline", "Baseline", "Main", "High")


def small_enough(facts: MediaFacts, search: SearchFacts) -> bool:
    """Whether the source's pictures take no more than ours would."""
    rate = facts.streams[facts.video].bit_rate / 8
    return 0 < rate <= _SMALL_ENOUGH * search.bytes_per_s


def is_compliant(facts: MediaFacts, rungs: Sequence[Rung]) -> bool:
    """Whether the source's pictures can stand beside our `rungs` (H.264, largest first) in one ladder as they are.

    H.264 that every player shows, upright square pixels of the top rung's size at its steady rate, colours as ours,
    and keyframes close enough to cut at.
    """
    video = facts.streams[facts.video]
    shape = (
        video.codec == "h264"
        and video.profile in _PROFILES
        and video.level <= _HIGHEST_LEVEL
        and video.pixel_format == "yuv420p"
        and not video.interlaced
        and not is_hdr(video)
        and video.primaries in ("", "bt709")
        and video.matrix in (("", "bt709") if min(video.width, video.height) >= 720 else ("bt709",))
    )
    upright = video.rotation == 0 and not video.mirrored and video.sample_aspect == (1, 1)
    same = len(rungs) > 1 and (video.width, video.height) == (rungs[0].width, rungs[0].height)
    steady = video.constant_rate and abs(video.fps - float(rungs[0].fps)) < 0.001
    return shape and upright and same and steady and _close(video.keyframe_ms, video.duration_ms)


def _close(keyframe_ms: Sequence[int], duration_ms: int) -> bool:
    if not keyframe_ms or keyframe_ms[0] != 0:
        return False
    ends = [*keyframe_ms[1:], duration_ms]
    return all(b - a <= _MOST_APART_MS for a, b in zip(keyframe_ms, ends, strict=True))


class RemuxRecipe:
    """Makes `ChunkFacts` with one track. Params: {"facts": MediaFacts, "rung": Rung}; input "source"."""

    kind = "video-remux"
    version = 1

    def __init__(self, ffmpeg: Ffmpeg) -> None:
        self._ffmpeg = ffmpeg

    def fingerprint(self) -> str:
        """ffmpeg writes the segments."""
        return version(self._ffmpeg)

    def run(self, work: Work) -> dict[str, Any]:
        """Makes the files. Raises Refused when the source cannot be read to its end."""
        facts = from_params(work.step.params["facts"], MediaFacts)
        rung = from_params(work.step.params["rung"], Rung)
        try:
            track = self._cut(work, facts, rung)
        except ToolFailed as e:
            raise refused(e, work.source_name("source")) from e
        if not track.segments:
            raise Refused(diagnostic("CP218", work.source_name("source"), detail="no pictures"))
        cmaf.start_at_zero(track)
        made: dict[str, Any] = as_params(ChunkFacts((number_segments(work, rung, track, Stretch(rung.fps)),)))
        return made

    def _cut(self, work: Work, facts: MediaFacts, rung: Rung) -> hls.Track:
        import ffmpeg as graph

        folder = work.folder / rung.folder
        folder.mkdir()
        options = {
            **BITEXACT,
            "flags:v": "+bitexact",
            "c": "copy",
            "bsf:v": "filter_units=remove_types=6",
            **hls.muxer_options(SEGMENT_S),
        }
        argv = command(self._ffmpeg, graph.output(source_input()[str(facts.video)], hls.PLAYLIST, **options))
        source = work.source_path("source")
        run_ffmpeg(argv, limits=limits_for(facts), cancelled=work.cancelled, stdin=source, cwd=folder)
        return hls.read_track(folder)


def fits(track: MadeTrack, facts: MediaFacts) -> bool:
    """Whether the remuxed track has a picture in every frame of its steady rate, from the first to the last."""
    frames = [s.duration_s * float(track.rung.fps) for s in track.segments]
    whole = facts.streams[facts.video].duration_ms / 1000
    return (
        all(abs(f - round(f)) < 0.05 for f in frames) and abs(track.duration_s - whole) < 1 / track.rung.fps
    )


def stretches_between(track: MadeTrack, fps: Fraction, *, seekable: bool, chunk_s: float) -> list[Stretch]:
    """Where to cut the other rungs, so that their segments begin when those of the remuxed `track` do."""
    ends = list(accumulate(round(s.duration_s * fps) for s in track.segments))
    starts = [0, *ends[:-1]]
    stretches: list[Stretch] = []
    first = 0
    for n, end in enumerate(ends):
        last = n + 1 == len(ends)
        if last or (
            seekable and end - starts[first] >= chunk_s * fps and ends[-1] - end >= chunk_s * fps / 2
        ):
            begin = starts[first]
            cuts = tuple(s - begin for s in starts[first + 1 : n + 1])
            stretches.append(Stretch(fps, begin, 0 if last else end - begin, first + 1, cuts))
            first = n + 1
    return stretches


def without_top(rungs: Sequence[Rung], fps: Fraction) -> tuple[Rung, ...]:
    """The rungs that are still to be encoded, all at the full rate: the source's keyframes may be at odd frames."""
    return tuple(msgspec.structs.replace(r, fps=fps) for r in rungs[1:])
