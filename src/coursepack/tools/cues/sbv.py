"""SubViewer as YouTube writes it (.sbv): `0:00:01.000,0:00:02.500`, text, blank line."""

import re

from coursepack.tools.cues.track import Notes, TimedCue, joined_blocks, note_joined, shown

_TIME = r"([0-9]{1,3}):([0-5]?[0-9]):([0-5]?[0-9])\.([0-9]{1,3})"
TIMES = re.compile(rf"[ \t]*{_TIME},[ \t]*{_TIME}[ \t]*")
_LIKE_TIMES = re.compile(
    r"[ \t]*[0-9]{1,3}:[0-9]{1,2}:[^ \t]{1,12},[ \t]*[0-9]{1,3}:[0-9]{1,2}:[^ \t]{1,12}[ \t]*"
)
_BREAK = re.compile(r"\[br\]", re.IGNORECASE)


def sniff(text: str) -> bool:
    """Whether `text` has a line of SubViewer times."""
    return any(TIMES.fullmatch(line) for line in text.split("\n", 5000)[:5000] if len(line) < 100)


def read(text: str, notes: Notes) -> list[TimedCue]:
    """The cues of a SubViewer file, in file order."""
    lines = text.removeprefix("\ufeff").split("\n")
    heads = [n for n, line in enumerate(lines) if len(line) < 100 and _LIKE_TIMES.fullmatch(line)]
    cues: list[TimedCue] = []
    joined: list[tuple[int, str]] = []
    for n, line in enumerate(lines[: heads[0]] if heads else lines):
        if line.strip():
            notes.add("CP314", n + 1, text=shown(line))
            break
    for n, end in zip(heads, [*heads[1:], len(lines)], strict=False):
        match = TIMES.fullmatch(lines[n])
        if match is None:
            notes.add("CP310", n + 1, text=shown(lines[n]))
            continue
        body = [line.strip() for line in lines[n + 1 : end]]
        words = "\n".join(body)
        joined += joined_blocks(body, n + 2)
        cues.append(
            TimedCue(_ms(match.groups()[:4]), _ms(match.groups()[4:]), _BREAK.sub("\n", words), line=n + 1)
        )
    note_joined(joined, notes)
    return cues


def _ms(groups: tuple[str, ...]) -> int:
    hours, minutes, seconds, fraction = groups
    return ((int(hours) * 60 + int(minutes)) * 60 + int(seconds)) * 1000 + int(fraction.ljust(3, "0"))
