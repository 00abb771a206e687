from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from PIL import Image
from tests.unit.recipes.media_work import make
from tests.unit.recipes.slide_videos import (
    FPS,
    SIZE,
    STYLES,
    Score,
    Style,
    changes_of,
    frames,
    photo_slide,
    score,
    strip_of,
    strip_of_file,
    text_slide,
)

from coursepack.recipes.scenes import changes, numbered, proposed_chapters, read_strip

LENGTHS_S = [8, 6, 10, 6, 9]


@pytest.fixture(scope="module")
def scores(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Score]:
    lengths = [float(n) for n in LENGTHS_S]

    def measured(style: Style) -> Score:
        strip = strip_of(frames(style, lengths), tmp_path_factory.mktemp("style"))
        return score(changes(strip), changes_of(style, lengths))

    return {style.name: measured(style) for style in STYLES}


def test_changes_of_slides_are_found(scores: dict[str, Score]) -> None:
    """Cuts, fades of up to three seconds, bullets, photos, dark slides, insets, typing, flashes, black screens."""
    missed = {name: s for name, s in scores.items() if name != "sparse" and (s.precision < 1 or s.recall < 1)}
    assert not missed


def test_a_few_pale_words_in_the_middle_are_mostly_told_apart(scores: dict[str, Score]) -> None:
    assert scores["sparse"].precision == 1
    assert scores["sparse"].recall >= 0.7


def held(images: list[tuple[Image.Image, float]]) -> Iterator[Image.Image]:
    for image, seconds in images:
        for _ in range(round(seconds * FPS)):
            yield image


def test_times_are_those_of_the_cut(tmp_path: Path) -> None:
    strip = strip_of(held([(text_slide(1), 7.25), (text_slide(2), 8)]), tmp_path)
    assert changes(strip) == (7500,)


def test_what_comes_back_is_no_change(tmp_path: Path) -> None:
    """A demonstration of three seconds, a black screen of ten: the slide afterwards is the same."""
    slide = text_slide(1)
    black = Image.new("RGB", SIZE)
    strip = strip_of(held([(slide, 8), (photo_slide(1), 3), (slide, 6), (black, 10), (slide, 6)]), tmp_path)
    assert changes(strip) == ()


def test_a_longer_visit_elsewhere_is_two_changes(tmp_path: Path) -> None:
    slide = text_slide(1)
    strip = strip_of(held([(slide, 8), (photo_slide(1), 8), (slide, 8)]), tmp_path)
    assert changes(strip) == (8000, 16000)


def test_slides_that_are_flicked_through_count_when_one_stays(tmp_path: Path) -> None:
    quick = [(text_slide(n), 1.5) for n in range(2, 7)]
    strip = strip_of(held([(text_slide(1), 8), *quick, (text_slide(9), 8)]), tmp_path)
    assert changes(strip) == (15500,)


def test_moving_pictures_have_no_slides(tmp_path: Path) -> None:
    clip = make(tmp_path / "m.mp4", "-f", "lavfi", "-i", "mandelbrot=s=320x180:r=8:end_pts=100", "-t", "20")
    assert changes(strip_of_file(clip, tmp_path)) == ()


def test_still_and_empty_strips(tmp_path: Path) -> None:
    assert changes(strip_of(held([(text_slide(1), 20)]), tmp_path)) == ()
    path = tmp_path / "strip"
    path.write_bytes(b"\0" * 100)
    assert read_strip(path).pictures == ()
    assert changes(read_strip(path)) == ()
    path.write_bytes(b"\0" * (160 * 90 * 3 + 100))
    assert len(read_strip(path).pictures) == 3
    assert changes(read_strip(path)) == ()


def test_chapters_cover_the_video() -> None:
    chapters = proposed_chapters((30_000, 75_000, 120_000), 160_000, "en")
    assert [(c.start_ms, c.end_ms, c.title) for c in chapters] == [
        (0, 30_000, "Part 1"),
        (30_000, 75_000, "Part 2"),
        (75_000, 120_000, "Part 3"),
        (120_000, 160_000, "Part 4"),
    ]


def test_short_scenes_join_the_shorter_neighbour() -> None:
    starts = [c.start_ms for c in proposed_chapters((5000, 60_000, 70_000, 95_000), 200_000)]
    assert starts == [0, 60_000, 95_000]


def test_never_more_than_thirty_chapters() -> None:
    duration = 7_200_000
    times = tuple(range(21_000, duration, 25_000))
    chapters = proposed_chapters(times, duration, "zh-Hans")
    assert 15 < len(chapters) <= 30
    assert chapters[0].start_ms == 0
    assert chapters[-1].end_ms == duration
    assert all(a.end_ms == b.start_ms for a, b in pairwise(chapters))
    assert all(c.end_ms - c.start_ms >= 20_000 for c in chapters)
    assert chapters[1].title == "第 2 部分"


def test_one_scene_is_no_division() -> None:
    assert proposed_chapters((), 100_000) == ()
    assert proposed_chapters((5000, 95_000), 100_000) == ()
    assert proposed_chapters((0, 100_000, 200_000), 100_000) == ()
    assert proposed_chapters((), 0) == ()


@pytest.mark.parametrize(
    ("language", "title"),
    [("en", "Part 3"), ("", "Part 3"), ("de", "Part 3"), ("zh-Hant-HK", "第 3 部分"), ("yue", "第 3 部分")],
)
def test_titles_by_language(language: str, title: str) -> None:
    assert numbered(3, language) == title
