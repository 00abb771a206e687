"""Videos of slides whose scene changes are known, in the styles that lectures come in."""

import math
import random
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from tests.unit.recipes.media_work import tool

from coursepack.recipes.encode import STRIP, STRIP_FPS
from coursepack.recipes.scenes import Strip, read_strip

SIZE = (640, 360)
FPS = 4
WORDS = [
    w + e
    for w in ("market", "tax", "matrix", "energy", "proof", "sample", "query", "signal")
    for e in ("", "s", " in")
]

Draw = Callable[[int, float, float], Image.Image]
"""(slide number, seconds since it began, seconds of the video) to a picture."""


@dataclass(frozen=True)
class Style:
    """A way of showing slides."""

    name: str
    draw: Draw
    fade_s: float = 0
    flash: bool = False
    blank_s: float = 0
    """Black between slides."""


def text_slide(n: int, *, dark: bool = False, bullets: int = 5) -> Image.Image:
    """A title and bullets below the same bar on each slide."""
    pick = random.Random(n)
    paper, ink, bar = (
        ((24, 26, 34), (225, 225, 230), (60, 90, 160)) if dark else ((255,) * 3, (30,) * 3, (0, 70, 140))
    )
    image = Image.new("RGB", SIZE, paper)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 340, 640, 360), fill=bar)
    draw.text((500, 343), "Course 101", fill=(255, 255, 255), font=ImageFont.load_default(12))
    draw.text((40, 20), " ".join(pick.choices(WORDS, k=4)), fill=ink, font=ImageFont.load_default(34))
    for row in range(6):
        line = "- " + " ".join(pick.choices(WORDS, k=pick.randint(3, 6)))
        if row < bullets:
            draw.text((60, 85 + row * 40), line, fill=ink, font=ImageFont.load_default(21))
    return image


def photo_slide(n: int) -> Image.Image:
    """A picture that fills the screen, like a photo: large soft shapes and fine grain."""
    pick = random.Random(n)
    small = Image.frombytes("RGB", (16, 9), pick.randbytes(16 * 9 * 3))
    image = small.resize(SIZE, Image.Resampling.BICUBIC)
    draw = ImageDraw.Draw(image)
    for _ in range(30):
        x, y, r = pick.randrange(640), pick.randrange(360), pick.randrange(5, 50)
        draw.ellipse((x - r, y - r, x + r, y + r), fill=tuple(pick.randbytes(3)))
    return image


def build_up(n: int, since_s: float, now_s: float) -> Image.Image:
    """Bullets that come one by one, every two seconds."""
    return text_slide(n, bullets=1 + int(since_s / 2))


def with_inset(n: int, since_s: float, now_s: float) -> Image.Image:
    """A speaker in the corner, who never keeps still."""
    image = text_slide(n)
    pick = random.Random(round(now_s * FPS))
    noise = Image.frombytes("RGB", (20, 12), pick.randbytes(20 * 12 * 3)).resize((160, 96))
    image.paste(noise, (470, 10))
    return image


def with_typing(n: int, since_s: float, now_s: float) -> Image.Image:
    """A cursor that wanders, and words that are typed into a box."""
    image = text_slide(n, bullets=2)
    draw = ImageDraw.Draw(image)
    typed = "the quick brown fox jumps over the lazy dog and on"[: int(since_s * 3)]
    draw.text((60, 200), typed, fill=(30, 30, 30), font=ImageFont.load_default(20))
    x, y = 300 + int(since_s * 37) % 200, 150 + int(since_s * 53) % 120
    draw.polygon([(x, y), (x + 12, y + 10), (x, y + 16)], fill=(0, 0, 0))
    return image


def with_highlight(n: int, since_s: float, now_s: float) -> Image.Image:
    """All bullets are there; the one that is spoken of is dark, and the others are pale."""
    image = text_slide(n)
    at = int(since_s / 2) % 5
    body = image.crop((50, 80, 640, 290))
    image.paste(Image.blend(body, Image.new("RGB", body.size, "white"), 0.6), (50, 80))
    row = (50, 82 + at * 40, 640, 118 + at * 40)
    image.paste(text_slide(n).crop(row), row[:2])
    return image


def with_subtitles(n: int, since_s: float, now_s: float) -> Image.Image:
    """Subtitles that were burned in, a new one every three seconds."""
    image = text_slide(n, bullets=4)
    draw = ImageDraw.Draw(image)
    draw.rectangle((80, 290, 560, 335), fill=(0, 0, 0))
    words = " ".join(random.Random(int(now_s / 3)).choices(WORDS, k=5))
    draw.text((100, 300), words, fill="white", font=ImageFont.load_default(22))
    return image


def on_photo(n: int, since_s: float, now_s: float) -> Image.Image:
    """White words on the same photo throughout."""
    image = photo_slide(1000)
    draw = ImageDraw.Draw(image)
    draw.rectangle((40, 60, 600, 280), fill=(20, 20, 40))
    image.paste(text_slide(n, dark=True).crop((40, 15, 600, 235)), (40, 60))
    return image


