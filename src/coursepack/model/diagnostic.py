"""What is wrong with a course, where, and what to do about it."""

from collections.abc import Iterable
from typing import Literal

import msgspec

Severity = Literal["error", "warning", "info"]
"""error: that lesson's or asset's output is not right. warning: it is, but learners lose something."""


class Diagnostic(msgspec.Struct, frozen=True, omit_defaults=True):
    """One finding. Its words come from the code's entry in `model.codes`, filled with `args`.

    `path` is relative to the course folder, posix style. `line` and `column` count from 1; 0 means the
    whole file. `course` is filled in by the use case when several courses are built in one run.
    """

    code: str
    severity: Severity
    path: str = ""
    line: int = 0
    column: int = 0
    args: dict[str, str] = {}
    course: str = ""


class CodeDoc(msgspec.Struct, frozen=True):
    """The documentation of one diagnostic code, in English and Chinese.

    `message_*` and `hint_*` are `str.format` templates over the diagnostic's `args`;
    `about_*` is the page that `coursepack explain` prints (Markdown: what it means, why it matters, how to mend it).
    """

    code: str
    severity: Severity
    message_en: str
    hint_en: str
    about_en: str
    message_zh: str
    hint_zh: str
    about_zh: str
    each_en: str = ""
    """The message about one place, where `message_en` sums up those of a file: for diagnostics with an `each`."""
    each_zh: str = ""


def sort_key(d: Diagnostic) -> tuple[str, str, int, int, str, str]:
    """Order of reports: by file, then place, then code."""
    return (d.course, d.path, d.line, d.column, d.code, str(sorted(d.args.items())))


def count_by_code(diagnostics: Iterable[Diagnostic]) -> dict[str, int]:
    """How often each code occurs, codes sorted."""
    counts: dict[str, int] = {}
    for d in diagnostics:
        counts[d.code] = counts.get(d.code, 0) + 1
    return dict(sorted(counts.items()))
