"""The recipe of kind "pages": prints the pages of one module with the theme's templates."""

from base64 import b64encode
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import jinja2
import msgspec
from markupsafe import Markup, escape

from coursepack.errors import EnvironmentMissing
from coursepack.model.codes import diagnostic
from coursepack.model.document import Blocks, Image, Media
from coursepack.model.offline import PageSaving
from coursepack.model.quiz import LessonQuizzes
from coursepack.model.recipe import Refused, Work
from coursepack.model.site import Alternate, PagesParams, PageSpec, SiteFacts
from coursepack.recipes.addresses import relative
from coursepack.recipes.blocks import Body
from coursepack.recipes.early import early_script, source_of
from coursepack.recipes.page_assets import Assets
from coursepack.recipes.printing import Printing, finished, size_words
from coursepack.recipes.quiz_data import lesson_quizzes
from coursepack.recipes.recordings import Recording, page_recording, unheard
from coursepack.recipes.saving import page_saving, savings_of, total_sizes
from coursepack.recipes.search_page import search_files
from coursepack.recipes.transcripts import TEXT, recorded, text_files, transcript_page_spec
from coursepack.tools.qr import qr_code
from coursepack.tools.templates import (
    FALLBACK,
    catalogue_name,
    direction,
    environment,
    language_name,
    words,
)
from coursepack.tools.theme import load_theme, theme_files

HTML = "text/html; charset=utf-8"

# The text spacing of WCAG 1.4.12 as readers' and reviewers' tools add it to a page: the one style sheet that may be
# inline, by its hash, so that the criterion can be checked on pages with this policy.
TEXT_SPACING = (
    "*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}"
    "p{margin-bottom:2em!important}"
)
_SPACING_HASH = b64encode(sha256(TEXT_SPACING.encode()).digest()).decode()

# "file:" lets a page that is opened from disk load what lies beside it where 'self' is nothing there; a page from
# a server can never load a file: address.
_POLICY = {
    "default-src": "'none'",
    "script-src": "'self' file:",
    "style-src": f"'self' 'sha256-{_SPACING_HASH}' file:",
    "img-src": "'self' data: file:",
    "media-src": "'self' blob: data: file:",
    "connect-src": "'self'",
    "font-src": "'self' file:",
    "worker-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self' file:",
    "base-uri": "'none'",
}


def policy(early: str) -> str:
    """The Content-Security-Policy of a page with the inline script `early`."""
    allowed = _POLICY | {"script-src": _POLICY["script-src"] + source_of(early)}
    return "; ".join(f"{name} {sources}" for name, sources in allowed.items())


def _facts(page: PageSpec, site: SiteFacts) -> dict[str, object]:
    """What the scripts of the page know of it (shared/page.js)."""
    return {
        "course": site.course_id,
        "lesson": page.lesson,
        "kind": page.kind,
        "language": site.language,
        "title": page.title,
        "variant": site.variant,
        "audience": list(site.audience),
    }


class PagesRecipe:
    """Params: `model.site.PagesParams` as builtins. Inputs: bodies and authored transcripts as blobs (msgpack of
    `Blocks`), built assets as artefacts, by the names that the params give. Files: one HTML page per `PageSpec.url`.
    """

    kind = "pages"
    version = 4

    def __init__(self, *places: Path) -> None:
        self._places = places

    def fingerprint(self) -> str:
        """Empty: the theme's digest is among the params."""
        return ""

    def run(self, work: Work) -> dict[str, Any]:
        """Prints the pages. Facts, where there are any: `quizzes`, a list of `model.quiz.LessonQuizzes`; `savings`, a
        list of `model.offline.PageSaving`.
        """
        params = msgspec.convert(work.step.params, PagesParams)
        theme, _ = load_theme(self._places, params.site.theme)
        if theme is None:
            raise EnvironmentMissing(
                f"the theme {params.site.theme} changed during the build", "Build again."
            )
        printer = _Printer(params, theme.chain, work)
        for number, page in enumerate(params.pages, 1):
            try:
                html = printer.html(page)
                spoken = list(printer.transcripts(page))
            except jinja2.TemplateError as e:
                problem = f"{page.url}: {type(e).__name__}: {e.message}"
                raise Refused(
                    diagnostic("CP609", f"themes/{params.site.theme}/templates", problem=problem)
                ) from e
            work.write(page.url, html.encode("utf-8", "replace"), HTML)
            for name, data, media_type in spoken:
                work.write(name, data, media_type)
            work.progress(number / len(params.pages))
        facts = {"quizzes": printer.quizzes, "savings": printer.savings}
        return {name: msgspec.to_builtins(found) for name, found in facts.items() if found}


