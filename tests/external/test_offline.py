"""A course without a network: after one visit, saved by quality, interrupted, without room, and after a new release."""

import json
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Page, expect

from coursepack.app.publish import publish_course
from tests.external.validators.browser import Browser
from tests.external.validators.server import Site
from tests.helpers.course import build, ffmpeg, make_course

Serve = Callable[..., Site]
NOW = datetime(2026, 11, 24, tzinfo=UTC)
CHECK = "01-pay/01-check.html"
LISTEN = "01-pay/02-listen.html"
OTHER = "02-after/01-other.html"

_KEPT = """async wanted => {
  for (;;) {
    const there = new Set();
    for (const name of await caches.keys()) for (const r of await (await caches.open(name)).keys()) there.add(r.url);
    if (wanted.every(url => there.has(url))) return [...there];
    await new Promise(done => setTimeout(done, 20));
  }
}"""
_PLAYS = """v => new Promise((done, fail) => {
  v.muted = true;
  const see = () => { if (v.currentTime > 0.3) done(v.currentSrc); };
  v.addEventListener('timeupdate', see);
  setTimeout(() => fail(Error(`stuck at ${v.currentTime}, ready ${v.readyState}, ${v.error?.message}`)), 10000);
  v.play().catch(() => {});
})"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Two releases of a small course with a film and a recording of more than a MiB."""
    base = tmp_path_factory.mktemp("offline")
    course = make_course(base / "course")
    ffmpeg("-f", "lavfi", "-i", "anoisesrc=duration=160:color=pink", str(course / "01-pay/media/tone.wav"))
    for name in ("first", "second"):
        done = build(base / "cache", course, base / name)
        assert {d["severity"] for d in done["diagnostics"]} <= {"info", "warning"}
        lesson = course / "02-after/01-other.md"
        lesson.write_text(lesson.read_text("utf-8").replace("Nothing but text", "Something new"), "utf-8")
    return {name: base / name / "tiny" for name in ("first", "second")}


@pytest.fixture
def web(built: dict[str, Path]) -> Path:
    return built["first"] / "web"


def visit(page: Page, site: Site, path: str) -> None:
    """Opens a page and waits until it is kept with what it takes to say what else is."""
    page.goto(site.page(path))
    page.evaluate(_KEPT, [site.page(p) for p in (path, "saved.html", "index.html", "contents.html")])


@contextmanager
def without_network(page: Page, browser: Browser) -> Iterator[None]:
    """What fails meanwhile is no fault of the page."""
    browser.forgiven.add("ERR_INTERNET_DISCONNECTED")  # some of it is told late
    before = browser.taken()
    page.context.set_offline(True)
    try:
        yield
    finally:
        page.context.set_offline(False)
        browser.taken()
        browser.problems += before


def open_panel(page: Page, site: Site, path: str) -> None:
    visit(page, site, path)
    page.locator("#cp-offline > summary").click()
    page.locator(".offline-save").wait_for()


def test_what_was_visited_opens_again_and_the_rest_says_what_is_there(
    web: Path, browser: Browser, serve: Serve
) -> None:
    site = serve(web, "some/where")
    with browser.page(width=360) as page:
        visit(page, site, OTHER)
        with without_network(page, browser):
            page.reload()
            assert "Nothing but text" in page.locator("main").inner_text()
            assert page.evaluate("getComputedStyle(document.querySelector('.top')).display") == "flex"
            page.goto(site.page("contents.html"))
            page.goto(site.page(CHECK))
            assert page.url.startswith(site.page("saved.html"))
            assert page.title().startswith("Saved lessons")
            expect(page.locator("#cp-wanted")).to_be_visible()
            row = page.locator("li[data-lesson='02-after/01-other']")
            expect(row).to_contain_text("Opened before")
            assert page.locator(".offline-save:visible, .saved-list button:visible").count() == 0, (
                "there is nothing to save from"
            )
        page.locator("#cp-wanted a").click()
        page.wait_for_url(site.page(CHECK))


