"""The themes in a real browser: phones, scripts from right to left, schemes, text of any size, paper; all of them with axe."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import segno
from playwright.sync_api import Page

from tests.external.validators.browser import Browser, too_wide
from tests.external.validators.server import Site
from tests.helpers.course import build
from tests.helpers.theme_course import PAGES, make_theme_course

THEMES = ("default", "lecture", "jiangnan", "own")
LESSON = "01-pay/01-check.html"
Serve = Callable[..., Site]

_OWN = {
    "theme.yaml": "extends: lecture\ncolours: {accent: '#0b5f3c', bar: '#0b5f3c'}\nlogo: mark.svg\n"
    "footer: {en: County school, zh-Hans: 县成人学校}\ncontrast: mend\n",
    "mark.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><path d="M0 0h10v10H0z"/></svg>',
    "style.css": ".title { background: url(mark.svg) no-repeat; --own: 1 }",
    "templates/base.html": '{% extends "!lecture/base.html" %}{% block bottom %}<p>Room 12</p>{% endblock %}',
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The same course in each theme, one of them a workspace's own: theme to its site."""
    workspace = tmp_path_factory.mktemp("themes")
    (workspace / "coursepack.yaml").write_text("site_url: https://learn.example.org/\n")
    for name, text in _OWN.items():
        path = workspace / "themes" / "own" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    sites = {}
    for theme in THEMES:
        course = make_theme_course(workspace / "course_sources" / theme, theme)
        settings = course / "course.yaml"
        settings.write_text(settings.read_text("utf-8").replace("id: themed", f"id: {theme}"), "utf-8")
        result = build(workspace / "cache", course, workspace / "out", "--only", "web")
        assert [d for d in result["diagnostics"] if d["severity"] == "error"] == []
        assert not {d["code"] for d in result["diagnostics"]} & {
            "CP603",
            "CP605",
            "CP606",
            "CP607",
            "CP608",
            "CP609",
        }
        sites[theme] = workspace / "out" / theme / "web"
    return sites


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with browser.page(width=320, height=640, touch=True) as opened:
        yield opened


def lines(found: list[str]) -> str:
    return "\n" + "\n".join(found[:40])


@pytest.mark.parametrize("theme", THEMES)
def test_axe(
    theme: str, built: dict[str, Path], browser: Browser, serve: Serve, axe: Callable[[Page], list[str]]
) -> None:
    site, found = serve(built[theme]), []
    looks = [(w, s, p) for w in (360, 1280) for s in ("light", "dark") for p in ("index.html", LESSON)]
    looks += [
        (360, "dark", "contents.html"),
        (1280, "light", f"ug/{LESSON}"),
        (360, "light", f"zh-Hans/{LESSON}"),
    ]
    with browser.page() as opened:
        for width, scheme, path in looks:
            opened.set_viewport_size({"width": width, "height": 800})
            opened.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            opened.goto(site.page(path))
            found += [f"{path} {width} {scheme}: {what}" for what in axe(opened)]
    assert not found, lines(found)


def test_every_page_fits_a_phone_at_any_size_of_text(
    built: dict[str, Path], page: Page, serve: Serve
) -> None:
    found: list[str] = []
    for theme in ("default", "own"):
        site = serve(built[theme])
        for path in (*PAGES, f"zh-Hans/{LESSON}", f"ug/{LESSON}", "ug/index.html"):
            page.goto(site.page(path))
            for name, script in (
                ("", "0"),
                ("elder", "document.documentElement.classList.add('elder')"),
                ("200%", "document.documentElement.classList.remove('elder'), "
                 "document.documentElement.style.setProperty('--text-scale', '2')"),
            ):  # fmt: skip
                page.evaluate(script)
                found += [f"{theme} {path} {name}: {what}" for what in too_wide(page)]
    assert not found, lines(found)


