"""Older people's mode and the settings of reading, as a reader's browser shows them."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.external.validators.browser import Browser, too_wide
from tests.external.validators.server import Site
from tests.helpers.course import build
from tests.helpers.reading_course import make_reading_course

Serve = Callable[..., Site]
Axe = Callable[[Page], list[str]]

LESSON = "01-a/01-steps.html"

_VISIBLE_SMALL = """least => [...document.querySelectorAll(
    'button, select, summary, nav a[href], input, .option, .row, label.choice')]
  .filter(e => least >= 60 || !/^(radio|checkbox)$/.test(e.type))
  .filter(e => e.checkVisibility({visibilityProperty: true, contentVisibilityAuto: true}))
  .map(e => [e, e.getBoundingClientRect()]).filter(([, r]) => r.width > 1)
  .filter(([, r]) => Math.min(r.width, r.height) < least - 0.5)
  .map(([e, r]) => `${Math.round(r.width)}x${Math.round(r.height)} ${e.outerHTML.slice(0, 90)}`)"""
_TEXT = """() => {
  const p = [...document.querySelectorAll('.body > p')].find(e => e.checkVisibility());
  const s = getComputedStyle(p);
  return {size: parseFloat(s.fontSize), line: parseFloat(s.lineHeight), gap: parseFloat(s.marginBottom), font: s.fontFamily};
}"""
_SMALLEST = """() => Math.min(...[...document.querySelectorAll('main *')]
  .filter(e => e.checkVisibility() && !e.closest('sup, sub, rt') && [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
  .map(e => parseFloat(getComputedStyle(e).fontSize)))"""
_SEEN = "() => [...document.querySelectorAll('h2')].filter(e => e.getBoundingClientRect().height > 1 && e.closest('.body')).map(e => e.id)"
_SEES = "e => e.getBoundingClientRect().height > 1"
_SHIFTS = """() => new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => { for (const e of list.getEntries()) if (!e.hadRecentInput) sum += e.value; })
    .observe({type: 'layout-shift', buffered: true});
  requestAnimationFrame(() => requestAnimationFrame(() => done(sum)));
})"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """elder/web/ for older people, plain/web/ for everybody: two courses of one host."""
    base = tmp_path_factory.mktemp("reading")
    for name, audience in (("elder", "[older-people]"), ("plain", "")):
        course = make_reading_course(base / "sources" / name, name, audience)
        made = build(base / "cache", course, base / "out")
        assert made["exit"] == 0, made
    return base / "out"


def mode(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.classList.contains('elder')"))


def switch(page: Page) -> None:
    page.locator(".elder-switch").click()


def panel(page: Page) -> None:
    page.locator(".reading-open").click()
    expect(page.locator("dialog.reading-panel")).to_be_visible()


# -- the mode -----------------------------------------------------------------------------------------------------


def test_the_audience_turns_the_mode_on_and_the_reader_has_the_last_word(
    built: Path, browser: Browser, serve: Serve
) -> None:
    site = serve(built)
    with browser.page(width=360, height=740) as page:
        page.goto(site.page("elder/web/index.html"))
        button = page.get_by_role("button", name="长辈版")
        assert mode(page)
        expect(button).to_have_attribute("aria-pressed", "true")
        assert button.evaluate("e => e.getBoundingClientRect().bottom < innerHeight / 2"), (
            "on the first screen"
        )
        page.goto(site.page("plain/web/index.html"))
        assert not mode(page)
        switch(page)
        assert mode(page)
        expect(button).to_have_attribute("aria-pressed", "true")
        page.goto(site.page("plain/web/en/01-a/01-steps.html"))
        assert mode(page), "kept, in every language"
        page.goto(site.page("elder/web/index.html"))
        switch(page)
        page.reload()
        assert not mode(page), "switched off although the course is for older people"
        page.goto(site.page(f"plain/web/{LESSON}"))
        assert not mode(page), "for all courses of the host"


def test_another_window_follows(built: Path, browser: Browser, serve: Serve) -> None:
    site = serve(built)
    with browser.page() as page:
        page.goto(site.page("plain/web/index.html"))
        other = page.context.new_page()
        other.goto(site.page(f"plain/web/{LESSON}"))
        switch(page)
        other.wait_for_function("() => document.documentElement.classList.contains('elder')")


def test_without_javascript_the_mode_is_the_audience_s_and_all_text_is_there(
    built: Path, browser: Browser, serve: Serve
) -> None:
    site = serve(built)
    with browser.page(javascript=False) as page:
        page.goto(site.page(f"elder/web/{LESSON}"))
        assert mode(page)
        for name in ("one", "two", "three"):
            expect(page.locator(f"h2#{name}")).to_be_visible()
        for tool in (".elder-switch", ".listen", ".reading-open"):
            expect(page.locator(tool)).to_be_hidden()
        assert page.evaluate(_TEXT)["size"] >= 18


def test_it_is_there_at_the_first_paint_and_nothing_moves(
    built: Path, browser: Browser, serve: Serve
) -> None:
    site = serve(built)
    held: list[Route] = []
    with browser.page(width=360, height=740) as page:
        # As kept by an earlier visit; a visit would leave a service worker, whose requests no test can hold.
        page.add_init_script("localStorage.setItem('coursepack/device/reading', '{\"elder\":true}')")
        page.route("**/static/site-*.js", lambda route: held.append(route))  # noqa: PLW0108 - a builtin takes no notes
        page.goto(site.page(f"plain/web/{LESSON}"), wait_until="commit")
        page.wait_for_function("() => performance.getEntriesByName('first-contentful-paint').length > 0")
        painted = page.evaluate(_TEXT)
        assert mode(page)
        assert painted["size"] == pytest.approx(21.6)
        assert page.evaluate(_SEEN) == [], "the steps to come are not painted first"
        held[0].continue_()
        page.wait_for_function("() => document.documentElement.classList.contains('stepped')")
        assert page.evaluate(_TEXT) == painted
        assert page.evaluate(_SHIFTS) < 0.01


def test_without_the_page_s_script_all_steps_are_shown(built: Path, browser: Browser, serve: Serve) -> None:
    with browser.page() as page:
        page.route("**/static/site-*.js", lambda route: route.abort())
        page.goto(serve(built).page(f"elder/web/{LESSON}"))
        assert page.evaluate(_SEEN) == ["one", "two", "three"]
    assert any("failed request" in p or "console" in p for p in browser.taken())


# -- sizes, targets, contrast ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("course", ["elder", "plain"])
def test_every_text_size_is_what_it_says_and_fits_a_small_phone(
    course: str, built: Path, browser: Browser, serve: Serve
) -> None:
    with browser.page(width=320, height=640, touch=True) as page:
        page.goto(serve(built).page(f"{course}/web/en/01-a/01-steps.html"))
        panel(page)
        sizes = []
        larger = page.locator(".size-more")
        while larger.get_attribute("aria-disabled") == "false":
            larger.click()
            said = int(page.locator(".size-now").inner_text().split()[0])
            text = page.evaluate(_TEXT)
            assert text["size"] == pytest.approx(said, abs=0.05)
            assert text["line"] / text["size"] >= 1.3
            if course == "elder":
                assert text["gap"] >= 1.3 * text["line"] - 0.1
            assert too_wide(page) == []
            sizes.append(said)
        assert sizes == sorted(sizes)
        assert sizes[-1] >= 30
        page.keyboard.press("Escape")
        page.locator(".listen").click()
        page.locator(".reader-bar").wait_for()
        assert too_wide(page) == []
        page.reload()
        assert page.evaluate(_TEXT)["size"] == pytest.approx(sizes[-1], abs=0.05), "kept"


@pytest.mark.parametrize("width", [360, 1280])
def test_the_numbers_of_the_mode(width: int, built: Path, browser: Browser, serve: Serve) -> None:
    site = serve(built)
    with browser.page(width=width, height=740) as page:
        for path in ("index.html", "contents.html", LESSON, "01-a/02-read.html", "en/01-a/01-steps.html"):
            page.goto(site.page(f"elder/web/{path}"))
            assert page.evaluate(_SMALLEST) >= 18, path
            assert page.evaluate(_VISIBLE_SMALL, 60) == [], path
        text = page.evaluate(_TEXT)
        assert text["font"].rstrip().endswith("sans-serif")
        panel(page)
        assert page.evaluate(_VISIBLE_SMALL, 60) == []
        page.keyboard.press("Escape")
        page.locator(".listen").click()
        page.locator(".reader-bar").wait_for()
        assert page.evaluate(_VISIBLE_SMALL, 60) == []
        assert page.evaluate("[...document.querySelectorAll('.side details')].every(d => !d.open)")


def test_nothing_of_the_steps_to_come_is_cut_off(built: Path, browser: Browser, serve: Serve) -> None:
    with browser.page(width=320, height=640) as page:
        page.goto(serve(built).page(f"elder/web/{LESSON}"))
        assert too_wide(page) == []
        page.evaluate("location.hash = '#two'")
        expect(page.locator("table")).to_be_visible()
        assert too_wide(page) == []
        assert page.locator(".table").get_attribute("tabindex") == "0", "it scrolls, by keyboard too"


def test_targets_elsewhere_are_44_px(built: Path, browser: Browser, serve: Serve) -> None:
    with browser.page(width=360, height=740) as page:
        page.goto(serve(built).page(f"plain/web/{LESSON}"))
        assert page.evaluate(_VISIBLE_SMALL, 44) == []
        panel(page)
        assert page.evaluate(_VISIBLE_SMALL, 44) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_in_the_mode_with_panel_and_reader(
    scheme: str, built: Path, browser: Browser, serve: Serve, axe: Axe
) -> None:
    site = serve(built)
    with browser.page(width=360, height=740, scheme=scheme) as page:  # type: ignore[arg-type]
        for path in ("index.html", LESSON, "01-a/02-read.html"):
            page.goto(site.page(f"elder/web/{path}"))
            assert axe(page) == [], path
        page.locator(".listen").click()
        page.locator(".reader-bar").wait_for()
        assert axe(page) == []
        page.locator(".reader-bar .reader-stop").click()
        panel(page)
        assert axe(page) == []
        page.locator("dialog").get_by_label("高对比度").check()
        assert axe(page) == []


# -- the panel ----------------------------------------------------------------------------------------------------


def test_the_panel_by_keyboard_and_its_names(built: Path, browser: Browser, serve: Serve) -> None:
    with browser.page() as page:
        page.goto(serve(built).page("plain/web/en/01-a/01-steps.html"))
        opener = page.get_by_role("button", name="Settings")
        opener.focus()
        page.keyboard.press("Enter")
        dialog = page.get_by_role("dialog", name="Reading settings")
        expect(dialog).to_be_visible()
        names = dialog.aria_snapshot()
        for said in (
            'button "Close"', 'checkbox "Larger text', 'group "Text size"', 'button "Make the text larger"',
            'group "Colours"', 'radio "Same as the device" [checked]', 'group "Line spacing"', 'checkbox "High contrast"',
            'checkbox "Less motion"', 'checkbox "One step at a time', 'group "Speed"', 'checkbox "Save data',
            'checkbox "Keyboard shortcuts of the player" [checked]', 'button "Reset these settings"',
        ):  # fmt: skip
            assert said in names, said
        assert page.evaluate("document.activeElement.closest('dialog') !== null")
        dialog.get_by_role("radio", name="Same as the device").focus()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        assert page.evaluate("document.documentElement.dataset.scheme") == "dark"
        assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"
        page.keyboard.press("Escape")
        expect(dialog).to_be_hidden()
        expect(opener).to_be_focused()


def test_every_setting_is_kept_and_taken_back(built: Path, browser: Browser, serve: Serve) -> None:
    kept = "[...'scheme contrast spacing motion steps'.split(' ')].map(n => document.documentElement.getAttribute('data-' + n))"
    with browser.page() as page:
        page.goto(serve(built).page("plain/web/en/01-a/01-steps.html"))
        line = page.evaluate(_TEXT)["line"]
        panel(page)
        dialog = page.locator("dialog")
        dialog.get_by_label("Light").check()
        dialog.get_by_label("Wider").check()
        for name in ("High contrast", "Less motion", "One step at a time", "Save data"):
            dialog.get_by_role("checkbox", name=re.compile(f"^{name}")).check()
        dialog.get_by_label("Keyboard shortcuts of the player").uncheck()
        dialog.get_by_label("Very fast").check()
        page.reload()
        assert page.evaluate(kept) == ["light", "high", "wider", "reduce", "one"]
        assert page.evaluate(_TEXT)["line"] > 1.3 * line
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        stored = page.evaluate("({...localStorage})")
        assert stored["coursepack/device/data-saver"] == "true"
        assert '"keys":false' in stored["coursepack/device/player"]
        panel(page)
        expect(dialog.get_by_label("Very fast")).to_be_checked()
        dialog.get_by_role("button", name="Reset these settings").click()
        assert page.evaluate(kept) == [None] * 5
        assert "coursepack/device/reading" not in page.evaluate("({...localStorage})")


# -- one step at a time -----------------------------------------------------------------------------------------------


def test_steps_by_button_link_and_find(built: Path, browser: Browser, serve: Serve) -> None:
    site = serve(built)
    with browser.page(width=360, height=740) as page:
        page.goto(site.page(f"elder/web/{LESSON}"))
        place, on, back = (
            page.locator(".step-place"),
            page.get_by_role("button", name="下一步"),
            page.get_by_role("button", name="上一步"),
        )
        expect(place).to_have_text("第 1 步，共 4 步")
        expect(back).to_be_disabled()
        assert page.evaluate(_SEEN) == []
        on.click()
        expect(place).to_be_focused()
        assert page.evaluate(_SEEN) == ["one"]
        assert place.evaluate("e => Math.abs(e.getBoundingClientRect().top) < 40")
        on.press("Enter")
        assert page.evaluate(_SEEN) == ["two"]
        back.click()
        assert page.evaluate(_SEEN) == ["one"]
        page.goto(site.page(f"elder/web/{LESSON}") + "#three")
        expect(place).to_have_text("第 4 步，共 4 步")
        expect(on).to_be_hidden()
        expect(page.locator("nav.steps")).to_be_visible()
        assert page.locator("#three").evaluate("e => e.getBoundingClientRect().top < innerHeight")
        page.evaluate("location.hash = '#two'")
        expect(place).to_have_text("第 3 步，共 4 步")
        page.goto("about:blank")
        page.goto(site.page(f"elder/web/{LESSON}") + "#:~:text=看收款人")
        expect(place).to_have_text("第 2 步，共 4 步")


def test_a_question_in_a_step_and_the_whole_page(built: Path, browser: Browser, serve: Serve) -> None:
    with browser.page() as page:
        page.goto(serve(built).page(f"elder/web/{LESSON}") + "#three")
        page.get_by_label("名字").check()
        page.locator("form.quiz button:visible").first.click()
        expect(page.locator("form.quiz [role=status]").first).not_to_be_empty()
        page.get_by_role("button", name="显示整页").click()
        assert page.evaluate(_SEEN) == ["one", "two", "three"]
        assert page.get_by_label("名字").is_checked()
        expect(page.locator(".step-bar")).to_be_hidden()
        page.reload()
        assert page.evaluate(_SEEN) == ["one", "two", "three"], "kept"
        page.get_by_role("button", name="一步一步看").click()
        assert len(page.evaluate(_SEEN)) <= 1
        expect(page.locator(".step-place")).to_be_visible()


def test_all_steps_are_printed(built: Path, browser: Browser, serve: Serve) -> None:
    with browser.page() as page:
        page.goto(serve(built).page(f"elder/web/{LESSON}"))
        page.emulate_media(media="print")
        for name in ("one", "two", "three"):
            assert page.locator(f"#{name}").evaluate(_SEES)
        assert page.locator(".step-bar, .step-place").evaluate_all(f"all => !all.some({_SEES})")


def test_a_browser_that_cannot_find_in_hidden_text(built: Path, browser: Browser, serve: Serve) -> None:
    with browser.page() as page:
        page.add_init_script(
            "delete HTMLElement.prototype.onbeforematch; delete Element.prototype.onbeforematch;"
        )
        page.goto(serve(built).page(f"elder/web/{LESSON}"))
        assert page.locator(".body > [data-away]").count() > 3
        page.get_by_role("button", name="下一步").click()
        assert page.evaluate(_SEEN) == ["one"]
        page.emulate_media(media="print")
        assert page.locator("#three").evaluate(_SEES)
