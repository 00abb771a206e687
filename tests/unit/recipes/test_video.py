import json
import re
import subprocess
from fractions import Fraction
from pathlib import Path

import av
import pytest
from PIL import Image
from tests.unit.recipes.media_work import Ran, make, refused_codes, run_recipe, tool

from coursepack.errors import Interrupted
from coursepack.model.media import MediaFacts, VideoFacts
from coursepack.recipes.encode import Stretch, stretch_command
from coursepack.recipes.ladder import choose_rungs
from coursepack.recipes.video import VideoRecipe
from coursepack.tools.probe import probe
from coursepack.tools.process import Limits, run

RECIPE = VideoRecipe(tool())
TONE = ("-f", "lavfi", "-i", "sine=440:d=2")
FAST = ("-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac")
LADDER = {"ladder": [240, 120], "quality": 95}


def picture(size: str = "320x240", rate: str = "25", seconds: float = 2) -> tuple[str, ...]:
    return ("-f", "lavfi", "-i", f"testsrc2=s={size}:r={rate}:d={seconds}")


def build(source: Path, tmp: Path, **options: object) -> Ran:
    options.setdefault("params", LADDER)
    return run_recipe(RECIPE, source, tmp, **options)


def output(ran: Ran, name: str) -> MediaFacts:
    return probe(ran.work.out / ran.facts[name])


def joined(ran: Ran, folder: str) -> Path:
    """A rendition as one file, as a player puts it together."""
    base = ran.work.out / folder
    names = [line for line in (base / "index.m3u8").read_text().splitlines() if line.endswith(".m4s")]
    path = ran.work.folder / f"{folder}.mp4"
    path.write_bytes(b"".join((base / n).read_bytes() for n in ["init.mp4", *names]))
    return path


def pixel(path: Path, at_s: float, tmp: Path) -> tuple[int, int, int]:
    """Mean colour of the frame at `at_s`."""
    out = make(
        tmp / "px.png", "-ss", str(at_s), "-i", str(path), "-frames:v", "1", "-vf", "scale=1:1:flags=area"
    )
    with Image.open(out) as image:
        return image.convert("RGB").getpixel((0, 0))  # type: ignore[return-value]


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    tmp = tmp_path_factory.mktemp("plain")
    source = make(tmp / "clip.mp4", *picture(seconds=13), "-f", "lavfi", "-i", "sine=440:d=13", *FAST)
    return build(source, tmp)


def test_facts_and_files_agree(plain: Ran) -> None:
    facts = plain.facts
    assert set(facts) <= set(VideoFacts.__struct_fields__)
    json.dumps(facts)
    assert [r["name"] for r in facts["renditions"]] == ["240p", "120p"]
    assert abs(facts["duration_ms"] - 13_000) < 60
    assert (facts["width"], facts["height"]) == (320, 240)
    for key in ("mp4", "mobile", "poster", "sound", "thumbnails"):
        assert facts[key] in plain.work.types
    assert facts["mp4_size"] == (plain.work.out / facts["mp4"]).stat().st_size
    assert plain.codes == []
    assert plain.work.fractions == sorted(plain.work.fractions)


def test_media_types(plain: Ran) -> None:
    expected = {
        ".m3u8": "application/vnd.apple.mpegurl",
        ".m4s": "video/iso.segment",
        ".mp4": "video/mp4",
        ".jpg": "image/jpeg",
        ".m4a": "audio/mp4",
        ".vtt": "text/vtt",
        ".webp": "image/webp",
    }
    for name, kind in plain.work.types.items():
        wanted = (
            "audio/mp4"
            if name.startswith("audio") and name.endswith("init.mp4")
            else expected[Path(name).suffix]
        )
        assert kind == wanted
        assert re.fullmatch(r"[a-z0-9./-]+", name)


