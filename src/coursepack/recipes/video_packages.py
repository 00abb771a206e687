"""Renditions of a video as single files: for download, for browsers without HLS, for offline bundles."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import msgspec

from coursepack.model.media import Codec, MediaFacts
from coursepack.model.recipe import Work
from coursepack.recipes.chunks import Joined, MadeTrack, fetch_track
from coursepack.recipes.remux import join_segments, progressive
from coursepack.tools import cmaf, hls
from coursepack.tools.ffmpeg import Ffmpeg

MP4_LINES: Final = 480
MOBILE_LINES: Final = 360


class Packages(msgspec.Struct, frozen=True):
    """See the fields of the same names in `VideoFacts`."""

    mp4: str
    mp4_size: int
    mobile: str
    mobile_size: int
    mobile_av1: str = ""
    mobile_av1_size: int = 0
    mobile_av1_codecs: str = ""


def make_packages(
    ffmpeg: Ffmpeg, work: Work, facts: MediaFacts, joined: Joined, sound: Path | None, *, av1_offline: bool
) -> Packages:
    """Adds the files: nothing is encoded again."""
    mp4 = nearest(joined.tracks, MP4_LINES)
    mobile = nearest(joined.tracks, MOBILE_LINES)
    av1 = nearest(joined.tracks, MOBILE_LINES, "av1") if av1_offline else None
    sizes: dict[str, int] = {}
    for track in (mp4, mobile, av1):
        if track is not None and track.rung.name not in sizes:
            sizes[track.rung.name] = _make(ffmpeg, work, facts, joined, track, sound)
    if mp4 is None or mobile is None:
        raise AssertionError("every video has H.264 renditions")
    names = {name: f"{name}.mp4" for name in sizes}
    first = mp4.rung.name, mobile.rung.name
    made = Packages(names[first[0]], sizes[first[0]], names[first[1]], sizes[first[1]])
    if av1 is None:
        return made
    init = joined.files[f"{av1.rung.folder}/{hls.INIT}"]
    codecs = cmaf.av1_codec(work.blob(init.digest)) + (f",{hls.AAC_LC}" if sound else "")
    name = av1.rung.name
    return msgspec.structs.replace(
        made, mobile_av1=names[name], mobile_av1_size=sizes[name], mobile_av1_codecs=codecs
    )


def nearest(tracks: Sequence[MadeTrack], lines: int, codec: Codec = "h264") -> MadeTrack | None:
    """The rendition of `codec` nearest to `lines`; of two equally near the smaller one: cheaper to fetch."""
    known = [t for t in tracks if t.rung.codec == codec]
    return min(known, key=lambda t: (abs(t.rung.lines - lines), t.rung.lines), default=None)


def _make(
    ffmpeg: Ffmpeg, work: Work, facts: MediaFacts, joined: Joined, track: MadeTrack, sound: Path | None
) -> int:
    whole = join_segments(fetch_track(work, joined, track), work.folder / "joined.mp4")
    out = progressive(ffmpeg, work, facts, whole, sound, work.folder / f"{track.rung.name}.mp4")
    size = out.stat().st_size
    work.add(out.name, out, "video/mp4")
    return size
