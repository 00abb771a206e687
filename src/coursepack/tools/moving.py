"""Animated images as video: Pillow reads the untrusted file, ffmpeg sees only frames that we wrote ourselves."""

from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

from PIL import Image

from coursepack.tools.ffmpeg import BITEXACT, Ffmpeg, command, run_ffmpeg, x264_instructions
from coursepack.tools.image_encoders import resized
from coursepack.tools.images import Animation, frames
from coursepack.tools.process import Limits

MAX_WIDTH: Final = 1280
_CRF: Final = 23
_LAST_MS: Final = 40
"""ffmpeg gives the last frame of uneven ones about this length."""


def moving_size(animation: Animation) -> tuple[int, int]:
    """The size of the video in pixels: both even, as 4:2:0 wants them."""
    width = min(animation.width, MAX_WIDTH)
    height = max(1, round(animation.height * width / animation.width))
    return width + width % 2, height + height % 2


def encode_moving(
    ffmpeg: Ffmpeg, source: Path, animation: Animation, folder: Path, cancelled: Callable[[], bool]
) -> Path:
    """One round of `animation` as silent MP4 in `folder`, with the times of its frames.

    Raises BadImage for damage, and what `run_ffmpeg` raises for trouble of the machine.
    """
    raw, made = folder / "frames.nut", folder / "moving.mp4"
    pictures = (_even(resized(f, min(f.width, MAX_WIDTH))) for f in frames(source, animation))
    _write_frames(raw, pictures, animation)
    limits = Limits(
        timeout_s=600 + animation.width * animation.height * len(animation.durations_ms) / 500_000
    )
    run_ffmpeg(_command(ffmpeg, raw, made), limits=limits, cancelled=cancelled, cwd=folder)
    raw.unlink()
    return made


def _even(frame: Image.Image) -> Image.Image:
    """An odd side grows by a repetition of its last row of pixels."""
    odd = frame.width % 2, frame.height % 2
    if odd == (0, 0):
        return frame
    grown = Image.new("RGB", (frame.width + odd[0], frame.height + odd[1]))
    grown.paste(frame, odd)
    grown.paste(frame, (odd[0], 0))
    grown.paste(frame, (0, odd[1]))
    grown.paste(frame, (0, 0))
    return grown


def _write_frames(path: Path, pictures: Iterator[Image.Image], animation: Animation) -> None:
    import av

    width, height = moving_size(animation)
    with av.open(str(path), "w", format="nut") as container:
        stream = container.add_stream("rawvideo")
        stream.width, stream.height, stream.pix_fmt = width, height, "rgb24"
        time_base = Fraction(1, 1000)
        stream.time_base = time_base

        def put(data: bytes, at_ms: int) -> None:
            packet = av.Packet(data)
            packet.stream, packet.time_base = stream, time_base
            packet.pts = packet.dts = at_ms
            packet.is_keyframe = True
            container.mux(packet)

        at_ms = 0
        for picture, duration_ms in zip(pictures, animation.durations_ms, strict=True):
            data = picture.tobytes()
            put(data, at_ms)
            at_ms += duration_ms
        if animation.durations_ms[-1] > 2 * _LAST_MS:
            put(data, at_ms - _LAST_MS)


def _command(ffmpeg: Ffmpeg, raw: Path, made: Path) -> list[str]:
    import ffmpeg as graph

    # Not a source: the one file here that needs another demuxer than those for sources.
    node: Any = graph.input(
        f"file:{raw}", f="nut", protocol_whitelist="file", format_whitelist="nut", threads=1
    )
    node = node.filter(
        "scale", out_color_matrix="bt709", out_range="tv", flags="bicubic+accurate_rnd+bitexact"
    )
    node = node.filter("format", "yuv420p")
    node = node.filter(
        "setparams", color_primaries="bt709", color_trc="bt709", colorspace="bt709", range="tv"
    )
    options = {
        **BITEXACT,
        **x264_instructions(),
        "flags:v": "+bitexact",
        "c:v": "libx264",
        "preset": "medium",
        "crf": _CRF,
        # Frames of uneven length out of order: libav then takes the length of the track from the wrong one.
        "bf": 0,
        "threads": 1,
        "fps_mode": "vfr",
        "enc_time_base": "1:1000",
        "movflags": "+faststart",
        "f": "mp4",
    }
    return command(ffmpeg, graph.output(node, f"file:{made}", **options), filter_threads=1)
