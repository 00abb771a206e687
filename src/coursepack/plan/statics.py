"""Which of a theme's static files a course takes along: nothing for players where there are none."""

from collections.abc import Mapping

from coursepack.model.course import Course
from coursepack.model.document import Outline
from coursepack.model.site import Variant

_ELSEWHERE = ("sw.js", "icon.png")
"""They lie at the root of the site, see recipes/offline.py."""


def static_needed(
    course: Course, outlines: Mapping[str, Outline], static: Mapping[str, str], variant: Variant
) -> dict[str, str]:
    """The part of `static` (name to url) that pages of the variant may name."""
    roles = {asset.role for asset in course.assets.values()}
    left_out = set(_ELSEWHERE)
    if not roles & {"video", "audio"}:
        left_out |= {"player.js", "print.js"}
    if not any(outline.quizzes for outline in outlines.values()):
        left_out.add("quiz.js")
    streamed = variant == "web" and bool(roles & {"video", "audio"})

    def wanted(name: str) -> bool:
        if name.startswith("hls"):
            return streamed
        return name not in left_out and (variant == "web" or not name.startswith("offline"))

    return {name: url for name, url in static.items() if wanted(name)}
