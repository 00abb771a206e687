"""The table of cases: whatever a camera, a phone or a screen recorder writes comes out right."""

import math
import struct
import subprocess
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest
from tests.unit.recipes.media_work import make, refused_codes, run_recipe, tool
from tests.unit.recipes.shown import Colour, bright_ms, loud_ms, pictures, shown

from coursepack.recipes.encode import Stretch
from coursepack.recipes.video import VideoRecipe
from coursepack.tools.probe import probe

RECIPE = VideoRecipe(tool())
X264 = ("-c:v", "libx264", "-preset", "ultrafast")
LADDER = {"ladder": [120], "quality": 90}
RED, GREEN, BLUE, WHITE = (255, 0, 0), (0, 128, 0), (0, 0, 255), (255, 255, 255)
CORNERS = (
    "color=red:s=64x48:r=25:d=0.2[a];color=green:s=64x48:r=25:d=0.2[b];color=blue:s=64x48:r=25:d=0.2[c];"
    "color=white:s=64x48:r=25:d=0.2[d];[a][b]hstack[t];[c][d]hstack[u];[t][u]vstack,scale=out_color_matrix=bt709"
)
"""Red, green; blue, white."""
BT709 = ("-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709")


def near(got: Colour, wanted: Colour, by: int = 4) -> bool:
    return all(abs(a - b) <= by for a, b in zip(got, wanted, strict=True))


def name_of(colour: Colour) -> str:
    named = {"red": RED, "green": GREEN, "blue": BLUE, "white": WHITE, "black": (0, 0, 0)}
    return min(named, key=lambda n: math.dist(named[n], colour))


def corners(source: Path) -> list[str]:
    """The colours of the corners in reading order."""
    picture = shown(source)
    return [name_of(picture.at(x, y)) for y in (0.2, 0.8) for x in (0.2, 0.8)]


# -- turned and mirrored -----------------------------------------------------------------------------------------


def placed_by_matrix(source: Path) -> list[str]:
    """Where the corners belong by the file's own transformation matrix (ISO/IEC 14496-12, 8.3.2)."""
    data = source.read_bytes()
    at = data.find(b"tkhd") + 4 + 40
    a, b, _, c, d = struct.unpack(">5i", data[at : at + 20])
    placed = {}
    for colour, (x, y) in {"red": (-1, -1), "green": (1, -1), "blue": (-1, 1), "white": (1, 1)}.items():
        placed[(y * d + x * b > 0, x * a + y * c > 0)] = colour
    return [placed[place] for place in sorted(placed)]


