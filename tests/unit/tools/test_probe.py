import time
from pathlib import Path

import pytest
from tests.unit.recipes.media_work import make

from coursepack.tools.probe import NotMedia, Prober, probe

PICTURE = ("-f", "lavfi", "-i", "testsrc2=s=320x180:r=25:d=1")
TONE = ("-f", "lavfi", "-i", "sine=440:d=1")


@pytest.fixture(scope="module")
def prober():
    with Prober() as p:
        yield p


def fault(prober: Prober, path: Path) -> str:
    with pytest.raises(NotMedia) as caught:
        prober.probe(path)
    return caught.value.fault


def test_picture_and_sound(tmp_path: Path, prober: Prober) -> None:
    facts = prober.probe(make(tmp_path / "a b'c\n.mp4", *PICTURE, *TONE))
    assert (facts.width, facts.height, facts.duration_ms // 100) == (320, 180, 10)
    assert facts.streams[facts.video].codec == "h264"
    assert facts.streams[facts.audio].codec == "aac"
    assert facts.streams[facts.video].fps == 25


def test_rotation_and_pixel_aspect(tmp_path: Path, prober: Prober) -> None:
    flat = make(tmp_path / "flat.mp4", *PICTURE, "-vf", "setsar=2/1")
    assert prober.probe(flat).width == 640
    turned = make(tmp_path / "t.mp4", "-display_rotation", "-90", "-i", str(flat), "-c", "copy")
    facts = prober.probe(turned)
    assert (facts.width, facts.height) == (180, 640)
    assert facts.streams[0].rotation == 90


def test_cover_art_is_no_video(tmp_path: Path, prober: Prober) -> None:
    cover = make(tmp_path / "c.png", "-f", "lavfi", "-i", "color=red:s=64x64", "-frames:v", "1")
    song = make(
        tmp_path / "s.mp3",
        *TONE,
        "-i",
        str(cover),
        "-map",
        "0",
        "-map",
        "1",
        "-disposition:v",
        "attached_pic",
    )
    facts = prober.probe(song)
    assert facts.video == -1
    assert facts.audio == 0
    assert facts.streams[1].attached_picture


def test_chapters(tmp_path: Path, prober: Prober) -> None:
    meta = tmp_path / "m.txt"
    meta.write_text(
        ";FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=400\ntitle=开始\n"
        "[CHAPTER]\nTIMEBASE=1/1000\nSTART=400\nEND=1000\ntitle=Two\n"
    )
    facts = prober.probe(
        make(tmp_path / "c.mp4", *PICTURE, "-i", str(meta), "-map", "0", "-map_chapters", "1")
    )
    assert [(c.start_ms, c.end_ms, c.title) for c in facts.chapters] == [(0, 400, "开始"), (400, 1000, "Two")]


def test_the_default_track_is_chosen(tmp_path: Path, prober: Prober) -> None:
    args = [*PICTURE, *TONE, *TONE, "-map", "0", "-map", "1", "-map", "2"]
    args += ["-disposition:a:0", "0", "-disposition:a:1", "default", "-metadata:s:a:1", "language=yue"]
    facts = prober.probe(make(tmp_path / "two.mkv", *args))
    assert facts.streams[facts.audio].language == "yue"


def test_duration_of_a_cut_off_stream_is_scanned(tmp_path: Path, prober: Prober) -> None:
    live = make(tmp_path / "live.webm", *TONE, "-c:a", "libopus", "-live", "1")
    assert abs(prober.probe(live).duration_ms - 1000) < 60
    whole = make(tmp_path / "raw.mp3", "-f", "lavfi", "-i", "sine=440:d=4", "-write_xing", "0", "-q:a", "5")
    half = tmp_path / "half.mp3"
    half.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    assert abs(prober.probe(half).duration_ms - 2000) < 200


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "empty"),
        (b"#EXTM3U\n#EXTINF:1,\nfile:///etc/hostname\n", "playlist"),
        (b"\xef\xbb\xbf\r\nffconcat version 1.0\nfile '/etc/hostname'\n", "playlist"),
        (b'<?xml version="1.0"?><MPD></MPD>', "playlist"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "image"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:00\n", "text"),
        (b"WEBVTT\n\n00:00.000 --> 00:01.000\nx\n", "text"),
        (b"\0\0\0\x10ftypisom\0\0\0\0\0\0\0\x20mdat" + b"\0" * 24, "no-index"),
        (bytes(range(256)) * 20, "not-media"),
    ],
)
def test_what_is_no_media(tmp_path: Path, prober: Prober, data: bytes, expected: str) -> None:
    path = tmp_path / "x.mp4"
    path.write_bytes(data)
    assert fault(prober, path) == expected


