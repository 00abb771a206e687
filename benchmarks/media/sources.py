"""Makes the clips that the media benchmarks run on: two or more of each class, 1080p30, the same on every run.

    python benchmarks/media/sources.py OUT [--corpus DIR] [--clips NAME ...]

Drawn clips: slides (cross-fades; bullets that appear one by one), screen (an editor, a browser and a terminal),
lecture (slides with a noisy camera inset) and animation. They are stored as a screen recorder or an editor would: H.264 at
CRF 16. With `--corpus` (the project's collection of real media) the camera clips are added as they are. A clip's
class is the first word of its name.
"""

import argparse
import math
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import drawing
from drawing import SIZE, WORDS, font, sentence
from PIL import Image, ImageDraw

FPS = 30
SECONDS = 20

CAMERA = {
    "camera-elf": "media/video/elf.mp4",
    "camera-rabbit": "media/video/rabbit320.mp4",
    "camera-bunny": "media/video/bbb_2500ms.ts",
    "camera-nasa": "media/video/nasa_13013.mp4",
}
Frames = Iterator[Image.Image]


def times(seconds: float = SECONDS) -> Iterator[tuple[int, float]]:
    return ((n, n / FPS) for n in range(round(seconds * FPS)))


def slides_fade() -> Frames:
    """Six light slides that fade into each other."""
    rng = random.Random(7)
    figures = ("", "chart", "photo", "code", "", "table")
    slides = [drawing.slide(rng, n + 1, figure=f) for n, f in enumerate(figures)]
    each = SECONDS * FPS // len(slides)
    for n, _ in times():
        k, r = divmod(n, each)
        yield Image.blend(slides[k - 1], slides[k], (r + 1) / 13) if k and r < 12 else slides[k]