def test_a_lesson_is_saved_in_the_chosen_quality_and_plays(web: Path, browser: Browser, serve: Serve) -> None:
    site = serve(web, "some/where")
    with browser.page(width=360) as page:
        open_panel(page, site, CHECK)
        files = {
            e.get_attribute("data-quality"): (
                urljoin(page.url, e.get_attribute("data-file-src") or ""),
                int(e.get_attribute("data-size") or 0),
            )
            for e in page.locator(".offline-files [data-file-src]").all()
        }
        print({quality: size for quality, (_, size) in files.items()})
        assert set(files) >= {"sound", "standard"}
        for url, size in files.values():
            assert page.request.get(url).headers["content-length"] == str(size)
        offered = {e.get_attribute("value") for e in page.locator(".offline-choice input").all()}
        assert offered == {"text", *files}
        smallest = "small" if "small" in files else "sound"
        page.locator(f".offline-choice input[value={smallest}]").check()
        page.locator(".offline-save").click()
        expect(page.locator(".offline-status")).to_have_text(
            "Saved. This lesson now opens without a network."
        )
        kept = page.evaluate(
            "caches.open('coursepack /some/where/ saved').then(c => c.keys()).then(k => k.map(r => r.url))"
        )
        assert files[smallest][0] in kept
        with without_network(page, browser):
            page.goto(site.page(CHECK))
            video = page.locator("video").first
            assert video.evaluate(_PLAYS) == files["standard"][0], (
                "the page's own address, answered by what was saved"
            )
            part = page.evaluate(
                "u => fetch(u, {headers: {range: 'bytes=10-19'}}).then(async r => [r.status, r.headers.get('content-range'), (await r.arrayBuffer()).byteLength])",
                files[smallest][0],
            )
            assert part == [206, f"bytes 10-19/{files[smallest][1]}", 10]
            assert (
                page.locator(".body > p > img").first.evaluate("i => i.decode().then(() => i.naturalWidth)")
                > 0
            )
            expect(page.locator(".offline-mark")).to_be_visible()
        page.goto(site.page(CHECK))
        page.locator("#cp-offline > summary").click()
        page.get_by_role("button", name="Remove from this device").click()
        expect(page.locator(".offline-status")).to_have_text("Removed.")
        left = page.evaluate(
            "caches.open('coursepack /some/where/ saved').then(c => c.keys()).then(k => k.length)"
        )
        assert left == 0


def test_a_saved_video_takes_nothing_from_the_network(web: Path, browser: Browser, serve: Serve) -> None:
    site = serve(web)
    with browser.page() as page:
        open_panel(page, site, CHECK)
        page.locator(".offline-save").click()
        expect(page.locator(".offline-status")).to_contain_text("Saved.")
        page.goto(site.page(CHECK))
        site.requests.clear()
        source = page.locator("video").first.evaluate(_PLAYS)
        assert source.endswith(".mp4")
        assert [r for r in site.requests if re.search(r"\.(m3u8|m4s|mp4)$", r)] == []


def test_a_stream_is_not_kept_in_pieces(web: Path, browser: Browser, serve: Serve) -> None:
    site = serve(web)
    with browser.page() as page:
        visit(page, site, CHECK)
        page.reload()
        page.locator("video").first.evaluate(_PLAYS)
        assert [r for r in site.requests if r.endswith(".m4s")]
        kept = page.evaluate(_KEPT, [])
        assert kept and [url for url in kept if re.search(r"\.(m3u8|m4s|mp4)$", url)] == []


# The connection fails at one range request, once.
_LOSES = """() => {
  const real = window.fetch;
  let lost = false;
  window.asked = [];
  window.fetch = (url, options) => {
    const range = options?.headers?.range;
    if (range) window.asked.push(range);
    if (range?.startsWith('bytes=1048576-') && !lost) { lost = true; return Promise.reject(new TypeError('lost')); }
    return real(url, options);
  };
}"""


