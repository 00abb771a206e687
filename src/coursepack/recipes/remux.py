"""From finished streams to other packages of the same bytes: nothing is encoded again."""

import shutil
from pathlib import Path

from coursepack.model.media import MediaFacts
from coursepack.model.recipe import Work
from coursepack.recipes.faults import limits_for
from coursepack.tools.ffmpeg import BITEXACT, Ffmpeg, command, own_input, run_ffmpeg, source_input
from coursepack.tools.hls import Track


def join_segments(track: Track, out: Path) -> Path:
    """The track as one fragmented MP4: initialisation section and segments, one after the other."""
    with out.open("wb") as f:
        for part in track.files():
            with part.open("rb") as g:
                shutil.copyfileobj(g, f, 1 << 20)
    return out


def progressive(
    ffmpeg: Ffmpeg, work: Work, facts: MediaFacts, joined: Path, sound: Path | None, out: Path
) -> Path:
    """Picture and sound as one MP4 whose index comes first, so that it plays while it is loaded."""
    import ffmpeg as graph

    streams = [source_input()["v:0"]]
    if sound is not None:
        streams.append(own_input(sound)["a:0"])
    options = {**BITEXACT, "c": "copy", "movflags": "+faststart", "f": "mp4"}
    argv = command(ffmpeg, graph.output(*streams, out.name, **options))
    run_ffmpeg(argv, limits=limits_for(facts), cancelled=work.cancelled, stdin=joined, cwd=out.parent)
    return out
