"""HLS (RFC 8216 and its second edition): media playlists, read back and written."""

import math
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

import msgspec

PLAYLIST_TYPE: Final = "application/vnd.apple.mpegurl"
SEGMENT_TYPE: Final = "video/iso.segment"
INIT: Final = "init.mp4"
PLAYLIST: Final = "index.m3u8"
SEGMENTS: Final = "seg-%05d.m4s"
AAC_LC: Final = "mp4a.40.2"


class Segment(msgspec.Struct, frozen=True):
    """One media segment as its playlist says, with its size on disk."""

    name: str
    duration_s: float
    size: int


class Track(msgspec.Struct, frozen=True):
    """One media playlist and its files, all in `folder`."""

    folder: Path
    segments: tuple[Segment, ...]

    @property
    def duration_s(self) -> float:
        """The sum of its segments."""
        return sum(s.duration_s for s in self.segments)

    @property
    def size(self) -> int:
        """Bytes of its segments and its initialisation section."""
        return sum(s.size for s in self.segments) + (self.folder / INIT).stat().st_size

    @property
    def peak(self) -> int:
        """The peak segment bit rate in bit/s, see `peak_rate`."""
        return peak_rate([(s.size, s.duration_s) for s in self.segments])

    @property
    def average(self) -> int:
        """Bit/s over all segments."""
        return rate(sum(s.size for s in self.segments), self.duration_s)

    def files(self) -> list[Path]:
        """Initialisation section and segments in playing order: joined, they are one fragmented MP4."""
        return [self.folder / INIT, *(self.folder / s.name for s in self.segments)]


def rate(size: int, seconds: float) -> int:
    """Bit/s of `size` bytes in that time, rounded up."""
    return math.ceil(size * 8 / seconds) if seconds > 0 else 0


def peak_rate(segments: Sequence[tuple[int, float]]) -> int:
    """Bit/s of the densest run of segments (size, seconds) that lasts half to one and a half target durations
    (RFC 8216, section 4.1): a last segment of an instant says nothing about what a line must carry.
    """
    target = target_s(d for _, d in segments)
    peak = 0
    for first in range(len(segments)):
        size, seconds = 0, 0.0
        for more_bytes, more_s in segments[first:]:
            size, seconds = size + more_bytes, seconds + more_s
            if seconds > 1.5 * target:
                break
            if seconds >= 0.5 * target:
                peak = max(peak, rate(size, seconds))
    return peak or rate(sum(n for n, _ in segments), sum(d for _, d in segments))


def target_s(durations_s: Iterable[float]) -> int:
    """The target duration: at least every duration rounded to the nearest integer (section 4.3.3.1)."""
    return max([1, *(int(d + 0.5) for d in durations_s)])


def muxer_options(segment_s: float | str, folder: str = "") -> dict[str, Any]:
    """For ffmpeg's muxer: CMAF segments that end at the first keyframe after every `segment_s` seconds.

    The output is the media playlist; `folder` is where its files go, as the muxer must be told ("v360/").
    """
    return {
        "f": "hls",
        "hls_time": segment_s,
        "hls_list_size": 0,
        "hls_playlist_type": "vod",
        "hls_segment_type": "fmp4",
        "hls_fmp4_init_filename": INIT,
        "hls_segment_filename": f"{folder}{SEGMENTS}",
        "start_number": 1,
    }


def read_track(folder: Path) -> Track:
    """Reads the media playlist that ffmpeg wrote into `folder`."""
    listed = read_playlist((folder / PLAYLIST).read_text("utf-8"))
    return Track(folder, tuple(Segment(n, d, (folder / n).stat().st_size) for n, d in listed))


def read_playlist(text: str) -> list[tuple[str, float]]:
    """(name, seconds) of every segment of a media playlist of ours."""
    found: list[tuple[str, float]] = []
    duration = 0.0
    for line in text.splitlines():
        if line.startswith("#EXTINF:"):
            duration = float(line[8:].split(",")[0])
        elif line and not line.startswith("#"):
            found.append((line, duration))
    return found


def playlist_head(durations_s: Iterable[float]) -> list[str]:
    """The first lines of a finished media playlist of fMP4 segments, version 7."""
    return [
        "#EXTM3U",
        "#EXT-X-VERSION:7",
        f"#EXT-X-TARGETDURATION:{target_s(durations_s)}",
        "#EXT-X-MEDIA-SEQUENCE:1",
        "#EXT-X-PLAYLIST-TYPE:VOD",
        "#EXT-X-INDEPENDENT-SEGMENTS",
        f'#EXT-X-MAP:URI="{INIT}"',
    ]


def media_playlist(track: Track) -> bytes:
    """The media playlist of a finished track."""
    lines = playlist_head(s.duration_s for s in track.segments)
    for s in track.segments:
        lines += [f"#EXTINF:{s.duration_s:.6f},", s.name]
    return ("\n".join([*lines, "#EXT-X-ENDLIST"]) + "\n").encode()


def whole_file_playlist(uri: str, duration_s: float) -> bytes:
    """The media playlist of a track that is one file for the whole time: captions (section 3.5)."""
    lines = [
        "#EXTM3U",
        "#EXT-X-VERSION:7",
        f"#EXT-X-TARGETDURATION:{target_s([duration_s])}",
        "#EXT-X-MEDIA-SEQUENCE:1",
        "#EXT-X-PLAYLIST-TYPE:VOD",
        f"#EXTINF:{duration_s:.3f},",
        uri,
        "#EXT-X-ENDLIST",
    ]
    return ("\n".join(lines) + "\n").encode()
