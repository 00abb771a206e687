"""Every kind of page by keyboard alone."""

from collections.abc import Callable

import pytest

from tests.external.validators.browser import Browser
from tests.external.validators.keyboard import walk
from tests.external.validators.samples import Sample
from tests.external.validators.server import Site

Serve = Callable[..., Site]

PAGES = [
    ("pay-safely", "index.html"),
    ("pay-safely", "contents.html"),
    ("pay-safely", "01-scan/index.html"),
    ("pay-safely", "01-scan/01-two-ways.html"),
    ("pay-safely", "en/01-scan/02-check-amount.html"),
    ("rider-road-safety", "02-on-the-road/01-crossing.html"),
    ("hello-markdown", "02-grow.html"),
]


@pytest.mark.parametrize(("course", "path"), PAGES)
@pytest.mark.parametrize("width", [360, 1280])
def test_everything_is_reached_by_tab(
    course: str, path: str, width: int, samples: dict[str, Sample], browser: Browser, serve: Serve
) -> None:
    with browser.page(width=width) as page:
        page.goto(serve(samples[course].web).page(path))
        assert walk(page) == []


def test_the_first_stop_leads_past_the_header(
    samples: dict[str, Sample], browser: Browser, serve: Serve
) -> None:
    with browser.page(width=360) as page:
        page.goto(serve(samples["pay-safely"].web).page("01-scan/01-two-ways.html"))
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