def test_a_missing_file(tmp_path: Path, prober: Prober) -> None:
    assert fault(prober, tmp_path / "nowhere.mp4") == "gone"


def test_a_hanging_file_is_given_up_and_the_next_one_works(tmp_path: Path) -> None:
    good = make(tmp_path / "good.mp4", *PICTURE)
    with Prober(timeout_s=30) as p:
        p.probe(good)
        assert p._child is not None
        p._child.send_signal(19)  # SIGSTOP: the child hangs
        p._timeout_s = 0.5
        began = time.monotonic()
        assert fault(p, good) == "slow"
        assert time.monotonic() - began < 3
        p._timeout_s = 30
        assert p.probe(good).width == 320


def test_a_crash_is_survived(tmp_path: Path) -> None:
    good = make(tmp_path / "good.mp4", *PICTURE)
    with Prober() as p:
        p.probe(good)
        assert p._child is not None
        p._child.kill()
        p._child.wait()
        assert fault(p, good) == "crash"
        assert p.probe(good).width == 320
    assert probe(good).width == 320


def test_a_duration_is_that_of_picture_and_sound(tmp_path: Path, prober: Prober) -> None:
    # Matroska counts from zero although all begins at 7 s; the last caption ends long after the picture.
    late = make(tmp_path / "late.mkv", "-itsoffset", "7", *PICTURE, "-itsoffset", "7", *TONE)
    assert abs(prober.probe(late).duration_ms - 1000) < 60
    words = tmp_path / "w.srt"
    words.write_text("1\n00:00:00,000 --> 00:00:09,000\nx\n")
    said = make(tmp_path / "said.mkv", *PICTURE, *TONE, "-i", str(words))
    assert abs(prober.probe(said).duration_ms - 1000) < 60


def test_how_late_a_stream_is_where_ffmpeg_forgets(tmp_path: Path, prober: Prober) -> None:
    late = ("-f", "lavfi", "-i", "testsrc2=s=64x36:r=25:d=1", "-itsoffset", "0.6", *TONE)
    for name, wanted in (("a.ts", 600), ("a.mp4", 0), ("a.mkv", 0)):
        facts = prober.probe(make(tmp_path / name, *late, "-c:a", "aac"))
        assert abs(facts.streams[facts.audio].lag_ms - wanted) <= 25
        assert facts.streams[facts.video].lag_ms == 0


def test_a_rate_is_not_counted_twice(tmp_path: Path, prober: Prober) -> None:
    # Milliseconds round 33.3 to 33 and 34: libav takes a common measure for the rate.
    flv = make(tmp_path / "a.flv", "-f", "lavfi", "-i", "testsrc2=s=64x36:r=30:d=2", "-c:v", "libx264")
    assert prober.probe(flv).streams[0].fps == 30


def test_packets_that_might_be_used_as_they_are(tmp_path: Path, prober: Prober) -> None:
    even = make(tmp_path / "e.mp4", *PICTURE, "-c:v", "libx264", "-g", "10", "-sc_threshold", "0")
    video = prober.probe(even).streams[0]
    assert (video.constant_rate, video.keyframe_ms) == (True, (0, 400, 800))
    assert video.profile.startswith("High")
    assert video.level == 12
    assert video.bit_rate > 1000
    leaning = ("-x264-params", "open-gop=1:keyint=5:min-keyint=3:bframes=2:scenecut=0")
    opened = make(tmp_path / "o.mp4", *PICTURE, "-c:v", "libx264", *leaning)
    assert prober.probe(opened).streams[0].keyframe_ms in ((), (0,))
    uneven = make(tmp_path / "u.mp4", *PICTURE, "-vf", "select='gte(n,9)+eq(n,0)'", "-fps_mode", "vfr")
    assert not prober.probe(uneven).streams[0].constant_rate
    deep = make(tmp_path / "d.mp4", *PICTURE, "-c:v", "libx264", "-pix_fmt", "yuv420p10le")
    assert prober.probe(deep).streams[0].keyframe_ms == ()
