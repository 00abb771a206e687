"""JSON lines: one event a line, the result last (contract)."""

import threading
from typing import TextIO

import msgspec

from coursepack.build.events import Event, FindingEvent, StepEvent
from coursepack.cli.report import Report, as_json


class JsonReporter:
    """See `Reporter`."""

    def __init__(self, out: TextIO, language: str) -> None:
        self._out = out
        self._language = language
        self._lock = threading.Lock()

    def event(self, event: Event) -> None:
        """One line. Progress inside a step is left out: logs are read by people, too."""
        if isinstance(event, StepEvent) and event.state == "progress":
            return
        if isinstance(event, FindingEvent):
            self._line({"event": "diagnostic", **as_json(event.diagnostic, self._language)})
        else:
            self._line(msgspec.to_builtins(event))

    def finish(self, report: Report) -> None:
        """The last line."""
        self._line({"event": "result", **msgspec.to_builtins(report)})

    def _line(self, value: object) -> None:
        with self._lock:
            self._out.write(msgspec.json.encode(value).decode() + "\n")
            self._out.flush()
