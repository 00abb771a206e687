"""Players without a name."""

from collections.abc import Iterator

from coursepack.check.view import View
from coursepack.model.codes import diagnostic
from coursepack.model.diagnostic import Diagnostic


def find(view: View) -> Iterator[Diagnostic]:
    """CP403 video or audio without a label."""
    for lesson, link in view.links("video", "audio"):
        if not (link.alt or "").strip():
            yield diagnostic(
                "CP403",
                lesson.source.path,
                link.line,
                link.column,
                target=link.path,
                name=link.path.rpartition("/")[2],
            )
