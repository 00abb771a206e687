"""Facts about media: as probed from a source, and as built. All sizes in pixels, times in milliseconds."""

from typing import Literal

import msgspec

StreamKind = Literal["video", "audio", "subtitle", "data", "attachment"]


class StreamFacts(msgspec.Struct, frozen=True, omit_defaults=True):
    """One stream of a media file, as probed."""

    index: int
    kind: StreamKind
    codec: str
    language: str = ""
    default: bool = False
    attached_picture: bool = False
    duration_ms: int = 0
    width: int = 0
    height: int = 0
    sample_aspect: tuple[int, int] = (1, 1)
    rotation: int = 0
    """Degrees clockwise that the picture must be turned for display: 0, 90, 180, 270."""
    fps: float = 0
    frames: int = 0
    pixel_format: str = ""
    bit_depth: int = 8
    transfer: str = ""
    """"smpte2084" and "arib-std-b67" are HDR."""
    matrix: str = ""
    """Of YCbCr: "bt709", "smpte170m", ...; "" when the file does not say."""
    interlaced: bool = False
    sample_rate: int = 0
    channels: int = 0


class ChapterFacts(msgspec.Struct, frozen=True):
    """A chapter mark inside a media file."""

    start_ms: int
    end_ms: int
    title: str


class MediaFacts(msgspec.Struct, frozen=True, omit_defaults=True):
    """A media file, as probed. `width` and `height` are as displayed: rotation and pixel aspect applied."""

    container: str
    duration_ms: int
    streams: tuple[StreamFacts, ...] = ()
    chapters: tuple[ChapterFacts, ...] = ()
    width: int = 0
    height: int = 0
    video: int = -1
    """Index in `streams` of the video to show (never cover art); -1: none."""
    audio: int = -1
    """Index in `streams` of the audio to play; -1: none."""


# -- facts of built artefacts (`Artefact.facts`, see model.step) -------------------------------------------------


class ImageVariant(msgspec.Struct, frozen=True):
    """One file of a built image; `name` is its name inside the artefact."""

    name: str
    media_type: str
    width: int
    height: int
    size: int


class ImageFacts(msgspec.Struct, frozen=True, omit_defaults=True):
    """A built image (step kind "image"). Variants are ordered best format first, then by width, smallest first.

    The last format in the list is the fallback that any browser shows (JPEG, PNG, GIF or SVG).
    """

    width: int
    """Natural size for display: orientation applied; the largest variant may be smaller."""
    height: int
    variants: tuple[ImageVariant, ...]
    animated: bool = False
    still: str = ""
    """Animated: name of a file with the first frame, for readers who ask for reduced motion (no variant of its own)."""


class Rendition(msgspec.Struct, frozen=True, omit_defaults=True):
    """One rung of a ladder."""

    name: str
    """"360p"; unique in its ladder."""
    width: int
    height: int
    fps: float
    bandwidth: int
    """Peak segment bit rate, audio included, in bit/s (RFC 8216 BANDWIDTH)."""
    average_bandwidth: int
    codecs: str
    """RFC 6381, audio included: "avc1.64001f,mp4a.40.2"."""
    playlist: str
    """Name of its media playlist inside the artefact."""
    size: int = 0
    """Bytes of all its segments."""


class VideoFacts(msgspec.Struct, frozen=True, omit_defaults=True):
    """A built video (step kind "video"). Names are names of files inside the artefact."""

    duration_ms: int
    width: int
    """Display size of the top rendition."""
    height: int
    master: str
    """The HLS multivariant playlist."""
    renditions: tuple[Rendition, ...]
    mp4: str
    """Progressive file for download and for browsers without HLS: the rendition nearest to 480 lines."""
    mp4_size: int
    mobile: str
    """Progressive file of the smallest useful rendition, for offline bundles; may equal `mp4`."""
    mobile_size: int
    poster: str
    poster_width: int
    poster_height: int
    has_audio: bool = True
    loudness_lufs: float | None = None
    chapters: tuple[ChapterFacts, ...] = ()
    """As found inside the source file."""


class AudioFacts(msgspec.Struct, frozen=True, omit_defaults=True):
    """A built audio file (step kind "audio"): `file` is AAC in MP4, playable everywhere."""

    duration_ms: int
    file: str
    size: int
    loudness_lufs: float | None = None
    true_peak_dbtp: float | None = None
    chapters: tuple[ChapterFacts, ...] = ()
    cover: str = ""
    """Name of a JPEG made from embedded cover art, or ""."""


class Cue(msgspec.Struct, frozen=True, omit_defaults=True):
    """One cue, for transcripts. `text` is plain, lines joined by newline; `voice` is the speaker, or ""."""

    start_ms: int
    end_ms: int
    text: str
    voice: str = ""


class CueFacts(msgspec.Struct, frozen=True, omit_defaults=True):
    """A built cue file (step kind "captions"): clean WebVTT `file`, and what it says."""

    kind: Literal["captions", "subtitles", "descriptions", "chapters", "metadata"]
    language: str
    file: str
    cues: tuple[Cue, ...]


OFFLINE_WIDTH = 960
"""Widest image of an offline bundle, in pixels: sharp on a phone at twice the density."""


def offline_variants(facts: ImageFacts) -> tuple[ImageVariant, ...]:
    """The variants that an offline bundle carries and its pages name: the best format up to `OFFLINE_WIDTH`
    (else its smallest), and the fallback that any browser shows.
    """
    best = [v for v in facts.variants if v.media_type == facts.variants[0].media_type]
    kept = [v for v in best if v.width <= OFFLINE_WIDTH][-1:] or best[:1]
    fallback = facts.variants[-1]
    return tuple(kept) if fallback in kept else (*kept, fallback)
