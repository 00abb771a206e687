"""GitHub Actions annotations: workflow commands on stdout."""

from typing import TextIO

from coursepack.build.events import Event
from coursepack.cli.report import Report
from coursepack.cli.report.safe import plain

_LEVELS = {"error": "error", "warning": "warning", "info": "notice"}


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _value(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


class GithubReporter:
    """See `Reporter`. Paths are joined with the course folder given to the command."""

    def __init__(self, out: TextIO, language: str) -> None:
        self._out = out

    def event(self, event: Event) -> None:
        """Nothing until the end: annotations are sorted by file."""

    def finish(self, report: Report) -> None:
        """One annotation a finding."""
        folders = {c["course"]: c["folder"] for c in report.courses}
        for d in report.diagnostics:
            folder = folders.get(d["course"], "")
            place = f"file={_value('/'.join(x for x in (folder, d['path']) if x))}"
            if d["line"]:
                place += f",line={d['line']},col={max(1, d['column'])}"
            title = _value(f"coursepack {d['code']}")
            text = _data(f"{plain(d['message'])}\n{plain(d['hint'])}")
            self._out.write(f"::{_LEVELS[d['severity']]} {place},title={title}::{text}\n")
