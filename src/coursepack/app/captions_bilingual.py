"""The use case `captions bilingual`: two caption files to one."""

from pathlib import Path

from coursepack.app.captions_check import language_of, read_bytes
from coursepack.app.captions_media import language_of as named_language
from coursepack.errors import UsageError
from coursepack.tools.cues import CueTrack, read_cues
from coursepack.tools.cues.bilingual import LANGUAGE, Merged, merge


def merge_files(first: Path, second: Path) -> tuple[Merged, tuple[str, str], Path]:
    """The merged track, both languages, and where a course looks for it. Raises UsageError for unreadable files."""
    tracks = (_read(first), _read(second))
    languages = (_language(first, tracks[0]), _language(second, tracks[1]))
    stem = first.name.removesuffix(first.suffix)
    named = named_language(first, "")
    if named:
        stem = stem.removesuffix(f".{named}")
    return merge(tracks[0], tracks[1], languages), languages, first.with_name(f"{stem}.{LANGUAGE}.vtt")


def _read(path: Path) -> CueTrack:
    if not path.is_file():
        raise UsageError(f"{path} is not a file", "name two caption files of the same recording")
    language = named_language(path, "")
    track, found = read_cues(read_bytes(path), format_hint=path.suffix, language=language, path=str(path))
    if not track.cues:
        from coursepack.model.codes import words

        reason = next((words(d)[0] for d in found if d.severity == "error"), "it has no cues")
        raise UsageError(f"{path} cannot be read: {reason}", f"coursepack captions check {path}")
    return track


def _language(path: Path, track: CueTrack) -> str:
    return named_language(path, "") or language_of(track)
