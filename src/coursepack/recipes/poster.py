"""Pictures that stand for media: a poster frame from a video, a cover from a sound file."""

import functools
import io
from collections.abc import Sequence
from importlib.metadata import version as package_version
from typing import TYPE_CHECKING, Final

from coursepack.errors import EnvironmentMissing
from coursepack.model.media import MediaFacts
from coursepack.model.recipe import Work
from coursepack.recipes.encode import STRIP_FPS
from coursepack.recipes.faults import limits_for
from coursepack.recipes.scenes import Picture, Strip
from coursepack.tools.ffmpeg import Ffmpeg, command, run_ffmpeg, source_input
from coursepack.tools.hls import Track

if TYPE_CHECKING:
    from PIL.Image import Image

POSTER_WIDTH: Final = 1280
_SHORTEST_LOOK_S: Final = 4
_LOOK_S: Final = 120
"""How far into the video a poster may come from; later pictures give the plot away."""
_AS_GOOD: Final = 0.85
_JUST_CHANGED: Final = 0.95
_SHARP: Final = 0.12
"""Share of pixels at edges of a full slide or a sharp photo; more is not better."""
_VARIED: Final = 3.0
"""Bits a pixel of a picture with something on it: text on paper has 1 to 3, a photo 6 to 7."""
_MOTION: Final = 0.1


@functools.cache
def pillow_version() -> str:
    """The installed Pillow, without importing it."""
    return package_version("pillow")


def best_time(strip: Strip, changes: Sequence[int], duration_s: float) -> float:
    """The time in seconds of a frame that is neither black, nor blank, nor blurred, nor amid a change.

    From the first two minutes, of shorter videos from the first half; early ones win ties. Where nothing of all this
    is there, the least bad one.
    """
    span_s = min(_LOOK_S, max(duration_s / 2, min(duration_s, _SHORTEST_LOOK_S)))
    # The very last picture may be half gone, or belong to what was cut off.
    count = min(int(span_s * STRIP_FPS) + 1, len(strip.pictures) - 1)
    pictures = strip.pictures[: max(1, count)]
    if not pictures:
        return 0.0
    fresh = {ms * STRIP_FPS // 1000 for ms in changes}
    scores = [
        interest(p) * _calm(strip, n) * (_JUST_CHANGED if n in fresh else 1) for n, p in enumerate(pictures)
    ]
    # A frame must be clearly better than an earlier one to be taken instead.
    enough = max(scores) * _AS_GOOD
    chosen = next(n for n, score in enumerate(scores) if score >= enough)
    return max(0.0, min(chosen / STRIP_FPS, duration_s - 0.05))


def interest(picture: Picture) -> float:
    """How much a picture shows, 0 to 1: edges above all, since a blur has many grey levels but none of them."""
    if picture.blank:
        return 0.0
    sharp = min(1.0, picture.sharpness / _SHARP)
    return float(sharp**0.5 * min(1.0, picture.entropy / _VARIED) ** 0.5)


def _calm(strip: Strip, n: int) -> float:
    """1 for a picture like those before and after it, less amid a fade or fast motion."""
    pictures = strip.pictures
    after = pictures[n + 1].difference if n + 1 < len(pictures) else 0.0
    before = pictures[n].difference if n else 0.0
    # The first picture after a cut is whole; one that turns into something else in two steps is a mixture.
    return 1 / (1 + min(before, after) / _MOTION)


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
