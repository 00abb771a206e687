"""`tools.images`: content decides, bombs stay shut, colours come out as sRGB."""

import io
import zlib
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from coursepack.tools import image_encoders as encode
from coursepack.tools.image_kind import sniff
from coursepack.tools.images import BadImage, check_embedded, read, read_animation, sniff_file


def save(path: Path, image: Image.Image, kind: str, **options: object) -> Path:
    image.save(path, kind, **options)
    return path


def read_any(path: Path, want_width: int = 1920):
    return read(path, sniff_file(path), want_width=want_width)


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "WEBP"),
        (b"\0\0\0\x1cftypmif1\0\0\0\0mif1avif", "AVIF"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIC"),
        (b"\0\0\0\x18ftypisom\0\0\0\0mp42", "MP4"),
        (b"<?xml version='1.0'?>\n<svg/>", "SVG"),
        (b"\xef\xbb\xbf  <svg", "SVG"),
        ("\ufeff<svg>".encode("utf-16-le"), "SVG"),
        (b"<!DOCTYPE html><svg>", "HTML"),
        (b"version https://git-lfs.github.com/spec/v1", ""),
        (b"\0\0\0\xffftyp", "MP4"),
    ],
)
def test_sniff(head: bytes, name: str) -> None:
    assert sniff(head) == name


@pytest.mark.parametrize(("data", "code"), [(b"", "CP251"), (b"<html>", "CP250"), (b"8BPS\0\1", "CP250")])
def test_not_an_image(tmp_path: Path, data: bytes, code: str) -> None:
    (tmp_path / "photo.jpg").write_bytes(data)
    with pytest.raises(BadImage) as caught:
        sniff_file(tmp_path / "photo.jpg")
    assert caught.value.code == code


def bomb(width: int, height: int) -> bytes:
    """A PNG that declares `width` x `height` and holds a few bytes."""

    def chunk(tag: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + tag + data + zlib.crc32(tag + data).to_bytes(4, "big")

    header = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x02\0\0\0"
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 99))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("size", [(8000, 7000), (30000, 30000), (70000, 1)])
def test_bombs_are_refused_by_their_header(tmp_path: Path, size: tuple[int, int]) -> None:
    (tmp_path / "b.png").write_bytes(bomb(*size))
    with pytest.raises(BadImage) as caught:
        read_any(tmp_path / "b.png")
    assert caught.value.code == "CP252"
    with pytest.raises(BadImage):
        check_embedded(bomb(*size))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "AVIF", "BMP", "TIFF"])
@pytest.mark.parametrize("share", [0.02, 0.5, 0.9])
def test_truncated(tmp_path: Path, kind: str, share: float) -> None:
    whole = save(tmp_path / "whole", Image.effect_noise((90, 70), 90).convert("RGB"), kind).read_bytes()
    (tmp_path / "cut").write_bytes(whole[: max(16, int(len(whole) * share))])
    with pytest.raises(BadImage) as caught:
        read_any(tmp_path / "cut")
    assert caught.value.code == "CP251"
    assert str(tmp_path) not in str(caught.value.facts)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "PNG", "TIFF", "AVIF"])
def test_orientation_is_applied(tmp_path: Path, orientation: int, kind: str) -> None:
    upright = Image.new("RGB", (64, 32), "blue")
    upright.paste("red", (0, 0, 16, 8))  # top left corner
    undo = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # transpositions that the tag takes back
    stored = upright.transpose(Image.Transpose(undo[orientation])) if orientation > 1 else upright
    exif = Image.Exif()
    exif[0x0112] = orientation
    picture = read_any(save(tmp_path / "x", stored, kind, exif=exif))
    assert (picture.width, picture.height) == (64, 32)
    red = picture.image.getpixel((4, 3))
    assert red[0] > 150 > red[2]


def test_jpeg_is_scaled_while_decoding(tmp_path: Path) -> None:
    path = save(tmp_path / "x.jpg", Image.new("RGB", (4000, 3000)), "JPEG")
    picture = read_any(path, want_width=640)
    assert (picture.width, picture.height) == (4000, 3000)
    assert 640 <= picture.image.width <= 1280


def test_colour_profile_becomes_srgb(tmp_path: Path) -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    same = read_any(
        save(tmp_path / "s.png", Image.new("RGB", (9, 9), (200, 40, 90)), "PNG", icc_profile=profile)
    )
    assert not same.profile_unusable
    assert same.image.info == {}
    assert all(abs(a - b) <= 1 for a, b in zip(same.image.getpixel((1, 1)), (200, 40, 90), strict=True))
    odd = read_any(
        save(tmp_path / "o.png", Image.new("RGB", (9, 9), "red"), "PNG", icc_profile=lab.tobytes())
    )
    assert odd.profile_unusable
    assert odd.image.getpixel((1, 1)) == (255, 0, 0)


def test_cmyk(tmp_path: Path) -> None:
    path = save(tmp_path / "c.jpg", Image.new("CMYK", (16, 16), (0, 255, 255, 0)), "JPEG")
    red, green, blue = read_any(path).image.getpixel((8, 8))
    assert red > 200
    assert green < 60 > blue


