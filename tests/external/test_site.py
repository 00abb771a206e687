"""Every page of every sample course, as a reader's browser and the validators see it."""

import gzip
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.external.validators.browser import Browser, too_wide
from tests.external.validators.links import link_problems
from tests.external.validators.samples import ROOT, Sample
from tests.external.validators.server import Site

COURSES = sorted(
    p.name for p in (ROOT / "course_sources").iterdir() if p.is_dir() and not p.name.startswith((".", "_"))
)

Serve = Callable[..., Site]

_LOAD_IMAGES = """async () => {
  const images = [...document.images];
  images.forEach(i => { i.loading = 'eager'; });
  await Promise.all(images.map(i => i.decode().catch(() => {})));
  return images.filter(i => !i.naturalWidth).map(i => i.outerHTML);
}"""
# Scripts of the page look at a new size first: observers run before the second picture.
_SETTLED = (
    "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))"
)
# Controls that scripts make are no text of the lesson.
_WORDS = """() => {
  const main = document.querySelector('main').cloneNode(true);
  for (const made of main.querySelectorAll('.bar, .panel, button, label, select, legend, [hidden]')) made.replaceWith(' ');
  return main.textContent.split(/\\s+/);
}"""
_SILENT = """() => [...document.querySelectorAll('video, audio')]
  .filter(m => !m.controls || ![...m.querySelectorAll('source')].some(s => /\\.(mp4|m4a|mp3)$/.test(s.src)))
  .map(m => m.outerHTML.slice(0, 200))"""


@pytest.fixture(params=COURSES)
def sample(request: pytest.FixtureRequest, samples: dict[str, Sample]) -> Sample:
    return samples[request.param]


def lines(found: list[str]) -> str:
    """All of it: pytest would cut a list short."""
    return "\n" + "\n".join(found[:40])


def each_page(
    sample: Sample, opened: Page, site: Site, found: list[str], look: Callable[[], list[str]]
) -> None:
    for path in sample.pages:
        opened.goto(site.page(path))
        found += [f"{path}: {what}" for what in look()]


def test_every_sample_is_built(samples: dict[str, Sample]) -> None:
    assert sorted(samples) == COURSES
    assert len(COURSES) >= 3


def test_nu_html_checker(sample: Sample, nu: Callable[[Path], list[str]]) -> None:
    found = nu(sample.web)
    assert not found, lines(found)


def test_links(sample: Sample) -> None:
    found = link_problems(sample.web)
    assert not found, lines(found)


def test_axe(sample: Sample, browser: Browser, serve: Serve, axe: Callable[..., list[str]]) -> None:
    found: list[str] = []
    with browser.page() as page:

        def look() -> list[str]:
            seen = []
            for width in (360, 1280):
                page.set_viewport_size({"width": width, "height": 800})
                page.evaluate(_SETTLED)
                for scheme in ("light", "dark"):
                    page.emulate_media(color_scheme=scheme)
                    seen += [f"{width} {scheme}: {v}" for v in axe(page, colours_only=scheme == "dark")]
            return seen

        each_page(sample, page, serve(sample.web), found, look)
    assert not found, lines(found)


def test_nothing_is_too_wide_for_a_phone(sample: Sample, browser: Browser, serve: Serve) -> None:
    found: list[str] = []
    with browser.page(width=320, height=640, touch=True) as page:
        each_page(sample, page, serve(sample.web), found, lambda: too_wide(page))
    assert not found, lines(found)


def test_a_page_is_light_before_anything_is_played(sample: Sample) -> None:
    for path in sample.pages:
        page = sample.web / path
        html = page.read_text(encoding="utf-8")
        loaded = re.findall(r'<script src="([^"]+)"|<link rel="stylesheet" href="([^"]+)"', html)
        files = {(page.parent / (script or style)).resolve() for script, style in loaded}
        sizes = [len(gzip.compress(f.read_bytes(), mtime=0)) for f in (page, *files)]
        assert len(sizes) >= 3 and sum(sizes) < 60_000, (path, sizes)


def test_below_a_prefix_with_every_image(sample: Sample, browser: Browser, serve: Serve) -> None:
    found: list[str] = []
    with browser.page() as page:
        site = serve(sample.web, "mirror/a b/课程")
        each_page(sample, page, site, found, lambda: page.evaluate(_LOAD_IMAGES))
    assert not found, lines(found)


def test_without_javascript_nothing_is_lost(sample: Sample, browser: Browser, serve: Serve) -> None:
    site = serve(sample.web)
    with browser.page() as rich, browser.page(javascript=False) as plain:
        for path in sample.pages:
            rich.goto(site.page(path))
            plain.goto(site.page(path))
            # Scripts may add labels of their own and the page's address, which is for print.
            added = set(rich.evaluate(_WORDS)) - set(plain.evaluate(_WORDS))
            assert len([w for w in added if not w.startswith("http")]) <= 12, (path, added)
            assert len(plain.evaluate(_WORDS)) > 3, path
            assert plain.evaluate(_SILENT) == [], path