class _Printer:
    """What the pages of one step have in common."""

    def __init__(self, params: PagesParams, theme: tuple[Path, ...], work: Work) -> None:
        self.params = params
        self.assets = Assets(params.assets, work, params.site.language)
        digest = params.site.theme_digest
        self.templates = environment(theme, digest)
        self._theme = theme
        self.words = self._words(params.site.language)
        translated = any(catalogue_name(folder, params.site.language, "") for folder in theme)
        # What the theme says is English in a language that it has no catalogue of.
        self._frame = Markup() if translated else self._in_language(FALLBACK)
        self._early = early_script(
            {n: d for folder in reversed(theme) for n, d in theme_files(folder).items()}
        )
        self._navigation: dict[str, str] = {}
        self._address_code = finished(qr_code(params.site.url)) if params.site.url else ""
        self._numbers = {lesson.url: n for n, lesson in enumerate(params.module_lessons, 1)}
        self.quizzes: list[LessonQuizzes] = []
        self.savings: list[PageSaving] = []
        self._medias: dict[str, list[Media]] = {}
        self._work = work

    def _words(self, language: str) -> Mapping[str, str]:
        return words(self._theme, self.params.site.theme_digest, language)

    def html(self, page: PageSpec) -> str:
        """One page."""
        site = self.params.site
        text_words = self._words(page.text_language) if page.text_language else None
        printing = Printing(page, site, self.assets, self.templates, self.words, text_words)
        body = Body(printing)
        blocks: Blocks = self.assets.blocks(page.body) if page.body else ()
        cover = body.html((Image(page.cover, ""),)) if page.cover else ""
        content = body.html(blocks)
        if body.quizzes:
            self.quizzes.append(lesson_quizzes(page, site, body.quizzes, body.quiz_sets))
        saving = self._saving(page, blocks, content)
        if body.medias:
            self._medias[page.url] = body.medias
        return self._filled(
            printing,
            text_words=(text_words or self.words).__getitem__,
            content=content,
            cover=cover,
            recording=self._recording(printing, content),
            has_players=bool(body.media_kinds),
            has_quizzes=bool(body.quizzes),
            saving=saving,
            search=search_files(printing) if page.kind == "search" else None,
        )

    def _filled(self, printing: Printing, **given: Any) -> str:
        page, site = printing.page, printing.site
        context: dict[str, Any] = {
            "_": self.words.__getitem__,
            "text_words": self.words.__getitem__,
            "page": page,
            "site": site,
            "module": self.params.module,
            "position": self._position(page),
            "address_code": self._address_code,
            "href": printing.href,
            "content": "",
            "cover": "",
            "recording": None,
            "navigation": self._module_navigation(page),
            "statics": {name: printing.href(url) for name, url in site.static.items()},
            "has_players": False,
            "has_quizzes": False,
            "facts": _facts(page, site),
            "saving": None,
            "savings": savings_of(self._work, self.params.saved_from),
            "size_words": size_words,
            "total_sizes": total_sizes,
            "search": None,
            "languages": self._languages(page),
            "authors": page.authors or site.authors,
            "early": Markup(self._early),  # noqa: S704 - the theme's own script
            "policy": policy(self._early),
            "language_name": language_name,
            "direction": direction,
            "in_language": self._in_language,
            "frame": self._frame,
        }
        return self.templates.get_template(f"{page.kind}.html").render(context | given)

    def transcripts(self, page: PageSpec) -> Iterator[tuple[str, bytes, str]]:
        """(name, bytes, type) of the page and the texts of what is said in the recordings of `page`."""
        medias = self._medias.get(page.url, [])
        if not medias:
            return
        lesson = Printing(page, self.params.site, self.assets, self.templates, self.words)
        spec = transcript_page_spec(page, lesson.say("Transcript: %(title)s", title=page.title))
        printing = msgspec.structs.replace(lesson, page=spec)
        found = recorded(printing, page, medias, Body(printing).html_again)
        if found:
            html = self._filled(printing, recordings=found)
            yield spec.url, html.encode("utf-8", "replace"), HTML
            for name, data in text_files(page.url, page.title, found):
                yield name, data, TEXT

    def _saving(self, page: PageSpec, blocks: Blocks, content: str) -> PageSaving | None:
        if not self.params.site.offline or not page.body:
            return None
        module = self.params.module
        saving = page_saving(page, blocks, self.assets, len(content.encode("utf-8", "replace")), module)
        self.savings.append(saving)
        return saving

    def _position(self, page: PageSpec) -> tuple[int, int] | None:
        """Which lesson of how many in its module (WCAG 2.2, 2.4.8); None for other pages, and for a lone lesson."""
        number = self._numbers.get(page.url, 0)
        return (number, len(self._numbers)) if number and len(self._numbers) > 1 else None

    def _recording(self, printing: Printing, content: str) -> Recording | None:
        recording = page_recording(printing)
        for finding in unheard(printing, recording, content) if recording else ():
            self._work.finding(finding)
        return recording

    def _module_navigation(self, page: PageSpec) -> str:
        # Printed once for all pages of a folder, as their addresses of each other are the same.
        if not page.in_module_nav or not self.params.module_lessons:
            return ""
        folder = page.url.rpartition("/")[0]
        beside = f"{folder}/." if folder else "."
        if folder not in self._navigation:
            self._navigation[folder] = self.templates.get_template("navigation.html").render(
                _=self.words.__getitem__,
                module=self.params.module,
                lessons=self.params.module_lessons,
                href=lambda url: relative(beside, url),
                in_language=self._in_language,
                frame=self._frame,
            )
        address = f'href="{escape(relative(beside, page.url))}"'
        return finished(self._navigation[folder].replace(address, f'{address} aria-current="page"', 1))

    def _in_language(self, language: str) -> Markup:
        """Attributes for text in another language than the page's; nothing where it is the same."""
        if not language or language == self.params.site.language:
            return Markup()
        return Markup(' lang="{}" dir="{}"').format(language, direction(language))

    def _languages(self, page: PageSpec) -> list[Alternate]:
        # The page itself first: readers see which language they are in, and what else there is.
        own = self.params.site.language
        return [Alternate(own, page.url), *(a for a in page.alternates if a.language != own)]
