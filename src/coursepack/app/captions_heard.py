"""Captions against the recording beside them, for `captions check`: what a build finds by its own steps."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from coursepack.check.heard import captions_heard
from coursepack.model.diagnostic import Diagnostic
from coursepack.model.media import CueFacts
from coursepack.model.speech import SpeechFacts
from coursepack.tools.cues import CueTrack, plain_cues
from coursepack.tools.ffmpeg import find_ffmpeg
from coursepack.tools.probe import NotMedia, probe
from coursepack.tools.process import ToolFailed
from coursepack.tools.speech.detect import detect
from coursepack.tools.speech.levels import measure_levels

_KINDS = ("captions", "subtitles")


class Listener:
    """Listens to recordings, each once. `ffmpeg`: of the workspace, "" for the embedded one."""

    def __init__(self, ffmpeg: str, cancelled: Callable[[], bool]) -> None:
        self._ffmpeg = ffmpeg
        self._cancelled = cancelled
        self._known: dict[Path, SpeechFacts] = {}

    def drift(
        self, track: CueTrack, *, kind: str, language: str, path: str, media: Path | None
    ) -> tuple[Diagnostic, ...]:
        """CP360 to CP364 for the captions at `path`; nothing for other kinds, and where there is no recording."""
        if media is None or kind not in _KINDS or not track.cues:
            return ()
        facts = CueFacts("captions", language, "", plain_cues(track))
        return tuple(captions_heard(path, facts, self._speech(media), media.name))

    def _speech(self, media: Path) -> SpeechFacts:
        if media not in self._known:
            self._known[media] = self._listen(media)
        return self._known[media]

    def _listen(self, media: Path) -> SpeechFacts:
        try:
            facts = probe(media)
            if facts.audio < 0:
                return SpeechFacts(0)
            tool = find_ffmpeg(self._ffmpeg)
            with tempfile.TemporaryDirectory(prefix="coursepack-") as folder:
                return detect(measure_levels(tool, media, facts, Path(folder), cancelled=self._cancelled))
        except (NotMedia, ToolFailed):
            # What is wrong with the recording, a build says.
            return SpeechFacts(0)
