"""What a video file carries inside beside picture and sound: text tracks and chapter marks."""

import re
import signal
from collections.abc import Sequence
from pathlib import Path
from typing import Final, Literal

import msgspec

from coursepack.model.codes import diagnostic
from coursepack.model.diagnostic import Diagnostic
from coursepack.model.media import ChapterFacts, CueFacts, MediaFacts, StreamFacts
from coursepack.model.recipe import Work
from coursepack.recipes.faults import first_complaint, limits_for
from coursepack.recipes.scenes import numbered
from coursepack.tools.cues import CueTrack, plain_cues, read_cues, write_vtt
from coursepack.tools.cues.check import past_end
from coursepack.tools.cues.track import MAX_BYTES
from coursepack.tools.ffmpeg import BITEXACT, Ffmpeg, command, run_ffmpeg, source_input
from coursepack.tools.process import Limits, ToolFailed, ToolTimeout

MOST_TRACKS: Final = 40
MOST_CHAPTERS: Final = 500
_TITLE: Final = 200

# Codec to (what ffmpeg makes of it, muxer, extension). Formats that we read are copied: our readers keep more of them
# than ffmpeg's conversions do, speakers and positions above all.
_TEXT: Final = {
    "subrip": ("copy", "srt", "srt"),
    "ass": ("copy", "ass", "ass"),
    "webvtt": ("copy", "webvtt", "vtt"),
    "mov_text": ("webvtt", "webvtt", "vtt"),
    "text": ("webvtt", "webvtt", "vtt"),
    "eia_608": ("webvtt", "webvtt", "vtt"),
    "hdmv_text_subtitle": ("webvtt", "webvtt", "vtt"),
}
# Containers keep dialogue in one order of fields, whatever the header of the author's file said.
_EVENTS: Final = re.compile(rb"(\[Events\]\s*\n)Format:[^\n]*")
_FIELDS: Final = rb"\1Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text"
_TAG: Final = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*", re.IGNORECASE)
_NO_LANGUAGE: Final = ("und", "mul", "mis", "zxx", "qaa")
_UNSEEN: Final = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff0-\uffff]"
)


class _Inside(msgspec.Struct, frozen=True):
    """A text track that can be read."""

    stream: StreamFacts
    kind: Literal["captions", "subtitles"]
    language: str


def extract(ffmpeg: Ffmpeg, work: Work, facts: MediaFacts) -> tuple[CueFacts, ...]:
    """The text tracks inside the source "source" as clean WebVTT files, times counted as those of the picture.

    The step's parameter "language" is that of the course: what is spoken where the sound does not say. Forced tracks
    (signs alone, for those who understand the speech) and empty ones are left out; of two tracks of one language
    and kind the one for the deaf, else the default one, is taken. Findings say what was taken and what was not.
    """
    inside = [s for s in facts.streams if s.kind == "subtitle"][:MOST_TRACKS]
    path = work.source_name("source")
    for stream in inside:
        if stream.codec not in _TEXT:
            work.finding(diagnostic("CP239", path, index=stream.index, codec=stream.codec or "unknown"))
    texts = [s for s in inside if s.codec in _TEXT]
    if not texts:
        return ()
    files = _files(ffmpeg, work, facts, texts)
    found: list[CueFacts] = []
    for track in _chosen(work, facts, texts):
        if track.stream.index not in files or _has(found, track):
            continue
        made = _written(work, track, files[track.stream.index], len(found) + 1, _played_ms(facts))
        if made:
            found.append(made)
    if found:
        names = ", ".join(f.language or "?" for f in found)
        work.finding(diagnostic("CP232", path, count=len(found), languages=names))
    return tuple(found)


def _has(found: Sequence[CueFacts], track: _Inside) -> bool:
    return any((f.kind, f.language) == (track.kind, track.language) for f in found)


def _chosen(work: Work, facts: MediaFacts, texts: Sequence[StreamFacts]) -> list[_Inside]:
    """The tracks that may be taken, the better of two alike first."""
    heard = facts.streams[facts.audio].language if facts.audio >= 0 else ""
    spoken = language_tag(heard) or str(work.step.params.get("language", ""))
    tracks = []
    for stream in texts:
        if stream.forced:
            continue
        language = language_tag(stream.language)
        same = not language or _primary(language) == _primary(spoken)
        kind: Literal["captions", "subtitles"] = (
            "captions" if stream.hearing_impaired or same else "subtitles"
        )
        tracks.append(_Inside(stream, kind, language))
    return sorted(tracks, key=lambda t: (not t.stream.hearing_impaired, not t.stream.default, t.stream.index))


def _primary(language: str) -> str:
    return language.split("-", maxsplit=1)[0].lower()


def language_tag(code: str) -> str:
    """The BCP 47 tag of a language as media files write it: ISO 639-2 of either kind, or a tag; "" if it is none."""
    from babel.core import get_global

    first, *rest = code.strip().replace("_", "-").split("-")
    first = first.lower()
    if first in _NO_LANGUAGE or not _TAG.fullmatch("-".join([first, *rest])):
        return ""
    known = get_global("language_aliases").get(first) or first
    return "-".join([known.replace("_", "-"), *(_subtag(r) for r in rest)])


def _subtag(text: str) -> str:
    return (
        text.title()
        if len(text) == 4 and text.isalpha()
        else text.upper()
        if len(text) == 2
        else text.lower()
    )


