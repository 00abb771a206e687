"""The picture that stands for a course in lists: what the author chose, else the first that the course shows."""

from collections.abc import Iterator, Mapping

import msgspec

from coursepack.app.loading import Loaded
from coursepack.catalogue.record import Cover
from coursepack.model.course import Course, Lesson
from coursepack.model.media import ImageFacts, VideoFacts
from coursepack.model.site import AssetRef, PagesParams
from coursepack.model.step import Artefact, Plan, output_folder

_WIDEST = 1280
"""Pixels: enough for a card on any screen."""
_PLAIN = ("image/jpeg", "image/png", "image/webp", "image/gif", "image/svg+xml")
"""What feed readers and sharing services show, best first; AVIF is not among it yet."""


def find_cover(loaded: Loaded, plan: Plan, artefacts: Mapping[str, Artefact]) -> Cover | None:
    """The thumbnail of the home page or of the first lesson that has one, else the first picture, else a poster."""
    refs = _web_assets(plan)
    for path in _wishes(loaded.course):
        ref = refs.get(path)
        artefact = artefacts.get(ref.input) if ref else None
        if ref and artefact and not artefact.failed and (found := _cover(ref, artefact)):
            return msgspec.structs.replace(found, alt=_words(loaded, path))
    return None


def _wishes(course: Course) -> Iterator[str]:
    pages = _pages(course)
    yield from (p.thumbnail for p in pages if p.thumbnail)
    for roles in (("image",), ("video",)):
        yield from (
            a for p in pages for a in p.assets if a in course.assets and course.assets[a].role in roles
        )


def _pages(course: Course) -> list[Lesson]:
    if not course.editions:
        return []
    first = course.editions[0]
    pages = [first.home]
    for module in first.modules:
        pages += [module.page, *module.lessons]
    return [p for p in pages if p]


def _web_assets(plan: Plan) -> dict[str, AssetRef]:
    found: dict[str, AssetRef] = {}
    for step in plan.steps:
        if step.kind == "pages":
            params = msgspec.convert(step.params, PagesParams)
            if params.site.variant == "web":
                found |= {a.path: a for a in params.assets if a.path not in found}
    return found


def _cover(ref: AssetRef, artefact: Artefact) -> Cover | None:
    folder = output_folder(ref.base, artefact)
    if ref.role == "video":
        video = msgspec.convert(artefact.facts, VideoFacts)
        size = video.poster_width, video.poster_height
        return Cover(f"{folder}/{video.poster}", "image/jpeg", *size) if video.poster else None
    image = msgspec.convert(artefact.facts, ImageFacts)
    plain = [v for v in image.variants if v.media_type in _PLAIN]
    fit = [v for v in plain if v.width <= _WIDEST] or plain[:1]
    if not fit:
        return None
    best = min(fit, key=lambda v: (_PLAIN.index(v.media_type), -v.width))
    return Cover(f"{folder}/{best.name}", best.media_type, best.width, best.height)


def _words(loaded: Loaded, path: str) -> str:
    """What the course says instead of the picture, in the course language if it can be had."""
    pages = {p.source.path for p in _pages(loaded.course)}
    said = [
        (source not in pages, link.alt)
        for source, outline in loaded.outlines.items()
        for link in outline.links
        if link.path == path and link.alt
    ]
    return min(said)[1] if said else ""
