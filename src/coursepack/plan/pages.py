"""Steps for the pages of a course: one for each module, language and variant, so that a changed lesson
reprints its module and not the course.
"""

import posixpath
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from coursepack.model.course import Course, Edition, Lesson, Module
from coursepack.model.digest import Digest
from coursepack.model.document import Outline
from coursepack.model.site import (
    Alternate,
    Listing,
    NavEntry,
    PagesParams,
    PageSpec,
    SiteFacts,
    Variant,
)
from coursepack.model.step import BlobInput, Input, Step
from coursepack.model.theme import Brand, ThemeSettings
from coursepack.plan.assets import references
from coursepack.plan.fallback import all_lessons, filled_editions
from coursepack.plan.offline import WORKER, offline_urls, saved_page_step
from coursepack.plan.progress import progress_facts
from coursepack.plan.search import search_page_step
from coursepack.plan.statics import static_needed
from coursepack.source.wording import is_outdated

_FULL_HOME = 200
"""Up to this many lessons the home page lists them all; a longer course lists its modules."""


class PageSources(msgspec.Struct, frozen=True):
    """What the pages of a course are made from, beside the course."""

    outlines: Mapping[str, Outline]
    transcripts: Mapping[str, Digest]
    static: Mapping[str, str]
    theme_digest: str
    settings: ThemeSettings = ThemeSettings()
    """What the course sets over the theme."""
    brands: Mapping[str, Brand] = {}
    """By language of the edition."""


class _Editions:
    """Where each lesson is in each language; what is not translated is there in the course language."""

    def __init__(self, course: Course) -> None:
        self.course = course
        self.all = filled_editions(course)
        self.id_of: dict[str, str] = {}
        self.lessons: dict[str, dict[str, Lesson]] = {}
        for edition in self.all:
            here = self.lessons.setdefault(edition.language, {})
            for lesson in all_lessons(edition):
                here[lesson.id] = lesson
                self.id_of[lesson.source.path] = lesson.id

    def url(self, path: str, language: str) -> str | None:
        """The page for the Markdown file `path`, in `language` if it exists there."""
        here = self.lessons.get(language, {}).get(self.id_of.get(path, ""))
        return here.url if here else self.course.links.get(path)

    def title(self, path: str, language: str) -> str:
        """Its title, by the same rule."""
        lesson_id = self.id_of.get(path, "")
        for tag in (language, *self.lessons):
            found = self.lessons.get(tag, {}).get(lesson_id)
            if found:
                return found.title
        return posixpath.basename(path)

    def alternates(self, lesson_id: str, language: str) -> tuple[Alternate, ...]:
        """The page's place in every other language. Two are exact where both are in the languages they stand for."""
        own = self.lessons[language].get(lesson_id)
        translated = own is not None and own.language == language
        found = []
        for edition in self.all:
            if edition.language == language:
                continue
            lesson = self.lessons[edition.language].get(lesson_id)
            exact = translated and lesson is not None and lesson.language == edition.language
            url = lesson.url if lesson else f"{edition.root}index.html"
            found.append(Alternate(edition.language, url, exact))
        return tuple(found)


def page_steps(course: Course, sources: PageSources, variants: tuple[Variant, ...]) -> Iterator[Step]:
    """The steps that print all pages."""
    editions = _Editions(course)
    for variant in variants:
        for edition in editions.all:
            yield from _Printer(course, editions, edition, sources, variant).steps()


