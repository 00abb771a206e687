"""From a script to a film: one clip of speech a line, a picture a scene, cues at the clips' own times."""

from __future__ import annotations

import array
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import speech
from cues import Cue, broken, chained
from draw import AMBER, TEAL, WHITE, Sheet
from PIL import Image
from speech import Voice

Area = tuple[float, float, float, float]
FADE_MS = 400


@dataclass(frozen=True)
class Line:
    """One sentence. `captions` holds the other languages; the spoken one is `say` itself."""

    say: str
    captions: dict[str, str] = field(default_factory=dict)
    scene: str = ""
    focus: Area | None = None
    """Where the picture points while this is said."""
    chapter: dict[str, str] | None = None
    """A chapter begins here: its title by language."""
    describe: str = ""
    """What the picture shows, said by a second voice before the line (in the described track only)."""
    pause_ms: int = 520


@dataclass(frozen=True)
class Timed:
    """A line with its measured times in milliseconds."""

    line: Line
    start_ms: int
    end_ms: int
    scene_ms: int
    """When its picture comes up."""


@dataclass(frozen=True)
class Track:
    """The sound of a script."""

    lines: tuple[Timed, ...]
    descriptions: tuple[Cue, ...]
    duration_ms: int
    plain: array.array[int]
    described: array.array[int] | None


