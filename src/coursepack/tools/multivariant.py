"""The HLS multivariant playlist (RFC 8216 and its second edition), written by us.

ffmpeg's own had BANDWIDTH below AVERAGE-BANDWIDTH, no FRAME-RATE, no I-frame playlists and no subtitles.
"""

import re
from collections.abc import Iterable
from typing import Final

import msgspec

AUDIO_DESCRIPTION: Final = "public.accessibility.describes-video"
SDH: Final = "public.accessibility.transcribes-spoken-dialog,public.accessibility.describes-music-and-sound"
_SUBTITLES: Final = "subs"
_TAG: Final = re.compile(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*")


class Sound(msgspec.Struct, frozen=True):
    """An audio rendition. The same ones, by name, are in every group."""

    group: str
    name: str
    uri: str
    channels: int
    language: str = ""
    default: bool = False
    described: bool = False


class Subtitles(msgspec.Struct, frozen=True):
    """A text track."""

    name: str
    uri: str
    language: str = ""
    default: bool = False
    captions: bool = False
    """It also tells sounds, for those who cannot hear."""


class Variant(msgspec.Struct, frozen=True):
    """A rung. Bit rates and codecs are those of picture and sound together."""

    uri: str
    bandwidth: int
    average_bandwidth: int
    codecs: str
    width: int
    height: int
    fps: float
    group: str = ""
    """Of its sound; "" for a silent video."""


class IFrameVariant(msgspec.Struct, frozen=True):
    """An I-frame playlist; picture only."""

    uri: str
    bandwidth: int
    codecs: str
    width: int
    height: int


def multivariant(
    variants: Iterable[Variant],
    *,
    sounds: Iterable[Sound] = (),
    subtitles: Iterable[Subtitles] = (),
    iframes: Iterable[IFrameVariant] = (),
) -> bytes:
    """The playlist. The first variant is what a player starts with, so callers order them."""
    texts = tuple(subtitles)
    lines = ["#EXTM3U", "#EXT-X-VERSION:7", "#EXT-X-INDEPENDENT-SEGMENTS"]
    lines += [_sound(s) for s in sounds]
    lines += [_text(t) for t in texts]
    for v in variants:
        group = f',AUDIO="{quotable(v.group)}"' if v.group else ""
        shown = f',SUBTITLES="{_SUBTITLES}"' if texts else ""
        lines.append(
            f"#EXT-X-STREAM-INF:BANDWIDTH={v.bandwidth},AVERAGE-BANDWIDTH={v.average_bandwidth},"
            f'CODECS="{quotable(v.codecs)}",RESOLUTION={v.width}x{v.height},FRAME-RATE={v.fps:.3f}'
            f"{group}{shown},CLOSED-CAPTIONS=NONE"
        )
        lines.append(v.uri)
    for i in iframes:
        lines.append(
            f'#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH={i.bandwidth},CODECS="{quotable(i.codecs)}",'
            f'RESOLUTION={i.width}x{i.height},URI="{quotable(i.uri)}"'
        )
    return ("\n".join(lines) + "\n").encode()


def _sound(s: Sound) -> str:
    described = f',CHARACTERISTICS="{AUDIO_DESCRIPTION}"' if s.described else ""
    return (
        f'#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="{quotable(s.group)}",NAME="{quotable(s.name)}"{_language(s.language)},'
        f'DEFAULT={_yes(s.default)},AUTOSELECT=YES{described},CHANNELS="{s.channels}",URI="{quotable(s.uri)}"'
    )


def _text(t: Subtitles) -> str:
    characteristics = f',CHARACTERISTICS="{SDH}"' if t.captions else ""
    return (
        f'#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="{_SUBTITLES}",NAME="{quotable(t.name)}"{_language(t.language)},'
        f'DEFAULT={_yes(t.default)},AUTOSELECT=YES,FORCED=NO{characteristics},URI="{quotable(t.uri)}"'
    )


def _yes(value: bool) -> str:
    return "YES" if value else "NO"


def _language(tag: str) -> str:
    return f',LANGUAGE="{tag}"' if _TAG.fullmatch(tag) else ""


def quotable(text: str) -> str:
    """`text` as it may stand in a quoted attribute: no quote, no line end (section 4.2). Names come from files."""
    return re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+", " ", text.replace('"', "'"))
