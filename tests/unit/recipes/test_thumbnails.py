import io
import re
from pathlib import Path

from PIL import Image, ImageDraw

from coursepack.recipes.thumbnails import MOST_PICTURES, interval_s, sprites, width
from coursepack.tools.cues import read_cues


def raw(path: Path, images: list[Image.Image]) -> Path:
    path.write_bytes(b"".join(i.tobytes() for i in images))
    return path


def numbered(n: int, wide: int = 160) -> Image.Image:
    image = Image.new("RGB", (wide, 90), ((37 * n) % 256, (91 * n) % 256, 60))
    ImageDraw.Draw(image).text((20, 30), str(n), fill=(255, 255, 255), font_size=30)
    return image


def cues(vtt: bytes) -> list[tuple[int, int, str]]:
    track, found = read_cues(vtt, format_hint="vtt", language="", path="thumbnails.vtt")
    assert not found
    return [(c.start_ms, c.end_ms, c.markup) for c in track.cues]


def test_every_time_has_its_picture(tmp_path: Path) -> None:
    """As a player does it: find the cue, load the sheet, cut the part out."""
    images = [numbered(n) for n in range(150)]
    sheets, vtt = sprites(raw(tmp_path / "t", images), 160, 150, 299_500, 2)
    shown = cues(vtt)
    opened = {s.name: Image.open(io.BytesIO(s.data)).convert("RGB") for s in sheets}
    assert len(sheets) == 3
    assert [(start, end) for start, end, _ in shown] == [
        (2000 * n, min(2000 * n + 2000, 299_500)) for n in range(150)
    ]
    for image, (_, _, part) in zip(images, shown, strict=True):
        match = re.fullmatch(r"(thumbnails-\d\.webp)#xywh=(\d+),(\d+),160,90", part)
        assert match
        x, y = int(match[2]), int(match[3])
        sheet = opened[match[1]]
        assert x + 160 <= sheet.width
        assert y + 90 <= sheet.height
        got = sheet.getpixel((x + 5, y + 5))
        assert isinstance(got, tuple)
        # A sheet's tiles touch each other, so a lossy one may bleed by a few levels.
        assert all(abs(a - b) < 24 for a, b in zip(got, image.getpixel((5, 5)), strict=True))  # type: ignore[arg-type]


def test_a_slide_costs_one_picture(tmp_path: Path) -> None:
    images = [numbered(n // 10) for n in range(40)]
    # A cursor of a few pixels is no other picture.
    images[5].paste((0, 0, 0), (10, 10, 14, 14))
    sheets, vtt = sprites(raw(tmp_path / "t", images), 160, 40, 80_000, 2)
    assert [(start, end) for start, end, _ in cues(vtt)] == [
        (0, 20_000),
        (20_000, 40_000),
        (40_000, 60_000),
        (60_000, 80_000),
    ]
    assert Image.open(io.BytesIO(sheets[0].data)).size == (640, 90)


def test_form_of_the_file(tmp_path: Path) -> None:
    _, vtt = sprites(raw(tmp_path / "t", [numbered(1, 120)]), 120, 1, 1500, 2)
    assert vtt == b"WEBVTT\n\n00:00:00.000 --> 00:00:01.500\nthumbnails-1.webp#xywh=0,0,120,90\n"


def test_fewer_or_more_pictures_than_expected(tmp_path: Path) -> None:
    path = raw(tmp_path / "t", [numbered(n) for n in range(5)])
    # The last picture that there is stays to the end; those after the end are left out.
    assert [c[:2] for c in cues(sprites(path, 160, 9, 17_000, 2)[1])][-1] == (8000, 17_000)
    assert [c[:2] for c in cues(sprites(path, 160, 5, 5000, 2)[1])] == [(0, 2000), (2000, 4000), (4000, 5000)]
    path.write_bytes(b"")
    assert sprites(path, 160, 0, 5000, 2) == ([], b"WEBVTT\n")


def test_same_bytes_again(tmp_path: Path) -> None:
    path = raw(tmp_path / "t", [numbered(n) for n in range(70)])
    assert sprites(path, 160, 70, 140_000, 2) == sprites(path, 160, 70, 140_000, 2)


def test_interval_bounds_the_number_of_pictures() -> None:
    assert interval_s(1) == interval_s(24 * 60_000) == 2
    assert interval_s(60 * 60_000) == 5
    assert interval_s(2 * 3_600_000) == 10
    for minutes in range(1, 13 * 60, 7):
        ms = minutes * 60_000 + 1
        assert -(-ms // (1000 * interval_s(ms))) <= MOST_PICTURES


def test_width_keeps_the_shape() -> None:
    assert width(1920, 1080) == 160
    assert width(640, 480) == 120
    assert width(1080, 1920) == 50
    assert width(321, 179) == 162
    for w, h in ((1, 4000), (9000, 10), (16, 16)):
        assert width(w, h) % 2 == 0
        assert 2 <= width(w, h) <= 320
