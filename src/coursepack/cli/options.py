"""Options that commands share, and what they lead to."""

import locale
import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any, TypeVar

import click

from coursepack.settings import Workspace, load_workspace

F = TypeVar("F", bound=Callable[..., Any])


def paths_argument(function: F) -> F:
    """PATH...: course folders or folders of courses."""
    argument = click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
    return argument(function)


def report_options(*formats: str) -> Callable[[F], F]:
    """--format and --quiet."""

    def add(function: F) -> F:
        function = click.option("--quiet", "-q", is_flag=True, help="Print findings and errors only.")(
            function
        )
        return click.option(
            "--format",
            "form",
            type=click.Choice(formats),
            default="text",
            show_default=True,
            help="How to report.",
        )(function)

    return add


def language() -> str:
    """Language of messages: COURSEPACK_LANG, else that of the environment; Chinese or English."""
    for name in ("COURSEPACK_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name)
        if value:
            return value
    return locale.getlocale()[0] or "en"


def workspace(start: Path | None = None) -> Workspace:
    """The workspace of the current folder. Mistakes in `coursepack.yaml` are a usage error."""
    from coursepack.errors import UsageError

    found, problems = load_workspace(start or Path.cwd())
    for d in problems:
        if d.severity == "error":
            from coursepack.model.codes import words

            message, hint = words(d, language())
            raise UsageError(f"{d.path}:{d.line}: {d.code} {message}", hint)
    return found


def cache_folder(ws: Workspace) -> Path:
    """Where built artefacts are kept: COURSEPACK_CACHE, else the workspace's."""
    named = os.environ.get("COURSEPACK_CACHE")
    return Path(named) if named else Path(ws.root) / ws.cache


def cores() -> int:
    """Processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def stop_on_signals() -> Iterator[Callable[[], bool]]:
    """Ctrl-C and SIGTERM ask to stop; the second Ctrl-C stops at once."""
    stop = threading.Event()

    def ask(number: int, frame: FrameType | None) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    old = {s: signal.signal(s, ask) for s in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop.is_set
    finally:
        for number, handler in old.items():
            signal.signal(number, handler)
