"""The player: every control by name, by keyboard, on a phone, without a script, from disk, and what it keeps."""

import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Locator, Page

from tests.external.validators.browser import Browser, too_wide
from tests.external.validators.server import Site
from tests.helpers.watching import build_course

Serve = Callable[..., Site]
Axe = Callable[[Page], list[str]]

LESSON = "01-watch.html"
_REACHES = """([m, seconds]) => new Promise((done, fail) => {
  const look = () => { if (m.currentTime >= seconds) done(m.currentTime); };
  ['timeupdate', 'seeked', 'ended'].forEach(n => m.addEventListener(n, look));
  setTimeout(() => fail(Error(`at ${m.currentTime} of ${m.duration}, ready ${m.readyState}, ${m.error?.message}`)), 9000);
  look();
})"""
_BECOMES = """([element, test]) => new Promise((done, fail) => {
  const is = {
    'has text': e => e.textContent.trim() !== '',
    'two lines': e => e.querySelectorAll('p').length === 2,
    'playing': e => !e.paused && e.currentTime > 0,
    'paused': e => e.paused,
    'stream': e => e.dataset.playing === 'stream',
    'has size': e => e.videoWidth > 0,
    'shown': e => !e.hidden,
    'gone': e => e.hidden,
  }[test];
  const begun = performance.now();
  const look = () => is(element) ? done() : performance.now() - begun > 9000 ? fail(Error('never: ' + test)) : requestAnimationFrame(look);
  look();
})"""
_LISTEN = "() => { window.heard = []; document.addEventListener('coursepack:media', e => window.heard.push(e.detail)); }"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_course(tmp_path_factory.mktemp("watch"))


@pytest.fixture
def site(built: Path, serve: Serve) -> Site:
    return serve(built / "web")


def film(page: Page) -> Locator:
    return page.locator("coursepack-player").first


def media(page: Page, number: int = 0) -> Locator:
    return page.locator("coursepack-player").nth(number).locator("video, audio").first


def becomes(element: Locator, test: str) -> None:
    handle = element.element_handle()
    assert handle is not None
    element.page.evaluate(_BECOMES, [handle, test])


def reaches(page: Page, seconds: float, number: int = 0) -> None:
    page.evaluate(_REACHES, [media(page, number).element_handle(), seconds])


def start(page: Page) -> None:
    film(page).get_by_role("button", name="Play – Paying at the stall").click()
    reaches(page, 0.3)


def button(page: Page, name: str) -> Locator:
    return film(page).locator(".bar").get_by_role("button", name=name, exact=True)


def at(page: Page) -> float:
    found: float = media(page).evaluate("v => v.currentTime")
    return found


def kept(page: Page, key: str = "device/player") -> Any:
    return page.evaluate("k => JSON.parse(localStorage.getItem('coursepack/' + k))", key)


def settings(page: Page) -> Locator:
    panel = film(page).get_by_role("group", name="Settings")
    if not panel.is_visible():
        button(page, "Settings").click()
    return panel


# -- names, keyboard ---------------------------------------------------------------------------------------------------


def test_a_screen_reader_is_told_names_states_and_values(site: Site, browser: Browser) -> None:
    with browser.page() as page:
        page.goto(site.page(LESSON))
        tree = film(page).aria_snapshot()
        for control in (
            'button "Play – Paying at the stall"', 'slider "Position"', 'button "Play"', 'button "10 seconds back"',
            'button "10 seconds forward"', 'button "Mute"', 'slider "Volume"', 'button "Captions" [pressed]',
            'button "Sign language"', 'button "Settings"', 'button "Full screen"', 'button "Audio description"',
            'link "Watch in sign language"',
        ):  # fmt: skip
            assert control in tree, f"{control} is not in\n{tree}"
        assert film(page).get_by_role("slider", name="Position").get_attribute("aria-valuetext") == (
            "0 seconds of 12 seconds"
        )
        assert film(page).get_attribute("aria-label") == "Player: Paying at the stall"
        opener = button(page, "Settings")
        assert opener.get_attribute("aria-expanded") == "false"
        names = settings(page).aria_snapshot()
        assert opener.get_attribute("aria-expanded") == "true"
        for control in ('combobox "Playing speed"', 'combobox "Language"', 'combobox "Second language"',
                        'combobox "Quality"', 'checkbox "Save data on this device"', 'checkbox "Keys work'):  # fmt: skip
            assert control in names, f"{control} is not in\n{names}"
        page.keyboard.press("Escape")
        assert opener.get_attribute("aria-expanded") == "false"
        assert page.evaluate("document.activeElement.className") == "tool settings"


