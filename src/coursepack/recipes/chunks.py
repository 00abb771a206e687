"""A video in stretches that are encoded one by one: part kind "video-chunk", and what joins them.

A stretch begins at a forced keyframe and its segments carry their place in the whole, so joining is naming: the
same files stand in the playlist of the whole video. A kill loses one stretch, and stretches may be made anywhere.
"""

import zlib
from collections.abc import Iterable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

import msgspec

from coursepack.model.codes import diagnostic
from coursepack.model.media import MediaFacts
from coursepack.model.recipe import Refused, Work
from coursepack.model.step import Artefact, ArtefactFile, SourceInput, Step
from coursepack.recipes.encode import STRIP_FILE, THUMBNAIL_FILE, Looks, Stretch, encode_stretch
from coursepack.recipes.faults import first_complaint, limits_for, refused
from coursepack.recipes.ladder import Rung, as_params, from_params, group_frames
from coursepack.tools import cmaf, hls
from coursepack.tools.ffmpeg import Ffmpeg, version
from coursepack.tools.iframes import KeyPicture, key_picture
from coursepack.tools.process import ToolFailed, ToolTimeout

CHUNK_S: Final = 120
"""Long enough that starting anew at its first picture costs nothing to speak of, short enough to lose to a kill."""
_BLOCK: Final = 1 << 20


class MadeTrack(msgspec.Struct, frozen=True):
    """One rung of a stretch, or of the whole: its segments in playing order, and what each weighs."""

    rung: Rung
    segments: tuple[hls.Segment, ...]
    keys: tuple[KeyPicture, ...]
    """The picture that each segment begins with."""

    @property
    def duration_s(self) -> float:
        """The sum of its segments."""
        return sum(s.duration_s for s in self.segments)

    @property
    def size(self) -> int:
        """Bytes of its segments."""
        return sum(s.size for s in self.segments)


class ChunkFacts(msgspec.Struct, frozen=True):
    """What a part "video-chunk" made. `complaints`: what ffmpeg said about the source, first line."""

    tracks: tuple[MadeTrack, ...]
    complaints: str = ""


def plan_stretches(
    facts: MediaFacts, fps: Fraction, *, pad_ms: int, chunk_s: float = CHUNK_S
) -> list[Stretch]:
    """Where a video is cut: at keyframes, about every `chunk_s`; in one piece where seeking cannot be relied on."""
    per = group_frames(fps) * max(1, round(chunk_s * fps / group_frames(fps)))
    count = 1
    if facts.seekable:
        # The last piece may be up to half as long again as the others: no crumbs.
        count = max(1, int(facts.streams[facts.video].duration_ms * fps / 1000 / per + Fraction(1, 2)))
    segments = per // group_frames(fps)
    stretches = [Stretch(fps, n * per, per, 1 + n * segments) for n in range(count - 1)]
    last = count - 1
    return [*stretches, Stretch(fps, last * per, 0, 1 + last * segments, pad_ms=pad_ms)]


def chunk_step(
    work: Work, facts: MediaFacts, rungs: Sequence[Rung], stretch: Stretch, looks: Looks | None, number: int
) -> Step:
    """The part that encodes `stretch`, the `number`-th. Without `looks` no small pictures are taken along."""
    source = next(i for i in work.step.inputs if isinstance(i, SourceInput) and i.name == "source")
    params = {
        "facts": as_params(facts),
        "rungs": as_params(rungs),
        "stretch": as_params(stretch),
        "looks": as_params(looks),
    }
    return Step(
        f"{work.step.id}#{rungs[0].codec}-{number}",
        "video-chunk",
        work.step.label,
        params,
        (source,),
        "video",
    )


class ChunkRecipe:
    """Makes `ChunkFacts`. Params: see `chunk_step`; input "source".

    Files: the segments of every rung under their final names, the strip (deflated) and the thumbnails. A stretch
    past the end of what can be decoded has no files.
    """

    kind = "video-chunk"
    version = 1

    def __init__(self, ffmpeg: Ffmpeg) -> None:
        self._ffmpeg = ffmpeg

    def fingerprint(self) -> str:
        """ffmpeg makes all of it."""
        return version(self._ffmpeg)

    def run(self, work: Work) -> dict[str, Any]:
        """Makes the files. Raises Refused when the first stretch gives no picture, or decoding hangs."""
        facts = from_params(work.step.params["facts"], MediaFacts)
        rungs = [from_params(r, Rung) for r in work.step.params["rungs"]]
        stretch = from_params(work.step.params["stretch"], Stretch)
        try:
            complaints = self._encode(work, facts, rungs, stretch)
        except ToolFailed as e:
            if stretch.first_frame == 0 or isinstance(e, ToolTimeout):
                raise refused(e, work.source_name("source")) from e
            return _builtins(ChunkFacts((), first_complaint(e.stderr_tail, sought=True)))
        tracks = [_read(work.folder / r.folder) for r in rungs]
        if not tracks[0].segments:
            if stretch.first_frame == 0:
                detail = first_complaint(complaints) or "no pictures"
                raise Refused(diagnostic("CP218", work.source_name("source"), detail=detail))
            return _builtins(ChunkFacts((), first_complaint(complaints, sought=True)))
        for track in tracks:
            cmaf.start_at_zero(track)
        made = [number_segments(work, r, t, stretch) for r, t in zip(rungs, tracks, strict=True)]
        if (work.folder / STRIP_FILE).exists():
            _deflate(work.folder / STRIP_FILE, work.folder / "strip.z")
            work.add(STRIP_FILE, work.folder / "strip.z", "application/octet-stream")
            work.add(THUMBNAIL_FILE, work.folder / THUMBNAIL_FILE, "application/octet-stream")
        told = first_complaint(complaints, sought=stretch.first_frame > 0)
        return _builtins(ChunkFacts(tuple(made), told))

    def _encode(self, work: Work, facts: MediaFacts, rungs: Sequence[Rung], stretch: Stretch) -> str:
        looks = work.step.params["looks"]
        return encode_stretch(
            self._ffmpeg,
            facts,
            rungs,
            stretch,
            source=work.source_path("source"),
            out=work.folder,
            limits=limits_for(facts),
            cancelled=work.cancelled,
            progress=work.progress,
            looks=from_params(looks, Looks) if looks else None,
        )


