"""What the benchmark's clips show: slides, an editor, a terminal, a page, a speaker. Drawn by Pillow, seeded.

Text is set in Pillow's own scalable font, so that the clips do not depend on the fonts of a machine.
"""

import functools
import math
import random
import textwrap
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

SIZE = (1920, 1080)
_TEXT = (
    "gradient descent updates weights by moving against the slope of the loss function at each step learning rate "
    "controls how far we travel and momentum smooths the path across noisy batches regularisation keeps the model "
    "simple validation data tells us when to stop training early a confusion matrix shows which classes are mistaken"
)
WORDS = _TEXT.split()
Colour = tuple[int, int, int]


@functools.cache
def font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)


def sentence(rng: random.Random, words: int) -> str:
    return " ".join(rng.choice(WORDS) for _ in range(words)).capitalize() + "."


def texture(rng: random.Random, size: tuple[int, int], *, detail: int = 6) -> Image.Image:
    """A picture with detail at all scales, as a photograph has: octaves of smoothed noise."""
    image = Image.new("RGB", size, (128, 128, 128))
    for octave in range(detail):
        cells = (3 << octave, max(2, (3 << octave) * size[1] // size[0]))
        noise = Image.frombytes("RGB", cells, rng.randbytes(cells[0] * cells[1] * 3))
        image = Image.blend(image, noise.resize(size, Image.Resampling.BICUBIC), 0.5 if octave < 2 else 0.3)
    return image


def grain(rng: random.Random, size: tuple[int, int], strength: float) -> Image.Image:
    """Sensor noise around middle grey; added with `add_grain` at a new offset for each frame."""
    count = size[0] * size[1]
    parts = [Image.frombytes("L", size, rng.randbytes(count)) for _ in range(4)]
    mean = Image.blend(Image.blend(parts[0], parts[1], 0.5), Image.blend(parts[2], parts[3], 0.5), 0.5)
    # The mean of four even distributions has a standard deviation of 37 steps.
    return mean.point([round(128 + (v - 128) * strength / 37) for v in range(256)]).convert("RGB")


def add_grain(image: Image.Image, noise: Image.Image, rng: random.Random) -> Image.Image:
    x, y = rng.randrange(noise.width - image.width), rng.randrange(noise.height - image.height)
    piece = noise.crop((x, y, x + image.width, y + image.height))
    return ImageChops.add(image, piece, offset=-128)


# -- slides ---------------------------------------------------------------------------------------------------------


def slide(
    rng: random.Random, number: int, *, dark: bool = False, bullets: int = 5, figure: str = ""
) -> Image.Image:
    """One slide. `figure`: "", "chart", "photo", "code", "diagram", "table"."""
    back, ink = ((22, 26, 40), (232, 232, 238)) if dark else ((255, 255, 255), (24, 24, 28))
    image = Image.new("RGB", SIZE, back)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, SIZE[0], 120), fill=(18, 70, 140) if not dark else (52, 40, 92))
    draw.text((60, 32), f"4.{number} {sentence(rng, 4)}", font=font(50), fill="white")
    y = 170
    for _ in range(bullets):
        draw.ellipse((70, y + 12, 88, y + 30), fill=(200, 60, 30))
        for line in textwrap.wrap(sentence(rng, 13), 42 if figure else 84):
            draw.text((120, y), line, font=font(36), fill=ink)
            y += 48
        y += 26
    if figure:
        _FIGURES[figure](rng, image, draw, ink)
    draw.text((1780, 1030), f"{number} / 12", font=font(24), fill=(128, 128, 128))
    return image


def _chart(rng: random.Random, image: Image.Image, draw: ImageDraw.ImageDraw, ink: Colour) -> None:
    draw.line((1100, 900, 1820, 900), fill=ink, width=3)
    draw.line((1100, 900, 1100, 420), fill=ink, width=3)
    for k in range(9):
        x, height = 1130 + k * 76, rng.randint(60, 440)
        draw.rectangle((x, 900 - height, x + 50, 898), fill=(40 + k * 20, 120, 220 - k * 20))
        draw.text((x, 910), f"{height / 10:.1f}", font=font(20), fill=ink)


def _photo(rng: random.Random, image: Image.Image, draw: ImageDraw.ImageDraw, ink: Colour) -> None:
    image.paste(texture(rng, (780, 585)), (1080, 360))
    draw.text((1080, 955), "Fig. 2: " + sentence(rng, 5), font=font(24), fill=ink)


def _code(rng: random.Random, image: Image.Image, draw: ImageDraw.ImageDraw, ink: Colour) -> None:
    draw.rectangle((1040, 340, 1880, 960), fill=(246, 246, 242), outline=(190, 190, 190))
    for k, line in enumerate(_source_lines()[20:44]):
        draw.text((1056, 352 + k * 25), line[:84], font=font(19), fill=(30, 60, 110))


