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
    forced: bool = False
    """A text track of signs alone, for those who understand the speech."""
    hearing_impaired: bool = False
    """Made for people who do not hear: says what sounds there are."""
    duration_ms: int = 0
    start_ms: int = 0
    """How much later than the file it begins."""
    lag_ms: int = 0
    """The same, where ffmpeg forgets that as soon as it reads this stream alone (formats
    whose clock may jump: MPEG-TS, MPEG-PS, Ogg); 0 for all others."""
    width: int = 0
    height: int = 0
    sample_aspect: tuple[int, int] = (1, 1)
    rotation: int = 0
    """Degrees clockwise that the picture must be turned for display: 0, 90, 180, 270."""
    mirrored: bool = False
    """Whether it must be turned over as well (selfie cameras): what stands upright then is still `rotation`."""
    fps: float = 0
    frames: int = 0
    pixel_format: str = ""
    bit_depth: int = 8
    transfer: str = ""
    """"smpte2084" and "arib-std-b67" are HDR."""
    matrix: str = ""
    """Of YCbCr: "bt709", "smpte170m", ...; "" when the file does not say."""
    primaries: str = ""
    """"bt709", "bt2020", ...; "" when the file does not say."""
    alpha: bool = False
    """Whether parts of the picture may be transparent."""
    dolby_only: bool = False
    """Dolby Vision without a base picture that other decoders understand (profile 5)."""
    interlaced: bool = False
    profile: str = ""
    """libav's name: "High", "Main 10"; of the chosen video only, like all that follows but sound."""
    level: int = 0
    """As the bit stream writes it: 41 is H.264's 4.1."""
    bit_rate: int = 0
    """In bit/s, as the header says or as its packets were counted; 0: unknown."""
    constant_rate: bool = False
    """Every picture is shown equally long, to a millisecond. Looked at for `keyframe_ms` only."""
    keyframe_ms: tuple[int, ...] = ()
    """When its keyframes are shown, from the file's start, at most 20,000. Known only where the packets might be
    used as they are: H.264, 8 bits, 4:2:0, progressive, constant rate, closed groups, in MP4, QuickTime or Matroska of
    at most 1 GiB."""
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
    seekable: bool = False
    """Whether reading can begin anywhere and finds a keyframe of `video` at or before that time. Tried out, in
    MP4, QuickTime and Matroska longer than two minutes; False for all others."""


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
    video: ImageVariant | None = None
    """Animated, opaque: the whole as silent video with controls; then `variants` are those of its first frame."""
    loop: bool = False
    """The video is to be repeated for ever."""
    lossless: bool = False
    """The source kept every pixel (PNG and the like)."""
    flat: bool = False
    """Screenshot, diagram or slide, by its pixels; else a photo."""
    source_size: int = 0
    """Bytes of the course's file."""


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


Codec = Literal["h264", "av1"]
VideoClass = Literal["slides", "screen", "camera", "mixed"]