@pytest.fixture(scope="module")
def upright(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("turn") / "flat.mp4"
    return make(out, "-f", "lavfi", "-i", CORNERS, *X264, "-pix_fmt", "yuv420p", *BT709)


@pytest.mark.parametrize("mirror", [False, True])
@pytest.mark.parametrize("turn", ["0", "90", "180", "270"])
def test_all_eight_ways_to_hold_a_camera(tmp_path: Path, upright: Path, turn: str, mirror: bool) -> None:
    how = ("-display_rotation:v", turn, *(["-display_hflip:v"] if mirror else []))
    source = make(tmp_path / "t.mp4", *how, "-i", str(upright), "-c", "copy")
    assert corners(source) == placed_by_matrix(source)
    facts = probe(source)
    assert (facts.width, facts.height) == ((96, 128) if turn in ("90", "270") else (128, 96))
    assert facts.streams[0].mirrored == mirror


def test_an_odd_angle_keeps_the_size(tmp_path: Path, upright: Path) -> None:
    source = make(tmp_path / "t.mp4", "-display_rotation:v", "62", "-i", str(upright), "-c", "copy")
    facts = probe(source)
    assert (facts.width, facts.height, facts.streams[0].rotation) == (128, 96, 0)
    assert corners(source) == ["red", "green", "blue", "white"]


@pytest.mark.parametrize(("turn", "size"), [("0", (256, 96)), ("90", (96, 256))])
def test_wide_pixels_are_made_square_before_turning(tmp_path: Path, turn: str, size: tuple[int, int]) -> None:
    flat = make(tmp_path / "f.mp4", "-f", "lavfi", "-i", f"{CORNERS},setsar=2", *X264, *BT709)
    source = make(tmp_path / "t.mp4", "-display_rotation:v", turn, "-i", str(flat), "-c", "copy")
    picture = shown(source)
    assert (picture.width, picture.height) == size
    assert corners(source) == placed_by_matrix(source)


# -- colours -----------------------------------------------------------------------------------------------------

PATCH = 0x20, 0xB0, 0x40
COLOURS: dict[str, tuple[str, tuple[str, ...]]] = {
    "bt709": ("scale=out_color_matrix=bt709,format=yuv444p", ("-colorspace", "bt709")),
    "bt601": ("scale=out_color_matrix=smpte170m,format=yuv444p", ("-colorspace", "smpte170m")),
    "small and unsaid": ("scale=out_color_matrix=smpte170m,format=yuv444p,setparams=colorspace=unknown", ()),
    "large and unsaid": (
        "scale=1280:720:out_color_matrix=bt709,format=yuv444p,setparams=colorspace=unknown",
        (),
    ),
    "full range": (
        "scale=out_color_matrix=bt709:out_range=pc,format=yuv420p",
        ("-color_range", "pc", "-colorspace", "bt709"),
    ),
    "10 bits": ("scale=out_color_matrix=bt709,format=yuv422p10le", ("-colorspace", "bt709")),
    "rgb": ("format=gbrp", ()),
}


@pytest.mark.parametrize("case", COLOURS)
def test_colours_whatever_the_matrix_range_and_depth(tmp_path: Path, case: str) -> None:
    filters, tags = COLOURS[case]
    source = make(
        tmp_path / "c.mkv", "-f", "lavfi", "-i", "color=0x20B040:s=320x180:r=25:d=0.2,format=gbrp", "-vf", filters, *tags,
        "-c:v", "libx264rgb" if case == "rgb" else "libx264", "-qp", "0", "-preset", "ultrafast",
    )  # fmt: skip
    assert near(shown(source).at(0.5, 0.5), PATCH)


def raw_source(out: Path, patches: list[tuple[float, float, float]], depth: int, filters: str) -> Path:
    """A lossless video of RGB patches in a row, each component 0 to 1, brought to YCbCr by `filters`."""
    most = (1 << depth) - 1
    planes = [b"".join(struct.pack("<H", round(p[i] * most)) * 16 for p in patches) * 16 for i in (1, 2, 0)]
    argv = [
        tool().path, "-v", "error", "-f", "rawvideo", "-pix_fmt", f"gbrp{depth}le", "-s", f"{16 * len(patches)}x16",
        "-r", "25", "-i", "-", "-vf", f"loop=2:1,{filters}", "-c:v", "ffv1", "-y", str(out),
    ]  # fmt: skip
    subprocess.run(argv, input=b"".join(planes), check=True, timeout=60)
    return out


WIDE = ((0.6274, 0.3293, 0.0433), (0.0691, 0.9195, 0.0114), (0.0164, 0.0880, 0.8956))
"""BT.709 light to BT.2020 (ITU-R BT.2087)."""


def wide(rgb: tuple[float, float, float]) -> tuple[float, float, float]:
    r, g, b = (sum(m * c for m, c in zip(row, rgb, strict=True)) for row in WIDE)
    return r, g, b


def pq(nits: float) -> float:
    """SMPTE ST 2084."""
    y = (nits / 10_000) ** (2610 / 16384)
    return float(((3424 / 4096 + 2413 / 128 * y) / (1 + 2392 / 128 * y)) ** (2523 / 32))


def hlg(nits: float) -> float:
    """ITU-R BT.2100 for grey light of a 1000 cd/m2 screen: inverse OOTF (gamma 1.2), then OETF."""
    e = (nits / 1000) ** (1 / 1.2)
    return math.sqrt(3 * e) if e <= 1 / 12 else 0.17883277 * math.log(12 * e - 0.28466892) + 0.55991073


NITS = [0, 1, 18, 50, 100, 203, 400, 1000]
HDR_TAGS = "scale=out_color_matrix=bt2020nc:out_range=tv,format=yuv444p10le,setparams=color_primaries=bt2020:colorspace=bt2020nc:range=tv:color_trc="


@pytest.mark.parametrize(("transfer", "curve"), [("smpte2084", pq), ("arib-std-b67", hlg)])
def test_hdr_is_not_washed_out(tmp_path: Path, transfer: str, curve: object) -> None:
    assert callable(curve)
    greys = [(curve(n),) * 3 for n in NITS]
    source = raw_source(tmp_path / "h.mkv", greys, 10, HDR_TAGS + transfer)  # type: ignore[arg-type]
    picture = shown(source)
    levels = [picture.at((n + 0.5) / len(NITS), 0.5)[1] for n in range(len(NITS))]
    by_nits = dict(zip(NITS, levels, strict=True))
    assert by_nits[0] == 0
    # A paper's white is white, not grey: 228 of 255; and what is brighter can still be told from it.
    assert 215 <= by_nits[203] <= 238
    assert by_nits[203] + 10 <= by_nits[400] < by_nits[1000]
    # Dark and middle tones are those of an ordinary screen whose white has 203 cd/m2 (BT.1886).
    for nits in (18, 50, 100):
        light = nits / 203
        assert abs(by_nits[nits] - 255 * light ** (1 / 2.4)) <= 4


def test_saturated_hdr_colours_keep_their_hue(tmp_path: Path) -> None:
    lights = [(1, 0, 0), (0, 1, 0), (0, 0, 1), (1, 1, 0), (0.6, 0.35, 0.25)]
    patches = [tuple(pq(203 * c) for c in wide(light)) for light in lights]
    picture = shown(raw_source(tmp_path / "h.mkv", patches, 10, HDR_TAGS + "smpte2084"))  # type: ignore[arg-type]
    got = [picture.at((n + 0.5) / len(lights), 0.5) for n in range(len(lights))]
    for light, colour in zip(lights[:4], got, strict=False):
        for part, level in zip(light, colour, strict=True):
            assert level > 210 if part else level < 30
    # Skin: the tone curve takes a little from its red alone, and keeps the order.
    assert near(got[4], (204, 161, 142), 4)


@pytest.mark.parametrize("tags", ["color_primaries=bt2020:", ""])
def test_wide_gamut_without_hdr(tmp_path: Path, tags: str) -> None:
    r, g, b = (c ** (1 / 2.4) for c in wide(tuple((c / 255) ** 2.4 for c in PATCH)))  # type: ignore[arg-type]
    filters = f"scale=out_color_matrix=bt2020nc,format=yuv420p10le,setparams={tags}colorspace=bt2020nc:color_trc=bt709"
    picture = shown(raw_source(tmp_path / "w.mkv", [(r, g, b)] * 2, 10, filters))
    assert near(picture.at(0.5, 0.5), PATCH, 5)


@pytest.mark.parametrize("codec", ["libvpx-vp9", "ffv1"])
def test_what_is_transparent_is_white_like_a_page(tmp_path: Path, codec: str) -> None:
    graph = "color=red:s=64x48:r=25:d=0.4,format=yuva420p,geq=lum='lum(X,Y)':cb='cb(X,Y)':cr='cr(X,Y)':a='if(lt(X,32),255,if(lt(X,48),128,0))'"
    out = tmp_path / ("a.webm" if codec == "libvpx-vp9" else "a.mkv")
    quick = ("-deadline", "realtime", "-cpu-used", "8", "-b:v", "2M") if codec == "libvpx-vp9" else ()
    picture = shown(make(out, "-f", "lavfi", "-i", graph, "-c:v", codec, "-pix_fmt", "yuva420p", *quick))
    assert picture.facts.streams[0].alpha
    assert near(picture.at(0.2, 0.5), RED, 8)
    assert near(picture.at(0.63, 0.5), (255, 127, 127), 10)
    assert near(picture.at(0.9, 0.5), WHITE, 3)


def test_dolby_vision_without_a_base_is_refused(tmp_path: Path) -> None:
    h265 = (
        "-c:v",
        "libx265",
        "-x265-params",
        "log-level=none",
        "-preset",
        "ultrafast",
        "-pix_fmt",
        "yuv420p10le",
    )
    flat = ("-f", "lavfi", "-i", "color=gray:s=160x90:r=25:d=0.2", *h265)
    alone = make(tmp_path / "p5.mp4", *flat, "-tag:v", "dvh1", "-strict", "unofficial")
    assert refused_codes(RECIPE, alone, tmp_path / "a", params=LADDER) == ["CP241"]
    based = make(
        tmp_path / "p8.mp4",
        *flat,
        "-tag:v",
        "dvh1",
        "-strict",
        "unofficial",
        "-vf",
        "setparams=color_trc=arib-std-b67",
    )
    assert not probe(based).streams[0].dolby_only


# -- fields ------------------------------------------------------------------------------------------------------


def combed(source: Path) -> float:
    """How much lines differ from their neighbours two lines on, against one line on: large for mixed fields."""
    picture = shown(source, frame=4)
    w = picture.width
    grey = picture.data[1::3]
    rows = [grey[y * w : (y + 1) * w] for y in range(picture.height)]
    one = sum(abs(a - b) for u, v in pairwise(rows) for a, b in zip(u, v, strict=True))
    two = sum(abs(a - b) for u, v in zip(rows, rows[2:], strict=False) for a, b in zip(u, v, strict=True))
    return one / max(1, two)


@pytest.mark.parametrize("codec", ["libx264", "mpeg2video"])
@pytest.mark.parametrize("first", ["top", "bottom"])
def test_fields_become_whole_pictures(tmp_path: Path, first: str, codec: str) -> None:
    # A bar that moves fast: its edges are combs where fields are taken for pictures.
    moving = "color=black:s=160x96:r=50:d=0.6[a];color=white:s=24x96:r=50:d=0.6[b];[a][b]overlay=x='n*7'"
    woven = f"{moving},tinterlace=interleave_{first},setfield={first[0]}ff"
    coded = (
        ("-x264-params", f"{first[0]}ff=1")
        if codec == "libx264"
        else ("-flags", "+ildct+ilme", "-qscale:v", "2")
    )
    source = make(tmp_path / "i.ts", "-f", "lavfi", "-i", woven, "-c:v", codec, *coded, "-r", "25")
    facts = probe(source)
    assert facts.streams[0].interlaced
    assert facts.streams[0].fps == 25
    assert combed(source) < 1


# -- times -------------------------------------------------------------------------------------------------------

MOVING = "testsrc2=s=64x36:r=30000/1001:d=24"
OPEN_GROUPS = ("-c:v", "libx264", "-preset", "veryfast", "-x264-params", "open-gop=1:keyint=40:min-keyint=20:bframes=5", "-c:a", "aac")  # fmt: skip
PICTURES, SOUND = ("-f", "lavfi", "-i", MOVING), ("-f", "lavfi", "-i", "sine=r=48000:d=24")
TIMES: dict[str, tuple[str, ...]] = {
    "even": (*PICTURES, *SOUND),
    "a gap of 15 s": (*PICTURES, *SOUND, "-vf", "select='lt(t,4)+between(t,19,21)+gt(t,23)'", "-fps_mode", "vfr"),
    "jitter": (
        *PICTURES, *SOUND, "-vf", "settb=1/90000,setpts='PTS+floor(random(1)*1300)'", "-fps_mode", "vfr",
        "-enc_time_base", "1/90000",
    ),
    "late picture": (*SOUND, "-itsoffset", "1.234", *PICTURES, "-map", "1", "-map", "0"),
    "late sound": (*PICTURES, "-itsoffset", "1.234", *SOUND),
    "both late": ("-itsoffset", "7.77", *PICTURES, "-itsoffset", "7.5", *SOUND),
}  # fmt: skip


SOUGHT_WRONG = ("a gap of 15 s", "mp4")
"""MP4 is sought by decoding times, which run far ahead of a gap: such files are not cut."""


@pytest.mark.parametrize(
    ("case", "container"), [(t, c) for t in TIMES for c in ("mp4", "mkv") if (t, c) != SOUGHT_WRONG]
)
def test_stretches_have_the_pictures_of_the_whole(tmp_path: Path, case: str, container: str) -> None:
    source = make(tmp_path / f"s.{container}", *TIMES[case], *OPEN_GROUPS)
    facts = probe(source)
    fps = Fraction(facts.streams[facts.video].fps).limit_denominator(1001)
    assert fps == Fraction(30000, 1001)
    whole = pictures(source, facts, Stretch(fps))
    cuts = [0, 181, 362, 543]
    parts = [pictures(source, facts, Stretch(fps, at, 0 if at == cuts[-1] else 181)) for at in cuts]
    assert [p for part in parts for p in part] == whole


SCARCE = (
    "-f", "lavfi", "-i", "testsrc2=s=64x36:r=30:d=130", "-vf", "select='lt(t,30)+between(t,80,82)+gt(t,125)'", "-fps_mode", "vfr",
    "-c:v", "libx264", "-x264-params", "bframes=5:keyint=200",
)  # fmt: skip
STEADY = ("-f", "lavfi", "-i", "testsrc2=s=64x36:r=10:d=130", "-c:v", "libx264", "-preset", "ultrafast")
SEEKING: dict[str, tuple[tuple[str, ...], bool]] = {
    "a.mp4": ((*STEADY, "-bf", "2", "-g", "100"), True),
    "b.mkv": ((*STEADY, "-bf", "2", "-g", "100"), True),
    "without cues.mkv": ((*STEADY, "-g", "100", "-live", "1"), True),
    "one keyframe.mp4": ((*STEADY, "-g", "9999", "-sc_threshold", "0"), False),
    "gaps.mp4": (SCARCE, False),
    "gaps.mkv": ((*SCARCE, "-g", "40", "-x264-params", "bframes=5"), True),
    "c.ts": ((*STEADY, "-g", "100"), False),
    "d.avi": ((*STEADY, "-g", "100"), False),
}


@pytest.mark.parametrize("name", SEEKING)
def test_only_files_that_seek_reliably_are_cut(tmp_path: Path, name: str) -> None:
    how, wanted = SEEKING[name]
    source = make(tmp_path / name, *how)
    facts = probe(source)
    assert facts.seekable == wanted
    assert facts.streams[0].fps == (30 if "gaps" in name else 10)
    if name in ("gaps.mkv", "without cues.mkv"):
        fps = Fraction(facts.streams[0].fps)
        cut = round(60 * fps) + 1
        parts = [pictures(source, facts, s) for s in (Stretch(fps, 0, cut), Stretch(fps, cut))]
        assert [p for part in parts for p in part] == pictures(source, facts, Stretch(fps))


def test_a_size_that_changes_on_the_way(tmp_path: Path) -> None:
    # As calls over the web are recorded.
    for n, size in enumerate(["160x90", "320x180"]):
        clip = ("-f", "lavfi", "-i", f"testsrc2=s={size}:r=25:d=1", "-c:v", "libvpx", "-cpu-used", "8")
        make(tmp_path / f"{n}.webm", *clip)
    (tmp_path / "list").write_text("file 0.webm\nfile 1.webm\n")
    source = make(tmp_path / "s.webm", "-f", "concat", "-i", str(tmp_path / "list"), "-c", "copy")
    facts = probe(source)
    whole = pictures(source, facts, Stretch(Fraction(25)))
    assert len(whole) == 50
    assert len(set(whole)) == 50


def test_parts_of_a_recording_joined_byte_by_byte(tmp_path: Path) -> None:
    # Camcorders write parts; each counts its time anew.
    one = make(tmp_path / "1.ts", "-f", "lavfi", "-i", "testsrc2=s=160x90:r=25:d=1", *X264)
    source = tmp_path / "both.ts"
    source.write_bytes(one.read_bytes() * 2)
    assert len(pictures(source, probe(source), Stretch(Fraction(25)))) >= 49


FLASH = "color=black:s=128x72:r=25:d=3,noise=alls=60:allf=t,drawbox=color=white:t=fill:enable='gte(t,1.599)'"
BEEP = "aevalsrc='if(gte(t,1.6),0.5*sin(2*PI*1000*t),0)':s=48000:d=3"
MPEG2 = ("-c:v", "mpeg2video", "-c:a", "mp2")
OFFSETS: dict[str, tuple[str, float, float, tuple[str, ...]]] = {
    "late sound": ("s.mp4", 0.0, 0.6, ()),
    "late picture": ("s.mkv", 0.48, 0.0, ()),
    "late sound in a transport stream": ("s.ts", 40.0, 40.3, ()),
    "late picture in a programme stream": ("s.mpg", 0.52, 0.0, MPEG2),
    "cut by an edit list": ("s.mp4", 0.0, 0.0, ()),
}


@pytest.mark.parametrize("case", OFFSETS)
def test_picture_and_sound_stay_together(tmp_path: Path, case: str) -> None:
    name, picture_late, sound_late, codecs = OFFSETS[case]
    source = make(
        tmp_path / name, "-itsoffset", str(picture_late), "-f", "lavfi", "-i", FLASH, "-itsoffset", str(sound_late),
        "-f", "lavfi", "-i", BEEP, "-g", "13", *(codecs or ("-c:v", "libx264", "-bf", "2", "-c:a", "aac")),
    )  # fmt: skip
    cut_s = 0.0
    if case.startswith("cut"):
        cut_s = 0.52
        source = make(tmp_path / "cut.mp4", "-ss", str(cut_s), "-i", str(source), "-c", "copy")
    ran = run_recipe(RECIPE, source, tmp_path, params=LADDER)
    made = ran.work.out / ran.facts["mp4"]
    begin_s = min(picture_late, sound_late) + cut_s
    # Layer II and AAC begin with up to 21 ms of nothing; programme and transport streams do not say so.
    coder_ms = 1024 / 48 if name.endswith((".ts", ".mpg")) else 0
    assert -1 <= loud_ms(made) - 1000 * (1.6 + sound_late - begin_s) <= coder_ms + 1
    assert abs(bright_ms(made) - 1000 * (1.6 + picture_late - begin_s)) <= 20


# -- many tracks and odd lengths ---------------------------------------------------------------------------------


def test_the_real_picture_among_many_tracks(tmp_path: Path) -> None:
    cover = make(tmp_path / "c.png", "-f", "lavfi", "-i", "color=red:s=640x480", "-frames:v", "1")
    notes = tmp_path / "n.txt"
    notes.write_text("not a font")
    source = make(
        tmp_path / "m.mkv", "-f", "lavfi", "-i", "color=green:s=96x64:r=25:d=1", "-f", "lavfi", "-i", "color=blue:s=320x180:r=25:d=1",
        "-f", "lavfi", "-i", "sine=300:d=1", "-map", "0", "-map", "1", "-map", "2", "-c:v", "libx264", "-disposition:v:0", "default",
        "-disposition:v:1", "0", "-attach", str(cover), "-metadata:s:t:0", "mimetype=image/png",
        "-attach", str(notes), "-metadata:s:t:1", "mimetype=text/plain",
    )  # fmt: skip
    ran = run_recipe(RECIPE, source, tmp_path, params=LADDER)
    assert (ran.facts["width"], ran.facts["height"]) == (96, 64)
    made = shown(ran.work.out / ran.facts["mp4"])
    assert near(made.at(0.5, 0.5), GREEN, 6)
    facts = made.facts
    assert [s.kind for s in facts.streams] == ["video", "audio"]


def test_one_pixel_and_tracks_of_data(tmp_path: Path) -> None:
    dot = (
        "-f",
        "lavfi",
        "-i",
        "color=red:s=1x1:r=5:d=1,format=yuv444p",
        "-c:v",
        "libx264",
        "-timecode",
        "01:00:00:00",
    )
    source = make(tmp_path / "d.mov", *dot)
    assert any(s.kind == "data" for s in probe(source).streams)
    ran = run_recipe(RECIPE, source, tmp_path, params=LADDER)
    facts = probe(ran.work.out / ran.facts["mp4"])
    assert (facts.width, facts.height) == (16, 16)
    video = facts.streams[0]
    assert (video.pixel_format, video.matrix, video.transfer, video.primaries) == (
        "yuv420p",
        "bt709",
        "bt709",
        "bt709",
    )
    assert (video.sample_aspect, video.rotation, video.interlaced) == ((1, 1), 0, False)
    assert abs(facts.duration_ms - 1000) <= 40


def test_tall_4k_at_60_pictures_a_second(tmp_path: Path) -> None:
    tall = ("-f", "lavfi", "-i", "testsrc2=s=1280x720:r=60:d=0.5", "-vf", "scale=3840:2160", *X264)
    flat = make(tmp_path / "f.mp4", *tall)
    source = make(tmp_path / "t.mp4", "-display_rotation:v", "90", "-i", str(flat), "-c", "copy")
    facts = probe(source)
    assert (facts.width, facts.height, facts.streams[0].fps) == (2160, 3840, 60)
    assert len(pictures(source, facts, Stretch(Fraction(60)))) == 30


def test_stretches_have_the_same_bytes_for_any_thread_count_and_folder(tmp_path: Path) -> None:
    moving = ("-f", "lavfi", "-i", "testsrc2=s=64x36:r=5:d=126", "-f", "lavfi", "-i", "sine=300:d=126")
    source = make(tmp_path / "s.mkv", *moving, *X264, "-g", "50", "-bf", "2", "-c:a", "aac")
    assert probe(source).seekable
    wish = {"ladder": [36], "quality": 80, "chunk_s": 42}
    made = []
    for threads, folder in ((1, "a"), (2, "other/b"), (4, "c")):
        ran = run_recipe(RECIPE, source, tmp_path / folder, params=wish, threads=threads)
        assert abs(ran.facts["duration_ms"] - 126_000) <= 60
        made.append(ran.work.digests)
        chunks = [a for a in ran.work.parts.values() if any(f.name.endswith(".m4s") for f in a.files)]
        assert len(chunks) >= 3
    assert made[0] == made[1] == made[2]
