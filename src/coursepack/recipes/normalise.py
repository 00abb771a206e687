"""Every video as the encoders want it: upright square pixels at a steady rate, BT.709, 8 bits, from time zero."""

from fractions import Fraction
from typing import Any, Final

from coursepack.model.media import StreamFacts

SCALER: Final = "bicubic+accurate_rnd+bitexact"
_HDR: Final = ("smpte2084", "arib-std-b67")


def is_hdr(video: StreamFacts) -> bool:
    """Whether the picture must be tone-mapped for ordinary screens."""
    return video.transfer in _HDR


def steady(
    picture: Any, video: StreamFacts, *, fps: Fraction, first_frame: int = 0, frames: int = 0, pad_ms: int = 0
) -> Any:
    """`picture` as whole frames at `fps`: from number `first_frame` on, `frames` of them (0: to the end).

    A picture that starts late or comes at uneven times becomes a steady one from time zero; a rate below the
    source's leaves pictures out. `pad_ms`: how long the last picture stays after the video's end. The input's time
    stamps count from the start of the file (`-copyts -start_at_zero`); the result's start at zero.
    """
    if video.interlaced:
        picture = picture.filter("bwdif", mode="send_frame", deint="interlaced")
    start = Fraction(first_frame) / fps
    # A time base fine enough that rounding the start moves no frame.
    picture = picture.filter(
        "fps", fps=f"{fps.numerator}/{fps.denominator}", start_time=f"{float(start):.6f}"
    )
    if pad_ms > 0:
        picture = picture.filter("tpad", stop_mode="clone", stop_duration=f"{pad_ms}ms")
    if frames:
        picture = picture.filter("trim", end_frame=frames)
    return picture.filter("setpts", "PTS-STARTPTS")


def to_bt709(picture: Any, video: StreamFacts, size: tuple[int, int]) -> Any:
    """`picture` scaled to `size` in pixels, BT.709, limited range, 4:2:0, 8 bits; HDR is tone-mapped."""
    if is_hdr(video):
        picture = picture.filter("scale", *size, flags=SCALER).filter("format", "yuv420p10le")
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
    picture = picture.filter("scale", *size, flags=SCALER, out_color_matrix="bt709", out_range="tv", **unsaid)
    return picture.filter("format", "yuv420p")
