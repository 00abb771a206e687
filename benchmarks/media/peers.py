"""The encode settings that other tools publish, for the largest rendition of a clip. Sound and packaging are left out.

* Opencast, `etc/encoding/adaptive-streaming-movies.properties`: CRF 23, a keyframe every second and no others, a rate
  limit by height. (It also sets every video to 25 pictures a second; that is left out, for it would only lower its
  score.)
* PeerTube, `default-transcoding-profiles.ts`: x264 `veryfast`, no CRF given (23), a keyframe every 2 s, up to 16
  B-frames, a rate limit of 0.10 bit a pixel (0.12 at 480 lines ...) and at most 1.3 times the source's rate.
* Shaka Streamer, `transcoder_node.py` and `bitrate_configuration.py`: preset `slow`, an average bit rate by height, a
  keyframe every 4 s.
* ricecooker (Kolibri), `pressurecooker/videos.py`: CRF 32, preset `slow`, baseline profile, at most 480 lines.
"""

from collections.abc import Callable

from measuring import Clip

Recipe = Callable[[Clip, float | None], list[str]]
"""Gives ffmpeg options. A CRF in place of the peer's own lifts its rate limit, which would keep it from our quality."""

_OPENCAST_KBPS = ((480, 800, 800), (720, 1200, 2400), (1080, 4000, 8000), (2160, 10000, 10000))
_PEERTUBE_BITS = (
    (240, 0.17),
    (360, 0.15),
    (480, 0.12),
    (720, 0.11),
    (1080, 0.10),
    (1440, 0.09),
    (2160, 0.08),
)
_SHAKA_KBPS = (
    (144, 108),
    (240, 242),
    (360, 400),
    (480, 2000),
    (576, 2500),
    (720, 3000),
    (1080, 5000),
    (2160, 17000),
)


def opencast(clip: Clip, crf: float | None) -> list[str]:
    rate, buffer = next(row[1:] for row in _OPENCAST_KBPS if clip.facts.height <= row[0])
    second = round(clip.fps)
    limit = [] if crf else ["-maxrate", f"{rate}k", "-bufsize", f"{buffer}k"]
    keys = ["-x264opts", f"keyint={second}:min-keyint={second}:no-scenecut"]
    return ["-c:v", "libx264", "-crf", f"{crf or 23:g}", *limit, "-profile:v", "high", *keys]


def peertube(clip: Clip, crf: float | None) -> list[str]:
    bits = next(row[1] for row in _PEERTUBE_BITS if clip.facts.height <= row[0])
    pixels = clip.facts.width * clip.facts.height * float(clip.fps)
    own = 8 * clip.path.stat().st_size / clip.seconds
    rate = round(max(0.02 * pixels, min(bits * pixels, 1.3 * own)))
    limit = [] if crf else ["-maxrate", str(rate), "-bufsize", str(2 * rate)]
    shape = ["-preset", "veryfast", "-g", str(round(2 * clip.fps)), "-b_strategy", "1", "-bf", "16"]
    return ["-c:v", "libx264", "-crf", f"{crf or 23:g}", *limit, *shape]


def shaka(clip: Clip, crf: float | None) -> list[str]:
    rate = next(row[1] for row in _SHAKA_KBPS if clip.facts.height <= row[0])
    keys = str(round(4 * clip.fps))
    return ["-c:v", "libx264", "-preset", "slow", "-b:v", f"{rate}k", "-g", keys, "-keyint_min", keys]


def ricecooker(clip: Clip, crf: float | None) -> list[str]:
    return ["-c:v", "libx264", "-profile:v", "baseline", "-crf", "32", "-preset", "slow"]


PEERS: dict[str, Recipe] = {
    "Opencast": opencast,
    "PeerTube": peertube,
    "Shaka": shaka,
    "ricecooker": ricecooker,
}
SCALES = {"ricecooker": "scale=-2:'trunc(min(ih,480)/2)*2'"}
MOVED = ("Opencast", "PeerTube")
"""Peers that are also run at our quality."""
