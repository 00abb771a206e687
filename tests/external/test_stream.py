"""A stream plays where it must: on a village's line, in players that are not ours, described, with all subtitles."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.external.validators.browser import Browser, too_wide
from tests.external.validators.samples import ROOT
from tests.external.validators.server import Site
from tests.unit.recipes.media_work import make

Serve = Callable[..., Site]

SECONDS = 16
KBPS, LATENCY_MS = 300, 150
_VTT = "WEBVTT\n\n00:00.000 --> 00:08.000\n{}\n"
_COURSE = """\
id: stream
title: A stream
language: en
license: CC-BY-4.0
media:
  ladder: [360, 240]
  codecs: [h264, av1]
"""

_PLAY = """async ([video, limit, until]) => {
  const out = {waits: 0, first: 0}, begun = performance.now();
  video.muted = true;
  video.addEventListener('waiting', () => { if (out.first) out.waits += 1; });
  video.play().catch(() => {});
  while (performance.now() - begun < limit && !video.ended) {
    if (!out.first && video.currentTime > 0.05) out.first = (performance.now() - begun) / 1000;
    if (video.currentTime >= Math.min(until, video.duration - 0.3)) break;
    await new Promise(done => setTimeout(done, 50));
  }
  return {...out, reached: video.currentTime, duration: video.duration, seconds: (performance.now() - begun) / 1000,
          height: video.videoHeight};
}"""
_PLAYER_PAGE = (
    '<!DOCTYPE html><html lang="en"><title>x</title><video muted></video><script src="{}"></script>'
)
_REACHES = """([seconds]) => new Promise((done, fail) => {
  const video = document.querySelector('video');
  const look = () => { if (video.currentTime >= seconds) done(video.currentTime); };
  video.addEventListener('timeupdate', look);
  setTimeout(() => fail(Error(`stuck at ${video.currentTime} of ${video.duration}`)), 15000);
  look();
})"""
_HLS = """([master, settings]) => new Promise((done, fail) => {
  const video = document.querySelector('video');
  const hls = window.player = new Hls({enableWorker: false, ...settings});
  hls.on(Hls.Events.ERROR, (event, data) => { if (data.fatal) fail(Error(data.details)); });
  hls.on(Hls.Events.MANIFEST_PARSED, () => {
    video.play();
    done({levels: hls.levels.map(l => [l.height, l.videoCodec.slice(0, 4), l.bitrate, l.frameRate]),
          texts: hls.allSubtitleTracks.map(t => [t.lang, t.name, t.default]),
          sounds: hls.allAudioTracks.map(t => [t.groupId, t.lang, t.name, t.characteristics || ''])});
  });
  hls.loadSource(master);
  hls.attachMedia(video);
})"""
_HLS_CUES = """([number]) => new Promise((done, fail) => {
  const video = document.querySelector('video');
  player.subtitleDisplay = true;
  player.subtitleTrack = number;
  const look = () => {
    const track = [...video.textTracks].find(t => t.mode === 'showing');
    if (track && track.cues && track.cues.length) return done(track.cues[0].text);
    setTimeout(look, 100);
  };
  setTimeout(() => fail(Error('no cues')), 8000);
  look();
})"""
_DASH = """([manifest]) => new Promise((done, fail) => {
  const player = window.player = dashjs.MediaPlayer().create();
  player.on('error', e => fail(Error(JSON.stringify(e.error))));
  player.on('streamInitialized', () => done(Object.fromEntries(['video', 'audio', 'text'].map(kind =>
    [kind, player.getTracksFor(kind).map(t => [t.lang, t.roles.map(r => r.value).join(), t.codec])]))));
  player.initialize(document.querySelector('video'), manifest, true);
})"""


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a course with one video: two rungs in two codecs, two subtitle languages, described sound.

    Built with the usual media cache, like the samples.
    """
    root = tmp_path_factory.mktemp("stream")
    media = root / "course" / "media"
    media.mkdir(parents=True)
    exact = ("-fflags", "+bitexact", "-flags", "+bitexact", "-threads", "1")
    picture = ("-f", "lavfi", "-i", f"testsrc2=s=640x360:r=15:d={SECONDS}")
    voice, other = (
        ("-f", "lavfi", "-i", f"sine=frequency={f}:duration={SECONDS}:r=48000") for f in (300, 500)
    )
    make(
        media / "pay.mp4", *picture, *voice, "-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac", *exact
    )
    make(media / "pay.described.en.wav", *other, *exact)
    (media / "pay.en.vtt").write_text(_VTT.format("Read the name."), "utf-8")
    (media / "pay.zh-Hans.vtt").write_text(_VTT.format("看清名字。"), "utf-8")
    (root / "course" / "course.yaml").write_text(_COURSE, "utf-8")
    (root / "course" / "index.md").write_text("# A stream\n\n![A test picture](media/pay.mp4)\n", "utf-8")
    command = [sys.executable, "-m", "coursepack", "build", str(root / "course"), "-o", str(root / "out")]
    environment = {**os.environ, "NO_COLOR": "1", "COURSEPACK_LANG": "en"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    return root / "out" / "stream" / "web"


@pytest.fixture(scope="module")
def players(web: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site once more, with pages of players that are not ours."""
    folder = tmp_path_factory.mktemp("players") / "site"
    shutil.copytree(web, folder)
    modules = Path(__file__).parent / "node_modules"
    found = {
        "hls": modules / "hls.js" / "dist" / "hls.js",
        "dash": modules / "dashjs" / "dist" / "modern" / "umd" / "dash.all.min.js",
    }
    for name, script in found.items():
        assert script.is_file(), f"{script} is missing: run `make setup`"
        shutil.copyfile(script, folder / f"{name}.js")
        (folder / f"{name}.html").write_text(_PLAYER_PAGE.format(f"{name}.js"), "utf-8")
    return folder


def named(web: Path, name: str) -> str:
    return next(web.glob(f"media/*/{name}")).relative_to(web).as_posix()


def segments(site: Site) -> set[str]:
    """The folders whose media segments were asked for: "v240", "audio-low" ..., described ones marked."""
    found = set()
    for path in site.requests:
        if path.endswith(".m4s"):
            artefact, folder = path.split("/")[-3:-1]
            found.add(f"described/{folder}" if "described" in artefact else folder)
    return found


def slow(page: Page) -> None:
    """A line of 300 kbit/s."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    conditions = {"offline": False, "latency": LATENCY_MS, "uploadThroughput": KBPS * 125}
    session.send("Network.emulateNetworkConditions", {**conditions, "downloadThroughput": KBPS * 125})


def test_a_page_plays_on_a_thin_line(web: Path, browser: Browser, serve: Serve) -> None:
    site = serve(web, compress=True)
    with browser.page(width=800) as page:
        slow(page)
        page.goto(site.page("index.html"))
        video = page.locator("video").element_handle()
        played: dict[str, Any] = page.evaluate(_PLAY, [video, 40_000, 7])
        assert played["reached"] >= 7, played
        assert played["waits"] == 0, played
        # Playlists and the beginning of the first segments: nothing else is waited for.
        assert played["first"] < 5, played
        assert not [r for r in site.requests if re.search(r"/hls-[0-9a-f]{10}\.js", r)], (
            "hls.js is the second way"
        )


def test_the_lowest_rung_never_stalls_on_a_thin_line(players: Path, browser: Browser, serve: Serve) -> None:
    site = serve(players, compress=True)
    with browser.page() as page:
        page.goto(site.page("hls.html"))
        slow(page)
        page.evaluate(_HLS, [site.page(named(players, "master.m3u8")), {"autoStartLoad": False}])
        rates = page.evaluate("player.levels.map(l => [l.height, l.bitrate])")
        lowest = min(rate for _, rate in rates)
        assert lowest <= KBPS * 1000
        page.evaluate(
            "([n]) => { player.loadLevel = player.startLevel = n; player.startLoad(); }",
            [[rate for _, rate in rates].index(lowest)],
        )
        played = page.evaluate(_PLAY, [page.locator("video").element_handle(), 60_000, SECONDS])
        assert played["reached"] > SECONDS - 0.5, played
        assert (played["waits"], played["height"]) == (0, 240), played
    assert {f.rpartition("-")[2].lstrip("v") for f in segments(site) if "audio" not in f} == {"240"}
    assert {f for f in segments(site) if "audio" in f} == {"audio-low"}


def test_the_page_of_a_stream_is_in_order(
    web: Path,
    browser: Browser,
    serve: Serve,
    axe: Callable[[Page], list[str]],
    nu: Callable[[Path], list[str]],
) -> None:
    assert nu(web) == []
    for scheme in ("light", "dark"):
        with browser.page(width=360, scheme=scheme) as page:  # type: ignore[arg-type]
            page.goto(serve(web).page("index.html"))
            button = page.get_by_role("button", name="Audio description", exact=True)
            button.click()
            assert button.get_attribute("aria-pressed") == "true"
            assert axe(page) == []
            assert too_wide(page) == []


def test_described_sound_is_a_press_away(web: Path, browser: Browser, serve: Serve) -> None:
    site = serve(web)
    with browser.page() as page:
        page.goto(site.page("index.html"))
        button = page.get_by_role("button", name="Audio description", exact=True)
        assert button.get_attribute("aria-pressed") == "false"
        page.locator("video").evaluate("v => { v.muted = true; v.play().catch(() => {}); }")
        page.evaluate(_REACHES, [1])
        assert not [f for f in segments(site) if f.startswith("described")]
        button.click()
        assert button.get_attribute("aria-pressed") == "true"
        with page.expect_request(lambda r: "described" in r.url and r.url.endswith(".m4s")):
            page.evaluate(_REACHES, [3])
        before = len(site.requests)
        button.click()
        page.locator("video").evaluate("v => { v.currentTime = 13; }")
        page.evaluate(_REACHES, [14])
        assert any(
            "-described" not in p and "/audio" in p and p.endswith(".m4s") for p in site.requests[before:]
        )


def test_a_browser_without_media_source_plays_by_itself_or_the_file(
    web: Path, browser: Browser, serve: Serve
) -> None:
    # As iPhones do. Chromium's own HLS cannot change from AV1 to H.264: then the file goes on from there.
    site = serve(web)
    with browser.page() as page:
        page.add_init_script("delete window.MediaSource; delete window.ManagedMediaSource;")
        page.goto(site.page("index.html"))
        page.locator("video").evaluate("v => { v.muted = true; v.play().catch(() => {}); }")
        page.evaluate(_REACHES, [8])
        source = page.locator("video").evaluate("v => v.currentSrc")
        tracks = page.locator("video track").count()
        assert tracks == (0 if source.endswith(".m3u8") else 2)
        assert not page.get_by_role("button", name="Audio description").is_visible()
    assert any(p.endswith("master.m3u8") for p in site.requests)


def test_another_player_finds_every_language_sound_and_rung(
    players: Path, browser: Browser, serve: Serve
) -> None:
    site = serve(players)
    with browser.page() as page:
        page.goto(site.page("hls.html"))
        found = page.evaluate(_HLS, [site.page(named(players, "master.m3u8"))])
        assert sorted({(height, codec) for height, codec, _, _ in found["levels"]}) == [
            (240, "av01"),
            (240, "avc1"),
            (360, "av01"),
            (360, "avc1"),
        ]
        assert {rate for *_, rate in found["levels"]} == {15}
        assert found["texts"] == [["en", "English", True], ["zh-Hans", "简体中文", False]]
        names = {(lang, name, "describes-video" in what) for _, lang, name, what in found["sounds"]}
        assert names == {("en", "English", False), ("en", "English (audio description)", True)}
        page.evaluate(_REACHES, [1])
        assert page.evaluate(_HLS_CUES, [1]) == "看清名字。"
        number = page.evaluate("player.audioTracks.findIndex(t => /describes/.test(t.characteristics))")
        page.evaluate("n => { player.audioTrack = n; }", number)
        page.evaluate(_REACHES, [4])
    assert any(f.startswith("described/") for f in segments(site))


def test_dash_plays_the_same_segments(players: Path, browser: Browser, serve: Serve) -> None:
    site = serve(players)
    with browser.page() as page:
        page.goto(site.page("dash.html"))
        found = page.evaluate(_DASH, [site.page(named(players, "manifest.mpd"))])
        assert [(lang, roles) for lang, roles, _ in found["audio"]] == [("en", "main"), ("en", "alternate")]
        assert [(lang, roles) for lang, roles, _ in found["text"]] == [
            ("en", "caption"),
            ("zh-Hans", "subtitle"),
        ]
        assert {codec.split('"')[1][:4] for _, _, codec in found["video"]} == {"avc1", "av01"}
        page.evaluate(_REACHES, [1])
        page.evaluate("() => player.setCurrentTrack(player.getTracksFor('audio')[1])")
        page.evaluate(_REACHES, [3])
        page.locator("video").evaluate("v => { v.currentTime = 11; }")
        page.evaluate(_REACHES, [SECONDS - 0.5])
    assert not {f for f in segments(site) if "audio" not in f} - {"v360", "v240", "av1-360", "av1-240"}
    assert any(f.startswith("described/") for f in segments(site))
