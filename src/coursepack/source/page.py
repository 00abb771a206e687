"""What one parse gathers while it renders: holes, links, ids, findings. Lives for one call of `parse`."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape, unescape
from typing import Literal

import msgspec

from coursepack.model.codes import diagnostic
from coursepack.model.diagnostic import Diagnostic, Severity
from coursepack.model.document import Block, Blocks, FileLink, Heading, Html, Image, Link, PageLink
from coursepack.source import paths
from coursepack.source.box_labels import label
from coursepack.source.text import strip_tags, unique, unmarked

INLINE_OPEN, INLINE_CLOSE = "\ufdd0", "\ufdd1"
BLOCK_OPEN, BLOCK_CLOSE = "\ufdd2", "\ufdd3"
HOLE = re.compile("[\ufdd0\ufdd2]([0-9]{1,9})[\ufdd1\ufdd3]")
BLOCK_HOLE = re.compile("\ufdd2([0-9]{1,9})\ufdd3")

_WINDOW = 20_000  # how far ahead a link's text is looked for; hostile files must not make it quadratic


class Reference(msgspec.Struct, frozen=True):
    """A hole whose words are known at the end: `:numref:` to a label that may come later."""

    label: str


class RawTag(msgspec.Struct, frozen=True):
    """A tag of raw HTML as the author wrote it."""

    name: str
    attributes: dict[str, str]
    line: int
    column: int


class QuizSetting(msgspec.Struct):
    """The set of questions being read: what its questions take from it, and what it gathers of them."""

    id: str
    attempts: int = 0
    shuffle: bool = False
    quizzes: list[str] = []
    points: float = 0


LinkKind = Literal["page", "file", "image", "video", "audio", "poster"]


@dataclass
class Page:
    """The state of one parse. `path`, `lines` and `env` change while an included file is read."""

    path: str
    language: str
    read: Callable[[str], bytes | None]
    lines: list[str]
    env: dict[str, object] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    holes: list[Block | str | Reference] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    includes: list[str] = field(default_factory=list)
    including: tuple[str, ...] = ()
    include_line: int = 0
    ids: dict[str, int] = field(default_factory=dict)
    headings: list[Heading] = field(default_factory=list)
    heading_levels: list[int] = field(default_factory=list)
    labels: dict[str, tuple[str, str]] = field(default_factory=dict)
    raw: bool = False
    raw_tags: list[RawTag] = field(default_factory=list)
    raw_unknown: set[str] = field(default_factory=set)
    raw_count: int = 0
    raw_overflow: bool = False
    placed: set[str] = field(default_factory=set)
    players: int = 0
    quizzes: int = 0
    gaps: int = 0
    boxes: int = 0
    equations: int = 0
    notes: int = 0
    box_names: list[str] = field(default_factory=list)
    in_quiz: bool = False
    no_gaps: bool = False
    gap_case: bool = False
    gap_language: str = ""
    quiz_set: QuizSetting | None = None
    quiz_outcomes: dict[str, int] = field(default_factory=dict)
    in_link: int = 0
    last_text: str = ""
    cursor: tuple[int, int] = (0, 0)

    @property
    def folder(self) -> str:
        """The folder that relative links start from."""
        return paths.folder_of(self.path)

    @property
    def is_glossary(self) -> bool:
        """Whether this is the course's glossary in any language."""
        return self.path.partition(".")[0].lower() == "glossary"

    def report(
        self, code: str, line: int = 0, column: int = 0, *, severity: Severity | None = None, **args: object
    ) -> None:
        """Adds a finding about the file being read."""
        self.diagnostics.append(diagnostic(code, self.path, line, column, severity=severity, **args))

    def hole(self, content: Block | str | Reference) -> str:
        """The mark that stands for `content` among inlines and inside attribute values."""
        self.holes.append(content)
        return f"{INLINE_OPEN}{len(self.holes) - 1}{INLINE_CLOSE}"

    def block_hole(self, content: Block | str) -> str:
        """The mark that stands for `content` between blocks."""
        self.holes.append(content)
        return f"{BLOCK_OPEN}{len(self.holes) - 1}{BLOCK_CLOSE}"

    def link(
        self,
        kind: LinkKind,
        target: paths.Target,
        place: tuple[int, int],
        *,
        alt: str | None = None,
        title_text: bool = False,
        language: str = "",
        role: str = "",
    ) -> None:
        """Records a link inside the course."""
        line, column = (self.include_line, 1) if self.include_line else place
        self.links.append(
            Link(target.path, target.fragment, line, column, kind, alt, title_text, language, role)
        )

    def address(self, target: paths.Target) -> str:
        """What goes into `href` for a target inside the course."""
        if target.kind == "page":
            return self.hole(PageLink(target.path, target.fragment))
        return self.hole(FileLink(target.path, target.fragment))

    def refuse(self, target: paths.Target, href: str, place: tuple[int, int]) -> None:
        """Says why `target` cannot be linked."""
        line, column = place
        if target.kind == "outside":
            self.report("CP130", line, column, target=href[:200])
        elif target.kind == "scheme":
            self.report("CP131", line, column, scheme=target.scheme)
        else:
            self.report("CP136", line, column, target=href[:200])

    def words(self, key: str) -> str:
        """A label as HTML text, marked when it is not in the page's language."""
        text, language = label(key, self.language)
        return f'<span lang="{language}">{text}</span>' if language else text

    def plain_words(self, key: str) -> str:
        """A label for an attribute value."""
        return label(key, self.language)[0]

    def take_id(self, wanted: str, line: int = 0, *, explicit: bool = False) -> str:
        """A unique id; says so when an author's own id is already taken."""
        if wanted.startswith("cp-"):
            wanted = f"x{wanted}"  # ids that start with cp- are the theme's and ours
        if explicit and wanted in self.ids:
            self.report("CP143", line, 1, id=wanted)
        return unique(wanted, self.ids)

    def find(self, needle: str, span: list[int] | None, opener: str) -> tuple[int, int]:
        """(line, column) of a link whose address is `needle`, inside the source lines `span`; from 1.

        Goes forward only. Column 1 where the address is not on these lines (a reference link).
        """
        first, last = span or (self.cursor[0], self.cursor[0] + 1)
        line, column = self.cursor if first <= self.cursor[0] < last else (first, 0)
        budget = _WINDOW
        for n in range(line, min(last, len(self.lines))):
            text = self.lines[n]
            start = column if n == line else 0
            at = (
                text.find(needle, start, start + budget) if needle else text.find("](", start, start + budget)
            )
            if at >= 0:
                self.cursor = (n, at + max(1, len(needle)))
                opening = text.rfind(opener, 0, at)
                return n + 1, opening + 1 if opening >= 0 else at + 1
            budget -= len(text) - start
            if budget <= 0:
                break
        return first + 1, 1

    @contextmanager
    def inside(self, path: str, text: str, line: int) -> Iterator[None]:
        """Reads another file's text as part of this page; `line` is where this page includes it."""
        kept = self.path, self.lines, self.including, self.include_line, self.cursor
        self.including = (*self.including, self.path)
        self.path, self.lines, self.cursor = path, text.split("\n"), (0, 0)
        self.include_line = self.include_line or line
        try:
            yield
        finally:
            self.path, self.lines, self.including, self.include_line, self.cursor = kept

    def plain(self, markup: str) -> str:
        """The words of `markup` on one line: images by their alternative text, without footnote marks."""
        text = unescape(strip_tags(HOLE.sub(self._spoken, markup)))
        return " ".join(text.replace(INLINE_OPEN, "").split())

    def _spoken(self, m: re.Match[str]) -> str:
        content = self.holes[int(m[1])] if int(m[1]) < len(self.holes) else ""
        if isinstance(content, Image):
            return escape(content.alt or "")
        if isinstance(content, Reference):
            return self._resolve(content.label)
        if isinstance(content, str):
            return "" if content.startswith(('<sup class="footnote"', "<div")) else content
        return ""

    def split(self, markup: str) -> Blocks:
        """Final HTML with marks, as blocks."""
        blocks: list[Block] = []
        text: list[str] = []
        for n, piece in enumerate(HOLE.split(markup)):
            content: Block | str | Reference = piece
            if n % 2:
                content = self.holes[int(piece)] if int(piece) < len(self.holes) else ""
            if isinstance(content, Reference):
                content = self._resolve(content.label)
            if isinstance(content, str):
                text.append(content)
            else:
                blocks += _joined(text)
                blocks.append(content)
        return tuple(blocks + _joined(text))

    def _resolve(self, name: str) -> str:
        if name not in self.labels:
            return escape(name)
        fragment, words = self.labels[name]
        return f'<a href="#{escape(fragment)}">{words}</a>'


def _joined(text: list[str]) -> list[Block]:
    joined = unmarked("".join(text))
    text.clear()
    return [Html(joined)] if joined else []
