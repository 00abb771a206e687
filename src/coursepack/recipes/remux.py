"""From finished streams to other packages of the same bytes: nothing is encoded again."""

import shutil
from pathlib import Path

from coursepack.model.media import MediaFacts
from coursepack.model.recipe import Work
from coursepack.recipes.faults import limits_for
from coursepack.recipes.ladder import SEGMENT_S
from coursepack.tools.ffmpeg import BITEXACT, Ffmpeg, command, own_input, run_ffmpeg, source_input
from coursepack.tools.hls import INIT, PLAYLIST, SEGMENTS, Track, read_track


def join_segments(track: Track, out: Path) -> Path:
    """The track as one fragmented MP4: initialisation section and segments, one after the other."""
    with out.open("wb") as f:
        for part in track.files():
            with part.open("rb") as g:
                shutil.copyfileobj(g, f, 1 << 20)
    return out


def segment_sound(ffmpeg: Ffmpeg, work: Work, facts: MediaFacts, sound: Path, folder: Path) -> Track:
    """The AAC file as HLS segments in `folder`."""
    import ffmpeg as graph

    folder.mkdir(parents=True)
    options = {
        **BITEXACT,
        "c": "copy",
        "f": "hls",
        "hls_time": SEGMENT_S,
        "hls_list_size": 0,
        "hls_playlist_type": "vod",
        "hls_segment_type": "fmp4",
        "hls_fmp4_init_filename": INIT,
        "hls_segment_filename": SEGMENTS,
        "start_number": 1,
    }
    argv = command(ffmpeg, graph.output(source_input()["a:0"], PLAYLIST, **options))
    run_ffmpeg(argv, limits=limits_for(facts), cancelled=work.cancelled, stdin=sound, cwd=folder)
    return read_track(folder)


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
