"""From an opened libav container to `MediaFacts`. Imported by the probing child alone."""

import re
import struct
from fractions import Fraction
from typing import Any, cast

import av
from av.container import InputContainer
from av.stream import Disposition

from coursepack.model.media import ChapterFacts, MediaFacts, StreamFacts, StreamKind
from coursepack.tools.packets import quickest_rate, seekable, with_keyframes

# Of AVColorTransferCharacteristic (ITU-T H.273).
_TRANSFERS = {
    1: "bt709",
    6: "smpte170m",
    13: "iec61966-2-1",
    14: "bt2020-10",
    15: "bt2020-12",
    16: "smpte2084",
    18: "arib-std-b67",
}
_MATRICES = {
    0: "gbr",
    1: "bt709",
    4: "fcc",
    5: "bt470bg",
    6: "smpte170m",
    7: "smpte240m",
    8: "ycgco",
    9: "bt2020nc",
    10: "bt2020c",
}
_PRIMARIES = {1: "bt709", 5: "bt470bg", 6: "smpte170m", 9: "bt2020", 11: "smpte431", 12: "smpte432"}
_PROGRESSIVE = (0, 1)
_CLOCK = re.compile(r"(\d{1,4}):(\d\d):(\d\d(?:\.\d{1,12})?)")
"""How Matroska's tags write the end of a stream."""
_CLOCK_MAY_JUMP = 0x200
"""libav's AVFMT_TS_DISCONT."""
# Formats whose header says nothing true about the duration: libav estimates it from the bit rate.
_GUESSED = ("mp3", "aac", "amr", "ac3", "eac3", "mpegvideo", "h264", "hevc", "m4v", "flv", "mpegts", "mpeg")
_SCAN_PACKETS = 4_000_000
_FIRST_FRAME_PACKETS = 400
_FRAMES = 4
"""Looked at for fields: a recording may begin with a progressive picture."""
# Of MP4 sample entries; with a base picture for others the same codecs are called hvc1, hev1, av01.
_DOLBY_TAGS = ("dvh1", "dvhe", "dav1", "dva1", "dvav")


def facts_of(container: InputContainer) -> MediaFacts:
    """Reads the headers, the first frame of the chosen video, and, where the header is silent, all packets."""
    streams = [_stream(container, s) for s in container.streams]
    video, audio = choose_video(streams), choose_audio(streams)
    if video >= 0:
        streams[video] = _paced(container, _seen(container, streams[video]))
    length_ms = (container.duration or 0) // 1000
    if length_ms <= 0 or container.format.name in _GUESSED or _implausible(container, length_ms):
        scanned = _scan(container, [i for i in (video, audio) if i >= 0])
        streams = [_with_duration(s, scanned.get(s.index, s.duration_ms)) for s in streams]
        ends = [streams[i].start_ms + scanned[i] for i in scanned]
        length_ms = max(ends, default=max(0, length_ms))
    else:
        length_ms = _played_ms(container, [i for i in (video, audio) if i >= 0], length_ms)
    can_seek = video >= 0 and seekable(container, streams[video], length_ms)
    if video >= 0:
        streams[video] = with_keyframes(container, streams[video])
    width, height = displayed(streams[video]) if video >= 0 else (0, 0)
    return MediaFacts(
        container=container.format.name,
        duration_ms=length_ms,
        streams=tuple(streams),
        chapters=_chapters(container),
        width=width,
        height=height,
        video=video,
        audio=audio,
        seekable=can_seek,
    )


def _played_ms(container: InputContainer, wanted: list[int], length_ms: int) -> int:
    """`length_ms` from the first to the last of the `wanted` streams: without a late start that Matroska counts in,
    and without captions that go on for longer.
    """
    ends = [_end_ms(container, container.streams[i]) for i in wanted]
    return min(length_ms, max(ends)) if ends and min(ends) > 0 else length_ms


def _end_ms(container: InputContainer, s: Any) -> int:
    """When a stream ends, from the start of the file; 0: not said."""
    file_start_ms = (container.start_time or 0) // 1000
    if s.duration is not None and s.time_base is not None:
        return _ms((s.start_time or 0) + s.duration, s.time_base) - file_start_ms
    said = _CLOCK.fullmatch(s.metadata.get("DURATION", ""))
    if said is None:
        return 0
    hours, minutes, seconds = said.groups()
    return round(1000 * (3600 * int(hours) + 60 * int(minutes) + float(seconds))) - file_start_ms


def choose_video(streams: list[StreamFacts]) -> int:
    """The video to show: never cover art; the default one, else the largest; -1: none."""
    found = [s for s in streams if s.kind == "video" and not s.attached_picture and s.codec and s.width > 0]
    if not found:
        return -1
    return max(found, key=lambda s: (s.default, s.width * s.height, -s.index)).index


def choose_audio(streams: list[StreamFacts]) -> int:
    """The audio to play: the default one, else the first that can be decoded; -1: none."""
    found = [s for s in streams if s.kind == "audio" and s.codec and s.channels > 0]
    return max(found, key=lambda s: (s.default, -s.index)).index if found else -1


