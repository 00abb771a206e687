"""The web site."""

from collections.abc import Mapping

import msgspec

from coursepack.formats.layout import site_entries
from coursepack.model.bundle import Entry
from coursepack.model.media import VideoFacts
from coursepack.model.site import Variant
from coursepack.model.step import Artefact, Plan


class WebFormat:
    """All pages, all renditions. See `Format`."""

    name = "web"
    variant: Variant = "web"

    def arrange(self, plan: Plan, artefacts: Mapping[str, Artefact]) -> tuple[Entry, ...]:
        """See `Format.arrange`."""
        return site_entries(plan, artefacts, self.variant, _choose)


def _choose(kind: str, artefact: Artefact) -> frozenset[str] | None:
    if kind != "video" or artefact.failed:
        return None
    facts = msgspec.convert(artefact.facts, VideoFacts)
    # The offline file is for the offline bundle; online it would only be a second copy of a small rendition.
    unused = {facts.mobile} - {facts.mp4}
    return frozenset(f.name for f in artefact.files) - unused