def test_every_playlist_entry_is_there(plain: Ran) -> None:
    named = set()
    for name in plain.work.types:
        if name.endswith(".m3u8"):
            text = (plain.work.out / name).read_text()
            entries = re.findall(r'URI="([^"]+)"', text) + [x for x in text.splitlines() if x and x[0] != "#"]
            named |= {str(Path(name).parent / e) for e in entries}
    assert named <= set(plain.work.types)
    segments = {n for n in plain.work.types if n.endswith((".m4s", "init.mp4"))}
    assert segments <= named


def test_segments_are_cut_at_the_same_times_and_begin_with_keyframes(plain: Ran) -> None:
    cuts = []
    for folder in ("v240", "v120"):
        text = (plain.work.out / folder / "index.m3u8").read_text()
        cuts.append(re.findall(r"#EXTINF:([\d.]+)", text))
        for segment in re.findall(r"seg-\d+\.m4s", text):
            base = plain.work.out / folder
            one = plain.work.folder / "one.mp4"
            one.write_bytes((base / "init.mp4").read_bytes() + (base / segment).read_bytes())
            argv = [tool().path, "-v", "error", "-skip_frame", "nokey", "-i", str(one), "-f", "framecrc", "-"]
            frames = subprocess.run(argv, capture_output=True, text=True, check=True).stdout
            assert re.search(r"^0,", frames, re.M)
    assert cuts[0] == cuts[1] == ["6.000000", "6.000000", "1.000000"]


def test_rates_cover_every_segment(plain: Ran) -> None:
    for r in plain.facts["renditions"]:
        assert r["average_bandwidth"] <= r["bandwidth"]
        text = (plain.work.out / r["playlist"]).read_text()
        for seconds, name in re.findall(r"#EXTINF:([\d.]+),\n(\S+)", text):
            size = (plain.work.out / Path(r["playlist"]).parent / name).stat().st_size
            # A short last segment may be denser: what a line must carry is told by half a target duration at least.
            if float(seconds) >= 3:
                assert size * 8 / float(seconds) <= r["bandwidth"] + 1
        assert re.fullmatch(r"avc1\.6400[0-9a-f]{2}", r["codecs"])


def shown_times(path: Path) -> list[int]:
    """When each sample of a fragmented file is shown, in units of the track, edit lists ignored.

    Read from the boxes: libav adds the largest negative offset to all times, of its own CMAF files too.
    """
    data = path.read_bytes()
    delta = int.from_bytes(data[(at := data.find(b"trex")) + 16 : at + 20], "big")
    times: list[int] = []
    for at in (m.start() for m in re.finditer(b"traf", data)):
        tfdt, tfhd, trun = (data.find(k, at) for k in (b"tfdt", b"tfhd", b"trun"))
        if data[tfhd + 7] & 0x08:
            delta = int.from_bytes(data[tfhd + 12 : tfhd + 16], "big")
        clock = int.from_bytes(data[tfdt + 8 : tfdt + 16], "big")
        flags = int.from_bytes(data[trun + 5 : trun + 8], "big")
        assert flags & 0x800
        assert data[trun + 4] == 1
        place = trun + 12 + 4 * bool(flags & 1) + 4 * bool(flags & 4)
        width = 4 * sum(bool(flags & f) for f in (0x100, 0x200, 0x400, 0x800))
        for n in range(int.from_bytes(data[trun + 8 : trun + 12], "big")):
            end = place + width * (n + 1)
            times.append(clock + n * delta + int.from_bytes(data[end - 4 : end], "big", signed=True))
    return sorted(times)


def test_pictures_start_at_zero_without_an_edit_list(plain: Ran) -> None:
    for folder in ("v240", "v120"):
        times = shown_times(joined(plain, folder))
        assert times == list(range(0, 13 * 25 * times[1], times[1]))
        assert b"edts" not in (plain.work.out / folder / "init.mp4").read_bytes()


def test_progressive_file_starts_at_zero(plain: Ran) -> None:
    with av.open(str(plain.work.out / plain.facts["mp4"])) as container:
        first = {s.type: min(p.pts * s.time_base for p in container.demux(s) if p.pts is not None and p.pts >= 0)
                 for s in container.streams if container.seek(0) is None}  # fmt: skip
    assert first["video"] == 0
    assert first["audio"] < Fraction(1, 40)


