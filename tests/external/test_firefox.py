"""The sample courses in Firefox: what works in one engine need not work in the other."""

from collections.abc import Callable
from typing import Literal

import pytest

from tests.external.validators.firefox import look
from tests.external.validators.samples import Sample
from tests.external.validators.server import Site

Serve = Callable[..., Site]

PAGES = {
    "pay-safely": [
        "index.html",
        "contents.html",
        "01-scan/index.html",
        "01-scan/01-two-ways.html",
        "en/01-scan/02-check-amount.html",
    ],
    "rider-road-safety": ["02-on-the-road/01-crossing.html"],
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_in_firefox(scheme: Literal["light", "dark"], samples: dict[str, Sample], serve: Serve) -> None:
    addresses = [serve(samples[c].web).page(p) for c, paths in PAGES.items() for p in paths]
    seen = look(addresses, scheme=scheme, widths=(360, 1280), play_s=2 if scheme == "light" else 0)
    assert len(seen) == len(addresses)
    assert [f"{s.page}: {p}" for s in seen for p in s.problems] == []
    if scheme == "light":
        played = [s.played for s in seen if s.played is not None]
        assert len(played) >= 2
        assert all(isinstance(p, float | int) and p >= 1.5 for p in played), played
