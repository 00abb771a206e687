"""Pages to a Course: order, modules, languages, addresses, assets."""

from collections import Counter
from collections.abc import Iterable, Mapping

import msgspec

from coursepack.model.course import Course, CourseInfo, Edition, Lesson, Module, Sidecar, Source
from coursepack.model.diagnostic import Diagnostic
from coursepack.model.digest import Digest
from coursepack.model.document import Outline
from coursepack.settings.languages import as_declared, same_reader
from coursepack.source.assets import gather_assets, gather_recordings, thumbnail_path, tracks_of, used_by
from coursepack.source.guess import guess_language
from coursepack.source.naming import (
    INDEX_NAMES,
    Naming,
    PageName,
    name_pages,
    page_language,
    page_paths,
    stem_of,
    transcript_paths,
)
from coursepack.source.natural import readable
from coursepack.source.ordering import COURSE_FILE, Group, group_pages, order_pages
from coursepack.source.page_recordings import find_recordings
from coursepack.source.sidecars import find_sidecars
from coursepack.source.spellings import page_aliases
from coursepack.source.urls import RESERVED_TOP, unique_paths

__all__ = ["assemble", "page_language", "page_paths", "transcript_paths"]


class _Page(msgspec.Struct, frozen=True):
    name: PageName
    outline: Outline
    language: str


def assemble(
    info: CourseInfo,
    sources: Mapping[str, Source],
    outlines: Mapping[str, Outline],
    blocks: Mapping[str, Digest],
) -> tuple[Course, tuple[Diagnostic, ...]]:
    """The course that `outlines` (page path -> what was read) make up, and what is wrong with how they fit.

    A page without an outline could not be read and is left out; drafts are left out. `Course.info` has title,
    language and languages filled in. `Course.links` holds page paths, folder paths ("01-scan") and the other
    spellings of pages that links use ("intro.html"). Deterministic: only the arguments count.
    """
    naming = name_pages(info, outlines)
    live = [n for n in naming.pages if not outlines[n.path].front.draft]
    found: list[Diagnostic] = []
    info, noted = _with_language(info, live, outlines)
    found += noted
    pages, noted = _pages(info, live, outlines)
    found += noted
    order, misordered = order_pages(info, msgspec.structs.replace(naming, pages=tuple(live)), outlines)
    found += misordered
    groups = group_pages(order)
    languages = _languages(info, pages)
    found += _undelivered(info, languages) if pages else []
    info = msgspec.structs.replace(info, language=languages[0], languages=languages)
    tails = unique_paths({"index", *order}, (*RESERVED_TOP, *languages[1:]))
    used = {n.path: outlines[n.path] for n in live}
    sidecars, misnamed = find_sidecars(sources, tracks_of(used), info.language)
    found += misnamed
    maker = _Maker(info, sources, blocks, tails, sidecars)
    by_language = _by_language(maker, pages, languages)
    lessons = [lesson for edition in by_language.values() for lesson in edition.values()]
    assets = gather_assets(used.values(), (x.thumbnail for x in lessons), sources, sidecars)
    recordings, unread = find_recordings(lessons, sources, assets)
    found += unread
    by_language = _with_recordings(by_language, recordings)
    assets |= gather_recordings(recordings.values(), sources, sidecars)
    editions = tuple(_edition(info, lang, by_language, groups) for lang in languages)
    info = msgspec.structs.replace(info, title=editions[0].title)
    links = _links(naming, lessons, used)
    return Course(info, editions, assets, links), tuple(found)


# -- languages ----------------------------------------------------------------------------------------------------


def _with_language(
    info: CourseInfo, live: Iterable[PageName], outlines: Mapping[str, Outline]
) -> tuple[CourseInfo, list[Diagnostic]]:
    """`info` with a course language: as given, else the index page's, else one that fits the pages."""
    from coursepack.model.codes import diagnostic

    if info.language:
        return info, []
    unnamed = [n for n in live if not n.language]
    named = Counter(n.language for n in live if n.language)
    for name in unnamed:
        front = outlines[name.path].front.language
        if name.id == "index" and front:
            return msgspec.structs.replace(info, language=front), []
    if info.languages:
        return msgspec.structs.replace(info, language=info.languages[0]), []
    guess = guess_language(outlines[n.path].title for n in (unnamed or live))
    fitting = [tag for tag in sorted(named) if same_reader(tag, guess)]
    if fitting:
        guess = fitting[0]
    elif not unnamed and named:
        guess = min(named, key=lambda tag: (-named[tag], tag))
    found = [diagnostic("CP161", "course.yaml", language=guess)] if unnamed else []
    return msgspec.structs.replace(info, language=guess), found


