"""SubStation Alpha and Advanced SubStation Alpha (.ssa, .ass).

An own reader of the few parts that captions need: pysubs2 1.8 takes fields by position instead of by the Format
line, gives up on the whole file at one bad time, and knows no line numbers.
"""

import re

from coursepack.tools.cues.markup import escape
from coursepack.tools.cues.placement import numpad_settings
from coursepack.tools.cues.track import Notes, TimedCue, shown

_TIME = re.compile(r"([0-9]{1,3}):([0-9]{1,2}):([0-9]{1,2})[.:,]([0-9]{1,3})")
_SNIFF = re.compile(
    r"^(\ufeff?\[script info\]|dialogue:[^\n]*,[0-9]+:[0-9]{2}:[0-9]{2}[.:])", re.IGNORECASE | re.MULTILINE
)
_BLOCK = re.compile(r"\{([^{}]*)\}")
_BRACES = ("\ue0f0", "\ue0f1")
_SWITCH = re.compile(r"([biu])(-?[0-9]+)?")
_EVENT_FIELDS = {
    "ass": "layer,start,end,style,name,marginl,marginr,marginv,effect,text",
    "bare": "layer,start,end,style,name,text",
}
# The old numbering of \a and of [V4 Styles]: 1-3 bottom, +4 top, +8 middle.
_LEGACY = {1: 1, 2: 2, 3: 3, 5: 7, 6: 8, 7: 9, 9: 4, 10: 5, 11: 6}


class _Style:
    def __init__(self, fields: dict[str, str], *, legacy: bool) -> None:
        number = int(fields["alignment"]) if fields.get("alignment", "").isdigit() else 2
        self.place = _LEGACY.get(number, 2) if legacy else number
        self.italic = fields.get("italic", "0") not in ("0", "")


def sniff(text: str) -> bool:
    """Whether `text` is SSA or ASS, also without its sections."""
    return _SNIFF.search(text[:200_000]) is not None


def read(text: str, notes: Notes) -> list[TimedCue]:
    """The dialogue of an SSA or ASS file, in file order. The Name field becomes the speaker."""
    section, styles, cues = "", dict[str, _Style](), list[TimedCue]()
    formats: dict[str, list[str]] = {}
    wrap_style = ""
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        if line.startswith("["):
            section = line.strip().strip("[]").lower()
            continue
        key, colon, value = line.partition(":")
        key = key.strip().lower()
        if not colon:
            continue
        if key == "wrapstyle":
            wrap_style = value.strip()
        elif key == "format":
            formats[section] = [name.strip().lower() for name in value.split(",")]
        elif key == "style":
            fields = _fields(value, formats.get(section, []))
            styles[fields.get("name", "").strip()] = _Style(fields, legacy=section == "v4 styles")
        elif key == "dialogue":
            names = formats.get("events") or _guess_fields(value)
            cue = _dialogue(_fields(value, names), styles, number, hard_n=wrap_style == "2")
            if cue is None:
                notes.add("CP310", number, text=shown(line))
            elif cue.markup:
                cues.append(cue)
    return cues


def _fields(value: str, names: list[str]) -> dict[str, str]:
    parts = value.split(",", max(0, len(names) - 1))
    return {name: part if name == "text" else part.strip() for name, part in zip(names, parts, strict=False)}


def _guess_fields(value: str) -> list[str]:
    """Dialogue lines cut out of a file, without their Format line."""
    words = value.split(",", 9)
    margins = len(words) == 10 and all(w.strip().isdigit() for w in words[5:8])
    return _EVENT_FIELDS["ass" if margins else "bare"].split(",")


def _dialogue(
    fields: dict[str, str], styles: dict[str, _Style], line: int, *, hard_n: bool
) -> TimedCue | None:
    start, end = _ms(fields.get("start", "")), _ms(fields.get("end", ""))
    if start is None or end is None or "text" not in fields:
        return None
    style = styles.get(fields.get("style", "").lstrip("*")) or styles.get("Default")
    text = (
        fields["text"].replace(r"\N", "\n").replace(r"\n", "\n" if hard_n else " ").replace(r"\h", "\u00a0")
    )
    markup, place = tags_from_overrides(text, escaped=True)
    if not markup.strip():
        return TimedCue(start, end, "", line=line)
    if style and style.italic:
        markup = f"<i>{markup}</i>"
    voice = fields.get("name", "")
    if voice:
        markup = f"<v {escape(voice)}>{markup}</v>"
    return TimedCue(
        start, end, markup, settings=numpad_settings(place or (style.place if style else 2)), line=line
    )


def _ms(text: str) -> int | None:
    match = _TIME.fullmatch(text.strip())
    if match is None or int(match[2]) > 59 or int(match[3]) > 59:
        return None
    seconds = (int(match[1]) * 60 + int(match[2])) * 60 + int(match[3])
    return seconds * 1000 + int(match[4].ljust(3, "0"))


def tags_from_overrides(text: str, *, escaped: bool = False) -> tuple[str, int]:
    """(markup, last `\\an` place or 0): italic, bold and underline switches become tags, the rest of `{...}` goes.

    With `escaped` the text is ASS: every `{...}` goes, drawings too, and "<" is only a character. Without, it is
    SubRip, where only `{\\...}` is an override and "<i>" is a tag.
    """
    out: list[str] = []
    place, at, drawing = 0, 0, False
    if escaped and "\\{" in text:
        # libass shows these two as the braces themselves.
        text = text.replace("\\{", _BRACES[0]).replace("\\}", _BRACES[1])
    for match in _BLOCK.finditer(text):
        inside = match[1]
        if not escaped and not inside.startswith("\\"):
            continue
        if not drawing:
            out.append(escape(text[at : match.start()]) if escaped else text[at : match.start()])
        at = match.end()
        for command in inside.split("\\")[1:]:
            tag, new_place, new_drawing = _command(command.strip())
            out.append(tag)
            place = new_place or place
            drawing = (new_drawing if new_drawing is not None else drawing) and escaped
    if not drawing:
        out.append(escape(text[at:]) if escaped else text[at:])
    markup = "".join(out)
    return (markup.replace(_BRACES[0], "{").replace(_BRACES[1], "}") if escaped else markup), place


def _command(command: str) -> tuple[str, int, bool | None]:
    """(tag to write, place or 0, drawing switched on or off) of one override command."""
    switch = _SWITCH.fullmatch(command)
    if switch:
        on = switch[2] not in (None, "0")
        return f"<{switch[1]}>" if on else f"</{switch[1]}>", 0, None
    if re.fullmatch(r"p[0-9]+", command):
        return "", 0, command != "p0"
    if re.fullmatch(r"an[1-9]", command):
        return "", int(command[2:]), None
    if re.fullmatch(r"a[0-9]{1,2}", command):
        return "", _LEGACY.get(int(command[1:]), 0), None
    return "", 0, None
