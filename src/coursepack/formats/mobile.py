"""The mobile bundle: the site with small renditions, to be opened from a phone's file browser."""

from collections.abc import Mapping

import msgspec

from coursepack.formats.layout import site_entries
from coursepack.model.bundle import Entry
from coursepack.model.media import AudioFacts, ImageFacts, VideoFacts, offline_variants, offline_video
from coursepack.model.site import Variant
from coursepack.model.step import Artefact, Plan


class MobileFormat:
    """See `Format`. The packer adds `manifest.json`, the digests and sizes of all entries."""

    name = "mobile"
    variant: Variant = "mobile"

    def arrange(self, plan: Plan, artefacts: Mapping[str, Artefact]) -> tuple[Entry, ...]:
        """See `Format.arrange`."""
        return site_entries(plan, artefacts, self.variant, _choose)


def _choose(kind: str, artefact: Artefact) -> frozenset[str] | None:
    if artefact.failed:
        return frozenset()
    if kind == "video":
        video = msgspec.convert(artefact.facts, VideoFacts)
        return frozenset({offline_video(video).name, video.poster, *(c.file for c in video.captions)})
    if kind == "audio":
        audio = msgspec.convert(artefact.facts, AudioFacts)
        return frozenset({audio.file, audio.cover} - {""})
    if kind == "image":
        image = msgspec.convert(artefact.facts, ImageFacts)
        moving = {image.video.name} if image.video else set()
        return frozenset({v.name for v in offline_variants(image)} | moving | {image.still} - {""})
    return None