def test_one_key_each_in_the_player_and_only_there(site: Site, browser: Browser) -> None:
    with browser.page(height=500) as page:
        page.goto(site.page(LESSON))
        status = film(page).get_by_role("status").first
        page.keyboard.press("m")
        assert media(page).evaluate("v => v.muted") is False, "the focus is not in the player"
        page.locator("body").click(position={"x": 5, "y": 5})
        page.keyboard.press("Space")
        becomes_scrolled = "() => new Promise(d => { const l = () => scrollY > 0 ? d(true) : requestAnimationFrame(l); l(); })"
        assert page.evaluate(becomes_scrolled), "Space scrolls the page"
        button(page, "Play").focus()
        for key, words in (("m", "Sound off"), (">", "Speed 1.25"), ("c", "Captions off"), ("c", "Captions: English"),
                           ("l", "10 seconds forward"), ("j", "10 seconds back"), ("-", "Volume 90%")):  # fmt: skip
            page.keyboard.press(key)
            assert status.inner_text() == words
        assert media(page).evaluate("v => [v.muted, v.playbackRate]") == [False, 1.25]
        page.keyboard.press("k")
        reaches(page, 0.2)
        page.keyboard.press("5")
        reaches(page, 6)
        page.keyboard.press("t")
        assert page.evaluate("document.activeElement.closest('.transcript').open")
        page.keyboard.press("t")
        assert not page.evaluate("document.activeElement.closest('.transcript').open")
        page.keyboard.press("?")
        assert film(page).locator(".key-help dl").is_visible()
        settings(page).get_by_role("checkbox", name="Keys work while this player is in use").uncheck()
        button(page, "Pause").focus()
        page.keyboard.press("m")
        assert media(page).evaluate("v => v.muted") is False, "switched off"
        assert kept(page)["keys"] is False


def test_shortcuts_switched_off_for_the_page_are_off_here(site: Site, browser: Browser) -> None:
    with browser.page() as page:
        page.add_init_script(
            "localStorage.setItem('coursepack/device/reading', JSON.stringify({shortcuts: false}))"
        )
        page.goto(site.page(LESSON))
        button(page, "Play").focus()
        page.keyboard.press("m")
        assert media(page).evaluate("v => v.muted") is False


def test_the_time_line_is_a_slider_for_the_keyboard(site: Site, browser: Browser) -> None:
    with browser.page() as page:
        page.goto(site.page(LESSON))
        slider = film(page).get_by_role("slider", name="Position")
        slider.focus()
        page.keyboard.press("ArrowRight")
        assert slider.get_attribute("aria-valuetext") == "5 seconds of 12 seconds"
        peek = film(page).locator(".peek")
        assert peek.is_visible() and peek.inner_text() == "0:05"
        page.keyboard.press("Home")
        assert slider.get_attribute("aria-valuetext") == "0 seconds of 12 seconds"
        page.keyboard.press("ArrowRight")
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
        reaches(page, 5.2)
        assert at(page) < 8, "it began where the slider was put"
        assert film(page).locator(".marks i").count() == 1


def test_small_pictures_show_what_is_there(site: Site, browser: Browser) -> None:
    with browser.page() as page:
        page.goto(site.page(LESSON))
        line = film(page).locator(".line")
        box = line.bounding_box()
        assert box is not None
        with page.expect_response(lambda r: r.url.endswith(".webp") and "thumbnails" in r.url):
            page.mouse.move(box["x"] + box["width"] * 0.7, box["y"] + box["height"] / 2)
        becomes(film(page).locator(".peek-frame"), "shown")
        assert re.match(r"0:0[78]", film(page).locator(".peek").inner_text())


# -- captions ----------------------------------------------------------------------------------------------------------


