"""Steps for the search inside a course: an index for each language edition, and the page that asks it."""

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from coursepack.model.course import Course, Edition, Lesson
from coursepack.model.digest import Digest
from coursepack.model.document import Outline
from coursepack.model.search import SearchedPage, SearchParams
from coursepack.model.site import Alternate, AssetRef, PagesParams, PageSpec, SiteFacts
from coursepack.model.step import BlobInput, Input, Step, StepInput
from coursepack.plan.assets import references

_SPOKEN = ("video", "audio")


def search_index_steps(
    course: Course,
    editions: Sequence[Edition],
    outlines: Mapping[str, Outline],
    transcripts: Mapping[str, Digest],
) -> Iterator[Step]:
    """An index for each of `editions`, as they are printed; all variants of the site share it.

    `outlines` and `transcripts` (their `Blocks`): by source path.
    """
    titles = {x.source.path: x.title for e in editions for x, _ in _lessons(e)}
    for edition in editions:
        yield _index_step(course, edition, outlines, transcripts, titles)


def search_page_step(course: Course, edition: Edition, site: SiteFacts) -> Step:
    """The search page of an edition, for one variant of the site."""
    index, base = _index_id(edition), f"search/{edition.language}"
    page = PageSpec(
        kind="search",
        title="",
        url=site.search,
        breadcrumb=(site.home,),
        alternates=tuple(
            Alternate(e.language, f"{e.root}search.html")
            for e in course.editions
            if e.language != edition.language
        ),
    )
    ref = AssetRef(base, "search", base, index)
    params = PagesParams(site, None, (), (page,), (ref,))
    return Step(
        id=f"pages:{site.variant}:{edition.language}:search",
        kind="pages",
        label=f"search page {edition.title}",
        params=msgspec.to_builtins(params),
        inputs=(StepInput(index, index),),
        lane="text",
    )


def _index_id(edition: Edition) -> str:
    return f"search-index:{edition.language}"


def _index_step(
    course: Course,
    edition: Edition,
    outlines: Mapping[str, Outline],
    transcripts: Mapping[str, Digest],
    titles: Mapping[str, str],
) -> Step:
    bodies: list[Input] = []
    pages: list[SearchedPage] = []
    spoken: set[str] = set()
    for lesson, module in _lessons(edition):
        body = f"body:{lesson.source.path}"
        bodies.append(BlobInput(body, lesson.blocks))
        spoken |= {p for p in lesson.assets if p in course.assets and course.assets[p].role in _SPOKEN}
        links = outlines[lesson.source.path].links
        named = {link.path: titles[link.path] for link in links if link.title_text and link.path in titles}
        language = "" if lesson.language == edition.language else lesson.language
        pages.append(
            SearchedPage(lesson.title, lesson.url, body, lesson.description, module, language, named)
        )
    refs, inputs = references(course, sorted(spoken), transcripts, streamed=False)
    # Their posters come with them, which say nothing to a search.
    refs = tuple(msgspec.structs.replace(r, poster="") for r in refs if r.role in _SPOKEN)
    inputs = tuple(i for i in inputs if not i.name.startswith("image:"))
    return Step(
        id=_index_id(edition),
        kind="search-index",
        label=f"search index {edition.title}",
        params=msgspec.to_builtins(
            SearchParams(edition.language, f"{edition.root}search.html", tuple(pages), refs)
        ),
        inputs=(*bodies, *inputs),
        lane="text",
    )


def _lessons(edition: Edition) -> Iterator[tuple[Lesson, str]]:
    """Every page with a source, in reading order, with its module's title."""
    if edition.home:
        yield edition.home, ""
    for module in edition.modules:
        title = module.title if module.id else ""
        if module.page:
            yield module.page, ""
        yield from ((lesson, title) for lesson in module.lessons)
