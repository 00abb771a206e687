"""`coursepack check`."""

from pathlib import Path

import click

from coursepack.app.check import CheckOptions, check_all
from coursepack.app.discover import find_courses
from coursepack.cli.build import make_report
from coursepack.cli.options import (
    cache_folder,
    cores,
    language,
    paths_argument,
    report_options,
    stop_on_signals,
    workspace,
)
from coursepack.cli.report import reporter
from coursepack.errors import Exit


@click.command(
    "check",
    epilog="""\b
Examples:
  coursepack check my-course
  coursepack check --strict --format github""",
)
@paths_argument
@click.option("--strict", is_flag=True, help="Warnings count as errors.")
@report_options("text", "json", "sarif", "github")
def command(paths: tuple[Path, ...], strict: bool, form: str, quiet: bool) -> int:
    """Find the mistakes in a course without building it.

    All of them in one run: text, links, caption files, missing captions and alt text. Media files are looked into
    by `build`.
    """
    ws = workspace()
    courses = find_courses(paths, Path(ws.root) / ws.sources)
    options = CheckOptions(Path(ws.root) / ws.output, cache_folder(ws), ws.jobs or cores())
    tell = reporter(form, quiet=quiet, language=language())
    with stop_on_signals() as cancelled:
        results = check_all(courses, ws, options, tell.event, cancelled)
    report = make_report("check", courses, results, strict=strict)
    for course in report.courses:
        del course["steps"], course["output"]
    tell.finish(report)
    return Exit.OK if report.ok else Exit.FINDINGS
