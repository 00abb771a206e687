from pathlib import Path
from typing import Any

import pytest
from tests.unit.recipes.media_work import make, run_recipe, tool

from coursepack.model.media import LookFacts, VideoClass
from coursepack.recipes.ladder import as_params
from coursepack.recipes.look import LookRecipe, window_starts
from coursepack.recipes.samples import choose_samples
from coursepack.recipes.stillness import measure_motion
from coursepack.recipes.timeline import Second, TimelineReader
from coursepack.tools.probe import probe

RECIPE = LookRecipe(tool())
H264 = ("-c:v", "libx264", "-preset", "ultrafast", "-crf", "18", "-g", "50")
SIZE = "s=480x270:r=25"

CUT = f"smptebars={SIZE}:d=6[a];smptehdbars={SIZE}:d=6[b];[a][b]concat"
FADE = f"smptebars={SIZE}:d=6[a];smptehdbars={SIZE}:d=6[b];[a][b]xfade=duration=0.5:offset=5.5"
POINTER = (
    f"smptebars={SIZE}:d=12[a];color=red:s=24x24:r=25[b];[a][b]overlay=x='mod(t*90,440)':y=100:shortest=1"
)
SCROLL = f"smptehdbars={SIZE}:d=12,scroll=v=0.004"
FILM = f"testsrc2={SIZE}:d=12,noise=alls=24:allf=t,gblur=1"
INSET = f"smptebars={SIZE}:d=12[a];testsrc2=s=128x96:r=25,noise=alls=30:allf=t[b];[a][b]overlay=340:160:shortest=1"


def source(tmp: Path, graph: str, name: str = "clip.mp4", *options: str) -> Path:
    return make(tmp / name, "-filter_complex", graph, *(options or H264))


def look(path: Path, tmp: Path, **changed: Any) -> LookFacts:
    facts = {**as_params(probe(path)), **changed}
    return LookFacts(**run_recipe(RECIPE, path, tmp / "run", params={"facts": facts}).facts)


@pytest.mark.parametrize(
    ("graph", "expected", "slow"),
    [
        (CUT, "slides", True),
        (FADE, "slides", True),
        (POINTER, "screen", False),
        (SCROLL, "screen", False),
        (FILM, "camera", False),
        (INSET, "mixed", False),
    ],
    ids=["cut", "fade", "pointer", "scroll", "film", "inset"],
)
def test_class(tmp_path: Path, graph: str, expected: VideoClass, slow: bool) -> None:
    found = look(source(tmp_path, graph), tmp_path)
    assert (found.video_class, found.slow) == (expected, slow)
    assert found.measures
    starts = [start for start, _ in found.samples]
    assert len(starts) == 3
    for (start, length), later in zip(found.samples, [*starts[1:], 12_000], strict=True):
        assert start + length <= later


def test_slides_are_sampled_where_they_change(tmp_path: Path) -> None:
    found = look(source(tmp_path, CUT), tmp_path)
    assert any(start < 6000 < start + length for start, length in found.samples)


def test_a_film_clip_among_slides_is_seen(tmp_path: Path) -> None:
    # One second of motion in a minute of stillness: too little for the class, enough to keep the rate.
    still = f"smptebars={SIZE}:d=41[a];testsrc2={SIZE}:d=1[b];smptebars={SIZE}:d=18[c];[a][b][c]concat=n=3"
    found = look(source(tmp_path, still), tmp_path)
    assert (found.video_class, found.slow) == ("slides", False)


def test_same_facts_on_every_run(tmp_path: Path) -> None:
    path = source(tmp_path, INSET)
    assert look(path, tmp_path / "one") == look(path, tmp_path / "two")


