"""What only the built media can tell: cues that go on after the recording's end or do not fit what is heard in it,
captions inside a video's file.
"""

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from coursepack.check import captions_present, heard
from coursepack.check.view import View
from coursepack.model.codes import diagnostic
from coursepack.model.course import Course
from coursepack.model.diagnostic import Diagnostic
from coursepack.model.media import CueFacts, VideoFacts
from coursepack.model.speech import SpeechFacts
from coursepack.model.step import Artefact
from coursepack.tools.cues.check import past_end


def check_built(
    course: Course, artefacts: Mapping[str, Artefact], cues: Mapping[str, str]
) -> Iterator[Diagnostic]:
    """Yields CP318 for each cue file that goes on after its recording, and what `heard` says of it and of the recording,
    and CP260 for a sign-language video that does not last as long as its video.

    `artefacts`: by step id; `cues`: path of a cue file -> id of the step that built it.
    """
    for path, asset in sorted(course.assets.items()):
        main = artefacts.get(f"{asset.role}:{path}")
        if main is None or main.failed or "duration_ms" not in main.facts:
            continue
        duration_ms = int(main.facts["duration_ms"])
        tracks = [(path, facts) for facts in _inside(main if asset.role == "video" else None)]
        for sidecar in asset.sidecars:
            if sidecar.role == "sign":
                yield from _out_of_step(
                    sidecar.source.path, artefacts.get(f"sign:{sidecar.source.path}"), duration_ms
                )
            built = artefacts.get(cues.get(sidecar.source.path, ""))
            if built is not None and not built.failed:
                tracks.append((sidecar.source.path, msgspec.convert(built.facts, CueFacts)))
                yield from _late(*tracks[-1], duration_ms)
        yield from _heard(path, tracks, artefacts.get(f"speech:{path}"))


_APART_MS = 1000
"""By so much the end of a sign-language video may differ: editors add a few pictures."""


def _out_of_step(path: str, sign: Artefact | None, duration_ms: int) -> Iterator[Diagnostic]:
    if sign is None or sign.failed:
        return
    lasts_ms = msgspec.convert(sign.facts, VideoFacts).duration_ms
    if abs(lasts_ms - duration_ms) > _APART_MS:
        yield diagnostic("CP260", path, sign=f"{lasts_ms / 1000:.1f}", video=f"{duration_ms / 1000:.1f}")


def _heard(
    media: str, tracks: Sequence[tuple[str, CueFacts]], speech: Artefact | None
) -> Iterator[Diagnostic]:
    if speech is None or speech.failed:
        return
    facts = msgspec.convert(speech.facts, SpeechFacts)
    for path, cues in tracks:
        yield from heard.captions_heard(path, cues, facts, media)
    yield from heard.over_background(media, facts)


NEEDS_MEDIA = frozenset({"CP201", "CP202"})
"""Codes that may turn out not to hold once the video is built: see `without_captions`."""


def without_captions(view: View, artefacts: Mapping[str, Artefact]) -> Iterator[Diagnostic]:
    """Findings of NEEDS_MEDIA: videos that have captions neither beside them nor inside their file."""
    inside = {
        path: [c.language for c in _inside(artefacts.get(f"video:{path}"))]
        for path, asset in view.course.assets.items()
        if asset.role == "video"
    }
    yield from (d for d in captions_present.find_beside(view, inside) if d.code in NEEDS_MEDIA)


def _inside(video: Artefact | None) -> tuple[CueFacts, ...]:
    if video is None or video.failed:
        return ()
    return msgspec.convert(video.facts, VideoFacts).captions


def _late(path: str, facts: CueFacts, duration_ms: int) -> Iterator[Diagnostic]:
    found = past_end([(c.start_ms, c.end_ms) for c in facts.cues], duration_ms)
    if found is not None:
        yield diagnostic("CP318", path, 0, 0, severity=None, **found)
