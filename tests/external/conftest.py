"""Fixtures: a watched browser, a static server, axe, the Nu checker, the built samples.

A tool that is missing fails the test that needs it, with the words to install it: nothing is skipped.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import sync_playwright

from tests.external.validators.browser import Browser, axe_violations, launch
from tests.external.validators.nu import nu_errors
from tests.external.validators.samples import Sample, built_samples
from tests.external.validators.server import Site, serving

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder is marked external."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.external)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Chromium]:
    """One browser a file: two Playwrights cannot live in one process, so each file must be done with its own."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture
def browser(chromium: Chromium) -> Iterator[Browser]:
    """Fails the test for console errors, failed requests and requests to other hosts."""
    watched = Browser(chromium)
    yield watched
    problems = "\n".join(watched.problems)
    assert problems == ""


@pytest.fixture
def serve() -> Iterator[Callable[..., Site]]:
    """serve(folder, prefix="", compress=False) -> Site, until the end of the test."""
    with ExitStack() as stack:
        yield lambda folder, prefix="", **more: stack.enter_context(serving(folder, prefix, **more))


@pytest.fixture
def axe() -> Callable[..., list[str]]:
    return axe_violations


@pytest.fixture
def nu() -> Callable[[Path], list[str]]:
    return nu_errors


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> dict[str, Sample]:
    """The built courses of course_sources/, by course id."""
    base = tmp_path_factory.getbasetemp()
    return built_samples(base if worker_id == "master" else base.parent)
