"""`coursepack captions convert`."""

import sys
from pathlib import Path

import click

from coursepack.app.captions_convert import STDOUT, ConvertTo, convert_captions, wanted_format
from coursepack.app.captions_files import find_caption_files
from coursepack.cli.captions.shared import language_option, make_report
from coursepack.cli.options import language, paths_argument, report_options, stop_on_signals, workspace
from coursepack.cli.report import reporter
from coursepack.errors import Exit, UsageError

FORMATS = ("vtt", "srt", "ttml", "ass", "sbv", "txt")


@click.command(
    "convert",
    epilog="""\b
Examples:
  coursepack captions convert talk.zh-Hans.srt --to vtt
  coursepack captions convert my-course --to vtt -o converted
  coursepack captions convert old.ass --to srt -o - | less""",
)
@paths_argument
@click.option("--to", "form_to", type=click.Choice(FORMATS), help="Format to write.  [default: by -o]")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="File, folder, or - for standard output.  [default: beside]",
)
@click.option("--force", is_flag=True, help="Write over files that are there.")
@language_option
@report_options("text", "json")
def command(
    paths: tuple[Path, ...],
    form_to: str | None,
    output: Path | None,
    force: bool,
    lang: str,
    form: str,
    quiet: bool,
) -> int:
    """Write captions in another format: WebVTT, SubRip, TTML (IMSC 1.1), SubStation Alpha, SubViewer, plain text.

    Every format and encoding that a course may hold is read; UTF-8 is written. Names keep their language. What the new
    format cannot hold is told.
    """
    if not paths:
        raise UsageError("it is not said what to convert", "name a caption file, a folder or a course")
    ws = workspace()
    to = ConvertTo(wanted_format(form_to or "", output), output, force, lang)
    files = find_caption_files(paths, Path(ws.root) / ws.sources)
    out = sys.stderr if output == STDOUT else sys.stdout
    tell = reporter(form, quiet=quiet, language=language(), out=out, everything=True)
    with stop_on_signals() as cancelled:
        done = list(convert_captions(files, to, cancelled))
    for c in done:
        if c.data:
            sys.stdout.buffer.write(c.data)
            sys.stdout.buffer.flush()
    rows = [
        {"path": c.path, "output": c.output, "format": c.format, "language": c.language, "cues": c.cues}
        for c in done
    ]
    report = make_report("captions convert", [d for c in done for d in c.findings], rows, strict=False)
    tell.finish(report)
    if form == "text" and not quiet:
        for c in done:
            if c.output:
                click.echo(f"{c.path} → {c.output}  ({c.cues} cues)", file=out)
    return Exit.OK if report.ok and all(c.output for c in done) else Exit.FINDINGS
