"""`coursepack captions draft`."""

from pathlib import Path

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


@click.command(
    "draft",
    epilog="""\b
Examples:
  coursepack captions draft talk.mp4 --lang zh-Hans --write
  coursepack captions draft talk.mp4 --model models/whisper-small -o talk.en.vtt
  coursepack captions draft talk.mp4 --model large-v3 --lang yue --fetch""",
)
@click.argument("media", type=click.Path(path_type=Path))
@language_option
@click.option(
    "--model",
    default="",
    help="Folder of a model, its size, or its id.  [default: COURSEPACK_ASR_MODEL, asr_model of coursepack.yaml, small]",
)
@click.option("--fetch", is_flag=True, help="Download the model if it is not on this machine.")
@output_options
@report_options("text", "json")
def command(
    media: Path,
    lang: str,
    model: str,
    fetch: bool,
    output: Path | None,
    write: bool,
    force: bool,
    form: str,
    quiet: bool,
) -> int:
    """Draft captions by speech recognition, for a person to correct.

    Needs the extra `asr` (pip install 'coursepack[asr]') and a Whisper model; nothing is downloaded unless you say
    --fetch, and no sound leaves this machine. The file is marked as a draft: builds warn of it until somebody has read
    it through and deletes the note.
    """
    from coursepack.app.captions_draft import draft_captions, model_name
    from coursepack.app.captions_media import beside, open_recording
    from coursepack.tools.ffmpeg import find_ffmpeg
    from coursepack.tools.speech.asr import load_model

    ws = workspace()
    recording = open_recording(media)
    name = model_name(model, ws.asr_model)
    loaded = load_model(name, threads=cores(), fetch=fetch)
    with stop_on_signals() as cancelled:
        made = draft_captions(
            recording,
            find_ffmpeg(ws.ffmpeg),
            loaded,
            name=name,
            language=lang,
            progress=progress_on_terminal("recognising", quiet=quiet),
            cancelled=cancelled,
        )
    target = output or (beside(media, made.language) if write else None)
    row = {
        "path": "",
        "language": made.language,
        "cues": len(made.track.cues),
        "model": name,
        "doubtful_ms": list(made.doubtful_ms),
    }
    hand_over(made.vtt, row, target, command="captions draft", form=form, force=force)
    say(
        f"{len(made.track.cues)} cues{f' in {target}' if target else ''}, a draft: read it through",
        form=form,
        quiet=quiet,
    )
    if made.doubtful_ms:
        say(f"begin at {times(made.doubtful_ms)}: words there were not clear", form=form, quiet=quiet)
    return Exit.OK
