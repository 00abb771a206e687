"""The seam between rules and the course they look at."""

from collections.abc import Iterator
from typing import Protocol

from coursepack.check.view import View
from coursepack.model.diagnostic import Diagnostic


class Rule(Protocol):
    """Looks at the whole course, changes nothing, touches no disk."""

    def __call__(self, view: View, /) -> Iterator[Diagnostic]:
        """What the rule finds."""
        ...
