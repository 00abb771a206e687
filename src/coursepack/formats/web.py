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
    if kind == "audio" and artefact.facts.get("renditions"):
        # Described sound of a video: its segments, and the one file that every device plays.
        return frozenset(f.name for f in artefact.files) - {artefact.facts.get("opus")}
    if kind != "video" or artefact.failed:
        return None
    facts = msgspec.convert(artefact.facts, VideoFacts)
    # `mobile` is what learners with little room save. Its AV1 twin is for the offline bundle alone, and the sound is
    # inside the file that the stream step makes of it.
    unused = {facts.mobile_av1, facts.sound} - {facts.mp4, facts.mobile}
    return frozenset(f.name for f in artefact.files) - unused
