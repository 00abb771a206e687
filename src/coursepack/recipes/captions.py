"""Step kind "captions": one caption, description or chapter file to clean WebVTT."""

import re
from importlib.metadata import version
from typing import Any, Literal

import msgspec

from coursepack.model.codes import diagnostic
from coursepack.model.media import CueFacts
from coursepack.model.recipe import Refused, Work
from coursepack.tools.cues import CueTrack, as_chapters, check_track, plain_cues, read_cues, write_vtt
from coursepack.tools.cues.track import MAX_BYTES
from coursepack.tools.speech.making import draft_line


class CaptionsParams(msgspec.Struct, frozen=True):
    """`format` is the file's extension; `duration_ms` that of the media, 0 when unknown; `children`: who
    reads them."""

    kind: Literal["captions", "subtitles", "descriptions", "chapters", "metadata"]
    language: str = ""
    format: str = ""
    duration_ms: int = 0
    children: bool = False


class CaptionsRecipe:
    """Input "source"; output one WebVTT file named "{kind}.{language}.vtt"; facts `CueFacts`."""

    kind = "captions"
    version = 2

    def fingerprint(self) -> str:
        """The libraries that a rare format or an unknown encoding falls back on."""
        return f"ttconv {version('ttconv')}, charset-normalizer {version('charset-normalizer')}"

    def run(self, work: Work) -> dict[str, Any]:
        """Reads, cleans, checks, writes. Refused when not one cue can be read."""
        params = msgspec.convert(work.step.params, CaptionsParams)
        path = work.source_name("source")
        with work.source_path("source").open("rb") as f:
            # One byte more than is allowed tells the reader that it is too large.
            data = f.read(MAX_BYTES + 1)
        track, found = read_cues(data, format_hint=params.format, language=params.language, path=path)
        if not track.cues:
            raise Refused(*found)
        for finding in (*found, *_check(track, params, path)):
            work.finding(finding)
        if line := draft_line(data):
            work.finding(diagnostic("CP365", path, line, at=line))
        if params.kind == "chapters":
            track = as_chapters(track, params.duration_ms)
        name = output_name(params.kind, params.language)
        work.write(name, write_vtt(track), "text/vtt")
        facts = CueFacts(params.kind, params.language, name, plain_cues(track))
        built: dict[str, Any] = msgspec.to_builtins(facts)
        return built


def _check(track: CueTrack, params: CaptionsParams, path: str) -> tuple[Any, ...]:
    return check_track(
        track,
        kind=params.kind,
        language=params.language,
        duration_ms=params.duration_ms,
        path=path,
        children=params.children,
    )


def output_name(kind: str, language: str) -> str:
    """The file's name in the artefact; a language that is no plain tag is left out."""
    tag = f".{language}" if re.fullmatch(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*", language) else ""
    return f"{kind}{tag}.vtt"
