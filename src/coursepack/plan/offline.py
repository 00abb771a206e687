"""Steps for what makes a served course installable and savable: they come after all pages, which they sum up."""

from collections.abc import Sequence

import msgspec

from coursepack.model.course import Course, Edition
from coursepack.model.offline import OfflineUrls
from coursepack.model.site import Alternate, PagesParams, PageSpec, SiteFacts
from coursepack.model.step import Step, StepInput

WORKER = "sw.js"
RELEASE = "release.json"
OFFLINE_STEP = "offline:web"


def offline_urls(edition: Edition) -> OfflineUrls:
    """Where the web variant of an edition has them."""
    return OfflineUrls(
        worker=WORKER,
        release=RELEASE,
        manifest=f"{edition.root}manifest.webmanifest",
        saved=f"{edition.root}saved.html",
        icon="icons/192.png",
    )


def saved_page_step(
    editions: Sequence[Edition], edition: Edition, site: SiteFacts, pages: Sequence[Step]
) -> Step:
    """The page that lists what can be saved and what is; `pages` are the edition's other steps of that kind."""
    urls = offline_urls(edition)
    page = PageSpec(
        kind="saved",
        title="",
        url=urls.saved,
        breadcrumb=(site.home,),
        alternates=tuple(
            Alternate(e.language, offline_urls(e).saved) for e in editions if e.language != edition.language
        ),
    )
    inputs = tuple(StepInput(s.id, s.id) for s in pages)
    params = PagesParams(site, None, (), (page,), (), saved_from=tuple(i.name for i in inputs))
    return Step(
        id=f"pages:web:{edition.language}:saved",
        kind="pages",
        label=f"saved lessons {edition.title}",
        params=msgspec.to_builtins(params),
        inputs=inputs,
        lane="text",
    )


def offline_step(course: Course, editions: Sequence[Edition], theme: Step, pages: Sequence[Step]) -> Step:
    """Service worker, web app manifests, icons, and the name of the release; `pages` are all of the web variant."""
    shown = [
        {
            "language": e.language,
            "title": e.title,
            "description": e.description,
            "manifest": offline_urls(e).manifest,
            "start": "index.html",
        }
        for e in editions
    ]
    return Step(
        id=OFFLINE_STEP,
        kind="offline",
        label="offline use",
        params={"worker": WORKER, "release": RELEASE, "editions": shown, "course": course.info.id},
        inputs=(StepInput("theme", theme.id), *(StepInput(s.id, s.id) for s in pages)),
        lane="text",
    )
