"""Lines of captions: where the words of a cue may break."""

import re
import unicodedata
from collections.abc import Callable
from typing import Final

_WIDE_LANGUAGES: Final = ("zh", "yue", "ja", "ko")
_MOST_BALANCED: Final = 12
"""More lines than this are not made equal: the work grows with the square."""
_AFTER: Final = "，。、；：？！）》」』】…—"
"""A line may end here, but never begin with these."""
_OPENING: Final = "（《「『【"
_TOKEN: Final = re.compile(r"[A-Za-z0-9À-ɏ'.,:%+/@_-]+|\s+|.", re.DOTALL)


def width(text: str) -> float:
    """Characters as Chinese captions count them: narrow ones are half."""
    return sum(1 if unicodedata.east_asian_width(c) in "WF" else 0.5 for c in text)


def lines_of(text: str, limit: float, language: str) -> list[str]:
    """`text` in as few lines of at most `limit` characters as it takes, of about equal length, best after a comma.

    Words are never cut; a word longer than a line has one to itself.
    """
    wide = language.lower().split("-")[0] in _WIDE_LANGUAGES
    size: Callable[[str], float] = width if wide else len
    if size(text) <= limit:
        return [text]
    units = _units(text)
    count = max(2, int(-(-size(text) // limit)))
    if count > _MOST_BALANCED:
        return _filled(units, limit, size)
    for lines in range(count, len(units) + 1):
        broken = _balanced(units, lines, limit, size)
        if broken:
            return broken
    return [u.strip() for u in units if u.strip()]


def _filled(units: list[str], limit: float, size: Callable[[str], float]) -> list[str]:
    """Each line as full as it gets: of so many, nobody sees that the last one is short."""
    lines = [""]
    room = limit
    for unit in units:
        if size(unit.rstrip()) > room and lines[-1]:
            lines.append("")
            room = limit
        lines[-1] += unit
        room -= size(unit)
    return [line.strip() for line in lines if line.strip()]


def _units(text: str) -> list[str]:
    """What must stay together: words, and marks with what they stand at."""
    units: list[str] = []
    for token in _TOKEN.findall(text):
        glued = units and (token[0] in _AFTER or token.isspace() or units[-1][-1] in _OPENING)
        if glued:
            units[-1] += token
        else:
            units.append(token)
    return units


def _balanced(units: list[str], count: int, limit: float, size: Callable[[str], float]) -> list[str]:
    """Breaks `units` into `count` lines: the least sum of squares of what each lacks, less after a comma."""
    sizes = [size(u) for u in units]
    mean = sum(sizes) / count
    best: list[dict[int, tuple[float, int]]] = [{0: (0.0, 0)}]
    for _ in range(count):
        row: dict[int, tuple[float, int]] = {}
        for start, (cost, _) in best[-1].items():
            total = 0.0
            for end in range(start + 1, len(units) + 1):
                total += sizes[end - 1]
                if size("".join(units[start:end]).strip()) > limit and end > start + 1:
                    break
                kind = units[end - 1].rstrip()[-1:]
                price = ((total - mean) / mean) ** 2 + (
                    0 if kind in "，。、；：？！,.;:?!" or end == len(units) else 0.15
                )
                if end not in row or cost + price < row[end][0]:
                    row[end] = (cost + price, start)
        best.append(row)
    if len(units) not in best[-1]:
        return []
    out, end = [], len(units)
    for row in reversed(best[1:]):
        start = row[end][1]
        out.append("".join(units[start:end]).strip())
        end = start
    lines = list(reversed(out))
    return lines if all(size(line) <= limit or " " not in line for line in lines) else []
