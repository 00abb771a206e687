"""Pillow on a short lead: what an image file is, its pixels as upright sRGB, and the formats the web shows.

The file's content decides what it is, never its name. Nothing is decoded before its size in pixels is known to be
bearable. No metadata (EXIF, GPS, XMP, comments, profiles) survives: pixels are taken out and encoded afresh.
"""

import io
import re
import struct
import time
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from PIL import Image, ImageChops, ImageCms

from coursepack.tools.image_kind import sniff

MAX_PIXELS = 50_000_000
"""Of one picture: a 48-megapixel phone photo passes, a decompression bomb does not."""
_PIXEL_LIMIT = f"{MAX_PIXELS // 1_000_000} Mpx"
MAX_BYTES = 300_000_000
MAX_SIDE = 65_500
"""Largest side that JPEG and PNG readers agree on."""
_BAND_PIXELS = 4_000_000
"""How much of a picture is looked at at once."""
MAX_ANIMATION_PIXELS = 150_000_000
"""Frames times pixels of an animation."""
ANIMATION_SECONDS = 60.0

DECODABLE = frozenset({"JPEG", "PNG", "GIF", "WEBP", "AVIF", "BMP", "TIFF"})
_LOSSLESS = frozenset({"PNG", "GIF", "BMP", "TIFF"})

# What Pillow's parsers are known to let through on broken files, beside their own OSError and SyntaxError.
_BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    KeyError,
    IndexError,
    TypeError,
    AttributeError,
    OverflowError,
    ArithmeticError,
    MemoryError,
    NotImplementedError,
    struct.error,
    zlib.error,
)


class BadImage(Exception):
    """The file is the author's to mend: `code` is the diagnostic's, `facts` its arguments."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts = facts


@dataclass(frozen=True, slots=True)
class Picture:
    """A decoded still: `image` is upright sRGB, mode RGB, or RGBA when some pixel is transparent."""

    image: Image.Image
    width: int
    """Natural size for display; `image` may be smaller (never below the asked-for width)."""
    height: int
    flat: bool
    """Screenshot, diagram or slide: large areas of one colour, sharp edges, likely text."""
    lossless: bool
    """The source was not JPEG-like, so its pixels are worth keeping exactly where that is cheap."""
    profile_unusable: bool = False
    """It named a colour profile that could not be applied; taken as sRGB."""

    @property
    def transparent(self) -> bool:
        """Whether some pixel lets the page shine through."""
        return self.image.mode == "RGBA"


@dataclass(frozen=True, slots=True)
class Animation:
    """An animated source, not decoded: its frames are read again for each encoding."""

    format: str
    width: int
    height: int
    durations_ms: tuple[int, ...]
    loops: int
    """How often it is shown; 0 is for ever."""
    transparent: bool
    """Whether the page shines through somewhere, at some time."""


def sniff_file(path: Path) -> str:
    """`sniff` of a file; BadImage CP250 when it is empty or no image."""
    with path.open("rb") as f:
        head = f.read(1024)
    if not head:
        raise BadImage("CP251", reason="0 bytes")
    name = sniff(head)
    if name == "SVG" or name in DECODABLE:
        return name
    raise BadImage("CP250", kind=name or "unknown")


@contextmanager
def opened(source: Path | IO[bytes], kind: str) -> Iterator[Image.Image]:
    """The image, header read and size checked, pixels not decoded. Parser errors become BadImage."""
    # Warnings about odd EXIF and large sizes are no news to the author; they would land on the terminal.
    warnings.filterwarnings("ignore", module=r"PIL\.")
    try:
        with Image.open(source, formats=[kind]) as im:
            _check_size(*im.size)
            yield im
    except Image.DecompressionBombError as e:
        pixels = re.search(r"\((\d+) pixels\)", str(e))
        size = f"{int(pixels[1]) // 1_000_000} Mpx" if pixels else "?"
        raise BadImage("CP252", size=size, limit=_PIXEL_LIMIT) from e
    except _BROKEN as e:
        raise BadImage("CP251", reason=_reason(e)) from e


def _reason(error: BaseException) -> str:
    text = str(error).splitlines()[0] if str(error) else type(error).__name__
    # Pillow's "cannot identify image file <_io.BufferedReader name='/tmp/...'>" holds our private path.
    return text.split(" <")[0].split(" '/")[0][:120]


def _check_size(width: int, height: int) -> None:
    if width < 1 or height < 1:
        raise BadImage("CP251", reason=f"{width} x {height}")
    if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
        raise BadImage("CP252", size=f"{width} x {height}", limit=_PIXEL_LIMIT)


def check_embedded(data: bytes) -> None:
    """Raises BadImage unless `data` is a raster image of bearable size (header only)."""
    kind = sniff(data[:1024])
    if kind not in DECODABLE:
        raise BadImage("CP250", kind=kind or "unknown")
    with opened(io.BytesIO(data), kind):
        pass


# -- stills ------------------------------------------------------------------------------------------------------


def read(path: Path, kind: str, *, want_width: int) -> Picture:
    """Decodes a still of format `kind` (from `sniff_file`); no pixel column beyond `want_width` is needed.

    Raises BadImage.
    """
    if path.stat().st_size > MAX_BYTES:
        raise BadImage(
            "CP252", size=f"{path.stat().st_size // 1_000_000} MB", limit=f"{MAX_BYTES // 1_000_000} MB"
        )
    with opened(path, kind) as im:
        turned = _is_turned(im, kind)
        width, height = im.size[::-1] if turned else im.size
        if kind == "JPEG" and width >= 2 * want_width:
            # libjpeg scales by 1/2, 1/4, 1/8 while decoding: a quarter of the memory for a phone photo.
            wanted = (want_width, round(want_width * height / width))
            im.draft(None, wanted[::-1] if turned else wanted)
        im.load()
        flat = _is_flat(im)
        small = _shrunk(im, (im.height if turned else im.width) // want_width)
        image, usable = _to_srgb(small, im.info.get("icc_profile"))
        turn = _UPRIGHT.get(_orientation(im))
        image = image.transpose(turn) if turn is not None else image
        image = _without_idle_alpha(image)
    return Picture(
        image=_stripped(image),
        width=width,
        height=height,
        flat=flat,
        lossless=kind in _LOSSLESS,
        profile_unusable=not usable,
    )


_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What undoes each EXIF orientation."""


