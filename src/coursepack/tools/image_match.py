"""The qualities at which AVIF and WebP look like our JPEG, for one image.

One number for all images gives a cartoon less than JPEG gives it and a diagram twice what it needs; so a part of the
image is tried, and the quality that has JPEG's likeness to the source is read off. Likeness is SSIM (Wang et al. 2004)
over blocks, as video encoders measure it.
"""

import io
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageChops, ImageMath, ImageStat

from coursepack.tools import image_encoders as encode

_BLOCK: Final = 8
_C1: Final = (0.01 * 255) ** 2
_C2: Final = (0.03 * 255) ** 2
_WEIGHTS: Final = (0.8, 0.1, 0.1)
"""Of brightness and the two colour planes."""
_GRID: Final = 4
_SMALL_PIXELS: Final = 200_000
"""An image up to this size is tried whole."""
_MAX_SIDE: Final = 4096
"""Of what is tried: every encoder takes it."""

_AVIF_TRIES: Final = (45, 75)
_WEBP_TRIES: Final = (60, 75, 90)
# SSIM says little about small text, so what it finds enough for a diagram has a floor.
_AVIF_BOUNDS: Final = (45, 85)
_WEBP_BOUNDS: Final = (60, 92)


@dataclass(frozen=True, slots=True)
class Qualities:
    """The encoders' quality settings for one image."""

    avif: int
    webp: int


def matched(image: Image.Image, *, flat: bool) -> Qualities:
    """The qualities at which `image` (RGB or RGBA) is as like its source as in our JPEG, within bounds."""
    sample = _busiest(_opaque(image))
    wanted = likeness(sample, _decoded(encode.encode_jpeg(sample, flat=flat)))

    def search(tries: tuple[int, ...], bounds: tuple[int, int], encoder: Callable[[int], bytes]) -> int:
        got: list[tuple[int, float]] = []
        for quality in tries:
            got.append((quality, likeness(sample, _decoded(encoder(quality)))))
            if got[-1][1] >= wanted:
                break
        low, high = bounds
        return max(low, min(high, round(_read_off(got, wanted))))

    return Qualities(
        avif=search(
            _AVIF_TRIES, _AVIF_BOUNDS, lambda q: encode.encode_avif(sample, flat=flat, quality=q, speed=7)
        ),
        webp=search(_WEBP_TRIES, _WEBP_BOUNDS, lambda q: encode.encode_webp(sample, quality=q)),
    )


def likeness(one: Image.Image, other: Image.Image) -> float:
    """SSIM of two RGB images of one size: 1 is equal. Over 8 x 8 blocks, once more half a block on."""
    planes = zip(_WEIGHTS, one.convert("YCbCr").split(), other.convert("YCbCr").split(), strict=True)
    return sum(weight * _plane_likeness(a.convert("F"), b.convert("F")) for weight, a, b in planes)


def _plane_likeness(a: Image.Image, b: Image.Image) -> float:
    offsets = (0, _BLOCK // 2) if min(a.size) >= 2 * _BLOCK else (0,)
    total = 0.0
    for at in offsets:
        box = (at, at, a.width, a.height)
        total += _blocks_likeness(a.crop(box), b.crop(box))
    return total / len(offsets)


def _blocks_likeness(a: Image.Image, b: Image.Image) -> float:
    # In float throughout: the moments of 8-bit images need more digits than an 8-bit image has.
    means = {"a": a, "b": b, "aa": _times(a, a), "bb": _times(b, b), "ab": _times(a, b)}
    blocks = {name: image.reduce(_BLOCK) for name, image in means.items()}
    like = ImageMath.lambda_eval(
        lambda m: (
            ((2 * m["a"] * m["b"] + _C1) * (2 * (m["ab"] - m["a"] * m["b"]) + _C2))
            / (
                (m["a"] * m["a"] + m["b"] * m["b"] + _C1)
                * (m["aa"] - m["a"] * m["a"] + m["bb"] - m["b"] * m["b"] + _C2)
            )
        ),
        **blocks,
    )
    mean = like.resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
    return float(mean)


def _times(a: Image.Image, b: Image.Image) -> Image.Image:
    product: Image.Image = ImageMath.lambda_eval(lambda m: m["a"] * m["b"], a=a, b=b)
    return product


def _read_off(got: list[tuple[int, float]], wanted: float) -> float:
    """The quality for `wanted`, by the last two tries: the logarithm of what is lost is nearly straight there."""
    lost = [(q, math.log(max(1e-6, 1 - like))) for q, like in got]
    goal = math.log(max(1e-6, 1 - wanted))
    if len(lost) == 1:
        return lost[0][0]
    (q0, l0), (q1, l1) = lost[-2:]
    return q1 - (q1 - q0) * (goal - l1) / (l0 - l1) if l0 - l1 > 0.05 else q0


def _opaque(image: Image.Image) -> Image.Image:
    if image.mode != "RGBA":
        return image
    return Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("RGB")


def _decoded(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


def _busiest(image: Image.Image) -> Image.Image:
    """The busiest quarter of an image, in its own scale: there a codec loses what it loses."""
    width, height = (side // _GRID // _BLOCK * _BLOCK for side in image.size)
    if image.width * image.height <= _SMALL_PIXELS or min(width, height) < 4 * _BLOCK:
        return image.crop((0, 0, min(image.width, _MAX_SIDE), min(image.height, _MAX_SIDE)))
    places = [(x * width, y * height) for y in range(_GRID) for x in range(_GRID)]
    tiles = [image.crop((x, y, x + width, y + height)) for x, y in places]
    half = _GRID // 2
    # The order in the image breaks ties, and neighbours stay near each other.
    chosen = sorted(sorted(range(len(tiles)), key=lambda i: (-_detail(tiles[i]), i))[: half * half])
    joined = Image.new("RGB", (width * half, height * half))
    for place, tile in enumerate(chosen):
        joined.paste(tiles[tile], (place % half * width, place // half * height))
    return joined


def _detail(tile: Image.Image) -> float:
    grey = tile.convert("L")
    coarse = grey.reduce(4).resize(grey.size, Image.Resampling.BILINEAR)
    return float(ImageStat.Stat(ImageChops.difference(grey, coarse)).sum2[0])
