import io
from pathlib import Path

import av
import pytest
from tests.unit.recipes.media_work import make

from coursepack.tools.hls import INIT, PLAYLIST, SEGMENTS, read_track
from coursepack.tools.iframes import iframe_playlist, key_picture

_X264 = ("-c:v", "libx264", "-preset", "ultrafast", "-bf", "2")
_AV1 = ("-c:v", "libsvtav1", "-preset", "12", "-svtav1-params", "lp=1:scd=0")


def segmented(folder: Path, *encoder: str) -> None:
    """2.5 s in segments of a second, as HLS."""
    folder.mkdir()
    hls = (
        "-f",
        "hls",
        "-hls_time",
        "1",
        "-hls_list_size",
        "0",
        "-hls_segment_type",
        "fmp4",
        "-start_number",
        "1",
    )
    names = ("-hls_fmp4_init_filename", INIT, "-hls_segment_filename", str(folder / SEGMENTS))
    source = ("-f", "lavfi", "-i", "testsrc2=s=160x90:r=10:d=2.5")
    make(folder / PLAYLIST, *source, *encoder, "-g", "10", "-pix_fmt", "yuv420p", *hls, *names)


@pytest.mark.parametrize("encoder", [_X264, _AV1], ids=["h264", "av1"])
def test_every_range_is_one_picture(tmp_path: Path, encoder: tuple[str, ...]) -> None:
    segmented(tmp_path / "v", *encoder)
    track = read_track(tmp_path / "v")
    made = iframe_playlist(track)
    lines = made.data.decode().splitlines()
    assert "#EXT-X-I-FRAMES-ONLY" in lines
    assert [line for line in lines if line.startswith("#EXTINF")] == [
        f"#EXTINF:{s.duration_s:.6f}," for s in track.segments
    ]
    ranges = [line.split(":")[1] for line in lines if line.startswith("#EXT-X-BYTERANGE")]
    names = [line for line in lines if not line.startswith("#")]
    assert names == [s.name for s in track.segments]
    init = (track.folder / INIT).read_bytes()
    for name, wanted in zip(names, ranges, strict=True):
        size, offset = map(int, wanted.split("@"))
        data = init + (track.folder / name).read_bytes()[offset : offset + size]
        with av.open(io.BytesIO(data)) as file:
            assert [f.key_frame for f in file.decode(video=0)] == [True]
    assert 0 < made.bandwidth < track.peak


def test_what_is_no_segment_is_told(tmp_path: Path) -> None:
    for data in (b"", b"junk" * 9, b"\0\0\0\x08moof", b"\0\0\0\x18moof\0\0\0\x10traf\0\0\0\x08trun"):
        (tmp_path / "x").write_bytes(data)
        with pytest.raises(ValueError, match=r"fragment|run"):
            key_picture(tmp_path / "x", 1)
