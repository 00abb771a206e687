"""What comes out of the picture graph, as a screen would show it; and when things happen in a finished file."""

import subprocess
from array import array
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import ffmpeg as graph
from tests.unit.recipes.media_work import tool

from coursepack.model.media import MediaFacts
from coursepack.recipes.encode import Stretch, stretch_input
from coursepack.recipes.normalise import steady, to_bt709
from coursepack.tools.ffmpeg import command
from coursepack.tools.probe import probe

Colour = tuple[int, int, int]


@dataclass
class Picture:
    """One picture as RGB."""

    width: int
    height: int
    data: bytes
    facts: MediaFacts

    def at(self, x: float, y: float) -> Colour:
        """The colour at a place given in shares of width and height."""
        place = (int(y * self.height) * self.width + int(x * self.width)) * 3
        return tuple(self.data[place : place + 3])  # type: ignore[return-value]


def graph_argv(
    facts: MediaFacts, stretch: Stretch, size: tuple[int, int], output: str, *, rgb: bool
) -> list[str]:
    """The command that sends the encoders' pictures to stdout in place of the encoders."""
    video = facts.streams[facts.video]
    picture = steady(
        stretch_input(video, stretch),
        video,
        fps=stretch.fps,
        first_frame=stretch.first_frame,
        frames=stretch.frames,
        pad_ms=stretch.pad_ms,
    )
    picture = to_bt709(picture, video, size).filter("setsar", 1)
    if rgb:
        said = {"colorspace": "bt709", "color_primaries": "bt709", "color_trc": "bt709", "range": "tv"}
        picture = picture.filter("setparams", **said)
        picture = picture.filter("scale", in_color_matrix="bt709", out_range="pc").filter("format", "rgb24")
    node = graph.output(picture, "-", format=output, fps_mode="passthrough")
    return command(tool(), node, filter_threads=4, file_times=stretch.first_frame > 0)


def shown(source: Path, *, frame: int = 0) -> Picture:
    """A source's picture number `frame`, in its full size."""
    facts = probe(source)
    fps = Fraction(facts.streams[facts.video].fps).limit_denominator(1001)
    argv = graph_argv(facts, Stretch(fps, frame, 1), (facts.width, facts.height), "rawvideo", rgb=True)
    with source.open("rb") as f:
        data = subprocess.run(argv, stdin=f, capture_output=True, check=True, timeout=60).stdout
    assert len(data) == facts.width * facts.height * 3
    return Picture(facts.width, facts.height, data, facts)


def pictures(source: Path, facts: MediaFacts, stretch: Stretch) -> list[str]:
    """The hash of each picture of a stretch. Its times must count from zero."""
    argv = graph_argv(facts, stretch, (64, 36), "framemd5", rgb=False)
    with source.open("rb") as f:
        text = subprocess.run(argv, stdin=f, capture_output=True, check=True, timeout=60, text=True).stdout
    rows = [line.split(",") for line in text.splitlines() if line and line[0] != "#"]
    assert [int(r[2]) for r in rows] == list(range(len(rows)))
    return [r[5].strip() for r in rows]


def bright_ms(path: Path) -> int:
    """When the first bright picture of a file is shown."""
    graph_ = "fps=1000:start_time=0,scale=1:1:flags=area,format=gray"
    argv = [tool().path, "-v", "error", "-i", str(path), "-vf", graph_, "-f", "rawvideo", "-"]
    data = subprocess.run(argv, capture_output=True, check=True, timeout=60).stdout
    return next(n for n, level in enumerate(data) if level > 128)


def loud_ms(path: Path) -> float:
    """When the first loud sample of a file is heard."""
    argv = [
        tool().path,
        "-v",
        "error",
        "-i",
        str(path),
        "-af",
        "aresample=48000:async=1:first_pts=0",
        "-ac",
        "1",
    ]
    data = subprocess.run([*argv, "-f", "s16le", "-"], capture_output=True, check=True, timeout=60).stdout
    samples = array("h", data)
    most = max(map(abs, samples))
    return next(n for n, s in enumerate(samples) if abs(s) > most / 4) / 48