def test_two_languages_at_once_in_the_look_that_was_chosen(site: Site, browser: Browser) -> None:
    with browser.page() as page:
        page.goto(site.page(LESSON))
        panel = settings(page)
        panel.get_by_label("Second language").select_option("zh-Hans")
        panel.get_by_text("How captions look").click()
        panel.get_by_label("Letters").select_option("1.8")
        panel.get_by_label("Colour").select_option("yellow")
        panel.get_by_label("Place").select_option("top")
        page.reload()
        start(page)
        cues = film(page).locator(".cues")
        becomes(cues, "two lines")
        assert cues.locator("p").all_inner_texts() == ["Read the name first.", "先看清名字。"]
        assert [p.get_attribute("lang") for p in cues.locator("p").all()] == ["en", "zh-Hans"]
        assert cues.locator("b").inner_text() == "name"
        span = cues.locator("p > span").first
        assert span.evaluate("e => getComputedStyle(e).color") == "rgb(255, 228, 92)"
        assert span.evaluate("e => parseFloat(getComputedStyle(e).fontSize)") > 30
        assert film(page).locator(".stage").get_attribute("data-cues") == "top"
        button(page, "Captions").click()
        assert cues.inner_text() == ""
        page.reload()
        assert button(page, "Captions").get_attribute("aria-pressed") == "false"
        modes = media(page).evaluate("v => [...v.textTracks].map(t => t.mode)")
        assert "showing" not in modes and "hidden" not in modes, (
            "off is kept, and nothing comes back by itself"
        )


def test_captions_are_on_in_the_language_of_the_page_and_nothing_plays_by_itself(
    site: Site, browser: Browser
) -> None:
    with browser.page() as page:
        page.goto(site.page("zh-Hans/01-watch.html"))
        assert media(page).evaluate("v => v.paused && v.readyState === 0")
        page.locator(".big-play").click()
        reaches(page, 0.3)
        becomes(film(page).locator(".cues"), "has text")
        assert film(page).locator(".cues").inner_text() == "先看清名字。"
        files = [" ".join(t.split()) for t in page.locator(".downloads li").all_text_contents()]
        captions = [f for f in files if f.startswith("字幕")]
        assert captions[0].startswith("字幕（WebVTT）： 简体中文"), captions


# -- data --------------------------------------------------------------------------------------------------------------


def test_quality_says_what_it_costs_and_data_can_be_saved(site: Site, browser: Browser) -> None:
    with browser.page() as page:
        page.goto(site.page(LESSON))
        quality = settings(page).get_by_label("Quality")
        offered = quality.locator("option").all_inner_texts()
        assert offered[0].startswith("Automatic")
        assert re.fullmatch(r"Save data – 0\.\d MB", offered[1])
        assert [re.fullmatch(r"(\d+)p – 0\.\d MB", o).group(1) for o in offered[2:]] == ["180", "90"]  # type: ignore[union-attr]
        quality.select_option("saver")
        start(page)
        becomes(media(page), "has size")
        assert media(page).evaluate("v => v.videoHeight") == 90
        assert not [r for r in site.requests if "/v180/" in r or r.endswith("p.mp4")]
        page.reload()
        assert settings(page).get_by_label("Quality").input_value() == "saver"


def test_a_device_that_saves_data_gets_the_smallest(site: Site, browser: Browser) -> None:
    with browser.page() as page:
        page.add_init_script("localStorage.setItem('coursepack/device/data-saver', 'true')")
        page.goto(site.page(LESSON))
        assert settings(page).get_by_role("checkbox", name="Save data on this device").is_checked()
        start(page)
        assert not [r for r in site.requests if "/v180/" in r]
        settings(page).get_by_role("checkbox", name="Save data on this device").uncheck()
        assert kept(page, "device/data-saver") is False


def test_the_sound_alone_goes_on_from_the_same_place(site: Site, browser: Browser) -> None:
    with browser.page() as page:
        page.goto(site.page(LESSON))
        start(page)
        page.keyboard.press("5")
        reaches(page, 6.2)
        settings(page).get_by_role("checkbox", name=re.compile("Sound only – ")).check()
        reaches(page, 6.8)
        assert media(page).evaluate("v => v.currentSrc").endswith(".m4a")
        assert at(page) < 9
        assert page.evaluate("navigator.mediaSession.metadata.title") == "Paying at the stall"
        film(page).get_by_role("button", name="Sound only: show the picture").click()
        becomes(media(page), "stream")
        reaches(page, 7)
        assert media(page).evaluate("v => v.currentSrc").startswith("blob:")


