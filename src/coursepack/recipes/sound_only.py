"""The sound of a video as a file of its own, with chapters and a cover: for the bus, the field and the bicycle."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import msgspec

from coursepack.model.media import ChapterFacts
from coursepack.model.recipe import Work
from coursepack.model.step import ArtefactFile
from coursepack.tools.ffmpeg import BITEXACT, Ffmpeg, command, own_input, run_ffmpeg
from coursepack.tools.process import Limits

COVER_TYPES: Final = {"image/jpeg": "jpeg_pipe", "image/png": "png_pipe"}
"""What a cover may be: media type -> ffmpeg's demuxer."""
_MOST_CHAPTERS: Final = 255
"""What the chapter list that most players read can hold."""


class SoundSource(msgspec.Struct, frozen=True):
    """What the file is made of: AAC in MP4, and a picture of one of COVER_TYPES."""

    sound: ArtefactFile
    cover: ArtefactFile | None
    duration_ms: int


def sound_only(
    ffmpeg: Ffmpeg, work: Work, source: SoundSource, chapters: Sequence[ChapterFacts], out: Path
) -> Path:
    """The sound in M4A, with chapters and cover; nothing is encoded again."""
    import ffmpeg as graph

    sound = work.fetch(source.sound.digest, work.folder / "sound.mp4")
    streams = [own_input(sound)["a:0"]]
    # Of chapters alone the metadata is kept: their titles.
    nothing_else = {"map_metadata:g": "-1", "map_metadata:s": "-1"}
    options: dict[str, object] = {k: v for k, v in BITEXACT.items() if k != "map_metadata"}
    options |= {**nothing_else, "c": "copy", "movflags": "+faststart", "f": "ipod"}
    if source.cover is not None:
        cover = work.fetch(source.cover.digest, work.folder / "cover")
        demuxer = COVER_TYPES[source.cover.media_type]
        streams.append(graph.input(f"file:{cover}", f=demuxer, protocol_whitelist="file")["v:0"])
        options["disposition:v:0"] = "attached_pic"
    marks = tuple(_within(chapters, source.duration_ms))
    argv = command(ffmpeg, graph.output(*streams, out.name, **options))
    if marks:
        listed = work.folder / "chapters.txt"
        listed.write_text(chapter_list(marks), "utf-8")
        argv = _with_chapters(argv, listed, number=len(streams))
    run_ffmpeg(argv, limits=Limits(timeout_s=600), cancelled=work.cancelled, cwd=work.folder)
    return out


def _with_chapters(argv: Sequence[str], listed: Path, *, number: int) -> list[str]:
    """The command with the chapter list as its last input: an input without streams, which no graph can name."""
    at = max(n for n, word in enumerate(argv) if word == "-i") + 2
    given = ["-f", "ffmetadata", "-protocol_whitelist", "file", "-i", f"file:{listed}"]
    rest = list(argv[at:])
    rest[rest.index("-map_chapters") + 1] = str(number)
    return [*argv[:at], *given, *rest]


def _within(chapters: Sequence[ChapterFacts], duration_ms: int) -> Iterator[ChapterFacts]:
    """Chapters in order, each up to the next; those after the end are left out."""
    kept = sorted((c for c in chapters if 0 <= c.start_ms < duration_ms), key=lambda c: c.start_ms)
    kept = kept[:_MOST_CHAPTERS]
    for n, c in enumerate(kept):
        end_ms = kept[n + 1].start_ms if n + 1 < len(kept) else duration_ms
        if end_ms > c.start_ms:
            yield ChapterFacts(c.start_ms, end_ms, c.title)


def chapter_list(chapters: Sequence[ChapterFacts]) -> str:
    """ffmpeg's own metadata format; titles come from authors' files."""
    lines = [";FFMETADATA1"]
    for c in chapters:
        title = re.sub(r"[\x00-\x1f\x7f]+", " ", c.title).strip()
        escaped = re.sub(r"([=;#\\])", r"\\\1", title)
        # ffmpeg takes a backslash at the end of a line, escaped or not, for a line that goes on.
        escaped += " " if escaped.endswith("\\") else ""
        lines += [
            "[CHAPTER]",
            "TIMEBASE=1/1000",
            f"START={c.start_ms}",
            f"END={c.end_ms}",
            f"title={escaped}",
        ]
    return "\n".join(lines) + "\n"
