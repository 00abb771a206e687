from pathlib import Path

import pytest
from tests.unit.recipes.media_work import make, tool

from coursepack.tools.ffmpeg import own_input
from coursepack.tools.process import Limits, ToolFailed
from coursepack.tools.vmaf import Vmaf, measure, summary

RAW = ("-c:v", "rawvideo", "-pix_fmt", "yuv420p")


def source(tmp: Path, size: str = "320x180", seconds: float = 1) -> Path:
    return make(tmp / "raw.mkv", "-f", "lavfi", "-i", f"mandelbrot=s={size}:r=25", "-t", str(seconds), *RAW)


def score(tmp: Path, made: Path, reference: Path, **options: int) -> Vmaf:
    streams = [own_input(path)["v:0"] for path in (made, reference)]
    return measure(tool(), *streams, folder=tmp, limits=Limits(timeout_s=60), **{"lines": 180, **options})


def test_the_coarser_the_lower(tmp_path: Path) -> None:
    raw = source(tmp_path)
    fine, coarse = (
        make(tmp_path / f"{crf}.mkv", "-i", str(raw), "-c:v", "libx264", "-crf", crf) for crf in ("18", "36")
    )
    good, bad = score(tmp_path, fine, raw), score(tmp_path, coarse, raw)
    assert (good.pictures, bad.pictures) == (25, 25)
    assert 85 < good.p5 <= good.mean
    assert bad.mean < good.mean - 10
    assert score(tmp_path, fine, raw) == good
    assert score(tmp_path, fine, raw, every=5).pictures == 5


def test_pictures_are_paired_by_number(tmp_path: Path) -> None:
    # MP4 counts 12800 ticks a second here, Matroska 1000, and the track starts late.
    raw = source(tmp_path)
    made = make(tmp_path / "made.mp4", "-itsoffset", "0.33", "-i", str(raw), "-c:v", "libx264", "-crf", "14")
    assert score(tmp_path, made, raw).p5 > 95


def test_of_4k_lines_by_the_model_of_4k_screens(tmp_path: Path) -> None:
    raw = source(tmp_path, seconds=0.2)
    made = make(tmp_path / "made.mkv", "-i", str(raw), "-c:v", "libx264", "-crf", "30")
    # From farther away the same faults are seen less.
    assert score(tmp_path, made, raw, lines=2160).mean > score(tmp_path, made, raw).mean


def test_pictures_too_small_to_judge(tmp_path: Path) -> None:
    raw = source(tmp_path, "16x16")
    made = make(tmp_path / "made.mkv", "-i", str(raw), *RAW)
    with pytest.raises(ToolFailed):
        score(tmp_path, made, raw)


def test_summary() -> None:
    assert summary([90.0] * 95 + [50.0] * 5) == Vmaf(88.0, 50.0, 100)
    assert summary([93.0]) == Vmaf(93.0, 93.0, 1)
