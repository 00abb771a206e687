"""What `captions align` and `captions draft` share: a recording from the command line, and where captions go."""

import re
from pathlib import Path
from typing import Final

import msgspec

from coursepack.errors import UsageError
from coursepack.model.media import MediaFacts
from coursepack.tools.probe import NotMedia, probe

_TAG: Final = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")


class Recording(msgspec.Struct, frozen=True):
    """A file with sound."""

    path: Path
    facts: MediaFacts

    @property
    def duration_ms(self) -> int:
        """Of the whole file, or of its sound where the file does not say."""
        return self.facts.duration_ms or self.facts.streams[self.facts.audio].duration_ms


def open_recording(path: Path) -> Recording:
    """Raises UsageError where there is nothing to hear."""
    if not path.is_file():
        raise UsageError(f"{path} is not a file", "name a video or a sound recording")
    try:
        facts = probe(path)
    except NotMedia as e:
        raise UsageError(
            f"{path} is not a recording that can be read ({e.fault})", "name a video or a sound file"
        ) from e
    if facts.audio < 0:
        raise UsageError(f"{path} has no sound", "name the recording in which the words are spoken")
    return Recording(path, facts)


def language_of(path: Path, given: str) -> str:
    """`given`, else the language that a file's name ends in: `talk.zh-Hans.txt`; else ""."""
    if given:
        return given
    parts = path.name.split(".")
    tag = parts[-2] if len(parts) > 2 else ""
    return tag if _TAG.fullmatch(tag) else ""


def beside(media: Path, language: str) -> Path:
    """Where a course finds captions of `media`."""
    return media.with_name(f"{media.stem}.{language}.vtt" if language else f"{media.stem}.vtt")


def write_new(path: Path, data: bytes, *, force: bool) -> None:
    """Writes by rename. Raises UsageError where a file is there already and `force` does not say to replace it."""
    if path.exists() and not force:
        raise UsageError(f"{path} is there already", "name another file with -o, or add --force")
    if not path.parent.is_dir():
        raise UsageError(f"there is no folder {path.parent}", "make it first")
    unfinished = path.with_name(f".{path.name}.part")
    try:
        unfinished.write_bytes(data)
        unfinished.replace(path)
    except OSError as e:
        raise UsageError(f"{path} cannot be written: {e.strerror}", "name another file with -o") from e
    finally:
        unfinished.unlink(missing_ok=True)