def test_progressive_file_plays_at_once(plain: Ran) -> None:
    data = (plain.work.out / plain.facts["mp4"]).read_bytes()
    assert 0 < data.find(b"moov") < data.find(b"mdat")
    facts = output(plain, "mp4")
    assert facts.streams[facts.video].codec == "h264"
    assert facts.streams[facts.audio].codec == "aac"
    assert abs(facts.duration_ms - 13_000) < 80


def test_nothing_of_the_author_remains(tmp_path: Path) -> None:
    secret = (
        "-metadata",
        "title=SECRETTITLE",
        "-metadata",
        "location=+39.9/",
        "-metadata",
        "comment=SECRETTITLE",
    )
    source = make(tmp_path / "s.mp4", *picture(), *TONE, *FAST, *secret)
    assert b"SECRETTITLE" in source.read_bytes()
    ran = build(source, tmp_path)
    for name in ran.work.types:
        data = (ran.work.out / name).read_bytes()
        assert b"SECRETTITLE" not in data
        assert b"Lavf" not in data
        assert b"x264 - core" not in data


def test_same_bytes_for_any_thread_count_and_folder(tmp_path: Path) -> None:
    # Fast vertical motion: where encoders with other thread counts would search other ranges.
    scroll = ("-f", "lavfi", "-i", "testsrc2=s=320x240:r=25:d=2,scroll=vertical=0.11")
    source = make(tmp_path / "s.mp4", *scroll, *TONE, *FAST)
    one = build(source, tmp_path / "a", threads=1).work.digests
    two = build(source, tmp_path / "deeper" / "b", threads=2).work.digests
    assert one == two


def test_the_encoder_reads_no_memory_that_it_did_not_write(tmp_path: Path) -> None:
    # x264 with AVX-512 did, in its macroblock tree; glibc fills fresh memory with the complement of this byte.
    source = make(tmp_path / "s.mp4", *picture("1080x608", "30", 1), *FAST)
    facts = probe(source)
    rungs = choose_rungs(1080, 608, Fraction(30), ladder=[608], crf=23)
    made = set()
    for byte in ("1", "85", "170"):
        out = tmp_path / byte
        argv = stretch_command(tool(), facts, rungs, Stretch(Fraction(30)), out=out)
        run(argv, limits=Limits(timeout_s=120), stdin=source, cwd=out, env={"MALLOC_PERTURB_": byte})
        made.add((out / "v608" / "seg-00001.m4s").read_bytes())
    assert len(made) == 1


def test_rotated_phone_video(tmp_path: Path) -> None:
    flat = make(tmp_path / "flat.mp4", *picture(), *FAST)
    source = make(tmp_path / "r.mp4", "-display_rotation", "90", "-i", str(flat), "-c", "copy")
    ran = build(source, tmp_path)
    assert (ran.facts["width"], ran.facts["height"]) == (240, 320)
    assert (output(ran, "mp4").width, output(ran, "mp4").height) == (240, 320)
    with Image.open(ran.work.out / "poster.jpg") as poster:
        assert poster.size == (240, 320)


def test_odd_size_full_chroma_and_anamorphic(tmp_path: Path) -> None:
    odd = make(tmp_path / "odd.mkv", *picture("321x241"), "-pix_fmt", "yuv444p", *FAST)
    ran = build(odd, tmp_path / "odd")
    assert (ran.facts["width"], ran.facts["height"]) == (320, 240)
    wide = make(tmp_path / "wide.mp4", *picture("160x120"), "-vf", "setsar=2/1", *FAST)
    ran = build(wide, tmp_path / "wide")
    assert (ran.facts["width"], ran.facts["height"]) == (320, 120)
    assert output(ran, "mp4").streams[0].sample_aspect == (1, 1)


