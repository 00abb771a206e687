"""Recipes "image" and "file"."""

import io
from pathlib import Path
from typing import Any

import av
import msgspec
import pytest
from PIL import Image, ImageDraw
from tests.unit.recipes.folder_work import FolderWork

from coursepack.model.codes import words
from coursepack.model.media import ImageFacts
from coursepack.model.recipe import Refused
from coursepack.recipes.file import FileRecipe
from coursepack.recipes.image import ImageRecipe, choose_widths
from coursepack.tools.ffmpeg import find_ffmpeg

WIDTHS = [320, 640, 960, 1280, 1920]


def run(
    tmp_path: Path, data: bytes, name: str = "a.png", variant: str = "web"
) -> tuple[ImageFacts, FolderWork]:
    (tmp_path / name).write_bytes(data)
    work = FolderWork(tmp_path / name, tmp_path, {"widths": WIDTHS, "variant": variant})
    facts = msgspec.convert(ImageRecipe(find_ffmpeg()).run(work), ImageFacts)
    extra = {facts.still} - {""} | ({facts.video.name} if facts.video else set())
    assert {v.name for v in facts.variants} | extra == work.files.keys()
    for v in facts.variants:
        assert v.size == len(work.files[v.name])
        assert v.media_type == work.types[v.name]
        if v.media_type != "image/svg+xml":
            assert Image.open(io.BytesIO(work.files[v.name])).size == (v.width, v.height)
    return facts, work


def saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def photo(width: int, height: int) -> Image.Image:
    coarse = Image.merge("RGB", [Image.effect_noise((width // 30, height // 30), 70) for _ in range(3)])
    fine = Image.effect_noise((width, height), 16).convert("RGB")
    return Image.blend(coarse.resize((width, height), Image.Resampling.BICUBIC), fine, 0.3)


def screenshot(width: int, height: int, mode: str = "RGB") -> Image.Image:
    image = Image.new(mode, (width, height), "white")
    draw = ImageDraw.Draw(image)
    for y in range(8, height, 16):
        draw.text((10, y), "coursepack build --only web,mobile " * 3, fill="black")
    return image


def by_type(facts: ImageFacts) -> dict[str, list[int]]:
    widths: dict[str, list[int]] = {}
    for v in facts.variants:
        widths.setdefault(v.media_type, []).append(v.width)
    return widths


@pytest.mark.parametrize(
    ("natural", "widths"),
    [
        (3000, [320, 640, 960, 1280, 1920]),
        (1920, [320, 640, 960, 1280, 1920]),
        (1366, [320, 640, 960, 1366]),
        (700, [320, 700]),
        (330, [330]),
        (20, [20]),
    ],
)
def test_widths(natural: int, widths: list[int]) -> None:
    assert choose_widths(natural, WIDTHS) == widths


def test_photo(tmp_path: Path) -> None:
    facts, _ = run(tmp_path, saved(photo(1500, 1000), "JPEG", quality=95), "p.jpg")
    assert (facts.width, facts.height) == (1500, 1000)
    assert by_type(facts) == {
        "image/avif": [320, 640, 960, 1500],
        "image/webp": [320, 640, 960, 1500],
        "image/jpeg": [960],
    }
    size = {v.name: v.size for v in facts.variants}
    assert size["w960.avif"] < size["w960.webp"] < size["w960.jpg"]


def test_screenshot_keeps_colour_edges(tmp_path: Path) -> None:
    image = Image.new("RGB", (800, 400), "white")
    image.paste((255, 0, 0), (101, 101, 700, 300))
    ImageDraw.Draw(image).line((0, 0, 799, 399), fill=(0, 0, 255))
    facts, work = run(tmp_path, saved(image, "PNG"))
    for v in facts.variants:
        if v.width == 800:
            red, green, blue = Image.open(io.BytesIO(work.files[v.name])).convert("RGB").getpixel((101, 200))
            assert red > 225 > 60 > max(green, blue), v.name  # 4:2:0 mixes the edge with white


def test_transparent(tmp_path: Path) -> None:
    image = photo(400, 300).convert("RGBA")
    image.paste((0, 0, 0, 0), (0, 0, 200, 300))
    facts, work = run(tmp_path, saved(image, "PNG"))
    assert facts.variants[-1].media_type == "image/png"
    for data in work.files.values():
        assert Image.open(io.BytesIO(data)).convert("RGBA").getpixel((2, 2))[3] < 8


def test_no_format_is_kept_that_gains_nothing(tmp_path: Path) -> None:
    facts, _ = run(tmp_path, saved(screenshot(1000, 600), "PNG"))
    base = {v.media_type: v.size for v in facts.variants if v.width == 1000}
    order = list(base.values())
    assert order == sorted(order)


def test_smaller_width_is_smaller_file(tmp_path: Path) -> None:
    facts, _ = run(tmp_path, saved(screenshot(1900, 600), "PNG"))
    for media_type in by_type(facts):
        sizes = [v.size for v in facts.variants if v.media_type == media_type]
        assert sizes == sorted(sizes)


def test_mobile_has_one_good_file_and_one_for_all(tmp_path: Path) -> None:
    (tmp_path / "p.jpg").write_bytes(saved(photo(1500, 1000), "JPEG"))
    work = FolderWork(tmp_path / "p.jpg", tmp_path, {"widths": [320, 640, 960], "variant": "mobile"})
    facts = msgspec.convert(ImageRecipe(find_ffmpeg()).run(work), ImageFacts)
    assert by_type(facts)["image/jpeg"] == [640]
    assert set(by_type(facts)) == {"image/avif", "image/jpeg"}


def test_icon_is_one_file(tmp_path: Path) -> None:
    facts, _ = run(tmp_path, saved(photo(64, 60), "PNG"))
    assert len(facts.variants) == 1


def test_same_bytes_for_any_thread_count(tmp_path: Path) -> None:
    data = saved(photo(700, 500), "JPEG")
    (tmp_path / "p.jpg").write_bytes(data)
    made = []
    for threads in (1, 4):
        work = FolderWork(tmp_path / "p.jpg", tmp_path, {"widths": WIDTHS, "variant": "web"}, threads=threads)
        ImageRecipe(find_ffmpeg()).run(work)
        made.append(work.files)
    assert made[0] == made[1]


def test_very_tall_image_has_no_webp(tmp_path: Path) -> None:
    facts, _ = run(tmp_path, saved(screenshot(70, 17000), "PNG"))
    assert "image/webp" not in by_type(facts)


def test_animation(tmp_path: Path) -> None:
    first, *rest = [photo(90, 60) for _ in range(5)]
    data = saved(first, "GIF", save_all=True, append_images=rest, duration=200, loop=0)
    facts, work = run(tmp_path, data, "a.gif")
    assert facts.animated
    assert list(by_type(facts)) == ["image/webp", "image/gif"]
    assert Image.open(io.BytesIO(work.files[facts.still])).format in ("JPEG", "PNG")
    assert [d.code for d in work.findings] == ["CP258"]


def moving(size: tuple[int, int] = (200, 150), kind: str = "GIF", **options: Any) -> bytes:
    frames = []
    for n in range(4):
        frame = Image.new("RGB", size, "white")
        ImageDraw.Draw(frame).rectangle((n * 30, 40, n * 30 + 50, 90), fill=(11, 87, 80))
        frames.append(frame)
    given = {"duration": [100, 700, 100, 500], "loop": 0, **options}
    return saved(frames[0], kind, save_all=True, append_images=frames[1:], **given)


def probed(data: bytes) -> tuple[av.container.InputContainer, list[int]]:
    container = av.open(io.BytesIO(data))
    stream = container.streams.video[0]
    times = [round(1000 * p.pts * stream.time_base) for p in container.demux(stream) if p.pts is not None]
    return container, times


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_an_opaque_animation_becomes_a_video_with_its_times(tmp_path: Path, kind: str) -> None:
    data = moving(kind=kind)
    facts, work = run(tmp_path, data, "a.gif")
    assert facts.animated and facts.loop
    assert facts.video is not None
    assert (facts.video.name, facts.video.media_type) == ("moving.mp4", "video/mp4")
    assert facts.variants[-1].media_type in ("image/png", "image/jpeg")  # the first frame, as any picture
    container, times = probed(work.files["moving.mp4"])
    stream = container.streams.video[0]
    assert (stream.codec_context.name, stream.codec_context.pix_fmt) == ("h264", "yuv420p")
    assert times[:4] == [0, 100, 800, 900]
    assert container.duration is not None
    assert abs(container.duration - 1_400_000) < 20_000
    assert work.files["moving.mp4"].index(b"moov") < work.files["moving.mp4"].index(b"mdat")
    assert work.findings == []  # it waits to be played, so it may move as long as it likes
    assert list(work.folder.glob("*.nut")) == []


def test_a_video_has_even_sides_and_loses_no_edge(tmp_path: Path) -> None:
    frames = [Image.new("RGB", (201, 133), "white") for _ in range(3)]
    for n, frame in enumerate(frames):
        frame.paste((200, 0, 0), (200, 0, 201, 133))
        frame.paste("black", (n * 20, 20, n * 20 + 9, 40))
    data = saved(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=100)
    facts, work = run(tmp_path, data, "a.gif")
    assert facts.video is not None
    assert (facts.video.width, facts.video.height) == (202, 134)
    assert not facts.loop
    container = av.open(io.BytesIO(work.files["moving.mp4"]))
    picture = next(container.decode(video=0)).to_image()
    assert picture.size == (202, 134)
    red, green, blue = picture.getpixel((201, 60))
    assert red > 150 > 70 > max(green, blue)


def test_a_large_animation_is_scaled_down(tmp_path: Path) -> None:
    facts, _ = run(tmp_path, moving((1500, 500)), "a.gif")
    assert facts.video is not None
    assert (facts.width, facts.video.width, facts.video.height) == (1500, 1280, 428)


def test_the_video_of_an_animation_has_the_same_bytes_again(tmp_path: Path) -> None:
    data = moving()
    made = []
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        made.append(run(tmp_path / name, data, "a.gif")[1].files)
    assert made[0] == made[1]


def test_transparent_animations_stay_pictures(tmp_path: Path) -> None:
    frames = [Image.new("RGBA", (200, 150), (0, 0, 0, 0)) for _ in range(3)]
    for n, frame in enumerate(frames):
        frame.paste((200, 0, 0, 255), (n * 30, 10, n * 30 + 40, 60))
    data = saved(frames[0], "WEBP", save_all=True, append_images=frames[1:], duration=100, lossless=True)
    facts, work = run(tmp_path, data, "a.webp")
    assert facts.video is None
    assert facts.animated
    assert "moving.mp4" not in work.files
    made = Image.open(io.BytesIO(work.files["w200.webp"]))
    assert made.convert("RGBA").getpixel((190, 140))[3] == 0


def test_short_animation_is_no_finding(tmp_path: Path) -> None:
    first, *rest = [photo(90, 60) for _ in range(5)]
    data = saved(first, "GIF", save_all=True, append_images=rest, duration=200)
    assert run(tmp_path, data, "a.gif")[1].findings == []


def test_drawing(tmp_path: Path) -> None:
    data = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><script>x</script><rect/></svg>'
    facts, work = run(tmp_path, data, "a.png")  # content decides, not the name
    assert (facts.width, facts.height) == (40, 20)
    assert b"script" not in work.files["image.svg"]
    assert [d.code for d in work.findings] == ["CP257"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "CP251"),
        (b"<!DOCTYPE html><script>alert(1)</script>", "CP250"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "CP250"),
        (saved(photo(300, 200), "JPEG")[:900], "CP251"),
        (b"GIF89a\xff\xff\xff\xff\0\0\0,\0\0\0\0\xff\xff\xff\xff\0\2\2D\1\0;", "CP252"),
        (b"<svg", "CP254"),
        (b"<?xml version='1.0'?><!DOCTYPE svg [<!ENTITY a 'b'>]><svg/>", "CP255"),
    ],
)
def test_refused_with_words(tmp_path: Path, data: bytes, code: str) -> None:
    with pytest.raises(Refused) as caught:
        run(tmp_path, data, "bild.jpg")
    (found,) = caught.value.diagnostics
    assert (found.code, found.path) == (code, "bild.jpg")
    for language in ("en", "zh-Hans"):
        message, hint = words(found, language)
        assert message
        assert hint
        assert "?" not in message or found.args.get("kind") == "?"
        assert "{" not in message + hint


@pytest.mark.parametrize(
    ("name", "stored", "media_type"),
    [
        ("handout.pdf", "handout.pdf", "application/pdf"),
        ("data.CSV", "data.CSV", "text/csv; charset=utf-8"),
        ("page.html", "page.html.download", "application/octet-stream"),
        ("drawing.svg", "drawing.svg.download", "application/octet-stream"),
        ("app.JS", "app.JS.download", "application/octet-stream"),
        ("noext", "noext", "application/octet-stream"),
        ("thing.xyz", "thing.xyz", "application/octet-stream"),
    ],
)
def test_file(tmp_path: Path, name: str, stored: str, media_type: str) -> None:
    (tmp_path / "src").write_bytes(b"bytes\0of it")
    work = FolderWork(tmp_path / "src", tmp_path, {"name": name}, kind="file")
    facts = FileRecipe().run(work)
    assert work.files == {stored: b"bytes\0of it"}
    assert facts == {"file": stored, "size": 11, "media_type": media_type}
    assert (tmp_path / "src").exists()
