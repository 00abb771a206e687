"""How a run is told: text for people, JSON lines, SARIF, GitHub annotations."""

import sys
from typing import Any, Protocol, TextIO

import msgspec

from coursepack.build.events import Event
from coursepack.model.diagnostic import Diagnostic


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """The end of a run: the object that `--format json` prints last and that `report.json` holds (contract)."""

    ok: bool
    command: str
    diagnostics: list[dict[str, Any]]
    counts: dict[str, int]
    """Findings by code."""
    steps: dict[str, int]
    courses: list[dict[str, Any]]
    files: list[dict[str, Any]] = []
    """The files that a command over single files (`captions ...`) looked at or wrote."""


class Reporter(Protocol):
    """Receives events while a command runs, and the report at its end."""

    def event(self, event: Event) -> None:
        """Something happened. May be called from any thread."""
        ...

    def finish(self, report: Report) -> None:
        """The command is done."""
        ...


def as_json(d: Diagnostic, language: str) -> dict[str, Any]:
    """A finding with its words, as the outputs spell it."""
    from coursepack.model.codes import words

    message, hint = words(d, language)
    return {
        "code": d.code,
        "severity": d.severity,
        "course": d.course,
        "path": d.path,
        "line": d.line,
        "column": d.column,
        "message": message,
        "hint": hint,
        # The time in a recording that the finding is about, "00:01:02.500".
        **({"time": d.args["time"]} if "time" in d.args else {}),
    }


def reporter(
    form: str, *, quiet: bool, language: str, out: TextIO | None = None, everything: bool = False
) -> Reporter:
    """The reporter for `--format`. `everything`: text lists all findings, however many there are."""
    out = out or sys.stdout
    if form == "json":
        from coursepack.cli.report.json_lines import JsonReporter

        return JsonReporter(out, language)
    if form == "sarif":
        from coursepack.cli.report.sarif import SarifReporter

        return SarifReporter(out, language)
    if form == "github":
        from coursepack.cli.report.github import GithubReporter

        return GithubReporter(out, language)
    from coursepack.cli.report.text import TextReporter

    return TextReporter(out, language, quiet=quiet, everything=everything)
