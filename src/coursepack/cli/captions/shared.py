"""What the commands over caption files have in common."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import click

from coursepack.cli.options import language
from coursepack.cli.report import Report, as_json
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
