"""The use case `captions check`: every place in caption files that learners stumble over, with a proposed mend."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

import msgspec

from coursepack.app.captions_files import CaptionFile, as_typed
from coursepack.app.captions_heard import Listener
from coursepack.check import apply_levels
from coursepack.errors import Interrupted, UsageError
from coursepack.model.codes import diagnostic
from coursepack.model.diagnostic import Diagnostic
from coursepack.tools.cues import CueTrack, check_track, read_cues
from coursepack.tools.cues.pace import FRAME_MS
from coursepack.tools.cues.tongue import look, text_of
from coursepack.tools.cues.track import MAX_BYTES
from coursepack.tools.speech.making import draft_line

_LEAST_FPS = 25


class CheckAs(msgspec.Struct, frozen=True):
    """What the command line says instead of names and media files; 0 and "" where it says nothing."""

    language: str = ""
    fps: float = 0
    duration_ms: int = 0
    children: bool = False
    media: bool = True
    """Whether to look into the media files beside the captions for their length and frame rate, and to listen to them."""
    ffmpeg: str = ""
    """A system ffmpeg to listen with; "" for the embedded one."""


class CheckedFile(msgspec.Struct, frozen=True):
    """How one file came out."""

    path: str
    kind: str
    language: str
    format: str
    encoding: str
    cues: int
    duration_ms: int
    findings: tuple[Diagnostic, ...]


class Timing(msgspec.Struct, frozen=True):
    """What captions have to fit: 0 where it is not known."""

    duration_ms: int = 0
    fps: float = 0


def check_captions(
    files: Sequence[CaptionFile], wanted: CheckAs, cancelled: Callable[[], bool]
) -> Iterator[CheckedFile]:
    """Checks each file, in order. Raises `Interrupted` when asked to stop."""
    listener = Listener(wanted.ffmpeg, cancelled)
    with MediaLook(enabled=wanted.media) as media:
        for file in files:
            if cancelled():
                raise Interrupted
            yield _check(file, wanted, media.facts(file.media), listener)


def _check(file: CaptionFile, wanted: CheckAs, media: Timing, listener: Listener) -> CheckedFile:
    name = as_typed(file)
    language = wanted.language or file.language
    data = read_bytes(file.path)
    track, found = read_cues(data, format_hint=file.extension, language=language, path=name, every=True)
    # Browsers draw captions apart from the picture: those of a slow slide show need no longer gap.
    fps = wanted.fps or (max(media.fps, _LEAST_FPS) if media.fps else 0)
    duration_ms = wanted.duration_ms or media.duration_ms
    if track.cues and file.kind != "metadata":
        found += check_track(
            track,
            kind=file.kind,
            language=language or language_of(track),
            duration_ms=duration_ms,
            path=name,
            children=wanted.children or file.children,
            frame_ms=1000 / fps if fps else FRAME_MS,
            every=True,
        )
    if line := draft_line(data):
        found += (diagnostic("CP365", name, line, at=line),)
    if wanted.media:
        found += listener.drift(track, kind=file.kind, language=language, path=name, media=file.media)
    findings = apply_levels(found, file.levels)
    return CheckedFile(
        name,
        file.kind,
        language or language_of(track),
        track.format,
        track.encoding,
        len(track.cues),
        duration_ms,
        tuple(sorted(findings, key=lambda d: (d.line, d.code))),
    )


def language_of(track: CueTrack) -> str:
    """What the words look like; "" where nothing tells."""
    found = look(text_of(track.cues))
    return found.tag if found else ""


def read_bytes(path: Path) -> bytes:
    """The file, as far as it may be read: one byte more than is allowed tells the reader that it is too large."""
    try:
        with path.open("rb") as f:
            return f.read(MAX_BYTES + 1)
    except OSError as e:
        raise UsageError(f"{path} cannot be read: {e.strerror}", "check the file's permissions") from e


class MediaLook:
    """Looks into media files, each once. A file that is no media, or none, has no facts."""

    def __init__(self, *, enabled: bool = True) -> None:
        self._enabled = enabled
        self._known: dict[Path, Timing] = {}
        self._stack = ExitStack()
        self._prober: object | None = None

    def __enter__(self) -> "MediaLook":
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def facts(self, path: Path | None) -> Timing:
        """The length and frame rate of `path`."""
        if path is None or not self._enabled:
            return Timing()
        if path not in self._known:
            self._known[path] = self._probe(path)
        return self._known[path]

    def _probe(self, path: Path) -> Timing:
        from coursepack.tools.probe import NotMedia, Prober

        if not isinstance(self._prober, Prober):
            self._prober = self._stack.enter_context(Prober())
        try:
            facts = self._prober.probe(path)
        except NotMedia:
            return Timing()
        fps = next((s.fps for s in facts.streams if s.fps), 0)
        return Timing(facts.duration_ms, fps)
