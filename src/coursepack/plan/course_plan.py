"""From a Course to its Plan."""

from collections.abc import Sequence

import msgspec

from coursepack.model.course import Course
from coursepack.model.site import Variant
from coursepack.model.step import Plan, Step
from coursepack.plan.assets import asset_steps
from coursepack.plan.fallback import filled_editions
from coursepack.plan.offline import WORKER, offline_step
from coursepack.plan.pages import PageSources, page_steps
from coursepack.plan.search import search_index_steps

THEME_STEP = "theme"


def make_plan(course: Course, sources: PageSources, variants: Sequence[Variant]) -> Plan:
    """All steps that the wanted variants of the site take; media first, since pages wait for it."""
    theme = Step(
        id=THEME_STEP,
        kind="theme",
        label=f"theme {course.info.theme}",
        params={
            "theme": course.info.theme,
            "digest": sources.theme_digest,
            "settings": msgspec.to_builtins(sources.settings),
        },
        lane="text",
    )
    editions = filled_editions(course)
    pages = tuple(page_steps(course, sources, tuple(variants)))
    # A theme may come without a service worker: then there is nothing to install.
    served = [s for s in pages if s.id.startswith("pages:web:") and WORKER in sources.static]
    return Plan(
        (
            theme,
            *asset_steps(course, streamed="web" in variants),
            *search_index_steps(course, editions, sources.outlines, sources.transcripts),
            *pages,
            *([offline_step(course, editions, theme, served)] if served else []),
        )
    )