class LookFacts(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a cheap look at a video tells (part kind "video-look")."""

    video_class: VideoClass
    slow: bool = False
    """Slides that lose nothing at 15 frames a second or fewer."""
    samples: tuple[tuple[int, int], ...] = ()
    """(start, length) in ms of the stretches that stand for the whole when a quality is searched."""
    measures: dict[str, float] = {}
    """What the class was decided by, for people."""


class QualityProbe(msgspec.Struct, frozen=True):
    """One try of a search: what a rate factor gave on the samples."""

    crf: float
    vmaf: float
    """Mean over the samples' pictures."""
    vmaf_p5: float
    """5th percentile over the samples' pictures."""
    bytes_per_s: int


class SearchFacts(msgspec.Struct, frozen=True, omit_defaults=True):
    """The rate factor that gives a video the wished quality (part kind "video-search")."""

    codec: Codec
    crf: float
    vmaf: float
    vmaf_p5: float
    bytes_per_s: int
    """Of the top rendition's picture, on the samples."""
    probes: tuple[QualityProbe, ...] = ()
    """Every try, in order."""


class Rendition(msgspec.Struct, frozen=True, omit_defaults=True):
    """One rung of a ladder."""

    name: str
    """"360p"; of AV1 "360p-av1"; unique in its video."""
    width: int
    height: int
    fps: float
    bandwidth: int
    """Peak segment bit rate in bit/s (RFC 8216 BANDWIDTH), picture only."""
    average_bandwidth: int
    codecs: str
    """RFC 6381, picture only: "avc1.64001f"."""
    playlist: str
    """Name of its media playlist inside the artefact."""
    size: int = 0
    """Bytes of all its segments."""
    codec: Codec = "h264"
    crf: float = 0
    """x264's or SVT-AV1's rate factor; 0: the source's own pictures, remuxed."""
    iframes: str = ""
    """Name of its I-frame playlist inside the artefact."""
    iframe_bandwidth: int = 0


class AudioRendition(msgspec.Struct, frozen=True, omit_defaults=True):
    """Sound as HLS segments inside an artefact."""

    name: str
    """"audio", or "low" for thin lines; unique in its artefact."""
    playlist: str
    bandwidth: int
    average_bandwidth: int
    codecs: str
    channels: int
    size: int = 0
    language: str = ""


class SoundFacts(msgspec.Struct, frozen=True, omit_defaults=True):
    """The sound of a video (part kind "sound"): `renditions` best first, and `file`, AAC in MP4 for other packages."""

    duration_ms: int
    file: str
    size: int
    channels: int
    renditions: tuple[AudioRendition, ...] = ()
    loudness_lufs: float | None = None
    true_peak_dbtp: float | None = None


class VideoReport(msgspec.Struct, frozen=True, omit_defaults=True):
    """How a video was made and what that saved, for the author's report."""

    video_class: VideoClass
    target: float
    """The wished VMAF."""
    crf: float
    """Of the top H.264 rendition; 0: remuxed."""
    vmaf: float
    """Mean on the samples; 0: not measured."""
    vmaf_p5: float
    remuxed: bool = False
    bytes_per_minute: int = 0
    """Of the top rendition with its sound."""
    ladder_bytes: int = 0
    """All H.264 renditions and the sound."""
    fixed_ladder_bytes: int = 0
    """What a fixed ladder of bit rates would have cost with the same rungs."""
    source_bytes: int = 0
    av1_bytes: int = 0


class VideoFacts(msgspec.Struct, frozen=True, omit_defaults=True):
    """A built video (step kind "video"). Names are names of files inside the artefact.

    Its playlists are put together with captions and described sound by the step kind "stream".
    """

    duration_ms: int
    width: int
    """Display size of the top rendition."""
    height: int
    renditions: tuple[Rendition, ...]
    """H.264 first, each family largest first."""
    mp4: str
    """Progressive file for download and for browsers without HLS: the rendition nearest to 480 lines."""
    mp4_size: int
    mobile: str
    """Progressive file of the smallest useful rendition, for offline bundles; may equal `mp4`."""
    mobile_size: int
    poster: str
    poster_width: int
    poster_height: int
    mobile_av1: str = ""
    """The same in AV1, where the course asks for it."""
    mobile_av1_size: int = 0
    mobile_av1_codecs: str = ""
    has_audio: bool = True
    audio: tuple[AudioRendition, ...] = ()
    """Best first."""
    sound: str = ""
    """The sound alone, AAC in MP4."""
    loudness_lufs: float | None = None
    chapters: tuple[ChapterFacts, ...] = ()
    """As found inside the source file."""
    proposed_chapters: tuple[ChapterFacts, ...] = ()
    """Scene changes of slides, where the source has no chapters: for the author, not for pages."""
    captions: tuple[CueFacts, ...] = ()
    """Text tracks found inside the source file."""
    thumbnails: str = ""
    """WebVTT whose cues name parts of the sprite sheets beside it."""
    report: VideoReport | None = None


class StreamedFacts(msgspec.Struct, frozen=True, omit_defaults=True):
    """A video ready to stream (step kind "stream"): playlists that refer to the files of other artefacts."""

    master: str
    """The HLS multivariant playlist."""
    dash: str
    """The MPEG-DASH manifest of the same segments."""
    audio: str = ""
    """The sound alone with chapters and cover, for riders; "" for a silent video."""
    audio_size: int = 0


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
    opus: str = ""
    """The same as Opus in WebM where that is clearly smaller, or ""."""
    opus_size: int = 0
    renditions: tuple[AudioRendition, ...] = ()
    """As HLS segments, where the step was asked for them (described sound of a video)."""


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


class OfflineVideo(msgspec.Struct, frozen=True):
    """The one file of a video that an offline bundle carries."""

    name: str
    size: int
    media_type: str


def offline_video(facts: VideoFacts) -> OfflineVideo:
    """The AV1 file where the course asks for it, else the small H.264 one."""
    if not facts.mobile_av1:
        return OfflineVideo(facts.mobile, facts.mobile_size, "video/mp4")
    # With its codecs, so that a phone that cannot play them says so at once.
    return OfflineVideo(
        facts.mobile_av1, facts.mobile_av1_size, f'video/mp4; codecs="{facts.mobile_av1_codecs}"'
    )