@pytest.mark.parametrize("size", ["2x2", "16x2"])
def test_tiny_pictures(tmp_path: Path, size: str) -> None:
    source = make(tmp_path / "t.mkv", "-f", "lavfi", "-i", f"color=red:s={size}:d=1", "-c:v", "ffv1")
    ran = build(source, tmp_path)
    assert min(ran.facts["width"], ran.facts["height"]) == 16
    assert "CP231" in ran.codes


def test_one_frame(tmp_path: Path) -> None:
    source = make(tmp_path / "one.mp4", *picture(), "-frames:v", "1", *FAST)
    ran = build(source, tmp_path)
    # One picture of the slow rate that still pictures get.
    assert 0 < ran.facts["duration_ms"] <= 80


def test_without_sound(tmp_path: Path) -> None:
    ran = build(make(tmp_path / "mute.mp4", *picture(), *FAST), tmp_path)
    assert ran.facts["has_audio"] is False
    assert ran.facts["renditions"][0]["codecs"].startswith("avc1.")
    assert "mp4a" not in ran.facts["renditions"][0]["codecs"]
    assert not [n for n in ran.work.types if n.startswith("audio/")]
    assert output(ran, "mp4").audio == -1
    assert ran.codes == ["CP226"]


def test_silent_track(tmp_path: Path) -> None:
    source = make(tmp_path / "s.mp4", *picture(), "-f", "lavfi", "-i", "anullsrc=d=2", *FAST)
    ran = build(source, tmp_path)
    assert ran.codes == ["CP227"]
    assert ran.facts.get("loudness_lufs") is None


def test_interlaced_becomes_progressive(tmp_path: Path) -> None:
    fields = (
        "-vf",
        "tinterlace=interleave_top,setfield=tff",
        "-c:v",
        "mpeg2video",
        "-flags",
        "+ildct+ilme",
        "-b:v",
        "4M",
    )
    source = make(tmp_path / "i.mpg", *picture("352x288", "50"), *fields)
    assert probe(source).streams[0].interlaced
    ran = build(source, tmp_path)
    assert output(ran, "mp4").streams[0].interlaced is False
    assert ran.facts["renditions"][0]["fps"] == 25


def test_hdr_is_tone_mapped(tmp_path: Path) -> None:
    tags = "setparams=color_primaries=bt2020:color_trc=smpte2084:colorspace=bt2020nc"
    source = make(
        tmp_path / "hdr.mkv", "-f", "lavfi", "-i", f"color=gray:s=320x240:r=25:d=1,format=yuv420p10le,{tags}",
        "-c:v", "libx265", "-x265-params", "log-level=none:hdr10=1:colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc",
    )  # fmt: skip
    ran = build(source, tmp_path)
    assert "CP230" in ran.codes
    stream = output(ran, "mp4").streams[0]
    assert (stream.transfer, stream.matrix, stream.pixel_format) == ("bt709", "bt709", "yuv420p")
    # Half of the PQ scale is about 90 cd/m2: near white on an ordinary screen, black if nothing was mapped.
    level = pixel(ran.work.out / ran.facts["mp4"], 0, tmp_path)[1]
    assert 90 < level < 235


@pytest.mark.parametrize("matrix", ["bt709", "smpte170m"])
def test_colours_survive_whatever_the_matrix(tmp_path: Path, matrix: str) -> None:
    source = make(
        tmp_path / "c.mkv", "-f", "lavfi", "-i", "color=0x20B040:s=320x240:r=25:d=1",
        "-vf", f"scale=out_color_matrix={matrix}:out_range=pc,format=yuv444p", "-color_range", "pc",
        "-colorspace", matrix, "-c:v", "libx264", "-qp", "0",
    )  # fmt: skip
    ran = build(source, tmp_path)
    got = pixel(ran.work.out / ran.facts["mp4"], 0, tmp_path)
    assert all(abs(a - b) <= 6 for a, b in zip(got, (0x20, 0xB0, 0x40), strict=True)), got


