"""`coursepack captions bilingual`."""

from pathlib import Path

import click

from coursepack.cli.captions.making import hand_over, output_options, say
from coursepack.cli.options import report_options
from coursepack.errors import Exit, UsageError


@click.command(
    "bilingual",
    epilog="""\b
Examples:
  coursepack captions bilingual pay.zh-Hans.vtt pay.en.vtt
  coursepack captions bilingual pay.yue.vtt pay.en.srt --write""",
)
@click.argument("first", type=click.Path(path_type=Path))
@click.argument("second", type=click.Path(path_type=Path))
@output_options
@report_options("text", "json")
def command(
    first: Path, second: Path, output: Path | None, write: bool, force: bool, form: str, quiet: bool
) -> int:
    """Put two caption files of one recording together, a line for each language.

    For downloads and for players that show one track only; the course's own player shows two tracks by itself. The
    times are those of FIRST. With --write the file is named `.mul.vtt` (several languages) beside FIRST.
    """
    from coursepack.app.captions_bilingual import merge_files
    from coursepack.tools.cues import write_vtt

    merged, languages, beside = merge_files(first, second)
    if not merged.track.cues:
        raise UsageError("neither file has a cue", "check both with `coursepack captions check`")
    row = {
        "path": "",
        "languages": list(languages),
        "cues": len(merged.track.cues),
        "only_first": merged.only_first,
        "only_second": merged.only_second,
    }
    target = output or (beside if write else None)
    hand_over(write_vtt(merged.track), row, target, command="captions bilingual", form=form, force=force)
    say(f"{len(merged.track.cues)} cues{f' in {target}' if target else ''}", form=form, quiet=quiet)
    for count, path in ((merged.only_first, second), (merged.only_second, first)):
        if count:
            say(f"{count} cues have nothing in {path.name} at their time", form=form, quiet=quiet)
    return Exit.OK
