"""Our images against JPEG at equal likeness (SSIM by ffmpeg): bytes by class and format, and what matching costs.

    python benchmarks/images.py                                  generated pictures
    python benchmarks/images.py --corpus ../shared/corpus        and real ones

For each picture the image step is run as in a build. Of each format the file at the fallback's width is compared with
the scaled source; then the JPEG quality of the same SSIM is sought, and the bytes are compared with that JPEG's. Means
over pictures are geometric. Bytes repeat; CPU is measured in this process.
"""

import argparse
import io
import math
import random
import re
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from coursepack.model.diagnostic import Diagnostic
from coursepack.model.media import ImageFacts
from coursepack.model.step import Step
from coursepack.plan.assets import IMAGE_WIDTHS
from coursepack.recipes.image import ImageRecipe
from coursepack.tools import image_encoders as encode
from coursepack.tools import images
from coursepack.tools.ffmpeg import find_ffmpeg
from coursepack.tools.image_match import matched

GOALS = {
    "photo": {"avif": 0.62, "webp": 0.95},
    "screenshot": {"avif": 0.37, "webp": 0.40},
    "slide": {"avif": 0.34, "webp": 0.50},
}
"""Bytes against JPEG at equal SSIM, as measured once elsewhere with fixed qualities."""

CORPUS = {
    "photo": (
        "courses/d2l-zh/img/where-wally-walker-books.jpg",
        "images/posters/itaccess.jpg",
        "courses/iot-for-beginners/images/raspberry-pi-4.jpg",
        "courses/iot-for-beginners/images/pi-light-sensor.png",
        "courses/iot-for-beginners/images/pi-led.png",
        "images/pillow/flower.webp",
    ),
    "screenshot": (
        "courses/catch-the-bus/en/images/costumes-bus-sprite-highlighted.png",
        "courses/git-novice/episodes/fig/RStudio_screenshot_review.png",
        "courses/git-novice/episodes/fig/RStudio_screenshot_editfiles.png",
        "courses/git-novice/episodes/fig/github-create-repo-03.png",
        "courses/iot-for-beginners/images/counterfit-first-run.png",
        "courses/git-novice/episodes/fig/github_screenshot_history_edited.png",
    ),
    "slide": (
        "courses/iot-for-beginners/images/basic-thermostat.png",
        "courses/iot-for-beginners/images/plant-growth-temp-graph.png",
        "courses/iot-for-beginners/images/led.png",
        "courses/git-novice/episodes/fig/phd101212s.png",
        "courses/iot-for-beginners/images/fetch-decode-execute.png",
        "courses/catch-the-bus/en/images/banner.png",
    ),
}


# -- pictures ----------------------------------------------------------------------------------------------------


def generated(folder: Path, count: int) -> Iterator[tuple[str, Path]]:
    """(class, file): the same ones every time."""
    makers: dict[str, Callable[[random.Random], Image.Image]] = {
        "photo": photo,
        "screenshot": screenshot,
        "slide": slide,
    }
    for name, make in makers.items():
        for n in range(count):
            path = folder / f"{name}-{n}.png"
            make(random.Random(f"{name}{n}")).save(path)
            yield name, path


def photo(rng: random.Random) -> Image.Image:
    """Soft light, blurred shapes, texture and a little sensor noise."""
    size = (1600, 1067)
    layers = []
    for _ in range(3):
        layer = Image.new("L", size)
        for scale, weight in ((4, 0.5), (16, 0.3), (64, 0.15), (256, 0.05)):
            grain = Image.frombytes("L", (scale * 3, scale * 2), rng.randbytes(scale * scale * 6))
            layer = Image.blend(layer, grain.resize(size, Image.Resampling.BICUBIC), weight)
        layers.append(layer.point(lambda v: min(255, v * 2)))
    image = Image.merge("RGB", layers)
    draw = ImageDraw.Draw(image)
    for _ in range(24):
        x, y, r = rng.randrange(size[0]), rng.randrange(size[1]), rng.randrange(20, 160)
        draw.ellipse((x - r, y - r, x + r, y + r * 0.7), fill=tuple(rng.randrange(256) for _ in range(3)))
    image = image.filter(ImageFilter.GaussianBlur(1.2))
    noise = Image.frombytes("RGB", size, rng.randbytes(size[0] * size[1] * 3))
    return Image.blend(image, noise, 0.02)


