"""Where the transcripts of a lesson's recordings are, for the pages that lead there."""

import re
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Final

import msgspec

from coursepack.model.document import Media
from coursepack.recipes.printing import Printing

_TAG: Final = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")


class Text(msgspec.Struct, frozen=True):
    """A transcript to keep: a file with words and times, nothing else."""

    href: str
    language: str
    name: str
    """Of the language, in itself."""
    download: str
    """What the file is called on the learner's device."""


def page_url(lesson_url: str) -> str:
    """Where the transcripts of a lesson's recordings are."""
    return f"{lesson_url.removesuffix('.html')}.transcript.html"


def text_url(lesson_url: str, number: int, language: str) -> str:
    """Where the plain text of one is."""
    tag = f".{language}" if _TAG.fullmatch(language) else ""
    return f"{lesson_url.removesuffix('.html')}.transcript-{number}{tag}.txt"


def texts_of(
    printing: Printing, lesson_url: str, media: Media, languages: Sequence[tuple[str, str]]
) -> tuple[Text, ...]:
    """The plain texts of one recording in `languages` (tag, name), as seen from the page being printed."""
    stem = PurePosixPath(media.path).stem
    return tuple(
        Text(
            printing.href(text_url(lesson_url, media.number, language)),
            language,
            name,
            f"{stem}.{language}.txt",
        )
        for language, name in languages
    )


def transcript_place(printing: Printing, media: Media) -> str:
    """The address of the transcripts of one recording of the page being printed."""
    return printing.href(page_url(printing.page.url), f"cp-said-{media.number}")