def test_a_lost_line_is_said_and_waited_for(site: Site, browser: Browser) -> None:
    with browser.page() as page:
        page.goto(site.page(LESSON))
        page.route("**/seg-00002.m4s", lambda route: route.abort("internetdisconnected"))
        page.route("**/seg-00003.m4s", lambda route: route.abort("internetdisconnected"))
        start(page)
        trouble = film(page).get_by_role("alert")
        becomes(film(page).locator(".trouble"), "shown")
        assert trouble.inner_text().startswith("The connection is lost.")
        page.unroute("**/seg-00002.m4s")
        page.unroute("**/seg-00003.m4s")
        page.evaluate("dispatchEvent(new Event('online'))")
        reaches(page, 6.5)
        becomes(film(page).locator(".trouble"), "gone")
    problems = browser.taken()
    assert problems and all("DISCONNECTED" in p for p in problems), problems


def test_what_our_stream_cannot_play_the_library_and_then_the_file_plays(
    site: Site, browser: Browser
) -> None:
    with browser.page() as page:
        page.add_init_script("SourceBuffer.prototype.appendBuffer = () => { throw Error('refused'); }")
        page.goto(site.page(LESSON))
        page.locator(".big-play").first.click()
        reaches(page, 1)
        assert media(page).evaluate("v => v.currentSrc").endswith("p.mp4")
        assert any(re.search(r"/hls-[0-9a-f]{10}\.js", r) for r in site.requests)
    browser.taken()


# -- transcript, resume, events ----------------------------------------------------------------------------------------


def test_the_transcript_is_searched_followed_pressed_and_taken_along(site: Site, browser: Browser) -> None:
    with browser.page() as page:
        page.goto(site.page(LESSON))
        transcripts = film(page).locator(".transcript")
        transcripts.first.locator("summary").click()
        assert [t.is_visible() for t in transcripts.all()] == [True, False]
        here = transcripts.first
        here.get_by_role("searchbox", name="Search the transcript").fill("THE")
        assert here.get_by_role("status").inner_text() == "1 of 5"
        page.keyboard.press("Enter")
        assert here.get_by_role("status").inner_text() == "2 of 5"
        assert here.locator("mark.here").inner_text() == "The"
        here.get_by_role("searchbox").fill("nothing")
        assert here.get_by_role("status").inner_text() == "Not found"
        here.get_by_role("searchbox").fill("")
        assert here.locator("mark").count() == 0
        stops = "t => [...t.querySelectorAll('a.at')].map(a => a.tabIndex)"
        assert set(here.evaluate(stops)) == {-1}
        here.get_by_role("checkbox", name="Tab stops on every line").check()
        assert set(here.evaluate(stops)) == {0}
        here.locator("p[data-start]", has_text="Only then pay.").click(position={"x": 200, "y": 12})
        reaches(page, 8.2)
        assert here.locator("[aria-current]").inner_text().endswith("Only then pay.")
        with page.expect_download() as saved:
            here.get_by_role("button", name="Download the text").click()
        text = Path(saved.value.path()).read_text("utf-8")
        assert saved.value.suggested_filename == "pay.transcript.en.txt"
        assert "0:08 Only then pay." in text and "A hand holds a phone" in text
        here.get_by_role("combobox", name="Language of the transcript").select_option(label="简体中文")
        assert [t.is_visible() for t in transcripts.all()] == [False, True]
        assert "再核对金额。" in transcripts.nth(1).inner_text()


PLACE = "coursepack/course/watch/media/01-watch/media/pay.mp4"


def test_it_goes_on_where_the_learner_was(site: Site, browser: Browser) -> None:
    with browser.page() as page:
        page.goto(site.page(LESSON))
        start(page)
        page.keyboard.press("6")
        reaches(page, 7.3)
        page.keyboard.press("k")
        becomes(media(page), "paused")
        # The browser tells of the pause a moment after it.
        page.wait_for_function("key => JSON.parse(localStorage.getItem(key)).position_s > 7", arg=PLACE)
        place = kept(page, "course/watch/media/01-watch/media/pay.mp4")
        assert 7 < place["position_s"] < 12 and round(place["duration_s"]) == 12
        page.reload()
        offer = film(page).get_by_role("button", name=re.compile("Go on at [789] seconds"))
        assert media(page).evaluate("v => v.paused")
        offer.click()
        reaches(page, 7.5)
        assert not offer.is_visible()
        reaches(page, 12 - 0.2)
        becomes(media(page), "paused")
        page.reload()
        assert film(page).get_by_role("button", name=re.compile("Go on")).count() == 0


