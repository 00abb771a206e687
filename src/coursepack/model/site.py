"""What the page recipe needs to print the pages of one module: the params of a step of kind "pages".

Nothing here grows with the course: a page carries its module's lessons, never the whole tree.
All `url`s are output paths below the site's root, not percent-encoded; the recipe makes them relative.
"""

from typing import Literal

import msgspec

from coursepack.model.course import Author, Outcome
from coursepack.model.document import Heading
from coursepack.model.offline import OfflineUrls
from coursepack.model.theme import Brand

Variant = Literal["web", "mobile"]


class NavEntry(msgspec.Struct, frozen=True, omit_defaults=True):
    """A link with a title. `language` is set where the target is in another language than the page."""

    title: str
    url: str
    language: str = ""
    id: str = ""
    """The `Lesson.id` of a lesson or module page: the same in all languages; "" for other targets."""


class Alternate(msgspec.Struct, frozen=True):
    """The same page in another language (or that language's home, when it is not translated)."""

    language: str
    url: str
    exact: bool = True


class SiteFacts(msgspec.Struct, frozen=True, omit_defaults=True):
    """The same on every page of one language edition."""

    course_id: str
    title: str
    language: str
    home: NavEntry
    contents: NavEntry
    variant: Variant
    license: str = ""
    authors: tuple[Author, ...] = ()
    provider: str = ""
    audience: tuple[str, ...] = ()
    theme: str = "default"
    theme_digest: str = ""
    static: dict[str, str] = {}
    """Theme file name -> url: {"style.css": "static/style-1a2b3c4d.css", ...}."""
    search: str = ""
    """The url of the search page; "" where there is none."""
    pass_mark: float = 0
    """Share of a lesson's points that passes it, in percent; 0: nothing is passed or failed."""
    title_language: str = ""
    """Set where `title` is not in the edition's language."""
    course_language: str = ""
    """What the course is written in: outcomes are in it, and what is not translated."""
    offline: OfflineUrls | None = None
    """For saving and installing; None where pages are opened from files."""
    brand: Brand = Brand()
    url: str = ""
    """Address of the course's first page on the web; "" where nobody knows."""


class AssetRef(msgspec.Struct, frozen=True, omit_defaults=True):
    """How a page finds a built asset. The named step inputs hold the artefacts."""

    path: str
    """Source path, as in the blocks."""
    role: Literal["image", "video", "audio", "file", "search"]
    base: str
    """Output folder prefix: a file `n` of the artefact is at "{base}-{artefact digest[:12]}/{n}"."""
    input: str
    """Name of the step input with the artefact."""
    cues: tuple[str, ...] = ()
    """Names of the step inputs with its captions, descriptions and chapters (kind "captions")."""
    cue_bases: tuple[str, ...] = ()
    """The `base` of each of `cues`."""
    transcripts: tuple[str, ...] = ()
    """Names of blob inputs with the `Blocks` of authored transcripts, best language first."""
    transcript_languages: tuple[str, ...] = ()
    poster: str = ""
    """Source path of the poster image among the page's assets; "" for the video's own."""
    stream: str = ""
    """Name of the step input with the video as it is streamed (kind "stream"); "" where it is not."""
    stream_base: str = ""
    described: tuple[str, ...] = ()
    """Names of the step inputs with its described sound (kind "audio"), for streaming."""
    described_bases: tuple[str, ...] = ()
    described_languages: tuple[str, ...] = ()
    download_name: str = ""
    """role "file": the file's name for the reader."""
    signs: tuple[str, ...] = ()
    """Names of the step inputs with its sign-language videos (kind "video", one rung)."""
    sign_bases: tuple[str, ...] = ()
    sign_languages: tuple[str, ...] = ()


class PageSpec(msgspec.Struct, frozen=True, omit_defaults=True):
    """One page."""

    kind: Literal["lesson", "module", "home", "contents", "search", "saved", "transcripts"]
    title: str
    url: str
    source: str = ""
    """Course path of the Markdown file, for diagnostics; "" for a made page."""
    description: str = ""
    body: str = ""
    """Name of the blob input with the `Blocks`; "" for a page without a body of its own."""
    headings: tuple[Heading, ...] = ()
    breadcrumb: tuple[NavEntry, ...] = ()
    previous: NavEntry | None = None
    next: NavEntry | None = None
    alternates: tuple[Alternate, ...] = ()
    duration_min: int = 0
    outcomes: tuple[Outcome, ...] = ()
    authors: tuple[Author, ...] = ()
    listing: tuple["Listing", ...] = ()
    """home, contents and module pages: what is inside."""
    links: dict[str, str] = {}
    """Source path -> url, for the `PageLink`s of this body only."""
    link_titles: dict[str, str] = {}
    """Source path -> title, where the link's text is the target's title."""
    in_module_nav: bool = True
    cover: str = ""
    """home: source path of the cover image among the step's assets; "" for none."""
    lesson: str = ""
    """The `Lesson.id`: under it progress is kept, in whatever language it was read; "" for a made page."""
    lesson_count: int = 0
    """home and contents: how many lessons the edition has, also where they are not all listed."""
    outcome_lessons: dict[str, tuple[str, ...]] = {}
    """home and contents: id of an outcome -> ids of the lessons that serve it."""
    text_language: str = ""
    """Set where the text is not in the edition's language: the page is not translated."""
    translation: Literal["", "missing", "outdated"] = ""
    """What a reader must be told; outdated: the original has changed since."""
    original: NavEntry | None = None
    """The page in the course language, where `translation` says something."""
    recording: str = ""
    """Source path of the recording in which somebody reads the page aloud, among the step's assets; "" for none."""


class Listing(msgspec.Struct, frozen=True):
    """A module in a list of contents."""

    module: NavEntry | None
    lessons: tuple[NavEntry, ...]


class PagesParams(msgspec.Struct, frozen=True):
    """The params of one "pages" step."""

    site: SiteFacts
    module: NavEntry | None
    """The module these pages belong to; None for home and contents."""
    module_lessons: tuple[NavEntry, ...]
    pages: tuple[PageSpec, ...]
    assets: tuple[AssetRef, ...]
    saved_from: tuple[str, ...] = ()
    """A page of kind "saved": names of the step inputs with the pages that it lists."""
