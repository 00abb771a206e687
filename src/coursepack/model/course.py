"""The course: what the sources mean together."""

from typing import Literal

import msgspec

from coursepack.model.digest import Digest
from coursepack.model.document import Heading
from coursepack.model.media import Codec
from coursepack.model.theme import ThemeSettings


class Source(msgspec.Struct, frozen=True, omit_defaults=True):
    """A file of the course folder."""

    path: str
    """Relative to the course folder, posix."""
    digest: Digest
    size: int


AssetRole = Literal["image", "video", "audio", "file"]
SidecarRole = Literal[
    "captions",
    "descriptions",
    "chapters",
    "sign",
    "described",
    "transcript",
    "poster",
    "metadata",
    "sentences",
]
"""sentences: when each sentence of a page is read, of the recording that reads it; never shown as captions."""


class Sidecar(msgspec.Struct, frozen=True):
    """A file that belongs to a video or audio file, found by its stem or named in the Markdown."""

    source: Source
    role: SidecarRole
    language: str = ""
    """BCP 47; "" when the name does not say (then the course language is meant)."""


class Asset(msgspec.Struct, frozen=True, omit_defaults=True):
    """A media file, image or download that at least one page uses. `source.path` is its id."""

    source: Source
    role: AssetRole
    sidecars: tuple[Sidecar, ...] = ()
    slug: str = ""
    """Safe stem for output names (letters of any script, digits, `-`)."""


class Lesson(msgspec.Struct, frozen=True, omit_defaults=True):
    """One page of content in one language."""

    id: str
    """Source path without language suffix and extension: the same for all translations; "index" is the course page."""
    language: str
    source: Source
    title: str
    url: str
    """Output path below the site's root, posix, not percent-encoded: "01-scan/02-check.html", "en/index.html"."""
    description: str = ""
    duration_min: int = 0
    outcomes: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    thumbnail: str = ""
    headings: tuple[Heading, ...] = ()
    blocks: Digest = Digest("")
    """Address of the msgpack of the body's `Blocks` in the store."""
    assets: tuple[str, ...] = ()
    """Paths of the assets that the body uses, in order of first use."""
    recording: str = ""
    """Path of the asset in which somebody reads the page aloud; "" for none."""


class Module(msgspec.Struct, frozen=True, omit_defaults=True):
    """A folder of lessons, in one language."""

    id: str
    """Folder path; "" for lessons at the top."""
    title: str
    page: Lesson | None = None
    """The module's own page, when it has an index.md."""
    lessons: tuple[Lesson, ...] = ()


class Edition(msgspec.Struct, frozen=True):
    """The course in one language. A lesson that is not translated is simply not in it."""

    language: str
    title: str
    description: str
    home: Lesson | None
    """The course's own page; None when there is no index.md or README.md (one is made)."""
    modules: tuple[Module, ...]
    root: str
    """Output folder with a trailing slash: "" for the course language, "en/" for another."""


class Author(msgspec.Struct, frozen=True, omit_defaults=True):
    """A person or an organisation."""

    name: str
    url: str = ""
    affiliation: str = ""


class Outcome(msgspec.Struct, frozen=True, omit_defaults=True):
    """A learning outcome, optionally aligned to a framework."""

    id: str
    text: str
    framework: str = ""


class Credit(msgspec.Struct, frozen=True, omit_defaults=True):
    """What completing the course is worth."""

    hours: float = 0
    points: float = 0
    scheme: str = ""
    pass_mark: float = msgspec.field(default=0, name="pass")
    """Share of the points needed, in percent."""


class MediaSettings(msgspec.Struct, frozen=True, omit_defaults=True):
    """How the course wants its media."""

    ladder: tuple[int, ...] = (1080, 720, 480, 360, 240)
    """Heights of the video renditions, in pixels; larger ones than the source are dropped."""
    budget_mb: float = 0
    """Wished upper size of the mobile bundle; 0: none."""
    quality: float = 95
    """Target VMAF of the top rendition."""
    codecs: tuple[Codec, ...] = ("h264",)
    """Video codecs to stream; H.264 is made in any case."""
    offline_codec: Codec = "h264"
    """Video codec of the mobile bundle."""
    loudness: float = -18
    """Target loudness in LUFS (EBU R128)."""


class CourseInfo(msgspec.Struct, frozen=True, omit_defaults=True):
    """`course.yaml`, checked, with every default filled in."""

    id: str
    title: str
    description: str = ""
    version: str = "1"
    language: str = "en"
    languages: tuple[str, ...] = ()
    authors: tuple[Author, ...] = ()
    license: str = ""
    provider: str = ""
    keywords: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    series: str = ""
    level: str = ""
    outcomes: tuple[Outcome, ...] = ()
    credit: Credit = Credit()
    lessons: tuple[str, ...] = ()
    """Explicit order of lesson files or folders; empty: by name."""
    theme: str = "default"
    media: MediaSettings = MediaSettings()
    bundles: tuple[str, ...] = ("web", "mobile")
    checks: dict[str, Literal["error", "warning", "off"]] = {}
    translations: dict[str, dict[str, str]] = {}
    """Title and description in other languages: {"en": {"title": ..., "description": ...}}."""
    places: dict[str, tuple[int, int]] = {}
    """Line and column in `course.yaml` of keys and list entries ("lessons[2]"), for diagnostics."""
    url: str = ""
    """Address of the first page on the web, with a slash at its end where it is a folder; "" where nobody knows."""
    look: ThemeSettings = ThemeSettings()
    """What the course sets over its theme."""


class Course(msgspec.Struct, frozen=True):
    """Everything that is to be built, assets included."""

    info: CourseInfo
    editions: tuple[Edition, ...]
    """The course language first."""
    assets: dict[str, Asset]
    """By source path."""
    links: dict[str, str]
    """Source path of every Markdown page -> its `url`, to resolve `PageLink`s."""
