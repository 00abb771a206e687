"""What stands for a video before it plays: its poster, its thumbnails, where its scenes change.

All of it comes from the small pictures that the encoding took along, and one segment of the top rendition.
"""

import msgspec

from coursepack.model.media import MediaFacts
from coursepack.model.recipe import Work
from coursepack.recipes import scenes, thumbnails
from coursepack.recipes.chunks import Joined, collect, fetch_track
from coursepack.recipes.encode import STRIP_FILE, THUMBNAIL_FILE, THUMBNAIL_LINES
from coursepack.recipes.poster import best_time, poster_frame
from coursepack.tools.ffmpeg import Ffmpeg


class Showcase(msgspec.Struct, frozen=True):
    """Names are of files of the artefact; `changes` are times in ms."""

    poster: str
    poster_width: int
    poster_height: int
    thumbnails: str
    changes: tuple[int, ...]


def make_showcase(
    ffmpeg: Ffmpeg, work: Work, facts: MediaFacts, joined: Joined, duration_ms: int
) -> Showcase:
    """Adds the poster and the thumbnails."""
    strip = scenes.read_strip(collect(work, joined, STRIP_FILE, work.folder / STRIP_FILE))
    changes = scenes.changes(strip)
    top = joined.tracks[0]
    at_s = best_time(strip, changes, top.duration_s)
    # One segment alone is a complete little file: the rest need not be fetched.
    start = 0.0
    chosen = top.segments[0]
    for chosen in top.segments:
        if start + chosen.duration_s > at_s:
            break
        start += chosen.duration_s
    piece = fetch_track(work, joined, top, only=chosen.name)
    poster, width, height = poster_frame(ffmpeg, work, facts, piece, max(0.0, at_s - start))
    work.write("poster.jpg", poster, "image/jpeg")
    return Showcase("poster.jpg", width, height, _thumbnails(work, facts, joined, duration_ms), changes)


def _thumbnails(work: Work, facts: MediaFacts, joined: Joined, duration_ms: int) -> str:
    path = collect(work, joined, THUMBNAIL_FILE, work.folder / THUMBNAIL_FILE)
    width = thumbnails.width(facts.width, facts.height)
    count = path.stat().st_size // (3 * width * THUMBNAIL_LINES)
    interval = thumbnails.interval_s(facts.duration_ms)
    sheets, vtt = thumbnails.sprites(path, width, count, duration_ms, interval)
    for sheet in sheets:
        work.write(sheet.name, sheet.data, sheet.media_type)
    work.write("thumbnails.vtt", vtt, "text/vtt")
    return "thumbnails.vtt"
