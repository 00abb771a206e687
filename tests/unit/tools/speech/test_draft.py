"""Drafts by recognition: a stand-in with the documented interface of faster-whisper, real sound before it."""

import sys
import types
import wave
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from samples import LOCK

from coursepack.app.captions_draft import draft_captions, model_name
from coursepack.app.captions_media import open_recording
from coursepack.errors import EnvironmentMissing, Exit, Interrupted
from coursepack.tools.cues import read_cues
from coursepack.tools.ffmpeg import find_ffmpeg
from coursepack.tools.speech.asr import load_model, whisper_language
from coursepack.tools.speech.cutting import Word, cut
from coursepack.tools.speech.making import draft_line


class StandIn:
    """`WhisperModel` as documented: `transcribe` gives a generator of segments and an info."""

    supported_languages = ("en", "zh", "yue")

    def __init__(self, segments: list[Any], *, knows_cantonese: bool = True) -> None:
        self.segments = segments
        self.hf_tokenizer = SimpleNamespace(
            token_to_id=lambda t: None if t == "<|yue|>" and not knows_cantonese else 1
        )
        self.read = 0

    def transcribe(self, audio: str, **options: Any) -> tuple[Iterator[Any], Any]:
        with wave.open(audio) as w:
            assert (w.getframerate(), w.getnchannels(), w.getsampwidth()) == (16_000, 1, 2)
            seconds = w.getnframes() / 16_000
        self.options = options
        return self._made(), SimpleNamespace(
            language=options["language"] or "zh", language_probability=0.9, duration=seconds
        )

    def _made(self) -> Iterator[Any]:
        for segment in self.segments:
            self.read += 1
            yield segment


def segment(start: float, text: str, probability: float = 0.9) -> Any:
    """A segment as Whisper makes it of Chinese: a word for each character."""
    words = [
        SimpleNamespace(start=start + 0.25 * k, end=start + 0.25 * (k + 1), word=c, probability=probability)
        for k, c in enumerate(text)
    ]
    return SimpleNamespace(start=start, end=words[-1].end, text=text, words=words)


def draft(model: Any, **options: Any) -> Any:
    return draft_captions(
        open_recording(LOCK), find_ffmpeg(), model, name="/home/mei/models/small", **options
    )


def test_words_become_cues_and_the_file_says_that_it_is_a_draft() -> None:
    model = StandIn(
        [
            segment(1.0, "手机丢了怎么办？先用别人的手机打电话，"),
            segment(6.5, "挂失。", 0.3),
            segment(12.0, "再说一遍。"),
        ]
    )
    shown: list[float] = []
    made = draft(model, language="zh-Hans", progress=shown.append)
    assert model.options["language"] == "zh"
    assert model.options["word_timestamps"] is True
    assert "简体" in model.options["initial_prompt"]
    track, found = read_cues(made.vtt, format_hint="vtt", language="zh-Hans", path="x.vtt")
    assert [d.code for d in found if d.severity == "error"] == []
    assert [(c.start_ms, c.markup) for c in track.cues] == [
        (1000, "手机丢了怎么办？"),
        (3000, "先用别人的手机打电话，挂失。"),
        (12000, "再说一遍。"),
    ]
    assert track == made.track or [c.markup for c in track.cues] == [c.markup for c in made.track.cues]
    assert draft_line(made.vtt) == 3
    assert b"Whisper small" in made.vtt and b"/home" not in made.vtt
    assert made.doubtful_ms == (3000,)
    assert shown == sorted(shown) and 0.3 < shown[-1] < 1


def test_the_mark_goes_with_the_note() -> None:
    assert draft_line(b"WEBVTT\n\n00:00.000 --> 00:01.000\nx\n") == 0
    assert draft_line(b"WEBVTT\n\n00:00.000 --> 00:01.000\nSay NOTE coursepack-draft\n") == 0
    assert draft_line(b"WEBVTT\r\n\r\nNOTE coursepack-draft: x\r\n") == 3