def _orientation(im: Image.Image) -> int:
    try:
        value = im.getexif().get(0x0112, 1)
    except _BROKEN:
        return 1  # a broken EXIF block does not spoil the pixels
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def _shrunk(im: Image.Image, factor: int) -> Image.Image:
    """`im` at a half, a third ... of its size: less memory for all that follows. `factor` 1 or 0: as it is."""
    if factor < 2 or im.mode not in ("L", "LA", "RGB", "RGBA", "CMYK") or "transparency" in im.info:
        return im
    small = im.reduce(factor)
    small.info = im.info  # the transparent colour
    return small


def _is_turned(im: Image.Image, kind: str) -> bool:
    # Pillow gives a TIFF's size as it will be shown, and turns it while loading.
    return kind != "TIFF" and _orientation(im) >= 5


def _stripped(image: Image.Image) -> Image.Image:
    copy = image if image.readonly == 0 else image.copy()
    copy.info = {}
    return copy


def _to_srgb(im: Image.Image, profile: bytes | None) -> tuple[Image.Image, bool]:
    """(`im` as sRGB in RGB or RGBA, whether the profile was usable or absent)."""
    im = _to_8_bit(im)
    alpha = None
    if "transparency" in im.info or im.mode in ("LA", "La", "PA", "RGBA", "RGBa"):
        im = im.convert("RGBA")
        alpha = im.getchannel("A")
    if im.mode not in ("L", "CMYK", "LAB", "RGB"):
        im = im.convert("RGB")
    converted = _apply_profile(im, profile) if profile else None
    rgb = converted or im.convert("RGB")
    if alpha is not None:
        rgb.putalpha(alpha)
    return rgb, not profile or converted is not None


def _apply_profile(im: Image.Image, profile: bytes) -> Image.Image | None:
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(
            im,
            source,
            ImageCms.createProfile("sRGB"),
            ImageCms.Intent.RELATIVE_COLORIMETRIC,
            outputMode="RGB",
        )
    except (ImageCms.PyCMSError, *_BROKEN):
        return None


def _to_8_bit(im: Image.Image) -> Image.Image:
    """Pillow clips 16-bit and float grey on `convert`; this scales."""
    if im.mode.startswith("I;16"):
        return im.convert("I").point(lambda v: v * (1 / 257) + 0.5).convert("L")
    if im.mode in ("I", "F"):
        low, high = im.getextrema()
        if not isinstance(low, (int, float)) or not isinstance(high, (int, float)):
            raise ValueError(im.mode)
        if im.mode == "I" and low >= 0 and high <= 65535:
            low, high = 0, 65535  # 16-bit data in a 32-bit container, as TIFF and PGM are read
        scale = 255 / (high - low) if high > low else 0.0
        return im.point(lambda v: v * scale + (0.5 - low * scale)).convert("L")
    return im


