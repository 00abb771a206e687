from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageFilter
from tests.unit.recipes.media_work import make
from tests.unit.recipes.slide_videos import FPS, SIZE, photo_slide, strip_of, strip_of_file, text_slide

from coursepack.recipes.poster import best_time, interest
from coursepack.recipes.scenes import Strip, changes, picture_facts, read_strip

BLACK = Image.new("RGB", SIZE)


def hold(image: Image.Image, seconds: float) -> Iterator[Image.Image]:
    for _ in range(round(seconds * FPS)):
        yield image


def fade(a: Image.Image, b: Image.Image, seconds: float) -> Iterator[Image.Image]:
    for n in range(round(seconds * FPS)):
        yield Image.blend(a, b, n / (seconds * FPS))


def chosen(strip: Strip, seconds: float) -> float:
    at = best_time(strip, changes(strip), seconds)
    assert 0 <= at < max(seconds, 0.05)
    return at


def shown(image: Image.Image) -> Image.Image:
    return image.convert("L").resize((160, 90), Image.Resampling.BOX)


def test_interest_ranks_pictures() -> None:
    gradient = Image.linear_gradient("L").rotate(90).resize((160, 90))
    blurred = shown(photo_slide(1).filter(ImageFilter.GaussianBlur(40)))
    slide, photo = shown(text_slide(1)), shown(photo_slide(1))
    black, faces = Image.new("L", (160, 90)), [gradient, blurred]
    assert interest(picture_facts(black)) == 0
    for clear in (slide, photo, shown(text_slide(1, dark=True))):
        for dull in faces:
            assert interest(picture_facts(dull)) < 0.6 * interest(picture_facts(clear))


@pytest.mark.parametrize("dark", [False, True])
def test_a_slow_beginning_is_passed_over(tmp_path: Path, dark: bool) -> None:
    """Black, a fade into a blurred logo that stays three seconds, then the first slide."""
    blur = photo_slide(5).filter(ImageFilter.GaussianBlur(30))
    slide = text_slide(3, dark=dark)

    def pictures() -> Iterator[Image.Image]:
        yield from hold(BLACK, 2)
        yield from fade(BLACK, blur, 1)
        yield from hold(blur, 3)
        yield from fade(blur, slide, 1)
        yield from hold(slide, 20)

    assert 7 <= chosen(strip_of(pictures(), tmp_path), 27) <= 8


def test_no_picture_amid_a_fade(tmp_path: Path) -> None:
    a, b = photo_slide(1), photo_slide(2)

    def pictures() -> Iterator[Image.Image]:
        yield from fade(BLACK, a, 3)
        yield from fade(a, b, 3)
        yield from hold(b, 10)

    at = chosen(strip_of(pictures(), tmp_path), 16)
    # The end of the first fade shows one photo alone, if for a moment.
    assert at == 3 or at >= 6


def test_the_first_good_picture_is_taken(tmp_path: Path) -> None:
    def pictures() -> Iterator[Image.Image]:
        for n in range(5):
            yield from hold(text_slide(n), 5)

    assert chosen(strip_of(pictures(), tmp_path), 25) < 5


def test_nothing_from_the_second_half(tmp_path: Path) -> None:
    def pictures() -> Iterator[Image.Image]:
        yield from hold(text_slide(1, bullets=0), 12)
        yield from hold(photo_slide(2), 8)

    assert chosen(strip_of(pictures(), tmp_path), 20) <= 10


def test_black_bars_do_not_hide_the_picture(tmp_path: Path) -> None:
    """A film in a frame: what counts is that there is a picture in it."""
    framed = BLACK.copy()
    framed.paste(photo_slide(4).resize((480, 270)), (80, 45))

    def pictures() -> Iterator[Image.Image]:
        yield from hold(BLACK, 3)
        yield from hold(framed, 10)

    assert chosen(strip_of(pictures(), tmp_path), 13) >= 3


def test_poor_videos_have_a_poster_too(tmp_path: Path) -> None:
    assert chosen(strip_of(hold(BLACK, 4), tmp_path), 4) == 0
    one = make(tmp_path / "one.mp4", "-f", "lavfi", "-i", "testsrc2=s=320x180:r=25:d=0.04", "-frames:v", "1")
    strip = strip_of_file(one, tmp_path)
    assert len(strip.pictures) == 1
    assert chosen(strip, 0.04) == 0
    (tmp_path / "none").write_bytes(b"")
    assert best_time(read_strip(tmp_path / "none"), (), 0) == 0


def test_not_the_last_picture(tmp_path: Path) -> None:
    def pictures() -> Iterator[Image.Image]:
        yield from hold(text_slide(1), 2)
        yield photo_slide(1)

    assert chosen(strip_of(pictures(), tmp_path), 2.25) < 2
