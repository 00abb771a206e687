"""Text for people: progress while it runs (on a terminal), findings by file, what was built and where."""

import os
import sys
from typing import Any, TextIO

import click

from coursepack.build.events import CourseEvent, Event, NoteEvent, StepEvent
from coursepack.cli.report import Report
from coursepack.cli.report.safe import plain

_COLOURS = {"error": "red", "warning": "yellow", "info": "cyan"}
_SHOWN = 200
"""Findings printed before the rest is only counted; `--format json` has them all."""

_WORDS = {
    "en": {
        "error": "error",
        "warning": "warning",
        "info": "note",
        "more": "… and {n} more; `--format json` lists all",
        "lessons": "{n} {lessons}",
        "video": "{n} video{s} of {length}",
        "audio": "{n} recording{s} of {length}",
        "image": "{n} image{s}",
        "minutes": "{n:.0f} min",
        "seconds": "{n:.0f} s",
        "fixed": "{made} of video, where a fixed ladder would take {fixed}",
        "unchanged": "nothing changed",
        "steps": "{run} steps run, {cached} from the cache",
        "explain": "`coursepack explain CODE` tells more about a finding",
        "clean": "no findings",
    },
    "zh": {
        "error": "错误",
        "warning": "警告",
        "info": "提示",
        "more": "……还有 {n} 条；用 `--format json` 查看全部",
        "lessons": "{n} 课",
        "video": "{n} 个视频共 {length}",
        "audio": "{n} 个录音共 {length}",
        "image": "{n} 张图片",
        "minutes": "{n:.0f} 分钟",
        "seconds": "{n:.0f} 秒",
        "fixed": "视频 {made}，固定码率方案需要 {fixed}",
        "unchanged": "没有变化",
        "steps": "执行 {run} 步，{cached} 步取自缓存",
        "explain": "用 `coursepack explain 代码` 查看详细说明",
        "clean": "没有发现问题",
    },
}


class TextReporter:
    """See `Reporter`."""

    def __init__(self, out: TextIO, language: str, *, quiet: bool, everything: bool = False) -> None:
        self._most = None if everything else _SHOWN
        self._out = out
        self._quiet = quiet
        self._words = _WORDS["zh" if language.lower().startswith(("zh", "yue")) else "en"]
        self._colour = out.isatty() and not os.environ.get("NO_COLOR")
        self._progress: Any = None
        self._live = not quiet and sys.stderr.isatty()

    def event(self, event: Event) -> None:
        """Draws progress on a terminal; elsewhere only notes are printed."""
        if isinstance(event, NoteEvent):
            click.echo(f"coursepack: {plain(event.text)}", err=True)
        elif isinstance(event, StepEvent) and event.reasons and not self._quiet:
            self._line(plain(f"{event.id}: {'; '.join(event.reasons)}"))
        if self._live and isinstance(event, CourseEvent | StepEvent):
            self._draw(event)

    def _draw(self, event: CourseEvent | StepEvent) -> None:
        if self._progress is None:
            from coursepack.cli.report.progress import Progress

            self._progress = Progress()
        self._progress.event(event)

    def finish(self, report: Report) -> None:
        """Findings, then one paragraph a course."""
        if self._progress is not None:
            self._progress.close()
        shown = report.diagnostics[: self._most]
        folders = {c["course"]: c["folder"] for c in report.courses}
        for d in shown:
            self._finding(d, folders.get(d["course"], ""))
        if len(report.diagnostics) > len(shown):
            self._line(self._words["more"].format(n=len(report.diagnostics) - len(shown)))
        if self._quiet:
            return
        if report.diagnostics:
            self._line("")
        for course in report.courses:
            self._course(course)
        self._line(self._tally(report))

    def _finding(self, d: dict[str, Any], folder: str) -> None:
        place = "/".join(x for x in (folder, d["path"]) if x)
        if d["line"]:
            place += f":{d['line']}:{max(1, d['column'])}"
        level = self._paint(self._words[d["severity"]], _COLOURS[d["severity"]])
        code = self._paint(d["code"], None, bold=True)
        self._line(f"{plain(place)}: {level} {code} {plain(d['message'])}")
        self._line(f"    → {plain(d['hint'])}")

    def _course(self, c: dict[str, Any]) -> None:
        one = "lesson" if c["lessons"] == 1 else "lessons"
        lessons = self._words["lessons"].format(n=c["lessons"], lessons=one)
        head = self._paint(c["course"], None, bold=True)
        self._line(f"{head}  {plain(c['title'])}  ({lessons}; {', '.join(c['languages'])})")
        for b in c["bundles"]:
            self._line(f"  {b['format']:<8}{plain(b['open'])}  {_size(b['size'])}")
        if c.get("media"):
            self._line(f"  {'media':<8}{self._media(c['media'])}  {plain(c['media_report'])}")
        if "steps" not in c:
            return
        steps = self._words["steps"].format(**c["steps"])
        what = self._words["unchanged"] if c["unchanged"] else f"{steps}, {c['seconds']:.1f} s"
        self._line(f"  {what}")

    def _media(self, rows: list[dict[str, Any]]) -> str:
        """Videos, recordings and images in numbers, and what a fixed ladder of bit rates would have taken."""
        parts = []
        for kind in ("video", "audio", "image"):
            mine = [r for r in rows if r["kind"] == kind]
            if mine:
                length = self._length(sum(r.get("duration_ms", 0) for r in mine) / 1000)
                plural = "" if len(mine) == 1 else "s"
                parts.append(self._words[kind].format(n=len(mine), s=plural, length=length))
        videos = [r for r in rows if r["kind"] == "video"]
        made, fixed = (sum(r[k] for r in videos) for k in ("ladder_size", "fixed_ladder_size"))
        words = [", ".join(parts)]
        if fixed:
            words.append(self._words["fixed"].format(made=_size(made), fixed=_size(fixed)))
        return "; ".join(words)

    def _length(self, seconds: float) -> str:
        if seconds < 59.5:
            return self._words["seconds"].format(n=seconds)
        return self._words["minutes"].format(n=seconds / 60)

    def _tally(self, report: Report) -> str:
        levels = [d["severity"] for d in report.diagnostics]
        if not levels:
            return self._words["clean"]
        parts = [
            f"{levels.count(s)} {self._plural(s, levels.count(s))}"
            for s in ("error", "warning", "info")
            if s in levels
        ]
        return f"{', '.join(parts)} · {self._words['explain']}"

    def _plural(self, severity: str, count: int) -> str:
        word = self._words[severity]
        return word + "s" if count != 1 and word.isascii() else word

    def _paint(self, text: str, colour: str | None, *, bold: bool = False) -> str:
        return click.style(text, fg=colour, bold=bold) if self._colour else text

    def _line(self, text: str) -> None:
        click.echo(text, file=self._out)


def _size(size: int) -> str:
    for unit, scale in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if size >= scale:
            return f"{size / scale:.1f} {unit}"
    return f"{size} B"