def sparse(n: int, since_s: float, now_s: float) -> Image.Image:
    """A few words in the middle."""
    image = Image.new("RGB", SIZE, (245, 245, 240))
    words = " ".join(random.Random(n).choices(WORDS, k=2))
    ImageDraw.Draw(image).text((150, 150), words, fill=(90, 90, 90), font=ImageFont.load_default(36))
    return image


def large_speaker(n: int, since_s: float, now_s: float) -> Image.Image:
    """Slides beside a speaker who fills a third of the screen and now and then stands still."""
    image = Image.new("RGB", SIZE, (200, 190, 180))
    image.paste(text_slide(n).resize((420, 236)), (0, 60))
    t = now_s if now_s % 7 < 5 else now_s // 7 * 7 + 5
    x = 500 + int(25 * math.sin(t * 1.3))
    draw = ImageDraw.Draw(image)
    draw.ellipse((x - 35, 90, x + 35, 170), fill=(190, 140, 110))
    draw.rectangle((x - 60, 170, x + 60, 360), fill=(60, 60, 90))
    draw.line((x + 60, 200, x + 90, 200 + int(60 * math.sin(t * 2.1))), fill=(60, 60, 90), width=18)
    return image


STYLES = (
    Style("hard cut", lambda n, s, t: text_slide(n)),
    Style("cross-fade 1 s", lambda n, s, t: text_slide(n), fade_s=1),
    Style("cross-fade 3 s", lambda n, s, t: text_slide(n), fade_s=3),
    Style("build-up", build_up),
    Style("photos, fade", lambda n, s, t: photo_slide(n), fade_s=1),
    Style("dark theme", lambda n, s, t: text_slide(n, dark=True), fade_s=0.5),
    Style("noisy inset", with_inset),
    Style("typing, cursor", with_typing),
    Style("flashes", lambda n, s, t: text_slide(n), flash=True),
    Style("black between", lambda n, s, t: text_slide(n), blank_s=1.5),
    Style("highlight", with_highlight),
    Style("burned-in subtitles", with_subtitles),
    Style("text on photo", on_photo, fade_s=0.5),
    Style("sparse", sparse),
    Style("large speaker", large_speaker),
)


def frames(style: Style, lengths_s: list[float]) -> Iterator[Image.Image]:
    """Every frame of slides that stay so long each."""
    start = 0.0
    for n, length in enumerate(lengths_s):
        for k in range(round(length * FPS)):
            since = k / FPS
            image = style.draw(n, since, start + since)
            if n and since < style.blank_s:
                image = Image.new("RGB", SIZE)
            elif n and since < style.fade_s:
                old = style.draw(n - 1, lengths_s[n - 1], start + since)
                image = Image.blend(old, image, since / style.fade_s)
            elif style.flash and abs(since - length / 2) < 0.6:
                image = Image.new("RGB", SIZE, (255, 255, 255)) if n % 2 else photo_slide(n + 99)
            yield image
        start += length


def changes_of(style: Style, lengths_s: list[float]) -> list[int]:
    """When the changes are over, in ms."""
    starts = [sum(lengths_s[:n]) for n in range(1, len(lengths_s))]
    return [round(1000 * (s + max(style.fade_s, style.blank_s))) for s in starts]


def strip_of(pictures: Iterator[Image.Image], folder: Path, *, fps: int = FPS) -> Strip:
    """Encodes the pictures as a lecture recorder would, and takes the strip of the result."""
    clip = folder / "slides.mp4"
    raw = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{SIZE[0]}x{SIZE[1]}", "-r", str(fps), "-i", "-"]
    argv = [
        tool().path,
        "-v",
        "error",
        *raw,
        "-c:v",
        "libx264",
        "-preset",
        "ultrafast",
        "-crf",
        "30",
        "-y",
        str(clip),
    ]
    with subprocess.Popen(argv, stdin=subprocess.PIPE) as encoder:
        assert encoder.stdin
        for picture in pictures:
            encoder.stdin.write(picture.tobytes())
        encoder.stdin.close()
        assert encoder.wait() == 0
    return strip_of_file(clip, folder)


def strip_of_file(clip: Path, folder: Path) -> Strip:
    """The strip of any video."""
    out = folder / "strip.gray"
    look = f"fps={STRIP_FPS}:start_time=0:round=up,scale={STRIP[0]}:{STRIP[1]}:flags=area,format=gray"
    argv = [
        tool().path,
        "-v",
        "error",
        "-nostdin",
        "-i",
        str(clip),
        "-vf",
        look,
        "-f",
        "rawvideo",
        "-y",
        str(out),
    ]
    subprocess.run(argv, check=True, timeout=600)
    return read_strip(out)


@dataclass(frozen=True)
class Score:
    """How found times agree with the true ones."""

    hits: int
    found: int
    true: int

    @property
    def precision(self) -> float:
        return self.hits / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.hits / self.true if self.true else 1.0


def score(found: tuple[int, ...], true: list[int], *, tolerance_ms: int = 1000) -> Score:
    """A true change counts once, a found one that agrees with none is wrong."""
    left = list(found)
    hits = 0
    for ms in true:
        near = [f for f in left if abs(f - ms) <= tolerance_ms]
        if near:
            left.remove(min(near, key=lambda f: abs(f - ms)))
            hits += 1
    return Score(hits, len(found), len(true))