def test_what_the_learner_does_is_told_to_the_page(site: Site, browser: Browser) -> None:
    with browser.page() as page:
        page.goto(site.page(LESSON))
        page.evaluate(_LISTEN)
        start(page)
        page.keyboard.press("9")
        reaches(page, 11)
        # Another one begins: one plays at a time.
        page.locator("coursepack-player").nth(1).get_by_role("button", name="Play", exact=True).click()
        reaches(page, 0.5, number=1)
        assert media(page).evaluate("v => v.paused")
        heard = page.evaluate("window.heard")
        told = [(h["event"], h["kind"], h["media"]) for h in heard]
        assert told[:2] == [("play", "video", "media/pay.mp4"), ("seeked", "video", "media/pay.mp4")]
        assert sorted(told[2:]) == [("pause", "video", "media/pay.mp4"), ("play", "audio", "media/talk.wav")]
        assert heard[0]["lesson"] == "01-watch" and heard[0]["duration_s"] > 11


# -- sign language -----------------------------------------------------------------------------------------------------


def test_the_sign_window_stays_moves_and_keeps_step(site: Site, browser: Browser) -> None:
    with browser.page(width=360, touch=True) as page:
        page.goto(site.page(LESSON))
        start(page)
        assert not [r for r in site.requests if "-sign-" in r]
        film(page).get_by_role("link", name="Watch in sign language").click()
        window = film(page).get_by_role("region", name="Sign language")
        signed = window.locator("video")
        becomes(signed, "playing")
        apart = "() => Math.abs(document.querySelector('.sign-window video').currentTime - document.querySelector('.screen video').currentTime)"
        assert page.evaluate(apart) < 0.5
        film(page).locator(".downloads").scroll_into_view_if_needed()
        box = window.bounding_box()
        assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= 361 and box["y"] >= 0
        grip = window.get_by_role("button", name="Move with the arrow keys, size with + and -")
        grip.focus()
        for key in ("ArrowUp", "ArrowLeft", "+"):
            page.keyboard.press(key)
        moved = window.bounding_box()
        assert moved is not None
        assert (moved["x"], moved["y"]) == pytest.approx((box["x"] - 16, box["y"] - 16), abs=1)
        assert moved["width"] == pytest.approx(box["width"] + 16, abs=1)
        page.evaluate("document.querySelector('.screen video').pause()")
        becomes(signed, "paused")
        page.reload()
        film(page).get_by_role("link", name="Watch in sign language").click()
        again = window.bounding_box()
        assert again is not None and again["x"] == pytest.approx(moved["x"], abs=1)
        window.get_by_role("button", name="Close sign language").click()
        assert not window.is_visible()


def test_full_screen_keeps_captions_controls_and_sign_language(site: Site, browser: Browser) -> None:
    with browser.page(width=800) as page:
        page.goto(site.page(LESSON))
        start(page)
        button(page, "Sign language").click()
        before = film(page).locator(".cues").evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
        button(page, "Full screen").click()
        assert page.evaluate("document.fullscreenElement.className").startswith("stage")
        becomes(film(page).locator(".cues"), "has text")
        for part in (".cues", ".bar", ".sign-window"):
            assert film(page).locator(part).is_visible()
        assert film(page).locator(".cues").evaluate("e => parseFloat(getComputedStyle(e).fontSize)") >= before
        page.keyboard.press("f")
        assert page.evaluate("document.fullscreenElement") is None


# -- everywhere --------------------------------------------------------------------------------------------------------