def record(lines: list[Line], voice: Voice, describer: Voice | None = None) -> Track:
    """Speaks the script: chime, then the lines, with room for a description where one is wanted."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bell = speech.chime()
        clips, spoken, timed, told = [(150, bell)], [], [], []
        at = 150 + speech.milliseconds(bell) + 350
        for line in lines:
            scene_ms = at - 250
            if line.describe and describer:
                clip = speech.say(line.describe, describer, folder)
                spoken.append((at, clip))
                told.append(
                    Cue(at, at + speech.milliseconds(clip), broken(speech.shown(line.describe), "zh-Hans"))
                )
                at = told[-1].end_ms + 450
            clip = speech.say(line.say, voice, folder)
            clips.append((at, clip))
            timed.append(Timed(line, at, at + speech.milliseconds(clip), scene_ms))
            at = timed[-1].end_ms + line.pause_ms
    duration = at + 700
    described = speech.mix([*clips, *spoken], duration) if spoken else None
    return Track(tuple(timed), tuple(told), duration, speech.mix(clips, duration), described)


def captions(track: Track, language: str, spoken_in: str, chime_label: str) -> list[Cue]:
    """The cues of one language, the opening chime labelled."""
    times = chained([(150, 1200), *((t.start_ms, t.end_ms) for t in track.lines)])
    texts = [chime_label]
    for t in track.lines:
        words = speech.shown(t.line.say) if language == spoken_in else t.line.captions[language]
        texts.append(broken(words, language))
    return [Cue(a, b, text) for (a, b), text in zip(times, texts, strict=True)]


def chapters(track: Track, language: str) -> list[Cue]:
    """Chapter cues that cover the whole length."""
    starts = [(t.scene_ms, t.line.chapter[language]) for t in track.lines if t.line.chapter]
    starts[0] = (0, starts[0][1])
    ends = [s for s, _ in starts[1:]] + [track.duration_ms]
    return [Cue(start, end, title) for (start, title), end in zip(starts, ends, strict=True)]


@lru_cache(maxsize=1)
def _pointer() -> Image.Image:
    s = Sheet(44, 44, "clear")
    s.circle(22, 22, 20, "#ffffffcc")
    s.circle(22, 22, 15, AMBER)
    s.circle(22, 22, 6, WHITE)
    return s.image()


def _with_ring(base: Image.Image, area: Area) -> Image.Image:
    x, y, w, h = area
    s = Sheet(base.width, base.height, "clear")
    s.box(x - 8, y - 8, w + 16, h + 16, None, 18, AMBER, 6)
    ring = s.image()
    picture = base.copy()
    picture.paste(ring, (0, 0), ring)
    return picture


def frames(track: Track, scenes: dict[str, Callable[[], Image.Image]], fps: int) -> Iterator[Image.Image]:
    """The pictures: scenes cross-fade, a ring glows and a pointer glides to what is spoken about."""
    bases = {name: make() for name, make in scenes.items()}
    rings: dict[tuple[str, Area], Image.Image] = {}
    first = bases[track.lines[0].line.scene]
    here = (first.width * 0.5, first.height * 0.9)
    for n in range(track.duration_ms * fps // 1000):
        now = n * 1000 / fps
        current = max((i for i, t in enumerate(track.lines) if t.scene_ms <= now), default=0)
        t = track.lines[current]
        picture = bases[t.line.scene]
        if t.line.focus:
            key = (t.line.scene, t.line.focus)
            rings.setdefault(key, _with_ring(picture, t.line.focus))
            beat = (now - t.scene_ms) / 1000
            glow = min(1.0, beat / 0.4) * (0.75 + 0.25 * (1 if int(beat * 1.5) % 2 == 0 else 0))
            picture = Image.blend(picture, rings[key], glow)
        age = now - t.scene_ms
        before = track.lines[current - 1].line.scene if current else t.line.scene
        if age < FADE_MS and before != t.line.scene:
            picture = Image.blend(bases[before], picture, max(0.0, age / FADE_MS))
        picture = picture.copy()
        if t.line.focus:
            x, y, w, h = t.line.focus
            goal = (x + w + 6, y + h + 6)
            here = (here[0] + (goal[0] - here[0]) * 0.22, here[1] + (goal[1] - here[1]) * 0.22)
            picture.paste(_pointer(), (round(here[0]) - 22, round(here[1]) - 22), _pointer())
        picture.paste(
            TEAL, (0, picture.height - 8, round(picture.width * now / track.duration_ms), picture.height)
        )
        yield picture


def encode_film(
    track: Track, scenes: dict[str, Callable[[], Image.Image]], out: Path, ffmpeg: str, fps: int = 12
) -> None:
    """H.264 and mono AAC in a small MP4."""
    first = next(iter(scenes.values()))()
    with tempfile.TemporaryDirectory() as name:
        wav = Path(name) / "speech.wav"
        speech.write_wav(track.plain, wav)
        video = f"-f rawvideo -pix_fmt rgb24 -s {first.width}x{first.height} -r {fps} -i pipe:0".split()
        codec = [
            "-c:v",
            "libx264",
            "-preset",
            "slow",
            "-crf",
            "27",
            "-tune",
            "stillimage",
            "-pix_fmt",
            "yuv420p",
            "-g",
            "120",
            "-c:a",
            "aac",
            "-b:a",
            "64k",
            "-ac",
            "1",
        ]
        tail = [
            "-shortest",
            "-movflags",
            "+faststart",
            "-fflags",
            "+bitexact",
            "-flags:v",
            "+bitexact",
            "-flags:a",
            "+bitexact",
        ]
        command = [ffmpeg, "-v", "error", "-y", *video, "-i", str(wav), *codec, *tail, str(out)]
        with subprocess.Popen(command, stdin=subprocess.PIPE) as process:
            if process.stdin is None:
                raise SystemExit("no pipe to ffmpeg")
            for picture in frames(track, scenes, fps):
                process.stdin.write(picture.convert("RGB").tobytes())
            process.stdin.close()
            if process.wait():
                raise SystemExit(f"ffmpeg failed on {out}")


def encode_sound(samples: array.array[int], out: Path, ffmpeg: str, title: str = "") -> None:
    """Mono MP3 at 48 kbit/s."""
    with tempfile.TemporaryDirectory() as name:
        wav = Path(name) / "speech.wav"
        speech.write_wav(samples, wav)
        tags = ["-metadata", f"title={title}", "-metadata", "artist=coursepack contributors"] if title else []
        tail = [
            "-c:a",
            "libmp3lame",
            "-b:a",
            "48k",
            "-ac",
            "1",
            "-fflags",
            "+bitexact",
            "-flags:a",
            "+bitexact",
        ]
        subprocess.run([ffmpeg, "-v", "error", "-y", "-i", str(wav), *tags, *tail, str(out)], check=True)
