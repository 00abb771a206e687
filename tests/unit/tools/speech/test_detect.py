"""Speech in the samples, against their captions; noise and tones are none."""

import subprocess
from pathlib import Path

import pytest
from samples import CHECK, SCAN, captioned, captions, heard, mixed

from coursepack.tools.ffmpeg import find_ffmpeg
from coursepack.tools.speech.spoken import Span


def overlap_ms(one: list[Span], other: tuple[Span, ...]) -> int:
    return sum(max(0, min(b, d) - max(a, c)) for a, b in one for c, d in other)


@pytest.mark.parametrize(("media", "ending"), captioned(), ids=lambda v: getattr(v, "stem", v))
def test_what_is_heard_is_what_is_captioned(media: Path, ending: str) -> None:
    facts, cues = heard(media), captions(media, ending)
    said = sum(end - start for start, end in facts.segments)
    shown = sum(end - start for start, end in cues)
    both = overlap_ms(cues, facts.segments)
    assert both / said > 0.98  # no chime, no click, no music
    assert both / shown > 0.78  # cues stand through the commas


def test_speech_is_told_from_noise_under_it(tmp_path: Path) -> None:
    clean = heard(CHECK)
    noisy = heard(mixed(CHECK, "anoisesrc=c=pink:a=0.05:seed=1:r=16000", tmp_path / "noisy.wav"))
    both = overlap_ms(list(clean.segments), noisy.segments)
    assert both > 0.9 * sum(end - start for start, end in clean.segments)
    assert both > 0.9 * sum(end - start for start, end in noisy.segments)
    assert clean.over_background_db is not None and clean.over_background_db > 40
    assert noisy.over_background_db is not None and 10 < noisy.over_background_db < 30


@pytest.mark.parametrize(
    "sound",
    [
        "anoisesrc=c=pink:d=20:a=0.2:seed=3",
        "anoisesrc=c=white:d=20:a=0.1:seed=3,tremolo=f=0.3:d=0.8",
        "sine=f=440:d=20",
        "sine=f=330:d=20,tremolo=f=2:d=0.9",
        "anullsrc=d=20",
    ],
)
def test_noise_tones_and_silence_are_no_speech(tmp_path: Path, sound: str) -> None:
    made = tmp_path / "sound.wav"
    subprocess.run([find_ffmpeg().path, "-v", "error", "-f", "lavfi", "-i", sound, made], check=True)
    facts = heard(made)
    assert facts.segments == ()
    assert facts.over_background_db is None
    assert facts.duration_ms == pytest.approx(20_000, abs=50)


def test_the_same_every_time() -> None:
    heard.cache_clear()
    assert heard(SCAN) == heard.__wrapped__(SCAN)