def _pages(
    info: CourseInfo, live: Iterable[PageName], outlines: Mapping[str, Outline]
) -> tuple[list[_Page], list[Diagnostic]]:
    """The pages with their languages; of two for the same place the first by path is kept."""
    from coursepack.model.codes import diagnostic

    declared = (info.language, *info.languages)
    taken: dict[tuple[str, str], str] = {}
    pages: list[_Page] = []
    found: list[Diagnostic] = []
    # A name that says its language, or that is the folder's stronger index, has the better claim.
    for name in sorted(live, key=lambda n: (n.id, n.readme, n.path)):
        outline = outlines[name.path]
        language = as_declared(name.language or outline.front.language or info.language, declared)
        first = taken.setdefault((name.id, language), name.path)
        if first == name.path:
            pages.append(_Page(name, outline, language))
        else:
            found.append(diagnostic("CP163", name.path, first=first, language=language))
    found += [diagnostic("CP162", p.name.path) for p in pages if _is_second_index(p)]
    return pages, found


def _is_second_index(page: _Page) -> bool:
    stem = stem_of(page.name.path.rpartition("/")[2]).partition(".")[0].lower()
    return stem == "readme" and page.name.id.rpartition("/")[2].lower() == "readme"


def _languages(info: CourseInfo, pages: Iterable[_Page]) -> tuple[str, ...]:
    """All languages with pages, the course language first, then as declared, then by tag."""
    counts = Counter(p.language for p in pages)
    if not counts:
        return (info.language,)
    declared = [info.language, *info.languages]
    present = [tag for tag in dict.fromkeys(declared) if tag in counts]
    return (*present, *sorted(set(counts) - set(present)))


def _undelivered(info: CourseInfo, languages: Iterable[str]) -> list[Diagnostic]:
    """Findings for languages that course.yaml promises and no page is in."""
    from coursepack.model.codes import diagnostic

    found = []
    promised = {tag: f"languages[{n}]" for n, tag in enumerate(info.languages)}
    if "language" in info.places:
        promised[info.language] = "language"
    for tag, key in promised.items():
        if tag not in languages:
            line, column = info.places.get(key, info.places.get("languages", (0, 0)))
            found.append(diagnostic("CP165", COURSE_FILE, line, column, language=tag))
    return found


# -- pages --------------------------------------------------------------------------------------------------------


class _Maker(msgspec.Struct, frozen=True):
    info: CourseInfo
    sources: Mapping[str, Source]
    blocks: Mapping[str, Digest]
    tails: Mapping[str, str]
    sidecars: Mapping[str, tuple[Sidecar, ...]]

    def lesson(self, page: _Page) -> Lesson:
        path, outline, front = page.name.path, page.outline, page.outline.front
        root = "" if page.language == self.info.language else f"{page.language}/"
        return Lesson(
            id=page.name.id,
            language=page.language,
            source=self.sources[path],
            title=_title(page),
            url=root + self.tails[page.name.id],
            description=front.description or outline.description,
            duration_min=front.duration_min,
            outcomes=front.outcomes,
            authors=front.authors,
            thumbnail=thumbnail_path(path, front.thumbnail, self.sources),
            headings=outline.headings,
            blocks=self.blocks.get(path, Digest("")),
            assets=used_by(outline, self.sidecars, self.sources),
        )


def _by_language(
    maker: _Maker, pages: Iterable[_Page], languages: Iterable[str]
) -> dict[str, dict[str, Lesson]]:
    """Language -> page id -> lesson."""
    found: dict[str, dict[str, Lesson]] = {language: {} for language in languages}
    for page in pages:
        if page.name.path in maker.sources:
            found[page.language][page.name.id] = maker.lesson(page)
    return found