class _Printer:
    """The pages of one edition in one variant."""

    def __init__(
        self, course: Course, editions: _Editions, edition: Edition, sources: PageSources, variant: Variant
    ) -> None:
        self._course = course
        self._editions = editions
        self._edition = edition
        self._sources = sources
        info = course.info
        self._home = NavEntry(edition.title, f"{edition.root}index.html")
        self._contents = NavEntry("", f"{edition.root}contents.html")
        static = static_needed(course, sources.outlines, sources.static, variant)
        self._site = SiteFacts(
            course_id=info.id,
            title=edition.title,
            language=edition.language,
            home=self._home,
            contents=self._contents,
            variant=variant,
            license=info.license,
            authors=info.authors,
            provider=info.provider,
            audience=info.audience,
            theme=info.theme,
            theme_digest=sources.theme_digest,
            url=info.url,
            brand=sources.brands.get(edition.language, Brand()),
            static=static,
            search=f"{edition.root}search.html",
            pass_mark=info.credit.pass_mark,
            title_language=_title_language(course, edition),
            course_language=info.language,
            offline=offline_urls(edition) if variant == "web" and WORKER in sources.static else None,
        )

    def steps(self) -> Iterator[Step]:
        """The steps that print the edition."""
        steps = list(self._pages())
        yield from steps
        if self._site.offline:
            yield saved_page_step(self._editions.all, self._edition, self._site, steps)

    def _pages(self) -> Iterator[Step]:
        yield self._step("", None, (), [self._home_page(), self._contents_page()])
        around = _neighbours(self._edition)
        for number, module in enumerate(self._edition.modules):
            entry = self._module_entry(module)
            pages = [self._lesson_page(lesson, module, entry, around) for lesson in module.lessons]
            if module.page:
                pages.insert(0, self._module_page(module, around))
            if pages:
                lessons = tuple(_entry(x, self._edition) for x in module.lessons)
                yield self._step(f"{number}:{module.id}", entry, lessons, pages)
        yield search_page_step(self._course, self._edition, self._site)

    def _step(
        self, name: str, module: NavEntry | None, lessons: tuple[NavEntry, ...], pages: list[PageSpec]
    ) -> Step:
        bodies: list[Input] = []
        used: list[str] = []
        for page in pages:
            if page.body:
                lesson = self._lesson(page)
                bodies.append(BlobInput(page.body, lesson.blocks))
                used += [*lesson.assets, *filter(None, (lesson.thumbnail, lesson.recording))]
        streamed = self._site.variant == "web"
        transcripts = self._sources.transcripts
        refs, inputs = references(self._course, sorted(set(used)), transcripts, streamed=streamed)
        params = PagesParams(self._site, module, lessons, tuple(pages), refs)
        place = f"{self._site.variant}:{self._edition.language}:{name or 'home'}"
        label = f"pages {module.title if module else self._edition.title}"
        return Step(
            id=f"pages:{place}",
            kind="pages",
            label=label,
            params=msgspec.to_builtins(params),
            inputs=(*bodies, *inputs),
            lane="text",
        )

    def _lesson(self, page: PageSpec) -> Lesson:
        return self._editions.lessons[self._edition.language][self._editions.id_of[page.source]]

    # -- pages ----------------------------------------------------------------------------------------------------

    def _from_lesson(self, lesson: Lesson) -> PageSpec:
        outline = self._sources.outlines[lesson.source.path]
        language = self._edition.language
        links, titles = {}, {}
        for link in outline.links:
            # A link to `intro.html` means `intro.md`: the checks say so, and it works.
            if link.path and (link.kind == "page" or link.path in self._course.links):
                url = self._editions.url(link.path, language)
                if url:
                    links[link.path] = url
                if link.title_text:
                    titles[link.path] = self._editions.title(link.path, language)
        outcomes = {o.id: o for o in self._course.info.outcomes}
        return PageSpec(
            kind="lesson",
            title=lesson.title,
            url=lesson.url,
            lesson=lesson.id,
            recording=lesson.recording,
            source=lesson.source.path,
            description=lesson.description,
            body=f"body:{lesson.source.path}",
            headings=lesson.headings,
            alternates=self._editions.alternates(lesson.id, language),
            duration_min=lesson.duration_min,
            outcomes=tuple(outcomes[o] for o in lesson.outcomes if o in outcomes),
            authors=tuple(a for a in self._course.info.authors if a.name in lesson.authors),
            links=links,
            link_titles=titles,
            **self._translation(lesson),
        )

    def _translation(self, lesson: Lesson) -> dict[str, Any]:
        """What the page says of its being a translation."""
        first = self._editions.all[0]
        original = self._editions.lessons[first.language].get(lesson.id)
        if original is None or first is self._edition or self._edition.language == first.language:
            return {}
        outlines = self._sources.outlines
        if lesson.language != self._edition.language:
            told: dict[str, Any] = {"text_language": lesson.language, "translation": "missing"}
        elif is_outdated(outlines[original.source.path], outlines[lesson.source.path]):
            told = {"translation": "outdated"}
        else:
            return {}
        return {**told, "original": NavEntry(original.title, original.url, first.language, original.id)}

    def _lesson_page(
        self,
        lesson: Lesson,
        module: Module,
        entry: NavEntry | None,
        around: Mapping[str, tuple[NavEntry | None, NavEntry | None]],
    ) -> PageSpec:
        trail = (self._home, entry) if entry else (self._home,)
        before, after = around[lesson.url]
        return msgspec.structs.replace(
            self._from_lesson(lesson), breadcrumb=trail, previous=before, next=after
        )

    def _module_page(
        self, module: Module, around: Mapping[str, tuple[NavEntry | None, NavEntry | None]]
    ) -> PageSpec:
        assert module.page is not None  # noqa: S101 - the caller looked
        before, after = around[module.page.url]
        listing = Listing(None, tuple(_entry(x, self._edition) for x in module.lessons))
        return msgspec.structs.replace(
            self._from_lesson(module.page),
            # A folder with nothing but its own page is a lesson to a learner.
            kind="module" if module.lessons else "lesson",
            title=module.title,
            breadcrumb=(self._home,),
            previous=before,
            next=after,
            listing=(listing,) if module.lessons else (),
        )

    def _home_page(self) -> PageSpec:
        edition = self._edition
        count = sum(len(m.lessons) for m in edition.modules)
        listing = self._listing(with_lessons=count <= _FULL_HOME)
        home = edition.home
        base = self._from_lesson(home) if home else PageSpec("home", edition.title, self._home.url)
        return msgspec.structs.replace(
            base,
            kind="home",
            title=edition.title,
            description=edition.description,
            cover=home.thumbnail if home else "",
            alternates=self._editions.alternates("index", edition.language),
            outcomes=self._course.info.outcomes,
            listing=listing,
            next=self._first(),
            **progress_facts(edition),
        )

    def _first(self) -> NavEntry | None:
        for module in self._edition.modules:
            for lesson in ((module.page,) if module.page else ()) + module.lessons:
                return _entry(lesson, self._edition)
        return None

    def _contents_page(self) -> PageSpec:
        return PageSpec(
            "contents",
            "",
            self._contents.url,
            breadcrumb=(self._home,),
            listing=self._listing(with_lessons=True),
            alternates=tuple(
                Alternate(e.language, f"{e.root}contents.html")
                for e in self._editions.all
                if e is not self._edition
            ),
            **progress_facts(self._edition),
        )

    def _listing(self, *, with_lessons: bool) -> tuple[Listing, ...]:
        return tuple(
            Listing(
                self._module_entry(m),
                tuple(_entry(x, self._edition) for x in m.lessons) if with_lessons or not m.page else (),
            )
            for m in self._edition.modules
        )

    def _module_entry(self, module: Module) -> NavEntry | None:
        if not module.id:
            return None
        if module.page:
            return msgspec.structs.replace(_entry(module.page, self._edition), title=module.title)
        return NavEntry(module.title, self._contents.url)


def _entry(lesson: Lesson, edition: Edition) -> NavEntry:
    """A link to a page of the edition."""
    language = lesson.language if lesson.language != edition.language else ""
    return NavEntry(lesson.title, lesson.url, language, lesson.id)


def _title_language(course: Course, edition: Edition) -> str:
    """The language of the edition's title where it is not the edition's: nobody translated it."""
    first = course.editions[0]
    own = course.info.translations.get(edition.language, {}).get("title", "")
    translated = own or (edition.home and edition.home.language == edition.language)
    return "" if edition is first or translated or edition.title != first.title else first.language


def _neighbours(edition: Edition) -> dict[str, tuple[NavEntry | None, NavEntry | None]]:
    """url -> (previous, next) along the reading order, across modules."""
    order = [x for x in all_lessons(edition) if x is not edition.home]
    entries = [_entry(x, edition) for x in order]
    padded: list[NavEntry | None] = [None, *entries, None]
    return {x.url: (padded[i], padded[i + 2]) for i, x in enumerate(order)}
