"""The playlists and the manifest of a video, from the facts of what was built."""

import posixpath
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from coursepack.model.digest import Digest
from coursepack.model.media import AudioRendition, Rendition, VideoFacts
from coursepack.recipes.stream_parts import Place, Speech, Words, matching
from coursepack.tools import dash, multivariant
from coursepack.tools.hls import INIT, read_playlist, whole_file_playlist
from coursepack.tools.templates import language_name

_START_LINES: Final = 360
_THIN_LINES: Final = 240
"""Rungs up to this height take the thriftiest sound, as the lowest one does in any case; the best of several never."""
_DESCRIBED_WORDS: Final = {"zh": "口述影像", "yue": "口述影像"}
_DESCRIBED: Final = "audio description"

ReadBlob = Callable[[Digest], bytes]


def master_playlist(facts: VideoFacts, place: Place, speech: Speech, words: Sequence[Words]) -> bytes:
    """The HLS multivariant playlist."""
    groups = _groups(facts, speech)
    texts = max((w.bandwidth(facts.duration_ms) for w in words), default=0)
    thin = _thin(facts.renditions)
    variants = []
    for r in start_order(facts.renditions):
        group = (list(groups)[-1] if r.name in thin else next(iter(groups))) if groups else ""
        heard = groups.get(group, ())
        variants.append(
            multivariant.Variant(
                uri=place.href(r.playlist),
                bandwidth=r.bandwidth + max((a.bandwidth for a in heard), default=0) + texts,
                average_bandwidth=r.average_bandwidth
                + max((a.average_bandwidth for a in heard), default=0)
                + texts,
                codecs=",".join(dict.fromkeys([r.codecs, *(a.codecs for a in heard)])),
                width=r.width,
                height=r.height,
                fps=r.fps,
                group=group,
            )
        )
    iframes = [
        multivariant.IFrameVariant(place.href(r.iframes), r.iframe_bandwidth, r.codecs, r.width, r.height)
        for r in start_order(facts.renditions)
        if r.iframes
    ]
    labels = unique(language_name(w.language) for w in words)
    texts_named = [
        multivariant.Subtitles(label, name, w.language, default=w.default, captions=w.captions)
        for label, name, w in zip(labels, subtitle_names(words), words, strict=True)
    ]
    used = {v.group for v in variants}
    sounds = [s for group in groups if group in used for s in _sounds(facts, place, speech, group)]
    return multivariant.multivariant(variants, sounds=sounds, subtitles=texts_named, iframes=iframes)


def start_order(renditions: Sequence[Rendition]) -> list[Rendition]:
    """Players start with the first variant: the mobile one plays at once on a slow line; then largest first.

    H.264 comes before AV1, since players that know no AV1 may still look at the first one only.
    """
    plain = [r for r in renditions if r.codec == "h264"]
    first = min(plain or renditions, key=lambda r: abs(min(r.width, r.height) - _START_LINES))
    rest = [r for r in renditions if r is not first]
    return [first, *(r for r in rest if r.codec == "h264"), *(r for r in rest if r.codec != "h264")]


def _thin(renditions: Sequence[Rendition]) -> set[str]:
    """Names of the rungs for thin lines: the small ones but the best of each family, and the smallest of each."""
    best = {r.codec: r.name for r in reversed(renditions)}
    smallest = {r.codec: r.name for r in renditions}
    small = {r.name for r in renditions if min(r.width, r.height) <= _THIN_LINES}
    return (small - set(best.values())) | set(smallest.values())


def _groups(facts: VideoFacts, speech: Speech) -> dict[str, tuple[AudioRendition, ...]]:
    """Group -> the renditions that can be heard in it, best group first. The described sound of a silent video is
    its only one.
    """
    names = [a.name for a in facts.audio]
    if not names and speech.described:
        names = [a.name for a in speech.described[0][1].renditions]
    described = [sound.renditions for _, sound, _ in speech.described]
    return {
        name: (*(a for a in facts.audio if a.name == name), *(matching(r, name) for r in described))
        for name in names
    }


def _sounds(facts: VideoFacts, place: Place, speech: Speech, group: str) -> list[multivariant.Sound]:
    names = _sound_names(speech, main=bool(facts.audio))
    heard = [(a, place, speech.language, False) for a in facts.audio if a.name == group]
    heard += [
        (matching(sound.renditions, group), where, given.language or speech.language, True)
        for given, sound, where in speech.described
    ]
    return [
        multivariant.Sound(
            group=group,
            name=name,
            uri=where.href(a.playlist),
            channels=a.channels,
            language=language,
            default=n == 0,
            described=described,
        )
        for n, (name, (a, where, language, described)) in enumerate(zip(names, heard, strict=True))
    ]


