"""Progress on a terminal: one bar for the plan, a line for each long step with its time left."""

import threading
import time

from rich.console import Console
from rich.progress import BarColumn, ProgressColumn, Task, TaskID, TextColumn
from rich.progress import Progress as Bars
from rich.text import Text

from coursepack.build.events import CourseEvent, StepEvent
from coursepack.cli.report.safe import plain

_EVERY_S = 0.1


class Share(ProgressColumn):
    """Steps by number, a step's own progress in percent."""

    def render(self, task: Task) -> Text:
        """ "12/40" or "34%"."""
        if task.fields.get("percent"):
            return Text(f"{task.percentage:.0f}%", style="progress.download")
        return Text(f"{task.completed:.0f}/{task.total or 0:.0f}", style="progress.download")


class TimeLeft(ProgressColumn):
    """Time left by what has been done so far.

    Rich's own column looks at the last half minute, in which a long video may not get on by one in a hundred.
    """

    def render(self, task: Task) -> Text:
        """ "12:34", or dashes while nothing can be said."""
        elapsed, total = task.elapsed or 0.0, task.total or 0.0
        if elapsed < 2 or task.completed <= 0 or total <= 0:
            return Text("-:--:--", style="progress.remaining")
        left = int(elapsed * (total - task.completed) / task.completed)
        return Text(f"{left // 3600}:{left // 60 % 60:02}:{left % 60:02}", style="progress.remaining")


class Progress:
    """Redraws when events come, not from a thread: worker processes are forked while this is alive."""

    def __init__(self) -> None:
        self._bars = Bars(
            # Without markup: a file may be called `[/red].mp4`.
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            Share(),
            TimeLeft(),
            console=Console(stderr=True),
            auto_refresh=False,
            transient=True,
        )
        self._bars.start()
        self._lock = threading.Lock()
        self._whole: TaskID | None = None
        self._steps: dict[str, TaskID] = {}
        self._drawn = 0.0

    def event(self, event: CourseEvent | StepEvent) -> None:
        """Takes an event from any thread."""
        with self._lock:
            if isinstance(event, CourseEvent):
                self._course(event)
            else:
                self._step(event)
            if time.monotonic() - self._drawn > _EVERY_S:
                self._bars.refresh()
                self._drawn = time.monotonic()

    def _course(self, event: CourseEvent) -> None:
        if event.state == "planned":
            self._whole = self._bars.add_task(event.course, total=event.steps)
        elif event.state == "done" and self._whole is not None:
            self._bars.remove_task(self._whole)
            self._whole = None

    def _step(self, event: StepEvent) -> None:
        if event.state == "progress":
            if event.id not in self._steps:
                self._steps[event.id] = self._bars.add_task(
                    f"  {plain(event.label)}", total=1.0, percent=True
                )
            self._bars.update(self._steps[event.id], completed=event.fraction)
        elif event.state in ("done", "cached", "failed"):
            if self._whole is not None:
                self._bars.advance(self._whole)
            task = self._steps.pop(event.id, None)
            if task is not None:
                self._bars.remove_task(task)

    def close(self) -> None:
        """Takes the bars off the screen."""
        self._bars.stop()
