"""Stretches of a video: encoded one by one, joined by their names alone."""

import re
import subprocess
from fractions import Fraction
from pathlib import Path

import av
import pytest
from tests.unit.recipes.media_work import Ran, make, part_recipe, run_recipe, tool

from coursepack.model.media import MediaFacts
from coursepack.model.step import Artefact, ArtefactFile
from coursepack.recipes.chunks import ChunkFacts, Joined, MadeTrack, chunk_step, join, plan_stretches
from coursepack.recipes.encode import Looks, Stretch
from coursepack.recipes.ladder import Rung, choose_rungs, from_params
from coursepack.tools.probe import probe

FPS = Fraction(30_000, 1001)
SECONDS = 20
LOOKS = Looks(160, 2)


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A moving picture with few keyframes of its own, none where stretches begin."""
    out = tmp_path_factory.mktemp("source") / "s.mp4"
    moving = f"testsrc2=s=320x180:r=30000/1001:d={SECONDS}"
    coded = ("-c:v", "libx264", "-preset", "veryfast", "-g", "250", "-pix_fmt", "yuv420p")
    return make(out, "-f", "lavfi", "-i", moving, *coded)


def rungs(facts: MediaFacts, codec: str = "h264") -> tuple[Rung, ...]:
    crf = 28 if codec == "h264" else 50
    return choose_rungs(facts.width, facts.height, FPS, ladder=[180, 120], crf=crf, codec=codec)  # type: ignore[arg-type]


def encoded(
    source: Path, tmp: Path, stretches: list[Stretch], codec: str = "h264"
) -> tuple[Joined, dict[str, Path]]:
    """The joined stretches, and where their files are."""
    facts = probe(source)
    made, files = [], {}
    for n, stretch in enumerate(stretches):
        ran = chunk(source, facts, rungs(facts, codec), stretch, tmp / str(n))
        digests = ran.work.digests
        names = [ArtefactFile(d, digests[d], 0, t) for d, t in ran.work.types.items()]  # type: ignore[arg-type]
        made.append(Artefact(tuple(names), ran.facts))
        files |= {name: ran.work.out / name for name in digests}
    return join(made), files


def chunk(source: Path, facts: MediaFacts, rungs: tuple[Rung, ...], stretch: Stretch, tmp: Path) -> Ran:
    from tests.unit.recipes.media_work import MediaWork

    work = MediaWork(source, tmp, tmp)
    params = chunk_step(work, facts, rungs, stretch, LOOKS, 0).params
    return run_recipe(part_recipe("video-chunk"), source, tmp, params=params)


def whole_file(track: MadeTrack, files: dict[str, Path], out: Path) -> Path:
    folder = track.rung.folder
    names = ["init.mp4", *(s.name for s in track.segments)]
    out.write_bytes(b"".join(files[f"{folder}/{n}"].read_bytes() for n in names))
    return out


def pictures(path: Path) -> list[tuple[int, str]]:
    """(time in ticks, digest) of every decoded picture."""
    argv = [tool().path, "-v", "error", "-i", str(path), "-map", "v", "-fps_mode", "passthrough", "-copyts"]
    text = subprocess.run([*argv, "-f", "framemd5", "-"], capture_output=True, text=True, check=True).stdout
    rows = [line.split(",") for line in text.splitlines() if not line.startswith("#")]
    return [(int(r[2]), r[5].strip()) for r in rows]


def keyframe_times(path: Path) -> list[float]:
    with av.open(str(path)) as container:
        packets = [p for p in container.demux(video=0) if p.is_keyframe and p.pts is not None]
        return [round(float(p.pts * p.time_base), 3) for p in packets]


@pytest.mark.parametrize("codec", ["h264", "av1"])
def test_joined_stretches_are_one_steady_video(source: Path, tmp_path: Path, codec: str) -> None:
    stretches = plan_stretches(seekable(source), FPS, pad_ms=0, chunk_s=6)
    assert [s.first_frame for s in stretches] == [0, 180, 360]
    joined, files = encoded(source, tmp_path, stretches, codec)
    starts = []
    for track in joined.tracks:
        assert [s.name for s in track.segments] == [f"seg-{n:05}.m4s" for n in (1, 2, 3, 4)]
        path = whole_file(track, files, tmp_path / f"{track.rung.name}.mp4")
        times = [t for t, _ in pictures(path)]
        step = times[1] - times[0]
        assert times == [times[0] + n * step for n in range(600)]
        assert track.duration_s == pytest.approx(600 * 1.001 / 30, abs=1e-4)
        starts.append(keyframe_times(path))
    first = starts[0][0]
    assert [round(t - first, 3) for t in starts[0]] == [0, 6.006, 12.012, 18.018]
    assert starts[0] == starts[1]
    assert len(list(joined.chunks)) == 3


def test_stretches_show_the_pictures_of_the_source(source: Path, tmp_path: Path) -> None:
    joined, files = encoded(source, tmp_path, plan_stretches(seekable(source), FPS, pad_ms=0, chunk_s=6))
    path = whole_file(joined.tracks[0], files, tmp_path / "joined.mp4")
    graph = "[0:v]setpts=N/FR/TB[a];[1:v]setpts=N/FR/TB[b];[a][b]ssim=stats_file=-"
    argv = [
        tool().path,
        "-v",
        "error",
        "-i",
        str(path),
        "-i",
        str(source),
        "-lavfi",
        graph,
        "-f",
        "null",
        "-",
    ]
    report = subprocess.run(argv, capture_output=True, text=True, check=True).stdout
    scores = [float(x) for x in re.findall(r"All:([\d.]+)", report)]
    assert len(scores) == 600
    # A picture of the test pattern beside its neighbour scores 0.9 at most.
    assert min(scores) > 0.95


def test_strip_and_thumbnails_do_not_depend_on_the_cuts(source: Path, tmp_path: Path) -> None:
    one = plan_stretches(seekable(source), FPS, pad_ms=0, chunk_s=1000)
    many = plan_stretches(seekable(source), FPS, pad_ms=0, chunk_s=6)
    assert len(one) == 1
    sizes = []
    for n, stretches in enumerate((one, many)):
        facts, total = probe(source), [0, 0]
        for k, stretch in enumerate(stretches):
            ran = chunk(source, facts, rungs(facts), stretch, tmp_path / f"{n}-{k}")
            total[0] += (ran.work.out / "thumbnails.rgb").stat().st_size // (160 * 90 * 3)
            import zlib

            total[1] += len(zlib.decompress((ran.work.out / "strip.gray").read_bytes())) // (160 * 90)
        sizes.append(total)
    assert sizes == [[10, 40], [10, 40]]


def test_a_stretch_past_the_end_is_empty_and_ends_the_video(source: Path, tmp_path: Path) -> None:
    stretches = [
        Stretch(FPS, 0, 540, 1),
        Stretch(FPS, 540, 180, 4),
        Stretch(FPS, 720, 180, 5),
        Stretch(FPS, 900, 0, 6),
    ]
    joined, _ = encoded(source, tmp_path, stretches)
    assert len(joined.chunks) == 2
    assert joined.tracks[0].duration_s == pytest.approx(600 * 1.001 / 30, abs=1e-4)


@pytest.mark.parametrize("codec", ["h264", "av1"])
def test_the_lowest_rung_is_capped(tmp_path: Path, codec: str) -> None:
    noise = "testsrc2=s=426x240:r=25:d=8,noise=alls=60:allf=t"
    coded = ("-c:v", "libx264", "-preset", "ultrafast", "-crf", "30")
    source = make(tmp_path / "noise.mp4", "-f", "lavfi", "-i", noise, *coded)
    made = []
    for folder in ("a", "deeper/b"):
        ladder = choose_rungs(426, 240, Fraction(25), ladder=[240], crf=24, codec=codec)  # type: ignore[arg-type]
        ran = chunk(source, probe(source), ladder, Stretch(Fraction(25)), tmp_path / folder)
        made.append(ran.work.digests)
        top, low = from_params(ran.facts, ChunkFacts).tracks
        rates = [max(s.size * 8 / s.duration_s for s in t.segments) for t in (top, low)]
        # With 48 kbit/s of sound it goes through a line of 300.
        assert rates[1] < 220_000 < rates[0]
    # A rate limit makes an encoder's bytes depend on its threads, so these have one.
    assert made[0] == made[1]


@pytest.mark.parametrize("codec", ["h264", "av1"])
def test_a_stretch_has_the_same_bytes_again(source: Path, tmp_path: Path, codec: str) -> None:
    facts = probe(source)
    stretch = Stretch(FPS, 180, 180, 2)
    one = chunk(source, facts, rungs(facts, codec), stretch, tmp_path / "a").work.digests
    two = chunk(source, facts, rungs(facts, codec), stretch, tmp_path / "deeper" / "b").work.digests
    assert one == two


def seekable(source: Path) -> MediaFacts:
    import msgspec

    return msgspec.structs.replace(probe(source), seekable=True)
