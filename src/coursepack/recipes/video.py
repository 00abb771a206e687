"""Step kind "video": an H.264 ladder with one AAC rendition as HLS (CMAF segments), MP4 files, and a poster."""

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

import msgspec

from coursepack.model.codes import diagnostic
from coursepack.model.media import MediaFacts, Rendition, VideoFacts
from coursepack.model.recipe import Refused, Work
from coursepack.recipes.encode import encode_rungs, is_hdr
from coursepack.recipes.faults import first_complaint, no_decoder, probe_source, refused
from coursepack.recipes.ladder import Rung, choose_rungs
from coursepack.recipes.poster import best_time, pillow_version, poster_frame
from coursepack.recipes.remux import join_segments, progressive, segment_sound
from coursepack.recipes.sound import Sound, make_sound
from coursepack.recipes.sound_findings import sound_findings
from coursepack.tools import hls
from coursepack.tools.cmaf import avc_codec, start_at_zero
from coursepack.tools.ffmpeg import Ffmpeg, version
from coursepack.tools.process import ToolFailed

_MP4_LINES: Final = 480
_MOBILE_LINES: Final = 360
_CLEARLY_SMALLER: Final = 0.95
_LADDER: Final = (1080, 720, 480, 360, 240)


class _Made(msgspec.Struct, frozen=True):
    rung: Rung
    track: hls.Track


class VideoRecipe:
    """Makes `VideoFacts`. Params: {"ladder": [heights], "quality": VMAF}; input "source"."""

    kind = "video"
    version = 1

    def __init__(self, ffmpeg: Ffmpeg) -> None:
        self._ffmpeg = ffmpeg

    def fingerprint(self) -> str:
        """ffmpeg encodes, Pillow writes the poster."""
        return f"{version(self._ffmpeg)} pillow {pillow_version()}"

    def run(self, work: Work) -> dict[str, Any]:
        """Makes the files. Raises Refused when the file has no picture that can be shown."""
        facts = probe_source(work)
        _check_picture(work, facts)
        try:
            return _run(self._ffmpeg, work, facts)
        except ToolFailed as e:
            raise refused(e, work.source_name("source")) from e


def _run(ffmpeg: Ffmpeg, work: Work, facts: MediaFacts) -> dict[str, Any]:
    sound = _sound(ffmpeg, work, facts)
    work.progress(0.1)
    made = _encode(ffmpeg, work, facts, sound)
    work.progress(0.9)
    track = None if sound is None else segment_sound(ffmpeg, work, facts, sound.path, work.folder / "audio")
    mp4, mobile, poster = _packages(ffmpeg, work, facts, made, sound)
    renditions = [_rendition(m, track) for m in made]
    result = VideoFacts(
        duration_ms=_duration_ms(made[0].track, track),
        width=made[0].rung.width,
        height=made[0].rung.height,
        master="master.m3u8",
        renditions=tuple(renditions),
        mp4=mp4.name,
        mp4_size=mp4.stat().st_size,
        mobile=mobile.name,
        mobile_size=mobile.stat().st_size,
        poster="poster.jpg",
        poster_width=poster[1],
        poster_height=poster[2],
        has_audio=sound is not None,
        loudness_lufs=round(sound.measured.lufs, 1) if sound and sound.measured.measurable else None,
        chapters=facts.chapters,
    )
    language = facts.streams[facts.audio].language if facts.audio >= 0 else ""
    _hand_in(work, made, track, renditions, language, sound.channels if sound else 0)
    work.write("poster.jpg", poster[0], "image/jpeg")
    for path in {mp4, mobile}:
        work.add(path.name, path, "video/mp4")
    work.progress(1.0)
    return _builtins(result)


def _builtins(facts: VideoFacts) -> dict[str, Any]:
    built: dict[str, Any] = msgspec.to_builtins(facts)
    return built


def _duration_ms(picture: hls.Track, sound: hls.Track | None) -> int:
    # The sound track also counts the encoder's priming and its last, partly filled frame.
    longer_s = sound.duration_s - picture.duration_s if sound else 0.0
    return round(1000 * (picture.duration_s + (longer_s if longer_s > 0.2 else 0.0)))


def _check_picture(work: Work, facts: MediaFacts) -> None:
    path = work.source_name("source")
    if facts.video < 0:
        raise Refused(
            no_decoder(facts, "video", path)
            or (no_decoder(facts, "audio", path) if facts.audio < 0 else None)
            or diagnostic("CP217" if facts.audio >= 0 else "CP215", path, detail="no video, no sound")
        )
    video = facts.streams[facts.video]
    if facts.audio < 0:
        locked = no_decoder(facts, "audio", path)
        work.finding(locked or diagnostic("CP226", path))
    if is_hdr(video):
        work.finding(diagnostic("CP230", path, transfer=video.transfer))
    if min(facts.width, facts.height) < 180:
        work.finding(diagnostic("CP231", path, width=facts.width, height=facts.height))
    inside = [s for s in facts.streams if s.kind == "subtitle"]
    if inside:
        languages = ", ".join(f"#{s.index} {s.language}".rstrip() for s in inside)
        work.finding(diagnostic("CP232", path, count=len(inside), languages=languages))


def _sound(ffmpeg: Ffmpeg, work: Work, facts: MediaFacts) -> Sound | None:
    if facts.audio < 0:
        return None
    sound = make_sound(ffmpeg, work, facts, mono_kbps=96, stereo_kbps=128)
    for finding in sound_findings(sound, facts, work.source_name("source")):
        work.finding(finding)
    return sound


