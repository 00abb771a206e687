import math
import re
import subprocess
from array import array
from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest
from tests.unit.recipes.media_work import Ran, make, run_recipe, tool

from coursepack.model.media import AudioRendition, SoundFacts
from coursepack.recipes.audio import AudioRecipe
from coursepack.recipes.loudness import NEAR_LU, Attempt, Measured, find_gain
from coursepack.recipes.sound_master import Sides, best_mix, mono_mix
from coursepack.recipes.soundtrack import SoundRecipe
from coursepack.tools.hls import media_playlist, read_track
from coursepack.tools.probe import probe

RATE = 16_000
# Speech-like: syllables of noise and voice, rests of a second between the sentences.
VOICE = "(0.5*sin(2*PI*180*t)+0.3*(random(0)-0.5))*abs(sin(2*PI*2*t))*lt(mod(t,3),2)"
MUSIC = "0.25*(sin(2*PI*220*t)+sin(2*PI*277*t)+sin(2*PI*331*t))+0.3*(random(1)-0.5)"


def source(out: Path, *sides: str, layout: str = "mono", rate: int = 48_000, seconds: float = 5) -> Path:
    graph = f"aevalsrc=exprs='{'|'.join(sides)}':c={layout}:s={rate}:d={seconds}"
    return make(out, "-f", "lavfi", "-i", graph, "-c:a", "pcm_f32le" if out.suffix == ".wav" else "flac")


def build(path: Path, tmp: Path, *, loudness: float = -18.0, threads: int = 1) -> Ran:
    params = {"facts": msgspec.to_builtins(probe(path)), "loudness": loudness}
    return run_recipe(SoundRecipe(tool()), path, tmp, params=params, threads=threads)


def facts(ran: Ran) -> SoundFacts:
    return msgspec.convert(ran.facts, SoundFacts)


def joined(ran: Ran, folder: str) -> Path:
    """The segments as one fragmented MP4, as a player appends them."""
    parts = sorted((ran.work.out / folder).glob("*.m4s"))
    data = b"".join(p.read_bytes() for p in [ran.work.out / folder / "init.mp4", *parts])
    (ran.work.out / f"{folder}.mp4").write_bytes(data)
    return ran.work.out / f"{folder}.mp4"


def measured(path: Path) -> tuple[float, float]:
    """Loudness and true peak, by another run of the meter."""
    argv = [tool().path, "-hide_banner", "-nostats", "-i", str(path), "-af", "ebur128=peak=true"]
    report = subprocess.run([*argv, "-f", "null", "-"], capture_output=True, text=True, check=True).stderr
    found = re.findall(r"(?:I|Peak):\s+(-?[\d.]+|-inf)", report[report.rfind("Summary") :])
    return float(found[0]), float(found[1])


def samples(path: Path) -> Sequence[float]:
    argv = [tool().path, "-v", "error", "-i", str(path), "-af", f"aresample={RATE}:async=1:first_pts=0"]
    done = subprocess.run([*argv, "-ac", "1", "-f", "f32le", "-"], capture_output=True, check=True)
    return array("f", done.stdout)


def onset_s(wave: Sequence[float], after_s: float = 0, before_s: float = 1e9) -> float:
    """When the first click sounds in a stretch of a quiet recording."""
    part = wave[round(after_s * RATE) : round(min(before_s, len(wave) / RATE) * RATE)]
    loud = max(map(abs, part)) / 2
    return after_s + next(n for n, v in enumerate(part) if abs(v) > loud) / RATE


CENTRE = ("0", "0", VOICE, "0", "0", "0")
CASES: dict[str, tuple[tuple[str, ...], str, int, int]] = {
    "speech": ((VOICE,), "mono", 48_000, 1),
    "quiet speech": ((f"0.02*{VOICE}",), "mono", 48_000, 1),
    "very quiet speech": ((f"0.004*{VOICE}",), "mono", 48_000, 1),
    "speech and a clap": ((f"0.02*{VOICE}+0.95*lt(abs(t-2.5),0.003)*sin(2*PI*900*t)",), "mono", 44_100, 1),
    "loud music": ((MUSIC, f"0.8*({MUSIC})+0.2*sin(2*PI*523*t)"), "stereo", 44_100, 2),
    "clipped": ((f"clip(20*{VOICE},-1,1)",), "mono", 48_000, 1),
    "above full scale": ((f"4*{VOICE}",), "mono", 48_000, 1),
    "telephone": ((VOICE,), "mono", 8_000, 1),
    "studio": ((VOICE, MUSIC), "stereo", 96_000, 2),
    "both sides alike": ((f"st(0,{VOICE})", "ld(0)"), "stereo", 48_000, 1),
    "one side": (("0", VOICE), "stereo", 48_000, 1),
    "one side inverted": ((f"st(0,{VOICE})", "-ld(0)"), "stereo", 48_000, 1),
    "speech from the centre": (CENTRE, "5.1", 48_000, 1),
}


