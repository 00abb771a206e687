"""Step kind "audio": AAC in MP4 and Opus in WebM at the course's loudness, with a cover where the file carries one.

WebM, not Ogg: Safari plays Opus in WebM from 17.4 on, in Ogg from 18.4 on; whatever plays neither takes the MP4.
"""

from pathlib import Path
from typing import Any, Final

import msgspec

from coursepack.model.codes import diagnostic
from coursepack.model.media import AudioFacts, AudioRendition, MediaFacts
from coursepack.model.recipe import Refused, Work
from coursepack.recipes.faults import no_decoder, probe_source, refused
from coursepack.recipes.poster import cover_jpeg, pillow_version
from coursepack.recipes.sound_files import (
    Sound,
    Wanted,
    encode_sound,
    hand_in_segments,
    segment_sound,
    shown_dbtp,
    shown_lufs,
)
from coursepack.recipes.sound_findings import sound_findings
from coursepack.recipes.sound_master import Master, record_master
from coursepack.tools.ffmpeg import Ffmpeg, version
from coursepack.tools.probe import probe
from coursepack.tools.process import ToolFailed

_AAC: Final = Wanted("audio.m4a", "aac", mono_kbps=64, stereo_kbps=96)
_OPUS: Final = Wanted("audio.webm", "opus", mono_kbps=32, stereo_kbps=56)
_CLEARLY_SMALLER: Final = 0.8


class AudioRecipe:
    """Makes `AudioFacts`. Params: {"loudness": LUFS, "hls": whether to make segments, in place of Opus}.

    Input "source": the sound of a video file will do.
    """

    kind = "audio"
    version = 3

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
            return _run(self._ffmpeg, work, facts)
        except ToolFailed as e:
            raise refused(e, path) from e


def _run(ffmpeg: Ffmpeg, work: Work, facts: MediaFacts) -> dict[str, Any]:
    master = record_master(ffmpeg, work, facts, lambda done: work.progress(0.5 * done))
    aac = encode_sound(ffmpeg, work, facts, master, _AAC)
    for finding in sound_findings(aac, facts, work.source_name("source")):
        work.finding(finding)
    played_ms = _played_ms(work, facts, aac)
    work.progress(0.75)
    streamed = bool(work.step.params.get("hls", False))
    opus = None if streamed else _opus(ffmpeg, work, facts, master, aac)
    cover = _cover(ffmpeg, work, facts)
    work.progress(0.95)
    renditions = _segments(ffmpeg, work, facts, aac) if streamed else []
    result = AudioFacts(
        duration_ms=played_ms,
        file=aac.path.name,
        size=aac.path.stat().st_size,
        loudness_lufs=shown_lufs(aac.measured),
        true_peak_dbtp=shown_dbtp(aac.measured),
        chapters=facts.chapters,
        cover="cover.jpg" if cover else "",
        opus=opus.name if opus else "",
        opus_size=opus.stat().st_size if opus else 0,
        renditions=tuple(renditions),
    )
    if cover:
        work.write("cover.jpg", cover, "image/jpeg")
    work.add(aac.path.name, aac.path, "audio/mp4")
    if opus:
        work.add(opus.name, opus, "audio/webm")
    work.progress(1.0)
    built: dict[str, Any] = msgspec.to_builtins(result)
    return built


def _segments(ffmpeg: Ffmpeg, work: Work, facts: MediaFacts, aac: Sound) -> list[AudioRendition]:
    track = segment_sound(ffmpeg, work, facts, aac.path, "audio")
    return [hand_in_segments(work, facts, track, "audio", aac.channels)]


def _played_ms(work: Work, facts: MediaFacts, sound: Sound) -> int:
    path = work.source_name("source")
    played_ms = probe(sound.path).duration_ms
    missing = facts.streams[facts.audio].duration_ms - played_ms
    if played_ms <= 0:
        raise Refused(diagnostic("CP218", path, detail="no sound came out"))
    if missing > max(1000, 0.05 * played_ms):
        whole = (played_ms + missing) / 1000
        work.finding(diagnostic("CP224", path, played=f"{played_ms / 1000:.1f}", whole=f"{whole:.1f}"))
    return played_ms


def _opus(ffmpeg: Ffmpeg, work: Work, facts: MediaFacts, master: Master, aac: Sound) -> Path | None:
    """The same as Opus; None where that saves little: silence, an instant."""
    opus = encode_sound(ffmpeg, work, facts, master, _OPUS).path
    return opus if opus.stat().st_size <= _CLEARLY_SMALLER * aac.path.stat().st_size else None


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
