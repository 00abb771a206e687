"""Scenarist closed captions (.scc): CEA-608 as hexadecimal, decoded by ttconv (imported only here, when used)."""

import logging
import re
from collections.abc import Iterator
from typing import Any

from coursepack.tools.cues import rolling
from coursepack.tools.cues.markup import clean_markup, escape
from coursepack.tools.cues.track import Notes, TimedCue

_MAX_LENGTH = 1 << 19
_LAST_CUE_MS = 5000
# The control codes that start roll-up (two, three, four rows) and paint-on captions, with their parity bits.
_SCROLLS = re.compile(r"\b(?:9425|9426|94a7|9429)\b", re.IGNORECASE)


def sniff(text: str) -> bool:
    """Whether `text` is Scenarist closed captions."""
    return re.match(r"\ufeff?\s*Scenarist_SCC", text) is not None


def read(text: str, notes: Notes) -> list[TimedCue]:
    """The cues, roll-up and paint-on made plain lines; [] when ttconv refuses the file."""
    if len(text) > _MAX_LENGTH:
        notes.add("CP307", limit=f"{_MAX_LENGTH >> 10} KiB", size=f"{len(text) >> 10} KiB")
        return []
    cues = _decode(text.removeprefix("\ufeff"))
    if cues is None:
        notes.add("CP303")
        return []
    cues = [c for c in cues if c.markup]
    return rolling.unroll(rolling.merge_growing(cues)) if _SCROLLS.search(text) else cues


def _decode(text: str) -> list[TimedCue] | None:
    import ttconv.scc.reader

    logger = logging.getLogger("ttconv")
    if not logger.handlers:
        # Its advice about safe areas is not for our users; findings are ours to word.
        logger.addHandler(logging.NullHandler())
        logger.propagate = False
    try:
        body = ttconv.scc.reader.to_model(text).get_body()
        # The model's paragraphs, not ttconv's WebVTT writer, whose time grows with the square of the file.
        return [_cue(p) for division in body or () for p in division]
    except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RuntimeError):
        # A decoder over hostile words documents no errors of its own.
        return None


def _cue(paragraph: Any) -> TimedCue:
    start = round((paragraph.get_begin() or 0) * 1000)
    end = paragraph.get_end()
    markup = clean_markup("".join(_words(paragraph)))[0]
    return TimedCue(start, start + _LAST_CUE_MS if end is None else round(end * 1000), markup)


def _words(element: Any) -> Iterator[str]:
    import ttconv.model
    from ttconv.style_properties import FontStyleType, StyleProperties

    for child in element:
        if isinstance(child, ttconv.model.Br):
            yield "\n"
        elif isinstance(child, ttconv.model.Text):
            yield escape(child.get_text() or "")
        else:
            italic = child.get_style(StyleProperties.FontStyle) is FontStyleType.italic
            inside = "".join(_words(child))
            yield f"<i>{inside}</i>" if italic else inside
