"""What a course offers to those who cannot see, hear or move as others do, in schema.org's words.

Terms: "Schema.org Accessibility Properties for Discoverability Vocabulary" (W3C community group). Nothing is claimed
that was not counted.
"""

from typing import Any

import msgspec


class Cover(msgspec.Struct, frozen=True):
    """The picture that stands for the course in lists."""

    path: str
    """In the web bundle."""
    media_type: str
    width: int
    height: int
    alt: str = ""


class MediaFeatures(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the built pages and media hold. Counts are of distinct files, over all languages."""

    images: int = 0
    """Content images (posters and icons do not count)."""
    images_with_alt: int = 0
    """Of these, with words in place of the picture, or marked as decorative."""
    videos: int = 0
    audios: int = 0
    silent_videos: int = 0
    """Videos without any sound: nothing to caption."""
    captioned: int = 0
    """Videos and audio files with captions or subtitles."""
    transcribed: int = 0
    """Videos and audio files with a transcript in the page, written or made from captions."""
    described: int = 0
    """Videos with descriptions, as cues or as a described sound track."""
    captions: tuple[str, ...] = ()
    """Languages."""
    transcripts: tuple[str, ...] = ()
    """Languages."""
    descriptions: tuple[str, ...] = ()
    """Languages."""
    sign: bool = False
    """Some video has a signed version."""
    mathml: bool = False
    animated: bool = False
    """Some image moves."""
    duration_ms: int = 0
    """Playing time of all videos and audio files, each counted once."""
    words: int = 0
    """Of running text in the course language; a CJK character counts as one half."""
    questions: int = 0
    """Quiz questions in the course language."""
    assessed: tuple[str, ...] = ()
    """Ids of the outcomes that some question asks for."""
    cover: Cover | None = None


def accessibility(f: MediaFeatures) -> dict[str, Any]:
    """accessMode, accessModeSufficient, accessibilityFeature, accessibilityHazard and the playing time."""
    found: dict[str, Any] = {
        "accessMode": _modes(f),
        "accessModeSufficient": [_list_of(modes) for modes in _sufficient(f)],
        "accessibilityFeature": _features(f),
        "accessibilityHazard": _hazards(f),
    }
    if f.captions:
        found["accessibilitySummary"] = f"Captions: {', '.join(sorted(f.captions))}."
    return found


def _modes(f: MediaFeatures) -> list[str]:
    modes = ["textual"]
    if f.images or f.videos:
        modes.append("visual")
    if f.audios or f.videos > f.silent_videos:
        modes.append("auditory")
    return modes


def _sufficient(f: MediaFeatures) -> list[list[str]]:
    """The sets of senses with which all of the course can be had; the first that a reader needs nothing beyond."""
    media = f.videos + f.audios
    described = f.images_with_alt >= f.images
    sound = media - f.silent_videos
    # Captions alone do not tell what is to be seen, so a video counts as readable by its transcript and description.
    readable = described and f.transcribed >= sound and f.described >= f.videos
    sets = [["textual"]] if readable else []
    modes = _modes(f)
    if "visual" in modes and f.captioned >= sound:
        sets.append(["textual", "visual"])
    if "auditory" in modes and described and f.described >= f.videos:
        sets.append(["textual", "auditory"])
    if modes not in sets and sorted(modes) not in [sorted(s) for s in sets]:
        sets.append(modes)
    return sets


def _features(f: MediaFeatures) -> list[str]:
    features = ["displayTransformability", "readingOrder", "structuralNavigation", "tableOfContents"]
    sound = f.videos + f.audios - f.silent_videos
    if f.images and f.images_with_alt >= f.images:
        features.append("alternativeText")
    if f.captions:
        features += ["captions", "closedCaptions"]
    if f.transcripts or (sound and f.transcribed >= sound):
        features.append("transcript")
    if f.described:
        features.append("audioDescription")
    if f.sign:
        features.append("signLanguage")
    if f.mathml:
        features.append("MathML")
    return sorted(features, key=str.lower)


def _hazards(f: MediaFeatures) -> list[str]:
    # Flashing is not measured, so its absence is only known where nothing moves.
    return ["unknown"] if f.videos or f.animated else ["none"]


def _list_of(modes: list[str]) -> dict[str, Any]:
    return {"@type": "ItemList", "itemListElement": modes}
