"""From a Course to its Plan."""

from collections.abc import Sequence

from coursepack.model.course import Course
from coursepack.model.site import Variant
from coursepack.model.step import Plan, Step
from coursepack.plan.assets import asset_steps
from coursepack.plan.fallback import filled_editions
from coursepack.plan.pages import PageSources, page_steps
from coursepack.plan.search import search_index_steps

THEME_STEP = "theme"


def make_plan(course: Course, sources: PageSources, variants: Sequence[Variant]) -> Plan:
    """All steps that the wanted variants of the site take; media first, since pages wait for it."""
    theme = Step(
        id=THEME_STEP,
        kind="theme",
        label=f"theme {course.info.theme}",
        params={"theme": course.info.theme, "digest": sources.theme_digest},
        lane="text",
    )
    return Plan(
        (
            theme,
            *asset_steps(course, streamed="web" in variants),
            *search_index_steps(course, filled_editions(course), sources.outlines, sources.transcripts),
            *page_steps(course, sources, tuple(variants)),
        )
    )
