"""What it takes to keep a course on a learner's device: installing it, and saving lessons."""

from typing import Literal

import msgspec

Quality = Literal["sound", "small", "standard"]
"""How a video is saved: its sound alone, a small picture, or the picture that downloads have. Smallest first."""

QUALITIES: tuple[Quality, ...] = ("sound", "small", "standard")


class OfflineUrls(msgspec.Struct, frozen=True):
    """Output paths of what a served page needs besides itself; see `recipes/offline.py`."""

    worker: str
    """The service worker: at the site's root, where it governs all pages; its name never changes."""
    release: str
    """JSON that changes with every release."""
    manifest: str
    """The web app manifest of the edition."""
    saved: str
    """The page that lists what is saved, in the language of the edition."""
    icon: str


class SavedFile(msgspec.Struct, frozen=True):
    """One way to keep a video or a recording."""

    quality: Quality
    url: str
    size: int


class SavedMedia(msgspec.Struct, frozen=True):
    """A video or recording of a page: its files, smallest quality first."""

    kind: Literal["video", "audio"]
    files: tuple[SavedFile, ...]

    def at(self, quality: Quality) -> SavedFile | None:
        """The file for a wished quality: the best one up to it, else the smallest of pictures; a silent video has
        none for "sound".
        """
        if self.kind == "audio":
            return self.files[0] if self.files else None
        wished = QUALITIES.index(quality)
        fitting = [f for f in self.files if QUALITIES.index(f.quality) <= wished]
        pictures = [f for f in fitting if f.quality != "sound"]
        if quality == "sound":
            return fitting[-1] if fitting else None
        return pictures[-1] if pictures else next((f for f in self.files if f.quality != "sound"), None)


class PageSaving(msgspec.Struct, frozen=True, omit_defaults=True):
    """What saving a page takes. Sizes in bytes; of text as it is on the server, which mostly sends it compressed."""

    url: str
    lesson: str
    title: str
    size: int
    """The page with its pictures, captions and downloads; styles and scripts, which all pages share, are left out."""
    language: str = ""
    """Of the title, where it is not the edition's."""
    module: str = ""
    media: tuple[SavedMedia, ...] = ()
    module_language: str = ""

    def total(self, quality: Quality | None) -> int:
        """With its media in the wished quality; None: without them."""
        files = [m.at(quality) for m in self.media] if quality else []
        return self.size + sum(f.size for f in files if f)

    @property
    def qualities(self) -> tuple[Quality, ...]:
        """Those that differ for a reader."""
        found = {f.quality for m in self.media if m.kind == "video" for f in m.files}
        return tuple(q for q in QUALITIES if q in found)
