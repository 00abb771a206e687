"""The page read aloud. A headless browser has no voices: `window.speechSynthesis`, the device, is the one thing made up."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.external.validators.browser import Browser
from tests.external.validators.server import Site
from tests.helpers.course import build
from tests.helpers.reading_course import make_reading_course

Serve = Callable[..., Site]

ALL = [("Tingting", "zh-CN"), ("Meijia", "zh_TW"), ("Sinji", "zh-HK"), ("Samantha", "en-US")]

# Says nothing and notes what it was asked to say; finish() ends the utterance as a device would.
_DEVICE = """voices => {
  const asked = window.asked = [];
  let now = null;
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
  window.finish = () => { const done = now; now = null; done.onend(); };
  window.breakDown = () => { const done = now; now = null; done.onerror({error: 'synthesis-failed'}); };
  Object.defineProperty(window, 'speechSynthesis', {value: {
    getVoices: () => voices,
    addEventListener() {},
    speak(u) { now = u; asked.push([u.text, u.lang, u.voice && u.voice.name, u.rate]); },
    cancel() { const off = now; now = null; if (off) setTimeout(() => off.onerror({error: 'canceled'})); },
    get speaking() { return Boolean(now); },
  }});
}"""
_MARKED = """() => {
  const soft = window.CSS && CSS.highlights && CSS.highlights.get('cp-reading');
  if (soft) return [...soft].map(r => r.toString()).join('');
  return [...document.querySelectorAll('mark.cp-reading')].map(e => e.textContent).join('');
}"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.mktemp("aloud")
    made = build(base / "cache", make_reading_course(base / "source", "aloud"), base / "out")
    assert made["exit"] == 0, made
    return base / "out" / "aloud" / "web"


def device(page: Page, voices: list[tuple[str, str]], remote: tuple[str, ...] = ()) -> None:
    """Gives the page's device these voices: (name, language); those in `remote` send the text away."""
    listed = [
        {"name": n, "voiceURI": n, "lang": lang, "localService": n not in remote, "default": False}
        for n, lang in voices
    ]
    import json

    page.add_init_script(f"({_DEVICE})({json.dumps(listed)})")


def listen(page: Page) -> None:
    page.locator(".listen").click()
    page.locator(".reader-bar").wait_for()


def asked(page: Page) -> list[list[object]]:
    found: list[list[object]] = page.evaluate("() => window.asked")
    return found


def all_of_it(page: Page) -> list[tuple[str, str]]:
    """(text, language) of all that is said, to the end."""
    page.wait_for_function("() => window.asked.length > 0")
    for _ in range(200):
        if not page.evaluate("() => window.speechSynthesis.speaking"):
            return [(str(text), str(lang)) for text, lang, *_ in asked(page)]
        page.evaluate("() => finish()")
    raise AssertionError("it never ends")


# -- what is said -------------------------------------------------------------------------------------------------


def test_all_that_is_seen_in_order_in_its_language(built: Path, browser: Browser, serve: Serve) -> None:
    with browser.page() as page:
        device(page, ALL)
        page.goto(serve(built).page("01-a/01-steps.html"))
        listen(page)
        said = all_of_it(page)
        assert said[:16] == [
            ("三步付款", "zh-CN"),
            ("先看，再付！", "zh-CN"),
            ("要是不对，就停。", "zh-CN"),
            ("粤语说", "zh-CN"),
            ("睇清楚先", "zh-HK"),
            ("，英语说", "zh-CN"),
            ("Look first.", "en-US"),
            ("第一步", "zh-CN"),
            ("看收款人。", "zh-CN"),
            ("图片：一部手机", "zh-CN"),
            ("第二步", "zh-CN"),
            ("看金额：12.50 元。", "zh-CN"),
            ("别看错“小数点”！", "zh-CN"),
            ("想付多少，应该输入，容易错成，差了多少", "zh-CN"),
            ("三块，3.00，33，30元", "zh-CN"),
            ("为什么", "zh-CN"),
        ]
        rest = [text for text, _ in said[16:]]
        assert rest[:4] == ["第三步", "再按“确认”。", "1、看。", "2、付。"]
        assert "先看什么？" in rest
        assert rest.index("名字") < rest.index("颜色")
        assert "折起来的文字。" not in rest, "folded text is not seen"
        expect(page.locator(".reader-bar")).to_have_count(0)
        assert page.evaluate(_MARKED) == ""


def test_english_sentences_end_where_they_end(built: Path, browser: Browser, serve: Serve) -> None:
    with browser.page() as page:
        device(page, ALL)
        page.goto(serve(built).page("en/01-a/01-steps.html"))
        listen(page)
        said = [text for text, lang in all_of_it(page) if lang == "en-US"]
        assert said[1:5] == [
            "Look first, e.g. at the name.",
            "Mr. Li has one shop; see Fig. 3 for it.",
            "Then pay 12.50 yuan.",
            "Done?",
        ]