def _sound_names(speech: Speech, *, main: bool) -> list[str]:
    """What listeners read, in the language spoken; different for every sound."""
    names = [language_name(speech.language) or "audio"] if main else []
    for given, _, _ in speech.described:
        language = given.language or speech.language
        words = _DESCRIBED_WORDS.get(language.split("-")[0].lower(), _DESCRIBED)
        names.append(f"{language_name(language)} ({words})")
    return unique(names)


def unique(names: Iterable[str]) -> list[str]:
    """The names, numbered where one comes again: names of a group differ (RFC 8216, 4.3.4.1.1)."""
    taken: list[str] = []
    for name in names:
        number, candidate = 1, name
        while candidate in taken:
            number += 1
            candidate = f"{name} {number}"
        taken.append(candidate)
    return taken


def subtitle_names(words: Sequence[Words]) -> list[str]:
    """The file names of the text tracks' playlists."""
    safe = ["".join(c for c in w.language if c.isascii() and (c.isalnum() or c == "-")) for w in words]
    return [f"subs-{name.replace(' ', '-')}.m3u8" for name in unique(tag or "x" for tag in safe)]


def subtitle_playlists(facts: VideoFacts, words: Sequence[Words]) -> dict[str, bytes]:
    """File name -> media playlist of each text track."""
    seconds = facts.duration_ms / 1000
    return {
        name: whole_file_playlist(w.href, seconds)
        for name, w in zip(subtitle_names(words), words, strict=True)
    }


def dash_manifest(
    facts: VideoFacts, place: Place, speech: Speech, words: Sequence[Words], read: ReadBlob
) -> bytes:
    """The MPEG-DASH manifest of the same files. `read` gives media playlists from the store."""
    sets = []
    for codec in dict.fromkeys(r.codec for r in facts.renditions):
        shown = [_picture(r, place, read) for r in facts.renditions if r.codec == codec]
        sets.append(dash.TrackSet("video", tuple(shown)))
    names = iter(_sound_names(speech, main=bool(facts.audio)))
    if facts.audio:
        sets += _sound_sets(facts.audio, place, speech.language, next(names), "", read, described=False)
    for number, (given, sound, where) in enumerate(speech.described):
        language = given.language or speech.language
        prefix = f"d{number}-"
        sets += _sound_sets(sound.renditions, where, language, next(names), prefix, read, described=True)
    labels = unique(language_name(w.language) for w in words)
    texts = [
        dash.Text(w.href, w.bandwidth(facts.duration_ms), w.language, label, captions=w.captions)
        for label, w in zip(labels, words, strict=True)
    ]
    return dash.manifest(facts.duration_ms / 1000, sets, texts)


def _picture(r: Rendition, place: Place, read: ReadBlob) -> dash.Representation:
    init, segments = _files(place, r.playlist, read)
    return dash.Representation(
        r.name, r.codecs, r.bandwidth, init, segments, width=r.width, height=r.height, fps=r.fps
    )


def _sound_sets(
    renditions: Sequence[AudioRendition],
    place: Place,
    language: str,
    label: str,
    prefix: str,
    read: ReadBlob,
    *,
    described: bool,
) -> list[dash.TrackSet]:
    """One set for each codec: a player switches only between what one decoder plays."""
    kinds: dict[str, list[dash.Representation]] = {}
    for r in renditions:
        init, segments = _files(place, r.playlist, read)
        made = dash.Representation(
            f"{prefix}{r.name}", r.codecs, r.bandwidth, init, segments, channels=r.channels
        )
        kinds.setdefault(r.codecs, []).append(made)
    return [dash.TrackSet("audio", tuple(k), language, label, described=described) for k in kinds.values()]


def _files(place: Place, playlist: str, read: ReadBlob) -> tuple[str, tuple[tuple[str, float], ...]]:
    """(initialisation section, segments with seconds) of a media playlist."""
    folder = posixpath.dirname(playlist)
    text = read(place.artefact.file(playlist).digest).decode()
    listed = read_playlist(text)
    return place.href(f"{folder}/{INIT}"), tuple((place.href(f"{folder}/{n}"), d) for n, d in listed)
