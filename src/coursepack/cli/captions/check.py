"""`coursepack captions check`."""

from pathlib import Path

import click

from coursepack.app.captions_check import CheckAs, check_captions
from coursepack.app.captions_files import find_caption_files
from coursepack.build.events import FindingEvent
from coursepack.cli.captions.shared import count, judging_options, make_report
from coursepack.cli.options import language, paths_argument, report_options, stop_on_signals, workspace
from coursepack.cli.report import reporter
from coursepack.errors import Exit


@click.command(
    "check",
    epilog="""\b
Examples:
  coursepack captions check my-course
  coursepack captions check pay.zh-Hans.srt --format json
  coursepack captions check talk.en.vtt --fps 23.976 --children""",
)
@paths_argument
@judging_options
@click.option("--strict", is_flag=True, help="Warnings count as errors.")
@report_options("text", "json", "sarif", "github")
def command(
    paths: tuple[Path, ...],
    lang: str,
    fps: float,
    duration: float,
    children: bool,
    media: bool,
    strict: bool,
    form: str,
    quiet: bool,
) -> int:
    """Find what makes captions hard to read, with the time and a way to mend it.

    PATH is a caption file, a folder of them, or a course; without one, the courses of the workspace. Every place is
    listed: pace, lines, gaps, overlaps, the media's end, order, labels, language, encoding.
    """
    ws = workspace()
    files = find_caption_files(paths, Path(ws.root) / ws.sources)
    wanted = CheckAs(lang, fps, round(duration * 1000), children, media, ws.ffmpeg)
    tell = reporter(form, quiet=quiet, language=language(), everything=True)
    checked = []
    with stop_on_signals() as cancelled:
        for done in check_captions(files, wanted, cancelled):
            checked.append(done)
            for d in done.findings:
                tell.event(FindingEvent(d))
    found = [d for c in checked for d in c.findings]
    rows = [
        {
            "path": c.path,
            "kind": c.kind,
            "language": c.language,
            "format": c.format,
            "encoding": c.encoding,
            "cues": c.cues,
            "duration_ms": c.duration_ms,
            "findings": len(c.findings),
        }
        for c in checked
    ]
    report = make_report("captions check", found, rows, strict=strict)
    tell.finish(report)
    if form == "text" and not quiet:
        click.echo(f"{count(len(checked), 'file')}, {count(sum(c.cues for c in checked), 'cue')}")
    return Exit.OK if report.ok else Exit.FINDINGS
