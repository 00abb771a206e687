"""`coursepack captions check`."""

from pathlib import Path

import click

from coursepack.cli.options import paths_argument, report_options
from coursepack.errors import Exit


@click.command(
    "check",
    epilog="""\b
Examples:
  coursepack captions check my-course
  coursepack captions check pay.zh-Hans.srt --format json""",
)
@paths_argument
@report_options("text", "json", "sarif", "github")
def command(paths: tuple[Path, ...], form: str, quiet: bool) -> int:
    """Find what makes captions hard to read, with the time and a way to mend it."""
    return Exit.OK
