"""Files that belong to a video or audio file: found beside it by stem, or named in raw HTML (`<track>`).

`pay.mp4`: `pay.zh-Hans.vtt` captions, `pay.descriptions.zh-Hans.vtt` (or `pay.zh-Hans.descriptions.vtt`),
`pay.chapters.vtt`, `pay.metadata.vtt`, `pay.sign.mp4`, `pay.described.mp3`, `pay.transcript.zh-Hans.md`, `pay.jpg`.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

import msgspec

from coursepack.model.course import Sidecar, SidecarRole, Source
from coursepack.model.diagnostic import Diagnostic
from coursepack.settings.languages import canonical, from_name, reader, well_formed
from coursepack.source.media_names import AUDIOS, CAPTIONS, POSTERS, VIDEOS, extension_of, is_media
from coursepack.source.naming import PAGE_EXTENSIONS
from coursepack.source.urls import fold

_TEXT_ROLES: dict[str, SidecarRole] = {
    "captions": "captions",
    "caption": "captions",
    "cc": "captions",
    "sdh": "captions",
    "subtitles": "captions",
    "subtitle": "captions",
    "descriptions": "descriptions",
    "description": "descriptions",
    "chapters": "chapters",
    "chapter": "chapters",
    "metadata": "metadata",
}
_MEDIA_ROLES: dict[str, SidecarRole] = {"sign": "sign", "described": "described"}
_ROLE_WORDS = frozenset((*_TEXT_ROLES, *_MEDIA_ROLES, "transcript"))

_Words = tuple[str, ...]


class NamedTrack(msgspec.Struct, frozen=True):
    """A sidecar that a page names for a media file."""

    media: str
    path: str
    role: SidecarRole
    language: str


class Match(msgspec.Struct, frozen=True):
    """A file whose name begins with a media file's stem."""

    source: Source
    media: str
    role: SidecarRole | None
    """None: the words between stem and extension were not understood."""
    language: str
    same_case: bool


def find_sidecars(
    sources: Mapping[str, Source], tracks: Iterable[NamedTrack], language: str
) -> tuple[dict[str, tuple[Sidecar, ...]], tuple[Diagnostic, ...]]:
    """Media path -> its sidecars, for all media files of the course; and what is wrong with names.

    `language` is the course language: what a name without one is compared as. Of two files with the same role and
    language the one in the better format is kept (WebVTT first).
    """
    named = list(tracks)
    matches, found = _matches(sources, {t.path for t in named})
    by_media: dict[str, list[Sidecar]] = defaultdict(list)
    for track in named:
        source = sources.get(track.path)
        if source and all(s.source.path != track.path for s in by_media[track.media]):
            tag = canonical(track.language) if well_formed(track.language) else ""
            by_media[track.media].append(Sidecar(source, track.role, tag))
    for match in matches:
        taken = {s.source.path for s in by_media[match.media]}
        if match.role and match.source.path not in taken:
            by_media[match.media].append(Sidecar(match.source, match.role, match.language))
    kept: dict[str, tuple[Sidecar, ...]] = {}
    for media, sidecars in sorted(by_media.items()):
        kept[media], doubled = _best(media, sidecars, language)
        found.extend(doubled)
    return kept, tuple(found)


def _matches(sources: Mapping[str, Source], named: set[str]) -> tuple[list[Match], list[Diagnostic]]:
    stems = _media_stems(sources)
    matches: list[Match] = []
    found: list[Diagnostic] = []
    for path in sorted(sources):
        extension = extension_of(path)
        if not _may_be_sidecar(path, extension):
            continue
        match = _match(sources[path], extension, stems)
        if match is None:
            if extension in CAPTIONS and extension != "xml" and path not in named:
                found.append(_orphan(path, stems))
        elif match.role is None:
            if path not in named:
                found.append(_not_understood(path, match.media))
        else:
            matches.append(match)
            if not match.same_case:
                found.append(_other_case(path, match.media))
    return matches, found


def _may_be_sidecar(path: str, extension: str) -> bool:
    if extension in CAPTIONS or extension in POSTERS:
        return True
    name = path.rpartition("/")[2].lower()
    if f".{extension}" in PAGE_EXTENSIONS:
        return ".transcript." in name
    return (extension in VIDEOS or extension in AUDIOS) and (".sign." in name or ".described." in name)


def _media_stems(sources: Mapping[str, Source]) -> dict[tuple[str, str], list[str]]:
    """(folder, folded stem) -> media files."""
    stems: dict[tuple[str, str], list[str]] = defaultdict(list)
    for path in sorted(sources):
        folder, _, name = path.rpartition("/")
        # A name without any extension may be a recording, too: a page can say so (`:::{video} talk`).
        if is_media(path) or "." not in name:
            stems[folder, fold(media_stem(name))].append(path)
    return stems


