"""Pictures that stand for media: a poster frame from a video, a cover from a sound file."""

import functools
import io
from importlib.metadata import version as package_version
from pathlib import Path
from typing import TYPE_CHECKING, Final

from coursepack.errors import EnvironmentMissing
from coursepack.model.media import MediaFacts
from coursepack.model.recipe import Work
from coursepack.recipes.faults import limits_for
from coursepack.tools.ffmpeg import Ffmpeg, command, run_ffmpeg, source_input
from coursepack.tools.hls import Track

if TYPE_CHECKING:
    from PIL.Image import Image

POSTER_WIDTH: Final = 1280
_LOOK_S: Final = 120
"""How far into the video a poster may come from; later pictures give the plot away."""
_STRIP: Final = (160, 90)


@functools.cache
def pillow_version() -> str:
    """The installed Pillow, without importing it."""
    return package_version("pillow")


def best_time(ffmpeg: Ffmpeg, work: Work, facts: MediaFacts, small: Path, duration_s: float) -> float:
    """The time in seconds of a frame that is neither black, nor flat, nor blurred; early ones win ties."""
    import ffmpeg as graph

    span = min(duration_s, _LOOK_S)
    step = max(0.5, span / 40)
    width, height = _STRIP
    picture = source_input()["v:0"].filter("fps", fps=f"{1 / step:.6f}", start_time=0, round="up")
    picture = picture.filter("scale", width, height, flags="area+accurate_rnd+bitexact").filter(
        "format", "gray"
    )
    argv = command(ffmpeg, graph.output(picture, "-", format="rawvideo", t=f"{span:.3f}"))
    data = run_ffmpeg(
        argv, limits=limits_for(facts), cancelled=work.cancelled, stdin=small, cwd=work.folder
    ).stdout
    size = width * height
    scores = [interest(data[at : at + size]) for at in range(0, len(data) - size + 1, size)]
    if not scores:
        return 0.0
    # A frame must be clearly better than an earlier one to be taken instead.
    enough = max(scores) * 0.85
    chosen = next(n for n, score in enumerate(scores) if score >= enough)
    return min(chosen * step, max(0.0, duration_s - 0.05))


def interest(gray: bytes) -> float:
    """How much a 160 x 90 grey picture shows: entropy in bits times its share of sharp edges."""
    from PIL import Image, ImageChops, ImageStat

    image = Image.frombytes("L", _STRIP, gray)
    entropy = image.entropy()
    edges = ImageChops.difference(image, ImageChops.offset(image, 1, 0))
    sharpness = ImageStat.Stat(edges).stddev[0]
    return float(entropy * (1 + min(sharpness, 40.0) / 40))


def poster_frame(
    ffmpeg: Ffmpeg, work: Work, facts: MediaFacts, track: Track, at_s: float
) -> tuple[bytes, int, int]:
    """The frame of the rendition `track` at `at_s` as JPEG: (bytes, width, height)."""
    import ffmpeg as graph

    from coursepack.tools.image_encoders import encode_jpeg

    # One segment alone is a complete little file: the rest need not be read.
    start, part = 0.0, track.segments[0]
    for segment in track.segments:
        part = segment
        if start + segment.duration_s > at_s:
            break
        start += segment.duration_s
    piece = work.folder / "poster.mp4"
    piece.write_bytes(track.files()[0].read_bytes() + (track.folder / part.name).read_bytes())
    # ffmpeg counts from the first picture of a file; the frame on show may have begun a little earlier.
    seek = max(0.0, min(at_s - start, part.duration_s - 0.05) - 0.015)
    picture = source_input()["v:0"].filter("select", f"gte(t,{seek:.3f})")
    picture = picture.filter("scale", f"min(iw,{POSTER_WIDTH})", -2, flags="bicubic+accurate_rnd+bitexact")
    options = {"format": "image2pipe", "c:v": "png", "frames:v": 1, "fps_mode": "passthrough"}
    argv = command(ffmpeg, graph.output(picture, "-", **options))
    png = run_ffmpeg(
        argv, limits=limits_for(facts), cancelled=work.cancelled, stdin=piece, cwd=work.folder
    ).stdout
    image = _decoded(png)
    return encode_jpeg(image, flat=False), image.width, image.height


def _decoded(png: bytes) -> "Image":
    from PIL import Image

    if not png:
        raise EnvironmentMissing("no picture came out of a rendition", "this is a bug: please report it")
    with Image.open(io.BytesIO(png), formats=("PNG",)) as image:
        return image.convert("RGB")


def cover_jpeg(ffmpeg: Ffmpeg, work: Work, facts: MediaFacts, index: int) -> bytes:
    """The embedded cover art, stream `index`, as JPEG of at most 1280 pixels. Raises BadImage or ToolFailed."""
    import ffmpeg as graph

    from coursepack.tools import images
    from coursepack.tools.image_encoders import encode_jpeg, resized

    options = {"format": "image2pipe", "c:v": "copy", "frames:v": 1}
    argv = command(ffmpeg, graph.output(source_input()[str(index)], "-", **options))
    raw = run_ffmpeg(
        argv,
        limits=limits_for(facts),
        cancelled=work.cancelled,
        stdin=work.source_path("source"),
        cwd=work.folder,
    ).stdout
    path = work.folder / "cover"
    path.write_bytes(raw)
    picture = images.read(path, images.sniff_file(path), want_width=POSTER_WIDTH)
    image = picture.image.convert("RGB")
    if image.width > POSTER_WIDTH:
        image = resized(image, POSTER_WIDTH)
    return encode_jpeg(image, flat=picture.flat)
