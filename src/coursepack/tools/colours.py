"""Colours of the screen: contrast (WCAG 2.2, 1.4.3 and 1.4.6), and finding one that has enough of it."""

import colorsys
from collections.abc import Iterable

AAA = 7.0
AA = 4.5

_STEPS = 200


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two "#rrggbb", 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def lowest(ink: str, grounds: Iterable[str]) -> float:
    """The contrast of `ink` on the ground that gives it least."""
    return min(contrast(ink, ground) for ground in grounds)


def mended(ink: str, grounds: Iterable[str], wanted: float = AAA) -> str:
    """The colour nearest to `ink`, of the same hue, that has `wanted` on all grounds; black or white when none has."""
    kept = tuple(grounds)
    if lowest(ink, kept) >= wanted:
        return ink
    hue, light, saturation = colorsys.rgb_to_hls(*_parts(ink))
    # Away from the grounds: dark letters get darker on light paper.
    end = 0.0 if lowest("#000000", kept) >= lowest("#ffffff", kept) else 1.0
    for step in range(1, _STEPS + 1):
        tried = _hex(*colorsys.hls_to_rgb(hue, light + (end - light) * step / _STEPS, saturation))
        if lowest(tried, kept) >= wanted:
            return tried
    return "#000000" if end == 0 else "#ffffff"


def mix(one: str, other: str, share: float) -> str:
    """`share` of `one` in `other`."""
    parts = zip(_parts(one), _parts(other), strict=True)
    red, green, blue = (a * share + b * (1 - share) for a, b in parts)
    return _hex(red, green, blue)


def ink_on(ground: str) -> str:
    """Near black or white, whichever reads better."""
    return max(("#ffffff", "#14120f"), key=lambda ink: contrast(ink, ground))


def _parts(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return red, green, blue


def _hex(red: float, green: float, blue: float) -> str:
    return "#" + "".join(f"{round(255 * c):02x}" for c in (red, green, blue))


def _luminance(colour: str) -> float:
    linear = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in _parts(colour))
    red, green, blue = linear
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