def test_the_header_of_a_phone_takes_two_rows(built: dict[str, Path], page: Page, serve: Serve) -> None:
    site = serve(built["default"])
    for path in (f"zh-Hans/{LESSON}", LESSON):
        page.goto(site.page(path))
        tops = page.evaluate(
            "[...document.querySelectorAll('.top .course, .top .tool')].filter(e => e.offsetParent)"
            ".map(e => Math.round(e.getBoundingClientRect().top / 20))"
        )
        assert len(set(tops)) <= 2, (path, tops)
        assert page.locator(".top").bounding_box()["height"] < 125  # type: ignore[index]


def test_the_readers_scheme_comes_before_the_systems(
    built: dict[str, Path], browser: Browser, serve: Serve
) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    seen = {}
    with browser.page() as opened:
        for theme in ("default", "lecture"):
            opened.goto(serve(built[theme]).page(LESSON))
            for system in ("light", "dark"):
                opened.emulate_media(color_scheme=system)  # type: ignore[arg-type]
                for chosen in ("", "light", "dark"):
                    opened.evaluate(f"document.documentElement.dataset.scheme = '{chosen}'")
                    seen[theme, system, chosen] = opened.evaluate(ground)
    for theme, light in (("default", "rgb(250, 246, 239)"), ("lecture", "rgb(255, 255, 255)")):
        assert {seen[theme, "light", ""], seen[theme, "light", "light"], seen[theme, "dark", "light"]} == {
            light
        }
        assert seen[theme, "dark", ""] == seen[theme, "dark", "dark"] == seen[theme, "light", "dark"] != light


def test_right_to_left_is_mirrored(built: dict[str, Path], browser: Browser, serve: Serve) -> None:
    with browser.page(width=1280) as opened:
        opened.goto(serve(built["default"]).page(f"ug/{LESSON}"))
        side, main = (opened.locator(s).bounding_box() for s in (".side", "main"))
        assert side and main and side["x"] > main["x"] + main["width"], "the list stands at the right"
        box = opened.locator(".box-note")
        width = "e => [getComputedStyle(e).borderLeftWidth, getComputedStyle(e).borderRightWidth]"
        assert box.evaluate(width) == ["0px", "5px"]
        code = opened.locator(".code pre").first
        assert code.evaluate("e => getComputedStyle(e).direction") == "ltr", "programs run from left to right"


def test_nothing_moves_when_pictures_come(built: dict[str, Path], browser: Browser, serve: Serve) -> None:
    with browser.page(width=360) as opened:
        opened.add_init_script(
            "window.shifts = 0; new PerformanceObserver(l => { for (const e of l.getEntries()) shifts += e.value; })"
            ".observe({type: 'layout-shift', buffered: true})"
        )
        opened.goto(serve(built["default"]).page(LESSON), wait_until="networkidle")
        assert opened.evaluate("window.shifts") < 0.05
        bare = "[...document.querySelectorAll('main img, main video')].filter(e => !e.hidden && !e.getAttribute('width')).length"
        assert opened.evaluate(bare) == 0


def test_a_workspaces_theme_is_on_top_of_the_houses(built: dict[str, Path]) -> None:
    text = (built["own"] / LESSON).read_text("utf-8")
    assert "<p>Room 12</p>" in text and "<p>County school</p>" in text
    assert "Lecture 1 of 2" in text, "its parent's template and words"
    assert re.search(r'<img class="logo" src="\.\./static/mark-\w{10}\.svg" alt="">', text)
    assert "县成人学校" in (built["own"] / "zh-Hans" / LESSON).read_text("utf-8")
    sheet = next((built["own"] / "static").glob("style-*.css")).read_text("utf-8")
    assert re.search(r'url\("mark-\w{10}\.svg"\)', sheet) and "--own" in sheet


# -- paper ---------------------------------------------------------------------------------------------------------

_ROWS = """() => new Promise(done => {
  const look = () => {
    const path = document.querySelector('.player .qr path');
    return path ? done([path.getAttribute('d'), path.ownerSVGElement.viewBox.baseVal.width]) : setTimeout(look, 20);
  };
  look();
})"""