def test_without_a_script_nothing_is_lost(site: Site, browser: Browser) -> None:
    with browser.page(javascript=False) as page:
        page.goto(site.page(LESSON))
        video = film(page).locator("video")
        assert video.get_attribute("controls") is not None
        assert film(page).locator("video source").get_attribute("src").endswith(".mp4")  # type: ignore[union-attr]
        assert film(page).locator("track").count() == 4
        assert film(page).locator("a[data-sign]").is_visible()
        assert film(page).locator(".bar").count() == 0
        film(page).locator(".transcript summary").first.click()
        assert "Only then pay." in film(page).locator(".transcript").first.inner_text()


def test_from_disk_the_same_controls_play_the_small_file(
    built: Path, browser: Browser, tmp_path: Path
) -> None:
    with zipfile.ZipFile(next(built.glob("*.mobile.zip"))) as archive:
        archive.extractall(tmp_path)
    assert len(list(tmp_path.glob("media/*-sign-*/*.mp4"))) == 1
    with browser.page(width=360, touch=True) as page:
        page.goto((tmp_path / LESSON).as_uri())
        start(page)
        assert media(page).evaluate("v => v.currentSrc").startswith("file:")
        becomes(film(page).locator(".cues"), "has text")
        assert film(page).locator(".cues").inner_text() == "Read the name first."
        film(page).get_by_role("link", name="Watch in sign language").click()
        becomes(film(page).locator(".sign-window video"), "playing")
        assert not settings(page).get_by_label("Quality").is_visible()


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_all_open_it_is_accessible(
    site: Site, browser: Browser, axe: Axe, width: int, scheme: Literal["light", "dark"]
) -> None:
    with browser.page(width=width, scheme=scheme) as page:
        page.goto(site.page(LESSON))
        start(page)
        settings(page).get_by_text("How captions look").click()
        settings(page).locator(".key-help summary").click()
        film(page).locator(".transcript summary").first.click()
        film(page).get_by_role("link", name="Watch in sign language").click()
        button(page, "Pause").click()
        assert axe(page) == []
        assert too_wide(page) == []


@pytest.mark.parametrize("elder", [False, True])
def test_nothing_is_too_small_or_cut_off_at_320_px(
    site: Site, browser: Browser, axe: Axe, elder: bool
) -> None:
    with browser.page(width=320, height=640) as page:
        page.goto(site.page(LESSON))
        if elder:
            page.evaluate("document.documentElement.classList.add('elder')")
        settings(page)
        film(page).locator(".transcript summary").first.click()
        assert too_wide(page) == []
        sizes = (
            film(page)
            .locator(".bar button, .panel select, .panel label.check-row, .panel-close")
            .evaluate_all(
                "all => all.filter(e => e.offsetParent).map(e => [e.getAttribute('aria-label') || e.className, e.offsetWidth, e.offsetHeight])"
            )
        )
        least = 60 if elder else 44
        assert len(sizes) > 8
        assert [s for s in sizes if min(s[1], s[2]) < least] == []
        assert axe(page) == []


def test_nothing_moves_when_the_script_comes(site: Site, browser: Browser) -> None:
    for width in (320, 360, 1280):
        with browser.page(width=width) as page:
            page.goto(site.page(LESSON))
            shift = page.evaluate(
                """() => new Promise(done => new PerformanceObserver(list =>
                  done(list.getEntries().filter(e => !e.hadRecentInput).reduce((sum, e) => sum + e.value, 0))
                ).observe({type: 'layout-shift', buffered: true}) || setTimeout(() => done(0), 300))"""
            )
            assert shift < 0.02, width


def test_right_to_left_the_time_line_is_mirrored(site: Site, browser: Browser) -> None:
    with browser.page(width=360) as page:
        page.goto(site.page("ug/01-watch.html"))
        assert page.evaluate("document.dir") == "rtl"
        slider = film(page).locator(".seek")
        slider.focus()
        page.keyboard.press("ArrowLeft")
        assert slider.evaluate("e => Number(e.value)") == pytest.approx(5)
        play, captions = (
            film(page).locator(".play").bounding_box(),
            film(page).locator(".tool.captions").bounding_box(),
        )
        assert play is not None and captions is not None
        assert play["x"] > captions["x"]
        assert too_wide(page) == []


def test_the_script_and_its_style_are_small(built: Path) -> None:
    import gzip

    script = next((built / "web" / "static").glob("player-*.js")).read_bytes()
    assert len(gzip.compress(script, 9)) <= 20_000