def test_saving_carries_on_where_the_connection_was_lost(web: Path, browser: Browser, serve: Serve) -> None:
    site = serve(web)
    with browser.page() as page:
        open_panel(page, site, LISTEN)
        size = int(page.locator(".offline-files [data-file-src]").first.get_attribute("data-size") or 0)
        assert size > 1 << 20
        page.evaluate(_LOSES)
        page.locator(".offline-save").click()
        expect(page.locator(".offline-status")).to_contain_text("The connection was lost")
        expect(page.locator(".offline-said")).to_contain_text("Only a part is saved")
        first = page.evaluate("window.asked.length")
        page.get_by_role("button", name="Carry on").click()
        expect(page.locator(".offline-status")).to_contain_text("Saved.")
        assert page.evaluate(f"window.asked[{first}]").startswith("bytes=1048576-"), "not from the beginning"
        with without_network(page, browser):
            page.reload()
            url = page.locator("audio").first.evaluate(_PLAYS)
            whole = page.evaluate("u => fetch(u).then(r => r.blob()).then(b => b.size)", url)
            assert whole == size


def test_saving_can_be_stopped(web: Path, browser: Browser, serve: Serve) -> None:
    site = serve(web)
    with browser.page() as page:
        open_panel(page, site, LISTEN)
        # Held back until it is stopped, as on a thin line.
        page.evaluate(
            "() => { const real = window.fetch; window.fetch = (u, o) => o?.headers?.range ? new Promise((_, no) => o.signal.addEventListener('abort', () => no(new DOMException('', 'AbortError')))) : real(u, o); }"
        )
        page.locator(".offline-save").click()
        stop = page.get_by_role("button", name="Stop")
        expect(stop).to_be_focused()
        browser.forgiven.add("ERR_FAILED")  # what was on its way when it was stopped
        stop.click()
        expect(page.locator(".offline-status")).to_contain_text("Stopped.")
        expect(page.get_by_role("button", name="Carry on")).to_be_focused()


def test_without_room_nothing_is_lost(web: Path, browser: Browser, serve: Serve) -> None:
    site = serve(web)
    with browser.page() as page:
        open_panel(page, site, OTHER)
        page.locator(".offline-save").click()
        expect(page.locator(".offline-status")).to_contain_text("Saved.")
        cdp = page.context.new_cdp_session(page)
        origin = site.url.rstrip("/")
        used = page.evaluate("navigator.storage.estimate().then(e => e.usage)")
        open_panel(page, site, LISTEN)
        # Chromium's own estimate does not follow: there seems to be room, and then there is not.
        cdp.send("Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": used + 400_000})
        page.locator(".offline-save").click()
        expect(page.locator(".offline-status")).to_contain_text("There is no more room on this device")
        page.evaluate("() => { navigator.storage.estimate = async () => ({quota: 5e5, usage: 1e5}); }")
        page.locator(".offline-save").click()
        expect(page.locator(".offline-status")).to_contain_text(
            re.compile(r"There is no room: this takes 1[.\d]* MB, and 400 kB are free")
        )
        cdp.send("Storage.overrideQuotaForOrigin", {"origin": origin})
        parts = page.evaluate(
            "caches.open('coursepack / saved').then(c => c.keys()).then(k => k.filter(r => r.url.includes('coursepack-part')).length)"
        )
        assert parts == 0, "half a file only takes room"
        with without_network(page, browser):
            page.goto(site.page(OTHER))
            assert "Nothing but text" in page.locator("main").inner_text()


def test_the_whole_course_is_saved_with_its_search(web: Path, browser: Browser, serve: Serve) -> None:
    site = serve(web)
    with browser.page(width=360) as page:
        visit(page, site, "saved.html")
        total = page.locator(".offline-save")
        text = page.locator("input[value=text]")
        expect(total).to_contain_text("MB")
        text.check()
        expect(total).to_contain_text("kB")
        page.locator("input[value=standard]").check()
        total.click()
        expect(page.locator(".offline-status")).to_have_text(
            "The whole course is saved and opens without a network.", timeout=15_000
        )
        assert page.locator(".saved-list li:not(.is-saved)").count() == 0
        with without_network(page, browser):
            for path in (CHECK, LISTEN, OTHER, "01-pay/index.html", "index.html", "contents.html"):
                page.goto(site.page(path))
                assert page.url == site.page(path)
            page.goto(site.page("search.html"))
            page.locator("input[type=search]").fill("amount")
            page.keyboard.press("Enter")
            expect(page.locator(".results li").first).to_contain_text("Check the amount")
            page.goto(site.page("saved.html"))
            page.get_by_role("button", name="Remove all").click()
            expect(page.locator(".offline-status")).to_have_text("Removed.")
        assert page.evaluate("caches.open('coursepack / saved').then(c => c.keys()).then(k => k.length)") == 0


