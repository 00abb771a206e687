"""Each check of the harness passes a good page and fails a bad one."""

from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from tests.external.validators.browser import too_wide
from tests.external.validators.keyboard import walk
from tests.external.validators.links import link_problems

GOOD = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>A page</title>
<meta name="viewport" content="width=device-width"><meta http-equiv="Content-Security-Policy" content="default-src 'self'">
<link rel="stylesheet" href="a.css"></head>
<body><main id="top"><h1>A page</h1><p><img src="a%20b.svg" alt="A square" width="10" height="10">
Text and <a href="#top">a link</a>, <a href="b/">another</a>.</p></main></body></html>
"""
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'


def site(folder: Path, page: str = GOOD) -> Path:
    (folder / "b").mkdir()
    (folder / "index.html").write_text(page, encoding="utf-8")
    (folder / "b" / "index.html").write_text(
        GOOD.replace('href="b/"', 'href="../index.html"')
        .replace("a%20b", "../a%20b")
        .replace("a.css", "../a.css"),
        encoding="utf-8",
    )
    (folder / "a b.svg").write_text(SVG)
    (folder / "a.css").write_text("body { color: black; background: white }")
    return folder


def changed(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new)


def test_good_site_passes_everything(tmp_path, browser, serve, axe, nu) -> None:
    folder = site(tmp_path)
    assert nu(folder) == []
    assert link_problems(folder) == []
    with browser.page(width=320) as page:
        page.goto(serve(folder, "de ep/p").page("index.html"))
        assert axe(page) == []
        assert too_wide(page) == []
    with browser.page() as page:
        page.goto((folder / "index.html").as_uri())
        assert page.locator("img").evaluate("i => i.naturalWidth") > 0


def test_nu_sees(tmp_path, nu) -> None:
    folder = site(tmp_path, changed(' alt="A square"', ""))
    (folder / "b" / "index.html").write_text(changed("</main>", "</div>"), encoding="utf-8")
    (folder / "a.css").write_text("body { colour: black }")
    errors = nu(folder)
    assert any(e.startswith("index.html:") and "alt" in e for e in errors), errors
    assert any(e.startswith("b/index.html:") and "div" in e for e in errors), errors
    assert any(e.startswith("a.css:1:") for e in errors), errors


@pytest.mark.parametrize(
    ("page", "rule"),
    [
        (changed(' alt="A square"', ""), "image-alt"),
        (changed('lang="en"', ""), "html-has-lang"),
        (changed("<p>", '<p style="color:#bbb">').replace("default-src 'self'", ""), "color-contrast"),
        (changed("main", "div"), "region"),
    ],
)
def test_axe_sees(tmp_path, browser, serve, axe, page: str, rule: str) -> None:
    with browser.page() as opened:
        opened.goto(serve(site(tmp_path, page)).page("index.html"))
        assert [v for v in axe(opened) if v.startswith(rule)]


def test_axe_sees_colours_alone(tmp_path, browser, serve, axe) -> None:
    bad = changed("<p>", '<p style="color:#bbb">').replace("default-src 'self'", "")
    with browser.page() as opened:
        opened.goto(serve(site(tmp_path, bad)).page("index.html"))
        assert any("color-contrast" in v for v in axe(opened, colours_only=True))


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('href="#top"', 'href="#topp"', "#topp leads to no #topp"),
        ('href="b/"', 'href="c/"', "c/ is not there"),
        ('href="b/"', 'href="b/#none"', "leads to no #none"),
        ('href="b/"', 'href="/b/"', "breaks below a prefix"),
        ('src="a%20b.svg"', 'srcset="a%20b.svg 1x, x.svg 2x"', "x.svg is not there"),
        ('src="a%20b.svg"', 'src="https://other.example/a.svg"', "from elsewhere"),
        ('src="a%20b.svg"', 'src="//other.example/a.svg"', "from elsewhere"),
        ('href="a.css"', 'href="http://other.example/a.css"', "from elsewhere"),
        ("<h1>", '<h1 id="top">', "id top twice"),
        ('href="b/"', 'href="#top"', "no link leads here"),
        ('href="b/"', 'href="../up.html"', "is not there"),
    ],
)
def test_links_see(tmp_path, old: str, new: str, problem: str) -> None:
    found = link_problems(site(tmp_path, changed(old, new)))
    assert any(problem in f for f in found), found


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('src="a%20b.svg"', 'src="https://other.example/a.svg"', "other host: https://other.example/a.svg"),
        ('src="a%20b.svg"', 'src="none.svg"', "failed request: 404"),
        ("</main>", "</main><script>alert(1)</script>", "console"),
        ("<p>", '<p style="color:red">', "console"),
        ("</head>", "<script src='bad.js'></script></head>", "exception: thrown"),
    ],
)
def test_browser_sees(tmp_path, browser, serve, old: str, new: str, problem: str) -> None:
    folder = site(tmp_path, changed(old, new))
    (folder / "bad.js").write_text("throw Error('thrown')")
    with browser.page() as page:
        page.goto(serve(folder).page("index.html"))
        page.wait_for_timeout(100)
    problems = browser.taken()
    assert any(problem in p for p in problems), problems


@pytest.mark.parametrize(
    "css",
    [
        "p { width: 500px }",
        "img { width: 400px; height: 9px }",
        "html { overflow: hidden } p { width: 400px }",
    ],
)
def test_too_wide_sees(tmp_path, browser, serve, css: str) -> None:
    (site(tmp_path) / "a.css").write_text(css)
    with browser.page(width=320) as page:
        page.goto(serve(tmp_path).page("index.html"))
        assert too_wide(page)


def test_what_scrolls_in_its_own_box_is_not_too_wide(tmp_path, browser, serve) -> None:
    (site(tmp_path) / "a.css").write_text("main { overflow-x: auto } p { width: 900px }")
    with browser.page(width=320) as page:
        page.goto(serve(tmp_path).page("index.html"))
        assert too_wide(page) == []


def test_server_knows_ranges_and_types(tmp_path, serve) -> None:
    (tmp_path / "a.m4s").write_bytes(bytes(range(100)))
    served = serve(tmp_path, "x/y")

    def get(bytes_range: str) -> tuple[int, bytes, str | None]:
        with urlopen(Request(served.page("a.m4s"), headers={"Range": bytes_range})) as answer:
            return answer.status, answer.read(), answer.headers["Content-Range"]

    assert get("bytes=10-19") == (206, bytes(range(10, 20)), "bytes 10-19/100")
    assert get("bytes=90-") == (206, bytes(range(90, 100)), "bytes 90-99/100")
    assert get("bytes=-5") == (206, bytes(range(95, 100)), "bytes 95-99/100")
    with urlopen(served.page("a.m4s")) as answer:
        assert answer.headers["Content-Type"] == "video/iso.segment"
    assert served.requests == ["a.m4s"] * 4


BAD_WALKS = {
    "no focus ring": "a { outline: none }",
    "covered": "p { padding-top: 150vh } main::after { content: ''; position: fixed; inset: 0; background: white }",
}


@pytest.mark.parametrize("problem", BAD_WALKS)
def test_walk_sees(tmp_path, browser, serve, problem: str) -> None:
    folder = site(tmp_path)
    (folder / "a.css").write_text(BAD_WALKS[problem])
    with browser.page() as page:
        page.goto(serve(folder).page("index.html"))
        assert any(w.startswith(problem) for w in walk(page))


def test_walk_misses_what_tab_does_not_reach(tmp_path, browser, serve) -> None:
    trap = '<a href="#top" id="back">back</a>'
    folder = site(tmp_path, changed("another</a>.", f"another</a>. {trap}"))
    with browser.page() as page:
        page.goto(serve(folder).page("index.html"))
        assert walk(page) == []
        stop = "e => { if (e.key === 'Tab' && document.activeElement.getAttribute('href') === 'b/') e.preventDefault(); }"
        page.evaluate(f"() => addEventListener('keydown', {stop})")
        found = walk(page)
        assert any(w.startswith("not reached") and "back" in w for w in found)
        assert any(w.startswith("trap") for w in found)
