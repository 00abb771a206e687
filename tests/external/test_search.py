"""Search inside a course, in a browser: from a server, from disk, in three languages, by keyboard, without JavaScript."""

import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.external.validators.browser import Browser, too_wide
from tests.external.validators.server import Site
from tests.helpers.course import build, run
from tests.helpers.learner_course import build_learner_course

Serve = Callable[..., Site]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_learner_course(tmp_path_factory.mktemp("learner"))


@pytest.fixture(scope="module")
def unpacked(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("phone") / "My courses"
    with zipfile.ZipFile(built / "market-2.mobile.zip") as archive:
        archive.extractall(folder)
    return folder


def ask(page: Page, query: str) -> list[str]:
    """The titles that a query finds."""
    page.fill("#cp-search-words", query)
    expect(page.locator(".search-status")).to_contain_text(query)
    return page.locator(".results h2").all_inner_texts()


QUERIES = [
    ("search.html", "收款人", "看清收款人"),
    ("search.html", "電動車", "看清收款人"),
    ("search.html", "您好，买点什么", "看清收款人"),
    ("search.html", "俾個付款碼", "看清收款人"),
    ("search.html", "名字不对", "看清收款人"),
    ("search.html", "密", "设密码"),
    ("yue/search.html", "唔好話畀人知", "設密碼"),
    ("yue/search.html", "电动车", "睇清楚收款人"),
    ("yue/search.html", "銀碼", "睇清楚收款人"),
    ("en/search.html", "scanning code", "Read the payee's name"),
    ("en/search.html", "passw", "Set a password"),
    ("en/search.html", "ＥＢＩＫＥ rents", "Read the payee's name"),
]


@pytest.mark.parametrize("place", ["server", "disk", "phone"])
def test_finds_in_all_languages_and_scripts(
    place: str, built: Path, unpacked: Path, browser: Browser, serve: Serve
) -> None:
    bases = {
        "server": lambda: serve(built / "web", "课程/a b").url,
        "disk": lambda: (built / "web").as_uri() + "/",
        "phone": lambda: unpacked.as_uri() + "/",
    }
    base = bases[place]()
    with browser.page(width=360) as page:
        for path, query, title in QUERIES:
            if not page.url.startswith(base + path):
                page.goto(base + path)
            assert title in ask(page, query)[:1], (path, query)


def test_a_result_leads_to_the_heading_and_to_the_moment(built: Path, browser: Browser, serve: Serve) -> None:
    with browser.page() as page:
        page.goto(serve(built / "web").page("search.html"))
        ask(page, "租金")
        expect(page.locator(".results mark").first).to_have_text("租金")
        page.locator(".results .where a", has_text="电动车租金").click()
        assert page.evaluate("() => decodeURIComponent(location.hash)") == "#电动车租金"
        page.go_back()
        expect(page.locator("#cp-search-words")).to_have_value("租金")
        expect(page.locator(".search-status")).to_contain_text("租金")
        ask(page, "给我扫一下")
        link = page.locator(".results .where a").first
        expect(link).to_contain_text("0:05")
        link.click()
        row = page.locator(".transcript .found")
        expect(row).to_contain_text("付款码给我扫一下")
        expect(row).to_be_in_viewport()
        page.go_back()
        ask(page, "俾個付款碼我掃下")
        page.locator(".results .where a").first.click()
        row = page.locator(".transcript .found")
        expect(row).to_contain_text("俾個付款碼我掃下")
        expect(row).to_be_in_viewport()
        assert row.evaluate("e => e.contains(document.activeElement)")
        assert page.evaluate("() => [...document.querySelectorAll('audio, video')].every(m => m.paused)")


def test_a_thin_line_carries_only_what_the_query_needs(built: Path, browser: Browser, serve: Serve) -> None:
    site = serve(built / "web")
    with browser.page() as page:
        page.goto(site.page("index.html"))
        assert not [r for r in site.requests if "search" in r], "pages do not pay for it"
        page.goto(site.page("search.html"))
        assert not [r for r in site.requests if r.startswith("search/")]
        ask(page, "收款人")
        sent = [r for r in site.requests if r.startswith("search/")]
        assert 2 <= len(sent) <= 6
        assert sum((built / "web" / r).stat().st_size for r in sent) < 40_000


def test_by_keyboard_and_with_an_input_method(built: Path, browser: Browser, serve: Serve) -> None:
    with browser.page() as page:
        page.goto(serve(built / "web").page("en/search.html"))
        page.focus("#cp-search-words")
        page.keyboard.type("password")
        page.keyboard.press("Enter")
        expect(page.locator(".search-status")).to_have_text("One page found for “password”")
        assert page.locator(".search-status").get_attribute("role") == "status"
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        assert page.evaluate("() => document.activeElement.textContent") == "Set a password"
        # While an input method is composing nothing is looked for.
        field = page.locator("#cp-search-words")
        field.evaluate(
            "e => { e.value = 'mi'; e.dispatchEvent(new InputEvent('input', {isComposing: true, bubbles: true})); }"
        )
        page.clock.install()
        page.clock.run_for(2000)
        expect(page.locator(".search-status")).to_have_text("One page found for “password”")
        field.evaluate(
            "e => { e.value = 'amount'; e.dispatchEvent(new CompositionEvent('compositionend', {bubbles: true})); }"
        )
        page.clock.run_for(2000)
        expect(page.locator(".search-status")).to_contain_text("amount")


def test_nothing_found_says_so_and_offers_the_other_languages(
    built: Path, browser: Browser, serve: Serve
) -> None:
    with browser.page() as page:
        page.goto(serve(built / "web").page("search.html"))
        assert ask(page, "zebra") == []
        expect(page.locator(".search-status")).to_have_text(re.compile("没有找到“zebra”"))
        page.locator(".search-others a", has_text="English").click()
        expect(page.locator("#cp-search-words")).to_have_value("zebra")
        expect(page.locator(".search-status")).to_contain_text("Nothing found")


def test_the_page_is_accessible(
    built: Path,
    browser: Browser,
    serve: Serve,
    axe: Callable[[Page], list[str]],
    nu: Callable[[Path], list[str]],
) -> None:
    site = serve(built / "web")
    assert not [e for e in nu(built / "web") if "search.html" in e]
    for width, scheme in ((320, "light"), (1280, "dark")):
        with browser.page(width=width, scheme=scheme) as page:  # type: ignore[arg-type]
            page.goto(site.page("search.html"))
            ask(page, "付款码")
            assert axe(page) == []
            assert too_wide(page) == []
            small = page.evaluate(
                "() => [...document.querySelectorAll('.search-form input, .search-form button, .results a')]"
                ".filter(e => e.getBoundingClientRect().height < 44).map(e => e.outerHTML)"
            )
            assert small == []


def test_without_javascript_the_page_says_so_and_leads_to_the_contents(
    built: Path, browser: Browser, serve: Serve
) -> None:
    with browser.page(javascript=False) as page:
        page.goto(serve(built / "web").page("en/search.html"))
        expect(page.locator("noscript p")).to_contain_text("All lessons are in the list of contents.")
        expect(page.locator("#cp-search-words")).to_be_hidden()
        page.locator("article a.go").click()
        assert page.url.endswith("/en/contents.html")


def test_a_shard_that_does_not_come_is_told(
    built: Path, browser: Browser, serve: Serve, tmp_path: Path
) -> None:
    web = shutil.copytree(built / "web", tmp_path / "web")
    (web / "search").rename(web / "gone")
    with browser.page() as page:
        page.goto(serve(web).page("en/search.html"))
        page.fill("#cp-search-words", "password")
        expect(page.locator(".search-status")).to_contain_text("could not be loaded")
        (web / "gone").rename(web / "search")
        page.locator(".search-form button").click()
        expect(page.locator(".results h2")).to_have_text(["Set a password"])
    browser.taken()


def test_a_published_course_can_be_searched(
    built: Path, browser: Browser, serve: Serve, tmp_path: Path
) -> None:
    done = run(
        built.parents[1] / "cache",
        "publish",
        built.parents[1] / "market",
        "-o",
        built.parent,
        "--to",
        tmp_path,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    with browser.page() as page:
        page.goto(serve(tmp_path).page("c/market/index.html"))
        page.locator(".tools a", has_text="搜索").click()
        assert "/r/" in page.url
        assert ask(page, "電動車")[:1] == ["看清收款人"]
        page.locator(".results .where a", has_text="电动车租金").click()
        expect(page.locator("h1")).to_have_text("看清收款人")


def test_a_changed_lesson_builds_the_index_again_and_no_media(built: Path) -> None:
    folder = built.parents[1]
    lesson = folder / "market" / "02-lock" / "02-lost.md"
    before = lesson.read_text("utf-8")
    lesson.write_text(before + "\n再去营业厅补卡。\n", "utf-8")
    try:
        ran = build(folder / "cache", folder / "market", folder / "again")["ran"]
    finally:
        lesson.write_text(before, "utf-8")
    assert "search-index:zh-Hans" in ran
    assert not [s for s in ran if s.startswith(("audio", "captions", "theme"))], ran
    assert not [s for s in ran if s.startswith("pages:") and s.endswith("01-pay")], ran
