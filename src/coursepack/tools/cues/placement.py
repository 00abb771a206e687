"""WebVTT cue settings: kept when valid, rewritten in one order (WebVTT, section 4.4 and "parse the cue settings")."""

import re

_PERCENT = re.compile(r"[0-9]+(?:\.[0-9]+)?%")
_INTEGER = re.compile(r"-?[0-9]{1,4}")
_ORDER = ("vertical", "line", "position", "size", "align")
_ALIGN = {"start", "center", "end", "left", "right"}
_LINE_ALIGN = {"start", "center", "end"}
_POSITION_ALIGN = {"line-left", "center", "line-right"}


def parse_settings(text: str) -> tuple[str, tuple[str, ...]]:
    """(canonical settings, settings that were dropped). The last valid value of a name wins.

    `region` is always dropped: regions are styling by the author, and browsers but one ignore them.
    """
    kept: dict[str, str] = {}
    dropped: list[str] = []
    for word in text.split():
        name, colon, value = word.partition(":")
        clean = _clean_value(name, value) if colon else ""
        if clean:
            kept[name] = clean
        else:
            dropped.append(word)
    return join_settings(kept), tuple(dropped)


def join_settings(settings: dict[str, str]) -> str:
    """A settings list in the one order that we write."""
    return " ".join(f"{name}:{settings[name]}" for name in _ORDER if name in settings)


def _clean_value(name: str, value: str) -> str:
    """The value as written out, or "" when it is not valid."""
    if name == "vertical":
        return value if value in {"rl", "lr"} else ""
    if name == "align":
        return value if value in _ALIGN else ""
    if name == "size":
        return _percent(value)
    if name == "position":
        return _with_alignment(value, _POSITION_ALIGN, numbers=False)
    if name == "line":
        return _with_alignment(value, _LINE_ALIGN, numbers=True)
    return ""


def _with_alignment(value: str, alignments: set[str], *, numbers: bool) -> str:
    place, comma, alignment = value.partition(",")
    if comma and alignment not in alignments:
        return ""
    clean = _percent(place)
    if not clean and numbers and _INTEGER.fullmatch(place):
        clean = str(int(place))
    return clean + comma + alignment if clean else ""


def _percent(value: str) -> str:
    if not _PERCENT.fullmatch(value):
        return ""
    number = float(value[:-1])
    return f"{round(number, 2):g}%" if number <= 100 else ""


def numpad_settings(place: int) -> str:
    """Settings for an ASS `\\an` alignment (numeric key pad: 8 is top centre). Bottom centre is the default, ""."""
    settings: dict[str, str] = {}
    if place in (7, 8, 9):
        settings["line"] = "0"
    elif place in (4, 5, 6):
        settings["line"] = "50%"
    if place in (1, 4, 7):
        settings["align"] = "left"
    elif place in (3, 6, 9):
        settings["align"] = "right"
    return join_settings(settings)
