"""Which files of a course its pages use, as what, and with which sidecars."""

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from coursepack.model.course import Asset, AssetRole, Sidecar, SidecarRole, Source
from coursepack.model.document import Link, Outline
from coursepack.source.media_names import AUDIOS, IMAGES, VIDEOS, extension_of
from coursepack.source.sidecars import NamedTrack
from coursepack.source.urls import slug

_EMBEDDED = frozenset({"image", "video", "audio", "poster"})
TRACK_ROLES: dict[str, SidecarRole] = {
    "captions": "captions",
    "descriptions": "descriptions",
    "chapters": "chapters",
    "metadata": "metadata",
}
"""What a `<track>` may be, by `Link.role`."""
_NOT_IN_BODY = frozenset((*TRACK_ROLES, "thumbnail"))


def tracks_of(outlines: Mapping[str, Outline]) -> tuple[NamedTrack, ...]:
    """The sidecars that pages name in raw HTML: each belongs to the player before it (else the first after it)."""
    found: dict[tuple[str, str], NamedTrack] = {}
    for outline in outlines.values():
        media = ""
        waiting: list[Link] = []
        for link in outline.links:
            if link.kind in {"video", "audio"}:
                media = link.path
                for early in waiting:
                    _note(found, early, media)
                waiting = []
            elif link.role in TRACK_ROLES:
                if media:
                    _note(found, link, media)
                else:
                    waiting.append(link)
    return tuple(found.values())


def _note(found: dict[tuple[str, str], NamedTrack], link: Link, media: str) -> None:
    role = TRACK_ROLES[link.role]
    found.setdefault((media, link.path), NamedTrack(media, link.path, role, link.language))


def thumbnail_path(page: str, thumbnail: str, sources: Mapping[str, Source]) -> str:
    """The file that a page's `thumbnail` names: from the page's folder, else from the course folder; "" for none."""
    if not thumbnail or "\\" in thumbnail or "://" in thumbnail:
        return ""
    parts = page.split("/")[:-1]
    for part in thumbnail.split("/"):
        if part == "..":
            if not parts:
                return ""
            parts.pop()
        elif part not in {"", "."}:
            parts.append(part)
    beside = "/".join(parts)
    plain = thumbnail.removeprefix("./")
    return next((p for p in (beside, plain) if p in sources), "")


def used_by(
    outline: Outline, sidecars: Mapping[str, tuple[Sidecar, ...]], sources: Mapping[str, Source]
) -> tuple[str, ...]:
    """Paths of the assets that a body uses, in order of first use, posters of its videos included."""
    used: dict[str, None] = {}
    for link in outline.links:
        if link.kind == "page" or link.role in _NOT_IN_BODY or link.path not in sources:
            continue
        used[link.path] = None
        if link.kind == "video":
            for sidecar in sidecars.get(link.path, ()):
                if sidecar.role == "poster":
                    used[sidecar.source.path] = None
    return tuple(used)


def gather_assets(
    outlines: Iterable[Outline],
    thumbnails: Iterable[str],
    sources: Mapping[str, Source],
    sidecars: Mapping[str, tuple[Sidecar, ...]],
) -> dict[str, Asset]:
    """Source path -> asset, for everything that the pages embed, show or offer to download."""
    roles: dict[str, AssetRole] = dict.fromkeys((t for t in thumbnails if t), "image")
    for outline in outlines:
        for link in outline.links:
            if link.kind == "page" or link.role in TRACK_ROLES or link.path not in sources:
                continue
            if link.kind in _EMBEDDED:
                roles[link.path] = _embedded_role(link)
                for sidecar in sidecars.get(link.path, ()) if link.kind == "video" else ():
                    if sidecar.role == "poster":
                        roles[sidecar.source.path] = "image"
            else:
                roles.setdefault(link.path, "file")
    return {path: _asset(sources[path], role, sidecars) for path, role in sorted(roles.items())}


def gather_recordings(
    paths: Iterable[str], sources: Mapping[str, Source], sidecars: Mapping[str, tuple[Sidecar, ...]]
) -> dict[str, Asset]:
    """Source path -> asset, for the recordings of pages read aloud. Their captions say when a sentence is read."""
    found = {}
    for path in sorted(set(paths)):
        asset = _asset(sources[path], "audio", sidecars)
        own = (replace(s, role="sentences") if s.role == "captions" else s for s in asset.sidecars)
        found[path] = replace(asset, sidecars=tuple(own))
    return found


def _embedded_role(link: Link) -> AssetRole:
    extension = extension_of(link.path)
    if link.kind in {"image", "poster"} or extension in IMAGES:
        return "image"
    if extension in VIDEOS:
        return "video"
    if extension in AUDIOS:
        # A player for "talk.mp3" is an audio player, whichever element the author wrote; Ogg and WebM may be both.
        return "audio" if extension not in {"ogg", "mka"} else ("video" if link.kind == "video" else "audio")
    return "video" if link.kind == "video" else "audio"


def _asset(source: Source, role: AssetRole, sidecars: Mapping[str, tuple[Sidecar, ...]]) -> Asset:
    stem = source.path.rpartition("/")[2].rpartition(".")[0] or source.path.rpartition("/")[2]
    own = sidecars.get(source.path, ()) if role in {"video", "audio"} else ()
    return Asset(source, role, own, slug(stem, fallback="file"))