def _drawn(path: str, size: int) -> list[list[int]]:
    rows = [[0] * (size - 8) for _ in range(size - 8)]
    for x, y, width in (
        (int(a), int(b), int(c)) for a, b, c in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", path)
    ):
        rows[y - 4][x - 4 : x - 4 + width] = [1] * width
    return rows


# Addresses that fill a code to its last byte: there is only one way to write those down (padding may differ).
@pytest.mark.parametrize("length", [84, 152, 213], ids=["version 5", "version 8", "version 10"])
def test_a_video_on_paper_is_a_code_that_leads_to_it(
    length: int, built: dict[str, Path], browser: Browser, serve: Serve
) -> None:
    rest = len(f"http://127.0.0.1:12345//{LESSON}#cp-player-1")
    with browser.page() as opened:
        site = serve(built["default"], "p" * (length - rest))
        opened.goto(site.page(LESSON))
        path, size = opened.evaluate(_ROWS)
        address = opened.locator(".player .address").first.text_content() or ""
    assert address == f"{site.page(LESSON)}#cp-player-1" and len(address) == length
    code = segno.make(address, error="m", mode="byte", mask=0, boost_error=False, micro=False)
    assert _drawn(path, int(size)) == [list(row) for row in code.matrix]


@pytest.mark.parametrize("theme", THEMES)
def test_paper_holds_all_that_can_be_read_and_nothing_to_press(
    theme: str, built: dict[str, Path], browser: Browser, serve: Serve
) -> None:
    with browser.page(width=794, scheme="dark") as opened:
        opened.goto(serve(built[theme]).page(LESSON))
        opened.emulate_media(media="print", color_scheme="dark")
        shown = opened.evaluate(
            "[...document.querySelectorAll('button, select, input, nav, dialog, audio')]"
            ".filter(e => e.checkVisibility()).map(e => e.outerHTML.slice(0, 80))"
        )
        assert shown == []
        text = opened.locator("body").inner_text()
        for words in ("Open the payment app.", "Folded away.", "Two.", "#cp-player-1"):
            assert words in text, words
        assert opened.locator(".transcript:visible").count() == 1, "that of the page's language"
        assert opened.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        wide = "[...document.querySelectorAll('pre, table')].filter(e => e.scrollWidth > e.clientWidth + 2).length"
        assert opened.evaluate(wide) == 0, "code and tables fit the paper"
        pdf = opened.pdf(format="A4", tagged=True, outline=True)
    assert b"/StructTreeRoot" in pdf and re.search(rb"/Marked\s+true", pdf)
    assert b"/Lang" in pdf and pdf.count(b"/Type /Page\n") < 8


def test_paper_says_where_the_course_is(built: dict[str, Path], browser: Browser, serve: Serve) -> None:
    with browser.page(width=794, javascript=False) as opened:
        opened.goto(serve(built["default"]).page(LESSON))
        assert not opened.locator(".course-address").is_visible()
        opened.emulate_media(media="print")
        assert "https://learn.example.org/c/default/" in opened.locator(".course-address").inner_text()
        code = opened.locator(".course-address svg")
        assert code.bounding_box()["width"] > 80  # type: ignore[index]
    drawn = segno.make("https://learn.example.org/c/default/", error="m", micro=False)
    assert str(drawn.svg_inline(border=4, omitsize=True)).partition('d="')[2][:80] in (
        built["default"] / LESSON
    ).read_text("utf-8")
    home = (built["default"] / "index.html").read_text("utf-8")
    assert '<link rel="canonical" href="https://learn.example.org/c/default/">' in home


def test_paper_without_javascript_holds_the_same(
    built: dict[str, Path], browser: Browser, serve: Serve
) -> None:
    with browser.page(width=794, javascript=False) as opened:
        opened.goto(serve(built["default"]).page(LESSON))
        opened.emulate_media(media="print")
        text = opened.locator("body").inner_text()
    for words in ("Open the payment app.", "Folded away.", "Two."):
        assert words in text, words