def test_uneven_times_become_even(tmp_path: Path) -> None:
    drop = ("-vf", "select='lt(n,10)+eq(mod(n,12),0)'", "-fps_mode", "vfr")
    source = make(
        tmp_path / "vfr.mp4", *picture("320x240", "30", 3), "-f", "lavfi", "-i", "sine=440:d=3", *drop, *FAST
    )
    ran = build(source, tmp_path)
    assert abs(ran.facts["duration_ms"] - 3000) <= 200
    assert abs(ran.facts["renditions"][0]["fps"] - 30) < 0.1


def test_high_rates_are_capped(tmp_path: Path) -> None:
    ran = build(make(tmp_path / "fast.mp4", *picture("320x240", "120", 1), *FAST), tmp_path)
    assert ran.facts["renditions"][0]["fps"] <= 60
    assert abs(ran.facts["duration_ms"] - 1000) < 40


def test_late_picture_and_late_sound_stay_in_step(tmp_path: Path) -> None:
    late = make(tmp_path / "late.mkv", *picture(), "-itsoffset", "1", *TONE, *FAST)
    mp4 = build(late, tmp_path / "a")
    report = subprocess.run(
        [tool().path, "-hide_banner", "-i", str(mp4.work.out / mp4.facts["mp4"]), "-af", "silencedetect=n=-45dB:d=0.2",
         "-f", "null", "-"], capture_output=True, text=True, check=True,
    ).stderr  # fmt: skip
    end = re.search(r"silence_end: ([\d.]+)", report)
    assert end
    assert abs(float(end.group(1)) - 1.0) < 0.05
    # The picture is held to the end of the sound.
    assert abs(mp4.facts["duration_ms"] - 3000) < 60
    source = make(
        tmp_path / "late2.mkv", *TONE, "-itsoffset", "1", *picture(), *FAST, "-map", "0", "-map", "1"
    )
    ran = build(source, tmp_path / "b")
    assert abs(ran.facts["duration_ms"] - 3000) < 60


def test_a_rung_that_saves_nothing_is_left_out(tmp_path: Path) -> None:
    source = make(tmp_path / "flat.mp4", "-f", "lavfi", "-i", "color=blue:s=640x360:r=25:d=2", *FAST)
    ran = build(source, tmp_path, params={"ladder": [360, 358, 356, 240], "quality": 95})
    sizes = [r["size"] for r in ran.facts["renditions"]]
    assert sizes == sorted(sizes, reverse=True)
    assert len(sizes) < 4


def test_poster_is_not_the_black_beginning(tmp_path: Path) -> None:
    graph = "color=black:s=320x240:r=25:d=1[a];testsrc2=s=320x240:r=25:d=2[b];[a][b]concat=n=2"
    ran = build(make(tmp_path / "b.mp4", "-f", "lavfi", "-i", graph, *FAST), tmp_path)
    with Image.open(ran.work.out / "poster.jpg") as poster:
        assert poster.format == "JPEG"
        assert not poster.getexif()
        assert poster.convert("L").entropy() > 3
        assert poster.width == ran.facts["poster_width"]


def test_subtitles_inside_are_mentioned(tmp_path: Path) -> None:
    srt = tmp_path / "x.srt"
    srt.write_text("1\n00:00:00,000 --> 00:00:01,000\nhello\n")
    source = make(
        tmp_path / "s.mkv", *picture(), *TONE, "-i", str(srt), "-map", "0", "-map", "1", "-map", "2", *FAST
    )
    assert build(source, tmp_path).codes == ["CP232"]


