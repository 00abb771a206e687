"""Recipe "image": nothing private goes out, colours come out right, nothing unfolds in the memory."""

import io
import struct
import subprocess
import sys
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest
from PIL import Image, ImageCms, PngImagePlugin
from tests.unit.recipes.folder_work import FolderWork

from coursepack.model.media import ImageFacts
from coursepack.recipes.image import ImageRecipe
from coursepack.tools.ffmpeg import find_ffmpeg

WIDTHS = [360, 684, 1080, 1368, 1920]


def run(path: Path, widths: Sequence[int] = WIDTHS) -> tuple[ImageFacts, FolderWork]:
    work = FolderWork(path, path.parent, {"widths": list(widths), "variant": "web"})
    return msgspec.convert(ImageRecipe(find_ffmpeg()).run(work), ImageFacts), work


def noisy(size: tuple[int, int] = (200, 150), mode: str = "RGB") -> Image.Image:
    image = Image.merge("RGB", [Image.effect_noise(size, 60) for _ in range(3)])
    return image.convert(mode)


# -- metadata ----------------------------------------------------------------------------------------------------

MARK = "SECRET-PLACE"
XMP = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><place>{MARK}</place></x:xmpmeta>'.encode()


def exif() -> Image.Exif:
    tags = Image.Exif()
    tags[0x010E] = MARK
    tags[0x9286] = f"ASCII\0\0\0{MARK}".encode()
    gps = tags.get_ifd(0x8825)
    gps[1], gps[2], gps[29] = "N", (48.0, 51.0, 29.6), MARK
    return tags


def with_iptc(jpeg: bytes) -> bytes:
    """A JPEG with an IPTC caption (APP13) and a comment."""
    record = b"\x1c\x02\x78" + struct.pack(">H", len(MARK)) + MARK.encode()
    block = b"Photoshop 3.0\0" + b"8BIM\x04\x04\0\0" + struct.pack(">I", len(record)) + record
    app13 = b"\xff\xed" + struct.pack(">H", len(block) + 2) + block
    comment = b"\xff\xfe" + struct.pack(">H", len(MARK) + 2) + MARK.encode()
    return jpeg[:2] + app13 + comment + jpeg[2:]


def sources() -> dict[str, bytes]:
    png = PngImagePlugin.PngInfo()
    png.add_text("Author", MARK)
    png.add_text("Comment", MARK, zip=False)
    png.add_itxt("XML:com.adobe.xmp", XMP.decode())
    frames = [noisy((200, 160)) for _ in range(3)]
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    rest: dict[str, Any] = {"exif": exif(), "xmp": XMP, "icc_profile": profile}
    return {
        "a.jpg": with_iptc(saved(noisy(), "JPEG", quality=95, comment=MARK.encode(), **rest)),
        "a.png": saved(noisy(), "PNG", pnginfo=png, exif=exif(), icc_profile=profile),
        "clear.png": saved(noisy(mode="RGBA").rotate(30, expand=True), "PNG", pnginfo=png, exif=exif()),
        "small.png": saved(Image.new("RGB", (9, 9), "red"), "PNG", pnginfo=png, exif=exif()),
        "a.webp": saved(noisy(), "WEBP", **rest),
        "a.avif": saved(noisy(), "AVIF", quality=90, **rest),
        "a.tif": saved(noisy(), "TIFF", exif=exif(), icc_profile=profile),
        "a.gif": saved(frames[0], "GIF", save_all=True, append_images=frames[1:], comment=MARK.encode()),
        "tiny.gif": saved(
            noisy((60, 40)), "GIF", save_all=True, append_images=[noisy((60, 40))], comment=MARK.encode()
        ),
        "move.webp": saved(frames[0], "WEBP", save_all=True, append_images=frames[1:], **rest),
    }


def saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