def test_a_new_release_is_told_of_and_nothing_is_forced(
    built: dict[str, Path], browser: Browser, serve: Serve, tmp_path: Path
) -> None:
    served = tmp_path / "web"
    shutil.copytree(built["first"] / "web", served)
    site = serve(served, "some/where")
    with browser.page() as page:
        page.clock.install()
        page.goto(site.page(OTHER))
        page.evaluate("navigator.serviceWorker.ready.then(() => 1)")
        page.evaluate("localStorage.setItem('coursepack/course/tiny/lesson/x', '1')")
        page.evaluate(
            _KEPT.replace("await new Promise(done => setTimeout(done, 20))", "await 0"), [site.page(OTHER)]
        )
        shutil.copytree(built["second"] / "web", served, dirs_exist_ok=True)
        page.clock.fast_forward("11:00")
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        notice = page.locator("#cp-release")
        expect(notice).to_contain_text("There is a new version of this course.")
        assert "Nothing but text" in page.locator("main").inner_text()
        notice.locator("a").click()
        expect(page.locator("main")).to_contain_text("Something new")
        assert page.evaluate("localStorage.getItem('coursepack/course/tiny/lesson/x')") == "1"
        expect(page.locator("#cp-release")).to_be_empty()


def test_a_thin_line_shows_the_copy_and_then_says_what_is_new(
    built: dict[str, Path], browser: Browser, serve: Serve, tmp_path: Path
) -> None:
    served = tmp_path / "web"
    shutil.copytree(built["first"] / "web", served)
    site = serve(served)
    with browser.page() as page:
        visit(page, site, OTHER)
        shutil.copytree(built["second"] / "web", served, dirs_exist_ok=True)
        site.held = threading.Event()
        page.goto(site.page(OTHER))
        assert "Nothing but text" in page.locator("main").inner_text()
        site.held.set()
        expect(page.locator("#cp-release")).to_contain_text("There is a new version of this course.")
        page.locator("#cp-release a").click()
        expect(page.locator("main")).to_contain_text("Something new")


def test_a_published_course_goes_from_release_to_release(
    built: dict[str, Path], browser: Browser, serve: Serve, tmp_path: Path
) -> None:
    target = tmp_path / "shop"
    first = publish_course(built["first"], str(target), now=NOW)
    course = target / "c" / "tiny"
    before = {p.name: p.read_bytes() for p in course.glob("*.js")}
    assert set(before) == {"sw.js"}
    site = serve(target, "learn")

    def at(release: str, path: str) -> str:
        return site.page(f"c/tiny/r/{release}/{path}")

    with browser.page() as page:
        page.goto(site.page("c/tiny/index.html"))
        scope = page.evaluate("navigator.serviceWorker.ready.then(r => r.scope)")
        assert scope == site.page("c/tiny/")
        link = page.locator("link[rel=manifest]").evaluate("l => l.href")
        manifest = page.request.get(link).json()
        assert urljoin(link, manifest["start_url"]) == site.page("c/tiny/index.html") + "?edition=en"
        assert urljoin(link, manifest["scope"]) == scope
        for icon in manifest["icons"]:
            assert page.request.get(urljoin(link, icon["src"])).ok
        page.goto(at(first.release, OTHER))
        page.locator("#cp-offline > summary").click()
        page.locator(".offline-save").click()
        expect(page.locator(".offline-status")).to_contain_text("Saved.")
        second = publish_course(built["second"], str(target), now=NOW)
        assert second.release != first.release
        assert (course / "sw.js").read_bytes() == before["sw.js"], "the same for all releases"
        page.evaluate(
            "localStorage.removeItem('coursepack/device/release /learn/c/tiny/')"
        )  # as ten minutes later
        page.reload()
        notice = page.locator("#cp-release a")
        assert notice.get_attribute("href") == at(second.release, OTHER)
        page.goto(site.page("c/tiny/index.html"))
        with without_network(page, browser):
            page.goto(site.page("c/tiny/index.html"))
            page.locator(f"a[href$='{second.release}/{OTHER}']").first.click()
            page.wait_for_url(at(first.release, OTHER))
            assert "Nothing but text" in page.locator("main").inner_text(), (
                "what was saved, of its own release"
            )


