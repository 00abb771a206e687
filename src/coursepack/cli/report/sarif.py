"""SARIF 2.1.0, for code scanning dashboards and editors."""

from typing import Any, TextIO
from urllib.parse import quote

import msgspec

from coursepack import __version__
from coursepack.build.events import Event
from coursepack.cli.report import Report
from coursepack.model.codes import CODES

_LEVELS = {"error": "error", "warning": "warning", "info": "note"}


class SarifReporter:
    """See `Reporter`."""

    def __init__(self, out: TextIO, language: str) -> None:
        self._out = out
        self._zh = language.lower().startswith(("zh", "yue"))

    def event(self, event: Event) -> None:
        """Nothing until the end: SARIF is one document."""

    def finish(self, report: Report) -> None:
        """The whole log."""
        folders = {c["course"]: c["folder"] for c in report.courses}
        codes = sorted(report.counts)
        log = {
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [
                {
                    "tool": {
                        "driver": {
                            "name": "coursepack",
                            "version": __version__,
                            "rules": [self._rule(c) for c in codes],
                        }
                    },
                    "columnKind": "unicodeCodePoints",
                    "results": [_result(d, folders, codes) for d in report.diagnostics],
                }
            ],
        }
        self._out.write(msgspec.json.format(msgspec.json.encode(log), indent=1).decode() + "\n")

    def _rule(self, code: str) -> dict[str, Any]:
        doc = CODES[code]
        about = doc.about_zh if self._zh else doc.about_en
        return {
            "id": code,
            "shortDescription": {"text": doc.message_zh if self._zh else doc.message_en},
            "help": {"text": about, "markdown": about},
            "defaultConfiguration": {"level": _LEVELS[doc.severity]},
        }


def _result(d: dict[str, Any], folders: dict[str, str], codes: list[str]) -> dict[str, Any]:
    path = "/".join(x for x in (folders.get(d["course"], ""), d["path"]) if x)
    location: dict[str, Any] = {"artifactLocation": {"uri": quote(path)}}
    if d["line"]:
        location["region"] = {"startLine": d["line"], "startColumn": max(1, d["column"])}
    return {
        "ruleId": d["code"],
        "ruleIndex": codes.index(d["code"]),
        "level": _LEVELS[d["severity"]],
        "message": {"text": f"{d['message']}. {d['hint']}"},
        "locations": [{"physicalLocation": location}],
    }
