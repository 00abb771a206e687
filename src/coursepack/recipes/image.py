"""Recipe "image": one picture of the course in the formats and widths that the web wants.

A still becomes AVIF and WebP at several widths and one file of a format that any browser shows; a drawing (SVG) is
cleaned; an animation becomes a video that waits to be played, or (transparent, or tiny) animated WebP and GIF.
"""

from collections.abc import Callable, Sequence
from typing import Any

import msgspec
from PIL import Image

from coursepack.model.codes import diagnostic
from coursepack.model.media import ImageFacts, ImageVariant
from coursepack.model.recipe import Refused, Work
from coursepack.tools import image_encoders as encode
from coursepack.tools import images, moving
from coursepack.tools.ffmpeg import Ffmpeg, version
from coursepack.tools.image_match import matched

FALLBACK_WIDTH = {"web": 1280, "mobile": 640}
_SMALL_SIDE = 64
_SMALL_BYTES = 4096
_GAIN = 0.95
"""A better format must save at least this share of the bytes to be worth a place."""
_STEP = 0.8
"""A width this near to the next larger one is left out."""
_EXACT_ODDS = 1.1
"""WebP without loss may be this much larger than with: letters keep their colours."""
_MAX_MOVING_MS = 5000  # WCAG 2.2, 2.2.2
_CONTROLS_PX = 120
"""An animation with a shorter side than this has no room for a video's controls."""


class ImageRecipe:
    """Input "source"; params `widths` (CSS pixels, any order) and `variant` ("web" or "mobile")."""

    kind = "image"
    version = 3

    def __init__(self, ffmpeg: Ffmpeg) -> None:
        self._ffmpeg = ffmpeg

    def fingerprint(self) -> str:
        """The versions of the image libraries and of ffmpeg: each may change bytes."""
        return f"{encode.encoder_versions()}, {version(self._ffmpeg)}"

    def run(self, work: Work) -> dict[str, Any]:
        """Facts are `ImageFacts`. Raises `Refused` with one of CP250-CP256."""
        path = work.source_path("source")
        try:
            kind = images.sniff_file(path)
            if kind == "SVG":
                facts = _drawing(work)
            elif animation := images.read_animation(path, kind):
                facts = self._animation(work, animation)
            else:
                facts = _still(work, kind)
        except images.BadImage as e:
            raise Refused(diagnostic(e.code, work.source_name("source"), **e.facts)) from e
        facts = msgspec.structs.replace(facts, source_size=path.stat().st_size)
        facts_json: dict[str, Any] = msgspec.to_builtins(facts)
        return facts_json

    def _animation(self, work: Work, animation: images.Animation) -> ImageFacts:
        if animation.transparent or min(animation.width, animation.height) < _CONTROLS_PX:
            return _endless_picture(work, animation)
        facts = _still(work, animation.format)
        source = work.source_path("source")
        made = moving.encode_moving(self._ffmpeg, source, animation, work.folder, work.cancelled)
        size, name = made.stat().st_size, "moving.mp4"
        work.add(name, made, "video/mp4")
        video = ImageVariant(name, "video/mp4", *moving.moving_size(animation), size)
        return msgspec.structs.replace(facts, animated=True, video=video, loop=not animation.loops)


# -- drawings ----------------------------------------------------------------------------------------------------


def _drawing(work: Work) -> ImageFacts:
    # XML parsing is only paid for by courses with drawings.
    from coursepack.tools import svg

    path = work.source_path("source")
    if path.stat().st_size > svg.MAX_BYTES:
        raise images.BadImage("CP256", what=f"{path.stat().st_size // 1_000_000} MB")
    drawing = svg.clean(path.read_bytes())
    if drawing.removed:
        removed = ", ".join(drawing.removed[:8])
        work.finding(diagnostic("CP257", work.source_name("source"), removed=removed))
    work.write("image.svg", drawing.data, "image/svg+xml")
    variant = ImageVariant("image.svg", "image/svg+xml", drawing.width, drawing.height, len(drawing.data))
    return ImageFacts(drawing.width, drawing.height, (variant,))


# -- stills ------------------------------------------------------------------------------------------------------


def choose_widths(natural: int, wanted: Sequence[int]) -> list[int]:
    """The widths to make, ascending: the natural one or the largest wanted on top, none enlarged, none nearly equal."""
    top = min(natural, max(wanted))
    chosen = [top]
    for width in sorted((w for w in wanted if w < top), reverse=True):
        if width <= _STEP * chosen[-1]:
            chosen.append(width)
    return chosen[::-1]


def _still(work: Work, kind: str) -> ImageFacts:
    source = work.source_path("source")
    wanted = [int(w) for w in work.step.params["widths"]]
    picture = images.read(source, kind, want_width=max(wanted))
    if picture.profile_unusable:
        work.finding(diagnostic("CP259", work.source_name("source")))
    widths = choose_widths(picture.width, wanted)
    made: list[_Made] = []
    if source.stat().st_size < _SMALL_BYTES or max(picture.width, picture.height) <= _SMALL_SIDE:
        made = [_fallback(picture, widths[-1])]
    if not made or made[0][0].size > 2 * _SMALL_BYTES:  # a small AVIF is a large JPEG
        made = _make_variants(work, picture, widths)
    for variant, data in made:
        work.write(variant.name, data, variant.media_type)
    variants = tuple(v for v, _ in made)
    return ImageFacts(picture.width, picture.height, variants, flat=picture.flat, lossless=picture.lossless)


