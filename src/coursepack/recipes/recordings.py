"""A page read aloud by a person: the recording and the times of its sentences, for the theme and its reader."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import PurePosixPath

import msgspec

from coursepack.model.codes import diagnostic
from coursepack.model.diagnostic import Diagnostic
from coursepack.model.media import AudioFacts
from coursepack.recipes.language_choice import nearest
from coursepack.recipes.printing import Printing, clock, size_words
from coursepack.tools.cues.transcript import on_one_line

_ALT = re.compile(r'<img[^>]* alt="([^"]*)"[^>]*>')
_UNREAD = re.compile(r"<(rt|rp|script|style)\b.*?</\1>", re.S)
_TAG = re.compile(r"<[^>]*>")


class Recording(msgspec.Struct, frozen=True):
    """What `parts/reading_recording.html` is given."""

    sources: tuple[tuple[str, str], ...]
    """(address, media type), best first; the last plays everywhere."""
    href: str
    download: str
    size: str
    clock: str
    times: tuple[tuple[float, float, str], ...]
    """(start, end) in seconds and words of each sentence; empty: not known."""


def page_recording(printing: Printing) -> Recording | None:
    """The recording of the page, unless it has none or it could not be built."""
    path = printing.page.recording
    ref = printing.assets.ref("audio", path) if path else None
    built = printing.assets.built("audio", path) if path else None
    if ref is None or built is None:
        return None
    facts = built.facts(AudioFacts)
    href = printing.href(built.url(facts.file))
    sources = [(href, "audio/mp4")]
    if facts.opus and printing.site.variant == "web":
        sources.insert(0, (printing.href(built.url(facts.opus)), "audio/webm; codecs=opus"))
    stem = PurePosixPath(path).stem
    spoken = [c.facts for c in printing.assets.cues(ref) if c.facts.kind == "metadata"]
    best = nearest(printing.page_language, [c.language for c in spoken])
    times = next((c.cues for c in spoken if c.language == best), ())
    return Recording(
        sources=tuple(sources),
        href=href,
        download=f"{stem}.m4a",
        size=size_words(facts.size),
        clock=clock(facts.duration_ms),
        times=tuple(
            (c.start_ms / 1000, c.end_ms / 1000, on_one_line(c.text, printing.page_language)) for c in times
        ),
    )


def unheard(printing: Printing, recording: Recording, content: str) -> Iterator[Diagnostic]:
    """CP471 where sentences of the recording are not in the page's text; once, on the page's own edition and the web."""
    page = printing.page
    if printing.site.variant != "web" or page.text_language or not recording.times:
        return
    text, at = _letters(f"{page.title} {_text_of(content)}"), 0
    missed = []
    for start, _, words in recording.times:
        wanted = _letters(words)
        found = text.find(wanted, at)
        if found < 0:
            missed.append((start, words))
        else:
            at = found + len(wanted)
    if missed:
        start, words = missed[0]
        yield diagnostic(
            "CP471",
            page.source,
            recording=page.recording,
            cues=f"{PurePosixPath(page.recording).with_suffix('')}.vtt",
            missed=len(missed),
            count=len(recording.times),
            clock=clock(round(start * 1000)),
            text=words[:60],
        )


def _text_of(content: str) -> str:
    """The words of a page's HTML, and what its pictures show."""
    shown = _ALT.sub(lambda m: f"> {m[1]} <", content)
    return unescape(_TAG.sub("", _UNREAD.sub("", shown)))


def _letters(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())
