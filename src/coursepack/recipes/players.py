"""Video and audio players: native controls, tracks, chapters, transcript, downloads.

All of it works without JavaScript; `player.js` of the theme adds HLS, seeking and highlighting.
"""

from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import PurePosixPath

import msgspec
from markupsafe import Markup

from coursepack.model.document import Blocks, Media
from coursepack.model.media import (
    AudioFacts,
    ChapterFacts,
    Cue,
    ImageFacts,
    ImageVariant,
    StreamedFacts,
    VideoFacts,
    offline_video,
)
from coursepack.model.site import AssetRef
from coursepack.recipes.language_choice import nearest
from coursepack.recipes.page_assets import Built, PlacedCues
from coursepack.recipes.pictures import plain_variant, shown_facts
from coursepack.recipes.printing import Printing, clock, iso_duration, size_words
from coursepack.recipes.transcript_places import texts_of, transcript_place
from coursepack.tools.cues.transcript import on_one_line, paragraphs
from coursepack.tools.templates import direction, language_name

POSTER_WIDTH_PX = 684
"""The theme's column. A poster has no `srcset`, and small data plans pay for every pixel."""

HtmlOf = Callable[[Blocks], Markup]


class Track(msgspec.Struct, frozen=True):
    """A `<track>`; also offered for download."""

    kind: str
    language: str
    label: str
    src: str
    """What the player loads."""
    href: str
    """What learners download."""
    size: str
    default: bool = False


class Row(msgspec.Struct, frozen=True):
    """A paragraph of a transcript, or a chapter."""

    start: str
    """Seconds, for media fragments and scripts."""
    clock: str
    text: str
    voice: str = ""
    title: str = ""
    description: bool = False


class Transcript(msgspec.Struct, frozen=True):
    """A transcript in one language: written by the author (`html`), or made from cues (`rows`)."""

    language: str
    name: str
    direction: str
    rows: tuple[Row, ...] = ()
    html: str = ""


class Sound(msgspec.Struct, frozen=True):
    """The sound of a video as a file; described or not."""

    href: str
    size: str
    download: str
    language: str
    name: str
    """Of the language, in itself."""
    described: bool


class Sign(msgspec.Struct, frozen=True):
    """The sign-language video."""

    href: str
    size: str


class Plays(msgspec.Struct, frozen=True):
    """What is played: the addresses that the variant of the site carries."""

    src: str
    media_type: str
    size: int
    duration_ms: int
    chapters: tuple[ChapterFacts, ...]
    smaller: tuple[tuple[str, str], ...] = ()
    """(address, media type) of the same in formats that not every browser plays, tried before `src`."""
    hls: str = ""
    thumbnails: str = ""
    """WebVTT of small pictures along the time bar."""
    sounds: tuple["Sound", ...] = ()
    """The sound alone, for download."""
    described: bool = False
    """It can be played with described sound."""
    sign: Sign | None = None
    qualities: tuple[tuple[int, int], ...] = ()
    """(lines, bytes with sound) of the qualities to choose from when streaming, largest first."""
    sound_size: int = 0
    """Bytes of the sound alone; 0: not offered."""
    width: int = 0
    height: int = 0
    poster: str = ""


def player(printing: Printing, media: Media, html: HtmlOf) -> str:
    """The player of one `Media` block, or a notice where it could not be built."""
    ref = printing.assets.ref(media.kind, media.path)
    built = printing.assets.built(media.kind, media.path)
    if ref is None or built is None:
        text = "This video is missing" if media.kind == "video" else "This recording is missing"
        return printing.missing(text, media.label)
    plays = _video(printing, media, ref, built) if media.kind == "video" else _audio(printing, built)
    cues = printing.assets.cues(ref)
    chapters = _chapters(plays, cues, printing.page_language)
    transcripts = _transcripts(printing, ref, cues, plays, html)
    return printing.fill(
        "player.html",
        media=media,
        page_language=printing.page_language,
        label=media.label or printing.say("Video" if media.kind == "video" else "Recording"),
        plays=plays,
        poster=_poster(printing, media, ref) or plays.poster,
        preload="none" if plays.hls else "metadata",
        tracks=_tracks(printing, cues),
        chapters=[_row(c.start_ms, c.text) for c in chapters],
        transcripts=transcripts,
        transcript_page=transcript_place(printing, media) if transcripts else "",
        texts=texts_of(printing, printing.page.url, media, [(t.language, t.name) for t in transcripts]),
        clock=clock(plays.duration_ms),
        iso_duration=iso_duration(plays.duration_ms),
        size=size_words(plays.size),
        download=PurePosixPath(media.path).stem + PurePosixPath(plays.src).suffix,
    )