def test_a_file_cut_off_gives_what_is_there_and_says_so(tmp_path: Path) -> None:
    source = make(tmp_path / "w.mp4", *picture(seconds=6), *FAST, "-g", "25", "-movflags", "+faststart")
    cut = tmp_path / "cut.mp4"
    cut.write_bytes(source.read_bytes()[: source.stat().st_size // 2])
    ran = build(cut, tmp_path)
    assert "CP224" in ran.codes
    assert 1000 < ran.facts["duration_ms"] < 5000


def test_sound_only_is_refused_with_the_way_out(tmp_path: Path) -> None:
    assert refused_codes(RECIPE, make(tmp_path / "talk.mp4", *TONE, "-c:a", "aac"), tmp_path) == ["CP217"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "CP210"),
        (b"#EXTM3U\n#EXTINF:1,\nfile:///etc/hostname\n", "CP211"),
        (b"\x89PNG\r\n\x1a\n", "CP212"),
        (b"<!DOCTYPE html>", "CP213"),
        (b"\0\0\0\x10ftypisom\0\0\0\0" + b"\0\0\0\x20mdat" + b"\0" * 24, "CP214"),
        (bytes(range(256)) * 9, "CP215"),
    ],
)
def test_refusals(tmp_path: Path, data: bytes, code: str) -> None:
    path = tmp_path / "x.mp4"
    path.write_bytes(data)
    assert refused_codes(RECIPE, path, tmp_path) == [code]


def test_broken_pictures_behind_a_good_header(tmp_path: Path) -> None:
    source = make(tmp_path / "w.mp4", *picture(), *FAST, "-movflags", "+faststart")
    data = bytearray(source.read_bytes())
    start = data.find(b"mdat") + 4
    data[start:] = bytes(len(data) - start)
    source.write_bytes(data)
    assert refused_codes(RECIPE, source, tmp_path) == ["CP218"]


def test_cancel(tmp_path: Path) -> None:
    source = make(tmp_path / "w.mp4", *picture(seconds=4), *FAST)
    with pytest.raises(Interrupted):
        build(source, tmp_path, stop=lambda: True)


def test_fingerprint_names_both_tools() -> None:
    assert re.search(r"ffmpeg.*pillow \d", RECIPE.fingerprint())


@pytest.fixture(scope="module")
def two_codecs(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    tmp = tmp_path_factory.mktemp("two")
    source = make(tmp / "clip.mp4", *picture(seconds=7), "-f", "lavfi", "-i", "sine=440:d=7", *FAST)
    wish = {**LADDER, "codecs": ["h264", "av1"], "offline_codec": "av1"}
    return build(source, tmp, params=wish)


def test_a_second_codec_family(two_codecs: Ran) -> None:
    names = [r["name"] for r in two_codecs.facts["renditions"]]
    assert names == ["240p", "120p", "240p-av1", "120p-av1"]
    for r in two_codecs.facts["renditions"]:
        folder = str(Path(r["playlist"]).parent)
        facts = probe(joined(two_codecs, folder))
        video = facts.streams[facts.video]
        codec = r.get("codec", "h264")
        assert video.codec == codec
        assert (video.width, video.height) == (r["width"], r["height"])
        assert r["codecs"].startswith("avc1." if codec == "h264" else "av01.0.")
        # libav counts the pictures that are reordered before the first as time of their own.
        assert abs(video.duration_ms - 7000) < 120
    assert two_codecs.facts["report"]["av1_bytes"] > 0


def test_a_codec_more_makes_nothing_again(two_codecs: Ran, tmp_path: Path) -> None:
    one = build(two_codecs.work.source, tmp_path, params={**LADDER, "codecs": ["h264"]})
    assert one.work.parts.keys() < two_codecs.work.parts.keys()


def test_both_families_are_cut_at_the_same_times(two_codecs: Ran) -> None:
    cuts = {
        tuple(re.findall(r"#EXTINF:([\d.]+)", (two_codecs.work.out / r["playlist"]).read_text()))
        for r in two_codecs.facts["renditions"]
    }
    assert cuts == {("6.000000", "1.000000")}


def test_the_offline_file_in_av1(two_codecs: Ran) -> None:
    facts = output(two_codecs, "mobile_av1")
    assert facts.streams[facts.video].codec == "av1"
    assert facts.streams[facts.audio].codec == "aac"
    assert re.fullmatch(r"av01\.0\.\d\d[MH]\.08,mp4a\.40\.2", two_codecs.facts["mobile_av1_codecs"])
    assert (
        two_codecs.facts["mobile_av1_size"]
        == (two_codecs.work.out / two_codecs.facts["mobile_av1"]).stat().st_size
    )
