"""What stands in a gap: words, or a number with its tolerance and unit.

`[[one|another]]` words; `[[= 42]]`, `[[= 42 ± 1 kg]]`, `[[3.14 +- 0.01]]`, `[[= 10..12]]`, `[[= 200 ± 5%]]` numbers.
"""

import math
import re
import unicodedata
from collections.abc import Callable

import msgspec

from coursepack.model.document import Number

_SIGN = re.compile(r"±|\+/?-")
_NUMBER = re.compile(r"[+-]?(?:\d[\d,.'’  ]*)?[.,]?\d(?:e[+-]?\d{1,3})?(?!\d)", re.IGNORECASE)
_GROUPS = re.compile(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*\Z")
_DECIMAL_COMMA = frozenset(
    [
        "az",
        "be",
        "bg",
        "bs",
        "ca",
        "cs",
        "da",
        "de",
        "el",
        "es",
        "et",
        "eu",
        "fi",
        "fr",
        "gl",
        "hr",
        "hu",
        "hy",
        "id",
        "is",
        "it",
        "ka",
        "kk",
        "lt",
        "lv",
        "mk",
        "nb",
        "nl",
        "nn",
        "no",
        "pl",
        "pt",
        "ro",
        "ru",
        "sk",
        "sl",
        "sq",
        "sr",
        "sv",
        "tr",
        "uk",
        "uz",
        "vi",
    ]
)
_CJK = "\u2e80-\u303f\u3040-\u9fff\uac00-\ud7af\uf900-\ufaff"
_SPACE_BESIDE_CJK = re.compile(rf"(?<=[{_CJK}]) +| +(?=[{_CJK}])")
_EDGES = " .,;:!?。，、；：！？…\"'"
_QUOTES = str.maketrans("“”„‟«»「」『』‘’‚‛`", '""""""""""\'\'\'\'\'')

_Read = Callable[[str], float]


class BadNumber(ValueError):
    """An answer that is meant as a number and is none; the argument is the part that cannot be read."""


class Answers(msgspec.Struct, frozen=True):
    """What is right in a gap."""

    words: tuple[str, ...] = ()
    numbers: tuple[Number, ...] = ()


def read_answers(text: str, language: str) -> Answers:
    """The answers in `text`, what stands between the brackets. Raises `BadNumber`."""
    words: list[str] = []
    numbers: list[Number] = []
    for part in (p.strip() for p in text.split("|")):
        number = _number_answer(part, decimal_comma=uses_decimal_comma(language)) if part else None
        if number:
            numbers.append(number)
        elif part:
            words.append(part)
    return Answers(tuple(words), tuple(numbers))


def uses_decimal_comma(language: str) -> bool:
    """Whether "1,500" is one and a half in `language`, and not fifteen hundred."""
    return language.partition("-")[0].lower() in _DECIMAL_COMMA


def to_number(text: str, *, decimal_comma: bool) -> float | None:
    """The number that `text` is, with points or commas as people write them; None when it is none.

    The page's script reads learners' answers by the same rule (scripts/quiz/answers.js).
    """
    plain = re.sub(r"[\s'’]", "", unicodedata.normalize("NFKC", text).translate({0x2212: "-", 0x2013: "-"}))
    m = re.fullmatch(r"([+-]?)([\d.,]*\d)(e[+-]?\d{1,3})?", plain, re.IGNORECASE)
    if m is None:
        return None
    digits = _with_point(m[2], decimal_comma=decimal_comma)
    try:
        value = float(f"{m[1]}{digits}{m[3] or ''}")
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _with_point(digits: str, *, decimal_comma: bool) -> str:
    if "." in digits and "," in digits:
        decimal = max(digits, key=lambda c: digits.rfind(c) if c in ".," else -1)
        whole, _, part = digits.rpartition(decimal)
        grouped = _GROUPS.match(whole)
        return f"{re.sub('[.,]', '', whole)}.{part}" if grouped and decimal not in whole else "?"
    grouping = "." if decimal_comma else ","
    grouped = _GROUPS.match(digits)
    if grouped and (digits.count(grouped[1]) > 1 or (grouped[1] == grouping and not digits.startswith("0"))):
        return re.sub("[.,]", "", digits)
    return digits.replace(",", ".")


def same(text: str, *, case: bool = False) -> str:
    """What is compared of a typed answer: two texts with the same `same` are the same answer.

    Full and half width, spaces, outer punctuation and the kind of quotation marks do not matter, nor does
    capitalisation unless `case`. Simplified and traditional characters do.
    """
    plain = unicodedata.normalize("NFKC", text).translate(_QUOTES)
    plain = _SPACE_BESIDE_CJK.sub("", " ".join(plain.split()))
    plain = plain.strip(_EDGES) or plain
    return plain if case else plain.lower()


def _number_answer(text: str, *, decimal_comma: bool) -> Number | None:
    """The number that the author means; None when `text` is words. Raises `BadNumber`."""
    plain = unicodedata.normalize("NFKC", text).replace("\u2212", "-").strip()
    marked = re.match(r"=\s+(?=[\d+.,-])", plain)
    body = plain[marked.end() :] if marked else plain
    first = _NUMBER.match(body)
    sign = _SIGN.search(body, first.end()) if first else None
    if not marked and (first is None or sign is None or not _is_unit(body[first.end() : sign.start()])):
        return None
    if first is None:
        raise BadNumber(text)

    def read(part: str) -> float:
        value = to_number(part, decimal_comma=decimal_comma)
        if value is None:
            raise BadNumber(part.strip() or text)
        return value

    if ".." in body:
        return _range(body, text, read)
    value = read(first[0])
    if sign is None:
        return Number(value, value, body[first.end() :].strip(), _shown(text))
    return _around(value, body[first.end() : sign.start()].strip(), body[sign.end() :].strip(), text, read)


def _is_unit(text: str) -> bool:
    return len(text) <= 20 and not any(c.isdigit() for c in text)


def _around(value: float, unit: str, tolerance: str, text: str, read: _Read) -> Number:
    m = _NUMBER.match(tolerance)
    if m is None:
        raise BadNumber(tolerance or text)
    off = abs(read(m[0]))
    after = tolerance[m.end() :]
    # `± 5%` is five per cent of the value, unless the value is in per cent itself.
    if after.startswith("%") and unit != "%":
        off, after = abs(value) * off / 100, after[1:]
    return Number(_tidy(value - off), _tidy(value + off), unit or after.strip(), _shown(text))


def _tidy(value: float) -> float:
    # 3.14 - 0.01 is 3.1300000000000003 in binary; whoever reads the data means 3.13.
    return float(f"{value:.12g}")


def _range(body: str, text: str, read: _Read) -> Number:
    low, _, rest = body.partition("..")
    m = _NUMBER.match(rest.strip())
    if m is None:
        raise BadNumber(rest.strip() or text)
    ends = sorted((read(low), read(m[0])))
    return Number(ends[0], ends[1], rest.strip()[m.end() :].strip(), _shown(text))


def _shown(text: str) -> str:
    return _SIGN.sub("±", text.lstrip("=＝ ")).replace("..", "–")
