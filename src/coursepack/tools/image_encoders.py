"""Image encoders: the web's formats, at qualities that look alike, the same bytes every time."""

import io
from pathlib import Path
from typing import Any

import PIL
from PIL import Image, ImageChops, features

from coursepack.tools.images import Animation, opened_moving, with_alpha_flag

WEBP_MAX_SIDE = 16_383


def resized(image: Image.Image, width: int) -> Image.Image:
    """`image` at `width` pixels, aspect kept."""
    if width == image.width:
        return image
    height = max(1, round(image.height * width / image.width))
    return image.resize((width, height), Image.Resampling.LANCZOS)


# -- encoders ----------------------------------------------------------------------------------------------------
# JPEG at quality 80 is the yardstick; `tools.image_match` finds what AVIF and WebP need to look like it.


def encode_jpeg(image: Image.Image, *, flat: bool) -> bytes:
    """Progressive JPEG; 4:4:4 for flat pictures. `image` must be RGB."""
    return _save(
        image, "JPEG", quality=80, optimize=True, progressive=True, subsampling="4:4:4" if flat else "4:2:0"
    )


def encode_png(image: Image.Image) -> bytes:
    """PNG, with a palette where 256 colours hold the picture exactly."""
    return _save(_exact_palette(image) or image, "PNG", optimize=True)


def _exact_palette(image: Image.Image) -> Image.Image | None:
    if image.mode != "RGB" or image.getcolors(256) is None:
        return None
    indexed = image.quantize(256, dither=Image.Dither.NONE)
    same = ImageChops.difference(indexed.convert("RGB"), image).getbbox() is None
    return indexed if same else None


def encode_webp(image: Image.Image, *, quality: int) -> bytes:
    """WebP: its lossy kind always halves the resolution of colours."""
    return _save(image, "WEBP", quality=quality, method=4)


def encode_webp_exact(image: Image.Image) -> bytes:
    """WebP without loss: often the smallest for flat pictures of few colours (that were not scaled)."""
    return _save(image, "WEBP", lossless=True, quality=50, method=3)


def encode_avif(image: Image.Image, *, flat: bool, quality: int, speed: int = 0) -> bytes:
    """AVIF, 4:4:4 for flat pictures; `speed` 0: by the number of pixels."""
    return _save(
        image,
        "AVIF",
        quality=quality,
        # Speed 7 halves the time for 1-6% more bytes: worth it where a second is at stake.
        speed=speed or (6 if image.width * image.height <= 1_000_000 else 7),
        subsampling="4:4:4" if flat else "4:2:0",
        # libaom makes other bytes with one thread than with several, so the thread count is part of the format.
        max_threads=1,
    )


def _save(image: Image.Image, kind: str, **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def encoder_versions() -> str:
    """The versions of everything that shapes the encoders' bytes."""
    names = ("avif", "webp", "jpg", "libjpeg_turbo", "zlib", "zlib_ng", "littlecms2")
    versions = [f"{n} {features.version(n)}" for n in names]
    return ", ".join([f"Pillow {PIL.__version__}", *versions, *_avif_codecs()])


def _avif_codecs() -> list[str]:
    if not features.check("avif"):
        return []
    from PIL import _avif

    return [str(_avif.codec_versions())]


def encode_animation(path: Path, animation: Animation, kind: str) -> bytes:
    """All frames as "WEBP" or "GIF", times and loops kept. Raises BadImage."""
    with opened_moving(path, animation.format) as im:
        options: dict[str, Any] = {"save_all": True, "duration": list(animation.durations_ms)}
        if kind == "WEBP":
            options |= {"loop": animation.loops, "quality": 75, "method": 3, "allow_mixed": True}
        elif animation.loops != 1:
            options |= {"loop": max(0, animation.loops - 1), "comment": b""}
        im.info.pop("comment", None)
        im.info.pop("loop", None)
        made = _save(im, kind, **options)
        return with_alpha_flag(made) if animation.transparent else made
