"""Speech recognition by faster-whisper (the `asr` extra): loading a model of the user's, and words with times.

Models are the user's to fetch, as they are large and have licences of their own: nothing is fetched unasked. The sound
is decoded by our own guarded ffmpeg; the library is given plain samples.
"""

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Final, Protocol

import msgspec

from coursepack.errors import EnvironmentMissing, Interrupted
from coursepack.model.media import MediaFacts
from coursepack.tools.ffmpeg import Ffmpeg
from coursepack.tools.speech.cutting import Word
from coursepack.tools.speech.levels import decode

_INSTALL: Final = "install it: pip install 'coursepack[asr]'"
_PROMPTS: Final = {
    # Whisper knows one Chinese; the script of its answer follows that of what it was told before.
    "zh-hans": "以下是普通话的句子，用简体字和标点。",
    "zh-hant": "以下是國語的句子，用繁體字和標點。",
    "yue": "以下係廣東話嘅句子，用繁體字同標點。",
}


class SpokenWord(Protocol):
    """`faster_whisper.transcribe.Word`; times in seconds."""

    start: float
    end: float
    word: str
    probability: float


class SpokenSegment(Protocol):
    """`faster_whisper.transcribe.Segment`."""

    start: float
    end: float
    text: str
    words: Any
    """A list of `SpokenWord`, or None."""


class Model(Protocol):
    """What we use of `faster_whisper.WhisperModel` 1.1 and later."""

    @property
    def supported_languages(self) -> list[str]:
        """Codes of Whisper: "zh", "en", "yue"."""
        ...

    @property
    def hf_tokenizer(self) -> Any:
        """Has `token_to_id("<|yue|>")`, None for what the model lacks."""
        ...

    def transcribe(self, audio: Any, **options: Any) -> tuple[Iterable[Any], Any]:
        """(segments, made while they are read; info with `language`, `language_probability`, `duration` in s)."""
        ...


class Heard(msgspec.Struct, frozen=True):
    """What was recognised. `language` is Whisper's code."""

    words: tuple[Word, ...]
    language: str
    language_probability: float


def load_model(name: str, *, threads: int, fetch: bool = False) -> Model:
    """The model `name`: a folder, a size ("small"), or an id of the model hub.

    Raises EnvironmentMissing with what to do where the extra or the model is not there. `fetch`: it may be downloaded.
    """
    try:
        from faster_whisper import WhisperModel
    except ImportError as e:
        raise EnvironmentMissing(f"speech recognition is not installed ({e})", _INSTALL) from e
    folder = Path(name).expanduser()
    if os.sep in name and name.startswith((".", "/", "~")) and not (folder / "model.bin").is_file():
        raise EnvironmentMissing(
            f"{name} is not the folder of a model: there is no model.bin in it",
            "name the folder of a Whisper model that was converted for CTranslate2",
        )
    place = str(folder) if folder.is_dir() else name
    try:
        model: Model = WhisperModel(
            place, device="cpu", compute_type="int8", cpu_threads=threads, local_files_only=not fetch
        )
    except ValueError as e:
        raise EnvironmentMissing(
            f"there is no model {name}: {e}", "name one of these sizes, or a folder"
        ) from e
    except OSError as e:
        raise EnvironmentMissing(_absent(name, fetch=fetch), _how_to_get(name)) from e
    except RuntimeError as e:
        raise EnvironmentMissing(f"the model {name} cannot be loaded: {e}", "fetch it again") from e
    return model


def _absent(name: str, *, fetch: bool) -> str:
    if fetch:
        return f"the model {name} could not be downloaded: there is no way to the model hub from here"
    return f"the model {name} is not on this machine"


def _how_to_get(name: str) -> str:
    return (
        f"with a connection: coursepack captions draft ... --model {name} --fetch (small: 0.5 GB); without: copy the"
        " folder of a model here (model.bin, config.json, tokenizer.json, vocabulary.*) and give it with --model"
    )


def recognise(
    model: Model,
    tool: Ffmpeg,
    source: Path,
    facts: MediaFacts,
    *,
    language: str,
    progress: Callable[[float], None] = lambda done: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Heard:
    """The words of `source`. `language`: BCP 47, "" to let the model find out. Raises Interrupted."""
    words: list[Word] = []
    with tempfile.TemporaryDirectory(prefix="coursepack-") as folder:
        sound = Path(folder) / "speech.wav"
        decode(tool, source, facts, sound, band=False, cancelled=cancelled)
        segments, info = model.transcribe(
            str(sound),
            language=whisper_language(language, _languages(model)),
            initial_prompt=_PROMPTS.get(language.lower().replace("yue-hk", "yue")),
            word_timestamps=True,
            vad_filter=True,
            beam_size=5,
            condition_on_previous_text=False,
        )
        for segment in segments:
            if cancelled():
                raise Interrupted
            words += _words(segment)
            progress(min(1.0, segment.end / max(1e-3, info.duration)))
    return Heard(tuple(words), info.language, info.language_probability)


def _languages(model: Model) -> list[str]:
    """What the model really knows: the library lists Cantonese for models from before it, too."""
    known = model.hf_tokenizer.token_to_id
    return [code for code in model.supported_languages if known(f"<|{code}|>") is not None or code == "en"]


def whisper_language(language: str, supported: list[str]) -> str | None:
    """Whisper's code for a BCP 47 tag; None: let it find out. Cantonese is Chinese to models that lack it."""
    base = language.lower().split("-")[0]
    if base in ("cmn", "zho"):
        base = "zh"
    if base == "yue" and base not in supported:
        base = "zh"
    return base if base in supported else None


def _words(segment: SpokenSegment) -> Iterator[Word]:
    if segment.words:
        for w in segment.words:
            yield Word(
                round(w.start * 1000),
                max(round(w.end * 1000), round(w.start * 1000) + 1),
                w.word,
                w.probability,
            )
    elif segment.text.strip():
        yield Word(round(segment.start * 1000), round(segment.end * 1000), segment.text)
