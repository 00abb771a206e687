"""`coursepack captions shift`."""

from fractions import Fraction
from pathlib import Path

import click

from coursepack.app.captions_check import CheckAs
from coursepack.app.captions_edit import WriteTo
from coursepack.app.captions_files import find_caption_files
from coursepack.app.captions_shift import shift_captions
from coursepack.cli.captions.shared import edit_options, rates, show_edits
from coursepack.cli.options import language, paths_argument, report_options, stop_on_signals, workspace
from coursepack.cli.report import reporter
from coursepack.errors import UsageError
from coursepack.tools.cues.shifting import Shift, between_rates, parse_ms, through


def _offset(context: click.Context, parameter: click.Parameter, value: str | None) -> int | None:
    if value is None:
        return None
    found = parse_ms(value)
    if found is None:
        raise click.BadParameter(f"{value!r} is no time; write +1.5, -2.25, 500ms or 00:00:01.500")
    return found


def _points(
    context: click.Context, parameter: click.Parameter, values: tuple[str, ...]
) -> tuple[tuple[int, int], ...]:
    out = []
    for value in values:
        now, equals, then = value.partition("=")
        a, b = parse_ms(now), parse_ms(then)
        if not equals or a is None or b is None or a < 0 or b < 0:
            raise click.BadParameter(f"{value!r} is no point; write NOW=RIGHT: 00:00:10.000=00:00:12.500")
        out.append((a, b))
    return tuple(out)


@click.command(
    "shift",
    epilog="""\b
Examples:
  coursepack captions shift talk.en.vtt --by -1.5 --write
  coursepack captions shift talk.en.srt --point 0:10=0:12.5 --point 40:00=40:50
  coursepack captions shift film.zh-Hans.srt --from-fps 23.976 --to-fps 25 -o film.zh-Hans.vtt""",
)
@paths_argument
@click.option("--by", callback=_offset, metavar="TIME", help="Later by this much; earlier with a minus.")
@click.option(
    "--point",
    "points",
    multiple=True,
    callback=_points,
    metavar="NOW=RIGHT",
    help="A time in the file and the right one; twice, for captions that drift.",
)
@click.option("--from-fps", callback=rates, metavar="RATE", help="The frame rate that they were made for.")
@click.option("--to-fps", callback=rates, metavar="RATE", help="The frame rate of the video.")
@click.option("--cut", is_flag=True, help="Leave out cues that would end before the start.")
@edit_options
@click.option(
    "--duration", type=click.FloatRange(0), default=0, metavar="SECONDS", help="Length of the media."
)
@click.option("--media/--no-media", default=True, help="Look into the media files beside the captions.")
@report_options("text", "json")
def command(
    paths: tuple[Path, ...],
    by: int | None,
    points: tuple[tuple[int, int], ...],
    from_fps: float,
    to_fps: float,
    cut: bool,
    write: bool,
    output: Path | None,
    force: bool,
    duration: float,
    media: bool,
    form: str,
    quiet: bool,
) -> int:
    """Move the times of captions: by an offset, by two points, or from one frame rate to another.

    Shows what would change; writes it with --write. Only times are touched. Nothing is written when a cue would begin
    before the start (see --cut).
    """
    if not paths:
        raise UsageError("it is not said what to shift", "name a caption file, a folder or a course")
    shift = _wanted(by, points, from_fps, to_fps)
    ws = workspace()
    files = find_caption_files(paths, Path(ws.root) / ws.sources)
    wanted = CheckAs(duration_ms=round(duration * 1000), media=media)
    tell = reporter(form, quiet=quiet, language=language(), everything=True)
    with stop_on_signals() as cancelled:
        done = list(shift_captions(files, shift, wanted, WriteTo(write, output, force), cancelled, cut=cut))
    return show_edits("captions shift", done, tell, form=form, quiet=quiet, pending_is_finding=False)


def _wanted(by: int | None, points: tuple[tuple[int, int], ...], from_fps: float, to_fps: float) -> Shift:
    ways = (by is not None) + bool(points) + bool(from_fps or to_fps)
    if ways != 1:
        raise UsageError("it takes one of --by, --point (once or twice), --from-fps with --to-fps")
    if by is not None:
        return Shift(offset=Fraction(by))
    if points:
        return _through(points)
    if not (from_fps and to_fps):
        raise UsageError("--from-fps and --to-fps go together")
    return between_rates(_exact(from_fps), _exact(to_fps))


def _through(points: tuple[tuple[int, int], ...]) -> Shift:
    if len(points) == 1:
        return Shift(offset=Fraction(points[0][1] - points[0][0]))
    found = through(*points) if len(points) == 2 else None
    if found is None:
        raise UsageError("--point takes two different times, the later one right later too")
    return found


def _exact(rate: float) -> Fraction:
    return Fraction(rate).limit_denominator(1001)