@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
def test_16_bit_grey_is_scaled_not_clipped(tmp_path: Path, kind: str) -> None:
    grey = Image.new("I;16", (4, 4), 32896)
    assert read_any(save(tmp_path / "g", grey, kind)).image.getpixel((1, 1)) == (128, 128, 128)


def test_float_grey(tmp_path: Path) -> None:
    grey = Image.new("F", (2, 1), 0.0)
    grey.putpixel((1, 0), 5.0)
    image = read_any(save(tmp_path / "f.tif", grey, "TIFF")).image
    assert [image.getpixel((x, 0)) for x in (0, 1)] == [(0, 0, 0), (255, 255, 255)]


def test_transparency_of_every_kind(tmp_path: Path) -> None:
    indexed = Image.new("P", (2, 1), 1)
    indexed.putpalette([0, 0, 0, 255, 0, 0])
    indexed.putpixel((0, 0), 0)
    for name, image, options in (
        ("p", indexed, {"transparency": 0}),
        ("la", Image.new("LA", (2, 1), (9, 0)), {}),
        ("rgb", Image.new("RGB", (2, 1), (1, 2, 3)), {"transparency": (1, 2, 3)}),
    ):
        picture = read_any(save(tmp_path / name, image, "PNG", **options))
        assert picture.transparent, name
        assert picture.image.getpixel((0, 0))[3] == 0, name


def test_idle_alpha_is_dropped(tmp_path: Path) -> None:
    assert not read_any(save(tmp_path / "x", Image.new("RGBA", (9, 9), "red"), "PNG")).transparent


def test_flat_pictures_are_told_from_photos(tmp_path: Path) -> None:
    shot = Image.new("RGB", (200, 100), "white")
    for y in range(10, 90, 10):
        shot.paste("black", (10, y, 150, y + 4))
    noise = Image.merge("RGB", [Image.effect_noise((200, 100), 40) for _ in range(3)])
    assert read_any(save(tmp_path / "s", shot, "PNG")).flat
    assert not read_any(save(tmp_path / "n", noise, "PNG")).flat


def test_metadata_does_not_survive() -> None:
    image = Image.effect_noise((64, 64), 50).convert("RGB")
    image.info = {}
    for data in (
        encode.encode_jpeg(image, flat=False),
        encode.encode_png(image),
        encode.encode_webp(image, quality=80),
        encode.encode_webp_exact(image),
        encode.encode_avif(image, flat=False, quality=60),
    ):
        again = Image.open(io.BytesIO(data))
        assert not again.getexif()
        assert not {"xmp", "icc_profile", "comment"} & again.info.keys()


def test_same_bytes_again() -> None:
    image = Image.effect_noise((700, 500), 60).convert("RGB")
    image.info = {}
    for encoder, options in (
        (encode.encode_avif, {"flat": False, "quality": 63}),
        (encode.encode_webp, {"quality": 80}),
        (encode.encode_jpeg, {"flat": False}),
    ):
        assert encoder(image, **options) == encoder(image.copy(), **options)


def test_png_palette_is_exact() -> None:
    image = Image.linear_gradient("L").convert("RGB")
    small = encode.encode_png(image)
    again = Image.open(io.BytesIO(small))
    assert again.mode == "P"
    assert again.convert("RGB").tobytes() == image.tobytes()


def frames(n: int, size: tuple[int, int] = (40, 30)) -> list[Image.Image]:
    return [Image.new("RGB", size, (i * 9 % 256, 80, 200 - i * 5 % 200)) for i in range(n)]


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_animation(tmp_path: Path, kind: str) -> None:
    first, *rest = frames(4)
    path = tmp_path / "a"
    first.save(path, kind, save_all=True, append_images=rest, duration=[100, 200, 300, 50], loop=0)
    animation = read_animation(path, kind)
    assert animation is not None
    assert animation.durations_ms == (100, 200, 300, 50)
    assert animation.loops == 0
    for target in ("WEBP", "GIF"):
        out = tmp_path / target
        out.write_bytes(encode.encode_animation(path, animation, target))
        again = read_animation(out, target)
        assert again is not None
        assert (again.durations_ms, again.loops) == (animation.durations_ms, 0)


def test_gif_that_plays_once_still_does(tmp_path: Path) -> None:
    first, *rest = frames(3)
    first.save(tmp_path / "a", "GIF", save_all=True, append_images=rest, duration=100)
    animation = read_animation(tmp_path / "a", "GIF")
    assert animation is not None
    assert animation.loops == 1
    (tmp_path / "b").write_bytes(encode.encode_animation(tmp_path / "a", animation, "GIF"))
    assert read_animation(tmp_path / "b", "GIF") == animation


def test_long_animation_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, *rest = frames(8)
    first.save(tmp_path / "a", "GIF", save_all=True, append_images=rest)
    assert read_animation(tmp_path / "a", "GIF")
    monkeypatch.setattr("coursepack.tools.images.MAX_ANIMATION_PIXELS", 7 * 40 * 30)
    with pytest.raises(BadImage) as caught:
        read_animation(tmp_path / "a", "GIF")
    assert caught.value.code == "CP253"


def test_a_tar_archive_is_named_as_what_it_is() -> None:
    assert sniff(bytes(257) + b"ustar\x0000") == "TAR"