WORDS = [
    "open",
    "the",
    "settings",
    "then",
    "choose",
    "a",
    "language",
    "and",
    "save",
    "your",
    "work",
    "before",
    "you",
    "close",
    "this",
    "window",
]


def screenshot(rng: random.Random) -> Image.Image:
    """A window with menus, a list, coloured text and icons."""
    image = Image.new("RGB", (1366, 768), "#f6f6f6")
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(15)
    draw.rectangle((0, 0, 1366, 34), fill="#2b2b30")
    draw.rectangle((0, 34, 240, 768), fill="#e9e9ee")
    for x in range(20, 700, 90):
        draw.text((x, 8), rng.choice(WORDS).title(), fill="#ffffff", font=font)
    for y in range(50, 750, 28):
        colour = tuple(rng.randrange(40, 220) for _ in range(3))
        draw.rounded_rectangle((14, y, 34, y + 18), 4, fill=colour)
        draw.text((44, y), " ".join(rng.choices(WORDS, k=3)), fill="#333333", font=font)
    inks = ("#1a1a1a", "#1a1a1a", "#0b5cad", "#c0141c", "#137333")
    for y in range(50, 750, 22):
        draw.text(
            (270, y), " ".join(rng.choices(WORDS, k=rng.randrange(4, 22))), fill=rng.choice(inks), font=font
        )
    return image


def slide(rng: random.Random) -> Image.Image:
    """A title, bullet points, boxes with arrows, a bar chart."""
    image = Image.new("RGB", (1280, 720), "#ffffff")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, 1280, 110), fill="#0b5750")
    draw.text(
        (50, 30), " ".join(rng.choices(WORDS, k=4)).title(), fill="white", font=ImageFont.load_default(46)
    )
    for n in range(5):
        draw.text(
            (60, 150 + n * 58),
            "• " + " ".join(rng.choices(WORDS, k=5)),
            fill="#222",
            font=ImageFont.load_default(28),
        )
    for n in range(3):
        x = 60 + n * 250
        draw.rounded_rectangle((x, 500, x + 190, 620), 16, outline="#0b5750", width=4, fill="#e3efe9")
        draw.text((x + 24, 540), rng.choice(WORDS), fill="#222", font=ImageFont.load_default(26))
        draw.line((x + 192, 560, x + 246, 560), fill="#c0141c", width=5)
    for n in range(8):
        h = rng.randrange(40, 380)
        draw.rectangle(
            (830 + n * 50, 660 - h, 866 + n * 50, 660), fill=rng.choice(("#0b5750", "#d98e04", "#c0141c"))
        )
    return image


# -- measuring ---------------------------------------------------------------------------------------------------


@dataclass
class BenchWork:
    """What the recipe needs of `Work`."""

    source: Path
    folder: Path
    files: dict[str, bytes] = field(default_factory=dict)
    findings: list[Diagnostic] = field(default_factory=list)
    threads: int = 1

    @property
    def step(self) -> Step:
        return Step("image:x", "image", "", {"widths": list(IMAGE_WIDTHS), "variant": "web"})

    @property
    def cancelled(self) -> Callable[[], bool]:
        return lambda: False

    def source_path(self, name: str) -> Path:
        return self.source

    def source_name(self, name: str) -> str:
        return self.source.name

    def write(self, name: str, data: bytes, media_type: str) -> None:
        self.files[name] = data

    def finding(self, diagnostic: Diagnostic) -> None:
        self.findings.append(diagnostic)

    def progress(self, fraction: float) -> None: ...


class Ssim:
    """SSIM by ffmpeg in 4:4:4: brightness counts 0.8, each colour plane 0.1."""

    def __init__(self, folder: Path) -> None:
        self._ffmpeg = find_ffmpeg().path
        self._paths = folder / "one.png", folder / "other.png"

    def __call__(self, one: Image.Image, other: Image.Image) -> float:
        for image, path in zip((one, other), self._paths, strict=True):
            image.save(path, compress_level=1)
        graph = "[0]format=yuv444p[a];[1]format=yuv444p[b];[a][b]ssim"
        inputs = [x for path in self._paths for x in ("-i", str(path))]
        command = [self._ffmpeg, "-hide_banner", *inputs, "-lavfi", graph, "-f", "null", "-"]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        found = re.search(r"SSIM Y:([\d.]+).*U:([\d.]+).*V:([\d.]+)", done.stderr)
        assert found, done.stderr[-500:]
        y, u, v = (float(x) for x in found.groups())
        return 0.8 * y + 0.1 * u + 0.1 * v


