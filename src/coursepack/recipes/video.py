"""Step kind "video": renditions as HLS segments, MP4 files, a poster, thumbnails, and what the source carries inside.

A look and a search decide how it is encoded; stretches are encoded one by one as parts; the rest is packaging.
"""

from fractions import Fraction
from pathlib import Path
from typing import Any, Final

import msgspec

from coursepack.model.codes import diagnostic
from coursepack.model.media import LookFacts, MediaFacts, SearchFacts, SoundFacts, VideoFacts
from coursepack.model.recipe import Refused, Work
from coursepack.model.step import Artefact, SourceInput, Step
from coursepack.recipes import scenes
from coursepack.recipes.chunks import (
    ChunkFacts,
    Joined,
    chunk_step,
    join,
    join_families,
    plan_stretches,
    with_top,
)
from coursepack.recipes.compliant import fits, is_compliant, small_enough, stretches_between, without_top
from coursepack.recipes.embedded import clean_chapters, extract
from coursepack.recipes.encode import Looks, Stretch
from coursepack.recipes.faults import no_decoder, probe_source, refused, unreadable_colours
from coursepack.recipes.ladder import Rung, as_params, choose_rungs, from_params, slow_rate
from coursepack.recipes.normalise import is_hdr
from coursepack.recipes.poster import pillow_version
from coursepack.recipes.renditions import hand_in, worth_keeping
from coursepack.recipes.showcase import Showcase, make_showcase
from coursepack.recipes.thumbnails import interval_s, width
from coursepack.recipes.video_packages import Packages, make_packages
from coursepack.recipes.video_report import report
from coursepack.tools.ffmpeg import Ffmpeg, version
from coursepack.tools.process import ToolFailed

_LADDER: Final = (1080, 720, 480, 360, 240)


class Wish(msgspec.Struct, frozen=True):
    """The params of a "video" step."""

    ladder: tuple[int, ...] = _LADDER
    quality: float = 95
    codecs: tuple[str, ...] = ("h264",)
    offline_codec: str = "h264"
    loudness: float = -18
    language: str = "en"
    chunk_s: float = 120


class Tuned(msgspec.Struct, frozen=True):
    """How a video is to be encoded. `searches`: by codec, H.264 first."""

    look: LookFacts
    fps: Fraction
    rungs: tuple[Rung, ...]
    searches: tuple[SearchFacts, ...]


class Heard(msgspec.Struct, frozen=True):
    """The sound part's result: its facts, and its AAC file in the working folder."""

    facts: SoundFacts
    file: Path


class VideoRecipe:
    """Makes `VideoFacts`. Params: see `Wish`; input "source"."""

    kind = "video"
    version = 3

    def __init__(self, ffmpeg: Ffmpeg) -> None:
        self._ffmpeg = ffmpeg

    def fingerprint(self) -> str:
        """ffmpeg encodes, Pillow writes the poster."""
        return f"{version(self._ffmpeg)} pillow {pillow_version()}"

    def run(self, work: Work) -> dict[str, Any]:
        """Makes the files. Raises Refused when the file has no picture that can be shown."""
        wish = msgspec.convert(work.step.params, Wish)
        facts = probe_source(work)
        _check_picture(work, facts)
        try:
            made = _run(self._ffmpeg, work, facts, wish)
        except ToolFailed as e:
            raise refused(e, work.source_name("source")) from e
        built: dict[str, Any] = msgspec.to_builtins(made)
        return built


def _run(ffmpeg: Ffmpeg, work: Work, facts: MediaFacts, wish: Wish) -> VideoFacts:
    tuned = _tune(work, facts, wish)
    heard, joined = _encode(work, facts, wish, tuned)
    sound = heard.facts if heard else None
    _check_length(work, facts, joined)
    joined = worth_keeping(joined)
    duration_ms = _duration_ms(joined, sound)
    renditions = hand_in(work, joined)
    av1 = wish.offline_codec == "av1"
    packages = make_packages(ffmpeg, work, facts, joined, heard.file if heard else None, av1_offline=av1)
    work.progress(0.97)
    shown = make_showcase(ffmpeg, work, facts, joined, duration_ms)
    captions = extract(ffmpeg, work, facts)
    work.progress(1.0)
    chapters = clean_chapters(facts.chapters, duration_ms, wish.language)
    return VideoFacts(
        duration_ms=duration_ms,
        width=renditions[0].width,
        height=renditions[0].height,
        renditions=renditions,
        **_packaged(packages),
        **_shown(shown),
        has_audio=sound is not None,
        audio=sound.renditions if sound else (),
        sound=sound.file if sound else "",
        loudness_lufs=sound.loudness_lufs if sound else None,
        chapters=chapters,
        proposed_chapters=() if chapters else _proposed(tuned, shown, duration_ms, wish.language),
        captions=captions,
        report=report(work, tuned.look, tuned.searches, renditions, sound, wish.quality, duration_ms),
    )


