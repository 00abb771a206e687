"""What the packets of a video tell without being decoded. Imported by the probing child alone."""

import math
from collections.abc import Iterable
from itertools import islice, pairwise
from typing import Any, Final

import av
import msgspec
from av.container import InputContainer

from coursepack.model.media import StreamFacts

MOST_KEYFRAMES: Final = 20_000
_MOST_PACKETS: Final = 2_000_000
_MOST_BYTES: Final = 1 << 30
"""Of a file that is read through: a second or two."""
_SEEK_MS: Final = 120_000
_BACK_S: Final = 60
"""How far before the wanted time a keyframe may lie: more would have to be decoded for nothing."""
_BEFORE_END_S: Final = 5
_EVEN_S: Final = 0.001_5
"""Containers that count milliseconds round each time to the nearest one."""
_PACED_PACKETS: Final = 1000
_AHEAD_S: Final = 0.9
"""How long before it is shown a keyframe may be decoded: stretches are sought a second before they begin."""
_REORDERED: Final = 20
"""Pictures that may be decoded before the one in whose place they are shown; H.264 and HEVC allow 16."""
_MOST_TRIED: Final = 2000
_PLAIN: Final = ("yuv420p", "yuvj420p")


def is_indexed(container: InputContainer) -> bool:
    """Whether this is a format with an index of its keyframes: MP4, QuickTime, Matroska, WebM."""
    return container.format.name.startswith(("mov,", "matroska"))


def seekable(container: InputContainer, video: StreamFacts, duration_ms: int) -> bool:
    """See `MediaFacts.seekable`: sought in the middle and near the end, as ffmpeg will. Moves the reading position."""
    if duration_ms <= _SEEK_MS or not is_indexed(container):
        return False
    if not _found_in_time(container, video.index):
        return False
    middle_s, late_s = duration_ms / 2000, duration_ms / 1000 - _BEFORE_END_S
    try:
        return all(_found(container, video.index, at_s) for at_s in (middle_s, late_s))
    except av.FFmpegError:
        return False


def _found_in_time(container: InputContainer, index: int) -> bool:
    """Whether seeking by decoding times, as in MP4, finds pictures that are shown by then or a second later at most.

    A picture after a long gap may have to be decoded long before it is shown.
    """
    stream = container.streams[index]
    if container.format.name.startswith("matroska"):
        return True
    if stream.frames == 0:
        # In fragments: what lies ahead is not in the index yet.
        return 0 < (container.size or 0) <= _MOST_BYTES and _in_time(container.demux(stream))
    base = float(stream.time_base or 0)
    entries = [(e.timestamp * base, e.is_keyframe) for e in islice(stream.index_entries, _MOST_PACKETS)]
    ahead = [at for at, _ in entries[_REORDERED:]] + [entries[-1][0]] * _REORDERED
    slow = [at for (at, key), then in zip(entries, ahead, strict=False) if key and then - at > _AHEAD_S]
    if len(slow) > _MOST_TRIED:
        return False
    for at in slow:
        # A little later: libav shifts what it is asked for by the first picture's delay.
        container.seek(round((at + _AHEAD_S) / base), stream=stream)
        if not _in_time(islice(container.demux(stream), 1)):
            return False
    return True


def _in_time(packets: Iterable[Any]) -> bool:
    keys = (p for p in packets if p.is_keyframe and p.pts is not None and p.dts is not None)
    return all((p.pts - p.dts) * p.time_base <= _AHEAD_S for p in keys)


def _found(container: InputContainer, index: int, at_s: float) -> bool:
    start_s = (container.start_time or 0) / 1_000_000
    container.seek(round((at_s + start_s) * 1_000_000))
    for packet in container.demux(container.streams[index]):
        if packet.pts is None:
            return False
        shown_s = float(packet.pts * packet.time_base) - start_s
        return packet.is_keyframe and at_s - _BACK_S <= shown_s <= at_s
    return False


def with_keyframes(container: InputContainer, video: StreamFacts) -> StreamFacts:
    """`video` with `bit_rate`, `constant_rate` and `keyframe_ms`, where its packets might be used as they are."""
    plain = video.codec == "h264" and video.pixel_format in _PLAIN and not video.interlaced
    if not plain or not is_indexed(container) or not 0 < (container.size or 0) <= _MOST_BYTES:
        return video
    try:
        container.seek(0)
        return _counted(container, video)
    except av.FFmpegError:
        # Damaged further on: nothing to use as it is.
        return video


def _counted(container: InputContainer, video: StreamFacts) -> StreamFacts:
    start_s = (container.start_time or 0) / 1_000_000
    times: list[float] = []
    keyframes: list[int] = []
    size, entry_s, closed = 0, -math.inf, True
    for packet in container.demux(container.streams[video.index]):
        if packet.pts is None:
            # The empty packet at the end; a real one without a time cannot be placed.
            if packet.size:
                return video
            continue
        shown_s = float(packet.pts * packet.time_base) - start_s
        times.append(shown_s)
        size += packet.size
        if packet.is_keyframe:
            keyframes.append(round(shown_s * 1000))
            entry_s = shown_s
        # Shown before the keyframe that it is decoded after: it leans on the group before.
        closed = closed and shown_s >= entry_s
        if len(times) > _MOST_PACKETS or len(keyframes) > MOST_KEYFRAMES:
            return video
    changes: dict[str, Any] = {}
    length_s = _length_s(times)
    if length_s > 0:
        changes["bit_rate"] = round(size * 8 / length_s)
        if is_even(times):
            changes |= {"constant_rate": True, "keyframe_ms": tuple(keyframes) if closed else ()}
    return msgspec.structs.replace(video, **changes)


def _length_s(times: list[float]) -> float:
    return (max(times) - min(times)) * len(times) / (len(times) - 1) if len(times) > 1 else 0.0


def is_even(times: list[float]) -> bool:
    """Whether pictures shown at `times` (seconds, any order) come at a constant rate, give or take the rounding."""
    ordered = sorted(times)
    if len(ordered) < 2:
        return False
    step = (ordered[-1] - ordered[0]) / (len(ordered) - 1)
    return step > 0 and all(abs(b - a - step) <= _EVEN_S for a, b in pairwise(ordered))


def quickest_rate(container: InputContainer, index: int) -> float:
    """How many pictures a second there are where they come quickest, by the first packets; 0: cannot be told.

    libav's own guess counts fields, or ticks that no picture uses, where a container counts in milliseconds.
    """
    times: list[float] = []
    for packet in container.demux(container.streams[index]):
        if packet.pts is not None:
            times.append(float(packet.pts * packet.time_base))
        if len(times) >= _PACED_PACKETS:
            break
    steps = sorted(b - a for a, b in pairwise(sorted(times)) if b - a > _EVEN_S)
    if not steps:
        return 0.0
    # Not the very first: one stray time stamp is not a rate.
    quick = steps[len(steps) // 50]
    alike = [s for s in steps if abs(s - quick) <= max(_EVEN_S, quick / 5)]
    return len(alike) / sum(alike)