def equal_jpeg(image: Image.Image, wanted: float, ssim: Ssim, *, flat: bool) -> float:
    """Bytes of the JPEG with SSIM `wanted`, between two qualities in proportion; what is better counts as 95."""

    def made(quality: int) -> tuple[float, int]:
        out = io.BytesIO()
        colours = "4:4:4" if flat else "4:2:0"
        image.save(out, "JPEG", quality=quality, optimize=True, progressive=True, subsampling=colours)
        return ssim(image, decoded(out.getvalue())), len(out.getvalue())

    low, high = 10, 95
    tried = {q: made(q) for q in (low, high)}
    while high - low > 1:
        middle = (low + high) // 2
        tried[middle] = made(middle)
        low, high = (low, middle) if tried[middle][0] >= wanted else (middle, high)
    (s0, b0), (s1, b1) = tried[low], tried[high]
    part = min(1.0, max(0.0, (wanted - s0) / (s1 - s0))) if s1 > s0 else 0.0
    return b0 + part * (b1 - b0)


def decoded(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


@dataclass
class Result:
    """One picture."""

    name: str
    ratios: dict[str, float]
    """By format: bytes against JPEG at equal SSIM."""
    differences: dict[str, float]
    """By format: SSIM minus that of our own JPEG."""
    cpu_s: float
    match_s: float


def measure(path: Path, folder: Path, ssim: Ssim) -> Result:
    work = BenchWork(path, folder)
    begun = time.process_time()
    facts = msgspec.convert(ImageRecipe(find_ffmpeg()).run(work), ImageFacts)  # type: ignore[arg-type]
    cpu_s = time.process_time() - begun
    picture = images.read(path, images.sniff_file(path), want_width=max(IMAGE_WIDTHS))
    flat = picture.flat
    source = picture.image
    if picture.transparent:
        source = Image.alpha_composite(Image.new("RGBA", source.size, "white"), source)
    source = source.convert("RGB")
    fallback = facts.variants[-1].width
    begun = time.process_time()
    matched(encode.resized(picture.image, fallback), flat=flat)
    match_s = time.process_time() - begun
    result = Result(path.name, {}, {}, cpu_s, match_s)
    for kind in ("avif", "webp"):
        # A width may be missing because a wider file is smaller.
        at = [v for v in facts.variants if v.media_type == f"image/{kind}" and v.width >= fallback]
        if at:
            image = encode.resized(source, at[0].width)
            like = ssim(image, on_white(work.files[at[0].name]))
            result.ratios[kind] = at[0].size / equal_jpeg(image, like, ssim, flat=flat)
            result.differences[kind] = like - ssim(image, decoded(encode.encode_jpeg(image, flat=flat)))
    return result


def on_white(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data)).convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("RGB")


def mean(values: list[float]) -> float:
    return math.exp(statistics.fmean(math.log(v) for v in values))


def show(name: str, group: str, results: list[Result]) -> None:
    for r in results:
        parts = [f"{k} {r.ratios[k]:.2f} (SSIM {r.differences[k]:+.4f})" for k in sorted(r.ratios)]
        print(f"  {r.name[:44]:44} {'  '.join(parts)}")
    for kind, goal in GOALS[name].items():
        ratios = [r.ratios[kind] for r in results if kind in r.ratios]
        left_out = len(results) - len(ratios)
        said = f"{mean(ratios):.2f}" if ratios else "-"
        print(
            f"{name:10} {group:9} {kind}: {said} of JPEG at equal SSIM (goal {goal:.2f}; {left_out} of {len(results)} without)"
        )
    cpu, match = sum(r.cpu_s for r in results), sum(r.match_s for r in results)
    print(
        f"{name:10} {group:9} CPU {cpu:.1f} s, {cpu / max(0.01, cpu - match):.2f} of the step without matching\n"
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpus", type=Path, help="folder with the real pictures")
    parser.add_argument("--count", type=int, default=6, help="generated pictures a class")
    given: Any = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        ssim = Ssim(folder)
        found: dict[str, list[Path]] = {name: [] for name in GOALS}
        for name, path in generated(folder, given.count):
            found[name].append(path)
        for name, made in found.items():
            show(name, "generated", [measure(p, folder, ssim) for p in made])
            if given.corpus:
                show(name, "corpus", [measure(given.corpus / p, folder, ssim) for p in CORPUS[name]])


if __name__ == "__main__":
    main()
