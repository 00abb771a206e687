"""The `coursepack` command: finds the command, reports what stops it, sets the exit code."""

import os
import sys
import traceback
from pathlib import Path
from typing import Any

import click

from coursepack import __version__
from coursepack.cli.group import LazyGroup
from coursepack.errors import CoursepackError, Exit, Interrupted

COMMANDS = {
    "new": "Make a small course to start from.",
    "check": "Find the mistakes in a course without building it.",
    "build": "Build courses into web sites and mobile bundles.",
    "preview": "Show a course in the browser and follow its changes.",
    "captions": "Check, mend and make captions.",
    "publish": "Put built courses into a folder or object storage.",
    "releases": "List, roll back and prune what was published.",
    "translations": "Show what is translated and what is out of date.",
    "explain": "Explain a diagnostic code, in English or Chinese.",
    "doctor": "Look whether this machine has what coursepack needs.",
}


@click.group(
    cls=LazyGroup,
    package="coursepack.cli",
    table=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, prog_name="coursepack")
def cli() -> None:
    """Build accessible courses from Markdown, video and images, and publish them.

    \b
    Example:
      coursepack new my-course
      coursepack build my-course
    """


def main(argv: list[str] | None = None) -> None:
    """Runs the command line and exits with its code."""
    sys.exit(run(argv))


def run(argv: list[str] | None = None) -> int:
    """Runs the command line; gives the exit code."""
    try:
        result: Any = cli.main(argv, prog_name="coursepack", standalone_mode=False)
    except click.UsageError as e:
        e.show()
        return Exit.USAGE
    except click.ClickException as e:
        e.show()
        return e.exit_code
    except (click.Abort, KeyboardInterrupt, Interrupted):
        click.echo("coursepack: interrupted; what was finished is kept, the next run carries on", err=True)
        return Exit.INTERRUPTED
    except CoursepackError as e:
        from coursepack.cli.report.safe import plain

        click.echo(f"coursepack: {plain(e.message)}", err=True)
        if e.hint:
            click.echo(f"  → {plain(e.hint)}", err=True)
        return e.exit_code
    except BrokenPipeError:
        # The reader of our output went away (`| head`): nothing to report to.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.OK
    except Exception as e:  # noqa: BLE001 - the last line of defence: a bug of ours is told as one, with exit 70
        return _bug(e)
    return int(result) if isinstance(result, int) else Exit.OK


def _bug(error: Exception) -> int:
    text = "".join(traceback.format_exception(error))
    click.echo(f"coursepack: a bug of coursepack: {type(error).__name__}: {error}", err=True)
    if os.environ.get("COURSEPACK_DEBUG"):
        click.echo(text, err=True)
        return Exit.BUG
    log = Path("coursepack-crash.txt")
    try:
        log.write_text(f"coursepack {__version__}, Python {sys.version}\n{text}", encoding="utf-8")
        click.echo(f"  → please report it, with the file {log}", err=True)
    except OSError:
        click.echo("  → please report it; COURSEPACK_DEBUG=1 shows more", err=True)
    return Exit.BUG


if __name__ == "__main__":
    main()
