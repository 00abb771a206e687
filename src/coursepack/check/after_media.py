"""What only the built media can tell: cues that go on after the recording's end, captions inside a video's file."""

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from coursepack.model.codes import diagnostic
from coursepack.model.course import Course
from coursepack.model.diagnostic import Diagnostic
from coursepack.model.media import CueFacts, VideoFacts
from coursepack.model.step import Artefact
from coursepack.settings.languages import same_reader
from coursepack.tools.cues.check import past_end


def check_built(
    course: Course, artefacts: Mapping[str, Artefact], cues: Mapping[str, str]
) -> Iterator[Diagnostic]:
    """Yields CP318 for each cue file that goes on after its recording.

    `artefacts`: by step id; `cues`: path of a cue file -> id of the step that built it.
    """
    for path, asset in sorted(course.assets.items()):
        main = artefacts.get(f"{asset.role}:{path}")
        if main is None or main.failed or "duration_ms" not in main.facts:
            continue
        duration_ms = int(main.facts["duration_ms"])
        for sidecar in asset.sidecars:
            built = artefacts.get(cues.get(sidecar.source.path, ""))
            if built is not None and not built.failed:
                yield from _late(sidecar.source.path, msgspec.convert(built.facts, CueFacts), duration_ms)


NEEDS_MEDIA = frozenset({"CP201", "CP202"})
"""Codes that may turn out not to hold once the video is built: see `without_captions`."""


def without_captions(
    course: Course, artefacts: Mapping[str, Artefact], found: Iterable[Diagnostic]
) -> Iterator[Diagnostic]:
    """Those of the findings (codes of NEEDS_MEDIA) whose video has no captions inside its file either."""
    for d in found:
        video = artefacts.get(f"video:{d.args.get('media', '')}")
        inside: tuple[CueFacts, ...] = ()
        if video is not None and not video.failed:
            inside = msgspec.convert(video.facts, VideoFacts).captions
        wanted = d.args.get("language", "")
        if not any(same_reader(c.language or course.info.language, wanted) for c in inside):
            yield d


def _late(path: str, facts: CueFacts, duration_ms: int) -> Iterator[Diagnostic]:
    found = past_end([(c.start_ms, c.end_ms) for c in facts.cues], duration_ms)
    if found is not None:
        yield diagnostic("CP318", path, 0, 0, severity=None, **found)
