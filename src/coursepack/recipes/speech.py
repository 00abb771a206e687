"""Step kind "speech": where a recording sounds like speech, for checks of its captions. Makes no files."""

from typing import Any

import msgspec

from coursepack.model.recipe import Work
from coursepack.model.speech import SpeechFacts
from coursepack.tools.ffmpeg import Ffmpeg, version
from coursepack.tools.probe import NotMedia, probe
from coursepack.tools.process import ToolFailed
from coursepack.tools.speech.detect import detect
from coursepack.tools.speech.levels import measure_levels


class SpeechRecipe:
    """Makes `SpeechFacts`; input "source", no params."""

    kind = "speech"
    version = 1

    def __init__(self, ffmpeg: Ffmpeg) -> None:
        self._ffmpeg = ffmpeg

    def fingerprint(self) -> str:
        """ffmpeg decodes; all else is arithmetic."""
        return version(self._ffmpeg)

    def run(self, work: Work) -> dict[str, Any]:
        """Listens. What cannot be heard has no speech: that it cannot be played, its own step says."""
        built: dict[str, Any] = msgspec.to_builtins(self._heard(work))
        return built

    def _heard(self, work: Work) -> SpeechFacts:
        source = work.source_path("source")
        try:
            facts = probe(source)
            if facts.audio < 0:
                return SpeechFacts(facts.duration_ms)
            levels = measure_levels(
                self._ffmpeg, source, facts, work.folder, cancelled=work.cancelled, progress=work.progress
            )
        except (NotMedia, ToolFailed):
            return SpeechFacts(0)
        return detect(levels)
