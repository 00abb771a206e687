"""The words of a lesson's recordings on a page of their own, to read, print and keep, and as plain text.

Beside `02-check.html` lie `02-check.transcript.html`, with all recordings of the lesson in all languages, and for each
recording and language `02-check.transcript-1.zh-Hans.txt`.
"""

import html.parser
import re
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from coursepack.model.document import Media
from coursepack.model.site import NavEntry, PageSpec
from coursepack.recipes.players import HtmlOf, Transcript, transcripts_of
from coursepack.recipes.printing import Printing, clock
from coursepack.recipes.transcript_places import Text, page_url, text_url, texts_of

_BETWEEN_WIDE: Final = re.compile(
    r"(?<=[\u2e80-\u9fff\uff00-\uffef])\s*\n\s*(?=[\u2e80-\u9fff\uff00-\uffef])"
)
TEXT: Final = "text/plain; charset=utf-8"


class Recorded(msgspec.Struct, frozen=True):
    """One recording on the page of transcripts."""

    number: int
    """That of its player in the lesson."""
    label: str
    clock: str
    kind: str
    href: str
    """Of its player."""
    page: str
    """Of the lesson."""
    transcripts: tuple[Transcript, ...]
    texts: tuple[Text, ...]


def transcript_page_spec(page: PageSpec, title: str) -> PageSpec:
    """The page for the transcripts of the lesson `page`. It has all languages itself."""
    return PageSpec(
        kind="transcripts",
        title=title,
        url=page_url(page.url),
        source=page.source,
        breadcrumb=(*page.breadcrumb, NavEntry(page.title, page.url, page.text_language, page.lesson)),
        links=page.links,
        link_titles=page.link_titles,
        in_module_nav=False,
    )


def recorded(printing: Printing, lesson: PageSpec, medias: Sequence[Media], html: HtmlOf) -> list[Recorded]:
    """Those of a lesson's recordings that have words, each once."""
    found: list[Recorded] = []
    for media in medias:
        if any(media.path == m.path for m in medias[: medias.index(media)]):
            continue
        transcripts, duration_ms = transcripts_of(printing, media, html)
        if transcripts:
            found.append(_recorded(printing, lesson, media, transcripts, duration_ms))
    return found


def _recorded(
    printing: Printing, lesson: PageSpec, media: Media, transcripts: list[Transcript], duration_ms: int
) -> Recorded:
    return Recorded(
        number=media.number,
        label=media.label or printing.say("Video" if media.kind == "video" else "Recording"),
        clock=clock(duration_ms),
        kind=media.kind,
        href=printing.href(lesson.url, f"cp-player-{media.number}"),
        page=printing.href(lesson.url),
        transcripts=tuple(transcripts),
        texts=texts_of(printing, lesson.url, media, [(t.language, t.name) for t in transcripts]),
    )


def text_files(lesson_url: str, title: str, found: Sequence[Recorded]) -> Iterator[tuple[str, bytes]]:
    """(output path, bytes) of the plain texts."""
    for recording in found:
        for transcript in recording.transcripts:
            text = "\n\n".join([f"{title}\n{recording.label} ({recording.clock})", *_paragraphs(transcript)])
            # With a mark, by which every editor and browser knows UTF-8, from disk too.
            yield (
                text_url(lesson_url, recording.number, transcript.language),
                f"\ufeff{text}\n".encode("utf-8", "replace"),
            )


def _paragraphs(transcript: Transcript) -> Iterator[str]:
    if transcript.html:
        yield plain(transcript.html)
    for row in transcript.rows:
        if row.title:
            yield f"== {row.title} =="
        voice = f"{row.voice}: " if row.voice else ""
        words = f"({row.text})" if row.description else row.text
        yield f"[{row.clock}] {voice}{words}"


class _Plain(html.parser.HTMLParser):
    _BLOCKS = frozenset(
        [
            "p",
            "div",
            "li",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "tr",
            "dt",
            "dd",
            "pre",
            "blockquote",
            "figure",
            "figcaption",
            "table",
            "ul",
            "ol",
            "section",
            "summary",
        ]
    )
    _HIDDEN = frozenset(("script", "style", "math", "svg"))

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self._BLOCKS:
            self.parts.append("\n\n- " if tag == "li" else "\n\n")
        elif tag == "br":
            self.parts.append("\n")
        self._hidden += tag in self._HIDDEN

    def handle_endtag(self, tag: str) -> None:
        if tag in self._BLOCKS:
            self.parts.append("\n\n")
        self._hidden -= tag in self._HIDDEN

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            # A line break of the source is no space where the script has none.
            self.parts.append(re.sub(r"\s+", " ", _BETWEEN_WIDE.sub("", data)))


def plain(text: str) -> str:
    """The words of HTML of ours: a blank line between blocks."""
    reader = _Plain()
    reader.feed(text)
    reader.close()
    lines = [line.strip() for line in "".join(reader.parts).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