def media_stem(name: str) -> str:
    """What the names of a media file's sidecars begin with: its own name without the extension, if it has one."""
    return name.rpartition(".")[0] or name


def _match(source: Source, extension: str, stems: Mapping[tuple[str, str], list[str]]) -> Match | None:
    folder, _, name = source.path.rpartition("/")
    parts = name[: -len(extension) - 1].split(".")
    for size in range(len(parts), 0, -1):
        stem = ".".join(parts[:size])
        media = [m for m in stems.get((folder, fold(stem)), ()) if m != source.path]
        if not media:
            continue
        words = tuple(parts[size:])
        owner = _owner(media, extension, words, stem)
        if owner is None:
            continue
        role, language = _meaning(words, extension, owner)
        if role is None and is_media(source.path):
            continue
        return Match(source, owner, role, language, owner.rpartition("/")[2].startswith(stem))
    return None


def _owner(media: list[str], extension: str, words: _Words, stem: str) -> str | None:
    """Which of several media files with one stem: the video first; a poster belongs to a video only."""
    videos = [m for m in media if extension_of(m) in VIDEOS]
    if extension in POSTERS:
        return videos[0] if videos and not words else None
    same = [m for m in (videos or media) if m.rpartition("/")[2].startswith(f"{stem}.")]
    return (same or videos or media)[0]


def _meaning(words: _Words, extension: str, owner: str) -> tuple[SidecarRole | None, str]:
    """(role, language) of the words between stem and extension, in any order."""
    if extension in POSTERS:
        return "poster", ""
    role: SidecarRole | None = None
    language = ""
    for word in words:
        low = word.lower()
        tag = "" if low in _ROLE_WORDS else from_name(word)
        if low in _ROLE_WORDS and role is None:
            role = _role(low, extension)
            if role is None:
                return None, ""
        elif tag and not language:
            language = tag
        else:
            return None, ""
    if role is None and extension in CAPTIONS:
        role = "captions"
    return role, language


def _role(word: str, extension: str) -> SidecarRole | None:
    if extension in CAPTIONS:
        return _TEXT_ROLES.get(word)
    if word == "transcript":
        return "transcript" if f".{extension}" in PAGE_EXTENSIONS else None
    return _MEDIA_ROLES.get(word)


def _best(media: str, sidecars: list[Sidecar], language: str) -> tuple[tuple[Sidecar, ...], list[Diagnostic]]:
    def rank(s: Sidecar) -> tuple[int, str]:
        extension = extension_of(s.source.path)
        order = CAPTIONS if extension in CAPTIONS else POSTERS
        return (order.index(extension) if extension in order else 0, s.source.path)

    kept: dict[tuple[str, str], Sidecar] = {}
    found = []
    for sidecar in sorted(sidecars, key=rank):
        key = (sidecar.role, _identity(sidecar.language or language))
        if key not in kept:
            kept[key] = sidecar
        elif sidecar.role != "poster":
            found.append(_doubled(sidecar, kept[key], media, sidecar.language or language))
    return tuple(sorted(kept.values(), key=lambda s: (s.role, s.language, s.source.path))), found


def _identity(tag: str) -> str:
    # zh and zh-Hans are one language; en-GB and en-US may both be offered.
    language, script = reader(tag) if tag else ("", "")
    regions = [p for p in tag.split("-")[1:] if len(p) in {2, 3} and p.isupper()]
    return "-".join((language, script, *(() if language == "zh" else regions)))


# -- findings -----------------------------------------------------------------------------------------------------


def _orphan(path: str, stems: Mapping[tuple[str, str], list[str]]) -> Diagnostic:
    from coursepack.model.codes import diagnostic
    from coursepack.settings.nearest import maybe, nearest

    folder, _, name = path.rpartition("/")
    here = [m for (f, _), media in stems.items() if f == folder for m in media]
    stem = {media_stem(m.rpartition("/")[2]): m for m in reversed(here) if is_media(m)}
    owner = stem.get(nearest(name.split(".")[0], list(stem), cutoff=0.5) or "", "")
    return diagnostic("CP204", path, **maybe(owner.rpartition("/")[2]))


def _not_understood(path: str, media: str) -> Diagnostic:
    from coursepack.model.codes import diagnostic

    stem = media_stem(media.rpartition("/")[2])
    middle = path.rpartition("/")[2][len(stem) :].strip(".").rpartition(".")[0]
    return diagnostic("CP207", path, words=middle, media=media, stem=stem)


def _other_case(path: str, media: str) -> Diagnostic:
    from coursepack.model.codes import diagnostic

    return diagnostic("CP205", path, media=media)


def _doubled(left: Sidecar, kept: Sidecar, media: str, language: str) -> Diagnostic:
    from coursepack.model.codes import diagnostic

    return diagnostic(
        "CP206", left.source.path, kept=kept.source.path, media=media, language=language, role=left.role
    )
