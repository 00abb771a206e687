"""SubRip (.srt), as found in the wild: there is no standard.

Read: missing, wrong or doubled counters; missing blank lines; comma or period or nothing before the fraction;
missing hours; one-digit parts; negative times; arrows typed by hand; times followed by coordinates or WebVTT
settings; blank lines inside a text; HTML tags and `{\\an8}`; WebVTT without its first line.
"""

import re

from coursepack.tools.cues.placement import join_settings, numpad_settings, parse_settings
from coursepack.tools.cues.substation import tags_from_overrides
from coursepack.tools.cues.track import LAST_MS, Notes, TimedCue, joined_blocks, note_joined, shown

_TIME = r"([-+]?)(?:([0-9]{1,4})[:：])?([0-9]{1,4})[:：]([0-9]{1,4})(?:[,.:;，]([0-9]{1,9}))?"
_ARROW = r"[ \t]*(?:-{1,3}[ \t]?>|[–—→]>?|=+>|--&gt;)[ \t]*"
TIMES = re.compile(rf"[ \t]*{_TIME}{_ARROW}{_TIME}(?:[ \t]+(.*))?[ \t]*")
_STRICT = re.compile(
    r"[ \t]*[0-9]{2,}:[0-9]{2}:[0-9]{2}[,.][0-9]{3} --> [0-9]{2,}:[0-9]{2}:[0-9]{2}[,.][0-9]{3}(?:[ \t].*)?"
)
COUNTER = re.compile(r"[ \t]*[0-9]{1,7}[ \t]*")


def sniff(text: str) -> bool:
    """Whether `text` has a line that can be read as SubRip times."""
    return any(TIMES.fullmatch(line) for line in text.split("\n", 5000)[:5000] if len(line) < 300)


def read(text: str, notes: Notes) -> list[TimedCue]:
    """The cues of a SubRip file, in file order; backwards times included."""
    lines = text.removeprefix("\ufeff").split("\n")
    heads = [(n, _head(line)) for n, line in enumerate(lines) if _may_be_times(line)]
    cues: list[TimedCue] = []
    mended: list[int] = []
    joined: list[tuple[int, str]] = []
    last_counter = 0
    first = heads[0][0] if heads else len(lines)
    _note_before(lines[:first], notes)
    for k, (n, head) in enumerate(heads):
        end = heads[k + 1][0] if k + 1 < len(heads) else len(lines)
        last_counter = _counter_above(lines, n, last_counter)
        body = _body(lines, n + 1, end, last_counter, notes, last=k + 1 == len(heads))
        if head is None:
            notes.add("CP310", n + 1, text=shown(lines[n]))
            continue
        if not _STRICT.fullmatch(lines[n]):
            mended.append(n + 1)
        joined += joined_blocks(body, n + 2)
        start, stop, tail = head
        markup, settings = _marked("\n".join(body), tail)
        cues.append(TimedCue(start, stop, markup, settings=settings, line=n + 1))
    note_joined(joined, notes)
    if mended:
        notes.add("CP315", mended[0], count=len(mended), text=shown(lines[mended[0] - 1]))
    return cues


def _may_be_times(line: str) -> bool:
    if "-->" in line:
        return True
    return line.lstrip()[:1].isdigit() and len(line) < 300 and TIMES.fullmatch(line) is not None


def _head(line: str) -> tuple[int, int, str] | None:
    match = TIMES.fullmatch(line) if len(line) < 1000 else None
    if match is None:
        return None
    g = match.groups()
    start, end = _ms(g[:5]), _ms(g[5:10])
    if start is None or end is None:
        return None
    # A slip of the pen below zero; an end there never shows and is dropped later as backwards.
    return max(0, start), end, g[10] or ""


def _ms(groups: tuple[str | None, ...]) -> int | None:
    """Milliseconds; None when minutes or seconds are over 59 or the whole is beyond any recording."""
    sign, hours, minutes, seconds, fraction = groups
    if int(minutes or 0) > 59 or int(seconds or 0) > 59:
        return None
    total = ((int(hours or 0) * 60 + int(minutes or 0)) * 60 + int(seconds or 0)) * 1000
    total += int((fraction or "0")[:3].ljust(3, "0"))
    if total > LAST_MS:
        return None
    return -total if sign == "-" else total


def _counter_above(lines: list[str], n: int, last: int) -> int:
    if n and COUNTER.fullmatch(lines[n - 1]):
        return int(lines[n - 1])
    return last + 1


def _body(lines: list[str], start: int, end: int, counter: int, notes: Notes, *, last: bool) -> list[str]:
    """The text of the cue whose text begins at `start`, without the next cue's counter."""
    body = [line.strip() for line in lines[start:end]]
    if not last and body and COUNTER.fullmatch(body[-1]):
        # Right above the next times: a counter, unless it is the only text of this cue ("7" as an answer).
        if len(body) > 1 or int(body[-1]) == counter + 1:
            body.pop()
    elif not last and len(body) > 2 and body[-1] and not body[-2]:
        # In the counter's place, but words: a WebVTT identifier, or a slip.
        notes.add("CP314", end, text=shown(body.pop()))
    return _without_orphans(body, start, counter, notes)


def _without_orphans(body: list[str], start: int, counter: int, notes: Notes) -> list[str]:
    """Cuts off cues that lost their times: a blank line, the next counter, then text."""
    for k in range(1, len(body)):
        if body[k - 1] or not COUNTER.fullmatch(body[k]) or int(body[k]) != counter + 1:
            continue
        rest = [line for line in body[k + 1 :] if line]
        if rest:
            notes.add("CP310", start + k + 1, text=shown(f"{body[k]} {rest[0]}"))
        return body[:k]
    return body


def _note_before(lines: list[str], notes: Notes) -> None:
    words = [(n, line) for n, line in enumerate(lines) if line.strip() and not COUNTER.fullmatch(line)]
    if words:
        notes.add("CP314", words[0][0] + 1, text=shown(words[0][1]))


def _marked(text: str, tail: str) -> tuple[str, str]:
    markup, place = tags_from_overrides(text)
    own, _ = parse_settings(tail)
    settings = dict(word.split(":", 1) for word in (numpad_settings(place) + " " + own).split())
    return markup, join_settings(settings)