def test_an_installed_course_starts_in_its_language(web: Path, browser: Browser, serve: Serve) -> None:
    site = serve(web)
    with browser.page() as page:
        page.goto(site.page("zh-Hans/index.html"))
        link = page.locator("link[rel=manifest]").evaluate("l => l.href")
        manifest = page.request.get(link).json()
        assert (manifest["lang"], manifest["dir"], manifest["display"]) == ("zh-Hans", "ltr", "standalone")
        assert {(i["sizes"], i["purpose"]) for i in manifest["icons"]} == {
            ("192x192", "any"), ("512x512", "any"), ("512x512", "maskable"),
        }  # fmt: skip
        page.goto(urljoin(link, manifest["start_url"]))
        page.wait_for_url(site.page("zh-Hans/index.html"))
        same = page.locator("link[hreflang]").evaluate_all(
            "all => all.map(l => [l.hreflang, l.getAttribute('href')])"
        )
        assert sorted(same) == [
            ["en", site.page("index.html")], ["x-default", site.page("index.html")], ["zh-Hans", site.page("zh-Hans/index.html")],
        ]  # fmt: skip


def test_from_files_nothing_is_tried(web: Path, browser: Browser) -> None:
    with browser.page(width=360) as page:
        page.goto((web / OTHER).as_uri())
        page.locator("#cp-offline > summary").click()
        expect(page.locator("#cp-offline")).to_contain_text("You have opened this course from files.")
        assert page.locator(".offline-save").count() == 0
        assert page.locator("link[rel=manifest]").count() == 0
        page.goto((web / "saved.html").as_uri())
        expect(page.locator("main")).to_contain_text("Opened from files")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_of_saving_are_accessible(
    web: Path, browser: Browser, serve: Serve, axe: Callable[[Page], list[str]], scheme: str
) -> None:
    site = serve(web)
    with browser.page(width=360, scheme=scheme) as page:  # type: ignore[arg-type]
        open_panel(page, site, OTHER)
        assert axe(page) == []
        page.goto(site.page("zh-Hans/saved.html"))
        page.locator(".offline-save").wait_for()
        assert axe(page) == []
        assert page.evaluate("document.scrollingElement.scrollWidth") <= 360
        page.goto(site.page("zh-Hans/01-pay/02-listen.html"))
        expect(page.locator(".notice").first).to_contain_text("本页还没有译文")
        assert axe(page) == []


def test_without_scripts_the_list_is_there(web: Path, browser: Browser, serve: Serve) -> None:
    with browser.page(javascript=False) as page:
        page.goto(serve(web).page("saved.html"))
        assert page.locator(".saved-list li").count() >= 4
        assert page.locator("button:visible", has_text="Save").count() == 0


def test_pages_are_valid(web: Path, nu: Callable[[Path], list[str]], tmp_path: Path) -> None:
    for path in ("saved.html", "zh-Hans/saved.html", OTHER, "zh-Hans/01-pay/02-listen.html"):
        shutil.copy(web / path, tmp_path / path.replace("/", "-"))
    assert nu(tmp_path) == []


def test_every_file_of_the_frame_is_small(web: Path) -> None:
    assert (web / "sw.js").stat().st_size < 8_000
    assert json.loads((web / "release.json").read_text("utf-8"))["release"]
