"""Drift: found when made, silent otherwise."""

from itertools import product
from pathlib import Path

import pytest
from samples import CHECK, LECTURE, LOCK, SCAN, captioned, captions, heard, mixed

from coursepack.tools.speech.drift import measure_drift
from coursepack.tools.speech.spoken import Span


def moved(cues: list[Span], by_ms: int, stretch: float = 1) -> list[Span]:
    return [(round(a * stretch) + by_ms, round(b * stretch) + by_ms) for a, b in cues if a + by_ms >= 0]


def drift_of(cues: list[Span], media: Path):
    facts = heard(media)
    return measure_drift(cues, facts.segments, facts.duration_ms)


@pytest.mark.parametrize(("media", "ending"), captioned(), ids=lambda v: getattr(v, "stem", v))
def test_captions_that_fit_are_left_alone(media: Path, ending: str) -> None:
    assert drift_of(captions(media, ending), media) is None


@pytest.mark.parametrize(
    ("media", "by_ms"),
    [*product((SCAN, LECTURE), (-2500, -600, 1400, 3000)), (LOCK, 1400), (CHECK, -1000)],
)
def test_a_shift_is_measured(media: Path, by_ms: int) -> None:
    ending = {LOCK: "yue.vtt", CHECK: "zh-Hans.vtt"}.get(media, "en.vtt")
    drift = drift_of(moved(captions(media, ending), by_ms), media)
    assert drift is not None
    assert drift.stretch == 1
    assert drift.offset_ms == pytest.approx(-by_ms, abs=120)
    assert drift.late_ms == -drift.offset_ms
    assert drift.fit > 0.55


@pytest.mark.parametrize("rate", [25 / 24, 24 / 25, 25 / (24000 / 1001)])
def test_a_mistake_in_the_frame_rate_is_undone(rate: float) -> None:
    cues = captions(LECTURE, "en.vtt")
    drift = drift_of(moved(cues, 0, rate), LECTURE)
    assert drift is not None
    assert all(abs(a * rate * drift.stretch + drift.offset_ms - a) < 400 for a, _ in cues)


def test_a_shift_is_measured_through_noise(tmp_path: Path) -> None:
    noisy = mixed(SCAN, "anoisesrc=c=pink:a=0.06:seed=2:r=16000", tmp_path / "noisy.wav")
    cues = captions(SCAN, "zh-Hans.vtt")
    assert drift_of(cues, noisy) is None
    drift = drift_of(moved(cues, 2200), noisy)
    assert drift is not None and drift.offset_ms == pytest.approx(-2200, abs=150)


def test_captions_of_another_recording_get_no_number() -> None:
    assert drift_of(captions(SCAN, "en.vtt"), LECTURE) is None
    assert drift_of(captions(LECTURE, "en.vtt"), SCAN) is None


def test_too_little_to_go_by() -> None:
    assert measure_drift([], [(0, 1000)], 5000) is None
    assert measure_drift([(0, 1000)] * 3, [(k * 1000, k * 1000 + 500) for k in range(9)], 10_000) is None
    assert measure_drift([(k * 1000, k * 1000 + 900) for k in range(9)], [], 10_000) is None
    assert measure_drift([(k * 1000, k * 1000 + 900) for k in range(9)], [(0, 9000)] * 6, 0) is None
