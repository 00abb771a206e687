"""The one decoding process that makes all renditions of a video, as HLS segments.

All thread counts are fixed here, since each can change the bytes: x264 limits vertical motion by its number of frame
threads, the scaler cuts its slices by their number, and a decoder with frame threads conceals damage differently
from run to run. The work still spreads over the cores: decoder, filters and every encoder run side by side.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from coursepack.model.media import MediaFacts, StreamFacts
from coursepack.model.recipe import Work
from coursepack.recipes.faults import limits_for
from coursepack.recipes.ladder import Rung
from coursepack.tools.ffmpeg import BITEXACT, Ffmpeg, command, run_ffmpeg, source_input, x264_instructions
from coursepack.tools.hls import INIT, PLAYLIST, SEGMENTS

_DECODER_THREADS: Final = 1
_FILTER_THREADS: Final = 4
_HDR: Final = ("smpte2084", "arib-std-b67")
_SCALER: Final = "bicubic+accurate_rnd+bitexact"


def is_hdr(video: StreamFacts) -> bool:
    """Whether the picture must be tone-mapped for ordinary screens."""
    return video.transfer in _HDR


def encode_rungs(
    ffmpeg: Ffmpeg, work: Work, facts: MediaFacts, rungs: Sequence[Rung], *, out: Path, pad_ms: int
) -> str:
    """Makes `out/v360/index.m3u8`, `init.mp4`, `seg-*.m4s` for every rung; gives back what ffmpeg complained of.

    `pad_ms`: how long the last picture stays after the video ends, while the sound goes on.
    """
    argv = rungs_command(ffmpeg, facts, rungs, out=out, pad_ms=pad_ms)
    done = run_ffmpeg(
        argv,
        limits=limits_for(facts),
        cancelled=work.cancelled,
        stdin=work.source_path("source"),
        cwd=out,
        duration_ms=facts.duration_ms,
        progress=lambda f: work.progress(0.1 + 0.8 * f),
    )
    return done.stderr_tail


def rungs_command(
    ffmpeg: Ffmpeg, facts: MediaFacts, rungs: Sequence[Rung], *, out: Path, pad_ms: int
) -> list[str]:
    """The command of `encode_rungs`, to be run in `out` with the source as standard input. Makes the folders."""
    import ffmpeg as graph

    for rung in rungs:
        (out / rung.folder).mkdir(parents=True)
    pictures = _pictures(facts, rungs, pad_ms)
    outputs = [
        graph.output(picture, f"{rung.folder}/{PLAYLIST}", **_options(rung))
        for picture, rung in zip(pictures, rungs, strict=True)
    ]
    return command(ffmpeg, outputs, filter_threads=_FILTER_THREADS)


def _pictures(facts: MediaFacts, rungs: Sequence[Rung], pad_ms: int) -> list[Any]:
    """The graph: every rung is scaled from the next larger one."""
    video = facts.streams[facts.video]
    top = rungs[0]
    picture = source_input(threads=_DECODER_THREADS)[str(video.index)]
    if video.interlaced:
        picture = picture.filter("bwdif", mode="send_frame", deint="interlaced")
    # A picture that starts late or comes at uneven times becomes a steady one from time zero.
    picture = picture.filter("fps", fps=_text(max(r.fps for r in rungs)), start_time=0)
    if pad_ms > 0:
        picture = picture.filter("tpad", stop_mode="clone", stop_duration=f"{pad_ms}ms")
    picture = _to_bt709(picture, video, top.scaled)
    made: list[Any] = []
    for n, rung in enumerate(rungs):
        if n:
            picture = picture.filter("scale", *rung.scaled, flags=_SCALER)
        if n + 1 < len(rungs):
            split = picture.split()
            branch, picture = split[0], split[1]
        else:
            branch = picture
        made.append(_finished(branch, rung, top))
    return made


def _to_bt709(picture: Any, video: StreamFacts, size: tuple[int, int]) -> Any:
    if is_hdr(video):
        picture = picture.filter("scale", *size, flags=_SCALER).filter("format", "yuv420p10le")
        picture = picture.filter("setsar", 1)
        linear = {"tin": video.transfer, "min": "bt2020nc", "pin": "bt2020", "t": "linear", "npl": 100}
        picture = picture.filter("zscale", **linear).filter("format", "gbrpf32le").filter("zscale", p="bt709")
        picture = picture.filter("tonemap", tonemap="hable", desat=0)
        return picture.filter("zscale", t="bt709", m="bt709", r="tv").filter("format", "yuv420p")
    # Without a word from the file, players take large pictures for BT.709 and small ones for BT.601. All rungs
    # must look alike, so the matrix is converted and written down.
    unsaid = (
        {"in_color_matrix": "bt709"} if not video.matrix and min(video.width, video.height) >= 720 else {}
    )
    picture = picture.filter(
        "scale", *size, flags=_SCALER, out_color_matrix="bt709", out_range="tv", **unsaid
    )
    return picture.filter("format", "yuv420p")


def _finished(picture: Any, rung: Rung, top: Rung) -> Any:
    if rung.fps < top.fps:
        picture = picture.filter("framestep", 2)
    if rung.scaled != (rung.width, rung.height):
        picture = picture.filter("pad", rung.width, rung.height, "(ow-iw)/2", "(oh-ih)/2")
    picture = picture.filter("setsar", 1)
    known = {"color_primaries": "bt709", "color_trc": "bt709", "colorspace": "bt709", "range": "tv"}
    return picture.filter("setparams", **known)


def _options(rung: Rung) -> dict[str, Any]:
    # A segment ends at the first keyframe at or after n times this: rounded down, so that no keyframe at a scene
    # cut just before the forced one is taken.
    seconds = int(rung.gop / rung.fps * 1_000_000) / 1_000_000
    return {
        **BITEXACT,
        **x264_instructions(),
        "flags:v": "+bitexact",
        "c:v": "libx264",
        "preset": "medium",
        "profile:v": "high",
        "pix_fmt": "yuv420p",
        "crf": rung.crf,
        "bf": 8,
        "refs": rung.refs,
        "b_strategy": 2,
        "rc-lookahead": 60,
        "g": rung.gop,
        "force_key_frames": f"expr:eq(mod(n,{rung.gop}),0)",
        "threads": _encoder_threads(rung),
        "fps_mode": "passthrough",
        "bsf:v": "filter_units=remove_types=6",
        "f": "hls",
        "hls_time": f"{seconds:.6f}",
        "hls_list_size": 0,
        "hls_playlist_type": "vod",
        "hls_segment_type": "fmp4",
        "hls_fmp4_init_filename": INIT,
        "hls_segment_filename": f"{rung.folder}/{SEGMENTS}",
        "start_number": 1,
    }


def _encoder_threads(rung: Rung) -> int:
    return 4 if rung.lines >= 1080 else 3 if rung.lines >= 720 else 2


def _text(fps: Any) -> str:
    return f"{fps.numerator}/{fps.denominator}"