def _without_idle_alpha(im: Image.Image) -> Image.Image:
    # Most screenshots carry an alpha channel that is 255 everywhere.
    if im.mode == "RGBA" and im.getchannel("A").getextrema() == (255, 255):
        return im.convert("RGB")
    return im


def _is_flat(im: Image.Image) -> bool:
    """Whether neighbours mostly have the same colour, as in screenshots, diagrams and slides.

    Measured on the corpus: photos and scans 0.02-0.55, screenshots and drawings 0.75-0.99 (tolerance of 2 in 255
    for JPEG noise).
    """
    if im.width < 8 or im.height < 8:
        return True
    same = total = 0
    rows = max(1, _BAND_PIXELS // im.width)
    for top in range(0, im.height, rows):
        band = im.crop((0, top, im.width, min(top + rows, im.height))).convert("RGB")
        left = band.crop((0, 0, band.width - 1, band.height))
        right = band.crop((1, 0, band.width, band.height))
        red, green, blue = ImageChops.difference(left, right).split()
        histogram = ImageChops.lighter(ImageChops.lighter(red, green), blue).histogram()
        same += sum(histogram[:3])
        total += sum(histogram)
    return same >= 0.65 * total


# -- animations --------------------------------------------------------------------------------------------------


def read_animation(path: Path, kind: str) -> Animation | None:
    """The facts of an animated file; None for a still. All frames are decoded once, so that damage shows here.

    Raises BadImage.
    """
    if kind not in ("GIF", "WEBP", "PNG", "AVIF"):
        return None
    with opened_moving(path, kind) as im:
        frames = getattr(im, "n_frames", 1)
        if frames < 2:
            return None
        _check_animation(frames, im.size)
        looked = tuple(_look(im, frames))
        durations = tuple(ms for ms, _ in looked)
        return Animation(kind, *im.size, durations, _loops(im), any(clear for _, clear in looked))


@contextmanager
def opened_moving(path: Path, kind: str) -> Iterator[Image.Image]:
    """Like `opened`, for animations.

    libwebp leaves out what is transparent and then forgets to say that something is: readers that believe the flag
    show black there. Browsers do not, so it is always set.
    """
    if kind != "WEBP" or path.stat().st_size > MAX_BYTES:
        with opened(path, kind) as im:
            yield im
        return
    with opened(io.BytesIO(with_alpha_flag(path.read_bytes())), kind) as im:
        yield im


def with_alpha_flag(webp: bytes) -> bytes:
    """An animated WebP that says it may be transparent; other data as they are."""
    if webp[12:16] != b"VP8X" or len(webp) < 21 or not webp[20] & 0x02:
        return webp
    return webp[:20] + bytes([webp[20] | 0x10]) + webp[21:]


def frames(path: Path, animation: Animation) -> Iterator[Image.Image]:
    """The frames of an opaque animation, one after the other, as sRGB in RGB. Raises BadImage."""
    with opened_moving(path, animation.format) as im:
        profile = im.info.get("icc_profile")
        for i in range(len(animation.durations_ms)):
            im.seek(i)
            yield _to_srgb(im, profile)[0].convert("RGB")


def _check_animation(frames: int, size: tuple[int, int]) -> None:
    if frames * size[0] * size[1] > MAX_ANIMATION_PIXELS:
        limit = MAX_ANIMATION_PIXELS // (size[0] * size[1])
        raise BadImage("CP253", frames=frames, size=f"{size[0]} x {size[1]}", limit=limit)


def _look(im: Image.Image, frames: int) -> Iterator[tuple[int, bool]]:
    """For each frame: how long it is shown, and whether some of it is transparent."""
    end = time.monotonic() + ANIMATION_SECONDS
    for i in range(frames):
        im.seek(i)
        _check_size(*im.size)  # a frame of a GIF may reach beyond its screen
        im.load()
        if time.monotonic() > end:
            raise BadImage("CP253", frames=frames, size=f"{im.width} x {im.height}", limit=i)
        ms = round(float(im.info.get("duration", 0) or 0))
        # Browsers show a frame of 10 ms or less for 100 ms.
        yield (min(ms, 60_000) if ms > 10 else 100), _is_transparent(im)


def _is_transparent(im: Image.Image) -> bool:
    if "transparency" not in im.info and im.mode not in ("LA", "La", "PA", "RGBA", "RGBa"):
        return False
    low, _ = im.convert("RGBA").getchannel("A").getextrema()
    return low != 255


def _loops(im: Image.Image) -> int:
    if im.format == "GIF":
        # A GIF without the NETSCAPE block plays once; its count is of repetitions.
        return 1 if "loop" not in im.info else (im.info["loop"] + 1 if im.info["loop"] else 0)
    return int(im.info.get("loop", 0))