TRACES = (
    MARK.encode(),
    b"Exif",
    b"eXIf",
    b"EXIF",
    b"adobe",
    b"xmp",
    b"XMP ",
    b"8BIM",
    b"iCCP",
    b"ICCP",
    b"ICC_PROFILE",
)
CHUNKS = (b"tEXt", b"iTXt", b"zTXt", b"tIME")


@pytest.mark.parametrize("name", sources())
def test_nothing_private_goes_out(tmp_path: Path, name: str) -> None:
    data = sources()[name]
    assert MARK.encode() in data
    (tmp_path / name).write_bytes(data)
    _, work = run(tmp_path / name)
    for made, content in work.files.items():
        chunks = CHUNKS if made.endswith(".png") else ()
        assert not [t for t in (*TRACES, *chunks) if t in content], made


def test_the_second_picture_of_a_jpeg_is_left_out(tmp_path: Path) -> None:
    # Phones append a gain map (HDR) or a depth map.
    map_ = noisy((50, 38))
    data = saved(noisy(), "MPO", save_all=True, append_images=[map_], quality=95)
    (tmp_path / "a.jpg").write_bytes(data)
    facts, work = run(tmp_path / "a.jpg")
    assert (facts.width, facts.height) == (200, 150)
    assert not facts.animated
    assert all(b"MPF" not in d for d in work.files.values())


# -- colours -----------------------------------------------------------------------------------------------------


