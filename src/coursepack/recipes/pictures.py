"""Images of the course as `<picture>`: the reader's browser chooses format and size."""

import re

import msgspec

from coursepack.model.document import Image
from coursepack.model.media import ImageFacts, ImageVariant, offline_variants
from coursepack.recipes.page_assets import Built
from coursepack.recipes.printing import Printing

# The theme's page, in the root sizes of a browser (16 px unless its reader wants larger letters): 1rem of the theme is
# 1.125 of them, in courses for older people 1.35; the text column is 38rem wide, a phone's margins are 1rem each.
_REM = 1.125
_LARGE_REM = 1.35
_COLUMN_REM = 38
_MARGINS_REM = 2
_ROOT_PX = 16
_SHARE = re.compile(r"\bwidth-(\d+)\b")
PLAIN_WIDTH_PX = 1400
"""What a browser without `srcset` gets at most."""


def picture(printing: Printing, image: Image, built: Built, *, lazy: bool, linked: bool = False) -> str:
    """A `<picture>` with the best format first, or a plain `<img>` where there is only one.

    An animation is a `<video>` that waits to be played (WCAG 2.2, 2.2.2), but its first frame where it is `linked`:
    a link may hold nothing to be pressed.
    """
    facts = shown_facts(printing, built)
    if facts.video and not linked:
        return _moving(printing, image, built, facts, facts.video)
    by_type: dict[str, list[ImageVariant]] = {}
    for variant in facts.variants:
        by_type.setdefault(variant.media_type, []).append(variant)
    *better, plain = by_type.values()
    width, height = _shown_size(image.width, facts)
    sizes = _sizes(printing, image, width)
    return printing.fill(
        "picture.html",
        # One candidate needs no width and no sizes; several need both (HTML 4.8.4.2.1).
        sources=[(v[0].media_type, _srcset(printing, built, v), sizes if len(v) > 1 else "") for v in better],
        srcset=_srcset(printing, built, plain) if len(plain) > 1 else "",
        src=printing.href(built.url(plain_variant(facts).name)),
        still=printing.href(built.url(facts.still)) if facts.still else "",
        sizes=sizes,
        width=width,
        height=height,
        alt=image.alt or "",
        title=image.title,
        css_class=image.css_class,
        lazy=lazy,
    )


def _moving(printing: Printing, image: Image, built: Built, facts: ImageFacts, video: ImageVariant) -> str:
    width, height = _shown_size(image.width, facts)
    return printing.fill(
        "moving.html",
        src=printing.href(built.url(video.name)),
        media_type=video.media_type,
        poster=printing.href(built.url(plain_variant(facts).name)),
        loop=facts.loop,
        width=width,
        height=height,
        # Even a decorative one has controls, which need a name.
        label=image.alt or printing.say("Video"),
        title=image.title,
        css_class=image.css_class,
    )


def shown_facts(printing: Printing, built: Built) -> ImageFacts:
    """The image's facts with the variants that this variant of the site carries."""
    facts = built.facts(ImageFacts)
    if printing.site.variant == "web":
        return facts
    return msgspec.structs.replace(facts, variants=offline_variants(facts))


def plain_variant(facts: ImageFacts, max_width: int = PLAIN_WIDTH_PX) -> ImageVariant:
    """The file for what knows neither newer formats nor `srcset`: the widest within bounds."""
    last = facts.variants[-1].media_type
    plain = [v for v in facts.variants if v.media_type == last]
    return max((v for v in plain if v.width <= max_width), key=lambda v: v.width, default=plain[0])


def _shown_size(wanted_width: int, facts: ImageFacts) -> tuple[int, int]:
    if not wanted_width or not facts.width:
        return facts.width, facts.height
    return wanted_width, max(1, round(facts.height * wanted_width / facts.width))


def _srcset(printing: Printing, built: Built, variants: list[ImageVariant]) -> str:
    if len(variants) == 1:
        return printing.href(built.url(variants[0].name))
    return ", ".join(f"{printing.href(built.url(v.name))} {v.width}w" for v in variants)


def _sizes(printing: Printing, image: Image, width: int) -> str:
    """How wide the theme shows the image, for `sizes`. In boxes and tables it is a little, or much, narrower."""
    rem = _LARGE_REM if "older-people" in printing.site.audience else _REM
    column, margins = _COLUMN_REM * rem, _MARGINS_REM * rem
    share = _SHARE.search(image.css_class)
    if not share and 0 < width < column * _ROOT_PX:
        margins_px = round(margins * _ROOT_PX)
        return f"(min-width: {width + margins_px}px) {width}px, calc(100vw - {margins_px}px)"
    part = int(share[1]) / 100 if share else 1
    narrow = f"100vw - {margins:g}rem"
    narrow = f"calc({part:g} * ({narrow}))" if share else f"calc({narrow})"
    return f"(min-width: {column + margins:g}rem) {column * part:g}rem, {narrow}"
