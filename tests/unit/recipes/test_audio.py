import json
import re
import subprocess
from pathlib import Path

import pytest
from PIL import Image
from tests.unit.recipes.media_work import Ran, make, refused_codes, run_recipe, tool

from coursepack.recipes.audio import AudioRecipe
from coursepack.tools.probe import probe

RECIPE = AudioRecipe(tool())
# Speech-like: a tone in syllables, with rests.
SPEECH = "aevalsrc=exprs='0.1*sin(2*PI*220*t)*(0.2+0.8*gt(sin(2*PI*3*t),0))':d=4:s=48000"


def build(source: Path, tmp: Path, **options: object) -> Ran:
    return run_recipe(RECIPE, source, tmp, **options)


def audio(out: Path, graph: str, *args: str) -> Path:
    return make(out, "-f", "lavfi", "-i", graph, *args)


def loudness(path: Path) -> tuple[float, float]:
    argv = [
        tool().path,
        "-hide_banner",
        "-nostats",
        "-i",
        str(path),
        "-af",
        "ebur128=peak=true",
        "-f",
        "null",
        "-",
    ]
    report = subprocess.run(argv, capture_output=True, text=True, check=True).stderr
    summary = report[report.rfind("Summary") :]
    found = re.findall(r"(?:I|Peak):\s+(-?[\d.]+|-inf)", summary)
    return float(found[0]), float(found[1])


@pytest.mark.parametrize("db", [-18, -5, 0, 14, 22])
def test_loudness_and_peak_of_the_file(tmp_path: Path, db: int) -> None:
    ran = build(audio(tmp_path / "s.wav", f"{SPEECH},volume={db}dB", "-c:a", "pcm_f32le"), tmp_path)
    lufs, peak = loudness(ran.work.out / "audio.m4a")
    assert abs(lufs + 18) <= 1
    assert peak <= -1
    assert abs(ran.facts["loudness_lufs"] - lufs) < 0.2
    assert abs(ran.facts["true_peak_dbtp"] - peak) < 0.2
    assert ran.codes == (["CP228"] if db < -10 else [])


def test_facts_and_file(tmp_path: Path) -> None:
    ran = build(audio(tmp_path / "s.wav", SPEECH), tmp_path)
    json.dumps(ran.facts)
    data = (ran.work.out / ran.facts["file"]).read_bytes()
    assert 0 < data.find(b"moov") < data.find(b"mdat")
    assert len(data) == ran.facts["size"]
    assert abs(ran.facts["duration_ms"] - 4000) <= 30
    assert ran.work.types == {"audio.m4a": "audio/mp4", "audio.webm": "audio/webm"}
    assert 64_000 * 0.7 < len(data) * 8 / 4 < 64_000 * 1.5


@pytest.mark.parametrize("db", [-18, 14])
def test_opus_is_as_loud_and_clearly_smaller(tmp_path: Path, db: int) -> None:
    source = audio(tmp_path / "s.wav", f"{SPEECH},volume={db}dB", "-c:a", "pcm_f32le")
    ran = build(source, tmp_path / "a")
    opus = ran.work.out / ran.facts["opus"]
    lufs, peak = loudness(opus)
    assert abs(lufs + 18) <= 1
    assert peak <= -1
    assert opus.stat().st_size == ran.facts["opus_size"] <= 0.6 * ran.facts["size"]
    assert probe(opus).streams[0].codec == "opus"
    data = opus.read_bytes()
    assert data.find(b"\x1c\x53\xbb\x6b") < data.find(b"\x1f\x43\xb6\x75"), "cues before clusters"
    again = build(source, tmp_path / "b", threads=3)
    assert again.work.digests == ran.work.digests


def test_described_sound_has_segments(tmp_path: Path) -> None:
    ran = build(audio(tmp_path / "s.wav", SPEECH), tmp_path, params={"loudness": -20, "hls": True})
    (rendition,) = ran.facts["renditions"]
    assert abs(loudness(ran.work.out / "audio.m4a")[0] + 20) <= 1
    assert rendition["playlist"] == "audio/index.m3u8"
    assert set(ran.work.types) == {f"audio/{n}" for n in ("index.m3u8", "init.mp4", "seg-00001.m4s")} | {
        "audio.m4a"
    }
    assert not ran.facts.get("opus")


def channels(ran: Ran) -> int:
    facts = probe(ran.work.out / "audio.m4a")
    return facts.streams[facts.audio].channels


