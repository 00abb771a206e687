"""What one Markdown file says, independent of the course around it.

A body is a tuple of blocks: HTML that is final and safe, with typed holes where something must be decided later
(an address, a built image, a player, a quiz). Joining the blocks in order gives the page's body.
"""

from typing import Literal

import msgspec


class Html(msgspec.Struct, frozen=True, tag="html"):
    """Final HTML: sanitised or made by us. May hold unbalanced tags; the whole body is balanced."""

    text: str


class PageLink(msgspec.Struct, frozen=True, tag="page"):
    """Stands inside an attribute value (`href="` before, `"` after): the address of another Markdown file.

    `path` is that file's path in the course as the author meant it (posix, no `..`); "" is this very page.
    `fragment` is without `#`, decoded.
    """

    path: str
    fragment: str = ""


class FileLink(msgspec.Struct, frozen=True, tag="file"):
    """Stands inside an attribute value: the address of a file of the course to download (PDF, archive, ...)."""

    path: str
    fragment: str = ""


class Image(msgspec.Struct, frozen=True, tag="image"):
    """An image of the course. `alt` None: the author gave none (a diagnostic); "": decorative on purpose."""

    path: str
    alt: str | None
    title: str = ""
    width: int = 0
    """Wanted width in CSS pixels; 0: natural."""
    css_class: str = ""


class Media(msgspec.Struct, frozen=True, tag="media"):
    """A video or audio file of the course, as a player. Phrasing-safe: never inside `<p>`."""

    kind: Literal["video", "audio"]
    path: str
    label: str
    """What it is, in words (accessible name); from the alt text."""
    poster: str = ""
    """Path of an image of the course; "" for the default."""
    number: int = 1
    """Position among the page's players, from 1; makes ids unique."""


class Choice(msgspec.Struct, frozen=True):
    """One answer of a question, with the feedback for choosing it."""

    body: "Blocks"
    correct: bool
    feedback: "Blocks" = ()


class Pair(msgspec.Struct, frozen=True):
    """One row of a matching question."""

    left: "Blocks"
    right: "Blocks"


QuizKind = Literal["single", "multiple", "blanks", "match", "order", "numeric"]


class Quiz(msgspec.Struct, frozen=True, tag="quiz"):
    """One question. A blank in `prompt` is the `Blank` block."""

    id: str
    kind: QuizKind
    prompt: "Blocks"
    choices: tuple[Choice, ...] = ()
    pairs: tuple[Pair, ...] = ()
    feedback: "Blocks" = ()
    """For every answer."""
    points: float = 1
    outcome: str = ""
    number: int = 1
    """Position among the page's questions, from 1."""
    items: tuple["Blocks", ...] = ()
    """Of an "order": in the right order."""
    hints: tuple["Blocks", ...] = ()
    right: "Blocks" = ()
    """Feedback for a wholly right answer."""
    wrong: "Blocks" = ()
    """Feedback for any other answer."""
    attempts: int = 0
    """How often it may be checked; 0: as often as one likes."""
    shuffle: bool = False
    """Whether answers stand in another order on each device and after each new start."""
    set: str = ""
    """Id of the `QuizSet` it belongs to; "" for none."""


class Number(msgspec.Struct, frozen=True):
    """A number that is right, as a range of which both ends count."""

    low: float
    high: float
    unit: str = ""
    shown: str = ""
    """As the author wrote it, for the answer key: "42 ± 1 kg"."""


class Blank(msgspec.Struct, frozen=True, tag="blank"):
    """A gap to fill inside a quiz prompt; any of `answers` or `numbers` is right."""

    answers: tuple[str, ...]
    number: int = 1
    numbers: tuple[Number, ...] = ()
    case: bool = False
    """Whether capital and small letters are told apart."""
    language: str = ""
    """BCP 47, of what is typed; "" is that of the words around."""


class QuizSet(msgspec.Struct, frozen=True, tag="quiz-set"):
    """The end of a set of questions, where its score stands."""

    id: str
    quizzes: tuple[str, ...]
    """Ids of its questions, in order."""
    points: float
    pass_percent: float = 0
    """Share of the points needed; 0: no mark is set."""


class TitleOf(msgspec.Struct, frozen=True, tag="title"):
    """Stands among text: the title of another Markdown file, for a link that has no text of its own."""

    path: str


Block = Html | PageLink | FileLink | Image | Media | Quiz | Blank | TitleOf | QuizSet
Blocks = tuple[Block, ...]


class Heading(msgspec.Struct, frozen=True):
    """A heading of the body; `id` is unique in the page, `text` plain."""

    level: int
    id: str
    text: str


class Link(msgspec.Struct, frozen=True):
    """A link inside the course, for checking and for the reverse index."""

    path: str
    """Target path in the course, posix, normalised; "" is this page."""
    fragment: str
    line: int
    column: int
    kind: Literal["page", "file", "image", "video", "audio", "poster"]
    alt: str | None = None
    """Images and media: the words given, None when there are none."""
    title_text: bool = False
    """The link's text is the target's title (an empty `[](x.md)`), so it must follow a changed title."""
    language: str = ""
    """A `<track srclang>` or the like; else empty."""
    role: str = ""
    """For a sidecar named in raw HTML (`<track>`): captions, descriptions, chapters, metadata; "thumbnail" for
    the front matter's; else empty."""


class FrontMatter(msgspec.Struct, frozen=True, omit_defaults=True):
    """A lesson's own settings, already checked. Empty means not given."""

    title: str = ""
    description: str = ""
    language: str = ""
    duration_min: int = 0
    outcomes: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    thumbnail: str = ""
    keywords: tuple[str, ...] = ()
    draft: bool = False
    translated_from: str = ""
    """The `Outline.wording` of the text that this translation was made from."""


class Outline(msgspec.Struct, frozen=True, omit_defaults=True):
    """All of a parsed file but its body: small, kept in the state for every lesson."""

    title: str
    """Plain text; from front matter, else the first heading, else the file name."""
    front: FrontMatter = FrontMatter()
    description: str = ""
    headings: tuple[Heading, ...] = ()
    anchors: tuple[str, ...] = ()
    """Every id of the body, headings included."""
    links: tuple[Link, ...] = ()
    includes: tuple[str, ...] = ()
    """Other files whose bytes went into this one."""
    quizzes: int = 0
    words: int = 0
    """Words of running text; a CJK character counts as one half."""
    quiz_outcomes: dict[str, int] = {}
    """Outcomes that its questions name -> the line of the first that does."""
    wording: str = ""
    """Short digest of what the page says (`source.wording`): changes when a translation must be looked at again."""


class Parsed(msgspec.Struct, frozen=True):
    """The whole result of reading one Markdown file."""

    outline: Outline
    blocks: Blocks
    """Without the first heading when that is the page's title: the page template prints the title."""
