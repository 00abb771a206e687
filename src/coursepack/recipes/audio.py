"""Step kind "audio": AAC in MP4 at -18 LUFS, with a cover where the file carries one."""

from typing import Any

import msgspec

from coursepack.model.codes import diagnostic
from coursepack.model.media import AudioFacts, MediaFacts
from coursepack.model.recipe import Refused, Work
from coursepack.recipes.faults import no_decoder, probe_source, refused
from coursepack.recipes.poster import cover_jpeg, pillow_version
from coursepack.recipes.sound import Sound, make_sound
from coursepack.recipes.sound_findings import sound_findings
from coursepack.tools.ffmpeg import Ffmpeg, version
from coursepack.tools.probe import probe
from coursepack.tools.process import ToolFailed


class AudioRecipe:
    """Makes `AudioFacts`. No params; input "source" (the sound of a video file will do)."""

    kind = "audio"
    version = 1

    def __init__(self, ffmpeg: Ffmpeg) -> None:
        self._ffmpeg = ffmpeg

    def fingerprint(self) -> str:
        """ffmpeg encodes, Pillow writes the cover."""
        return f"{version(self._ffmpeg)} pillow {pillow_version()}"

    def run(self, work: Work) -> dict[str, Any]:
        """Makes the files. Raises Refused when there is no sound that can be played."""
        path = work.source_name("source")
        facts = probe_source(work)
        if facts.audio < 0:
            raise Refused(no_decoder(facts, "audio", path) or diagnostic("CP223", path))
        try:
            sound = make_sound(self._ffmpeg, work, facts, mono_kbps=64, stereo_kbps=96, name="audio.m4a")
        except ToolFailed as e:
            raise refused(e, path) from e
        for finding in sound_findings(sound, facts, path):
            work.finding(finding)
        work.progress(0.9)
        return _hand_in(work, facts, sound, _cover(self._ffmpeg, work, facts))


def _hand_in(work: Work, facts: MediaFacts, sound: Sound, cover: bytes) -> dict[str, Any]:
    path = work.source_name("source")
    played_ms = probe(sound.path).duration_ms
    missing = facts.streams[facts.audio].duration_ms - played_ms
    if played_ms <= 0:
        raise Refused(diagnostic("CP218", path, detail="no sound came out"))
    if missing > max(1000, 0.05 * played_ms):
        whole = (played_ms + missing) / 1000
        work.finding(diagnostic("CP224", path, played=f"{played_ms / 1000:.1f}", whole=f"{whole:.1f}"))
    result = AudioFacts(
        duration_ms=played_ms,
        file=sound.path.name,
        size=sound.path.stat().st_size,
        loudness_lufs=round(sound.measured.lufs, 1) if sound.measured.measurable else None,
        true_peak_dbtp=round(sound.measured.dbtp, 1) if sound.measured.dbtp > -70 else None,
        chapters=facts.chapters,
        cover="cover.jpg" if cover else "",
    )
    if cover:
        work.write("cover.jpg", cover, "image/jpeg")
    work.add(sound.path.name, sound.path, "audio/mp4")
    work.progress(1.0)
    built: dict[str, Any] = msgspec.to_builtins(result)
    return built


def _cover(ffmpeg: Ffmpeg, work: Work, facts: MediaFacts) -> bytes:
    """The cover as JPEG; b"" when there is none or it cannot be read (that is then reported)."""
    from coursepack.tools.images import BadImage

    pictures = [s for s in facts.streams if s.attached_picture and s.kind == "video"]
    if not pictures:
        return b""
    try:
        return cover_jpeg(ffmpeg, work, facts, pictures[0].index)
    except (BadImage, ToolFailed) as e:
        detail = e.code if isinstance(e, BadImage) else f"status {e.status}"
        work.finding(diagnostic("CP233", work.source_name("source"), detail=detail))
        return b""