def transcripts_of(printing: Printing, media: Media, html: HtmlOf) -> tuple[list[Transcript], int]:
    """The transcripts of a recording, best language first, and its length in ms; none where it could not be built."""
    ref = printing.assets.ref(media.kind, media.path)
    built = printing.assets.built(media.kind, media.path)
    if ref is None or built is None:
        return [], 0
    plays = _video(printing, media, ref, built) if media.kind == "video" else _audio(printing, built)
    cues = printing.assets.cues(ref)
    return _transcripts(printing, ref, cues, plays, html), plays.duration_ms


def _video(printing: Printing, media: Media, ref: AssetRef, built: Built) -> Plays:
    facts = built.facts(VideoFacts)
    streamed = printing.assets.stream(ref)
    offline = offline_video(facts) if printing.site.variant == "mobile" else None
    hls = printing.href(streamed.url(streamed.facts(StreamedFacts).master)) if streamed else ""
    sounds = tuple(_sounds(printing, media, ref, streamed))
    return Plays(
        src=printing.href(built.url(offline.name if offline else facts.mp4)),
        media_type=offline.media_type if offline else "video/mp4",
        size=offline.size if offline else facts.mp4_size,
        duration_ms=facts.duration_ms,
        chapters=facts.chapters,
        hls=hls,
        thumbnails=printing.href(built.url(facts.thumbnails)) if facts.thumbnails and not offline else "",
        sounds=sounds,
        described=bool(hls) and any(s.described for s in sounds),
        sign=_sign(printing, ref),
        qualities=_qualities(facts) if hls else (),
        sound_size=streamed.facts(StreamedFacts).audio_size if streamed else 0,
        width=facts.width,
        height=facts.height,
        poster=printing.href(built.url(facts.poster)) if facts.poster else "",
    )


def _qualities(facts: VideoFacts) -> tuple[tuple[int, int], ...]:
    sound = facts.audio[0].size if facts.audio else 0
    return tuple((min(r.width, r.height), r.size + sound) for r in facts.renditions if r.codec == "h264")


def _sign(printing: Printing, ref: AssetRef) -> Sign | None:
    signs = printing.assets.signs(ref)
    best = nearest(printing.page_language, [language for language, _ in signs])
    for language, built in signs:
        if language == best:
            film = built.facts(VideoFacts)
            return Sign(printing.href(built.url(film.mp4)), size_words(film.mp4_size))
    return None


def _sounds(printing: Printing, media: Media, ref: AssetRef, streamed: Built | None) -> Iterator[Sound]:
    stem = PurePosixPath(media.path).stem
    facts = streamed.facts(StreamedFacts) if streamed else None
    if streamed and facts and facts.audio:
        href, size = printing.href(streamed.url(facts.audio)), size_words(facts.audio_size)
        yield Sound(href, size, f"{stem}.m4a", printing.page_language, "", described=False)
    for language, built in printing.assets.described(ref):
        sound = built.facts(AudioFacts)
        href, size = printing.href(built.url(sound.file)), size_words(sound.size)
        yield Sound(href, size, f"{stem}.described.m4a", language, language_name(language), described=True)


def _audio(printing: Printing, built: Built) -> Plays:
    facts = built.facts(AudioFacts)
    # An offline bundle must play everywhere and holds one file.
    opus = facts.opus if printing.site.variant == "web" else ""
    return Plays(
        src=printing.href(built.url(facts.file)),
        media_type="audio/mp4",
        size=facts.size,
        duration_ms=facts.duration_ms,
        chapters=facts.chapters,
        smaller=((printing.href(built.url(opus)), "audio/webm; codecs=opus"),) if opus else (),
        poster=printing.href(built.url(facts.cover)) if facts.cover else "",
    )


def _poster(printing: Printing, media: Media, ref: AssetRef) -> str:
    for path in filter(None, (media.poster, ref.poster)):
        if built := printing.assets.built("image", path):
            return printing.href(built.url(_poster_variant(shown_facts(printing, built)).name))
    return ""


def _poster_variant(facts: ImageFacts) -> ImageVariant:
    # Every browser that plays our streams shows WebP; an offline bundle, for all others too, has none.
    fits = [v for v in facts.variants if v.media_type == "image/webp" and v.width >= POSTER_WIDTH_PX]
    return min(fits, key=lambda v: v.width) if fits else plain_variant(facts, 2 * POSTER_WIDTH_PX)


