"""What the playlists of a video are made from."""

import msgspec

from coursepack.model.media import AudioFacts, AudioRendition
from coursepack.model.step import Artefact, output_folder
from coursepack.recipes.addresses import relative


class Described(msgspec.Struct, frozen=True):
    """Described sound of a video, as the step is told: its base, language, and course path for findings."""

    base: str
    language: str
    path: str = ""


class Place(msgspec.Struct, frozen=True):
    """An artefact as the playlists see it, from their own folder beside it."""

    own: str
    base: str
    artefact: Artefact

    def href(self, name: str) -> str:
        """The address of the artefact's file `name`."""
        return relative(f"{self.own}/x", f"{output_folder(self.base, self.artefact)}/{name}")


class Speech(msgspec.Struct, frozen=True):
    """What there is to hear: the main sound's language, and described sound with its facts and place."""

    language: str
    described: tuple[tuple[Described, AudioFacts, Place], ...] = ()


class Words(msgspec.Struct, frozen=True):
    """A text track."""

    language: str
    href: str
    size: int
    captions: bool
    default: bool = False

    def bandwidth(self, duration_ms: int) -> int:
        """Bit/s over the whole time."""
        return -(-self.size * 8000 // max(1, duration_ms))


def matching(renditions: tuple[AudioRendition, ...], name: str) -> AudioRendition:
    """The rendition called `name`, else the thriftiest."""
    return next((r for r in renditions if r.name == name), renditions[-1])