def _with_recordings(
    by_language: Mapping[str, Mapping[str, Lesson]], recordings: Mapping[str, str]
) -> dict[str, dict[str, Lesson]]:
    """The same, each lesson with the recording of its page."""
    return {
        language: {
            page_id: msgspec.structs.replace(lesson, recording=recordings.get(lesson.source.path, ""))
            for page_id, lesson in lessons.items()
        }
        for language, lessons in by_language.items()
    }


def _title(page: _Page) -> str:
    """The page's title; where an index page says none, its folder's name stands for it."""
    if not _untitled(page.outline.title):
        return page.outline.title.strip()
    folder = page.name.id.rpartition("/")[0].rpartition("/")[2]
    return readable(folder) if folder else page.outline.title


def _untitled(title: str) -> bool:
    # An index page without a heading is titled by its file name, which tells a learner nothing.
    return not title.strip() or title.strip().lower() in INDEX_NAMES


# -- editions -----------------------------------------------------------------------------------------------------


def _edition(
    info: CourseInfo, language: str, by_language: Mapping[str, Mapping[str, Lesson]], groups: Iterable[Group]
) -> Edition:
    lessons = by_language[language]
    home = lessons.get("index")
    title = _edition_title(info, language, home, lessons.get("README"))
    if home and _untitled(home.title):
        home = msgspec.structs.replace(home, title=title)
    words = info.translations.get(language, {})
    own = info.description if language == info.language else ""
    description = words.get("description") or own or (home.description if home else "") or info.description
    modules = (_module(group, language, by_language, title) for group in groups)
    return Edition(
        language=language,
        title=title,
        description=description,
        home=home,
        modules=tuple(m for m in modules if m.page or m.lessons),
        root="" if language == info.language else f"{language}/",
    )


def _edition_title(info: CourseInfo, language: str, home: Lesson | None, readme: Lesson | None) -> str:
    own = info.title if language == info.language else ""
    candidates = (
        info.translations.get(language, {}).get("title", ""),
        own,
        _heading_one(home),
        _heading_one(readme),
        home.title if home else "",
        info.title,
    )
    return next((t for t in candidates if not _untitled(t)), "") or readable(info.id)


def _heading_one(page: Lesson | None) -> str:
    """The page's title where it is no heading of a section: "Prerequisites" must not name a course."""
    if page is None:
        return ""
    level = next((h.level for h in page.headings if h.text == page.title), 1)
    if level == 1:
        return page.title
    return next((h.text for h in page.headings if h.level == 1), "")


def _module(
    group: Group, language: str, by_language: Mapping[str, Mapping[str, Lesson]], course_title: str
) -> Module:
    lessons = by_language[language]
    page = lessons.get(group.page)
    return Module(
        id=group.id,
        title=page.title if page else _module_title(group, by_language, course_title),
        page=page,
        lessons=tuple(lessons[i] for i in group.lessons if i in lessons),
    )


def _module_title(group: Group, by_language: Mapping[str, Mapping[str, Lesson]], course_title: str) -> str:
    # Not translated: the title in another language still finds the place better than a folder name.
    for lessons in by_language.values():
        if group.page in lessons:
            return lessons[group.page].title
    return readable(group.id) if group.id else course_title


# -- links --------------------------------------------------------------------------------------------------------


def _links(naming: Naming, lessons: Iterable[Lesson], outlines: Mapping[str, Outline]) -> dict[str, str]:
    by_path = {lesson.source.path: lesson for lesson in lessons}
    links = {path: lesson.url for path, lesson in by_path.items()}
    for path in sorted(by_path):
        folder, _, name = path.rpartition("/")
        if by_path[path].id.rpartition("/")[2] == "index":
            # An unsuffixed index speaks for its folder before a translation does.
            known = links.get(folder or ".")
            if known is None or name.count(".") == 1:
                links[folder or "."] = by_path[path].url
    if "." not in links:
        links["."] = "index.html"
    for path in naming.outlines:
        links[path] = "contents.html"
    for alias, path in page_aliases(outlines, by_path).items():
        links.setdefault(alias, by_path[path].url)
    return links
