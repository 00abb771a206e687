"""Drawing kit of the samples: one palette, one type family, everything drawn twice as large and reduced."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

INK, SOFT, PAPER, WHITE = "#1f2933", "#52606d", "#faf7f2", "#ffffff"
TEAL, TEAL_PALE, TEAL_DARK = "#0f766e", "#d9f0ec", "#134e4a"
AMBER, AMBER_PALE = "#b45309", "#fdeccb"
RED, RED_PALE = "#b42318", "#fbe3df"
BLUE, BLUE_PALE = "#1d4ed8", "#dfe8fb"
GREY, GREY_PALE = "#cbd2d9", "#eef1f4"
SCALE = 2
_FONTS = Path("/usr/share/fonts/opentype/noto")
_FACE = {"zh-Hans": 2, "zh-Hant": 3, "yue": 4, "en": 2}

Colour = str
Point = tuple[float, float]


@lru_cache(maxsize=128)
def font(size: int, bold: bool = False, language: str = "zh-Hans") -> ImageFont.FreeTypeFont:
    """Noto Sans CJK with the glyph forms of the language."""
    name = "NotoSansCJK-Bold.ttc" if bold else "NotoSansCJK-Regular.ttc"
    return ImageFont.truetype(_FONTS / name, size, index=_FACE[language])


class Sheet:
    """A picture in logical pixels."""

    def __init__(self, width: int, height: int, background: Colour = PAPER) -> None:
        self.width, self.height = width, height
        mode = "RGBA" if background == "clear" else "RGB"
        fill = (0, 0, 0, 0) if background == "clear" else background
        self.pixels = Image.new(mode, (width * SCALE, height * SCALE), fill)
        self._draw = ImageDraw.Draw(self.pixels)

    def image(self) -> Image.Image:
        """The finished picture at its logical size."""
        return self.pixels.resize((self.width, self.height), Image.Resampling.LANCZOS)

    def box(
        self,
        x: float,
        y: float,
        w: float,
        h: float,
        fill: Colour | None,
        radius: float = 0,
        outline: Colour | None = None,
        line: float = 0,
    ) -> None:
        area = [v * SCALE for v in (x, y, x + w, y + h)]
        self._draw.rounded_rectangle(area, radius * SCALE, fill, outline, round(line * SCALE))

    def circle(
        self,
        cx: float,
        cy: float,
        r: float,
        fill: Colour | None,
        outline: Colour | None = None,
        line: float = 0,
    ) -> None:
        area = [v * SCALE for v in (cx - r, cy - r, cx + r, cy + r)]
        self._draw.ellipse(area, fill, outline, round(line * SCALE))

    def arc(
        self, cx: float, cy: float, r: float, start: float, end: float, fill: Colour, line: float
    ) -> None:
        area = [v * SCALE for v in (cx - r, cy - r, cx + r, cy + r)]
        self._draw.arc(area, start, end, fill, round(line * SCALE))

    def line(self, points: list[Point], fill: Colour, width: float) -> None:
        self._draw.line(
            [(x * SCALE, y * SCALE) for x, y in points], fill, round(width * SCALE), joint="curve"
        )
        for x, y in (points[0], points[-1]):
            self.circle(x, y, width / 2, fill)

    def shape(self, points: list[Point], fill: Colour) -> None:
        self._draw.polygon([(x * SCALE, y * SCALE) for x, y in points], fill)

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: int,
        fill: Colour = INK,
        bold: bool = False,
        anchor: str = "la",
        language: str = "zh-Hans",
    ) -> None:
        self._draw.text((x * SCALE, y * SCALE), words, fill, font(size * SCALE, bold, language), anchor)

    def paste(self, picture: Image.Image, x: float, y: float) -> None:
        at = (round(x * SCALE), round(y * SCALE))
        big = picture.resize((picture.width * SCALE, picture.height * SCALE), Image.Resampling.LANCZOS)
        self.pixels.paste(big, at, big if big.mode == "RGBA" else None)

    def paste_sheet(self, other: Sheet, x: float, y: float, w: float) -> None:
        """Another sheet, scaled to logical width `w`."""
        size = (round(w * SCALE), round(other.height * w / other.width * SCALE))
        small = other.pixels.resize(size, Image.Resampling.LANCZOS)
        self.pixels.paste(
            small, (round(x * SCALE), round(y * SCALE)), small if small.mode == "RGBA" else None
        )

    def paragraph(
        self,
        x: float,
        y: float,
        width: float,
        words: str,
        size: int,
        fill: Colour = INK,
        bold: bool = False,
        leading: float = 1.45,
        language: str = "zh-Hans",
    ) -> float:
        """Wraps to `width`; returns the y below."""
        face = font(size * SCALE, bold, language)
        for row in _rows(words, lambda t: face.getlength(t) <= width * SCALE):
            self.text(x, y, row, size, fill, bold, language=language)
            y += size * leading
        return y


def _rows(words: str, fits: Callable[[str], bool]) -> list[str]:
    rows = []
    for paragraph in words.split("\n"):
        row = ""
        units = paragraph.split(" ") if paragraph.isascii() or paragraph.count(" ") > 3 else list(paragraph)
        glue = " " if len(units) and len(units[0]) > 1 and " " in paragraph else ""
        for unit in units:
            longer = row + glue + unit if row else unit
            if row and not fits(longer) and unit not in "，。！？、：；”":
                rows.append(row)
                row = unit
            else:
                row = longer
        rows.append(row)
    return rows


def qr_pattern(sheet: Sheet, x: float, y: float, side: float, seed: int = 7, fill: Colour = INK) -> None:
    """A pattern that looks like a QR code and is none: no phone can scan it by mistake."""
    n = 25
    cell = side / n
    pick = random.Random(seed)
    sheet.box(x - cell, y - cell, side + 2 * cell, side + 2 * cell, WHITE, 6)
    for row in range(n):
        for column in range(n):
            corner = ((row < 8 or row >= n - 8) and column < 8) or (row < 8 and column >= n - 8)
            if not corner and pick.random() < 0.48:
                sheet.box(x + column * cell, y + row * cell, cell + 0.2, cell + 0.2, fill)
    for cx, cy in ((0, 0), (n - 7, 0), (0, n - 7)):
        left, top = x + cx * cell, y + cy * cell
        sheet.box(left, top, 7 * cell, 7 * cell, fill)
        sheet.box(left + cell, top + cell, 5 * cell, 5 * cell, WHITE)
        sheet.box(left + 2 * cell, top + 2 * cell, 3 * cell, 3 * cell, fill)


def tick(sheet: Sheet, cx: float, cy: float, r: float, fill: Colour = TEAL) -> None:
    sheet.circle(cx, cy, r, fill)
    sheet.line(
        [(cx - r * 0.45, cy + r * 0.05), (cx - r * 0.1, cy + r * 0.4), (cx + r * 0.5, cy - r * 0.35)],
        WHITE,
        r * 0.18,
    )


def cross(sheet: Sheet, cx: float, cy: float, r: float, fill: Colour = RED) -> None:
    sheet.circle(cx, cy, r, fill)
    d = r * 0.4
    sheet.line([(cx - d, cy - d), (cx + d, cy + d)], WHITE, r * 0.18)
    sheet.line([(cx - d, cy + d), (cx + d, cy - d)], WHITE, r * 0.18)


def mark(sheet: Sheet, cx: float, cy: float, number: str) -> None:
    """A numbered badge that the text refers to."""
    sheet.circle(cx, cy, 21, WHITE)
    sheet.circle(cx, cy, 18, AMBER)
    sheet.text(cx, cy - 1, number, 22, WHITE, True, "mm")
