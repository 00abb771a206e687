from fractions import Fraction

import pytest

from coursepack.recipes.ladder import choose_rungs, references, slow_rate

LADDER = (1080, 720, 480, 360, 240)


def sizes(width: int, height: int, ladder: tuple[int, ...] = LADDER) -> list[tuple[int, int]]:
    return [(r.width, r.height) for r in choose_rungs(width, height, Fraction(30), ladder=ladder, crf=23)]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ((1920, 1080), [(1920, 1080), (1280, 720), (852, 480), (640, 360), (426, 240)]),
        ((1080, 1920), [(1080, 1920), (720, 1280), (480, 852), (360, 640), (240, 426)]),
        ((3840, 2160), [(1920, 1080), (1280, 720), (852, 480), (640, 360), (426, 240)]),
        ((640, 360), [(640, 360), (426, 240)]),
        # Clearly larger than the best rung below: it keeps its own size as well.
        ((1440, 1000), [(1440, 1000), (1036, 720), (690, 480), (518, 360), (344, 240)]),
        ((320, 180), [(320, 180), (212, 120)]),
        ((321, 179), [(320, 178), (212, 118)]),
        ((64, 48), [(64, 48)]),
        ((1, 1), [(16, 16)]),
        ((1000, 3), [(1000, 16)]),
    ],
)
def test_sizes(source: tuple[int, int], expected: list[tuple[int, int]]) -> None:
    assert sizes(*source) == expected


def test_all_sizes_are_even_and_none_is_enlarged() -> None:
    for width in range(16, 700, 37):
        for height in range(16, 700, 41):
            for w, h in sizes(width, height):
                assert w % 2 == h % 2 == 0
                assert w <= width
                assert h <= height


@pytest.mark.parametrize("fps", ["5", "24000/1001", "25", "30000/1001", "50", "60000/1001", "60"])
def test_keyframes_fall_on_the_same_instants(fps: str) -> None:
    rungs = choose_rungs(1920, 1080, Fraction(fps), ladder=LADDER, crf=23)
    assert len({r.gop / r.fps for r in rungs}) == 1
    assert all(r.fps <= 30 for r in rungs if r.lines <= 360)
    # What is small itself keeps its rate.
    assert choose_rungs(640, 360, Fraction(fps), ladder=LADDER, crf=23)[0].fps == Fraction(fps)
    assert 5.5 <= rungs[0].gop / rungs[0].fps <= 6.5


def test_an_unsorted_or_silly_ladder() -> None:
    assert sizes(640, 360, (240, 240, 0, -3, 360)) == [(640, 360), (426, 240)]
    assert sizes(640, 360, ()) == [(640, 360)]
    assert sizes(640, 360, (1080,)) == [(640, 360)]


def test_references_keep_the_level_low() -> None:
    assert references(1920, 1080, Fraction(30)) == 4  # level 4.0 holds four
    assert references(640, 360, Fraction(30)) == 6


def test_lower_rungs_may_be_coarser() -> None:
    for codec in ("h264", "av1"):
        rungs = choose_rungs(1920, 1080, Fraction(30), ladder=LADDER, crf=30, codec=codec)  # type: ignore[arg-type]
        factors = [r.crf for r in rungs]
        assert factors[0] == 30
        assert factors == sorted(factors)
        assert len({r.folder for r in rungs}) == len({r.name for r in rungs}) == len(rungs)


def test_a_small_source_keeps_the_quality_that_was_searched() -> None:
    rungs = choose_rungs(426, 240, Fraction(30), ladder=LADDER, crf=23)
    assert [(r.height, r.crf, bool(r.cap_kbps)) for r in rungs] == [(240, 23, False), (160, 23, True)]
    assert [r.crf for r in choose_rungs(640, 360, Fraction(30), ladder=LADDER, crf=23)] == [23, 24]


def test_the_lowest_rung_alone_is_capped() -> None:
    rungs = choose_rungs(1920, 1080, Fraction(30), ladder=LADDER, crf=23)
    assert [bool(r.cap_kbps) for r in rungs] == [False, False, False, False, True]


@pytest.mark.parametrize(
    ("fps", "slow"), [("30", "15"), ("30000/1001", "15000/1001"), ("25", "25/2"), ("60", "15"), ("10", "10")]
)
def test_slides_take_every_nth_picture(fps: str, slow: str) -> None:
    assert slow_rate(Fraction(fps)) == Fraction(slow)
