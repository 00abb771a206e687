"""A source that is right and small already: its pictures are kept as they are."""

import re
import subprocess
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest
from tests.unit.recipes.media_work import Ran, make, part_recipe, run_recipe, tool
from tests.unit.recipes.test_chunks import keyframe_times

from coursepack.recipes.chunks import ChunkFacts
from coursepack.recipes.compliant import is_compliant, stretches_between
from coursepack.recipes.ladder import as_params, choose_rungs, from_params
from coursepack.recipes.video import VideoRecipe
from coursepack.tools.probe import probe

RECIPE = VideoRecipe(tool())
PARAMS = {"ladder": [180, 120], "quality": 95}
TAGS = ("-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv")


def source(out: Path, *more: str, seconds: int = 14, crf: int = 33) -> Path:
    moving = f"testsrc2=s=320x180:r=25:d={seconds}"
    coded = (
        "-c:v",
        "libx264",
        "-preset",
        "medium",
        "-pix_fmt",
        "yuv420p",
        "-crf",
        str(crf),
        "-g",
        "60",
        *TAGS,
    )
    sound = ("-f", "lavfi", "-i", f"sine=440:d={seconds}", "-c:a", "aac", "-shortest")
    return make(out, "-f", "lavfi", "-i", moving, *sound, *coded, *more)


@pytest.fixture(scope="module")
def remuxed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ran]:
    tmp = tmp_path_factory.mktemp("remuxed")
    clip = source(tmp / "clip.mp4")
    return clip, run_recipe(RECIPE, clip, tmp, params=PARAMS)


def picture_digests(path: Path) -> list[str]:
    argv = [tool().path, "-v", "error", "-i", str(path), "-map", "0:v", "-fps_mode", "passthrough"]
    text = subprocess.run([*argv, "-f", "framemd5", "-"], capture_output=True, text=True, check=True).stdout
    return [line.split(",")[5].strip() for line in text.splitlines() if not line.startswith("#")]


def joined(ran: Ran, folder: str) -> Path:
    base = ran.work.out / folder
    names = re.findall(r"^seg-\S+", (base / "index.m3u8").read_text(), re.M)
    path = ran.work.folder / f"{folder}.mp4"
    path.write_bytes(b"".join((base / n).read_bytes() for n in ["init.mp4", *names]))
    return path


def test_every_picture_is_the_source_s_own(remuxed: tuple[Path, Ran]) -> None:
    clip, ran = remuxed
    assert ran.facts["report"]["remuxed"]
    assert ran.facts["renditions"][0]["crf"] == 0
    assert picture_digests(joined(ran, "v180")) == picture_digests(clip)
    # Nearest to 480 lines: what learners download is the source's own picture as well.
    assert picture_digests(ran.work.out / ran.facts["mp4"]) == picture_digests(clip)


def test_the_other_rungs_are_cut_where_it_is(remuxed: tuple[Path, Ran]) -> None:
    _, ran = remuxed
    cuts = [
        re.findall(r"#EXTINF:([\d.]+)", (ran.work.out / f / "index.m3u8").read_text())
        for f in ("v180", "v120")
    ]
    assert cuts[0] == cuts[1]
    assert 2 <= len(cuts[0]) <= 4
    begins = [sum(map(float, cuts[0][:n])) for n in range(len(cuts[0]))]
    # Its own keyframes stand at the cuts and may stand between them; ours stand at the cuts alone.
    times = keyframe_times(joined(ran, "v120"))
    # libav adds the largest negative offset to all times.
    assert [round(t - times[0], 2) for t in times] == [round(b, 2) for b in begins]


def test_nothing_of_the_author_s_tools_remains(remuxed: tuple[Path, Ran]) -> None:
    clip, ran = remuxed
    assert b"x264 - core" in clip.read_bytes()
    for name in ran.work.types:
        assert b"x264 - core" not in (ran.work.out / name).read_bytes()


def test_a_needlessly_large_source_is_encoded(tmp_path: Path) -> None:
    ran = run_recipe(RECIPE, source(tmp_path / "fat.mp4", seconds=4, crf=8), tmp_path, params=PARAMS)
    assert "remuxed" not in ran.facts["report"] or not ran.facts["report"]["remuxed"]
    assert ran.facts["renditions"][0]["size"] < (tmp_path / "fat.mp4").stat().st_size / 2


WRONG: dict[str, tuple[str, ...]] = {
    "10 bit": ("-pix_fmt", "yuv420p10le"),
    "full chroma": ("-pix_fmt", "yuv444p"),
    "keyframes too far apart": ("-g", "600", "-keyint_min", "600", "-sc_threshold", "0"),
    "anamorphic": ("-vf", "setsar=4/3"),
    "colours of small pictures": ("-colorspace", "smpte170m"),
    "another size than the rung": ("-vf", "scale=300:-2"),
}


@pytest.mark.parametrize("why", WRONG)
def test_what_cannot_stand_as_it_is(tmp_path: Path, why: str) -> None:
    facts = probe(source(tmp_path / "x.mp4", *WRONG[why], seconds=12))
    rungs = choose_rungs(facts.width, facts.height, Fraction(25), ladder=[180, 120], crf=23)
    assert not is_compliant(facts, rungs)


def test_uneven_times_are_not_compliant(tmp_path: Path) -> None:
    drop = ("-vf", "select='lt(n,50)+eq(mod(n,7),0)'", "-fps_mode", "vfr")
    facts = probe(source(tmp_path / "x.mp4", *drop, seconds=6))
    rungs = choose_rungs(facts.width, facts.height, Fraction(25), ladder=[180, 120], crf=23)
    assert not is_compliant(facts, rungs)


def test_stretches_follow_the_remuxed_cuts(tmp_path: Path) -> None:
    clip = source(tmp_path / "clip.mp4", seconds=30)
    facts = as_params(probe(clip))
    rung = choose_rungs(320, 180, Fraction(25), ladder=[180, 120], crf=0)[0]
    params = {"facts": facts, "rung": as_params(rung)}
    top = run_recipe(part_recipe("video-remux"), clip, tmp_path, params=params)
    (track,) = from_params(top.facts, ChunkFacts).tracks
    stretches = stretches_between(track, track.rung.fps, seekable=True, chunk_s=10)
    assert len(stretches) == 3
    assert stretches[0].first_frame == 0
    assert all(a.first_frame + a.frames == b.first_frame for a, b in pairwise(stretches))
    assert stretches[-1].frames == 0