def _tracks(printing: Printing, cues: Sequence[PlacedCues]) -> list[Track]:
    shown = [c for c in cues if c.facts.kind != "metadata"]
    readable = [c.facts.language or printing.site.language for c in shown if _is_text(c)]
    default = nearest(printing.page_language, readable)
    # The page's language first: in the browser's own menu, in ours, and among the downloads.
    shown.sort(key=lambda c: not (_is_text(c) and (c.facts.language or printing.site.language) == default))
    tracks: list[Track] = []
    for cue_file in shown:
        language = cue_file.facts.language or printing.site.language
        is_default = _is_text(cue_file) and language == default and not any(t.default for t in tracks)
        tracks.append(
            Track(
                kind=cue_file.facts.kind,
                language=language,
                label=_unused_label(
                    _label(printing, cue_file, language), cue_file.facts.kind, language, tracks
                ),
                src=_track_source(printing, cue_file),
                href=printing.href(cue_file.url),
                size=size_words(cue_file.size),
                default=is_default,
            )
        )
    return tracks


def _track_source(printing: Printing, cues: PlacedCues) -> str:
    if printing.site.variant == "web":
        return printing.href(cues.url)
    # Browsers load no track from a file: address, but they do load one that is in the page.
    return "data:text/vtt;base64," + b64encode(printing.assets.bytes_of(cues)).decode("ascii")


def _is_text(cues: PlacedCues) -> bool:
    return cues.facts.kind in {"captions", "subtitles"}


def _label(printing: Printing, cues: PlacedCues, language: str) -> str:
    name = language_name(language)
    if cues.facts.kind == "descriptions":
        return f"{name} ({printing.say('Descriptions')})"
    return f"{name} ({printing.say('Chapters')})" if cues.facts.kind == "chapters" else name


def _unused_label(label: str, kind: str, language: str, tracks: Iterable[Track]) -> str:
    # Two tracks of a kind and language must differ in label (HTML, 4.8.11.1).
    taken = {t.label for t in tracks if (t.kind, t.language) == (kind, language)}
    number, candidate = 1, label
    while candidate in taken:
        number += 1
        candidate = f"{label} {number}"
    return candidate


def _chapters(plays: Plays, cues: Sequence[PlacedCues], language: str) -> tuple[Cue, ...]:
    files = [c for c in cues if c.facts.kind == "chapters"]
    best = nearest(language, [c.facts.language for c in files])
    for cue_file in files:
        if cue_file.facts.language == best:
            return cue_file.facts.cues
    return tuple(Cue(c.start_ms, c.end_ms, c.title) for c in plays.chapters)


def _row(start_ms: int, text: str) -> Row:
    return Row(start=f"{start_ms / 1000:g}", clock=clock(start_ms), text=text)


def _transcripts(
    printing: Printing, ref: AssetRef, cues: Sequence[PlacedCues], plays: Plays, html: HtmlOf
) -> list[Transcript]:
    found = [
        Transcript(language, language_name(language), direction(language), html=html(blocks))
        for language, blocks in printing.assets.transcripts(ref)
    ]
    for cue_file in filter(_is_text, cues):
        language = cue_file.facts.language or printing.site.language
        if cue_file.facts.cues and language not in {t.language for t in found}:
            chapters = _chapters(plays, cues, language)
            spoken = paragraphs(cue_file.facts.cues, chapters, language)
            rows = [
                Row(f"{p.start_ms / 1000:g}", clock(p.start_ms), p.text, p.voice, p.chapter_title)
                for p in spoken
            ]
            rows += _descriptions(cues, language)
            rows.sort(key=lambda row: float(row.start))
            found.append(Transcript(language, language_name(language), direction(language), tuple(rows)))
    first = nearest(printing.page_language, [t.language for t in found])
    return sorted(found, key=lambda t: t.language != first)


def _descriptions(cues: Sequence[PlacedCues], language: str) -> list[Row]:
    # With them the transcript says all that the video says and shows (WCAG 1.2.8).
    return [
        Row(
            f"{cue.start_ms / 1000:g}", clock(cue.start_ms), on_one_line(cue.text, language), description=True
        )
        for cue_file in cues
        if cue_file.facts.kind == "descriptions" and cue_file.facts.language in {language, ""}
        for cue in cue_file.facts.cues
    ]