def _packaged(packages: Packages) -> dict[str, Any]:
    return {f: getattr(packages, f) for f in Packages.__struct_fields__}


def _shown(shown: Showcase) -> dict[str, Any]:
    return {f: getattr(shown, f) for f in ("poster", "poster_width", "poster_height", "thumbnails")}


def _proposed(tuned: Tuned, shown: Showcase, duration_ms: int, language: str) -> tuple[Any, ...]:
    if tuned.look.video_class != "slides":
        return ()
    return scenes.proposed_chapters(shown.changes, duration_ms, language)


# -- before the encoding -----------------------------------------------------------------------------------------


def _check_picture(work: Work, facts: MediaFacts) -> None:
    path = work.source_name("source")
    if facts.video < 0:
        raise Refused(
            no_decoder(facts, "video", path)
            or (no_decoder(facts, "audio", path) if facts.audio < 0 else None)
            or diagnostic("CP217" if facts.audio >= 0 else "CP215", path, detail="no video, no sound")
        )
    video = facts.streams[facts.video]
    if strange := unreadable_colours(facts, path):
        raise Refused(strange)
    if facts.audio < 0:
        locked = no_decoder(facts, "audio", path)
        work.finding(locked or diagnostic("CP226", path))
    if is_hdr(video):
        work.finding(diagnostic("CP230", path, transfer=video.transfer))
    if min(facts.width, facts.height) < 180:
        work.finding(diagnostic("CP231", path, width=facts.width, height=facts.height))


def _part(work: Work, kind: str, name: str, params: dict[str, Any], lane: Any = "media") -> Step:
    source = next(i for i in work.step.inputs if isinstance(i, SourceInput) and i.name == "source")
    return Step(f"{work.step.id}#{name}", kind, work.step.label, params, (source,), lane)


def _tune(work: Work, facts: MediaFacts, wish: Wish) -> Tuned:
    """Looks at the video, then searches the rate factor of each codec's top rung; lower ones are derived."""
    plain = as_params(facts)
    (looked,) = work.make([_part(work, "video-look", "look", {"facts": plain})], span=(0, 0.01))
    look = msgspec.convert(looked.facts, LookFacts)
    source_fps = Fraction(facts.streams[facts.video].fps).limit_denominator(1001)
    fps = slow_rate(source_fps) if look.slow else source_fps
    tops = {c: _rungs(facts, fps, wish, c, 0)[0] for c in ("h264", "av1") if c in ("h264", *wish.codecs)}
    parts = [
        _part(
            work,
            "video-search",
            f"search-{codec}",
            {
                "facts": plain,
                "rung": as_params(top),
                "fps": str(fps),
                "samples": [list(s) for s in look.samples],
                "class": look.video_class,
                "target": wish.quality,
            },
            "video",
        )
        for codec, top in tops.items()
    ]
    found = work.make(parts, span=(0.01, 0.05))
    searches = tuple(msgspec.convert(a.facts, SearchFacts) for a in found)
    rungs = [r for s in searches for r in _rungs(facts, fps, wish, s.codec, s.crf)]
    return Tuned(look, fps, tuple(rungs), searches)


def _rungs(facts: MediaFacts, fps: Fraction, wish: Wish, codec: Any, crf: float) -> tuple[Rung, ...]:
    return choose_rungs(facts.width, facts.height, fps, ladder=wish.ladder, crf=crf, codec=codec)


# -- the encoding ------------------------------------------------------------------------------------------------


