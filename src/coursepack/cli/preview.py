"""`coursepack preview`."""

import importlib.util
import socket
import threading
from collections.abc import Callable
from pathlib import Path

import click

from coursepack.app.build import BuildOptions, build_all
from coursepack.app.discover import find_courses
from coursepack.cli.build import make_report
from coursepack.cli.options import cache_folder, cores, language, report_options, workspace
from coursepack.cli.report import reporter
from coursepack.errors import CoursepackError, EnvironmentMissing, Exit, UsageError


@click.command(
    "preview",
    epilog="""\b
Examples:
  coursepack preview my-course
  coursepack preview my-course --port 8000""",
)
@click.argument("path", type=click.Path(path_type=Path))
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, help="Port on 127.0.0.1.  [default: a free one]"
)
@report_options("text", "json")
def command(path: Path, port: int, form: str, quiet: bool) -> int:
    """Show a course in the browser and follow its changes. Ctrl-C ends it.

    The page reloads when a file was saved. Only this machine can reach it.
    """
    if any(importlib.util.find_spec(n) is None for n in ("starlette", "uvicorn", "watchfiles")):
        raise EnvironmentMissing(
            "preview needs packages that are not installed", "pip install 'coursepack[preview]'"
        )
    courses = find_courses((path,), path)
    if len(courses) != 1:
        raise UsageError(f"{path} holds {len(courses)} courses", "name one of them")
    ws = workspace()
    cache = cache_folder(ws)
    # A folder of its own: what `build` made stays whole, with all its bundles.
    options = BuildOptions(output=cache / "preview", cache=cache, only=("web",), jobs=ws.jobs or cores())

    def rebuild() -> tuple[bool, Path | None]:
        tell = reporter(form, quiet=quiet, language=language())
        try:
            results = build_all(courses, ws, options, tell.event, lambda: False)
        except CoursepackError as e:
            # The author is in the middle of an edit: say it, keep the last good pages, wait for the next save.
            click.echo(f"coursepack: {e.message}", err=True)
            return False, None
        tell.finish(make_report("preview", courses, results, strict=False))
        return not results[0].unchanged, results[0].folder

    _, folder = rebuild()
    if folder is None or not (folder / "web").is_dir():
        return Exit.FINDINGS
    themes = ws.root / "themes"
    watched = (courses[0], *((themes,) if themes.is_dir() else ()))
    _serve(folder / "web", watched, lambda: rebuild()[0], port)
    return Exit.OK


def _serve(folder: Path, watched: tuple[Path, ...], rebuild: Callable[[], bool], port: int) -> None:
    import uvicorn

    from coursepack.app.preview import Changes, follow, site

    changes, stop = Changes(), threading.Event()
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", port))
        except OSError as e:
            raise EnvironmentMissing(f"port {port} is taken: {e.strerror}", "choose another --port") from e
        click.echo(f"http://127.0.0.1:{listener.getsockname()[1]}/")
        watcher = threading.Thread(target=follow, args=(watched, rebuild, changes, stop), daemon=True)
        watcher.start()
        config = uvicorn.Config(site(folder, changes), log_level="warning", timeout_graceful_shutdown=1)
        try:
            uvicorn.Server(config).run(sockets=[listener])
        finally:
            stop.set()
