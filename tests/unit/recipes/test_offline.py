"""What lies beside the pages of a served course, and what saving a page takes."""

from io import BytesIO

import msgspec
import pytest
from PIL import Image
from tests.unit.recipes.fake_site import shelf

from coursepack.model.document import Blocks, Html, Quiz
from coursepack.model.document import Image as Picture
from coursepack.model.offline import PageSaving, SavedFile, SavedMedia
from coursepack.recipes.offline import OfflineEdition, icons, manifest
from coursepack.recipes.saving import _all, total_sizes
from coursepack.tools.theme import find_themes

SMALL = SavedFile("small", "m/s.mp4", 20)
BIG = SavedFile("standard", "m/b.mp4", 50)
SOUND = SavedFile("sound", "m/a.m4a", 5)


@pytest.mark.parametrize(
    ("files", "sound", "small", "standard"),
    [
        ((SOUND, SMALL, BIG), SOUND, SMALL, BIG),
        ((SOUND, BIG), SOUND, BIG, BIG),
        ((BIG,), None, BIG, BIG),
    ],
)
def test_the_best_file_up_to_the_wished_quality(files, sound, small, standard) -> None:  # type: ignore[no-untyped-def]
    video = SavedMedia("video", files)
    assert (video.at("sound"), video.at("small"), video.at("standard")) == (sound, small, standard)
    audio = SavedMedia("audio", (SOUND,))
    assert audio.at("standard") == audio.at("sound") == SOUND


def test_sizes_by_quality_hold_text_and_sound_of_all_pages() -> None:
    film = PageSaving("a.html", "a", "A", 100, media=(SavedMedia("video", (SOUND, SMALL, BIG)),))
    talk = PageSaving("b.html", "b", "B", 10, media=(SavedMedia("audio", (SOUND,)),))
    plain = PageSaving("c.html", "c", "C", 1)
    assert total_sizes([film, talk, plain]) == {"text": 111, "sound": 121, "small": 136, "standard": 166}
    assert total_sizes([talk]) == {"text": 10, "sound": 15}
    assert total_sizes([plain]) == {"text": 1}
    assert total_sizes([]) == {"text": 0}


def test_pictures_inside_questions_count() -> None:
    prompt: Blocks = (Html("<p>"), Picture("a.png", "x"), Html("</p>"))
    blocks: Blocks = (Quiz("q", "single", prompt),)
    assert [b.path for b in _all(blocks) if isinstance(b, Picture)] == ["a.png"]
    assert shelf(b"", b"").refs


def test_icons_fill_every_shape_a_launcher_cuts() -> None:
    made = icons((find_themes() / "default" / "icon.png").read_bytes())
    assert made == icons((find_themes() / "default" / "icon.png").read_bytes()), "the same bytes each time"
    sizes = {name: Image.open(BytesIO(data)).size for name, data in made.items()}
    assert sizes == {
        "icons/192.png": (192, 192),
        "icons/512.png": (512, 512),
        "icons/maskable.png": (512, 512),
    }
    masked = Image.open(BytesIO(made["icons/maskable.png"])).convert("RGBA")
    assert {masked.getpixel(at) for at in ((0, 0), (511, 0), (0, 511), (511, 511))} == {(11, 87, 80, 255)}
    plain = Image.open(BytesIO(made["icons/512.png"])).convert("RGBA")
    assert plain.getpixel((0, 0))[3] == 0  # type: ignore[index]
    assert sum(len(data) for data in made.values()) < 60_000


def test_an_icon_without_a_ground_stands_on_white() -> None:
    out = BytesIO()
    Image.new("RGBA", (64, 64)).save(out, "PNG")
    masked = Image.open(BytesIO(icons(out.getvalue())["icons/maskable.png"])).convert("RGBA")
    assert masked.getpixel((256, 256)) == (255, 255, 255, 255)


def test_the_manifest_of_an_edition() -> None:
    edition = OfflineEdition("ar", "دورة الدفع الآمن بالهاتف", "", "ar/manifest.webmanifest", "index.html")
    told = msgspec.json.decode(manifest(edition))
    assert (told["dir"], told["lang"]) == ("rtl", "ar")
    assert (told["start_url"], told["scope"]) == ("../index.html?edition=ar", "../")
    assert len(told["short_name"]) <= 12 and told["short_name"].endswith("…")
    root = msgspec.json.decode(
        manifest(OfflineEdition("en", "Pay", "", "manifest.webmanifest", "index.html"))
    )
    assert (root["start_url"], root["scope"], root["short_name"]) == ("index.html?edition=en", "./", "Pay")
