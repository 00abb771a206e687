from pathlib import Path

import pytest

from coursepack.tools.ffmpeg import (
    Ffmpeg,
    command,
    find_ffmpeg,
    machine_trouble,
    progress_reader,
    run_ffmpeg,
    source_input,
    version,
)
from coursepack.tools.process import Limits, ToolFailed, ToolMissing


def test_embedded_by_default_and_configured_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("COURSEPACK_FFMPEG", raising=False)
    assert "imageio_ffmpeg" in find_ffmpeg().path
    mine = tmp_path / "ffmpeg"
    mine.write_text("#!/bin/sh\nprintf 'ffmpeg version 99 Copyright\\nlibavutil 1. 2 / 1. 2\\n'\n")
    mine.chmod(0o755)
    monkeypatch.setenv("COURSEPACK_FFMPEG", str(mine))
    assert find_ffmpeg() == Ffmpeg(str(mine.resolve()))
    assert version(find_ffmpeg()) == "99 libavutil1.2"


@pytest.mark.parametrize("body", ["echo hello", "exit 3"])
def test_something_else_is_not_ffmpeg(tmp_path: Path, body: str) -> None:
    other = tmp_path / "ffmpeg"
    other.write_text(f"#!/bin/sh\n{body}\n")
    other.chmod(0o755)
    with pytest.raises((ToolMissing, ToolFailed)):
        version(find_ffmpeg(str(other)))
    with pytest.raises(ToolMissing):
        find_ffmpeg(str(tmp_path / "nowhere"))


def test_fingerprint_of_the_embedded_one_has_no_path() -> None:
    assert "/" not in version(find_ffmpeg())


@pytest.mark.parametrize(
    "text",
    [
        "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile://{secret}\n#EXT-X-ENDLIST\n",
        "ffconcat version 1.0\nfile '{secret}'\n",
        '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static"><Period><AdaptationSet '
        'mimeType="video/mp4"><Representation id="1" bandwidth="1"><BaseURL>file://{secret}</BaseURL>'
        "</Representation></AdaptationSet></Period></MPD>",
    ],
)
def test_lists_of_other_files_are_not_opened(tmp_path: Path, text: str) -> None:
    # A named pipe as the other file: opening it for reading would hang, which the time limit would show.
    import os

    import ffmpeg as graph

    secret = tmp_path / "secret.ts"
    os.mkfifo(secret)
    evil = tmp_path / "evil.mp4"
    evil.write_text(text.format(secret=secret))
    argv = command(find_ffmpeg(), graph.output(source_input(), "-", format="null"))
    with pytest.raises(ToolFailed) as caught:
        run_ffmpeg(argv, limits=Limits(timeout_s=20), stdin=evil)
    assert caught.value.status > 0


def test_the_name_of_a_source_is_not_in_the_command() -> None:
    import ffmpeg as graph

    argv = command(find_ffmpeg(), graph.output(source_input(), "-", format="null"))
    at = argv.index("-i")
    assert argv[at + 1] == "fd:"
    assert argv[argv.index("-protocol_whitelist") + 1] == "fd"
    formats = argv[argv.index("-format_whitelist") + 1].split(",")
    assert not {"hls", "dash", "concat", "image2", "sdp", "rtsp", "lavfi", "imf", "webm_dash_manifest"} & set(
        formats
    )


def test_progress_lines() -> None:
    seen: list[float] = []
    read = progress_reader(2000, seen.append)
    for line in ("frame=1", "out_time_us=N/A", "out_time_us=-40", "out_time_us=500000", "out_time_us=400000"):
        read(line)
    read("out_time_us=9000000")
    assert seen == [0.25, 1.0]


def test_whose_fault_it_is() -> None:
    assert "disk" in machine_trouble("av_interleaved_write_frame(): No space left on device", 1)
    assert "embedded" in machine_trouble("Unknown encoder 'libx264'", 1)
    assert machine_trouble("Invalid data found when processing input", 1) == ""