def test_cantonese_has_a_cantonese_voice_or_none(built: Path, browser: Browser, serve: Serve) -> None:
    site = serve(built)
    with browser.page() as page:
        device(page, ALL)
        page.goto(site.page("yue/01-a/01-steps.html"))
        listen(page)
        said = all_of_it(page)
        assert {lang for _, lang in said} == {"zh-HK"}
        assert said[2][0] == "a 嘅平方 等於 2 分之 1"
    with browser.page() as page:
        device(page, [("Tingting", "zh-CN"), ("Samantha", "en-US")])
        page.goto(site.page("yue/01-a/01-steps.html"))
        listen(page)
        expect(page.locator(".reader-bar [role=status]")).to_have_text("呢部機冇讀到呢頁語言嘅聲音。")
        assert asked(page) == [], "Mandarin is not Cantonese"


def test_a_voice_that_sends_the_text_away_is_never_chosen_for_the_reader(
    built: Path, browser: Browser, serve: Serve
) -> None:
    with browser.page() as page:
        device(page, [("Google 普通话", "zh-CN"), ("Samantha", "en-US")], remote=("Google 普通话",))
        page.goto(serve(built).page("01-a/01-steps.html"))
        listen(page)
        status = page.locator(".reader-bar [role=status]")
        expect(status).to_contain_text("发给提供者")
        assert asked(page) == []
        page.locator(".reader-stop").click()
        page.locator(".reading-open").click()
        page.get_by_label("声音").select_option("Google 普通话")
        page.keyboard.press("Escape")
        listen(page)
        page.wait_for_function("() => window.asked.length > 0")
        assert asked(page)[0][2] == "Google 普通话", "but the reader may choose it"


# -- marking, following, controls -----------------------------------------------------------------------------------


@pytest.mark.parametrize("highlights", [True, False], ids=["highlights", "mark"])
def test_the_sentence_is_marked_and_the_page_is_left_as_it_was(
    highlights: bool, built: Path, browser: Browser, serve: Serve
) -> None:
    with browser.page(width=360, height=640) as page:
        device(page, ALL)
        if not highlights:
            page.add_init_script("delete window.Highlight;")
        page.goto(serve(built).page("01-a/01-steps.html"))
        before = page.locator(".body").inner_html()
        listen(page)
        page.wait_for_function("() => window.asked.length > 0")
        seen = [page.evaluate(_MARKED)]
        for _ in range(3):
            page.locator(".reader-on").click()
            seen.append(page.evaluate(_MARKED))
        assert seen == ["三步付款", "先看，再付！", "要是不对，就停。", "粤语说睇清楚先，英语说 Look first."]
        page.locator(".reader-on").click()
        page.locator(".reader-on").click()
        page.locator(".reader-on").click()
        assert page.locator("img").get_attribute("class") == "cp-reading-element"
        page.wait_for_function(
            "() => document.querySelector('img').getBoundingClientRect().top < innerHeight"
        )
        page.locator(".reader-back").click()
        assert page.evaluate(_MARKED) == "看收款人。"
        page.locator(".reader-stop").click()
        assert page.locator(".body").inner_html() == before


def test_buttons_keys_and_names(built: Path, browser: Browser, serve: Serve) -> None:
    with browser.page() as page:
        device(page, ALL)
        page.goto(serve(built).page("en/01-a/01-steps.html"))
        opener = page.get_by_role("button", name="Read aloud")
        opener.press("Enter")
        bar = page.get_by_role("region", name="Read aloud")
        names = bar.aria_snapshot()
        for said in ("Previous sentence", "Pause reading", "Next sentence", "Stop reading"):
            assert f'button "{said}"' in names
        assert 'combobox "Speed"' in names
        pause = bar.get_by_role("button", name="Pause reading")
        expect(pause).to_be_focused()
        page.keyboard.press("Space")
        expect(bar.get_by_role("button", name="Start reading")).to_be_focused()
        assert not page.evaluate("() => window.speechSynthesis.speaking")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.evaluate(_MARKED) == "Look first, e.g. at the name."
        assert len(asked(page)) == 1, "paused: it moves and says nothing"
        bar.get_by_role("button", name="Start reading").click()
        bar.get_by_label("Speed").select_option("1.3")
        assert asked(page)[-1][3] == 1.3
        assert asked(page)[-1][0] == asked(page)[-2][0], "the same sentence again, faster"
        page.reload()
        opener.press("Enter")
        page.wait_for_function("() => window.asked.length > 0")
        assert asked(page)[0][3] == 1.3, "kept"
        page.keyboard.press("Escape")
        expect(bar).to_have_count(0)
        expect(opener).to_be_focused()


