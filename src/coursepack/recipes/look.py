"""Part kind "video-look": what kind of video it is, by a cheap look, and which stretches stand for it.

The bytes of every second are read from the whole file; pictures are decoded in a dozen short windows only: most of
them evenly spread, the rest where the file spends most, so that the one film clip in an hour of slides is seen.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, Final

import msgspec

from coursepack.model.media import LookFacts, MediaFacts, StreamFacts, VideoClass
from coursepack.model.recipe import Work
from coursepack.recipes.faults import limits_for
from coursepack.recipes.normalise import steady
from coursepack.recipes.samples import choose_samples
from coursepack.recipes.stillness import Motion, measure_motion, small_size
from coursepack.recipes.timeline import Second, read_timeline
from coursepack.tools.ffmpeg import Ffmpeg, command, run_ffmpeg, source_input, version
from coursepack.tools.process import ToolFailed

_EVEN: Final = 8
_BUSY: Final = 4
_WINDOW_MS: Final = 800
_MOST_FRAMES: Final = 24
_SETTLE_MS: Final = 100
"""How long before a window reading begins, for the picture on show at its start: a keyframe there makes it cheap."""
_MOST_FPS: Final = 60
_UNSOUGHT_MS: Final = 120_000
"""How far into a file we look that must be decoded from its start."""

_DRAWN: Final = 0.7
"""Flat share from which a picture is taken for a drawn one."""
_STILL: Final = 0.8
_PART: Final = (0.01, 0.6)
"""Share of the picture that moves all the time where a camera picture stands among slides."""
_ALWAYS: Final = 0.6


class _Window(msgspec.Struct, frozen=True):
    start_ms: int
    motion: Motion


class LookRecipe:
    """Makes `LookFacts`. Params: {"facts": MediaFacts}; input "source"."""

    kind = "video-look"
    version = 1

    def __init__(self, ffmpeg: Ffmpeg) -> None:
        self._ffmpeg = ffmpeg

    def fingerprint(self) -> str:
        """ffmpeg decodes."""
        return version(self._ffmpeg)

    def run(self, work: Work) -> dict[str, Any]:
        """Looks. A file that cannot be decoded here and there is "mixed"; whether it can be shown, the encoder says."""
        facts = msgspec.convert(work.step.params["facts"], MediaFacts)
        built: dict[str, Any] = msgspec.to_builtins(look(self._ffmpeg, work, facts))
        return built


def look(ffmpeg: Ffmpeg, work: Work, facts: MediaFacts) -> LookFacts:
    """See `LookRecipe`."""
    seconds = read_timeline(ffmpeg, facts, work.source_path("source"), work.cancelled)
    duration_ms = looked_length(facts, seconds)
    work.progress(0.3)
    even, busy = window_starts(seconds, duration_ms)
    # Of a bare stream without times only the start can be found.
    windows = _windows(ffmpeg, work, facts, even) or _windows(ffmpeg, work, facts, [0])
    if not windows:
        return LookFacts("mixed", samples=choose_samples(seconds, duration_ms, "mixed"))
    video_class, measures = classify([w.motion for w in windows])
    work.progress(0.8)
    if video_class == "slides":
        windows += _windows(ffmpeg, work, facts, busy)
    slow = video_class == "slides" and not any(w.motion.moves for w in windows)
    fps = looked_rate(facts.streams[facts.video])
    changes = [w.start_ms + int(n / fps * 1000) for w in windows for n in w.motion.changes]
    samples = choose_samples(seconds, duration_ms, video_class, changes if video_class == "slides" else ())
    return LookFacts(video_class, slow=slow, samples=samples, measures=measures)


def looked_length(facts: MediaFacts, seconds: Sequence[Second]) -> int:
    """How much of the video is looked at, in ms: all, if its places can be sought."""
    duration_ms = facts.streams[facts.video].duration_ms or facts.duration_ms or 1000 * len(seconds)
    return duration_ms if facts.seekable else min(duration_ms, _UNSOUGHT_MS)


def _windows(ffmpeg: Ffmpeg, work: Work, facts: MediaFacts, starts: Sequence[int]) -> list[_Window]:
    """What is seen in the windows that begin at `starts`, of those that can be decoded."""
    motions = [(start, _motion(ffmpeg, work, facts, start)) for start in starts]
    return [_Window(start, motion) for start, motion in motions if motion is not None]


def classify(motions: Sequence[Motion]) -> tuple[VideoClass, dict[str, float]]:
    """The class, by windows that are evenly spread over the video, and what it was decided by."""
    count = len(motions)
    still = sum(m.still for m in motions) / count
    flat = sum(m.flat for m in motions) / count
    blocks = [sum(m.blocks[n] for m in motions if m.blocks) / count for n in range(len(motions[0].blocks))]
    busy = sum(b >= _ALWAYS for b in blocks) / max(1, len(blocks))
    moving = sum(blocks) / max(1, len(blocks))
    measures = {"still": still, "flat": flat, "always_moving": busy, "moving": moving}
    return _class(still, flat, busy), {name: round(value, 3) for name, value in measures.items()}


def _class(still: float, flat: float, busy: float) -> VideoClass:
    if still >= _STILL:
        return "slides"
    low, high = _PART
    if low <= busy <= high and flat >= _DRAWN:
        return "mixed"
    return "screen" if flat >= _DRAWN and busy < low else "camera"


def window_starts(seconds: Sequence[Second], duration_ms: int) -> tuple[list[int], list[int]]:
    """Where to look, in ms: evenly spread windows, and the busiest seconds, apart from each other."""
    latest = max(0, duration_ms - _WINDOW_MS)
    count = max(1, min(_EVEN, duration_ms // _WINDOW_MS))
    even = [_cheap(seconds, latest * (2 * n + 1) // (2 * count), latest // count) for n in range(count)]
    busy: list[int] = []
    for at in sorted(range(len(seconds)), key=lambda n: (-seconds[n].other_bytes, n)):
        start = min(at * 1000, latest)
        if len(busy) == _BUSY or seconds[at].other_bytes == 0:
            break
        if all(abs(start - other) >= 2 * _WINDOW_MS for other in busy) and start not in even:
            busy.append(start)
    return even, busy


def _cheap(seconds: Sequence[Second], wanted_ms: int, room_ms: int) -> int:
    """A time near `wanted_ms` (up to a third of `room_ms` away) for which little must be decoded."""
    keys = [s.key_ms + _SETTLE_MS for s in seconds if s.key_ms >= 0]
    near = [k for k in keys if 3 * abs(k - wanted_ms) <= room_ms]
    return min(near, key=lambda k: (abs(k - wanted_ms), k), default=wanted_ms)


def looked_rate(video: StreamFacts) -> Fraction:
    """The steady rate at which windows are looked at."""
    return Fraction(min(max(video.fps, 1.0), _MOST_FPS)).limit_denominator(1001)


def _motion(ffmpeg: Ffmpeg, work: Work, facts: MediaFacts, start_ms: int) -> Motion | None:
    """What moves in the window; None where nothing can be decoded."""
    import ffmpeg as graph

    video = facts.streams[facts.video]
    fps = looked_rate(video)
    first = int(start_ms * fps / 1000)
    frames = max(2, min(_MOST_FRAMES, round(fps * _WINDOW_MS / 1000)))
    seek = max(0.0, (start_ms - _SETTLE_MS) / 1000)
    picture = source_input(threads=1, seek_s=seek, whole_group=True)[str(video.index)]
    picture = steady(picture, video, fps=fps, first_frame=first, frames=frames)
    size = small_size(facts.width, facts.height)
    picture = picture.filter("scale", *size, flags="neighbor+accurate_rnd+bitexact").filter("format", "gray")
    output = graph.output(picture, "-", format="rawvideo", fps_mode="passthrough", frames=frames)
    argv = command(ffmpeg, output, filter_threads=1, file_times=True)
    try:
        done = run_ffmpeg(
            argv,
            limits=limits_for(facts),
            cancelled=work.cancelled,
            stdin=work.source_path("source"),
            cwd=work.folder,
        )
    except ToolFailed:
        return None
    pixels = size[0] * size[1]
    pictures = [done.stdout[n : n + pixels] for n in range(0, len(done.stdout) - pixels + 1, pixels)]
    return measure_motion(pictures, size) if pictures else None
