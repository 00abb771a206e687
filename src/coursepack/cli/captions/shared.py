"""What the commands over caption files have in common."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from coursepack.app.captions_edit import Edited, lines_of
from coursepack.cli.options import language
from coursepack.cli.report import Report, Reporter, as_json
from coursepack.cli.report.safe import plain
from coursepack.errors import Exit
from coursepack.model.diagnostic import Diagnostic, count_by_code
from coursepack.settings.languages import canonical, well_formed

F = TypeVar("F", bound=Callable[..., Any])
_MOST_FPS = 1000


def make_report(
    name: str, found: Sequence[Diagnostic], files: list[dict[str, Any]], *, strict: bool
) -> Report:
    """The result object (contract), with the files instead of courses."""
    bad = ("error", "warning") if strict else ("error",)
    spoken = language()
    return Report(
        ok=not any(d.severity in bad for d in found),
        command=name,
        diagnostics=[as_json(d, spoken) for d in found],
        counts=count_by_code(found),
        steps={"run": len(files), "cached": 0},
        courses=[],
        files=files,
    )


def count(number: int, thing: str) -> str:
    """ "1 file", "2 files"."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def language_option(function: F) -> F:
    """--lang: the captions' language, where names do not say it."""
    option = click.option(
        "--lang",
        default="",
        callback=_tag,
        metavar="TAG",
        help="Language of the captions: zh-Hans, yue, en.  [default: by name]",
    )
    return option(function)


def _tag(context: click.Context, parameter: click.Parameter, value: str) -> str:
    if not value:
        return ""
    if not well_formed(value.replace("_", "-")):
        raise click.BadParameter(f"{value!r} is no language tag; write zh-Hans, zh-Hant, yue, en")
    return canonical(value)


def rates(context: click.Context, parameter: click.Parameter, value: str | None) -> float:
    """A frame rate: 25, 23.976, 30000/1001. 0 for none."""
    if value is None:
        return 0.0
    top, slash, bottom = value.partition("/")
    try:
        rate = float(top) / float(bottom) if slash else float(top)
    except (ValueError, ZeroDivisionError):
        rate = 0.0
    if not 1 <= rate <= _MOST_FPS:
        raise click.BadParameter(f"{value!r} is no frame rate; write 25, 23.976 or 30000/1001")
    # The rates that are written short are meant exactly (SMPTE: 24000/1001 and so on).
    exact = [n * 1000 / 1001 for n in (24, 30, 48, 60, 120)]
    return next((r for r in exact if abs(r - rate) < 0.006), rate)


def judging_options(function: F) -> F:
    """What captions are judged by: language, frame rate, length, audience, the media beside them."""
    options = (
        language_option,
        click.option(
            "--fps", callback=rates, metavar="RATE", help="Frames a second.  [default: the video's, else 25]"
        ),
        click.option(
            "--duration", type=click.FloatRange(0), default=0, metavar="SECONDS", help="Length of the media."
        ),
        click.option(
            "--children", is_flag=True, help="For children: English at most 17 characters a second."
        ),
        click.option(
            "--media/--no-media", default=True, help="Look into the media files beside the captions."
        ),
    )
    # As decorators stand above each other: the last one is put on first.
    for option in reversed(options):
        function = option(function)
    return function


def edit_options(function: F) -> F:
    """--write, -o, --force: nothing is written unless one of the first two is given."""
    function = click.option("--force", is_flag=True, help="With -o: write over a file that is there.")(
        function
    )
    function = click.option(
        "-o",
        "--output",
        type=click.Path(path_type=Path),
        help="Write a new file, in the format of its extension.",
    )(function)
    return click.option("--write", is_flag=True, help="Write the files themselves.  [default: show a diff]")(
        function
    )


def show_edits(
    name: str,
    done: Sequence[Edited],
    tell: Reporter,
    *,
    form: str,
    quiet: bool,
    pending_is_finding: bool = True,
) -> int:
    """Tells what was or would be changed; gives the exit code."""
    text = form == "text"
    if text and not quiet:
        for e in done:
            for line in lines_of(e) if not e.output else ():
                click.echo(plain(line))
    rows = [
        {"path": e.path, "output": e.output, "changed": e.changed, "changes": e.changes, "diff": e.diff}
        for e in done
    ]
    report = make_report(name, [d for e in done for d in e.findings], rows, strict=False)
    tell.finish(report)
    if text and not quiet:
        changed = sum(e.changed for e in done)
        written = sum(bool(e.output) for e in done)
        click.echo(f"{count(len(done), 'file')}, {changed} to change, {written} written")
    pending = any(e.changed and not e.output for e in done)
    return Exit.OK if report.ok and not (pending and pending_is_finding) else Exit.FINDINGS