def test_it_begins_where_the_reader_has_marked_text(built: Path, browser: Browser, serve: Serve) -> None:
    with browser.page() as page:
        device(page, ALL)
        page.goto(serve(built).page("01-a/01-steps.html"))
        page.locator("#two + p").select_text()
        listen(page)
        page.wait_for_function("() => window.asked.length > 0")
        assert asked(page)[0][0] == "看金额：12.50 元。"


def test_step_by_step_it_reads_on_into_the_next_step(built: Path, browser: Browser, serve: Serve) -> None:
    with browser.page() as page:
        device(page, ALL)
        page.goto(serve(built).page("01-a/01-steps.html"))
        page.locator(".elder-switch").click()
        page.locator(".step-next").click()
        listen(page)
        said = [text for text, _ in all_of_it(page)]
        assert said[:4] == ["第一步", "看收款人。", "图片：一部手机", "第二步"], "no title again"
        expect(page.locator(".step-place")).to_have_text("第 4 步，共 4 步")


def test_what_plays_stops_the_reading_and_a_broken_device_is_named(
    built: Path, browser: Browser, serve: Serve
) -> None:
    with browser.page() as page:
        device(page, ALL)
        page.goto(serve(built).page("01-a/01-steps.html"))
        listen(page)
        page.wait_for_function("() => window.speechSynthesis.speaking")
        page.evaluate("() => document.body.append(document.createElement('video'))")
        page.evaluate("() => document.querySelector('body > video').dispatchEvent(new Event('play'))")
        assert not page.evaluate("() => window.speechSynthesis.speaking")
        page.get_by_role("button", name="开始朗读").click()
        page.evaluate("() => breakDown()")
        expect(page.locator(".reader-bar [role=status]")).to_have_text("设备没能读出来。")


def test_a_browser_without_speech_says_so(built: Path, browser: Browser, serve: Serve) -> None:
    with browser.page() as page:
        page.add_init_script("delete window.speechSynthesis; delete Window.prototype.speechSynthesis;")
        page.goto(serve(built).page("en/01-a/01-steps.html"))
        listen(page)
        expect(page.locator(".reader-bar [role=status]")).to_have_text("This browser cannot read aloud.")
        page.locator(".reader-on").click()
        page.locator(".reader-stop").click()
        expect(page.locator(".reader-bar")).to_have_count(0)


def test_from_disk(built: Path, browser: Browser) -> None:
    with browser.page() as page:
        device(page, ALL)
        page.goto((built / "01-a" / "01-steps.html").as_uri())
        listen(page)
        page.wait_for_function("() => window.asked.length > 0")
        assert asked(page)[0][0] == "三步付款"
        page.locator(".reader-stop").click()
        page.locator(".reading-open").click()
        expect(page.locator("dialog.reading-panel")).to_be_visible()


# -- a recording ----------------------------------------------------------------------------------------------------


def test_a_recording_is_played_in_place_of_the_voice(built: Path, browser: Browser, serve: Serve) -> None:
    with browser.page() as page:
        device(page, ALL)
        page.goto(serve(built).page("01-a/02-read.html"))
        listen(page)
        page.wait_for_function("() => !document.querySelector('.recording audio').paused")
        # Paused, and then moved by sentence: what is marked is what the recording says at that time.
        page.locator(".reader-play").click()
        page.evaluate("() => { document.querySelector('.recording audio').currentTime = 0.1; }")
        page.wait_for_function(f"() => ({_MARKED})() === '读给您听'")
        seen = []
        for _ in range(3):
            page.locator(".reader-on").click()
            seen.append(page.evaluate(_MARKED))
        assert seen == ["先看名字。", "再看金额。", "最后才按。"]
        expect(page.locator(".reader-bar")).to_contain_text("第 4 句，共 4 句")
        assert asked(page) == []
        page.locator(".reader-stop").click()
        assert page.evaluate(_MARKED) == ""


def test_a_recording_plays_without_javascript_and_can_be_kept(
    built: Path, browser: Browser, serve: Serve
) -> None:
    site = serve(built)
    with browser.page(javascript=False) as page:
        page.goto(site.page("01-a/02-read.html"))
        section = page.get_by_role("region", name="课文录音")
        expect(section.locator("audio[controls]")).to_be_visible()
        link = section.get_by_role("link", name="下载课文录音").last
        assert link.get_attribute("download") == "02-read.read.m4a"
        address = link.get_attribute("href") or ""
        assert (built / "01-a" / address).resolve().stat().st_size > 1000
