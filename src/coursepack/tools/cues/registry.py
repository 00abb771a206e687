"""The formats, one module each. Content decides; the file's extension only where content does not."""

from collections.abc import Callable

import msgspec

from coursepack.tools.cues import outline, sbv, scc, subrip, substation, ttml, webvtt
from coursepack.tools.cues.track import Notes, TimedCue


class CueFormat(msgspec.Struct, frozen=True):
    """How one format is recognised and read. `title` is its name for people."""

    title: str
    extensions: tuple[str, ...]
    sniff: Callable[[str], bool]
    read: Callable[[str, Notes], list[TimedCue]]


# In the order in which content is tried: formats with a signature before those without.
FORMATS: dict[str, CueFormat] = {
    "webvtt": CueFormat("WebVTT", ("vtt",), webvtt.sniff, webvtt.read),
    "scc": CueFormat("Scenarist SCC", ("scc",), scc.sniff, scc.read),
    "ttml": CueFormat("TTML", ("ttml", "dfxp", "xml"), ttml.sniff, ttml.read),
    "substation": CueFormat("SubStation Alpha", ("ass", "ssa"), substation.sniff, substation.read),
    "sbv": CueFormat("SubViewer", ("sbv",), sbv.sniff, sbv.read),
    "subrip": CueFormat("SubRip", ("srt",), subrip.sniff, subrip.read),
    "outline": CueFormat("chapter list", ("txt",), outline.sniff, outline.read),
}


def recognise(text: str, hint: str) -> str:
    """The key in FORMATS for `text`, or "". `hint` is a file extension, with or without the dot."""
    for name, form in FORMATS.items():
        if form.sniff(text):
            return name
    extension = hint.lower().lstrip(".").rsplit(".", 1)[-1]
    # ".txt" says nothing: prose is not a broken chapter list.
    return next((n for n, f in FORMATS.items() if extension in f.extensions and n != "outline"), "")