def display_p3() -> bytes:
    """A minimal matrix profile (ICC.1:2001): the primaries of Display P3, gamma 2.2."""

    def xyz(x: float, y: float, z: float) -> bytes:
        return b"XYZ \0\0\0\0" + b"".join(struct.pack(">i", round(v * 65536)) for v in (x, y, z))

    text = b"desc\0\0\0\0" + struct.pack(">I", 3) + b"P3\0" + bytes(78)
    curve = b"curv\0\0\0\0" + struct.pack(">IH", 1, round(2.2 * 256)) + b"\0\0"
    tags = {
        b"desc": text,
        b"cprt": b"text\0\0\0\0-\0\0\0",
        b"wtpt": xyz(0.9642, 1.0, 0.8249),
        b"rXYZ": xyz(0.5151, 0.2412, -0.0011),
        b"gXYZ": xyz(0.2920, 0.6922, 0.0419),
        b"bXYZ": xyz(0.1571, 0.0666, 0.7841),
        b"rTRC": curve,
        b"gTRC": curve,
        b"bTRC": curve,
    }
    table, body, at = struct.pack(">I", len(tags)), b"", 128 + 4 + 12 * len(tags)
    for name, data in tags.items():
        table += name + struct.pack(">II", at + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    head = struct.pack(">I4sI4s4s4s", at + len(body), b"\0\0\0\0", 0x02400000, b"mntr", b"RGB ", b"XYZ ")
    head += (
        bytes(12)
        + b"acsp"
        + bytes(28)
        + struct.pack(">iii", *(round(v * 65536) for v in (0.9642, 1, 0.8249)))
    )
    return head.ljust(128, b"\0") + table + body


def pixel(work: FolderWork, name: str) -> tuple[int, ...]:
    value = Image.open(io.BytesIO(work.files[name])).convert("RGB").getpixel((4, 4))
    assert isinstance(value, tuple)
    return value


@pytest.mark.parametrize(
    ("stored", "shown"),
    [((255, 255, 255), (255, 255, 255)), ((234, 51, 35), (255, 0, 0)), ((117, 251, 76), (0, 255, 0))],
)
def test_wide_gamut_becomes_srgb(tmp_path: Path, stored: tuple[int, ...], shown: tuple[int, ...]) -> None:
    Image.new("RGB", (40, 40), stored).save(tmp_path / "p3.png", icc_profile=display_p3())
    facts, work = run(tmp_path / "p3.png")
    assert work.findings == []
    got = pixel(work, facts.variants[-1].name)
    assert (
        max(abs(a - b) for a, b in zip(got, shown, strict=True)) <= 14
    )  # gamma 2.2 stands for the sRGB curve


@pytest.mark.parametrize(
    ("name", "image", "shown"),
    [
        ("a.jpg", Image.new("CMYK", (40, 40), (0, 255, 255, 0)), (255, 0, 0)),
        ("k.jpg", Image.new("CMYK", (40, 40), (0, 0, 0, 0)), (255, 255, 255)),
        ("a.tif", Image.new("CMYK", (40, 40), (255, 0, 255, 0)), (0, 255, 0)),
        ("g.png", Image.new("I;16", (40, 40), 0x8080), (128, 128, 128)),
        ("la.png", Image.new("LA", (40, 40), (77, 255)), (77, 77, 77)),
        ("one.png", Image.new("1", (40, 40), 1), (255, 255, 255)),
    ],
)
def test_colours_of_other_kinds(
    tmp_path: Path, name: str, image: Image.Image, shown: tuple[int, ...]
) -> None:
    image.save(tmp_path / name, quality=95) if name.endswith("jpg") else image.save(tmp_path / name)
    facts, work = run(tmp_path / name)
    got = pixel(work, facts.variants[-1].name)
    assert max(abs(a - b) for a, b in zip(got, shown, strict=True)) <= 6


def test_red_letters_stay_red_in_every_format(tmp_path: Path) -> None:
    image = Image.new("RGB", (640, 400), "white")
    for x in range(40, 600, 5):
        image.paste((220, 0, 0), (x, 100, x + 1, 300))  # strokes of one pixel
    for y in range(0, 400, 3):
        image.putpixel((y, y), (y % 256, 90, 200))
    image.save(tmp_path / "t.png")
    facts, work = run(tmp_path / "t.png")
    assert {v.media_type for v in facts.variants} >= {"image/avif", "image/webp"} or facts.variants[
        0
    ].media_type
    for v in facts.variants:
        if v.width == 640:
            made = Image.open(io.BytesIO(work.files[v.name])).convert("RGB")
            red, green, blue = made.getpixel((300, 200))  # type: ignore[misc]
            assert red > 190 > 70 > max(green, blue), v.name


# -- bombs -------------------------------------------------------------------------------------------------------


def png_bomb(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    packer = zlib.compressobj(9)
    row = bytes(1 + (width + 7) // 8)
    body = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


IN_A_CHILD = """
import resource, sys
from pathlib import Path
from tests.unit.recipes.test_image_safety import run
from coursepack.model.recipe import Refused
megabytes = int(sys.argv[2])
resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
try:
    print(run(Path(sys.argv[1]), [360])[0].width)
except Refused as e:
    print(e.diagnostics[0].code)
"""


def in_a_child(path: Path, megabytes: int) -> str:
    done = subprocess.run(
        [sys.executable, "-c", IN_A_CHILD, str(path), str(megabytes)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.strip()


def test_a_bomb_is_refused_in_little_memory(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.png"
    bomb.write_bytes(png_bomb(30_000, 30_000))
    assert bomb.stat().st_size < 1_000_000
    assert in_a_child(bomb, 600) == "CP252"


def test_the_largest_picture_that_is_taken_fits_in_a_gigabyte(tmp_path: Path) -> None:
    image = Image.new("RGBA", (7000, 7000), (200, 30, 30, 128))
    image.save(tmp_path / "big.png", compress_level=1)
    del image
    assert in_a_child(tmp_path / "big.png", 1300) == "7000"


def test_a_text_chunk_that_unfolds_is_refused_or_dropped(tmp_path: Path) -> None:
    data = saved(noisy((90, 60)), "PNG")
    text = b"Comment\0\0" + zlib.compress(bytes(80_000_000), 9)
    chunk = struct.pack(">I", len(text)) + b"zTXt" + text + struct.pack(">I", zlib.crc32(b"zTXt" + text))
    (tmp_path / "t.png").write_bytes(data[:33] + chunk + data[33:])
    assert in_a_child(tmp_path / "t.png", 600) in ("CP251", "90")