def _encode(ffmpeg: Ffmpeg, work: Work, facts: MediaFacts, sound: Sound | None) -> list[_Made]:
    path = work.source_name("source")
    video = facts.streams[facts.video]
    rungs = choose_rungs(
        facts.width,
        facts.height,
        Fraction(video.fps).limit_denominator(1001),
        ladder=[int(n) for n in work.step.params.get("ladder", _LADDER)],
        quality=float(work.step.params.get("quality", 95)),
    )
    pad_ms = _padding(facts, sound)
    complaints = encode_rungs(ffmpeg, work, facts, rungs, out=work.folder, pad_ms=pad_ms)
    tracks = [hls.read_track(work.folder / r.folder) for r in rungs]
    if not tracks[0].segments:
        raise Refused(diagnostic("CP218", path, detail=first_complaint(complaints) or "no pictures"))
    for track in tracks:
        start_at_zero(track)
    whole_s, played_s = (video.duration_ms + pad_ms) / 1000, tracks[0].duration_s
    if whole_s - played_s > max(1.0, 0.05 * whole_s):
        work.finding(diagnostic("CP224", path, played=f"{played_s:.1f}", whole=f"{whole_s:.1f}"))
    elif complaints.strip():
        work.finding(diagnostic("CP225", path, detail=first_complaint(complaints)))
    return _worth_keeping([_Made(r, t) for r, t in zip(rungs, tracks, strict=True)])


def _padding(facts: MediaFacts, sound: Sound | None) -> int:
    """How much longer the sound is than the picture, in ms; slight differences are left alone."""
    video = facts.streams[facts.video]
    if sound is None or video.duration_ms <= 0:
        return 0
    missing = facts.streams[facts.audio].duration_ms - video.duration_ms
    return missing if missing > 200 else 0


def _worth_keeping(made: Sequence[_Made]) -> list[_Made]:
    """Without rungs that save nothing over the next larger one."""
    kept = [made[0]]
    for m in made[1:]:
        if m.track.size <= _CLEARLY_SMALLER * kept[-1].track.size:
            kept.append(m)
    return kept


def _packages(
    ffmpeg: Ffmpeg, work: Work, facts: MediaFacts, made: Sequence[_Made], sound: Sound | None
) -> tuple[Path, Path, tuple[bytes, int, int]]:
    """(download MP4, mobile MP4, poster)."""
    for_mp4, for_mobile = _nearest(made, _MP4_LINES), _nearest(made, _MOBILE_LINES)
    files: dict[str, Path] = {}
    at_s = 0.0
    for m in (for_mobile, for_mp4):
        if m.rung.name in files:
            continue
        joined = join_segments(m.track, work.folder / "joined.mp4")
        if not files:
            at_s = best_time(ffmpeg, work, facts, joined, m.track.duration_s)
        out = work.folder / f"{m.rung.name}.mp4"
        files[m.rung.name] = progressive(ffmpeg, work, facts, joined, sound.path if sound else None, out)
    poster = poster_frame(ffmpeg, work, facts, made[0].track, at_s)
    return files[for_mp4.rung.name], files[for_mobile.rung.name], poster


def _nearest(made: Sequence[_Made], lines: int) -> _Made:
    # Of two equally near the smaller one: cheaper to fetch.
    return min(made, key=lambda m: (abs(m.rung.lines - lines), m.rung.lines))


def _rendition(m: _Made, sound: hls.Track | None) -> Rendition:
    codec = avc_codec((m.track.folder / hls.INIT).read_bytes())
    return Rendition(
        name=m.rung.name,
        width=m.rung.width,
        height=m.rung.height,
        fps=round(float(m.rung.fps), 3),
        bandwidth=m.track.peak + (sound.peak if sound else 0),
        average_bandwidth=m.track.average + (sound.average if sound else 0),
        codecs=f"{codec},{hls.AAC_LC}" if sound else codec,
        playlist=f"{m.rung.folder}/{hls.PLAYLIST}",
        size=m.track.size,
    )


def _hand_in(
    work: Work,
    made: Sequence[_Made],
    sound: hls.Track | None,
    renditions: Sequence[Rendition],
    language: str,
    channels: int,
) -> None:
    """Adds the HLS files to the artefact."""
    variants = [
        hls.Variant(r.playlist, r.bandwidth, r.average_bandwidth, r.codecs, r.width, r.height, r.fps)
        for r in _start_order(renditions)
    ]
    audio_uri = f"audio/{hls.PLAYLIST}" if sound else ""
    master = hls.multivariant(variants, audio_uri=audio_uri, language=language, channels=channels)
    for folder, track in [(m.rung.folder, m.track) for m in made] + ([("audio", sound)] if sound else []):
        work.write(f"{folder}/{hls.PLAYLIST}", hls.media_playlist(track), hls.PLAYLIST_TYPE)
        for path in track.files():
            kind = "video/mp4" if path.name == hls.INIT else hls.SEGMENT_TYPE
            work.add(f"{folder}/{path.name}", path, kind)
    work.write("master.m3u8", master, hls.PLAYLIST_TYPE)


def _start_order(renditions: Sequence[Rendition]) -> list[Rendition]:
    """Players start with the first variant: the mobile one plays at once on a slow line; then largest first."""
    first = min(renditions, key=lambda r: abs(min(r.width, r.height) - _MOBILE_LINES))
    return [first, *(r for r in renditions if r is not first)]