@pytest.mark.parametrize("name", CASES)
def test_loudness_peak_and_channels(tmp_path: Path, name: str) -> None:
    sides, layout, rate, channels = CASES[name]
    # A clap may not be one twentieth of all that is heard: then it counts as a part of it.
    seconds = 14 if "clap" in name else 5
    path = source(tmp_path / "s.wav", *sides, layout=layout, rate=rate, seconds=seconds)
    ran = build(path, tmp_path)
    assert facts(ran).channels == channels
    for path in (ran.work.out / "sound.m4a", joined(ran, "audio"), joined(ran, "audio-low")):
        lufs, peak = measured(path)
        assert abs(lufs + 18) <= 1, path.name
        assert peak <= -0.95, path.name
    lufs, peak = measured(ran.work.out / "sound.m4a")
    assert facts(ran).loudness_lufs == pytest.approx(lufs, abs=0.11)
    assert facts(ran).true_peak_dbtp == pytest.approx(peak, abs=0.11)
    assert ran.codes == (["CP228"] if "quiet" in name or "clap" in name else [])


def test_another_loudness(tmp_path: Path) -> None:
    ran = build(source(tmp_path / "s.wav", VOICE), tmp_path, loudness=-23)
    assert abs(measured(ran.work.out / "sound.m4a")[0] + 23) <= 1


def test_inverted_sides_are_heard_from_one_loudspeaker(tmp_path: Path) -> None:
    # Speech on crossed wires over stereo music that keeps it from being one sound.
    sides = (f"st(0,{VOICE})+0.2*({MUSIC})", "-ld(0)+0.1*sin(2*PI*523*t)")
    ran = build(source(tmp_path / "s.wav", *sides, layout="stereo"), tmp_path)
    assert facts(ran).channels == 2
    assert abs(measured(joined(ran, "audio-low"))[0] + 18) <= 1


def test_silence(tmp_path: Path) -> None:
    ran = build(source(tmp_path / "s.wav", "0", "0", layout="stereo", seconds=2), tmp_path)
    assert ran.codes == ["CP227"]
    assert facts(ran).loudness_lufs is None
    assert [r.name for r in facts(ran).renditions] == ["audio"], "a second copy of nothing saves nothing"


def test_lone_beeps_are_not_crushed(tmp_path: Path) -> None:
    ran = build(source(tmp_path / "s.wav", "0.9*sin(2*PI*1000*t)*lt(mod(t,2),0.004)"), tmp_path)
    assert ran.codes == ["CP237"]
    assert measured(ran.work.out / "sound.m4a")[1] <= -0.95


def test_even_hiss_stays_below_speech(tmp_path: Path) -> None:
    ran = build(source(tmp_path / "s.wav", "0.003*(random(0)-0.5)"), tmp_path)
    assert measured(ran.work.out / "sound.m4a")[0] < -28


def test_a_layout_without_a_rule(tmp_path: Path) -> None:
    graph = f"aevalsrc=exprs='{'|'.join([VOICE] * 9)}':s=48000:d=3"
    path = make(tmp_path / "s.mka", "-f", "lavfi", "-i", graph, "-c:a", "pcm_f32le")
    assert abs(measured(build(path, tmp_path).work.out / "sound.m4a")[0] + 18) <= 1


def test_playlists_say_what_the_segments_are(tmp_path: Path) -> None:
    ran = build(source(tmp_path / "s.wav", VOICE, MUSIC, layout="stereo", seconds=13), tmp_path)
    audio, low = facts(ran).renditions
    assert [audio.name, low.name, audio.channels, low.channels] == ["audio", "low", 2, 1]
    assert low.bandwidth <= 60_000
    assert audio.bandwidth < 140_000
    for rendition, folder in ((audio, "audio"), (low, "audio-low")):
        check_segments(ran, rendition, folder)


def check_segments(ran: Ran, rendition: AudioRendition, folder: str) -> None:
    assert rendition.playlist == f"{folder}/index.m3u8"
    track = read_track(ran.work.out / folder)
    assert media_playlist(track) == (ran.work.out / folder / "index.m3u8").read_bytes()
    assert [round(s.duration_s) for s in track.segments] == [6, 6, 1]
    assert (rendition.bandwidth, rendition.average_bandwidth) == (track.peak, track.average)
    assert rendition.size == track.size
    assert track.duration_s == pytest.approx(13, abs=0.03)
    init = (ran.work.out / folder / "init.mp4").read_bytes()
    assert b"edts" not in init, "players of segments ignore edit lists"


