"""Sound files of a master: encoded, measured, corrected; and their HLS segments."""

from pathlib import Path
from typing import Any, Final, Literal

import msgspec

from coursepack.model.codes import diagnostic
from coursepack.model.media import AudioRendition, MediaFacts
from coursepack.model.recipe import Refused, Work
from coursepack.recipes.faults import limits_for
from coursepack.recipes.ladder import SEGMENT_S
from coursepack.recipes.loudness import TARGET_LUFS, Measured, find_gain, gain_chain, measure_file
from coursepack.recipes.sound_master import Master, Mix, best_mix, mixed, mono_mix
from coursepack.tools import hls
from coursepack.tools.cmaf import start_at_zero
from coursepack.tools.ffmpeg import BITEXACT, Ffmpeg, command, run_ffmpeg, source_input

SoundCodec = Literal["aac", "opus"]

_ENCODERS: Final[dict[SoundCodec, dict[str, Any]]] = {
    "aac": {"c:a": "aac", "movflags": "+faststart", "f": "mp4"},
    "opus": {
        "c:a": "libopus",
        # Three frames of 20 ms a packet: at 32 kbit/s the container's own bytes count.
        "frame_duration": 60,
        # Inverted sides would cancel out on a phone's one loudspeaker.
        "apply_phase_inv": 0,
        # Or a player would have to fetch the end of the file before it can seek.
        "cues_to_front": 1,
        "f": "webm",
    },
}


class Sound(msgspec.Struct, frozen=True):
    """An encoded sound file. `source` is what went in, as loud as it was recorded."""

    path: Path
    channels: int
    measured: Measured
    source: Measured
    gained_db: float
    target_lufs: float


class Wanted(msgspec.Struct, frozen=True):
    """A sound file to make in `work.folder`."""

    name: str
    codec: SoundCodec
    mono_kbps: int
    stereo_kbps: int = 0
    """0: always mono."""


def encode_sound(ffmpeg: Ffmpeg, work: Work, facts: MediaFacts, master: Master, wanted: Wanted) -> Sound:
    """Makes one file of the master, as loud as the step's params say, and measures it."""
    mix = best_mix(master.sides) if wanted.stereo_kbps else mono_mix(master.sides)
    source = master.level(mix)
    out = work.folder / wanted.name
    target_lufs = float(work.step.params.get("loudness", TARGET_LUFS))

    def encode(gain_db: float, ceiling_db: float | None) -> Measured:
        _encode(ffmpeg, work, facts, master, mix, wanted, (gain_db, ceiling_db))
        return measure_file(ffmpeg, work, out, facts)

    done = find_gain(encode, source, target_lufs=target_lufs, most_db=master.most_gain_db)
    return Sound(out, 2 if mix == "stereo" else 1, done.result, source, done.gain_db, target_lufs)


def _encode(
    ffmpeg: Ffmpeg,
    work: Work,
    facts: MediaFacts,
    master: Master,
    mix: Mix,
    wanted: Wanted,
    level: tuple[float, float | None],
) -> None:
    import ffmpeg as graph

    gain_db, ceiling_db = level
    rate = 48_000 if wanted.codec == "opus" else master.rate
    sound = mixed(source_input(container="flac", threads=1)["a:0"], mix)
    for name, options in gain_chain(gain_db + master.headroom_db, ceiling_db, rate):
        sound = sound.filter(name, **options)
    stereo = mix == "stereo"
    options = {
        **BITEXACT,
        "flags:a": "+bitexact",
        **_ENCODERS[wanted.codec],
        "b:a": f"{wanted.stereo_kbps if stereo else wanted.mono_kbps}k",
        "ac": 2 if stereo else 1,
    }
    argv = command(ffmpeg, graph.output(sound, wanted.name, **options))
    run_ffmpeg(argv, limits=limits_for(facts), cancelled=work.cancelled, stdin=master.path, cwd=work.folder)


def segment_sound(ffmpeg: Ffmpeg, work: Work, facts: MediaFacts, sound: Path, name: str) -> hls.Track:
    """The AAC file as HLS segments in a folder `name`, its first sample at time zero without an edit list."""
    import ffmpeg as graph

    folder = work.folder / name
    folder.mkdir()
    options = {
        **BITEXACT,
        "c": "copy",
        # The encoder's priming stands before time zero. Kept in segments, it needs an edit list, and where a player
        # ignores that, all of the sound is 21 ms late.
        "bsf:a": "noise=drop=lt(pts\\,0)",
        **hls.muxer_options(SEGMENT_S),
    }
    argv = command(ffmpeg, graph.output(source_input(container="mov")["a:0"], hls.PLAYLIST, **options))
    run_ffmpeg(argv, limits=limits_for(facts), cancelled=work.cancelled, stdin=sound, cwd=folder)
    track = hls.read_track(folder)
    if not track.segments:
        raise Refused(diagnostic("CP218", work.source_name("source"), detail="no sound came out"))
    start_at_zero(track)
    return track


def hand_in_segments(
    work: Work, facts: MediaFacts, track: hls.Track, name: str, channels: int
) -> AudioRendition:
    """Adds segments of sound and their playlist to the result."""
    folder = "audio" if name == "audio" else f"audio-{name}"
    playlist = f"{folder}/{hls.PLAYLIST}"
    rendition = AudioRendition(
        name=name,
        playlist=playlist,
        bandwidth=track.peak,
        average_bandwidth=track.average,
        codecs=hls.AAC_LC,
        channels=channels,
        size=track.size,
        language=facts.streams[facts.audio].language,
    )
    work.write(playlist, hls.media_playlist(track), hls.PLAYLIST_TYPE)
    for path in track.files():
        kind = "audio/mp4" if path.name == hls.INIT else hls.SEGMENT_TYPE
        work.add(f"{folder}/{path.name}", path, kind)
    return rendition


def shown_lufs(measured: Measured) -> float | None:
    """For facts; None for silence."""
    return round(measured.lufs, 1) if measured.measurable else None


def shown_dbtp(measured: Measured) -> float | None:
    """For facts; None for silence."""
    return round(measured.dbtp, 1) if measured.dbtp > -70 else None
