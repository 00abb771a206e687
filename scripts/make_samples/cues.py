"""Cue files from one script: WebVTT, SRT, ASS and SBV, lines broken by the published numbers.

At most 16 full-width characters or 42 letters a line, two lines, 5/6 s to 7 s a cue, and between cues
either two frames or at least half a second.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

CHAIN_MS = 80
LONGEST_MS = 7000


@dataclass(frozen=True)
class Cue:
    """Times in milliseconds; `text` may hold one newline."""

    start_ms: int
    end_ms: int
    text: str


def chained(starts_ends: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Cue times for clips that sound from start to end: short gaps are closed to two frames."""
    times = []
    for n, (start, end) in enumerate(starts_ends):
        follows = starts_ends[n + 1][0] if n + 1 < len(starts_ends) else end + 600
        close = follows - CHAIN_MS
        stop = close if follows - end <= 1000 and close - start <= LONGEST_MS else end + 250
        if not 833 <= stop - start <= LONGEST_MS or 90 < follows - stop < 500:
            raise SystemExit(f"cue {n + 1} at {start} ms: shown {stop - start} ms, gap {follows - stop} ms")
        times.append((start, stop))
    return times


def width(text: str) -> float:
    """Full-width characters count 1, others half."""
    return sum(1 if unicodedata.east_asian_width(c) in "WFA" else 0.5 for c in text)


def broken(text: str, language: str) -> str:
    """`text` in one or two lines, at the best place: after punctuation, else near the middle."""
    wide = language.startswith(("zh", "yue"))
    text = text.rstrip("。") if wide else text
    limit = 16 if wide else 42
    size = width if wide else len
    if size(text) <= limit:
        return text
    places = _chinese_places(text) if wide else [m.start() for m in re.finditer(" ", text)]
    fits = [p for p in places if size(text[:p]) <= limit and size(text[p:].strip()) <= limit]
    if not fits:
        raise SystemExit(f"too long for two lines ({language}): {text}")

    def cost(p: int) -> float:
        pause = 0 if text[p - 1] in "，。！？：；、,.!?:;" else (9 if wide else 12)
        return abs(size(text[:p]) - size(text[p:])) + pause

    best = min(fits, key=cost)
    return text[:best].strip() + "\n" + text[best:].strip()


def _chinese_places(text: str) -> list[int]:
    closing = "，。！？：；、”」）"
    return [
        i
        for i in range(1, len(text))
        if text[i] not in closing and not (text[i - 1] + text[i]).isascii() and text[i - 1] not in "“「（"
    ]


def _stamp(ms: int, point: str) -> str:
    return f"{ms // 3600000:02}:{ms // 60000 % 60:02}:{ms // 1000 % 60:02}{point}{ms % 1000:03}"


def vtt(cues: list[Cue], note: str = "") -> str:
    """WebVTT."""
    head = "WEBVTT\n\n" + (f"NOTE {note}\n\n" if note else "")
    return head + "\n".join(
        f"{_stamp(c.start_ms, '.')} --> {_stamp(c.end_ms, '.')}\n{c.text}\n" for c in cues
    )


def srt(cues: list[Cue]) -> str:
    """SubRip."""
    return "\n".join(
        f"{n}\n{_stamp(c.start_ms, ',')} --> {_stamp(c.end_ms, ',')}\n{c.text}\n"
        for n, c in enumerate(cues, 1)
    )


def sbv(cues: list[Cue]) -> str:
    """YouTube SBV."""
    return "\n".join(f"{_stamp(c.start_ms, '.')[1:]},{_stamp(c.end_ms, '.')[1:]}\n{c.text}\n" for c in cues)


_ASS_HEAD = """[Script Info]
Title: {title}
ScriptType: v4.00+
WrapStyle: 0
PlayResX: 720
PlayResY: 1280

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding
Style: Default,Noto Sans CJK SC,40,&H00FFFFFF,&H000000FF,&H00000000,&H80000000,0,0,0,0,100,100,0,0,1,2,0,2,30,30,40,1

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
"""


def ass(cues: list[Cue], title: str) -> str:
    """Advanced SubStation Alpha; its clock counts hundredths."""
    lines = [_ASS_HEAD.format(title=title)]
    for c in cues:
        start, end = (_stamp(t // 10 * 10, ".")[1:-1] for t in (c.start_ms, c.end_ms))
        text = c.text.replace("\n", "\\N")
        lines.append(f"Dialogue: 0,{start},{end},Default,,0,0,0,,{text}\n")
    return "".join(lines)
