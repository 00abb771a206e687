"""What saving a page on the device takes: its pictures, captions and media with their sizes."""

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from coursepack.model.document import Blocks, FileLink, Image, Media
from coursepack.model.media import AudioFacts, ImageFacts, StreamedFacts, VideoFacts, offline_variants
from coursepack.model.offline import QUALITIES, PageSaving, Quality, SavedFile, SavedMedia
from coursepack.model.recipe import Work
from coursepack.model.site import AssetRef, NavEntry, PageSpec
from coursepack.recipes.page_assets import Assets, Built

_FRAME = 15_000
"""Bytes of a page around its text. Styles and scripts are left out: who reads this has them already."""


def page_saving(
    page: PageSpec, blocks: Blocks, assets: Assets, html_size: int, module: NavEntry | None
) -> PageSaving:
    """The saving of one page. A file that it shows twice counts once."""
    sizes: dict[str, int] = {}
    media: dict[str, SavedMedia] = {}
    for block in _all(blocks):
        if isinstance(block, Image) and (built := assets.built("image", block.path)):
            sizes[f"image:{block.path}"] = _picture_size(built)
        elif isinstance(block, FileLink) and (built := assets.built("file", block.path)):
            sizes[f"file:{block.path}"] = sum(f.size for f in built.artefact.files)
        elif isinstance(block, Media) and (ref := assets.ref(block.kind, block.path)):
            sizes |= {c.url: c.size for c in assets.cues(ref)}
            sizes |= _poster_size(assets, block, ref)
            if block.path not in media and (found := _media(assets, block, ref)):
                media[block.path] = found
    if page.recording and page.recording not in media and (built := assets.built("audio", page.recording)):
        media[page.recording] = _recording(built)
    return PageSaving(
        url=page.url,
        lesson=page.lesson,
        title=page.title,
        size=_FRAME + html_size + sum(sizes.values()),
        language=page.text_language,
        module=module.title if module else "",
        module_language=module.language if module else "",
        media=tuple(media.values()),
    )


def savings_of(work: Work, inputs: Sequence[str]) -> tuple[PageSaving, ...]:
    """The savings of all pages that these inputs of the step printed, in their order."""
    return tuple(
        msgspec.convert(saving, PageSaving)
        for name in inputs
        for saving in work.artefact(name).facts.get("savings", ())
    )


def total_sizes(savings: Sequence[PageSaving]) -> dict[str, int]:
    """What all of them take: by quality, and "text" without media; qualities that make no difference are left out."""
    qualities = {q for s in savings for q in s.qualities}
    chosen: list[Quality | None] = [None, *(q for q in QUALITIES if q in qualities)]
    if len(chosen) == 1 and any(s.media for s in savings):
        chosen.append("sound")
    return {quality or "text": sum(s.total(quality) for s in savings) for quality in chosen}


def _all(value: Any) -> Iterator[msgspec.Struct]:
    """Every block, those inside questions too."""
    if isinstance(value, tuple):
        for item in value:
            yield from _all(item)
    elif isinstance(value, msgspec.Struct):
        yield value
        for name in value.__struct_fields__:
            yield from _all(getattr(value, name))


def _picture_size(built: Built) -> int:
    facts = built.facts(ImageFacts)
    # A browser that knows the best format saves that one alone.
    best = offline_variants(facts)[0].size
    return best + (facts.video.size if facts.video else 0)


def _poster_size(assets: Assets, media: Media, ref: AssetRef) -> dict[str, int]:
    for path in filter(None, (media.poster, ref.poster)):
        if built := assets.built("image", path):
            return {f"image:{path}": _picture_size(built)}
    return {}


def _media(assets: Assets, media: Media, ref: AssetRef) -> SavedMedia | None:
    built = assets.built(media.kind, media.path)
    if built is None:
        return None
    if media.kind == "audio":
        return _recording(built)
    return SavedMedia("video", tuple(_video_files(assets, built, ref)))


def _recording(built: Built) -> SavedMedia:
    facts = built.facts(AudioFacts)
    return SavedMedia("audio", (SavedFile("sound", built.url(facts.file), facts.size),))


def _video_files(assets: Assets, built: Built, ref: AssetRef) -> Iterator[SavedFile]:
    streamed = assets.stream(ref)
    sound = streamed.facts(StreamedFacts) if streamed else None
    if streamed and sound and sound.audio:
        yield SavedFile("sound", streamed.url(sound.audio), sound.audio_size)
    facts = built.facts(VideoFacts)
    small: tuple[Quality, str, int] = ("small", facts.mobile, facts.mobile_size)
    for quality, name, size in (small, ("standard", facts.mp4, facts.mp4_size)):
        if quality == "standard" or (name != facts.mp4 and size < facts.mp4_size):
            yield SavedFile(quality, built.url(name), size)
