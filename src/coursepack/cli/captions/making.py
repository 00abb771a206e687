"""What `align`, `draft` and `bilingual` have in common: where captions go and how the run is told."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from coursepack.cli.captions.shared import make_report
from coursepack.cli.options import language
from coursepack.cli.report import reporter

F = TypeVar("F", bound=Callable[..., Any])


def output_options(function: F) -> F:
    """-o, --write and --force."""
    for option in (
        click.option("--force", is_flag=True, help="Replace the file if it is there."),
        click.option(
            "--write", "-w", is_flag=True, help="Write beside the media, by the name that courses look for."
        ),
        click.option(
            "--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file."
        ),
    ):
        function = option(function)
    return function


def hand_over(
    vtt: bytes, row: dict[str, Any], target: Path | None, *, command: str, form: str, force: bool
) -> None:
    """Writes the captions to `target`, else to stdout; in JSON they are then part of the result."""
    from coursepack.app.captions_media import write_new

    if target is not None:
        write_new(target, vtt, force=force)
        row["path"] = str(target)
    elif form == "json":
        row["vtt"] = vtt.decode()
    else:
        sys.stdout.write(vtt.decode())
        sys.stdout.flush()
    if form == "json":
        tell = reporter(form, quiet=False, language=language())
        tell.finish(make_report(command, (), [row], strict=False))


def progress_on_terminal(label: str, *, quiet: bool) -> Callable[[float], None]:
    """Tells how far something is, on one line of a terminal; nowhere else."""
    if quiet or not sys.stderr.isatty():
        return lambda done: None
    shown = -1

    def tell(done: float) -> None:
        nonlocal shown
        percent = int(done * 100)
        if percent != shown:
            shown = percent
            click.echo(f"\r{label} {percent:3} %", err=True, nl=percent >= 100)

    return tell


def say(message: str, *, form: str, quiet: bool) -> None:
    """A remark for people, on stderr: stdout may be the captions themselves."""
    if form == "text" and not quiet:
        click.echo(message, err=True)


def times(starts_ms: tuple[int, ...]) -> str:
    """A few times for a remark."""
    shown = ", ".join(f"{ms // 60_000}:{ms // 1000 % 60:02}" for ms in starts_ms[:8])
    return shown + (", …" if len(starts_ms) > 8 else "")