def test_clicks_are_where_they_were(tmp_path: Path) -> None:
    click = "0.7*sin(2*PI*880*t)*lt(abs(mod(t,9)-1.01),0.01)+0.05*(random(0)-0.5)"
    path = source(tmp_path / "s.wav", click, rate=8_000, seconds=20)
    ran = build(path, tmp_path / "sound")
    opus = run_recipe(AudioRecipe(tool()), path, tmp_path / "audio").work.out / "audio.webm"
    for made in (ran.work.out / "sound.m4a", joined(ran, "audio"), joined(ran, "audio-low"), opus):
        wave = samples(made)
        assert onset_s(wave, 0, 5) == pytest.approx(1.0, abs=0.003), made.name
        assert onset_s(wave, 14, 20) == pytest.approx(19.0, abs=0.003), made.name
        assert len(wave) / RATE == pytest.approx(20, abs=0.05)


def test_a_late_start_stays_late(tmp_path: Path) -> None:
    args = ("-f", "lavfi", "-i", "testsrc2=s=64x64:d=3:r=10", "-itsoffset", "0.5", "-f", "lavfi")
    path = make(tmp_path / "v.mp4", *args, "-i", "sine=880:d=2", "-c:a", "aac", "-c:v", "mpeg4")
    ran = build(path, tmp_path)
    assert onset_s(samples(ran.work.out / "sound.m4a")) == pytest.approx(0.5, abs=0.02)
    assert onset_s(samples(joined(ran, "audio"))) == pytest.approx(0.5, abs=0.02)


BEEPS = "0.7*sin(2*PI*880*t)*lt(abs(mod(t,4)-2.01),0.01)+0.01*sin(2*PI*300*t)"


@pytest.mark.parametrize(
    ("stamps", "late_s"),
    [
        # 60 ms are missing, less than ffmpeg itself would fill.
        ("noise=drop=between(pts*tb\\,4\\,4.05)", 0.0),
        # A recorder's clock that is a thousandth slow.
        ("setts=ts=PTS*1.001", 0.014),
        # Time stamps of a browser's recorder tremble; the sound does not.
        ("setts=ts=PTS+round(8*sin(N))", 0.0),
    ],
)
def test_time_stamps_are_kept_to(tmp_path: Path, stamps: str, late_s: float) -> None:
    graph = f"aevalsrc=exprs='{BEEPS}':s=48000:d=16"
    plain = make(tmp_path / "plain.mka", "-f", "lavfi", "-i", graph, "-c:a", "libopus")
    path = make(tmp_path / "s.mka", "-i", str(plain), "-c", "copy", "-bsf:a", stamps)
    wave = samples(build(path, tmp_path).work.out / "sound.m4a")
    assert onset_s(wave, 12.5, 16) == pytest.approx(14 + late_s, abs=0.006)


def test_same_bytes_whatever_the_threads(tmp_path: Path) -> None:
    path = source(tmp_path / "s.wav", VOICE, MUSIC, layout="stereo", seconds=2)
    first, again = build(path, tmp_path / "a"), build(path, tmp_path / "b", threads=4)
    assert first.work.digests == again.work.digests
    assert first.facts == again.facts


def test_choice_of_the_mix() -> None:
    inf = math.inf
    assert best_mix(None) == "mono"
    assert best_mix(Sides(-20, -80, -26)) == "left"
    assert best_mix(Sides(-80, -20, -26)) == "right"
    assert best_mix(Sides(-20, -20, -90)) == "sum"
    assert best_mix(Sides(-20, -22, -30)) == "stereo"
    assert best_mix(Sides(-inf, -inf, -inf)) == "sum"
    assert best_mix(Sides(-20, -inf, -26)) == "left"
    assert best_mix(Sides(-20, -20, -20)) == "difference"
    assert mono_mix(Sides(-20, -20, -22)) == "sum"
    assert mono_mix(Sides(-20, -20, -20.3)) == "difference"
    assert mono_mix(Sides(-20, -22, -30)) == "sum"


def test_an_encoder_that_overshoots() -> None:
    tried: list[Attempt] = []

    def encode(gain: float, ceiling: float | None) -> Measured:
        # The limiter takes a quarter of what lies above it off the loudness; peaks come out 2 dB higher.
        peak = -6 + gain
        loss = 0.0 if ceiling is None else max(0.0, peak - ceiling) / 4
        result = Measured(-30 + gain - loss, (peak if ceiling is None else min(peak, ceiling)) + 2)
        tried.append(Attempt(gain, ceiling, result))
        return result

    done = find_gain(encode, Measured(-30, -6), target_lufs=-18, most_db=30)
    assert done == tried[-1]
    assert done.result.dbtp <= -1
    assert abs(done.result.lufs + 18) <= NEAR_LU
