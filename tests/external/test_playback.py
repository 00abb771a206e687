"""Media play: through HLS with captions, as audio, and from the files of the offline bundle."""

import re
import zipfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page

from tests.external.validators.browser import Browser
from tests.external.validators.samples import Sample
from tests.external.validators.server import Site

Serve = Callable[..., Site]

# The theme stops the first play() to attach HLS, then plays itself: the promise of that first call is of no interest.
_START = "m => { m.muted = true; m.play().catch(() => {}); }"
_LATER = """([m, t]) => new Promise((done, fail) => {
  const see = () => { if (m.currentTime > t) done(m.currentTime); };
  m.addEventListener('timeupdate', see);
  m.addEventListener('error', () => fail(Error('media error ' + m.error?.message)));
  setTimeout(() => fail(Error(`stuck at ${m.currentTime} s, ready ${m.readyState}, network ${m.networkState}`)), 12000);
  see();
})"""
_CUES = """v => new Promise((done, fail) => {
  const track = [...v.textTracks].find(t => /captions|subtitles/.test(t.kind));
  track.mode = 'showing';
  const look = () => { if (track.cues?.length) done([...track.cues].map(c => [c.startTime, c.endTime, c.text])); };
  [...v.querySelectorAll('track')].forEach(t => t.addEventListener('load', look));
  setTimeout(() => fail(Error('no cues')), 8000);
  look();
})"""
_ACTIVE = """([v, at]) => new Promise((done, fail) => {
  const track = [...v.textTracks].find(t => /captions|subtitles/.test(t.kind));
  track.mode = 'showing';
  v.currentTime = at;
  const look = () => { if (track.activeCues?.length) done(track.activeCues[0].text); };
  track.addEventListener('cuechange', look);
  v.addEventListener('seeked', look);
  setTimeout(() => fail(Error('no active cue')), 8000);
})"""


def pages_with(samples: dict[str, Sample], pattern: str) -> list[tuple[Sample, str]]:
    """(sample, page) of every page whose HTML matches."""
    found = [
        (sample, path)
        for sample in samples.values()
        for path in sample.pages
        if re.search(pattern, (sample.web / path).read_text(encoding="utf-8"), re.S)
    ]
    assert found, f"no sample page has {pattern}"
    return found


def plays(media: Locator, seconds: float) -> None:
    """Starts it, muted, and waits until it has come so far."""
    media.evaluate(_START)
    handle = media.element_handle()
    assert handle is not None
    handle.owner_frame().evaluate(_LATER, [handle, seconds])


def test_video_plays_through_hls_with_captions(
    samples: dict[str, Sample], browser: Browser, serve: Serve
) -> None:
    sample, path = pages_with(samples, r"<video[^>]*data-hls.*?<track[^>]*kind=\"(captions|subtitles)")[0]
    site = serve(sample.web, "some/where")
    with browser.page() as page:
        page.goto(site.page(path))
        video = page.locator("video[data-hls]").first
        plays(video, 2)
        source = video.evaluate("v => v.currentSrc")
        assert source.startswith("blob:") or source.endswith(".m3u8"), source
        asked = "\n".join(site.requests)
        assert re.search(r"\.m3u8$", asked, re.M)
        assert re.search(r"\.m4s$", asked, re.M)
        # The browser asks for the file at play(), before the script can step in and break that off: once, and no more.
        assert len(re.findall(r"p\.mp4$", asked, re.M)) <= 1
        cues = video.evaluate(_CUES)
        start, end, text = cues[0]
        handle = video.element_handle()
        assert page.evaluate(_ACTIVE, [handle, (start + end) / 2]) == text
        assert all(earlier[0] <= later[0] for earlier, later in pairwise(cues))


def test_every_video_of_the_samples_starts(
    samples: dict[str, Sample], browser: Browser, serve: Serve
) -> None:
    for sample, path in pages_with(samples, "<video"):
        site = serve(sample.web)
        with browser.page(width=360) as page:
            page.goto(site.page(path))
            for video in page.locator("video").all():
                plays(video, 0.3)
                assert video.evaluate("v => v.videoWidth") > 0
                video.evaluate("v => v.pause()")


def test_audio_plays(samples: dict[str, Sample], browser: Browser, serve: Serve) -> None:
    sample, path = pages_with(samples, "<audio")[0]
    with browser.page() as page:
        page.goto(serve(sample.web).page(path))
        plays(page.locator("audio").first, 1)


@pytest.fixture(scope="module")
def unpacked(samples: dict[str, Sample], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The offline bundles, unpacked as on a phone, in a folder with an awkward name."""
    root = tmp_path_factory.mktemp("Downloads 下载 #1")
    for name, sample in samples.items():
        with zipfile.ZipFile(sample.bundle("mobile")) as archive:
            archive.extractall(root / name)
    return {name: root / name for name in samples}


def test_offline_bundle_opens_from_files(unpacked: dict[str, Path], browser: Browser) -> None:
    for folder in unpacked.values():
        pages = sorted(folder.rglob("*.html"))
        assert folder / "index.html" in pages
        with browser.page(width=360, touch=True) as page:
            for file in pages:
                page.goto(file.as_uri())
                assert page.locator("main").inner_text().strip(), file
                assert _missing_images(page) == [], file


def test_links_of_the_offline_bundle_work(unpacked: dict[str, Path], browser: Browser) -> None:
    for folder in unpacked.values():
        with browser.page(width=360) as page:
            page.goto((folder / "index.html").as_uri())
            link = page.locator("main a[href*='.html']").first
            title = page.title()
            link.click()
            page.wait_for_load_state()
            assert page.url.startswith(folder.as_uri())
            assert page.title() != title


def test_video_plays_from_a_file(unpacked: dict[str, Path], browser: Browser) -> None:
    files = [
        f
        for folder in unpacked.values()
        for f in sorted(folder.rglob("*.html"))
        if "<video" in f.read_text("utf-8")
    ]
    assert files
    with browser.page(width=360) as page:
        page.goto(files[0].as_uri())
        video = page.locator("video").first
        plays(video, 1)
        assert video.evaluate("v => v.currentSrc").startswith("file:")
        cues = video.evaluate("v => [...v.textTracks].find(t => t.mode !== 'disabled').cues.length")
        assert cues > 0


def _missing_images(page: Page) -> list[str]:
    found: list[str] = page.evaluate(
        """async () => {
          const images = [...document.images];
          images.forEach(i => { i.loading = 'eager'; });
          await Promise.all(images.map(i => i.decode().catch(() => {})));
          return images.filter(i => !i.naturalWidth).map(i => i.outerHTML);
        }"""
    )
    return found
