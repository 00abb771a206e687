"""Plain chapter lists, as people write them below a video: `00:00 Opening`, one a line."""

import re

from coursepack.tools.cues.markup import escape
from coursepack.tools.cues.track import LAST_MS, Notes, TimedCue, shown

_ENTRY = re.compile(
    r"[ \t]*(?:[-*•][ \t]+)?[(\[]?(?:([0-9]{1,3}):)?([0-9]{1,3}):([0-5][0-9])(?:\.([0-9]{1,3}))?[)\]]?[ \t:.\-–—]+(\S.*)"
)


def sniff(text: str) -> bool:
    """Whether most lines of `text` are a time and a title."""
    lines = [line for line in text[:200_000].split("\n") if line.strip()]
    entries = sum(1 for line in lines if "-->" not in line and _ENTRY.fullmatch(line[:500]))
    return entries > 0 and entries * 2 > len(lines)


def read(text: str, notes: Notes) -> list[TimedCue]:
    """Chapters that each last until the next; the last one has no known end and is given the longest possible."""
    found: list[tuple[int, str, int]] = []
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        match = _ENTRY.fullmatch(line[:500])
        if match:
            found.append((_ms(match), match[5].strip(), number))
        elif line.strip():
            notes.add("CP314", number, text=shown(line))
    found.sort(key=lambda entry: entry[0])
    ends = [start for start, _, _ in found[1:]] + [LAST_MS]
    return [
        TimedCue(start, end, escape(title), line=number)
        for (start, title, number), end in zip(found, ends, strict=False)
    ]


def _ms(match: re.Match[str]) -> int:
    hours, minutes, seconds, fraction = match[1], match[2], match[3], match[4]
    total = ((int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)) * 1000
    return total + int((fraction or "0").ljust(3, "0"))
