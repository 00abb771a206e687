"""Step kind "stream": a built video, its captions and its described sound put together for players."""

from importlib.metadata import version as package_version
from typing import Any, Final

import msgspec

from coursepack.model.codes import diagnostic
from coursepack.model.media import AudioFacts, ChapterFacts, CueFacts, ImageFacts, StreamedFacts, VideoFacts
from coursepack.model.recipe import Refused, Work
from coursepack.model.step import Artefact, ArtefactFile
from coursepack.recipes.embedded import language_tag
from coursepack.recipes.language_choice import nearest
from coursepack.recipes.sound_only import COVER_TYPES, SoundSource, sound_only
from coursepack.recipes.stream_parts import Described, Place, Speech, Words
from coursepack.recipes.stream_playlists import dash_manifest, master_playlist, subtitle_playlists
from coursepack.settings.languages import same_reader
from coursepack.tools.dash import DASH_TYPE
from coursepack.tools.ffmpeg import Ffmpeg, version
from coursepack.tools.hls import PLAYLIST_TYPE

MASTER: Final = "master.m3u8"
MANIFEST: Final = "manifest.mpd"
SOUND: Final = "audio.m4a"
_LENGTHS_DIFFER_MS: Final = 2000
_COVER_WIDTH: Final = 1280


class StreamParams(msgspec.Struct, frozen=True):
    """Where a site puts the artefacts, see `output_folder`: the playlists refer to their files."""

    base: str
    """Of the step's own files. All bases lie in one folder."""
    video: str
    cues: tuple[str, ...] = ()
    described: tuple[Described, ...] = ()
    language: str = ""
    """Of the course: what the video speaks where its file does not say."""


class StreamRecipe:
    """Makes `StreamedFacts`. Inputs: "video"; "cues/0" ... its cue files; "described/0" ... its described sound;
    "poster", an image, where the author gives one.
    """

    kind = "stream"
    version = 2

    def __init__(self, ffmpeg: Ffmpeg) -> None:
        self._ffmpeg = ffmpeg

    def fingerprint(self) -> str:
        """ffmpeg puts the sound into its file, babel knows what languages call themselves."""
        return f"{version(self._ffmpeg)}, babel {package_version('babel')}"

    def run(self, work: Work) -> dict[str, Any]:
        """Writes playlists, manifest and sound. Where the video failed there is nothing to say that it has not."""
        params = msgspec.convert(work.step.params, StreamParams)
        video = work.artefact("video")
        if video.failed:
            raise Refused
        facts = msgspec.convert(video.facts, VideoFacts)
        place = Place(params.base, params.video, video)
        cues = _cues(work, params)
        speech = _speech(work, params, facts)
        words = _words(params, place, facts, cues)
        for name, data in subtitle_playlists(facts, words).items():
            work.write(name, data, PLAYLIST_TYPE)
        read = work.blob
        work.write(MASTER, master_playlist(facts, place, speech, words), PLAYLIST_TYPE)
        work.write(MANIFEST, dash_manifest(facts, place, speech, words, read), DASH_TYPE)
        size = 0
        if facts.sound:
            chapters = _chapters(params, facts, [c for c, _ in cues])
            source = SoundSource(video.file(facts.sound), _cover(work, video, facts), facts.duration_ms)
            made = sound_only(self._ffmpeg, work, source, chapters, work.folder / SOUND)
            size = made.stat().st_size
            work.add(SOUND, made, "audio/mp4")
        result = StreamedFacts(MASTER, MANIFEST, SOUND if size else "", size)
        built: dict[str, Any] = msgspec.to_builtins(result)
        return built


def _cover(work: Work, video: Artefact, facts: VideoFacts) -> ArtefactFile | None:
    """The author's poster where there is one, else the video's own picture: JPEG or PNG, which M4A can hold."""
    if any(i.name == "poster" for i in work.step.inputs):
        built = work.artefact("poster")
        variants = () if built.failed else msgspec.convert(built.facts, ImageFacts).variants
        known = [v for v in variants if v.media_type in COVER_TYPES]
        if known:
            return built.file(min(known, key=lambda v: abs(v.width - _COVER_WIDTH)).name)
    return video.file(facts.poster) if facts.poster else None


def _cues(work: Work, params: StreamParams) -> list[tuple[CueFacts, Place]]:
    found = []
    for number, base in enumerate(params.cues):
        artefact = work.artefact(f"cues/{number}")
        if not artefact.failed:
            found.append((msgspec.convert(artefact.facts, CueFacts), Place(params.base, base, artefact)))
    return found


def _speech(work: Work, params: StreamParams, facts: VideoFacts) -> Speech:
    """The main sound and what can be heard in its place."""
    described = []
    for number, given in enumerate(params.described):
        artefact = work.artefact(f"described/{number}")
        sound = _described(work, artefact, given, facts)
        if sound is not None:
            described.append((given, sound, Place(params.base, given.base, artefact)))
    return Speech(_spoken(params, facts), tuple(described))


def _spoken(params: StreamParams, facts: VideoFacts) -> str:
    """The language of the main sound: the course's, unless the file says another."""
    said = language_tag(facts.audio[0].language) if facts.audio else ""
    return said if said and not same_reader(said, params.language) else params.language


def _described(work: Work, artefact: Artefact, given: Described, facts: VideoFacts) -> AudioFacts | None:
    if artefact.failed:
        return None
    sound = msgspec.convert(artefact.facts, AudioFacts)
    if not sound.renditions:
        return None
    if abs(sound.duration_ms - facts.duration_ms) > _LENGTHS_DIFFER_MS:
        heard, seen = f"{sound.duration_ms / 1000:.1f}", f"{facts.duration_ms / 1000:.1f}"
        work.finding(diagnostic("CP245", given.path, sound=heard, video=seen))
    return sound


def _words(
    params: StreamParams, place: Place, facts: VideoFacts, cues: list[tuple[CueFacts, Place]]
) -> tuple[Words, ...]:
    """The text tracks: those beside the video, then those inside its file in languages that have none beside it."""
    beside = [(c, p) for c, p in cues if c.kind in ("captions", "subtitles")]
    known = [c.language or params.language for c, _ in beside]
    inside = [
        (c, place)
        for c in facts.captions
        if c.kind in ("captions", "subtitles")
        and not any(same_reader(c.language or params.language, language) for language in known)
    ]
    words: list[Words] = []
    default = nearest(params.language, [*known, *(c.language or params.language for c, _ in inside)])
    for c, where in (*beside, *inside):
        language = c.language or params.language
        first = language == default and not any(w.default for w in words)
        shown = first and same_reader(language, params.language)
        size = where.artefact.file(c.file).size
        words.append(Words(language, where.href(c.file), size, captions=c.kind == "captions", default=shown))
    return tuple(words)


def _chapters(params: StreamParams, facts: VideoFacts, cues: list[CueFacts]) -> tuple[ChapterFacts, ...]:
    """The author's chapters in the course's language, else those inside the source file."""
    files = [c for c in cues if c.kind == "chapters"]
    best = nearest(params.language, [c.language for c in files])
    for c in files:
        if c.language == best:
            return tuple(ChapterFacts(cue.start_ms, cue.end_ms, cue.text) for cue in c.cues)
    return facts.chapters
