from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from tests.unit.recipes.media_work import Ran, make, refused_codes, run_recipe, tool

from coursepack.model.media import Codec, QualityProbe, SearchFacts, VideoClass
from coursepack.recipes.ladder import as_params, choose_rungs
from coursepack.recipes.search import BOUNDS, SCALES, Bounds, SearchRecipe, sample_stretches, search, surplus
from coursepack.tools.probe import probe

RECIPE = SearchRecipe(tool())
H264 = ("-c:v", "libx264", "-preset", "ultrafast", "-crf", "12")
FILM = ("-f", "lavfi", "-i", "mandelbrot=s=320x180:r=25")


def params(
    path: Path,
    *,
    codec: Codec = "h264",
    samples: tuple[tuple[int, int], ...] = ((0, 800), (1500, 800)),
    video_class: VideoClass = "camera",
    target: float = 93,
) -> dict[str, Any]:
    facts = probe(path)
    fps = Fraction(facts.streams[facts.video].fps).limit_denominator(1001)
    top = choose_rungs(facts.width, facts.height, fps, ladder=[1080, 360, 180], crf=0, codec=codec)[0]
    return {
        "facts": as_params(facts),
        "rung": as_params(top),
        "fps": str(fps),
        "samples": [list(s) for s in samples],
        "class": video_class,
        "target": target,
    }


def run(path: Path, tmp: Path, **options: Any) -> tuple[SearchFacts, Ran]:
    ran = run_recipe(RECIPE, path, tmp, params=params(path, **options))
    facts = dict(ran.facts)
    facts["probes"] = tuple(QualityProbe(**p) for p in facts.get("probes", ()))
    return SearchFacts(**facts), ran


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("film") / "film.mp4", *FILM, "-t", "3", *H264)


@pytest.mark.parametrize("codec", ["h264", "av1"])
def test_the_target_is_reached_and_not_by_much(film: Path, tmp_path: Path, codec: Codec) -> None:
    found, ran = run(film, tmp_path / "one", codec=codec)
    assert found.codec == codec
    assert 92.8 < found.vmaf < 93.7
    assert found.vmaf_p5 >= 88.8
    assert found.bytes_per_s > 0
    assert 2 <= len(found.probes) <= 6
    # Bracketed: one probe at or above the target, one below, unless the first was right on it.
    assert min(p.vmaf for p in found.probes) <= 93.7
    assert ran.codes == []
    assert ran.work.fractions == sorted(ran.work.fractions)
    again, _ = run(film, tmp_path / "two", codec=codec)
    assert again == found


def test_a_target_out_of_bounds_is_told(film: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # At 16, the real bound, even noise comes out well.
    monkeypatch.setitem(BOUNDS, "h264", Bounds(30, 36, 0.5))
    found, ran = run(film, tmp_path / "run", samples=((0, 800),), target=96)
    assert found.crf == 30
    assert found.vmaf < 95
    assert ran.codes == ["CP234"]


def test_a_still_picture_stops_at_the_coarsest(tmp_path: Path) -> None:
    still = make(tmp_path / "still.mp4", "-f", "lavfi", "-i", "color=gray:s=320x180:r=25:d=1", *H264)
    found, ran = run(still, tmp_path / "run", samples=((0, 1000),), video_class="slides", target=99)
    assert (found.crf, ran.codes) == (BOUNDS["h264"].highest, [])


@pytest.mark.parametrize("size", ["16x16", "2x2", "320x40"])
def test_too_small_to_judge(tmp_path: Path, size: str) -> None:
    small = make(tmp_path / "small.mp4", "-f", "lavfi", "-i", f"color=red:s={size}:r=25:d=1", *H264)
    found, ran = run(small, tmp_path / "run", samples=((0, 1000),), video_class="screen")
    assert found == SearchFacts("h264", SCALES["h264"]["screen"].seed, 0, 0, 0)


def test_one_picture_and_samples_past_the_end(film: Path, tmp_path: Path) -> None:
    one = make(tmp_path / "one.mp4", *FILM, "-frames:v", "1", *H264)
    found, _ = run(one, tmp_path / "a", samples=((0, 40),), target=90)
    assert found.vmaf >= 89.9
    late, _ = run(film, tmp_path / "b", samples=((60_000, 500),), target=90)
    assert late.vmaf >= 89.9


def test_nothing_to_decode(film: Path, tmp_path: Path) -> None:
    junk = tmp_path / "junk.mp4"
    junk.write_bytes(b"\0" * 5000)
    assert refused_codes(RECIPE, junk, tmp_path / "run", params=params(film)) == ["CP218"]


def test_samples_in_frames() -> None:
    fps = Fraction(30000, 1001)
    first, second = sample_stretches([[0, 2000], [10_010, 2000]], fps, 1920 * 1080)
    assert (first.first_frame, first.frames) == (0, 60)
    assert (second.first_frame, second.fps) == (300, fps)
    # Raw 4K pictures are 12 MB each.
    large = sample_stretches([[0, 2000]] * 3, Fraction(60), 3840 * 2160)
    assert 12 <= sum(s.frames for s in large) <= 40


def curve(slope: float, at_30: float, spread: float = 1) -> Any:
    def measure(crf: float) -> QualityProbe:
        mean = min(97.4, at_30 - slope * (crf - 30))
        return QualityProbe(crf, mean, mean - spread, round(1e6 / crf))

    return measure


@pytest.mark.parametrize("codec", ["h264", "av1"])
@pytest.mark.parametrize("video_class", ["slides", "screen", "mixed", "camera"])
@pytest.mark.parametrize(("slope", "at_30"), [(0.2, 95.5), (0.35, 94), (1.1, 97), (1.6, 88), (0.5, 96)])
def test_search_on_curves(codec: Codec, video_class: VideoClass, slope: float, at_30: float) -> None:
    bounds = BOUNDS[codec]
    wanted = min(max(30 + (at_30 - 95) / slope, bounds.lowest), bounds.highest)
    found = search(curve(slope, at_30), codec, SCALES[codec][video_class], 95)
    assert abs(found.crf - wanted) <= 0.15 / slope + 0.1 / slope + bounds.step
    assert len(found.probes) <= 6
    assert (found.crf / bounds.step).is_integer()


def test_the_bad_moments_count() -> None:
    found = search(curve(0.5, 95, spread=6), "h264", SCALES["h264"]["camera"], 95)
    # The mean alone would allow 30; the 5th percentile, 6 below it, may be 4 below the target.
    assert abs(found.crf - 26) <= 0.5
    assert surplus(QualityProbe(26, 97, 91, 1), 95) >= 0