def slides_build() -> Frames:
    """Dark slides whose bullets appear one after another, hard cuts."""
    figures = ("diagram", "", "chart", "table")
    shown = []
    for n, figure in enumerate(figures):
        shown += [
            drawing.slide(random.Random(n), n + 1, dark=True, bullets=b, figure=figure) for b in (1, 3, 5)
        ]
    for n, _ in times():
        yield shown[n * len(shown) // (SECONDS * FPS)]


def screen_editor() -> Frames:
    """An editor: smooth and wheel scrolling, typing, another window for a while, a moving pointer."""
    rng = random.Random(11)
    tall, bar, cursor = drawing.editor_text(rng), drawing.side_bar(rng), drawing.pointer()
    other = drawing.slide(rng, 2, figure="chart")
    at, typed = 0, ""
    for n, t in times():
        if 3 <= t < 6 or 11 <= t < 13:
            at += 10 if t < 6 else 26
        elif 8 <= t < 10 and n % 6 == 0:
            at += 72
        if 14 <= t < 17:
            image = other.copy()
        else:
            image = Image.new("RGB", SIZE, (30, 30, 30))
            image.paste(tall.crop((0, at, 1620, at + SIZE[1])), (300, 0))
            image.paste(bar, (0, 0))
            if 6 <= t < 8 or t >= 17:
                typed += rng.choice("abcdefgh_ =()") if n % 4 == 0 else ""
                draw = ImageDraw.Draw(image)
                draw.rectangle((380, 480, 1900, 504), fill=(40, 40, 60))
                draw.text((390, 481), typed[-100:] + "|" * (n % 30 < 15), font=font(19), fill=(240, 240, 240))
        yield _with_pointer(image, cursor, t)


def screen_browser() -> Frames:
    """A page that is read and scrolled, then a terminal that prints."""
    rng = random.Random(12)
    page, cursor = drawing.page(rng), drawing.pointer()
    at, lines = 0.0, []
    for n, t in times():
        if t < 11:
            speed = 24 * max(0.0, math.sin(t * 1.3)) if t > 2 else 0
            at = min(at + speed, page.height - SIZE[1])
            image = page.crop((0, int(at), SIZE[0], int(at) + SIZE[1]))
        else:
            if n % 5 == 0 and t < 17:
                lines.append(f"[{t:7.3f}] {sentence(rng, 9)}")
            image = Image.new("RGB", SIZE, (12, 12, 12))
            draw = ImageDraw.Draw(image)
            for k, line in enumerate(lines[-38:]):
                draw.text((24, 20 + k * 27), line, font=font(21), fill=(190, 220, 190))
        yield _with_pointer(image, cursor, t)


def _with_pointer(image: Image.Image, cursor: Image.Image, t: float) -> Image.Image:
    s = t if t % 4 < 2 else t - t % 4 + 2
    image.paste(cursor, (int(960 + 600 * math.sin(s * 0.9)), int(540 + 300 * math.cos(s * 0.7))), cursor)
    return image


def lecture_corner() -> Frames:
    """The light slides with a small camera picture in the corner."""
    speaker = drawing.Speaker(random.Random(21), (448, 252), noise=4)
    for (_, t), slide in zip(times(), slides_fade(), strict=True):
        image = slide.copy()
        image.paste(speaker.frame(t), (1440, 800))
        yield image


def lecture_side() -> Frames:
    """The dark slides, made smaller, beside a larger camera picture."""
    speaker = drawing.Speaker(random.Random(22), (560, 420), noise=3)
    last, base = None, Image.new("RGB", SIZE, (12, 12, 16))
    for (_, t), slide in zip(times(), slides_build(), strict=True):
        if slide is not last:
            last = slide
            base.paste(slide.resize((1344, 756), Image.Resampling.LANCZOS), (8, 162))
        image = base.copy()
        image.paste(speaker.frame(t), (1354, 330))
        yield image


def animation_pan() -> Frames:
    """Textured figures before a background that pans and zooms, a cut in the middle."""
    rng = random.Random(31)
    scenes = [drawing.texture(rng, (2600, 1500), detail=d) for d in (7, 8)]
    sprites = [drawing.texture(rng, (260, 260), detail=7) for _ in range(5)]
    mask = Image.new("L", (260, 260), 0)
    ImageDraw.Draw(mask).ellipse((4, 4, 256, 256), fill=255)
    for _, t in times(15):
        scene = scenes[0 if t < 8 else 1]
        zoom = 1 + 0.15 * math.sin(t * 0.5)
        w, h = SIZE[0] * zoom, SIZE[1] * zoom
        x, y = (2600 - w) * (0.5 + 0.45 * math.sin(t * 0.35)), (1500 - h) * (0.5 + 0.45 * math.cos(t * 0.3))
        image = scene.resize(SIZE, Image.Resampling.BICUBIC, box=(x, y, x + w, y + h))
        for k, sprite in enumerate(sprites):
            at = (
                830 + 700 * math.sin(t * (0.5 + 0.13 * k) + k),
                410 + 330 * math.cos(t * (0.7 - 0.08 * k) + 2 * k),
            )
            image.paste(
                sprite.rotate(t * (20 + 9 * k), Image.Resampling.BICUBIC), (int(at[0]), int(at[1])), mask
            )
        ImageDraw.Draw(image).text((80, 980), WORDS[int(t) % len(WORDS)], font=font(56), fill="white")
        yield image


DRAWN: dict[str, Callable[[], Frames]] = {
    "slides-fade": slides_fade,
    "slides-build": slides_build,
    "screen-editor": screen_editor,
    "screen-browser": screen_browser,
    "lecture-corner": lecture_corner,
    "lecture-side": lecture_side,
    "animation-pan": animation_pan,
}


def store(frames: Frames, out: Path, ffmpeg: str) -> None:
    colours = ["-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709"]
    argv = [
        ffmpeg,
        "-v",
        "error",
        "-y",
        "-f",
        "rawvideo",
        "-pix_fmt",
        "rgb24",
        "-s",
        "1920x1080",
        "-r",
        str(FPS),
    ]
    argv += ["-i", "-", "-vf", "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p"]
    argv += ["-c:v", "libx264", "-preset", "veryfast", "-crf", "16", "-threads", "2", *colours]
    part = out.with_name("part-" + out.name)
    process = subprocess.Popen([*argv, str(part)], stdin=subprocess.PIPE)
    assert process.stdin is not None
    last, data = None, b""
    for image in frames:
        if image is not last:
            last, data = image, image.tobytes()
        process.stdin.write(data)
    process.stdin.close()
    if process.wait() != 0:
        sys.exit(f"{out.name}: ffmpeg failed")
    part.rename(out)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("out", type=Path)
    parser.add_argument(
        "--corpus", type=Path, help="folder of the corpus of real media, for the camera clips"
    )
    parser.add_argument("--clips", nargs="*", help="only these")
    args = parser.parse_args()
    import imageio_ffmpeg

    args.out.mkdir(parents=True, exist_ok=True)
    for name, frames in DRAWN.items():
        path = args.out / f"{name}.mp4"
        if (not args.clips or name in args.clips) and not path.exists():
            store(frames(), path, imageio_ffmpeg.get_ffmpeg_exe())
            print(f"{name}: {path.stat().st_size / 1000:.0f} kB", flush=True)
    for name, source in CAMERA.items() if args.corpus else ():
        if not args.clips or name in args.clips:
            shutil.copyfile(args.corpus / source, (args.out / name).with_suffix(Path(source).suffix))
            print(name, flush=True)


if __name__ == "__main__":
    main()
