"""The use case `captions align`: a plain script and a recording to captions."""

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, Literal

import msgspec

from coursepack.app.captions_media import Recording, language_of
from coursepack.errors import UsageError
from coursepack.tools.cues import CueTrack
from coursepack.tools.cues.decode import decode
from coursepack.tools.cues.track import Notes
from coursepack.tools.ffmpeg import Ffmpeg
from coursepack.tools.speech.align import align
from coursepack.tools.speech.asr import Model, recognise
from coursepack.tools.speech.detect import detect
from coursepack.tools.speech.levels import measure_levels
from coursepack.tools.speech.making import aligned, track_of
from coursepack.tools.speech.matching import by_words
from coursepack.tools.speech.script import Passage, Phrase, passages, syllables
from coursepack.tools.speech.spoken import Span

_LARGEST: Final = 1 << 20
"""A lecture of ten hours."""
_SLOWEST, _FASTEST = 1.2, 9.0
"""Syllables a second: outside, the script is not what is said. People speak at 3 to 7."""
_UNSURE: Final = 2.2
"""A phrase so much faster or slower than the others is shown to the author."""


class Alignment(msgspec.Struct, frozen=True):
    """Captions made from a script."""

    track: CueTrack
    language: str
    method: Literal["speech", "words"]
    """By detected speech, or by recognised words."""
    unsure_ms: tuple[int, ...]
    """Where the author should listen: beginnings of phrases that are oddly fast or slow."""


def read_script(path: Path, language: str) -> str:
    """The text of a script in any encoding. Raises UsageError."""
    if not path.is_file():
        raise UsageError(f"{path} is not a file", "name a text file with the words that are spoken")
    with path.open("rb") as f:
        data = f.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        raise UsageError(
            f"{path} is larger than {_LARGEST >> 20} MB", "name a text file with the spoken words"
        )
    decoded = decode(data, language, Notes(str(path)))
    if decoded is None:
        raise UsageError(f"{path} is no text", "save the script as plain text or Markdown")
    if "-->" in decoded.text:
        raise UsageError(
            f"{path} has times already",
            "to move captions use `coursepack captions shift`; a script has words only",
        )
    return decoded.text


def guess_language(path: Path, text: str) -> str:
    """By the file's name (`talk.zh-Hans.txt`), else by what the text looks like; "" when neither tells."""
    from coursepack.tools.cues.tongue import look

    named = language_of(path, "")
    if named:
        return named
    found = look(text)
    return found.tag if found else ""


def align_script(
    text: str,
    recording: Recording,
    tool: Ffmpeg,
    *,
    language: str,
    markdown: bool,
    model: Model | None = None,
    progress: Callable[[float], None] = lambda done: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Alignment:
    """Raises UsageError where the script has no words, the recording no speech, or both do not belong together."""
    parts = passages(text, language, markdown=markdown)
    phrases = [phrase for part in parts for phrase in part.phrases]
    if not phrases:
        raise UsageError("the script has no words", "write what is said, one paragraph or line after another")
    method: Literal["speech", "words"] = "words"
    spans = _by_recognition(phrases, recording, tool, model, language, progress, cancelled) if model else []
    if not spans:
        method, spans = "speech", _by_speech(phrases, recording, tool, progress, cancelled)
    track = _captions(parts, spans, language, recording.duration_ms)
    return Alignment(track, language, method, tuple(_unsure(phrases, spans)))


def _captions(parts: Sequence[Passage], spans: Sequence[Span], language: str, duration_ms: int) -> CueTrack:
    return track_of(aligned(parts, spans, duration_ms), language, duration_ms)


def _by_recognition(
    phrases: Sequence[Phrase],
    recording: Recording,
    tool: Ffmpeg,
    model: Model,
    language: str,
    progress: Callable[[float], None],
    cancelled: Callable[[], bool],
) -> list[Span]:
    heard = recognise(
        model,
        tool,
        recording.path,
        recording.facts,
        language=language,
        progress=progress,
        cancelled=cancelled,
    )
    return by_words(phrases, heard.words)


def _by_speech(
    phrases: Sequence[Phrase],
    recording: Recording,
    tool: Ffmpeg,
    progress: Callable[[float], None],
    cancelled: Callable[[], bool],
) -> list[Span]:
    with tempfile.TemporaryDirectory(prefix="coursepack-") as folder:
        levels = measure_levels(
            tool, recording.path, recording.facts, Path(folder), cancelled=cancelled, progress=progress
        )
    speech = detect(levels).segments
    if not speech:
        raise UsageError(
            f"nothing in {recording.path} sounds like speech",
            "check that this is the recording of the script",
        )
    _check_pace(phrases, sum(end - start for start, end in speech))
    return align(phrases, speech)


def _check_pace(phrases: Sequence[Phrase], said_ms: int) -> None:
    pace = sum(syllables(p.text) for p in phrases) / max(said_ms / 1000, 1e-3)
    if not _SLOWEST <= pace <= _FASTEST:
        raise UsageError(
            f"the script does not belong to the recording: it would be spoken at {pace:.1f} syllables a second",
            "give the whole script of this recording and nothing else",
        )


def _unsure(phrases: Sequence[Phrase], spans: Sequence[Span]) -> list[int]:
    weights = [max(0.5, syllables(p.text)) for p in phrases]
    usual = sum(end - start for start, end in spans) / sum(weights)
    found = []
    for weight, (start, end) in zip(weights, spans, strict=True):
        ratio = (end - start) / (weight * usual)
        if weight >= 3 and not 1 / _UNSURE < ratio < _UNSURE:
            found.append(start)
    return found
