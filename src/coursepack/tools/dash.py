"""The MPEG-DASH manifest (ISO/IEC 23009-1) of the segments that HLS plays too.

Every file is named: publishing gives each its own address, which a template with numbers could not follow.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import groupby
from math import gcd
from typing import Final, Literal
from xml.sax.saxutils import escape, quoteattr

import msgspec

DASH_TYPE: Final = "application/dash+xml"
_TICKS: Final = 1_000_000
_ROLE: Final = "urn:mpeg:dash:role:2011"
_PURPOSE: Final = "urn:tva:metadata:cs:AudioPurposeCS:2007"
_CHANNELS: Final = "urn:mpeg:dash:23003:3:audio_channel_configuration:2011"
_PROFILES: Final = "urn:mpeg:dash:profile:isoff-main:2011,urn:mpeg:dash:profile:cmaf:2019"
_FOR_THE_BLIND, _FOR_THE_DEAF = "1", "2"
# What XML 1.0 cannot hold (section 2.2).
_NO_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Representation(msgspec.Struct, frozen=True):
    """One rung or one bit rate of the sound. `segments`: (address, seconds)."""

    id: str
    codecs: str
    bandwidth: int
    init: str
    segments: tuple[tuple[str, float], ...]
    width: int = 0
    height: int = 0
    fps: float = 0
    channels: int = 0


class TrackSet(msgspec.Struct, frozen=True):
    """Representations that a player may switch between."""

    kind: Literal["video", "audio"]
    representations: tuple[Representation, ...]
    language: str = ""
    label: str = ""
    described: bool = False


class Text(msgspec.Struct, frozen=True):
    """A WebVTT file for the whole time."""

    uri: str
    bandwidth: int
    language: str = ""
    label: str = ""
    captions: bool = False


def manifest(duration_s: float, sets: Iterable[TrackSet], texts: Iterable[Text]) -> bytes:
    """The manifest of one finished video."""
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" profiles="{_PROFILES}" type="static"'
        f' mediaPresentationDuration="PT{duration_s:.3f}S" minBufferTime="PT6S">',
        '<Period id="0" start="PT0S">',
    ]
    number = 0
    for tracks in sets:
        lines += _set(tracks, number)
        number += 1
    for text in texts:
        lines += _text(text, number)
        number += 1
    return ("\n".join([*lines, "</Period>", "</MPD>"]) + "\n").encode()


def _set(tracks: TrackSet, number: int) -> Iterator[str]:
    best = tracks.representations[0]
    shape = ""
    if tracks.kind == "video":
        part = gcd(best.width, best.height)
        shape = (
            f' maxWidth="{best.width}" maxHeight="{best.height}"'
            f' par="{best.width // part}:{best.height // part}"'
        )
    yield (
        f'<AdaptationSet id="{number}" contentType="{tracks.kind}" mimeType="{tracks.kind}/mp4"'
        f'{_language(tracks.language)}{shape} segmentAlignment="true" startWithSAP="1">'
    )
    yield from _label(tracks.label)
    if tracks.described:
        yield _descriptor("Accessibility", _PURPOSE, _FOR_THE_BLIND)
    yield _descriptor("Role", _ROLE, "alternate" if tracks.described else "main")
    for representation in tracks.representations:
        yield from _representation(representation)
    yield "</AdaptationSet>"


def _representation(r: Representation) -> Iterator[str]:
    picture = ""
    if r.width:
        rate = frame_rate(r.fps)
        picture = f' width="{r.width}" height="{r.height}" frameRate="{rate}" sar="1:1"'
    yield (
        f"<Representation id={quoteattr(clean(r.id))} codecs={quoteattr(clean(r.codecs))}"
        f' bandwidth="{r.bandwidth}"{picture}>'
    )
    if r.channels:
        yield _descriptor("AudioChannelConfiguration", _CHANNELS, str(r.channels))
    yield f'<SegmentList timescale="{_TICKS}">'
    yield f"<Initialization sourceURL={quoteattr(r.init)}/>"
    yield "<SegmentTimeline>"
    yield from _timeline([round(d * _TICKS) for _, d in r.segments])
    yield "</SegmentTimeline>"
    for uri, _ in r.segments:
        yield f"<SegmentURL media={quoteattr(uri)}/>"
    yield "</SegmentList>"
    yield "</Representation>"


def _timeline(ticks: Sequence[int]) -> Iterator[str]:
    start = ' t="0"'
    for length, group in groupby(ticks):
        more = len(list(group)) - 1
        repeat = f' r="{more}"' if more else ""
        yield f'<S{start} d="{length}"{repeat}/>'
        start = ""


def _text(text: Text, number: int) -> Iterator[str]:
    yield f'<AdaptationSet id="{number}" contentType="text" mimeType="text/vtt"{_language(text.language)}>'
    yield from _label(text.label)
    if text.captions:
        yield _descriptor("Accessibility", _PURPOSE, _FOR_THE_DEAF)
    yield _descriptor("Role", _ROLE, "caption" if text.captions else "subtitle")
    yield f'<Representation id="t{number}" bandwidth="{text.bandwidth}">'
    yield f"<BaseURL>{escape(text.uri)}</BaseURL>"
    yield "</Representation>"
    yield "</AdaptationSet>"


def frame_rate(fps: float) -> str:
    """ "25", or "30000/1001" (FrameRateType)."""
    for denominator in (1, 1001):
        numerator = round(fps * denominator / 1000) * 1000 if denominator == 1001 else round(fps)
        if numerator and abs(numerator / denominator - fps) < 0.002:
            return f"{numerator}/{denominator}" if denominator > 1 else str(numerator)
    exact = Fraction(fps).limit_denominator(1000)
    return f"{exact.numerator}/{exact.denominator}"


def _descriptor(element: str, scheme: str, value: str) -> str:
    return f'<{element} schemeIdUri="{scheme}" value="{value}"/>'


def _label(label: str) -> Iterator[str]:
    if label:
        yield f"<Label>{escape(clean(label))}</Label>"


def _language(tag: str) -> str:
    return f' lang="{tag}"' if re.fullmatch(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*", tag) else ""


def clean(text: str) -> str:
    """`text` without what XML cannot hold."""
    return _NO_XML.sub(" ", text)
