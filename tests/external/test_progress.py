"""Progress, in a browser: finished lessons, scores, where to go on; taken along, brought back, erased; all on the device."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from playwright.sync_api import Page, expect

from tests.external.validators.browser import Browser, too_wide
from tests.external.validators.server import Site
from tests.external.xapi_schema import STATEMENTS
from tests.helpers.learner_course import build_learner_course

Serve = Callable[..., Site]
CHECK, PASSWORD, LOST = "01-pay/01-check.html", "02-lock/01-password.html", "02-lock/02-lost.html"
URN = "urn:coursepack:course:market"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_learner_course(tmp_path_factory.mktemp("learner"))


@pytest.fixture
def site(built: Path, serve: Serve) -> Site:
    return serve(built / "web")


def finish(page: Page) -> None:
    page.locator(".finish button").click()
    expect(page.locator(".finish")).to_have_class(re.compile("done"))


def answer(page: Page) -> None:
    """The question of the first lesson, rightly."""
    page.locator("form.quiz input[type=radio]").first.check()
    page.locator("form.quiz .check button").first.click()
    page.wait_for_selector("form.quiz .result.right")


def kept(page: Page) -> dict[str, Any]:
    """What the device keeps of the course."""
    text = page.evaluate(
        "() => JSON.stringify(Object.fromEntries(Object.entries(localStorage).filter(([k]) => k.startsWith('coursepack/course/'))))"
    )
    return {k.removeprefix("coursepack/course/market/"): json.loads(v) for k, v in json.loads(text).items()}


def export(page: Page, site: Site, path: Path, home: str = "index.html") -> list[dict[str, Any]]:
    page.goto(site.page(home))
    page.locator(".progress-box summary").click()
    with page.expect_download() as download:
        page.locator(".progress-box .export").click()
    assert download.value.suggested_filename == "market-progress.json"
    download.value.save_as(path)
    expect(page.locator(".progress-status")).not_to_be_empty()
    found: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))
    return found


def test_a_learner_goes_through_a_course(browser: Browser, site: Site) -> None:
    with browser.page(width=360) as page:
        page.goto(site.page("index.html"))
        expect(page.locator(".how-far")).to_have_text("共 3 课，已学完 0 课")
        expect(page.locator("a.start")).not_to_contain_text("接着学")
        page.goto(site.page(CHECK))
        answer(page)
        finish(page)
        expect(page.locator(".finish-words")).to_have_text("这一课您已学完。")
        page.goto(site.page(PASSWORD))
        page.goto(site.page("index.html"))
        expect(page.locator(".how-far")).to_have_text("共 3 课，已学完 1 课")
        expect(page.locator(".progress-box .points")).to_contain_text("2")
        expect(page.locator(".listing .tick")).to_have_text(["已学完", "学过一部分"])
        expect(page.locator(".outcomes .tick")).to_have_text(["已达到"])
        expect(page.locator(".reached")).to_contain_text("1")
        start = page.locator("a.start")
        expect(start).to_have_text("接着学：设密码")
        start.click()
        assert page.url.split("#")[0] == site.page(PASSWORD)
        # In another language it is the same lesson, and the same progress.
        page.goto(site.page("en/contents.html"))
        expect(page.locator(".how-far")).to_have_text("1 of 3 lessons finished")
        expect(page.locator(".listing .tick").first).to_have_text("Finished")
        expect(page.locator(".go-on a")).to_have_text("Go on: Set a password")
        page.goto(site.page("en/" + CHECK))
        page.locator(".finish button").click()
        expect(page.locator(".finish-words")).to_have_text("Not marked as finished.")
        page.reload()
        expect(page.locator(".finish button")).to_have_text("I have finished this lesson")


def test_the_place_in_a_lesson_is_kept(browser: Browser, site: Site) -> None:
    with browser.page(width=360) as page:
        page.goto(site.page(PASSWORD))
        page.evaluate("() => window.scrollTo(0, document.body.scrollHeight)")
        page.goto(site.page("contents.html"))
        assert kept(page)["place"]["lesson"] == "02-lock/01-password"
        page.locator(".go-on a").click()
        assert page.evaluate("() => decodeURIComponent(location.hash)") == "#忘了怎么办"


def test_finished_by_itself_only_when_all_is_done(browser: Browser, site: Site) -> None:
    with browser.page() as page:
        page.clock.install()
        page.goto(site.page(LOST))
        page.locator(".finish").scroll_into_view_if_needed()
        expect(page.locator(".finish-words")).to_be_empty()
        page.clock.run_for(16_000)
        expect(page.locator(".finish-words")).to_have_text("您已学到结尾，这一课标记为已学完。")
        assert kept(page)["lesson/02-lock/02-lost"]["auto"] is True
        assert kept(page)["time/02-lock/02-lost"] >= 14
        # A question is open here, and a recording has not been heard.
        page.goto(site.page(CHECK))
        page.locator(".finish").scroll_into_view_if_needed()
        page.clock.run_for(40_000)
        assert "done" not in kept(page)["lesson/01-pay/01-check"]
        # "Not yet" is the learner's last word.
        page.goto(site.page(LOST))
        page.locator(".finish button").click()
        page.clock.run_for(40_000)
        page.reload()
        page.clock.run_for(40_000)
        expect(page.locator(".finish")).not_to_have_class(re.compile("done"))


def test_time_counts_only_while_the_page_is_used(browser: Browser, site: Site) -> None:
    with browser.page() as page:
        page.clock.install()
        page.goto(site.page(LOST))
        page.clock.run_for(600_000)
        page.goto(site.page("contents.html"))  # what was counted is kept when the page is left
        assert 55 <= kept(page)["time/02-lock/02-lost"] <= 80, "a minute after the last touch it stops"


def test_export_is_valid_xapi(browser: Browser, site: Site, tmp_path: Path) -> None:
    with browser.page() as page:
        page.goto(site.page(CHECK))
        answer(page)
        finish(page)
        statements = export(page, site, tmp_path / "p.json")
        again = export(page, site, tmp_path / "p2.json", "en/contents.html")
    jsonschema.Draft202012Validator(
        STATEMENTS, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    ).validate(statements)
    said = [(s["verb"]["display"]["en-US"], s["object"]["id"]) for s in statements]
    lesson = f"{URN}:lesson:01-pay%2F01-check"
    assert sorted(said) == sorted(
        [
            ("initialized", lesson), ("answered", f"{lesson}:question:q1"), ("completed", lesson),
            ("passed", lesson), ("progressed", URN),
        ]
    )  # fmt: skip
    assert [s["timestamp"] for s in statements] == sorted(s["timestamp"] for s in statements)
    by_verb = {verb: s for (verb, _), s in zip(said, statements, strict=True)}
    answered = by_verb["answered"]
    assert answered["result"]["score"] == {"scaled": 1, "raw": 2, "min": 0, "max": 2}
    assert answered["object"]["definition"]["interactionType"] == "choice"
    assert answered["result"]["response"] in answered["object"]["definition"]["correctResponsesPattern"]
    assert (
        by_verb["progressed"]["result"]["extensions"]["https://w3id.org/xapi/cmi5/result/extensions/progress"]
        == 33
    )
    assert {s["id"] for s in statements[:-1]} == {s["id"] for s in again[:-1]}, "a store takes each once"
    assert again[0]["context"]["language"] == "en"
    text = json.dumps(statements)
    assert "mbox" not in text and "127.0.0.1" not in text


def test_to_another_phone_and_back(browser: Browser, site: Site, tmp_path: Path) -> None:
    with browser.page() as page:
        page.goto(site.page(CHECK))
        answer(page)
        finish(page)
        export(page, site, tmp_path / "p.json")
    with browser.page() as page:
        page.goto(site.page(LOST))
        finish(page)
        page.goto(site.page("index.html"))
        page.set_input_files(".progress-box .import input", tmp_path / "p.json")
        expect(page.locator(".progress-status")).to_have_text("文件已读取，您的学习进度已经转到这里。")
        expect(page.locator(".how-far")).to_have_text("共 3 课，已学完 2 课")
        before = kept(page)
        page.set_input_files(".progress-box .import input", tmp_path / "p.json")
        assert kept(page) == before, "twice is once"
        page.goto(site.page(CHECK))
        expect(page.locator("form.quiz .result.right")).to_be_visible()


def broken(statements: list[dict[str, Any]]) -> dict[str, str]:
    """Files that are none of ours, by what is wrong."""
    other = json.dumps(statements).replace(URN, "urn:coursepack:course:other")
    evil = json.loads(json.dumps(statements))
    evil[-1]["result"]["extensions"]["urn:coursepack:kept"] = {
        "__proto__": {"polluted": 1}, "lesson/x": "text", "time/x": "1e9", "settings": {"a": 1}, "quiz/a/b": {"score": "9"},
        "place": {"lesson": {"toString": 1}}, "lesson/<img src=x onerror=alert(1)>": {"done": 5},
    }  # fmt: skip
    return {"text": "no json {", "empty": "[]", "null": "null", "other": other, "evil": json.dumps(evil)}


def test_a_file_is_not_trusted(browser: Browser, site: Site, tmp_path: Path) -> None:
    with browser.page() as page:
        page.goto(site.page(LOST))
        finish(page)
        bad = broken(export(page, site, tmp_path / "p.json"))
        before = kept(page)
        for name, text in bad.items():
            (tmp_path / name).write_text(text, "utf-8")
            page.set_input_files(".progress-box .import input", tmp_path / name)
            if name != "evil":
                expect(page.locator(".progress-status")).to_have_text("这不是本课程的学习进度文件。")
                assert kept(page) == before, name
        expect(page.locator(".progress-status")).to_have_text("文件已读取，您的学习进度已经转到这里。")
        assert set(kept(page)) - set(before) == {"lesson/<img src=x onerror=alert(1)>"}
        assert page.evaluate("() => ({}).polluted") is None
        expect(page.locator(".how-far")).to_have_text("共 3 课，已学完 1 课")


def test_erasing_asks_first_and_takes_everything(browser: Browser, site: Site) -> None:
    with browser.page() as page:
        page.goto(site.page(CHECK))
        answer(page)
        finish(page)
        page.evaluate("() => localStorage.setItem('coursepack/device/reading', '{\"size\":1}')")
        page.goto(site.page("index.html"))
        page.locator(".progress-box summary").click()
        page.locator(".erase").click()
        expect(page.locator(".keep")).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.locator(".confirm")).to_be_hidden()
        expect(page.locator(".erase")).to_be_focused()
        assert kept(page)
        page.locator(".erase").click()
        page.locator(".erase-now").click()
        expect(page.locator(".progress-status")).to_have_text("本课程在此设备上保存的内容已全部清除。")
        assert kept(page) == {}
        expect(page.locator(".how-far")).to_have_text("共 3 课，已学完 0 课")
        expect(page.locator(".tick")).to_have_count(0)
        expect(page.locator("a.start")).not_to_contain_text("接着学")
        assert page.evaluate("() => localStorage.getItem('coursepack/device/reading')"), (
            "not the reader's settings"
        )


def test_two_tabs_lose_nothing(browser: Browser, site: Site) -> None:
    with browser.page() as one:
        two = one.context.new_page()
        one.goto(site.page(CHECK))
        two.goto(site.page(LOST))
        overview = one.context.new_page()
        overview.goto(site.page("contents.html"))
        finish(one)
        finish(two)
        expect(overview.locator(".how-far")).to_have_text("共 3 课，已学完 2 课")
        expect(two.locator(".in-module .tick.done")).to_have_count(1)
        # The same lesson in two tabs: what one says, the other shows.
        three = one.context.new_page()
        three.goto(site.page(LOST))
        expect(three.locator(".finish")).to_have_class(re.compile("done"))
        two.locator(".finish button").click()
        expect(three.locator(".finish")).not_to_have_class(re.compile("done"))


def test_erased_in_another_tab(browser: Browser, site: Site) -> None:
    with browser.page() as lesson:
        lesson.goto(site.page(CHECK))
        answer(lesson)
        finish(lesson)
        overview = lesson.context.new_page()
        overview.goto(site.page("contents.html"))
        overview.locator(".progress-box summary").click()
        overview.locator(".erase").click()
        overview.locator(".erase-now").click()
        expect(lesson.locator(".finish")).not_to_have_class(re.compile("done"))
        expect(lesson.locator("form.quiz .result.right")).to_have_count(0)
        lesson.close()
        overview.reload()
        # The lesson was open for a moment after the erasing, and that moment may count.
        assert [key for key in kept(overview) if not key.startswith("time/")] == []


def test_without_storage_it_works_and_says_so(browser: Browser, site: Site) -> None:
    with browser.page() as page:
        page.add_init_script(
            "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('off', 'SecurityError'); }})"
        )
        page.goto(site.page(LOST))
        expect(page.locator(".finish .not-kept")).to_be_visible()
        finish(page)
        page.goto(site.page("index.html"))
        expect(page.locator(".progress-box .not-kept")).to_be_visible()
        expect(page.locator(".how-far")).to_have_text("共 3 课，已学完 0 课")


def test_from_disk(built: Path, browser: Browser) -> None:
    base = (built / "web").as_uri()
    with browser.page() as page:
        page.goto(f"{base}/{LOST}")
        finish(page)
        page.goto(f"{base}/index.html")
        expect(page.locator(".how-far")).to_have_text("共 3 课，已学完 1 课")
        page.locator(".progress-box summary").click()
        with page.expect_download() as download:
            page.locator(".progress-box .export").click()
        assert json.loads(Path(download.value.path()).read_text("utf-8"))


def test_it_is_accessible_and_sends_nothing(
    browser: Browser, site: Site, axe: Callable[[Page], list[str]]
) -> None:
    for width, scheme in ((320, "dark"), (1280, "light")):
        with browser.page(width=width, scheme=scheme) as page:  # type: ignore[arg-type]
            page.goto(site.page(CHECK))
            finish(page)
            assert axe(page) == [] and too_wide(page) == []
            page.goto(site.page("index.html"))
            page.locator(".progress-box summary").click()
            page.locator(".erase").click()
            assert axe(page) == [] and too_wide(page) == []
    assert not [r for r in site.requests if re.search("progress|xapi|statements", r)]


def test_without_javascript_there_is_no_box(browser: Browser, site: Site) -> None:
    with browser.page(javascript=False) as page:
        page.goto(site.page("index.html"))
        expect(page.locator(".progress-box")).to_be_hidden()
        page.goto(site.page(LOST))
        expect(page.locator(".finish")).to_be_hidden()
