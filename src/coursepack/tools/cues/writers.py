"""Tracks in the formats that others read: one function each. WebVTT's own is `writing.write_vtt`.

What a format has no place for is left out; `lost` tells what, by reading the written file again.
"""

import re
from collections.abc import Callable

import msgspec

from coursepack.tools.cues.ass_writing import write_ass
from coursepack.tools.cues.markup import voices_of, words_of
from coursepack.tools.cues.placement import numpad_settings
from coursepack.tools.cues.reading import read_cues
from coursepack.tools.cues.track import CueTrack, TimedCue
from coursepack.tools.cues.transcript import paragraphs
from coursepack.tools.cues.ttml_writing import write_ttml
from coursepack.tools.cues.writing import plain_cues, write_vtt

_PLACES = {numpad_settings(n): n for n in range(9, 0, -1)}
_VOICE = re.compile(r"<v ([^>]*)>")


class CueWriter(msgspec.Struct, frozen=True):
    """How one format is written: UTF-8, LF. `title` is its name for people."""

    title: str
    extension: str
    write: Callable[[CueTrack, str], bytes]
    readable: bool = True
    """Whether it is a caption format that can be read again."""


def _vtt(track: CueTrack, language: str) -> bytes:
    return write_vtt(track)


def write_srt(track: CueTrack, language: str = "") -> bytes:
    """SubRip with a counter from 1, `<i> <b> <u>`, `{\\an8}` for places, `Name: ` in front where somebody else speaks."""
    blocks = []
    for number, cue in enumerate(track.cues, 1):
        place = _PLACES.get(cue.settings, 2)
        text = (f"{{\\an{place}}}" if place != 2 else "") + srt_text(cue.markup)
        blocks.append(f"{number}\n{_comma(cue.start_ms)} --> {_comma(cue.end_ms)}\n{text}\n")
    return "\n".join(blocks).encode()


def srt_text(markup: str) -> str:
    """Clean markup as SubRip's text."""
    text = _VOICE.sub(r"\1: ", markup).replace("</v>", "")
    text = text.replace("<rt>", "(").replace("</rt>", ")")
    text = re.sub(r"</?(?:ruby|lang)\b[^>]*>", "", text)
    # There is no escape in SubRip, but readers take `&lt;` for what it is; a bare "<" would begin a tag.
    return text.replace("&gt;", ">").replace("&amp;", "&") if "&lt;" not in text else text


def _comma(ms: int) -> str:
    seconds, milli = divmod(ms, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02},{milli:03}"


def write_sbv(track: CueTrack, language: str = "") -> bytes:
    """SubViewer as YouTube reads it: plain words, `Name: ` in front."""
    blocks = [f"{sbv_time(cue.start_ms)},{sbv_time(cue.end_ms)}\n{plain_text(cue)}\n" for cue in track.cues]
    return "\n".join(blocks).encode()


def sbv_time(ms: int) -> str:
    """`h:mm:ss.mmm`."""
    seconds, milli = divmod(ms, 1000)
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}.{milli:03}"


def plain_text(cue: TimedCue) -> str:
    """The words of a cue, each speaker's on lines of their own with the name in front."""
    voices = voices_of(cue.markup)
    if not any(name for name, _ in voices):
        return words_of(cue.markup)
    return "\n".join(f"{name}: {words}" if name else words for name, words in voices)


def write_txt(track: CueTrack, language: str = "") -> bytes:
    """A transcript: paragraphs of plain words, with who speaks, without times."""
    found = paragraphs(plain_cues(track), (), language)
    lines = [f"{p.voice}: {p.text}" if p.voice else p.text for p in found]
    return ("\n\n".join(lines) + "\n").encode()


WRITERS: dict[str, CueWriter] = {
    "vtt": CueWriter("WebVTT", "vtt", _vtt),
    "srt": CueWriter("SubRip", "srt", write_srt),
    "ttml": CueWriter("TTML", "ttml", write_ttml),
    "ass": CueWriter("SubStation Alpha", "ass", write_ass),
    "sbv": CueWriter("SubViewer", "sbv", write_sbv),
    "txt": CueWriter("plain text", "txt", write_txt, readable=False),
}


class Loss(msgspec.Struct, frozen=True):
    """What a format could not hold: how often, and the mend that tells of what and what became of it."""

    count: int
    mend: str


def lost(track: CueTrack, data: bytes, name: str) -> tuple[Loss, ...]:
    """What of `track` is not in the file `data` that was written of it in the format `name`."""
    if not WRITERS[name].readable:
        return (Loss(len(track.cues), "lost-times"),) if track.cues else ()
    back, _ = read_cues(data, format_hint=WRITERS[name].extension, language="", path="")
    found = (
        Loss(_changed(track, back, lambda cue: cue.settings), "lost-positions"),
        Loss(_fewer(track, back, "<v "), "lost-speakers"),
        Loss(_fewer(track, back, "<ruby>"), "lost-ruby"),
        Loss(sum(_fewer(track, back, tag) for tag in ("<i>", "<b>", "<u>")), "lost-emphasis"),
        Loss(_fewer(track, back, "<lang "), "lost-languages"),
    )
    return tuple(loss for loss in found if loss.count > 0)


def _fewer(track: CueTrack, back: CueTrack, tag: str) -> int:
    return sum(c.markup.count(tag) for c in track.cues) - sum(c.markup.count(tag) for c in back.cues)


def _changed(track: CueTrack, back: CueTrack, of: Callable[[TimedCue], str]) -> int:
    pairs = zip(track.cues, back.cues, strict=False)
    return sum(1 for before, after in pairs if of(before) and of(after) != of(before))
