"""What can be found in a page: its text by heading, its questions, and what its recordings say, by time."""

from collections.abc import Iterator
from html import escape
from html.parser import HTMLParser
from typing import Literal

import msgspec

from coursepack.model.document import (
    Blank,
    Block,
    Blocks,
    FileLink,
    Html,
    Image,
    Media,
    PageLink,
    Quiz,
    TitleOf,
)
from coursepack.recipes.page_assets import Assets
from coursepack.tools.cues.transcript import on_one_line, paragraphs

Kind = Literal["text", "question", "speech", "description"]

_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
# Readings of ruby would stand in the middle of words; the others are not for readers.
_UNREAD = frozenset({"rt", "rp", "script", "style", "annotation", "annotation-xml"})
_INLINE = frozenset(
    "a abbr b bdi bdo cite code data del dfn em i img ins kbd mark q ruby s samp small span strong sub sup time u var "  # noqa: SIM905 - a table to read
    "wbr math mi mn mo mtext mrow msub msup msubsup mfrac msqrt mover munder".split()
)


class Section(msgspec.Struct):
    """A part of a page that a result can lead to."""

    anchor: str = ""
    """The id to go to; "" for the top of the page."""
    heading: str = ""
    kind: Kind = "text"
    start_ms: int = 0
    """"speech", "description": when it is said."""
    language: str = ""
    """Where it is another than the page's."""
    parts: list[str] = []

    @property
    def text(self) -> str:
        """The words, on one line."""
        return " ".join("".join(self.parts).split())


def sections(blocks: Blocks, titles: dict[str, str], assets: Assets, language: str) -> list[Section]:
    """The sections of a page in their order; the first one is what stands before the first heading.

    `titles`: of the pages that links without words of their own name, by source path.
    """
    reader = _Reader([b for b in blocks if isinstance(b, Media | Quiz)], titles, assets, language)
    reader.feed(_joined(blocks, titles))
    reader.close()
    return reader.found


def plain(blocks: Blocks, titles: dict[str, str]) -> str:
    """The words of an answer or a transcript."""
    reader = _Reader([], titles, None, "")
    reader.feed(_joined(tuple(b for b in blocks if not isinstance(b, Media | Quiz)), titles))
    reader.close()
    return " ".join(f"{s.heading} {s.text}" for s in reader.found).strip()


_HOLE = "cp-search-hole"
"""No author's element: the sanitiser lets only known ones through."""


def _joined(blocks: Blocks, titles: dict[str, str]) -> str:
    return "".join(_html(block, titles) for block in blocks)


def _html(block: Block, titles: dict[str, str]) -> str:
    match block:
        case Html():
            return block.text
        case PageLink() | FileLink():  # inside an attribute
            return "#"
        case TitleOf():
            return escape(titles.get(block.path, ""))
        case Image():
            return f" {escape(block.alt or '')} "
        case Blank():
            return " ____ "
        case Media() | Quiz():
            return f"<{_HOLE}>"
        case _:
            return ""


class _Reader(HTMLParser):
    """Walks a body whose media and questions are holes, in their order."""

    def __init__(
        self, holes: list[Media | Quiz], titles: dict[str, str], assets: Assets | None, language: str
    ) -> None:
        super().__init__()
        self.found = [Section(parts=[])]
        self._holes = iter(holes)
        self._titles = titles
        self._assets = assets
        self._language = language
        self._at = self.found[0]
        self._unread = 0
        self._heading: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == _HOLE:
            self._fill(next(self._holes))
        elif tag in _UNREAD:
            self._unread += 1
        elif tag in _HEADINGS and (anchor := dict(attrs).get("id")):
            self._at = Section(anchor, parts=[])
            self.found.append(self._at)
            self._heading = []
        elif tag not in _INLINE:
            self._at.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNREAD:
            self._unread = max(0, self._unread - 1)
        elif tag in _HEADINGS and self._heading is not None:
            self._at.heading, self._heading = " ".join("".join(self._heading).split()), None
        elif tag not in _INLINE:
            self._at.parts.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._unread:
            (self._at.parts if self._heading is None else self._heading).append(data)

    def _fill(self, hole: Media | Quiz) -> None:
        if isinstance(hole, Quiz):
            self.found.append(Section(hole.id, kind="question", parts=[self._question(hole)]))
        else:
            self._at.parts.append(f" {hole.label} ")
            if self._assets:
                self.found += _spoken(hole, self._assets, self._titles, self._language)

    def _question(self, quiz: Quiz) -> str:
        bodies = [
            quiz.prompt,
            *(c.body for c in quiz.choices),
            *(b for p in quiz.pairs for b in (p.left, p.right)),
            *quiz.items,
        ]
        return " ".join(plain(b, self._titles) for b in bodies)


def _spoken(media: Media, assets: Assets, titles: dict[str, str], language: str) -> Iterator[Section]:
    """A section for each paragraph of the transcripts, in all their languages: the page shows them all."""
    ref = assets.ref(media.kind, media.path)
    if ref is None:
        return
    anchor = f"cp-player-{media.number}"
    written = set()
    for cues in assets.cues(ref):
        facts = cues.facts
        own = facts.language or language
        other = "" if own == language else own
        if facts.kind in ("captions", "subtitles"):
            written.add(own)
            for p in paragraphs(facts.cues, (), own):
                yield Section(anchor, media.label, "speech", p.start_ms, other, [p.text])
        elif facts.kind == "descriptions":
            for cue in facts.cues:
                yield Section(
                    anchor, media.label, "description", cue.start_ms, other, [on_one_line(cue.text, own)]
                )
    for own, blocks in assets.transcripts(ref):
        if own not in written:
            other = "" if own == language else own
            yield Section(anchor, media.label, "speech", 0, other, [plain(blocks, titles)])