def displayed(s: StreamFacts) -> tuple[int, int]:
    """Width and height on the screen: pixels made square (the wider side grows), then turned."""
    num, den = s.sample_aspect
    width, height = (s.width * num / den, s.height) if num >= den else (s.width, s.height * den / num)
    size = max(1, round(width)), max(1, round(height))
    return (size[1], size[0]) if s.rotation in (90, 270) else size


def _start_ms(s: Any, container: InputContainer) -> int:
    """When a stream begins, from the start of the file."""
    if s.start_time is None or s.time_base is None or container.start_time is None:
        return 0
    return max(0, round(float(s.start_time * s.time_base * 1000)) - container.start_time // 1000)


def _stream(container: InputContainer, s: Any) -> StreamFacts:
    kind = cast(StreamKind, s.type if s.type in ("video", "audio", "subtitle", "attachment") else "data")
    context = s.codec_context
    start_ms, end_ms = _start_ms(s, container), _end_ms(container, s)
    common: dict[str, Any] = {
        "index": s.index,
        "kind": kind,
        "codec": context.codec.canonical_name if context is not None else "",
        "language": "" if s.language in (None, "und") else s.language,
        "default": bool(s.disposition & Disposition.default),
        "attached_picture": bool(s.disposition & (Disposition.attached_pic | Disposition.timed_thumbnails)),
        "forced": bool(s.disposition & Disposition.forced),
        "hearing_impaired": bool(s.disposition & (Disposition.hearing_impaired | Disposition.captions)),
        "duration_ms": _ms(s.duration, s.time_base) or max(0, end_ms - start_ms),
        "start_ms": start_ms,
        "lag_ms": start_ms if container.format.flags & _CLOCK_MAY_JUMP else 0,
    }
    if context is None:
        return StreamFacts(**common)
    if kind == "video":
        common |= _video(s, context)
    elif kind == "audio":
        common |= {"sample_rate": context.sample_rate or 0, "channels": context.channels or 0}
    return StreamFacts(**common)


def _video(s: Any, context: Any) -> dict[str, Any]:
    picture = context.format
    aspect = s.sample_aspect_ratio or Fraction(1)
    return {
        "width": context.width,
        "height": context.height,
        "sample_aspect": _aspect(aspect),
        "fps": float(frame_rate(s.base_rate, s.average_rate, s.guessed_rate)),
        "frames": s.frames,
        "pixel_format": picture.name if picture else "",
        "bit_depth": picture.components[0].bits if picture and picture.components else 8,
        **_colours(context),
        "alpha": _has_alpha(picture) or s.metadata.get("alpha_mode") == "1",
        "interlaced": context.field_order not in _PROGRESSIVE,
    }


def _has_alpha(picture: Any) -> bool:
    return bool(picture and (picture.has_palette or any(c.is_alpha for c in picture.components)))


def _aspect(aspect: Fraction) -> tuple[int, int]:
    # Beyond 1:4 it is a broken header, not a picture.
    sane = aspect > 0 and Fraction(1, 4) <= aspect <= 4
    return (aspect.numerator, aspect.denominator) if sane else (1, 1)


_STANDARD = tuple(
    Fraction(rate)
    for rate in [
        "5",
        "6",
        "15/2",
        "8",
        "10",
        "12",
        "25/2",
        "15",
        "24000/1001",
        "24",
        "25",
        "30000/1001",
        "30",
        "48",
        "50",
        "60000/1001",
        "60",
    ]
)


def frame_rate(base: Fraction | None, average: Fraction | None, guessed: Fraction | None) -> Fraction:
    """A constant rate that keeps the motion: at most 60, at least 5 frames a second, a standard one where near.

    `base` is libav's smallest rate that holds all time stamps (useless when it is the clock of the container),
    `average` counts frames. A screen recording has a low average and must keep its base rate.
    """
    rates = [r for r in (base, guessed, average) if r and r > 0]
    if not rates:
        return Fraction(25)
    rate = next((r for r in rates if r <= 61), None)
    if rate is None:
        fastest = average if average and average > 0 else rates[0]
        # High-speed footage: every second or fourth frame keeps even steps.
        rate = next((fastest / n for n in (2, 4, 8) if fastest / n <= 61), Fraction(60))
    near = min(_STANDARD, key=lambda s: abs(s - rate))
    if abs(near - rate) <= near / 200:
        return near
    return min(max(rate, Fraction(5)), Fraction(60)).limit_denominator(1001)


def _seen(container: InputContainer, s: StreamFacts) -> StreamFacts:
    """`s` with what only decoded frames tell: how it must be turned, its true size, whether it is made of fields."""
    stream = container.streams[s.index]
    context = cast(Any, stream.codec_context)
    context.thread_count = 1
    frames: list[Any] = []
    try:
        for n, packet in enumerate(container.demux(stream)):
            frames += cast(Any, packet.decode())
            if len(frames) >= (1 if s.interlaced else _FRAMES) or n > _FIRST_FRAME_PACKETS:
                break
    except av.FFmpegError:
        # The whole decoding comes later and reports it.
        pass
    return _from_frames(s, context, frames) if frames else s


def _from_frames(s: StreamFacts, context: Any, frames: list[Any]) -> StreamFacts:
    import msgspec

    frame = frames[0]
    side = {d.type.name: bytes(d) for d in frame.side_data}
    rotation, mirrored = orientation(frame.rotation, side.get("DISPLAYMATRIX", b""))
    said = _colours(frame)
    kept = {k: v for k in ("transfer", "matrix", "primaries") if (v := said[k] or getattr(s, k))}
    locked = "DOVI_RPU_BUFFER" in side or (context.codec_tag or "") in _DOLBY_TAGS
    changes: dict[str, Any] = {
        **kept,
        "rotation": rotation,
        "mirrored": mirrored,
        "interlaced": s.interlaced or any(f.interlaced_frame for f in frames),
        "alpha": s.alpha or _has_alpha(frame.format),
        "dolby_only": locked and "transfer" not in kept,
        "profile": context.profile or "",
        "level": max(0, context.level or 0),
        "bit_rate": context.bit_rate or 0,
    }
    if (frame.width, frame.height) != (s.width, s.height):
        changes |= {"width": frame.width, "height": frame.height}
    return msgspec.structs.replace(s, **changes)


def orientation(anticlockwise: float, matrix: bytes) -> tuple[int, bool]:
    """(degrees clockwise that the picture must be turned, whether it is mirrored too) by libav's display matrix.

    Odd angles count as upright: ffmpeg then turns the picture inside its frame, and the size stays.
    """
    near = round(-anticlockwise / 90) * 90
    turn = near % 360 if abs(-anticlockwise - near) < 1 else 0
    if len(matrix) != 36:
        return turn, False
    a, b, _, c, d = struct.unpack("=5i", matrix[:20])
    return turn, a * d - b * c < 0


def _colours(said: Any) -> dict[str, str]:
    """Transfer, matrix and primaries of a codec context or a frame; "" for what it does not say."""
    return {
        "transfer": _TRANSFERS.get(said.color_trc, ""),
        "matrix": _MATRICES.get(said.colorspace, ""),
        "primaries": _PRIMARIES.get(said.color_primaries, ""),
    }


def _paced(container: InputContainer, s: StreamFacts) -> StreamFacts:
    """`s` with a truer rate, where libav's guess is about twice what its pictures need, or is only their mean."""
    import msgspec

    average = cast(Any, container.streams[s.index]).average_rate
    standard = any(abs(float(rate) - s.fps) < 0.001 for rate in _STANDARD)
    if standard and average and s.fps <= 1.5 * average <= 92:
        return s
    try:
        container.seek(0)
        quickest = quickest_rate(container, s.index)
    except av.FFmpegError:
        return s
    if not (0 < quickest < 0.75 * s.fps or (not standard and quickest > 1.2 * s.fps)):
        return s
    return msgspec.structs.replace(s, fps=float(frame_rate(None, None, Fraction(quickest))))


def _implausible(container: InputContainer, length_ms: int) -> bool:
    # Less than 40 bit/s over the whole file: no header tells the truth there.
    size = container.size or 0
    return size > 0 and length_ms > 60_000 and size * 8000 / length_ms < 40


def _scan(container: InputContainer, wanted: list[int]) -> dict[int, int]:
    """Duration in ms of each wanted stream by its packets' times, nothing decoded."""
    from_ms: dict[int, float] = {}
    to_ms: dict[int, float] = {}
    if not wanted:
        return {}
    try:
        container.seek(0)
    except av.FFmpegError:
        return {}
    try:
        for n, packet in enumerate(container.demux([container.streams[i] for i in wanted])):
            if packet.pts is None or n > _SCAN_PACKETS:
                continue
            start = float(packet.pts * packet.time_base * 1000)
            end = start + float((packet.duration or 0) * packet.time_base * 1000)
            i = packet.stream_index
            from_ms[i] = min(start, from_ms.get(i, start))
            to_ms[i] = max(end, to_ms.get(i, end))
    except av.FFmpegError:
        # Damaged further on: what was read is what there is.
        pass
    return {i: round(to_ms[i] - from_ms[i]) for i in to_ms}


def _with_duration(s: StreamFacts, duration_ms: int) -> StreamFacts:
    import msgspec

    return msgspec.structs.replace(s, duration_ms=duration_ms)


def _chapters(container: InputContainer) -> tuple[ChapterFacts, ...]:
    found = []
    for c in container.chapters():
        start, end = _ms(c["start"], c["time_base"]), _ms(c["end"], c["time_base"])
        found.append(ChapterFacts(start, max(start, end), c["metadata"].get("title", "").strip()[:500]))
    return tuple(sorted(found, key=lambda c: c.start_ms))


def _ms(value: int | None, base: Fraction | None) -> int:
    return 0 if value is None or base is None else max(0, round(float(value * base * 1000)))
