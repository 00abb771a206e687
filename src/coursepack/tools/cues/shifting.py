"""Times moved and stretched: by an offset, by two points, from one frame rate to another."""

import re
from fractions import Fraction

import msgspec

from coursepack.tools.cues.rewriting import Original, blocks_of, times_line
from coursepack.tools.cues.track import LAST_MS, TimedCue, clock

_TIME = re.compile(r"([+-]?)(?:(?:([0-9]{1,3}):)?([0-9]{1,4}):)?([0-9]{1,6})(?:[.,]([0-9]{1,3}))?(s|ms)?")
_INSIDE = re.compile(r"<((?:[0-9]{2,6}:)?[0-9]{2}:[0-9]{2}\.[0-9]{3})>")


class Shift(msgspec.Struct, frozen=True):
    """New time = time * scale + offset, in milliseconds."""

    scale: Fraction = Fraction(1)
    offset: Fraction = Fraction(0)

    def at(self, ms: int) -> int:
        """The new time, rounded to a millisecond; may be negative."""
        return round(ms * self.scale + self.offset)

    def back(self) -> "Shift":
        """What undoes it."""
        return Shift(1 / self.scale, -self.offset / self.scale)


def parse_ms(text: str) -> int | None:
    """`+1.5`, `-2s`, `500ms`, `1:02.5`, `00:01:02.500` in milliseconds; None when it is none of these."""
    match = _TIME.fullmatch(text.strip())
    if match is None:
        return None
    sign, hours, minutes, seconds, fraction, unit = match.groups()
    if unit == "ms":
        value = None if fraction or minutes else int(seconds)
    else:
        value = ((int(hours or 0) * 60 + int(minutes or 0)) * 60 + int(seconds)) * 1000
        value += int((fraction or "0").ljust(3, "0"))
    if value is None or value > LAST_MS:
        return None
    return -value if sign == "-" else value


def through(first: tuple[int, int], second: tuple[int, int]) -> Shift | None:
    """The shift that takes first[0] to first[1] and second[0] to second[1]; None when time would stand still or run back."""
    (a, to_a), (b, to_b) = sorted((first, second))
    if a == b or to_b <= to_a:
        return None
    scale = Fraction(to_b - to_a, b - a)
    return Shift(scale, to_a - scale * a)


def between_rates(source: Fraction, target: Fraction) -> Shift:
    """Captions made for `source` frames a second, for the same pictures shown at `target`."""
    return Shift(source / target)


class Shifted(msgspec.Struct, frozen=True):
    """`early`: cues that would begin before the media; `late`: one would be beyond any recording."""

    cues: tuple[TimedCue, ...]
    early: tuple[TimedCue, ...]
    late: bool


def shift_cues(cues: tuple[TimedCue, ...], shift: Shift, *, cut: bool) -> Shifted:
    """The cues at their new times. With `cut`, those that end before the start are gone and others begin at 0."""
    moved = [(c, shift.at(c.start_ms), shift.at(c.end_ms)) for c in cues]
    early = tuple(c for c, start, _ in moved if start < 0)
    out = [
        msgspec.structs.replace(c, start_ms=max(0, start), end_ms=max(0, end))
        for c, start, end in moved
        if not cut or end > 0
    ]
    return Shifted(tuple(out), early, any(end > LAST_MS for _, _, end in moved))


def shift_text(original: Original, shift: Shift, *, cut: bool) -> str:
    """The file with the times of every cue moved, those in the words of WebVTT too; nothing else is touched."""
    lines = original.text.split("\n")
    gone: set[int] = set()
    for block in blocks_of(original, lines):
        start, end = shift.at(block.cue.start_ms), shift.at(block.cue.end_ms)
        if cut and end <= 0:
            gone |= set(range(block.first, block.end + 1))
            continue
        lines[block.head] = times_line(original.format, lines[block.head], max(0, start), max(0, end))
        if original.format == "webvtt":
            for k in range(block.head + 1, block.end):
                lines[k] = _INSIDE.sub(lambda m: f"<{_moved(m[1], shift)}>", lines[k])
    return "\n".join(line for k, line in enumerate(lines) if k not in gone)


def _moved(stamp: str, shift: Shift) -> str:
    ms = parse_ms(stamp)
    return stamp if ms is None else clock(max(0, shift.at(ms)))
