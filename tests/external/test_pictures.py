"""Pictures in a browser: the file that is loaded fits the place; animations wait; the author's media report."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page

from tests.external.validators.browser import Browser, too_wide
from tests.external.validators.server import Site

Serve = Callable[..., Site]

LESSON = """# Pictures

![paragraph](media/a.png)

> [!NOTE]
> ![box](media/b.png)

- ![list](media/c.png)

<figure><img src="media/d.png" alt="half" width="50%"><figcaption>Half</figcaption></figure>

<img src="media/e.png" alt="320 px" width="320">

![moving](media/demo.gif)

[![linked](media/demo.gif)](01-pictures.md)
"""


def picture(path: Path, number: int) -> None:
    image = Image.linear_gradient("L").resize((1400, 880)).convert("RGB")
    draw = ImageDraw.Draw(image)
    for n in range(40):
        at = (n * 97 * number) % 1300, (n * 61 * number) % 800
        draw.ellipse((*at, at[0] + 90, at[1] + 70), fill=(n * 6, 200 - n * 3, 90))
    image.save(path, compress_level=1)


def animation(path: Path) -> None:
    frames = []
    for n in range(10):
        frame = Image.new("RGB", (321, 201), "white")
        ImageDraw.Draw(frame).rectangle((n * 25, 60, n * 25 + 40, 140), fill=(11, 87, 80))
        frames.append(frame)
    frames[0].save(path, save_all=True, append_images=frames[1:], duration=120, loop=0)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of a course with pictures in several places."""
    place = tmp_path_factory.mktemp("pictures")
    media = place / "course" / "media"
    media.mkdir(parents=True)
    for number, name in enumerate("abcde", 1):
        picture(media / f"{name}.png", number)
    animation(media / "demo.gif")
    (place / "course" / "01-pictures.md").write_text(LESSON, "utf-8")
    (place / "course" / "course.yaml").write_text("id: pictures\ntitle: Pictures\nlanguage: en\n", "utf-8")
    assert re.search(r"media +6 images  \S+media\.html", build(place))
    return place / "out" / "pictures"


def build(place: Path) -> str:
    command = [sys.executable, "-m", "coursepack", "build", str(place / "course"), "-o", str(place / "out")]
    environment = {
        **os.environ,
        "COURSEPACK_CACHE": str(place / "cache"),
        "NO_COLOR": "1",
        "COURSEPACK_LANG": "en",
    }
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_build_without_changes_still_tells_of_the_media(built: Path) -> None:
    before = (built / "media.html").stat().st_mtime_ns
    told = build(built.parents[1])
    assert "nothing changed" in told
    assert "media   6 images" in told
    assert (built / "media.html").stat().st_mtime_ns == before
    (course,) = json.loads((built.parent / "report.json").read_bytes())["courses"]
    assert [(row["kind"], row["look"]) for row in course["media"]].count(("image", "video")) == 1
    assert course["media_report"].endswith("media.html")


_LOADED = """async () => {
  const images = [...document.querySelectorAll('main img')];
  const end = Date.now() + 20_000;
  for (const i of images) {
    i.scrollIntoView();
    // A lazy image has no address before the browser sees it: until then there is nothing to decode.
    while (!(i.currentSrc && i.complete) && Date.now() < end) await new Promise(done => setTimeout(done, 20));
    await i.decode().catch(() => {});
  }
  return images.map(i => ({
    alt: i.alt,
    shown: i.getBoundingClientRect().width * devicePixelRatio,
    file: i.currentSrc,
    offered: [...i.parentElement.querySelector('source').srcset.matchAll(/ (\\d+)w/g)].map(m => Number(m[1])),
  }));
}"""


@pytest.mark.parametrize(
    ("width", "density"), [(360, 2), (360, 3), (393, 2.75), (1280, 1), (1280, 2), (768, 1)]
)
def test_the_file_that_is_loaded_fits(
    built: Path, serve: Serve, chromium: Chromium, width: int, density: float
) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 800}, device_scale_factor=density)
    page = context.new_page()
    page.goto(serve(built / "web").page("01-pictures.html"))
    loaded: list[dict[str, Any]] = page.evaluate(_LOADED)
    context.close()
    assert {i["alt"] for i in loaded} == {"paragraph", "box", "list", "half", "320 px", "linked"}
    for image in loaded:
        found = re.search(r"/w(\d+)\.(avif|webp)$", image["file"])
        assert found, image
        got, offered = int(found[1]), image["offered"]
        if offered:
            fits = [w for w in offered if w >= image["shown"] - 1] or [max(offered)]
            # One size more is allowed where something narrows the column; never one too few.
            assert got in fits[:2], image
            if image["alt"] in ("paragraph", "half"):
                assert got == fits[0], image


def test_an_animation_waits_and_plays(built: Path, serve: Serve, browser: Browser) -> None:
    with browser.page(width=360) as page:
        page.goto(serve(built / "web").page("01-pictures.html"))
        clip = page.locator("video.moving")
        clip.scroll_into_view_if_needed()
        page.wait_for_timeout(300)
        assert clip.evaluate("v => [v.paused, v.controls, v.muted, v.loop, v.readyState]") == [
            True,
            True,
            True,
            True,
            0,
        ]
        clip.evaluate("v => v.play()")
        page.wait_for_function("() => document.querySelector('video.moving').currentTime > 0.2")
        duration = clip.evaluate("v => v.duration")
        assert abs(duration - 1.2) < 0.05
        assert too_wide(page) == []


def test_the_animation_is_in_the_offline_bundle(built: Path, tmp_path: Path, browser: Browser) -> None:
    from zipfile import ZipFile

    with ZipFile(next(built.glob("*.mobile.zip"))) as archive:
        archive.extractall(tmp_path)
    with browser.page(width=360, javascript=False) as page:
        page.goto((tmp_path / "01-pictures.html").as_uri())
        clip = page.locator("video.moving")
        assert clip.evaluate("v => v.currentSrc || v.querySelector('source').src").startswith("file:")
    assert len([p for p in tmp_path.rglob("moving.mp4") if p.stat().st_size]) == 1


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_media_report_is_for_everyone(
    built: Path, browser: Browser, axe: Callable[[Page], list[str]], width: int, scheme: Any
) -> None:
    with browser.page(width=width, scheme=scheme) as page:
        page.goto((built / "media.html").as_uri())
        assert page.locator(".sheet li").count() == 6
        assert axe(page) == []
        assert too_wide(page) == []


def test_the_pages_and_the_report_are_valid(built: Path, nu: Callable[[Path], list[str]]) -> None:
    assert nu(built) == []


def test_the_media_report_of_samples(
    samples: Any, browser: Browser, axe: Callable[[Page], list[str]]
) -> None:
    for sample in samples.values():
        if (sample.folder / "media.html").exists():
            with browser.page(width=360) as page:
                page.goto((sample.folder / "media.html").as_uri())
                assert axe(page) == [], sample.id
                assert too_wide(page) == [], sample.id