def _builtins(facts: ChunkFacts) -> dict[str, Any]:
    built: dict[str, Any] = as_params(facts)
    return built


def _read(folder: Path) -> hls.Track:
    if not (folder / hls.PLAYLIST).exists():
        return hls.Track(folder, ())
    # The muxer writes a segment without pictures rather than none.
    return hls.Track(folder, tuple(s for s in hls.read_track(folder).segments if s.duration_s > 0))


def number_segments(work: Work, rung: Rung, track: hls.Track, stretch: Stretch) -> MadeTrack:
    """Puts the segments of a track that starts at zero in their place of the whole, and adds them."""
    init = track.folder / hls.INIT
    ticks = cmaf.timescale(init.read_bytes()) * stretch.first_frame / stretch.fps
    before = stretch.first_segment - 1
    segments, keys = [], []
    for n, segment in enumerate(track.segments):
        path = track.folder / segment.name
        cmaf.move(path, ticks=int(ticks), segments=before)
        name = hls.SEGMENTS % (before + n + 1)
        key = msgspec.structs.replace(key_picture(path, segment.duration_s), name=name)
        work.add(f"{rung.folder}/{name}", path, hls.SEGMENT_TYPE)
        segments.append(msgspec.structs.replace(segment, name=name))
        keys.append(key)
    work.add(f"{rung.folder}/{hls.INIT}", init, "video/mp4")
    return MadeTrack(rung, tuple(segments), tuple(keys))


def _deflate(path: Path, out: Path) -> None:
    packer = zlib.compressobj(1)
    with path.open("rb") as f, out.open("wb") as g:
        while block := f.read(_BLOCK):
            g.write(packer.compress(block))
        g.write(packer.flush())


class Joined(msgspec.Struct, frozen=True):
    """All stretches as one video. `files`: every file of every rung by name, in the store."""

    tracks: tuple[MadeTrack, ...]
    files: dict[str, ArtefactFile]
    chunks: tuple[Artefact, ...]
    complaints: str


def join(chunks: Iterable[Artefact]) -> Joined:
    """Joins stretches in order, up to the first that has no pictures: the file ends there, whatever its header says."""
    used: list[Artefact] = []
    tracks: list[MadeTrack] = []
    files: dict[str, ArtefactFile] = {}
    complaints = ""
    for chunk in chunks:
        facts = from_params(chunk.facts, ChunkFacts)
        complaints = complaints or facts.complaints
        if not facts.tracks:
            break
        used.append(chunk)
        for f in chunk.files:
            if files.setdefault(f.name, f).digest != f.digest and f.name.endswith(hls.INIT):
                raise AssertionError(f"{f.name} differs between stretches of one video")
        added = zip(tracks, facts.tracks, strict=True) if tracks else ((None, t) for t in facts.tracks)
        tracks = [
            t if b is None else MadeTrack(b.rung, b.segments + t.segments, b.keys + t.keys) for b, t in added
        ]
    return Joined(tuple(tracks), files, tuple(used), complaints)


def join_families(families: Sequence[Joined]) -> Joined:
    """The renditions of several codecs as one video; small pictures are those of the first."""
    first = families[0]
    tracks = tuple(t for family in families for t in family.tracks)
    files = {name: f for family in families for name, f in family.files.items()}
    return msgspec.structs.replace(first, tracks=tracks, files=files)


def with_top(joined: Joined, top: Artefact) -> Joined:
    """With the one track of the artefact `top` above all others."""
    (track,) = from_params(top.facts, ChunkFacts).tracks
    files = joined.files | {f.name: f for f in top.files}
    return msgspec.structs.replace(joined, tracks=(track, *joined.tracks), files=files)


def collect(work: Work, joined: Joined, name: str, out: Path) -> Path:
    """The stretches' files called `name` as one, at `out`; what was deflated is inflated."""
    piece = work.folder / "piece"
    with out.open("wb") as g:
        for chunk in joined.chunks:
            work.fetch(chunk.file(name).digest, piece)
            with piece.open("rb") as f:
                inflater = zlib.decompressobj() if name == STRIP_FILE else None
                while block := f.read(_BLOCK):
                    g.write(inflater.decompress(block) if inflater else block)
            piece.unlink()
    return out


def fetch_track(work: Work, joined: Joined, track: MadeTrack, *, only: str = "") -> hls.Track:
    """The files of a rung in `work.folder`, for tools; `only`: one segment of it, and the initialisation section."""
    folder = work.folder / "tracks" / track.rung.folder
    folder.mkdir(parents=True, exist_ok=True)
    segments = tuple(s for s in track.segments if not only or s.name == only)
    for name in (hls.INIT, *(s.name for s in segments)):
        path = folder / name
        if not path.exists():
            work.fetch(joined.files[f"{track.rung.folder}/{name}"].digest, path)
    return hls.Track(folder, segments)
