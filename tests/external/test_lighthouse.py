"""Lighthouse on one page of each kind: accessibility, best practices and SEO at 100, and nothing jumps."""

from collections.abc import Callable

import pytest

from tests.external.validators.lighthouse import lighthouse
from tests.external.validators.samples import Sample
from tests.external.validators.server import Site

PAGES = ["index.html", "contents.html", "01-scan/01-two-ways.html", "en/01-scan/02-check-amount.html"]


@pytest.mark.parametrize("path", PAGES)
def test_lighthouse(path: str, samples: dict[str, Sample], serve: Callable[..., Site]) -> None:
    found = lighthouse(serve(samples["pay-safely"].web, compress=True).page(path))
    assert found.failed == []
    assert [found.scores[c] for c in ("accessibility", "best-practices", "seo")] == [100, 100, 100]
    assert found.layout_shift < 0.01
