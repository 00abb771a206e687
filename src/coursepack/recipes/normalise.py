"""Every video as the encoders want it: upright square pixels at a steady rate, BT.709, 8 bits, from time zero.

ffmpeg itself turns pictures by their display matrix before they come here; `tools.streams` says what size that gives.
"""

from fractions import Fraction
from typing import Any, Final

from coursepack.model.media import StreamFacts

SCALER: Final = "bicubic+accurate_rnd+bitexact"
_HDR: Final = ("smpte2084", "arib-std-b67")
_WIDE: Final = ("bt2020", "smpte431", "smpte432")
_WHITE_NITS: Final = 203
"""HDR reference white (ITU-R BT.2408): the white of a page, of a shirt."""
_PEAK_NITS: Final = {"smpte2084": 4000, "arib-std-b67": 1000}
"""Brightest light that is still told from white. HLG means 1000 cd/m2 screens; PQ is seldom graded above 4000.
Fixed, since what files state about it may change from frame to frame, and the picture would flicker."""
_KNEE: Final = 0.5
"""Of white's light: below, the tone curve leaves all as it is."""
_FINEST_TICKS: Final = 200_000


def is_hdr(video: StreamFacts) -> bool:
    """Whether the picture must be tone-mapped for ordinary screens."""
    return video.transfer in _HDR


def decoder_for(video: StreamFacts) -> str:
    """ffmpeg's decoder to use; "" for its own choice, which leaves the transparency of VP8 and VP9 out."""
    return {"vp8": "libvpx", "vp9": "libvpx-vp9"}.get(video.codec, "") if video.alpha else ""


def may_change(video: StreamFacts) -> bool:
    """Whether pictures that change their size on the way can stay in one graph: the scaler is the first to touch them.

    Neither what turns pictures nor what weaves fields looks at the size again: such a graph is made anew.
    """
    return not (video.rotation or video.mirrored or video.interlaced)


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
    # In this time base every frame's time is a whole number, and a tick is longer than the microsecond to which the
    # start is rounded: a stretch takes the very pictures that the same frames have in the whole.
    ticks = fps.numerator * max(1, _FINEST_TICKS // fps.numerator)
    picture = picture.filter("settb", f"1/{ticks}")
    picture = picture.filter(
        "fps", fps=f"{fps.numerator}/{fps.denominator}", start_time=f"{float(start):.6f}"
    )
    if pad_ms > 0:
        picture = picture.filter("tpad", stop_mode="clone", stop_duration=f"{pad_ms}ms")
    if frames:
        picture = picture.filter("trim", end_frame=frames)
    return picture.filter("setpts", "PTS-STARTPTS")


def to_bt709(picture: Any, video: StreamFacts, size: tuple[int, int]) -> Any:
    """`picture` scaled to `size` in pixels, BT.709, limited range, 4:2:0, 8 bits.

    HDR is tone-mapped, wide gamuts are brought to BT.709's, what is transparent becomes white like a page.
    """
    if video.alpha:
        picture = _on_white(picture, size)
    if is_hdr(video):
        return _tone_mapped(_wide_scaled(picture, video, size), video)
    if _primaries(video) in _WIDE:
        return _to_sdr(_wide_scaled(picture, video, size))
    # Without a word from the file, players take large pictures for BT.709 and small ones for BT.601. All rungs
    # must look alike, so the matrix is converted and written down.
    unsaid = (
        {"in_color_matrix": "bt709"} if not video.matrix and min(video.width, video.height) >= 720 else {}
    )
    picture = picture.filter("scale", *size, flags=SCALER, out_color_matrix="bt709", out_range="tv", **unsaid)
    return picture.filter("format", "yuv420p")


def _on_white(picture: Any, size: tuple[int, int]) -> Any:
    # swscale blends onto black: on the negative that is white.
    picture = picture.filter("scale", *size, flags=SCALER).filter("format", "gbrap").filter("negate")
    picture = picture.filter("scale", flags=SCALER, alphablend="uniform_color").filter("format", "gbrp")
    return picture.filter("negate")


def _primaries(video: StreamFacts) -> str:
    return video.primaries or ("bt2020" if is_hdr(video) or video.matrix.startswith("bt2020") else "")


def _wide_scaled(picture: Any, video: StreamFacts, size: tuple[int, int]) -> Any:
    """`picture` scaled, 10 bits, BT.2020's matrix, and all said of its colours that zscale must know."""
    unsaid = {} if video.matrix or video.alpha else {"in_color_matrix": "bt2020"}
    picture = picture.filter(
        "scale", *size, flags=SCALER, out_color_matrix="bt2020", out_range="tv", **unsaid
    )
    picture = picture.filter("format", "yuv420p10le").filter("setsar", 1)
    said = {
        "color_primaries": _primaries(video),
        "color_trc": video.transfer if is_hdr(video) else "bt709",
        "colorspace": "bt2020nc",
        "range": "tv",
    }
    return picture.filter("setparams", **said)


def _tone_mapped(picture: Any, video: StreamFacts) -> Any:
    picture = picture.filter("zscale", transfer="linear", npl=_WHITE_NITS).filter("format", "gbrpf32le")
    picture = picture.filter("zscale", primaries="bt709")
    # Mobius leaves dark and middle tones as they are: nothing turns grey. It keeps the ratio of the three colours.
    peak = f"{_PEAK_NITS[video.transfer] / _WHITE_NITS:.3f}"
    return _to_sdr(picture.filter("tonemap", tonemap="mobius", param=_KNEE, peak=peak, desat=0))


def _to_sdr(picture: Any) -> Any:
    # The dither depends on the place alone, never on threads.
    known = {"transfer": "bt709", "matrix": "bt709", "primaries": "bt709", "range": "tv", "dither": "ordered"}
    return picture.filter("zscale", **known).filter("format", "yuv420p")
