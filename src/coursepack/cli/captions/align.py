"""`coursepack captions align`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from coursepack.cli.captions.making import (
    hand_over,
    output_options,
    progress_on_terminal,
    say,
    times,
)
from coursepack.cli.captions.shared import language_option
from coursepack.cli.options import cores, report_options, stop_on_signals, workspace
from coursepack.errors import Exit

if TYPE_CHECKING:
    from coursepack.tools.speech.asr import Model


@click.command(
    "align",
    epilog="""\b
Examples:
  coursepack captions align script.txt talk.mp4
  coursepack captions align talk.zh-Hans.txt talk.mp4 --write
  coursepack captions align talk.en.md talk.mp3 --model small -o talk.en.vtt""",
)
@click.argument("script", type=click.Path(path_type=Path))
@click.argument("media", type=click.Path(path_type=Path))
@language_option
@click.option(
    "--model", default="", help="Recognise the words with this model (extra `asr`), for times to the word."
)
@output_options
@report_options("text", "json")
def command(
    script: Path,
    media: Path,
    lang: str,
    model: str,
    output: Path | None,
    write: bool,
    force: bool,
    form: str,
    quiet: bool,
) -> int:
    """Give a plain script the times at which it is spoken.

    SCRIPT is text or Markdown with the words of MEDIA, in any encoding: running text, or one cue a line. Not a word is
    changed. Without a model, times come from the pauses of the speech and the length of the words, in any language.
    The captions are printed, or written with --write or -o.
    """
    from coursepack.app.captions_align import align_script, guess_language, read_script
    from coursepack.app.captions_media import beside, open_recording
    from coursepack.tools.cues import write_vtt
    from coursepack.tools.ffmpeg import find_ffmpeg

    text = read_script(script, lang)
    tag = lang or guess_language(script, text)
    recording = open_recording(media)
    tool = find_ffmpeg(workspace().ffmpeg)
    with stop_on_signals() as cancelled:
        made = align_script(
            text,
            recording,
            tool,
            language=tag,
            markdown=script.suffix.lower() in (".md", ".markdown"),
            model=_model(model),
            progress=progress_on_terminal("listening", quiet=quiet),
            cancelled=cancelled,
        )
    target = output or (beside(media, tag) if write else None)
    row = {
        "path": "",
        "language": tag,
        "cues": len(made.track.cues),
        "method": made.method,
        "unsure_ms": list(made.unsure_ms),
    }
    hand_over(write_vtt(made.track), row, target, command="captions align", form=form, force=force)
    say(f"{len(made.track.cues)} cues{f' in {target}' if target else ''}", form=form, quiet=quiet)
    if model and made.method == "speech":
        say(
            "the recognised words are not those of the script: times come from the pauses",
            form=form,
            quiet=quiet,
        )
    if made.unsure_ms:
        say(f"listen at {times(made.unsure_ms)}: words there are oddly fast or slow", form=form, quiet=quiet)
    return Exit.OK


def _model(name: str) -> "Model | None":
    from coursepack.tools.speech.asr import load_model

    return load_model(name, threads=cores()) if name else None
