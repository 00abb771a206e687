"""The sample courses as recordings with captions that are known to fit."""

import subprocess
import tempfile
from functools import cache
from pathlib import Path

from coursepack.model.speech import SpeechFacts
from coursepack.tools.cues import plain_cues, read_cues
from coursepack.tools.ffmpeg import find_ffmpeg
from coursepack.tools.probe import probe
from coursepack.tools.speech.detect import detect
from coursepack.tools.speech.levels import measure_levels
from coursepack.tools.speech.spoken import Span, spoken

COURSES = Path(__file__).parents[4] / "course_sources"
SCAN = COURSES / "pay-safely/01-scan/media/scan.mp4"
LOCK = COURSES / "pay-safely/02-lock/media/lock.mp4"
LECTURE = COURSES / "respiratory-health/01-measure/media/lecture.mp4"
CHECK = COURSES / "rider-road-safety/01-before/media/check.mp3"


@cache
def heard(media: Path) -> SpeechFacts:
    """Where there is speech in a recording."""
    with tempfile.TemporaryDirectory() as folder:
        return detect(measure_levels(find_ffmpeg(), media, probe(media), Path(folder)))


def captions(media: Path, ending: str) -> list[Span]:
    """The spoken cues of the caption file beside `media`."""
    path = media.with_name(f"{media.stem}.{ending}")
    track, _ = read_cues(path.read_bytes(), format_hint=path.suffix, language="", path=path.name)
    return spoken(plain_cues(track))


def captioned() -> list[tuple[Path, str]]:
    """Every sample recording with each ending of its captions."""
    found = []
    for media in sorted([*COURSES.rglob("*.mp4"), *COURSES.rglob("*.mp3")]):
        for beside in sorted(media.parent.glob(f"{media.stem}.*")):
            parts = beside.name.removeprefix(media.stem + ".").split(".")
            if len(parts) == 2 and parts[1] in ("vtt", "srt"):
                found.append((media, ".".join(parts)))
    return found


def mixed(media: Path, noise: str, out: Path) -> Path:
    """`media`'s sound with an ffmpeg source `noise` under it, as WAV."""
    graph = f"{noise}[n];[0:a]aresample=16000,aformat=channel_layouts=mono[s];[s][n]amix=2:duration=first:normalize=0[o]"
    argv = [
        find_ffmpeg().path,
        "-v",
        "error",
        "-i",
        media,
        "-filter_complex",
        graph,
        "-map",
        "[o]",
        "-y",
        out,
    ]
    subprocess.run(argv, check=True)
    return out
