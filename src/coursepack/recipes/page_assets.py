"""What a page knows of the built assets it shows: facts, and where their files are."""

from collections.abc import Iterator
from typing import Literal, TypeVar

import msgspec

from coursepack.model.digest import Digest
from coursepack.model.document import Blocks
from coursepack.model.media import AudioFacts, CueFacts, ImageFacts, StreamedFacts, VideoFacts
from coursepack.model.recipe import Work
from coursepack.model.site import AssetRef
from coursepack.model.step import Artefact, BlobInput, output_folder
from coursepack.settings.languages import same_reader

Facts = TypeVar("Facts", ImageFacts, VideoFacts, AudioFacts, CueFacts, StreamedFacts)

_TEXT = ("captions", "subtitles")


class Built(msgspec.Struct, frozen=True):
    """An artefact in its place: `folder` is an output path below the site's root."""

    folder: str
    artefact: Artefact

    def url(self, name: str) -> str:
        """The output path of the artefact's file `name`."""
        return f"{self.folder}/{name}"

    def facts(self, kind: type[Facts]) -> Facts:
        """The artefact's facts, typed."""
        return msgspec.convert(self.artefact.facts, kind)


class PlacedCues(msgspec.Struct, frozen=True):
    """A cue file of a video or audio."""

    url: str
    size: int
    digest: Digest
    facts: CueFacts


class Assets:
    """The assets of one "pages" step, looked up by source path. A failed or unknown one is None.

    `language`: what cue files are in that do not say.
    """

    def __init__(self, refs: tuple[AssetRef, ...], work: Work, language: str) -> None:
        self._language = language
        self._refs = {(ref.role, ref.path): ref for ref in refs}
        self._blobs = {i.name: i.digest for i in work.step.inputs if isinstance(i, BlobInput)}
        self._work = work

    def ref(self, role: Literal["image", "video", "audio", "file", "search"], path: str) -> AssetRef | None:
        """How the step refers to the asset, built or failed; None where the step does not know it."""
        return self._refs.get((role, path))

    def built(self, role: Literal["image", "video", "audio", "file", "search"], path: str) -> Built | None:
        """The asset, unless it failed."""
        ref = self.ref(role, path)
        return self._built(ref.input, ref.base) if ref else None

    def cues(self, ref: AssetRef) -> list[PlacedCues]:
        """The asset's cue files that could be built, in their order; after them text tracks from inside the video,
        in languages that have none beside it.
        """
        found: list[PlacedCues] = []
        for name, base in zip(ref.cues, ref.cue_bases, strict=True):
            if built := self._built(name, base):
                facts = built.facts(CueFacts)
                file = built.artefact.file(facts.file)
                found.append(PlacedCues(built.url(facts.file), file.size, file.digest, facts))
        return [*found, *self._inside(ref, found)] if ref.role == "video" else found

    def _inside(self, ref: AssetRef, beside: list[PlacedCues]) -> Iterator[PlacedCues]:
        video = self._built(ref.input, ref.base)
        if video is None:
            return
        known = [c.facts.language or self._language for c in beside if c.facts.kind in _TEXT]
        for facts in video.facts(VideoFacts).captions:
            if not any(same_reader(facts.language or self._language, language) for language in known):
                file = video.artefact.file(facts.file)
                yield PlacedCues(video.url(facts.file), file.size, file.digest, facts)

    def stream(self, ref: AssetRef) -> Built | None:
        """The video as it is streamed; None where it is not."""
        return self._built(ref.stream, ref.stream_base) if ref.stream else None

    def described(self, ref: AssetRef) -> list[tuple[str, Built]]:
        """The video's described sound that could be built: language and artefact."""
        placed = zip(ref.described_languages, ref.described, ref.described_bases, strict=True)
        return [(language, b) for language, name, base in placed if (b := self._built(name, base))]

    def signs(self, ref: AssetRef) -> list[tuple[str, Built]]:
        """The video's sign-language videos that could be built: language ("" when not said) and artefact."""
        placed = zip(ref.sign_languages, ref.signs, ref.sign_bases, strict=True)
        return [(language, b) for language, name, base in placed if (b := self._built(name, base))]

    def bytes_of(self, cues: PlacedCues) -> bytes:
        """The cue file itself."""
        return self._work.blob(cues.digest)

    def transcripts(self, ref: AssetRef) -> list[tuple[str, Blocks]]:
        """The asset's authored transcripts: language and body."""
        return [
            (language, self.blocks(name))
            for name, language in zip(ref.transcripts, ref.transcript_languages, strict=True)
        ]

    def blocks(self, name: str) -> Blocks:
        """The body in the blob input `name`."""
        return msgspec.msgpack.decode(self._work.blob(self._blobs[name]), type=Blocks)

    def _built(self, name: str, base: str) -> Built | None:
        artefact = self._work.artefact(name)
        return None if artefact.failed else Built(output_folder(base, artefact), artefact)
