"""What readers can follow: the published numbers for captions, and how a cue is measured by them.

Line length and reading speed by language: Netflix Timed Text Style Guides; durations, lines and gaps: their general
requirements. Words a minute: BBC subtitle guidelines (160 to 180), DCMP Captioning Key (120 to 160 by level). Wide
characters count one, narrow ones half in Chinese, Japanese and Korean.
"""

import unicodedata

import msgspec

from coursepack.tools.cues.markup import words_of
from coursepack.tools.cues.track import TimedCue

MIN_MS = 833
"""Five sixths of a second."""
MAX_MS = 7000
MAX_LINES = 2
GAP_FRAMES = 2
FRAME_MS = 40.0
"""Length of a frame where the video's is not known: 25 frames a second."""
CHAIN_MS = 500
"""Gaps from two frames to this flicker: close them to two frames."""
MOST_WORDS_A_MINUTE = 180
EASY_WORDS_A_MINUTE = 160
_CHILD_SPEED = 17


class Pace(msgspec.Struct, frozen=True):
    """Characters in a line, characters in a second; `wide`: count by East Asian width."""

    line: int
    second: int
    wide: bool = False


_PACES = {
    "zh": Pace(16, 9, True),
    "yue": Pace(16, 9, True),
    "cmn": Pace(16, 9, True),
    "ja": Pace(13, 4, True),
    "ko": Pace(16, 12, True),
}
_ENGLISH = Pace(42, 20)
_ENGLISH_CHILDREN = Pace(42, _CHILD_SPEED)
_OTHER = Pace(42, 17)


def pace_of(language: str, cues: tuple[TimedCue, ...], *, children: bool = False) -> Pace:
    """The limits for `language`; for "" by whether the text is Chinese."""
    base = language.lower().split("-")[0]
    if not base:
        text = "".join(words_of(c.markup) for c in cues[:200])
        wide = sum(1 for c in text if "\u3040" <= c <= "\u9fff" or "\uac00" <= c <= "\ud7af")
        base = "zh" if wide * 3 > len(text) else "en"
    english = _ENGLISH_CHILDREN if children else _ENGLISH
    return _PACES.get(base, english if base == "en" else _OTHER)


def length(text: str, pace: Pace) -> float:
    """Characters of `text` as `pace` counts them."""
    if not pace.wide or text.isascii():
        return len(text) / 2 if pace.wide else len(text)
    return sum(1 if unicodedata.east_asian_width(c) in "WF" else 0.5 for c in text)


def longest_line(words: str, pace: Pace) -> float:
    """Length of the longest line of plain `words`."""
    return max(length(line, pace) for line in words.split("\n"))


def reading_length(words: str, pace: Pace) -> float:
    """Characters that count for the time it takes to read plain `words`."""
    text = words.replace("\n", "" if pace.wide else " ")
    return length(text.replace(" ", "") if pace.wide else text, pace)


def reading_ms(words: str, pace: Pace) -> int:
    """The shortest time in which plain `words` can be read."""
    return max(MIN_MS, -int(-reading_length(words, pace) * 1000 // pace.second))


def gap_ms(frame_ms: float) -> int:
    """Two frames, in whole milliseconds."""
    return round(GAP_FRAMES * frame_ms)