@pytest.mark.parametrize(
    ("pan", "expected"),
    [
        ("stereo|c0=c0|c1=0*c0", 1),
        ("stereo|c0=0*c0|c1=c0", 1),
        ("stereo|c0=c0|c1=c0", 1),
        ("stereo|c0=c0|c1=-1*c0", 1),
        ("5.1|c0=0*c0|c1=0*c0|c2=c0|c3=0*c0|c4=0*c0|c5=0*c0", 1),
    ],
)
def test_channels(tmp_path: Path, pan: str, expected: int) -> None:
    ran = build(audio(tmp_path / "s.wav", f"{SPEECH},pan={pan}"), tmp_path)
    assert channels(ran) == expected
    assert abs(loudness(ran.work.out / "audio.m4a")[0] + 18) <= 1


def test_silence_is_not_raised(tmp_path: Path) -> None:
    ran = build(audio(tmp_path / "s.wav", "anullsrc=d=2"), tmp_path)
    assert ran.codes == ["CP227"]
    assert ran.facts.get("loudness_lufs") is None
    assert loudness(ran.work.out / "audio.m4a")[0] <= -69


def test_faint_hiss_is_not_made_loud(tmp_path: Path) -> None:
    ran = build(audio(tmp_path / "s.wav", "anoisesrc=a=0.0005:d=3:seed=1"), tmp_path)
    assert loudness(ran.work.out / "audio.m4a")[0] < -40


def test_an_instant_of_sound(tmp_path: Path) -> None:
    ran = build(audio(tmp_path / "s.wav", "sine=440:d=0.05"), tmp_path)
    assert 0 < ran.facts["duration_ms"] < 120
    assert ran.codes == []
    assert loudness(ran.work.out / "audio.m4a")[1] <= -1


def test_beeps_are_not_crushed(tmp_path: Path) -> None:
    beeps = "aevalsrc=exprs='0.9*sin(2*PI*1000*t)*lt(mod(t,2),0.03)':d=6"
    ran = build(audio(tmp_path / "s.wav", beeps), tmp_path)
    assert loudness(ran.work.out / "audio.m4a")[1] <= -1


def test_cover_art(tmp_path: Path) -> None:
    cover = make(tmp_path / "c.png", "-f", "lavfi", "-i", "testsrc2=s=1600x800", "-frames:v", "1")
    args = ("-i", str(cover), "-map", "0", "-map", "1", "-disposition:v", "attached_pic")
    ran = build(audio(tmp_path / "s.mp3", SPEECH, *args), tmp_path)
    assert ran.facts["cover"] == "cover.jpg"
    with Image.open(ran.work.out / "cover.jpg") as image:
        assert (image.format, image.size) == ("JPEG", (1280, 640))
    assert ran.codes == []


def test_damaged_cover_art_does_not_stop_the_sound(tmp_path: Path) -> None:
    cover = make(tmp_path / "c.png", "-f", "lavfi", "-i", "testsrc2=s=320x200", "-frames:v", "1")
    args = ("-i", str(cover), "-map", "0", "-map", "1", "-disposition:v", "attached_pic")
    source = audio(tmp_path / "s.mp3", SPEECH, *args)
    data = bytearray(source.read_bytes())
    at = data.find(b"IHDR")
    data[at + 4 : at + 12] = b"\x7f" * 8  # a width and height of two thousand million
    source.write_bytes(data)
    ran = build(source, tmp_path)
    assert ran.codes == ["CP233"]
    assert not ran.facts.get("cover")


def test_sound_of_a_video(tmp_path: Path) -> None:
    source = audio(
        tmp_path / "v.mp4", SPEECH, "-f", "lavfi", "-i", "testsrc2=s=64x64:d=4", "-map", "0", "-map", "1"
    )
    assert build(source, tmp_path).facts["duration_ms"] > 3900


def test_no_sound_is_refused(tmp_path: Path) -> None:
    source = make(tmp_path / "v.mp4", "-f", "lavfi", "-i", "testsrc2=s=64x64:d=1")
    assert refused_codes(RECIPE, source, tmp_path) == ["CP223"]


def test_several_languages_are_mentioned(tmp_path: Path) -> None:
    args = ("-f", "lavfi", "-i", "sine=880:d=4", "-map", "0", "-map", "1", "-metadata:s:a:0", "language=yue")
    ran = build(audio(tmp_path / "two.mka", SPEECH, *args), tmp_path)
    assert ran.codes == ["CP229"]


@pytest.mark.parametrize(
    "suffix", ["mp3", "flac", "ogg", "opus", "wav", "m4a", "aac", "mka", "aiff", "wma", "ac3"]
)
def test_formats_through_the_guarded_door(tmp_path: Path, suffix: str) -> None:
    ran = build(audio(tmp_path / f"s.{suffix}", SPEECH), tmp_path)
    assert abs(ran.facts["duration_ms"] - 4000) < 120
