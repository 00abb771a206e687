"""Natural order of names: 2 before 10, 第二课 before 第十课."""

import re
import unicodedata
from functools import lru_cache

_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2, "兩": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_HAN = "〇零一二三四五六七八九两兩十百千"

# A run of Chinese numerals counts as a number only where it numbers something: 第…, or at the start before a
# separator or a counter of lessons. 三角形 and 一起学 stay words.
_PARTS = re.compile(
    rf"""(?P<digits>\d+)
    | 第(?P<ordinal>[{_HAN}]+)
    | (?:(?<=^)|(?<=^[(（]))(?P<leading>[{_HAN}]+)(?=[、.．，,:：)）\s_-]|[课課章节節讲講单單回篇部册冊]|$)
    """,
    re.VERBOSE,
)

Key = tuple[tuple[int, int, str], ...]


def han_number(text: str) -> int:
    """The value of a Chinese numeral below ten thousand: 二十一 is 21, 一〇二 is 102."""
    if not any(c in _UNITS for c in text):
        return int("".join(str(_DIGITS[c]) for c in text))
    total, digit = 0, 0
    for c in text:
        if c in _UNITS:
            total += (digit or (1 if c == "十" else 0)) * _UNITS[c]
            digit = 0
        else:
            digit = _DIGITS[c]
    return total + digit


@lru_cache(maxsize=65_536)
def natural_key(name: str) -> Key:
    """A sort key: numbers by value and before words, case ignored, the exact spelling last."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    parts: list[tuple[int, int, str]] = []
    end = 0
    for match in _PARTS.finditer(folded):
        if match.start() > end:
            parts.append((1, 0, folded[end : match.start()]))
        digits, ordinal, leading = match.group("digits", "ordinal", "leading")
        # Long runs of digits are dates or digests: cut, for int() refuses more than 4300.
        value = int(digits[:18]) if digits else han_number((ordinal or leading)[:12])
        parts.append((0, value, ""))
        end = match.end()
    if end < len(folded):
        parts.append((1, 0, folded[end:]))
    return (*parts, (2, 0, name))


_NUMBER_PREFIX = re.compile(r"^\s*\d+(?:[.\-_]\d+)*[\s.\-_、)）:：]+(?=\S)")


def readable(name: str) -> str:
    """A folder or file name as a title: number prefix and separators taken away, first letter large."""
    text = _NUMBER_PREFIX.sub("", name)
    text = re.sub(r"[\s_-]+", " ", text).strip() or name
    text = "".join(c for c in text if unicodedata.category(c)[0] != "C") or "—"
    return text[:1].upper() + text[1:]