def _encode(work: Work, facts: MediaFacts, wish: Wish, tuned: Tuned) -> tuple[Heard | None, Joined]:
    """Sound and pictures, side by side."""
    top = _as_it_is(work, facts, tuned)
    rungs, stretches = _to_encode(facts, wish, tuned, top)
    looks = Looks(width(facts.width, facts.height), interval_s(facts.duration_ms))
    # A codec's rungs are encoded together, but not with those of another codec: memory would add up, and a course
    # that wants AV1 as well later would have to make its H.264 again.
    families = [[r for r in rungs if r.codec == c] for c in dict.fromkeys(r.codec for r in rungs)]
    chunks = [
        chunk_step(work, facts, family, s, looks if family is families[0] else None, n)
        for family in families
        for n, s in enumerate(stretches)
    ]
    sounds = []
    if facts.audio >= 0:
        sounds = [_part(work, "sound", "sound", {"facts": as_params(facts), "loudness": wish.loudness})]
    made = work.make([*chunks, *sounds], span=(0.05, 0.93))
    count = len(stretches)
    joined = join_families([join(made[n * count : (n + 1) * count]) for n in range(len(families))])
    if top is not None:
        joined = with_top(joined, top)
    return (_take_sound(work, made[-1]) if sounds else None), joined


def _as_it_is(work: Work, facts: MediaFacts, tuned: Tuned) -> Artefact | None:
    """The source's own pictures as the top rendition, where they can stand there."""
    plain = tuple(r for r in tuned.rungs if r.codec == "h264")
    wanted = is_compliant(facts, plain) and small_enough(facts, tuned.searches[0])
    if not wanted or _padding(facts) or len(tuned.searches) > 1:
        return None
    rung = msgspec.structs.replace(plain[0], crf=0)
    (made,) = work.make(
        [_part(work, "video-remux", "remux", {"facts": as_params(facts), "rung": as_params(rung)})]
    )
    return made if fits(from_params(made.facts, ChunkFacts).tracks[0], facts) else None


def _to_encode(
    facts: MediaFacts, wish: Wish, tuned: Tuned, top: Artefact | None
) -> tuple[tuple[Rung, ...], list[Stretch]]:
    """The rungs that must be encoded, and in which stretches."""
    if top is None:
        return tuned.rungs, plan_stretches(facts, tuned.fps, pad_ms=_padding(facts), chunk_s=wish.chunk_s)
    track = from_params(top.facts, ChunkFacts).tracks[0]
    cut = stretches_between(track, tuned.fps, seekable=facts.seekable, chunk_s=wish.chunk_s)
    return without_top(tuned.rungs, tuned.fps), cut


def _take_sound(work: Work, made: Artefact) -> Heard:
    for file in made.files:
        work.keep(file.name, file)
    facts = msgspec.convert(made.facts, SoundFacts)
    return Heard(facts, work.fetch(made.file(facts.file).digest, work.folder / facts.file))


def _padding(facts: MediaFacts) -> int:
    """How much later the sound ends than the picture, in ms; slight differences are left alone."""
    video = facts.streams[facts.video]
    if facts.audio < 0 or video.duration_ms <= 0:
        return 0
    audio = facts.streams[facts.audio]
    missing = audio.start_ms + audio.duration_ms - video.start_ms - video.duration_ms
    return missing if missing > 200 else 0


def _check_length(work: Work, facts: MediaFacts, joined: Joined) -> None:
    path = work.source_name("source")
    video = facts.streams[facts.video]
    whole_s = (video.start_ms + video.duration_ms + _padding(facts)) / 1000
    played_s = joined.tracks[0].duration_s
    if whole_s - played_s > max(1.0, 0.05 * whole_s):
        work.finding(diagnostic("CP224", path, played=f"{played_s:.1f}", whole=f"{whole_s:.1f}"))
    elif joined.complaints:
        work.finding(diagnostic("CP225", path, detail=joined.complaints))


def _duration_ms(joined: Joined, sound: SoundFacts | None) -> int:
    picture_ms = round(1000 * joined.tracks[0].duration_s)
    # The sound track also counts the encoder's priming and its last, partly filled frame.
    longer_ms = sound.duration_ms - picture_ms if sound else 0
    return picture_ms + (longer_ms if longer_ms > 200 else 0)
