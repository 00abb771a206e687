"""The use case `captions draft`: captions of a recording by speech recognition, for a person to correct."""

import os
from collections.abc import Callable
from typing import Final

import msgspec

from coursepack.app.captions_media import Recording
from coursepack.errors import UsageError
from coursepack.tools.cues import CueTrack, write_vtt
from coursepack.tools.ffmpeg import Ffmpeg
from coursepack.tools.speech.asr import Model, recognise
from coursepack.tools.speech.cutting import Word, cut
from coursepack.tools.speech.making import marked_draft, track_of

DEFAULT_MODEL: Final = "small"
"""The smallest that is of use for Chinese; 0.5 GB."""
_DOUBTFUL: Final = 0.5


class Draft(msgspec.Struct, frozen=True):
    """Captions that a machine heard."""

    vtt: bytes
    """With the mark of a draft."""
    track: CueTrack
    language: str
    """As asked for, else as the model found."""
    doubtful_ms: tuple[int, ...]
    """Cues with a word that the model was not sure of: listen there first."""


def model_name(given: str, workspace_model: str) -> str:
    """--model, else COURSEPACK_ASR_MODEL, else the workspace's `asr_model`, else `DEFAULT_MODEL`."""
    return given or os.environ.get("COURSEPACK_ASR_MODEL", "") or workspace_model or DEFAULT_MODEL


def draft_captions(
    recording: Recording,
    tool: Ffmpeg,
    model: Model,
    *,
    name: str,
    language: str,
    progress: Callable[[float], None] = lambda done: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Draft:
    """`name`: of the model, for the note in the file. Raises UsageError where no word is heard."""
    heard = recognise(
        model,
        tool,
        recording.path,
        recording.facts,
        language=language,
        progress=progress,
        cancelled=cancelled,
    )
    tag = language or heard.language
    said = cut(heard.words, tag)
    if not said:
        raise UsageError(f"no words were recognised in {recording.path}", "name the language with --language")
    track = track_of(said, tag, recording.duration_ms)
    # A folder's name may say whose machine it is.
    maker = f"made by speech recognition (Whisper {os.path.basename(name.rstrip('/'))})"  # noqa: PTH119
    return Draft(marked_draft(write_vtt(track), maker), track, tag, _doubtful(track, heard.words))


def _doubtful(track: CueTrack, words: tuple[Word, ...]) -> tuple[int, ...]:
    unsure = [w.start_ms for w in words if w.probability < _DOUBTFUL]
    return tuple(c.start_ms for c in track.cues if any(c.start_ms <= at < c.end_ms for at in unsure))
