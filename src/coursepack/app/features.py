"""What the built media of a course offer to those who cannot see or hear, counted for the catalogue record."""

from collections.abc import Mapping

import msgspec

from coursepack.app.cover import find_cover
from coursepack.app.loading import Loaded
from coursepack.catalogue.record import MediaFeatures
from coursepack.model.course import Course
from coursepack.model.media import AudioFacts, CueFacts, ImageFacts, VideoFacts
from coursepack.model.step import Artefact, Plan, Step
from coursepack.plan.assets import asset_steps


class _Media(msgspec.Struct):
    """What belongs to one video or audio file."""

    captions: set[str]
    transcripts: set[str]
    descriptions: set[str]
    sign: bool = False
    described_audio: bool = False


def features(loaded: Loaded, plan: Plan, artefacts: Mapping[str, Artefact]) -> MediaFeatures:
    """Counts what is there, over all languages; a failed artefact counts as nothing."""
    built = {s.id: artefacts[s.id] for s in plan.steps if s.id in artefacts and not artefacts[s.id].failed}
    kinds: dict[str, list[Step]] = {}
    for step in asset_steps(loaded.course):
        # Described sound is part of its video, not a recording of its own.
        if step.id in built and step.id.startswith(f"{step.kind}:"):
            kinds.setdefault(step.kind, []).append(step)
    videos = [msgspec.convert(built[s.id].facts, VideoFacts) for s in kinds.get("video", ())]
    audios = [msgspec.convert(built[s.id].facts, AudioFacts) for s in kinds.get("audio", ())]
    images = [msgspec.convert(built[s.id].facts, ImageFacts) for s in kinds.get("image", ())]
    media = _media(loaded, built)
    shown = _image_words(loaded)
    outlines = [o for path, o in loaded.outlines.items() if path in _first_edition(loaded.course)]
    return MediaFeatures(
        images=len(shown),
        images_with_alt=sum(shown.values()),
        videos=len(videos),
        audios=len(audios),
        silent_videos=sum(1 for v in videos if not v.has_audio),
        captioned=sum(1 for m in media.values() if m.captions),
        transcribed=sum(1 for m in media.values() if m.transcripts or m.captions),
        described=sum(1 for m in media.values() if m.descriptions or m.described_audio),
        captions=tuple(sorted({x for m in media.values() for x in m.captions})),
        transcripts=tuple(sorted({x for m in media.values() for x in (*m.transcripts, *m.captions)})),
        descriptions=tuple(sorted({x for m in media.values() for x in m.descriptions})),
        sign=any(m.sign for m in media.values()),
        mathml=any(r.math for r in loaded.readings.values()),
        animated=any(i.animated for i in images),
        duration_ms=sum(v.duration_ms for v in videos) + sum(a.duration_ms for a in audios),
        words=sum(o.words for o in outlines),
        questions=sum(o.quizzes for o in outlines),
        assessed=tuple(sorted({x for o in outlines for x in o.quiz_outcomes})),
        cover=find_cover(loaded, plan, artefacts),
    )


def _first_edition(course: Course) -> frozenset[str]:
    """Source paths of the pages in the course language."""
    if not course.editions:
        return frozenset()
    first = course.editions[0]
    pages = [first.home, *(m.page for m in first.modules), *(x for m in first.modules for x in m.lessons)]
    return frozenset(p.source.path for p in pages if p)


def _image_words(loaded: Loaded) -> dict[str, bool]:
    """Content images by path; whether each use of one says what it shows, or that it is decorative."""
    words: dict[str, bool] = {}
    for outline in loaded.outlines.values():
        for link in outline.links:
            if link.kind == "image" and link.role != "thumbnail":
                words[link.path] = words.get(link.path, True) and link.alt is not None
    return words


def _media(loaded: Loaded, built: Mapping[str, Artefact]) -> dict[str, _Media]:
    cues = {}
    for step_id, artefact in built.items():
        if step_id.startswith("captions:"):
            cues[step_id.removeprefix("captions:").rsplit(":", 2)[0]] = msgspec.convert(
                artefact.facts, CueFacts
            )
    found: dict[str, _Media] = {}
    language = loaded.course.info.language
    for path, asset in loaded.course.assets.items():
        if asset.role not in ("video", "audio") or f"{asset.role}:{path}" not in built:
            continue
        media = found.setdefault(path, _Media(set(), set(), set()))
        if asset.role == "video":
            inside = msgspec.convert(built[f"video:{path}"].facts, VideoFacts).captions
            media.captions |= {c.language or language for c in inside}
        for s in asset.sidecars:
            spoken = s.language or language
            if s.role == "captions" and s.source.path in cues:
                media.captions.add(cues[s.source.path].language)
            elif s.role == "descriptions" and s.source.path in cues:
                media.descriptions.add(cues[s.source.path].language)
            elif s.role == "transcript":
                media.transcripts.add(spoken)
            media.sign |= s.role == "sign"
            media.described_audio |= s.role == "described"
    return found
