"""`coursepack translations`."""

from collections.abc import Sequence
from pathlib import Path

import click

from coursepack.app.check import CheckOptions
from coursepack.app.discover import find_courses
from coursepack.app.translations import Row, list_translations, mark_translations
from coursepack.cli.options import cache_folder, language, paths_argument, workspace
from coursepack.cli.report.safe import plain
from coursepack.errors import Exit

_STATES = {
    "translated": ("up to date", "与原文一致"),
    "unmarked": ("does not say what it was made from", "未写明译自哪一版"),
    "stale": ("the original has changed since", "原文之后有改动"),
    "missing": ("missing", "没有译文"),
}


@click.command(
    "translations",
    epilog="""\b
Examples:
  coursepack translations my-course
  coursepack translations --mark my-course/01-scan/02-check.en.md""",
)
@paths_argument
@click.option(
    "--mark", is_flag=True, help="PATH are translations that match their originals as they are now."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to report.",
)
def command(paths: tuple[Path, ...], mark: bool, form: str) -> int:
    """Show what is translated and what is out of date, or mark what has been brought up to date.

    A translation names in `translated_from` the text it was made from. `--mark` writes it: after a translation was
    made, and whenever it was compared with a changed original.
    """
    ws = workspace()
    options = CheckOptions(Path(ws.root) / ws.output, cache_folder(ws))
    if mark:
        if not paths:
            raise click.UsageError("--mark needs the files of the translations.")
        for marked in mark_translations(paths, ws, options):
            done = "marked" if marked.changed else "as it was"
            click.echo(f"{plain(str(marked.path))}: {done}; from {plain(marked.original)}")
        return Exit.OK
    rows = list_translations(find_courses(paths, Path(ws.root) / ws.sources), ws, options)
    if form == "json":
        import msgspec

        for row in rows:
            click.echo(msgspec.json.encode(row))
    else:
        _print(rows)
    return Exit.OK


def _print(rows: Sequence[Row]) -> None:
    words = {state: both[language().lower().startswith(("zh", "yue"))] for state, both in _STATES.items()}
    for course in dict.fromkeys(row.course for row in rows):
        click.echo(plain(course))
        for tag in dict.fromkeys(row.language for row in rows if row.course == course):
            here = [row for row in rows if (row.course, row.language) == (course, tag)]
            there = sum(1 for row in here if row.translation)
            click.echo(f"  {tag}: {there} / {len(here)}")
            for row in here:
                if row.state != "translated":
                    click.echo(f"    {plain(row.translation or row.original)}: {words[row.state]}")
