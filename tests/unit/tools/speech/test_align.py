"""Scripts to times: the samples' captions as plain words, and what must never happen."""

import re
import statistics
from pathlib import Path

import pytest
from samples import CHECK, LECTURE, SCAN, heard, mixed

from coursepack.model.media import Cue
from coursepack.tools.cues import plain_cues, read_cues
from coursepack.tools.speech.align import align
from coursepack.tools.speech.cutting import Word
from coursepack.tools.speech.making import aligned, track_of
from coursepack.tools.speech.matching import by_words
from coursepack.tools.speech.script import Phrase, passages, syllables


def spoken_cues(media: Path, ending: str) -> list[Cue]:
    path = media.with_name(f"{media.stem}.{ending}")
    track, _ = read_cues(path.read_bytes(), format_hint=path.suffix, language="", path=path.name)
    return [c for c in plain_cues(track) if not re.fullmatch(r"[（(\[].*[)\]）]", c.text, re.DOTALL)]


def as_script(cues: list[Cue]) -> str:
    """Running text, as a speaker has it."""
    return "".join(c.text if c.text[-1] in "。！？，、；：" else c.text + "。" for c in cues)


def letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


def start_errors_ms(media: Path, ending: str, recording: Path) -> list[int]:
    cues = spoken_cues(media, ending)
    phrases = [p for passage in passages(as_script(cues), "zh-Hans", markdown=False) for p in passage.phrases]
    spans = align(phrases, heard(recording).segments)
    starts = [
        s for p, (s, e) in zip(phrases, spans, strict=True) for s in _spread(s, e, len(letters(p.text)))
    ]
    errors, at = [], 0
    for cue in cues:
        errors.append(abs(starts[at] - cue.start_ms))
        at += len(letters(cue.text))
    assert at == len(starts)  # not a word lost
    return errors


def _spread(start: int, end: int, count: int) -> list[float]:
    return [start + (end - start) * k / count for k in range(count)]


@pytest.mark.parametrize("media", [SCAN, LECTURE, CHECK], ids=lambda p: p.stem)
def test_cues_begin_where_they_are_spoken(media: Path) -> None:
    errors = start_errors_ms(media, "zh-Hans.vtt", media)
    assert statistics.median(errors) < 40
    assert max(errors) < 300


def test_through_noise(tmp_path: Path) -> None:
    noisy = mixed(LECTURE, "anoisesrc=c=pink:a=0.05:seed=5:r=16000", tmp_path / "noisy.wav")
    errors = start_errors_ms(LECTURE, "zh-Hans.vtt", noisy)
    assert statistics.median(errors) < 100
    assert statistics.quantiles(errors, n=20)[-1] < 800


def test_no_speech_and_no_words_give_nothing() -> None:
    assert align([], [(0, 1000)]) == []
    assert align([Phrase("words", 3)], []) == []


def test_more_words_than_could_be_said_still_come_in_order() -> None:
    phrases = [Phrase(f"sentence number {n} is here.", 2) for n in range(50)]
    spans = align(phrases, [(0, 900), (1000, 1500)])
    assert len(spans) == 50
    assert all(a < b for a, b in spans)
    assert [s for s, _ in spans] == sorted(s for s, _ in spans)


def test_recognised_words_lead_where_there_are_some() -> None:
    phrases = [Phrase("Check the payee:", 1), Phrase("is it this shop?", 2), Phrase("Then pay.", 2)]
    said = ["check", "the", "pay", "is", "it", "this", "chop", "then", "pay"]
    words = [Word(1000 * k, 1000 * k + 900, f" {w}") for k, w in enumerate(said)]
    spans = by_words(phrases, words)
    assert [round(s, -3) for s, _ in spans] == [0, 3000, 7000]
    assert by_words(phrases, [Word(0, 500, "完全不同的话")]) == []


def test_passages_of_markdown() -> None:
    text = (
        "---\ntitle: x\n---\n# Heading\n\n<!-- note -->\n**Mei:** Scan *the* [code](a.md).\n\n(bell)\n\n"
        "Mei: Then look at the amount, and only then, when all is right, tap the button that says confirm."
    )
    found = passages(text, "en", markdown=True)
    assert [(p.voice, p.text) for p in found] == [
        ("Mei", "Scan the code."),
        ("", "(bell)"),
        ("Mei", "Then look at the amount,\nand only then, when all is right,"),
        ("Mei", "tap the button that says confirm."),
    ]
    assert [p.is_sound for p in found] == [False, True, False, False]


@pytest.mark.parametrize(
    ("text", "language", "limit"),
    [
        ("先看收款人，是不是这家店，再看金额，一个小数点也别错。都对了，再按“确认付款”，" * 3, "zh-Hans", 16),
        ("一" * 90, "yue", 16),
        ("Supercalifragilistic " * 12, "en", 42),
        ("a" * 200, "en", 42),
    ],
)
def test_cues_fit_two_lines(text: str, language: str, limit: int) -> None:
    found = passages(text, language, markdown=False)
    assert letters("".join(p.text for p in found)) == letters(text)
    for passage in found:
        lines = passage.text.split("\n")
        assert len(lines) <= 2 or "a" * 200 in text
        assert all(len(line) <= limit or "a" * 200 in text for line in lines)


def test_syllables() -> None:
    assert syllables("用手机付款") == 5
    assert syllables("There are two ways to pay by phone.") == pytest.approx(8, abs=1)
    assert syllables("2019年") == pytest.approx(5.4)
    assert syllables("QR") == 2


def test_a_track_keeps_to_its_recording() -> None:
    parts = passages("One.\nTwo.\n[music]\nThree & <four>.", "en", markdown=False)
    spans = [(0, 300), (400, 700), (3000, 3900)]
    track = track_of(aligned(parts, spans, 4000), "en", 4000)
    cues = [(c.start_ms, c.end_ms, c.markup) for c in track.cues]
    assert cues == [
        (0, 320, "One."),
        (400, 1233, "Two."),
        (1500, 2920, "[music]"),
        (3000, 3900, "Three &amp; &lt;four&gt;."),
    ]


@pytest.mark.parametrize("kept", [slice(3, None), slice(None, -4)], ids=["introduction", "end"])
def test_what_is_said_before_and_after_the_script(kept: slice) -> None:
    cues = spoken_cues(LECTURE, "zh-Hans.vtt")[kept]
    phrases = [p for passage in passages(as_script(cues), "zh-Hans", markdown=False) for p in passage.phrases]
    spans = align(phrases, heard(LECTURE).segments)
    assert abs(spans[0][0] - cues[0].start_ms) < 200
    assert abs(spans[-1][1] - cues[-1].end_ms) < 1000