def test_short_and_odd_ones(tmp_path: Path) -> None:
    one = make(tmp_path / "one.mp4", "-f", "lavfi", "-i", "testsrc2=s=160x90:r=25:d=0.04", *H264)
    found = look(one, tmp_path / "a")
    assert found.samples[0][0] == 0
    tiny = make(tmp_path / "tiny.mp4", "-f", "lavfi", "-i", "color=red:s=2x2:r=25:d=1", *H264)
    assert look(tiny, tmp_path / "b").video_class == "slides"
    tall = make(tmp_path / "tall.mp4", "-f", "lavfi", "-i", "testsrc2=s=90x160:r=25:d=2", *H264)
    assert look(tall, tmp_path / "c").samples == ((0, 2000),)


def test_without_a_duration_or_a_way_to_seek(tmp_path: Path) -> None:
    raw = make(tmp_path / "raw.h264", "-f", "lavfi", "-i", "smptebars=s=320x180:r=25:d=4", *H264)
    found = look(raw, tmp_path, duration_ms=0, seekable=False)
    assert found.video_class == "slides"
    assert found.samples == ((0, 4000),)


def test_a_damaged_file_is_looked_at_as_far_as_it_goes(tmp_path: Path) -> None:
    path = make(tmp_path / "whole.mkv", "-filter_complex", FILM, "-t", "4", *H264)
    data = path.read_bytes()
    cut = tmp_path / "cut.mkv"
    cut.write_bytes(data[: len(data) // 2])
    assert look(cut, tmp_path).video_class == "camera"


def test_where_nothing_can_be_decoded(tmp_path: Path) -> None:
    path = make(tmp_path / "clip.mkv", "-f", "lavfi", "-i", "testsrc2=s=320x180:r=25:d=4", *H264)
    facts = as_params(probe(path))
    junk = tmp_path / "junk.mkv"
    junk.write_bytes(b"\0" * 5000)
    found = LookFacts(**run_recipe(RECIPE, junk, tmp_path / "run", params={"facts": facts}).facts)
    assert (found.video_class, found.slow, found.samples) == ("mixed", False, ((0, 4000),))


def test_timeline_lines() -> None:
    reader = TimelineReader()
    for line in (
        "#tb 0: 1/1000",
        "#codec_id 0: h264",
        "0,          0,          40,        40,     5000, 0x83a5429c",
        "0,          0,         900,        40,      300, 0x97192c92, F=0x0",
        "0,          0,        2100,        40,     7000, 0x97192c92, S=1, MPEGTS Stream ID,  1, 0x00e000e0",
        "0,     NOPTS,      NOPTS,        40,      300, 0x97192c92, F=0x0",
        "0,          0, 99999999999,       40,      300, 0x97192c92",
        "nonsense",
    ):
        reader.line(line)
    assert reader.seconds == [Second(5000, 300, 40), Second(), Second(7000, 0, 2100)]


def test_windows_stand_where_reading_is_cheap_and_where_much_happens() -> None:
    seconds = [Second(1000, 10, 1000 * n if n % 10 == 0 else -1) for n in range(600)]
    seconds[333].other_bytes = 90_000
    even, busy = window_starts(seconds, 600_000)
    assert (len(even), len(busy)) == (8, 4)
    assert all(start % 10_000 == 100 for start in even)
    assert 333_000 in busy
    assert all(0 <= start <= 599_200 for start in (*even, *busy))


def test_samples_are_like_the_whole() -> None:
    # A cheap half and a dear half: neither may be forgotten.
    seconds = [Second(100 if n < 60 else 9000, 0) for n in range(120)]
    starts = [start for start, _ in choose_samples(seconds, 120_000, "camera")]
    assert any(s < 60_000 for s in starts)
    assert any(s >= 60_000 for s in starts)
    assert choose_samples([], 0, "camera") == ((0, 2000),)
    assert choose_samples([], 5000, "camera") == ((0, 5000),)


def test_motion_of_pictures() -> None:
    black, grey, white = (bytes([v]) * 57_600 for v in (0, 100, 200))
    assert measure_motion([black], (320, 180)).still == 1
    fade = measure_motion([black, black, grey, white, white], (320, 180))
    assert (fade.changes, fade.moves) == ((2, 3), False)
    flicker = measure_motion([black, white, black, white], (320, 180))
    assert flicker.moves