_Made = tuple[ImageVariant, bytes]


def _make_variants(work: Work, picture: images.Picture, widths: list[int]) -> list[_Made]:
    """AVIF, WebP, then one fallback; a format that gains nothing over those behind it is left out."""
    name = str(work.step.params.get("variant", "web"))
    mobile = name == "mobile"
    base = max((w for w in widths if w <= FALLBACK_WIDTH[name]), default=widths[0])
    fallback = _fallback(picture, base)
    made = [fallback]
    best = fallback[0].size
    formats = _encoders(picture, base)
    for done, (suffix, encoder) in enumerate(formats):
        if mobile and suffix == "webp":
            continue  # an offline bundle pays for every format with its size: one good one and one for all
        if suffix == "webp" and picture.height * base > encode.WEBP_MAX_SIDE * picture.width:
            continue
        at_base = _variant(picture, base, suffix, encoder)
        if at_base[0].size > _GAIN * best:
            continue
        best = at_base[0].size
        others = widths[-1:] if mobile else widths
        rest = [_variant(picture, w, suffix, encoder) for w in others if w != base]
        made = _growing([*rest, at_base]) + made
        work.progress((done + 1) / len(formats))
    if len(made) == 1 and base != widths[-1] and not mobile:
        return [_fallback(picture, widths[-1])]
    return made


_Encoder = Callable[[Image.Image], bytes]


def _encoders(picture: images.Picture, base: int) -> list[tuple[str, _Encoder]]:
    """WebP and AVIF as like their source as our JPEG is, which is tried at the width `base`."""
    qualities = matched(encode.resized(picture.image, base), flat=picture.flat)

    def webp(image: Image.Image) -> bytes:
        lossy = encode.encode_webp(image, quality=qualities.webp)
        if not picture.flat or image.width != picture.width:
            return lossy
        exact = encode.encode_webp_exact(image)
        return exact if len(exact) <= _EXACT_ODDS * len(lossy) else lossy

    def avif(image: Image.Image) -> bytes:
        return encode.encode_avif(image, flat=picture.flat, quality=qualities.avif)

    return [("webp", webp), ("avif", avif)]


def _growing(variants: list[_Made]) -> list[_Made]:
    """By width; one that is no smaller than a wider one is left out."""
    kept: list[_Made] = []
    for made in sorted(variants, key=lambda m: -m[0].width):
        if not kept or made[0].size < kept[-1][0].size:
            kept.append(made)
    return kept[::-1]


def _variant(picture: images.Picture, width: int, suffix: str, encoder: _Encoder) -> _Made:
    image = encode.resized(picture.image, width)
    return _made(image, suffix, encoder(image))


def _made(image: Image.Image, suffix: str, data: bytes) -> _Made:
    media_type = "image/jpeg" if suffix == "jpg" else f"image/{suffix}"
    return ImageVariant(f"w{image.width}.{suffix}", media_type, image.width, image.height, len(data)), data


def _fallback(picture: images.Picture, width: int) -> _Made:
    """PNG where something is transparent, or where it is no larger than JPEG (flat pictures); else JPEG."""
    image = encode.resized(picture.image, width)
    if picture.transparent:
        return _made(image, "png", encode.encode_png(image))
    jpeg = _made(image, "jpg", encode.encode_jpeg(image, flat=picture.flat))
    if not (picture.flat and picture.lossless):
        return jpeg
    png = _made(image, "png", encode.encode_png(image))
    return png if png[0].size <= jpeg[0].size else jpeg


# -- animations --------------------------------------------------------------------------------------------------


def _endless_picture(work: Work, animation: images.Animation) -> ImageFacts:
    source = work.source_path("source")
    round_ms = sum(animation.durations_ms)
    if not animation.loops or round_ms * animation.loops > _MAX_MOVING_MS:
        seconds, loops = round(round_ms / 1000, 1), animation.loops or "∞"
        work.finding(diagnostic("CP258", work.source_name("source"), seconds=seconds, loops=loops))
    webp = encode.encode_animation(source, animation, "WEBP")
    work.progress(0.5)
    gif = encode.encode_animation(source, animation, "GIF")
    still = images.read(source, animation.format, want_width=animation.width)
    first = _fallback(still, still.width)
    made: list[_Made] = []
    for suffix, data in (("webp", webp), ("gif", gif)):
        if suffix == "gif" or len(data) < _GAIN * len(gif):
            name, size = f"w{animation.width}.{suffix}", (animation.width, animation.height)
            made.append((ImageVariant(name, f"image/{suffix}", *size, len(data)), data))
    for variant, data in [*made, first]:
        work.write(variant.name, data, variant.media_type)
    return ImageFacts(
        width=animation.width,
        height=animation.height,
        variants=tuple(v for v, _ in made),
        animated=True,
        still=first[0].name,
    )
