"""Thumbnails that front matter names must exist."""

from collections.abc import Iterator

from coursepack.check.view import View
from coursepack.model.codes import diagnostic
from coursepack.model.diagnostic import Diagnostic
from coursepack.settings.nearest import maybe


def find(view: View) -> Iterator[Diagnostic]:
    """CP503."""
    for path, lesson in view.lessons.items():
        outline = view.outlines[path]
        wanted = outline.front.thumbnail
        # Where the reader made it a link, the rule on links has looked at it.
        if wanted and not lesson.thumbnail and all(link.role != "thumbnail" for link in outline.links):
            yield diagnostic("CP503", path, 1, target=wanted, **maybe(""))