# -- reading -----------------------------------------------------------------------------------------------------


def _files(ffmpeg: Ffmpeg, work: Work, facts: MediaFacts, texts: Sequence[StreamFacts]) -> dict[int, Path]:
    """The tracks as files, by stream; those that cannot be had are reported."""
    try:
        return _read_out(ffmpeg, work, facts, texts)
    except ToolFailed as e:
        if len(texts) > 1 and not isinstance(e, ToolTimeout):
            # One bad track spoils the run: each for itself then.
            return {i: file for s in texts for i, file in _files(ffmpeg, work, facts, [s]).items()}
        large = e.status == -signal.SIGXFSZ
        detail = f"> {MAX_BYTES >> 20} MiB" if large else first_complaint(e.stderr_tail) or f"{e.status}"
        for stream in texts:
            work.finding(diagnostic("CP240", work.source_name("source"), index=stream.index, detail=detail))
        return {}


def _read_out(ffmpeg: Ffmpeg, work: Work, facts: MediaFacts, texts: Sequence[StreamFacts]) -> dict[int, Path]:
    """Reads the source once, whole. Raises ToolFailed, for a track above the size of a caption file too."""
    import ffmpeg as graph

    source = source_input()
    files, outputs = {}, []
    for stream in texts:
        codec, form, extension = _TEXT[stream.codec]
        files[stream.index] = work.folder / f"inside-{stream.index}.{extension}"
        options = {**BITEXACT, "c:s": codec, "f": form, "avoid_negative_ts": "disabled"}
        outputs.append(graph.output(source[str(stream.index)], files[stream.index].name, **options))
    limits = limits_for(facts)
    bounded = Limits(limits.timeout_s, limits.memory_bytes, file_bytes=MAX_BYTES)
    argv = command(ffmpeg, outputs, file_times=True)
    run_ffmpeg(
        argv, limits=bounded, cancelled=work.cancelled, stdin=work.source_path("source"), cwd=work.folder
    )
    return files


def _written(work: Work, track: _Inside, file: Path, number: int, duration_ms: int) -> CueFacts | None:
    """The track as a file of the result; None when it says nothing."""
    path = work.source_name("source")
    language = track.language or str(work.step.params.get("language", ""))
    data = file.read_bytes()
    if file.suffix == ".ass":
        data = _EVENTS.sub(_FIELDS, data, count=1)
    whole, found = read_cues(data, format_hint=file.suffix, language=language, path=path)
    read = _until(whole, duration_ms)
    if not read.cues:
        return None
    _report(work, found)
    late = past_end([(c.start_ms, c.end_ms) for c in whole.cues], duration_ms)
    if late and late["unseen"]:
        work.finding(diagnostic("CP318", path, 0, 0, severity=None, **late))
    name = f"embedded-{number}.{track.language or 'und'}.vtt"
    work.write(name, write_vtt(read), "text/vtt")
    return CueFacts(track.kind, track.language, name, plain_cues(read))


def _played_ms(facts: MediaFacts) -> int:
    """How long picture or sound last: containers count the text tracks too."""
    played = (facts.streams[i].duration_ms for i in (facts.video, facts.audio) if i >= 0)
    return max(played, default=0) or facts.duration_ms


def _until(track: CueTrack, duration_ms: int) -> CueTrack:
    """The track as far as the video goes: files cut from longer ones keep cues of what is no longer there."""
    cues = (c for c in track.cues if c.start_ms < duration_ms)
    kept = tuple(msgspec.structs.replace(c, end_ms=min(c.end_ms, duration_ms)) for c in cues)
    return msgspec.structs.replace(track, cues=kept)


def _report(work: Work, found: Sequence[Diagnostic]) -> None:
    """Tells what is wrong with a track, each thing once: lines are those of a file that the author does not have."""
    told: list[Diagnostic] = []
    for finding in found:
        whole = msgspec.structs.replace(finding, line=0, column=0)
        if finding.severity != "info" and whole not in told:
            told.append(whole)
            work.finding(whole)


# -- chapters ----------------------------------------------------------------------------------------------------


def clean_chapters(
    chapters: Sequence[ChapterFacts], duration_ms: int, language: str = ""
) -> tuple[ChapterFacts, ...]:
    """Chapters that follow each other, inside the duration, each with a title; () where there is no division.

    Of chapters that begin together the first stays. `language` is the course's BCP 47 tag, for titles of those that
    have none.
    """
    starts: list[ChapterFacts] = []
    for chapter in sorted(chapters, key=lambda c: c.start_ms):
        if chapter.start_ms >= duration_ms or len(starts) == MOST_CHAPTERS:
            break
        if not starts or chapter.start_ms > starts[-1].start_ms:
            starts.append(chapter)
    if len(starts) < 2:
        return ()
    ends = [*(c.start_ms for c in starts[1:]), duration_ms]
    return tuple(
        ChapterFacts(max(0, c.start_ms), end, clean_title(c.title) or numbered(n, language))
        for n, (c, end) in enumerate(zip(starts, ends, strict=True), 1)
    )


def clean_title(title: str) -> str:
    """`title` on one line, without characters that cannot be seen or turn the text around; at most 200."""
    return " ".join(_UNSEEN.sub(" ", title).split())[:_TITLE].strip()
