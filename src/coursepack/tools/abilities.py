"""What an ffmpeg was built with: the embedded one has all that is needed, a system's own may lack some."""

from typing import Final

from coursepack.tools.ffmpeg import Ffmpeg
from coursepack.tools.process import Limits, run

NEEDED: Final[dict[str, tuple[str, ...]]] = {
    "encoders": ("libx264", "libsvtav1", "aac", "libopus"),
    "filters": ("libvmaf", "ebur128", "alimiter", "zscale", "tonemap", "bwdif"),
    "protocols": ("fd",),
    "bsfs": ("filter_units",),
}
"""By the option that lists them. SVT-AV1 is used by courses that ask for AV1 alone."""


def missing(tool: Ffmpeg) -> tuple[str, ...]:
    """The names of what this ffmpeg lacks. Raises like `process.run`."""
    lacking: list[str] = []
    for kind, names in NEEDED.items():
        done = run([tool.path, "-hide_banner", f"-{kind}"], limits=Limits(timeout_s=30))
        words = set(done.stdout.decode("utf-8", "replace").split())
        lacking += [n for n in names if n not in words]
    return tuple(lacking)
