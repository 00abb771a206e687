"""From words with times to cues that can be read: long enough, apart, never past the recording's end."""

from collections.abc import Sequence
from typing import Final

import msgspec

from coursepack.tools.cues.markup import escape
from coursepack.tools.cues.pace import MAX_MS, MIN_MS, pace_of
from coursepack.tools.cues.track import CueTrack, TimedCue
from coursepack.tools.speech.lines import width
from coursepack.tools.speech.script import Passage
from coursepack.tools.speech.spoken import Span

GAP_MS: Final = 80
"""Two frames at 25 a second between cues, so that the eye sees the change."""
_LINGER_MS: Final = 1500
"""How long a cue may stay after its speech for those who read slowly."""
_SOUND_MS: Final = 1500

DRAFT_MARK: Final = "NOTE coursepack-draft"


class Said(msgspec.Struct, frozen=True):
    """The words of one cue and when they are said."""

    text: str
    """Plain, in lines."""
    start_ms: int
    end_ms: int
    voice: str = ""


def aligned(passages: Sequence[Passage], spans: Sequence[Span], duration_ms: int) -> list[Said]:
    """The cues of a script, with `spans` for its phrases in order. Sounds come just before the speech after them."""
    found: list[Said] = []
    waiting: list[Passage] = []
    at = 0
    for passage in passages:
        if passage.is_sound:
            waiting.append(passage)
            continue
        times = spans[at : at + len(passage.phrases)]
        at += len(passage.phrases)
        found += _sounds(waiting, found[-1].end_ms if found else 0, times[0][0])
        waiting.clear()
        found.append(Said(passage.text, times[0][0], times[-1][1], passage.voice))
    return found + _sounds(waiting, found[-1].end_ms if found else 0, duration_ms, last=True)


def _sounds(sounds: Sequence[Passage], begin: int, end: int, *, last: bool = False) -> list[Said]:
    if not sounds:
        return []
    each = max(0, min(_SOUND_MS, (end - begin) // len(sounds)))
    first = begin + GAP_MS if last else end - each * len(sounds)
    return [
        Said(s.text, max(0, first + k * each), max(1, first + (k + 1) * each - GAP_MS), s.voice)
        for k, s in enumerate(sounds)
    ]


def track_of(said: Sequence[Said], language: str, duration_ms: int) -> CueTrack:
    """Clean cues: each stays as long as its words take to read, where there is room before the next."""
    pace = pace_of(language, ())
    cues: list[TimedCue] = []
    for number, one in enumerate(said):
        length = width(one.text) if pace.wide else len(one.text)
        wanted = max(MIN_MS, round(length * 1000 / pace.second))
        after = said[number + 1].start_ms - GAP_MS if number + 1 < len(said) else duration_ms
        end = max(one.end_ms, min(one.start_ms + wanted, one.end_ms + _LINGER_MS))
        end = min(end, max(after, one.start_ms + 1))
        if end - one.start_ms > MAX_MS and one.end_ms - one.start_ms <= MAX_MS:
            end = one.start_ms + MAX_MS
        voice = f"<v {escape(one.voice)}>" if one.voice else ""
        cues.append(TimedCue(one.start_ms, end, voice + escape(one.text)))
    return CueTrack(tuple(cues), format="webvtt", encoding="UTF-8")


def marked_draft(vtt: bytes, made_by: str) -> bytes:
    """A WebVTT file with the note that it is a draft; `made_by` is one line."""
    note = (
        f"{DRAFT_MARK}: {made_by}. Nobody has read it through yet.\n"
        "Correct it against the recording, then delete this note."
    )
    head, _, rest = vtt.partition(b"\n\n")
    return head + b"\n\n" + note.replace("-->", "").encode() + b"\n\n" + rest


def draft_line(data: bytes) -> int:
    """The line of the note that `marked_draft` writes, from 1; 0 where there is none."""
    at = data.find(DRAFT_MARK.encode())
    if at < 0 or (at and data[at - 1 : at] not in (b"\n", b"\r")):
        return 0
    return data.count(b"\n", 0, at) + 1
