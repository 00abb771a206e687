import math
from pathlib import Path

import pytest

from coursepack.tools.cmaf import avc_codec
from coursepack.tools.hls import INIT, Track, media_playlist, read_track


def track(folder: Path) -> Track:
    (folder / INIT).write_bytes(b"i" * 10)
    (folder / "seg-00001.m4s").write_bytes(b"a" * 600)
    (folder / "seg-00002.m4s").write_bytes(b"b" * 100)
    lines = [
        "#EXTM3U",
        "#EXTINF:6.000000,",
        "seg-00001.m4s",
        "#EXTINF:0.500000,",
        "seg-00002.m4s",
        "#EXT-X-ENDLIST",
    ]
    (folder / "index.m3u8").write_text("\n".join(lines))
    return read_track(folder)


def test_rates_are_those_of_the_segments(tmp_path: Path) -> None:
    t = track(tmp_path)
    assert t.duration_s == 6.5
    # The last half second alone is too short to count; with the segment before it, it does.
    assert t.peak == math.ceil(700 * 8 / 6.5)
    assert t.average == math.ceil(700 * 8 / 6.5)
    assert t.size == 710
    assert t.average <= t.peak


def test_media_playlist_round_trip(tmp_path: Path) -> None:
    t = track(tmp_path)
    text = media_playlist(t)
    assert b"#EXT-X-TARGETDURATION:6\n" in text
    assert text.endswith(b"#EXT-X-ENDLIST\n")
    (tmp_path / "index.m3u8").write_bytes(text)
    assert read_track(tmp_path) == t


def test_codec_of_nonsense() -> None:
    for data in (b"", b"\0\0\0\x08moov", b"\0\0\0\0moov", b"junk" * 9):
        with pytest.raises(ValueError, match="avcC"):
            avc_codec(data)
