"""Where the bytes of a video lie, second by second: read without decoding, so that the whole file can be looked at.

An encoder spends little on a still picture and much on motion and detail. So the sizes of the packets tell where a
look at the pictures is worth the decoding, and which stretches are like the rest.
"""

import contextlib
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Final

import msgspec

from coursepack.model.media import MediaFacts
from coursepack.recipes.faults import LONGEST_MS, limits_for
from coursepack.tools.ffmpeg import Ffmpeg, command, source_input
from coursepack.tools.process import ToolFailed, run

_LONGEST_S: Final = LONGEST_MS // 1000


class Second(msgspec.Struct):
    """What a second of the video holds."""

    key_bytes: int = 0
    other_bytes: int = 0
    """Of packets that are no keyframes: motion, more than anything."""
    key_ms: int = -1
    """Time of its first keyframe; -1: it has none."""

    @property
    def all_bytes(self) -> int:
        """Of all its packets."""
        return self.key_bytes + self.other_bytes


def read_timeline(
    ffmpeg: Ffmpeg, facts: MediaFacts, source: Path, cancelled: Callable[[], bool]
) -> list[Second]:
    """The seconds of the video to show, from the start of the file; as far as the file can be read."""
    import ffmpeg as graph

    node = source_input()[str(facts.streams[facts.video].index)]
    argv = command(ffmpeg, graph.output(node, "-", format="framecrc", **{"c:v": "copy"}), file_times=True)
    reader = TimelineReader()
    # What was read before the damage is as good as any.
    with contextlib.suppress(ToolFailed):
        run(argv, limits=limits_for(facts), cancelled=cancelled, stdin=source, on_line=reader.line)
    return reader.seconds


class TimelineReader:
    """Sums up the lines of ffmpeg's framecrc muxer: `stream, dts, pts, duration, size, checksum[, F=flags]`."""

    def __init__(self) -> None:
        self.seconds: list[Second] = []
        self._base = Fraction(1, 1000)

    def line(self, text: str) -> None:
        """Takes one line; what is none of the above is left alone."""
        if text.startswith("#tb 0:"):
            self._base = Fraction(text.partition(":")[2].strip())
            return
        fields = [f.strip() for f in text.split(",")]
        if len(fields) < 6 or not fields[2].isdigit() or not fields[4].isdigit():
            return
        time = int(fields[2]) * self._base
        if time >= _LONGEST_S:
            return
        while len(self.seconds) <= time:
            self.seconds.append(Second())
        second = self.seconds[int(time)]
        # The muxer writes the flags of a packet only where they differ from a keyframe's.
        if len(fields) > 6 and fields[6].startswith("F="):
            second.other_bytes += int(fields[4])
            return
        second.key_bytes += int(fields[4])
        at_ms = int(time * 1000)
        second.key_ms = at_ms if second.key_ms < 0 else min(second.key_ms, at_ms)
