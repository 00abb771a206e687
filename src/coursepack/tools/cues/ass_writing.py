"""A track as Advanced SubStation Alpha, for editors such as Aegisub: times in hundredths of a second."""

import re

from coursepack.tools.cues.markup import unescape
from coursepack.tools.cues.placement import numpad_settings
from coursepack.tools.cues.track import CueTrack, TimedCue

_HEAD = """[Script Info]
ScriptType: v4.00+
WrapStyle: 2
PlayResX: 1280
PlayResY: 720

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, OutlineColour, BackColour, Bold, Italic, BorderStyle, Outline, Alignment, MarginV
Style: Default,Sans,48,&H00FFFFFF,&H00000000,&H80000000,0,0,1,2,2,40

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
"""
_PLACES = {numpad_settings(n): n for n in range(9, 0, -1)}
_WHOLE = re.compile(r"<v ([^>]*)>((?:(?!<v ).)*)</v>", re.DOTALL)
_TAG = re.compile(r"<(/?)([a-z]+) ?([^>]*)>")


def write_ass(track: CueTrack, language: str = "") -> bytes:
    """UTF-8 with LF. The speaker of a whole cue is its Name; of a part, `Name: ` in front."""
    return (_HEAD + "".join(map(_dialogue, track.cues))).encode()


def _dialogue(cue: TimedCue) -> str:
    whole = _WHOLE.fullmatch(cue.markup)
    name = unescape(whole[1]).replace(",", " ") if whole else ""
    place = _PLACES.get(cue.settings, 2)
    text = (f"{{\\an{place}}}" if place != 2 else "") + _text(whole[2] if whole else cue.markup)
    # A cue of a moment must not end where it begins.
    start = round(cue.start_ms / 10)
    end = max(start + 1, round(cue.end_ms / 10))
    return f"Dialogue: 0,{_clock(start)},{_clock(end)},Default,{name},0,0,0,,{text}\n"


def _clock(hundredths: int) -> str:
    seconds, rest = divmod(hundredths, 100)
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:02}"


def _text(markup: str) -> str:
    out: list[str] = []
    at = 0
    for match in _TAG.finditer(markup):
        out += [_words(markup[at : match.start()]), _switch(match[2], match[3], closing=bool(match[1]))]
        at = match.end()
    return "".join([*out, _words(markup[at:])]).replace("\n", "\\N")


def _words(markup: str) -> str:
    # libass and Aegisub show `\{`; a backslash before a letter is kept from being a command by a word joiner.
    text = re.sub(r"\\(?=[Nnh{}])", "\\\\\u2060", unescape(markup))
    return text.replace("{", "\\{").replace("}", "\\}")


def _switch(name: str, annotation: str, *, closing: bool) -> str:
    if name in ("b", "i", "u"):
        return f"{{\\{name}{0 if closing else 1}}}"
    if name == "rt":
        return ")" if closing else "("
    return f"{_words(annotation)}: " if name == "v" and not closing else ""