def test_a_language_that_is_not_given_is_what_the_model_found() -> None:
    model = StandIn([segment(0.5, "你好。")])
    assert draft(model, language="").language == "zh"
    assert model.options["language"] is None


def test_cantonese_is_chinese_to_models_from_before_it() -> None:
    old, new = StandIn([segment(0.5, "你好。")], knows_cantonese=False), StandIn([segment(0.5, "你好。")])
    assert draft(old, language="yue").language == draft(new, language="yue").language == "yue"
    assert (old.options["language"], new.options["language"]) == ("zh", "yue")
    assert whisper_language("xx", ["en"]) is None


def test_it_stops_between_segments() -> None:
    model = StandIn([segment(k, "一二三四。") for k in range(9)])
    asked = iter([False] * 2 + [True] * 99)
    with pytest.raises(Interrupted):
        draft(model, language="zh", cancelled=lambda: model.read > 1 and next(asked))
    assert model.read < 9


def test_english_words_keep_their_spaces_and_breaks() -> None:
    text = (
        "If your phone is lost, call the bank first. Ask them to lock the card, and then call the telephone "
        "company and ask them to block the number of the phone that you have lost."
    )
    words = [Word(400 * k, 400 * k + 350, f" {w}") for k, w in enumerate(text.split())]
    said = cut(words, "en")
    assert " ".join(" ".join(s.text.split()) for s in said) == text
    assert said[0].text.replace("\n", " ") == "If your phone is lost, call the bank first."
    for one in said:
        assert len(one.text.split("\n")) <= 2
        assert all(len(line) <= 42 for line in one.text.split("\n"))
        assert one.end_ms - one.start_ms <= 7000


def test_a_pause_always_ends_a_cue() -> None:
    words = [Word(0, 400, " One"), Word(500, 900, " two"), Word(3000, 3300, " three.")]
    assert [s.text for s in cut(words, "en")] == ["One two", "three."]


@pytest.mark.parametrize(
    ("error", "name", "fetch", "says", "hint"),
    [
        (FileNotFoundError("no snapshot"), "small", False, "not on this machine", "--fetch"),
        (FileNotFoundError("ConnectError"), "small", True, "could not be downloaded", "copy the folder"),
        (
            ValueError("Invalid model size 'smal', expected one of: tiny, small"),
            "smal",
            False,
            "tiny, small",
            "sizes",
        ),
        (RuntimeError("Unable to open file 'model.bin'"), "small", False, "cannot be loaded", "fetch"),
    ],
)
def test_what_is_missing_is_said(
    monkeypatch: pytest.MonkeyPatch, error: Exception, name: str, fetch: bool, says: str, hint: str
) -> None:
    asked: dict[str, Any] = {}

    def whisper_model(place: str, **options: Any) -> None:
        asked.update(options)
        raise error

    module = types.ModuleType("faster_whisper")
    module.WhisperModel = whisper_model  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "faster_whisper", module)
    with pytest.raises(EnvironmentMissing) as found:
        load_model(name, threads=2, fetch=fetch)
    assert says in found.value.message and hint in found.value.hint
    assert found.value.exit_code == Exit.ENVIRONMENT == 3
    assert asked == {"device": "cpu", "compute_type": "int8", "cpu_threads": 2, "local_files_only": not fetch}


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "faster_whisper", None)
    with pytest.raises(EnvironmentMissing, match="not installed") as found:
        load_model("small", threads=1)
    assert "coursepack[asr]" in found.value.hint


def test_a_folder_without_a_model(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    module = types.ModuleType("faster_whisper")
    module.WhisperModel = None  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "faster_whisper", module)
    with pytest.raises(EnvironmentMissing, match=r"no model\.bin"):
        load_model(str(tmp_path), threads=1)


def test_which_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COURSEPACK_ASR_MODEL", raising=False)
    assert model_name("", "") == "small"
    assert model_name("", "base") == "base"
    monkeypatch.setenv("COURSEPACK_ASR_MODEL", "medium")
    assert model_name("", "base") == "medium"
    assert model_name("tiny", "base") == "tiny"
