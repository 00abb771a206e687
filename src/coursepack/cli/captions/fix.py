"""`coursepack captions fix`."""

from pathlib import Path

import click

from coursepack.app.captions_check import CheckAs
from coursepack.app.captions_edit import WriteTo
from coursepack.app.captions_files import find_caption_files
from coursepack.app.captions_fix import fix_captions
from coursepack.cli.captions.shared import edit_options, judging_options, show_edits
from coursepack.cli.options import language, paths_argument, report_options, stop_on_signals, workspace
from coursepack.cli.report import reporter
from coursepack.errors import UsageError
from coursepack.tools.cues.mending import RULES, USUAL

_ALL = "all"


def _rules(context: click.Context, parameter: click.Parameter, value: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(n.strip() for n in value.split(",") if n.strip()))
    if names == (_ALL,):
        return tuple(RULES)
    for n in names:
        if n not in RULES:
            raise click.BadParameter(f"there is no rule {n!r}; there are {', '.join(RULES)}, or all")
    return names


@click.command(
    "fix",
    epilog="""\b
Examples:
  coursepack captions fix talk.en.vtt
  coursepack captions fix my-course --rules overlaps,gaps --write
  coursepack captions fix old.srt --rules all -o new.vtt""",
)
@paths_argument
@click.option(
    "--rules",
    default=",".join(USUAL),
    show_default=True,
    callback=_rules,
    metavar="RULE,...",
    help=f"What to mend: {', '.join(RULES)}; or all.",
)
@edit_options
@judging_options
@report_options("text", "json")
def command(
    paths: tuple[Path, ...],
    rules: tuple[str, ...],
    write: bool,
    output: Path | None,
    force: bool,
    lang: str,
    fps: float,
    duration: float,
    children: bool,
    media: bool,
    form: str,
    quiet: bool,
) -> int:
    """Mend captions by rule: show what would change, and write it with --write.

    No word is changed: lines are broken anew, times moved into room that is free. Rules that take cues away or make
    new ones (repeats, past-end, merge, split) work only when they are named. Comments, styles and identifiers of a
    WebVTT, SubRip or SubViewer file stay as they are; other formats are written anew with -o. Exit code 1: there is
    something to mend.
    """
    if not paths:
        raise UsageError("it is not said what to mend", "name a caption file, a folder or a course")
    ws = workspace()
    files = find_caption_files(paths, Path(ws.root) / ws.sources)
    wanted = CheckAs(lang, fps, round(duration * 1000), children, media)
    tell = reporter(form, quiet=quiet, language=language(), everything=True)
    with stop_on_signals() as cancelled:
        done = list(fix_captions(files, rules, wanted, WriteTo(write, output, force), cancelled))
    return show_edits("captions fix", done, tell, form=form, quiet=quiet)
