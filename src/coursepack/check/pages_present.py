"""A course without a page is none."""

from collections.abc import Iterator

from coursepack.check.view import View
from coursepack.model.codes import diagnostic
from coursepack.model.diagnostic import Diagnostic


def find(view: View) -> Iterator[Diagnostic]:
    """CP164."""
    if not view.lessons:
        yield diagnostic("CP164")
