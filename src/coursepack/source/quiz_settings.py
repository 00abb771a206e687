"""What stands on the opening line of a question or of a set of questions."""

import msgspec

from coursepack.settings.nearest import maybe, nearest
from coursepack.source.fences import Directive
from coursepack.source.page import Page

KINDS = ("single", "multiple", "blanks", "match", "order", "numeric")
_KIND_NAMES = {
    **{kind: kind for kind in KINDS},
    "choice": "single", "true-false": "single", "blank": "blanks", "fill-in": "blanks", "matching": "match",
    "ordering": "order", "sequence": "order", "number": "numeric",
}  # fmt: skip
_YES = {
    "": True,
    "true": True,
    "yes": True,
    "1": True,
    "on": True,
    "false": False,
    "no": False,
    "0": False,
    "off": False,
}
_QUESTION = ("kind", "points", "outcome", "attempts", "shuffle", "case", "lang")
_SET = ("pass", "attempts", "shuffle")
# Of other dialects, or for any directive.
_IGNORED = frozenset(["name", "class", "id", "title", "legend", "type"])
_MOST_ATTEMPTS = 100


class QuizSettings(msgspec.Struct, frozen=True):
    """Of one question. `kind` "" leaves it to the contents."""

    kind: str = ""
    points: float = 1
    outcome: str = ""
    attempts: int = 0
    shuffle: bool = False
    case: bool = False
    language: str = ""


def read_question(page: Page, opened: Directive) -> QuizSettings:
    """The settings of a question; says what is wrong with them. A set's own are the defaults."""
    values = _values(page, opened, _QUESTION)
    around = page.quiz_set
    return QuizSettings(
        kind=_kind(page, values.get("kind", ""), opened.line),
        points=_points(page, values.get("points", "1"), opened.line),
        outcome=values.get("outcome", ""),
        attempts=_attempts(page, values, opened.line, around.attempts if around else 0),
        shuffle=_flag(page, values, "shuffle", opened.line, default=around.shuffle if around else False),
        case=_flag(page, values, "case", opened.line, default=False),
        language=values.get("lang", "") if _is_tag(values.get("lang", "")) else "",
    )


def read_set(page: Page, opened: Directive) -> tuple[int, bool, float]:
    """(attempts, shuffle, percent to pass) of a set of questions."""
    values = _values(page, opened, _SET)
    return (
        _attempts(page, values, opened.line, 0),
        _flag(page, values, "shuffle", opened.line, default=False),
        _percent(page, values.get("pass", ""), opened.line),
    )


def _values(page: Page, opened: Directive, known: tuple[str, ...]) -> dict[str, str]:
    """Values by name, bare words as "" (`{quiz shuffle}`)."""
    given = {**dict.fromkeys(opened.attributes.words, ""), **opened.attributes.values}
    for name in given:
        if name not in known and name not in _IGNORED and not name.startswith("data-"):
            page.report(
                "CP180", opened.line, 1, name=name[:60], known=", ".join(known), **maybe(nearest(name, known))
            )
    return given


def _kind(page: Page, text: str, line: int) -> str:
    name = text.strip().lower()
    if name and name not in _KIND_NAMES:
        page.report(
            "CP181", line, 1, kind=text[:60], known=", ".join(KINDS), **maybe(nearest(name, _KIND_NAMES))
        )
    return _KIND_NAMES.get(name, "")


def _points(page: Page, text: str, line: int) -> float:
    try:
        points = float(text)
    except ValueError:
        points = -1
    if not 0 <= points <= 1000:
        page.report("CP129", line, 1, value=text)
        return 1
    return points


def _attempts(page: Page, values: dict[str, str], line: int, default: int) -> int:
    text = values.get("attempts", "")
    if not text:
        return default
    if text.isdecimal() and len(text) < 9 and int(text) <= _MOST_ATTEMPTS:
        return int(text)
    _wrong(page, line, "attempts", text, f"1 … {_MOST_ATTEMPTS}")
    return default


def _flag(page: Page, values: dict[str, str], name: str, line: int, *, default: bool) -> bool:
    if name not in values:
        return default
    found = _YES.get(values[name].strip().lower())
    if found is None:
        _wrong(page, line, name, values[name], "true, false")
    return default if found is None else found


def _percent(page: Page, text: str, line: int) -> float:
    if not text:
        return 0
    digits = text.strip().removesuffix("%").strip()
    try:
        percent = float(digits)
    except ValueError:
        percent = -1
    if not 0 <= percent <= 100:
        _wrong(page, line, "pass", text, "60, 60%")
        return 0
    return percent


def _wrong(page: Page, line: int, name: str, value: str, expected: str) -> None:
    page.report("CP188", line, 1, name=name, value=value[:60], expected=expected)


def _is_tag(text: str) -> bool:
    return 0 < len(text) <= 35 and all(p.isalnum() and p.isascii() for p in text.split("-"))
