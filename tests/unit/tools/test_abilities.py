from pathlib import Path

from coursepack.tools.abilities import missing
from coursepack.tools.ffmpeg import Ffmpeg, find_ffmpeg


def test_the_embedded_ffmpeg_has_all_that_is_needed() -> None:
    assert missing(find_ffmpeg()) == ()


def test_what_another_one_lacks_is_named(tmp_path: Path) -> None:
    poor = tmp_path / "ffmpeg"
    poor.write_text(
        '#!/bin/sh\ncase "$2" in\n'
        '-encoders) echo " V....D libx264  x"; echo " A..... aac  y"; echo " A..... libopus";;\n'
        '-filters) echo " .. ebur128 A->N"; echo "alimiter zscale tonemap bwdif";;\n'
        "-protocols) echo fd;;\n-bsfs) echo filter_units;;\nesac\n"
    )
    poor.chmod(0o755)
    assert missing(Ffmpeg(str(poor))) == ("libsvtav1", "libvmaf")