def _diagram(rng: random.Random, image: Image.Image, draw: ImageDraw.ImageDraw, ink: Colour) -> None:
    spots = [(1120 + 260 * (k % 3), 380 + 210 * (k // 3)) for k in range(9)]
    for k, (x, y) in enumerate(spots):
        other = spots[rng.randrange(9)]
        draw.line((x + 90, y + 45, other[0] + 90, other[1] + 45), fill=ink, width=2)
        draw.rounded_rectangle(
            (x, y, x + 180, y + 90), 16, fill=(60 + 18 * k, 110, 150), outline=ink, width=2
        )
        draw.text((x + 20, y + 30), rng.choice(WORDS), font=font(26), fill="white")


def _table(rng: random.Random, image: Image.Image, draw: ImageDraw.ImageDraw, ink: Colour) -> None:
    for row in range(11):
        y = 360 + row * 54
        draw.line((1080, y, 1860, y), fill=(128, 128, 128), width=1)
        for column in range(4):
            text = rng.choice(WORDS) if row == 0 or column == 0 else f"{rng.random() * 100:.2f}"
            draw.text((1090 + column * 195, y + 14), text, font=font(25), fill=ink)


_FIGURES = {"chart": _chart, "photo": _photo, "code": _code, "diagram": _diagram, "table": _table}


# -- screens --------------------------------------------------------------------------------------------------------


@functools.cache
def _source_lines() -> list[str]:
    return Path(__file__).read_text("utf-8").splitlines() * 6


def editor_text(rng: random.Random) -> Image.Image:
    """A source file as an editor shows it, far taller than the screen."""
    lines = _source_lines()
    tall = Image.new("RGB", (1620, 24 * len(lines) + SIZE[1]), (30, 30, 30))
    draw = ImageDraw.Draw(tall)
    for i, line in enumerate(lines):
        word = line.strip().split(" ")[0]
        keyword = word in ("def", "class", "import", "from", "if", "return", "for")
        colour = (106, 153, 85) if word.startswith("#") else (86, 156, 214) if keyword else (212, 212, 212)
        draw.text((10, i * 24), f"{i + 1:4d}", font=font(18), fill=(110, 110, 110))
        draw.text((80, i * 24), line[:130], font=font(18), fill=colour)
    return tall


def side_bar(rng: random.Random) -> Image.Image:
    bar = Image.new("RGB", (300, SIZE[1]), (37, 37, 38))
    draw = ImageDraw.Draw(bar)
    for i in range(38):
        name = f"{rng.choice(WORDS)}_{rng.choice(WORDS)}.py"
        draw.text((20, 20 + i * 27), name, font=font(17), fill=(204, 204, 204))
    return bar


def page(rng: random.Random) -> Image.Image:
    """A web page, taller than the screen: text, headings, a few pictures."""
    image = Image.new("RGB", (SIZE[0], 5200), (250, 250, 250))
    draw = ImageDraw.Draw(image)
    y = 60
    for part in range(9):
        draw.text((360, y), sentence(rng, 4), font=font(44), fill=(20, 20, 20))
        y += 80
        for line in textwrap.wrap(sentence(rng, 70), 92):
            draw.text((360, y), line, font=font(26), fill=(50, 50, 50))
            y += 38
        if part % 3 == 1:
            image.paste(texture(rng, (640, 320)), (360, y + 20))
            y += 350
        y += 60
    return image


def pointer() -> Image.Image:
    cursor = Image.new("RGBA", (24, 32), (0, 0, 0, 0))
    points = [(1, 1), (1, 26), (8, 20), (13, 30), (17, 28), (12, 18), (21, 18)]
    ImageDraw.Draw(cursor).polygon(points, fill="white", outline="black")
    return cursor


# -- camera ---------------------------------------------------------------------------------------------------------


class Speaker:
    """A person who talks in front of a wall, as a web camera sees one: soft, moving, with sensor noise."""

    def __init__(self, rng: random.Random, size: tuple[int, int], *, noise: float) -> None:
        self._size, self._rng = size, rng
        wall = texture(rng, (size[0] // 2, size[1] // 2), detail=4).resize(size)
        self._wall = Image.blend(wall, Image.new("RGB", size, (150, 140, 128)), 0.6)
        self._shirt = texture(rng, size, detail=7)
        self._grain = grain(rng, (size[0] + 64, size[1] + 64), noise)

    def frame(self, t: float) -> Image.Image:
        width, height = self._size
        image = self._wall.copy()
        x = width * (0.5 + 0.04 * math.sin(t * 1.1) + 0.02 * math.sin(t * 2.9))
        y = height * (0.4 + 0.02 * math.sin(t * 1.7))
        r = height * 0.18
        mask = Image.new("L", self._size, 0)
        body = ImageDraw.Draw(mask)
        body.ellipse((x - 2.2 * r, y + 1.1 * r, x + 2.2 * r, y + 6 * r), fill=255)
        hand = (x + 2.4 * r * math.sin(t * 2.3), y + (2.2 + 0.8 * math.sin(t * 3.1)) * r)
        image.paste(ImageChops.offset(self._shirt, round(x), round(y)), (0, 0), mask)
        draw = ImageDraw.Draw(image)
        draw.ellipse((x - 0.8 * r, y - 1.2 * r, x + 0.8 * r, y + 1.1 * r), fill=(206, 160, 132))
        draw.chord((x - 0.9 * r, y - 1.4 * r, x + 0.9 * r, y + 0.4 * r), 180, 360, fill=(66, 46, 34))
        for side in (-1, 1):
            draw.ellipse(
                (x + side * 0.35 * r - 6, y - 0.2 * r - 4, x + side * 0.35 * r + 6, y - 0.2 * r + 4),
                fill=(40, 30, 30),
            )
        mouth = 0.06 + 0.1 * abs(math.sin(t * 7.3) * math.sin(t * 1.9))
        draw.ellipse(
            (x - 0.3 * r, y + (0.5 - mouth) * r, x + 0.3 * r, y + (0.5 + mouth) * r), fill=(140, 60, 60)
        )
        draw.ellipse(
            (hand[0] - 0.5 * r, hand[1] - 0.5 * r, hand[0] + 0.5 * r, hand[1] + 0.5 * r), fill=(206, 160, 132)
        )
        return add_grain(image.filter(ImageFilter.GaussianBlur(1.5)), self._grain, self._rng)
