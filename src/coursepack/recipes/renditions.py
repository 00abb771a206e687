"""From joined stretches to the renditions of a video: which are worth keeping, their playlists and facts."""

from pathlib import Path

import msgspec

from coursepack.model.media import Rendition
from coursepack.model.recipe import Work
from coursepack.recipes.chunks import Joined, MadeTrack
from coursepack.tools import cmaf, hls
from coursepack.tools.iframes import playlist_of

IFRAMES = "iframes.m3u8"
_CLEARLY_SMALLER = 0.95


def worth_keeping(joined: Joined) -> Joined:
    """Without rungs that save nothing over the next larger one of their codec."""
    kept: list[MadeTrack] = []
    for track in joined.tracks:
        above = next((k for k in reversed(kept) if k.rung.codec == track.rung.codec), None)
        if above is None or track.size <= _CLEARLY_SMALLER * above.size:
            kept.append(track)
    return msgspec.structs.replace(joined, tracks=tuple(kept))


def hand_in(work: Work, joined: Joined) -> tuple[Rendition, ...]:
    """Adds segments, media playlists and I-frame playlists of every rung; gives their facts."""
    return tuple(_hand_in(work, joined, track) for track in joined.tracks)


def _hand_in(work: Work, joined: Joined, track: MadeTrack) -> Rendition:
    rung = track.rung
    init = joined.files[f"{rung.folder}/{hls.INIT}"]
    work.keep(init.name, init)
    for segment in track.segments:
        file = joined.files[f"{rung.folder}/{segment.name}"]
        work.keep(file.name, file)
    playlist, iframes = f"{rung.folder}/{hls.PLAYLIST}", f"{rung.folder}/{IFRAMES}"
    keys = playlist_of(track.keys)
    work.write(playlist, hls.media_playlist(hls.Track(Path(rung.folder), track.segments)), hls.PLAYLIST_TYPE)
    work.write(iframes, keys.data, hls.PLAYLIST_TYPE)
    name = cmaf.avc_codec if rung.codec == "h264" else cmaf.av1_codec
    return Rendition(
        name=rung.name,
        width=rung.width,
        height=rung.height,
        fps=round(float(rung.fps), 3),
        bandwidth=hls.peak_rate([(s.size, s.duration_s) for s in track.segments]),
        average_bandwidth=hls.rate(track.size, track.duration_s),
        codecs=name(work.blob(init.digest)),
        playlist=playlist,
        size=track.size + init.size,
        codec=rung.codec,
        crf=rung.crf,
        iframes=iframes,
        iframe_bandwidth=keys.bandwidth,
    )
