"""The one decoding process that makes all renditions of a stretch of video, as HLS segments.

All thread counts are fixed here, since each can change the bytes: x264 limits vertical motion by its number of frame
threads, the scaler cuts its slices by their number, and a decoder with frame threads conceals damage differently
from run to run. The work still spreads over the cores: decoder, filters and every encoder run side by side.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

import msgspec

from coursepack.model.media import MediaFacts, StreamFacts
from coursepack.recipes.ladder import Rung
from coursepack.recipes.normalise import SCALER, decoder_for, may_change, steady, to_bt709
from coursepack.tools.ffmpeg import BITEXACT, Ffmpeg, command, run_ffmpeg, source_input, x264_instructions
from coursepack.tools.hls import PLAYLIST, muxer_options
from coursepack.tools.process import Limits

STRIP: Final = (160, 90)
"""Size of the small grey pictures that are taken along for posters and scene changes."""
STRIP_FPS: Final = 2
STRIP_FILE: Final = "strip.gray"
THUMBNAIL_LINES: Final = 90
THUMBNAIL_FILE: Final = "thumbnails.rgb"

_DECODER_THREADS: Final = 1
_FILTER_THREADS: Final = 4
_SEEK_MARGIN_S: Final = 1


class Stretch(msgspec.Struct, frozen=True):
    """A part of a video, in frames of its steady rate `fps`."""

    fps: Fraction
    first_frame: int = 0
    frames: int = 0
    """0: to the end."""
    first_segment: int = 1
    """The number of its first segment in the whole video."""
    cuts: tuple[int, ...] = ()
    """Frames, counted from `first_frame`, that begin a segment after the first; (): every `Rung.gop` frames."""
    pad_ms: int = 0
    """How long the last picture stays after the video ends, while the sound goes on."""


class Looks(msgspec.Struct, frozen=True):
    """The small pictures that are taken along: coloured ones of this size and distance, and the grey strip."""

    width: int
    interval_s: int


def encode_stretch(
    ffmpeg: Ffmpeg,
    facts: MediaFacts,
    rungs: Sequence[Rung],
    stretch: Stretch,
    *,
    source: Path,
    out: Path,
    limits: Limits,
    cancelled: Callable[[], bool],
    progress: Callable[[float], None],
    looks: Looks | None,
) -> str:
    """Makes `out/v360/index.m3u8`, `init.mp4`, `seg-*.m4s` for every rung, and the small pictures.

    Gives back what ffmpeg complained of.
    """
    argv = stretch_command(ffmpeg, facts, rungs, stretch, looks, out=out)
    length_ms = round(stretch.frames / stretch.fps * 1000) if stretch.frames else facts.duration_ms
    done = run_ffmpeg(
        argv,
        limits=limits,
        cancelled=cancelled,
        stdin=source,
        cwd=out,
        duration_ms=length_ms,
        progress=progress,
    )
    return done.stderr_tail


def stretch_command(
    ffmpeg: Ffmpeg,
    facts: MediaFacts,
    rungs: Sequence[Rung],
    stretch: Stretch,
    looks: Looks | None = None,
    *,
    out: Path,
) -> list[str]:
    """The command of `encode_stretch`, to be run in `out` with the source as standard input. Makes the folders."""
    import ffmpeg as graph

    for rung in rungs:
        (out / rung.folder).mkdir(parents=True)
    pictures, small = _pictures(facts, rungs, stretch)
    outputs = [
        graph.output(picture, f"{rung.folder}/{PLAYLIST}", **_options(rung, stretch))
        for picture, rung in zip(pictures, rungs, strict=True)
    ]
    if looks is not None:
        outputs += _small_outputs(small, looks, stretch)
    return command(ffmpeg, outputs, filter_threads=_FILTER_THREADS, file_times=stretch.first_frame > 0)


def stretch_input(video: StreamFacts, stretch: Stretch) -> Any:
    """The source on standard input, opened shortly before the stretch, time stamps counted from the file's start.

    Seeking goes to the keyframe at or before the wanted time, and nothing that comes after it is dropped: the
    picture on show at the first frame, however long ago it began, is always among what is decoded.
    """
    seek = max(Fraction(0), stretch.first_frame / stretch.fps - _SEEK_MARGIN_S)
    node = source_input(
        threads=_DECODER_THREADS,
        seek_s=float(seek),
        whole_group=True,
        decoder=decoder_for(video),
        one_graph=may_change(video),
        lag_ms=video.lag_ms,
    )
    return node[str(video.index)]


def _pictures(facts: MediaFacts, rungs: Sequence[Rung], stretch: Stretch) -> tuple[list[Any], Any]:
    """The graph: every rung is scaled from the next larger one. (their pictures, the smallest once more)"""
    video = facts.streams[facts.video]
    top = rungs[0]
    picture = steady(
        stretch_input(video, stretch),
        video,
        fps=stretch.fps,
        first_frame=stretch.first_frame,
        frames=stretch.frames,
        pad_ms=stretch.pad_ms,
    )
    picture = to_bt709(picture, video, top.scaled)
    made: dict[str, Any] = {}
    sizes = sorted({r.scaled for r in rungs}, reverse=True)
    for n, size in enumerate(sizes):
        if n:
            picture = picture.filter("scale", *size, flags=SCALER)
        users = [r for r in rungs if r.scaled == size]
        split = picture.filter_multi_output("split", len(users) + 1)
        for i, rung in enumerate(users):
            made[rung.name] = _finished(split[i], rung, stretch.fps)
        picture = split[len(users)]
    return [made[r.name] for r in rungs], picture


def _small_outputs(picture: Any, looks: Looks, stretch: Stretch) -> list[Any]:
    """The grey strip, and the thumbnails: on a grid that does not depend on where the stretch begins."""
    import ffmpeg as graph

    split = picture.filter_multi_output("split", 2)
    strip = _every(split[0], stretch, stretch.fps / STRIP_FPS)
    strip = strip.filter("scale", *STRIP, flags="area+accurate_rnd+bitexact").filter("format", "gray")
    small = _every(split[1], stretch, stretch.fps * looks.interval_s)
    size = (looks.width, THUMBNAIL_LINES)
    small = small.filter("scale", *size, flags="area+accurate_rnd+bitexact").filter("format", "rgb24")
    raw = {"f": "rawvideo", "fps_mode": "passthrough"}
    return [graph.output(strip, STRIP_FILE, **raw), graph.output(small, THUMBNAIL_FILE, **raw)]


def _every(picture: Any, stretch: Stretch, frames: Fraction) -> Any:
    """The first picture at or after each multiple of `frames`, counted from the start of the video."""
    # Rates are n/1001 at worst: a thousandth of a frame tells a hit from a miss.
    hit = f"lt(mod(n+{stretch.first_frame}+0.0005,{float(frames):.9f}),1)"
    return picture.filter("select", hit)


def _finished(picture: Any, rung: Rung, fps: Fraction) -> Any:
    if rung.fps < fps:
        picture = picture.filter("framestep", round(fps / rung.fps))
    if rung.scaled != (rung.width, rung.height):
        picture = picture.filter("pad", rung.width, rung.height, "(ow-iw)/2", "(oh-ih)/2")
    picture = picture.filter("setsar", 1)
    known = {"color_primaries": "bt709", "color_trc": "bt709", "colorspace": "bt709", "range": "tv"}
    return picture.filter("setparams", **known)


def encoder_options(rung: Rung) -> dict[str, Any]:
    """What the encoder of a rung is told, the container aside: all that shapes quality and size."""
    return _av1_options(rung) if rung.codec == "av1" else _h264_options(rung)


def _h264_options(rung: Rung) -> dict[str, Any]:
    return {
        **BITEXACT,
        **x264_instructions(),
        "flags:v": "+bitexact",
        "c:v": "libx264",
        "preset": "medium",
        "profile:v": "high",
        "pix_fmt": "yuv420p",
        "crf": f"{rung.crf:g}",
        **_limit(rung),
        "bf": 8,
        "refs": rung.refs,
        "b_strategy": 2,
        "rc-lookahead": _lookahead(rung),
        # x264's own 1.0 takes so many bits from edges and text for flat parts that VMAF 95 costs more (benchmarks/media); at 0
        # it costs even less, but dark flat parts may show bands, which VMAF hardly counts.
        "aq-strength": 0.6,
        # Keyframes stand at the forced times alone, so that they are the same on every rung. Pictures after a scene
        # change are still coded without reference to those before it; they just are no entry points.
        "g": 10 * rung.gop,
        "keyint_min": 10 * rung.gop,
        "force_key_frames": f"expr:eq(mod(n,{rung.gop}),0)",
        "threads": 1 if rung.cap_kbps else _encoder_threads(rung),
        "fps_mode": "passthrough",
        "bsf:v": "filter_units=remove_types=6",
    }


def _av1_options(rung: Rung) -> dict[str, Any]:
    return {
        **BITEXACT,
        "flags:v": "+bitexact",
        "c:v": "libsvtav1",
        # With tune=0 some 9 to 19% fewer bytes at equal VMAF than preset 8, for 1.6 times its CPU (benchmarks/media).
        "preset": 6,
        "pix_fmt": "yuv420p",
        "crf": f"{rung.crf:g}",
        **_limit(rung),
        "g": rung.gop,
        "svtav1-params": f"scm=1:lp={1 if rung.cap_kbps else 2}:scd=0:tune=0",
        "fps_mode": "passthrough",
    }


def _limit(rung: Rung) -> dict[str, Any]:
    # A rate limit makes both encoders' bytes depend on their threads, so what has one gets one thread.
    if not rung.cap_kbps:
        return {}
    return {"maxrate": f"{rung.cap_kbps}k", "bufsize": f"{round(1.5 * rung.cap_kbps)}k"}


def _options(rung: Rung, stretch: Stretch) -> dict[str, Any]:
    forced = {}
    if stretch.cuts:
        every = round(stretch.fps / rung.fps)
        frames = "+".join(f"eq(n,{n // every})" for n in (0, *stretch.cuts))
        forced = {"force_key_frames": f"expr:{frames}"}
    return {
        **encoder_options(rung),
        **forced,
        # At every keyframe: there are no others than those that were asked for.
        **muxer_options("0.001", f"{rung.folder}/"),
    }


def _lookahead(rung: Rung) -> int:
    # Each picture looked at ahead is kept whole: sixty of 1080 lines take 250 MB with what x264 keeps beside them.
    return max(20, min(60, 60 * 1920 * 1088 // (rung.width * rung.height)))


def _encoder_threads(rung: Rung) -> int:
    return 4 if rung.lines >= 1080 else 3 if rung.lines >= 720 else 2
