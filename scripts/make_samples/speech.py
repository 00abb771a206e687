"""Speech for the samples, from espeak-ng, one clip a sentence so that the captions' times are exact.

Mandarin goes through pinyin and the voice `cmn-latn-pinyin`: espeak-ng's plain `cmn` voice spells the
pinyin of each character as if it were English, which nobody understands.
"""

from __future__ import annotations

import array
import math
import re
import subprocess
import wave
from dataclasses import dataclass
from pathlib import Path

RATE = 22050
"""Samples a second; 16-bit mono throughout."""
_SILENT = 260
_MARKUP = re.compile(r"\{([^|{}]*)\|([^|{}]*)\}")


@dataclass(frozen=True)
class Voice:
    """An espeak-ng voice and its settings. `speed` in words a minute, `pitch` 0 to 99."""

    name: str
    speed: int
    pitch: int = 45


MANDARIN = Voice("cmn-latn-pinyin", 168, 40)
MANDARIN_DESCRIBER = Voice("cmn-latn-pinyin", 185, 72)
ENGLISH = Voice("en-us", 138, 42)


def shown(text: str) -> str:
    """What a caption shows: of `{96110|九六幺幺零}` the first half."""
    return _MARKUP.sub(r"\1", text)


def spoken(text: str) -> str:
    """What the voice says: of `{96110|九六幺幺零}` the second half."""
    return _MARKUP.sub(r"\2", text)


def pinyin(text: str) -> str:
    """Mandarin as pinyin with tone numbers, syllables of a word joined, punctuation kept as pauses."""
    import jieba
    from pypinyin import Style, lazy_pinyin

    jieba.setLogLevel("WARNING")

    words = []
    for part in re.split(r"([，。！？：；、…])", re.sub(r"[“”「」]", "", text)):
        if re.fullmatch(r"[，。！？：；、…]", part):
            words.append("," if part in "，、：；" else ".")
            continue
        for word in jieba.cut(part):
            syllables = lazy_pinyin(word, style=Style.TONE3, neutral_tone_with_five=True, tone_sandhi=True)
            words.append("".join(s.replace("ü", "v") for s in syllables))
    return " ".join(words)


def say(text: str, voice: Voice, folder: Path) -> array.array[int]:
    """The samples of `text`, silence at both ends cut off."""
    words = spoken(text)
    if voice.name == "cmn-latn-pinyin":
        words = pinyin(words)
    out = folder / "clip.wav"
    command = ["espeak-ng", "-v", voice.name, "-s", str(voice.speed), "-p", str(voice.pitch), "-a", "90"]
    subprocess.run([*command, "-w", str(out), words], check=True)
    with wave.open(str(out)) as f:
        if (f.getframerate(), f.getnchannels(), f.getsampwidth()) != (RATE, 1, 2):
            raise SystemExit(f"espeak-ng made {f.getparams()}, wanted {RATE} Hz mono 16 bit")
        samples = array.array("h", f.readframes(f.getnframes()))
    return _trimmed(samples)


def _trimmed(samples: array.array[int]) -> array.array[int]:
    first = next((i for i, v in enumerate(samples) if abs(v) > _SILENT), 0)
    last = next((i for i in range(len(samples) - 1, 0, -1) if abs(samples[i]) > _SILENT), len(samples) - 1)
    return samples[max(0, first - 200) : last + 600]


def chime() -> array.array[int]:
    """A soft two-note bell, 0.9 s."""
    samples = array.array("h", bytes(2 * int(RATE * 0.9)))
    for start, pitch in ((0.0, 659.3), (0.18, 987.8)):
        for i in range(int(RATE * start), len(samples)):
            t = i / RATE - start
            value = math.sin(2 * math.pi * pitch * t) + 0.3 * math.sin(4 * math.pi * pitch * t)
            samples[i] += int(4200 * value * math.exp(-5 * t) * min(1, t * 100))
    return samples


def milliseconds(samples: array.array[int]) -> int:
    """How long `samples` lasts."""
    return round(len(samples) * 1000 / RATE)


def mix(clips: list[tuple[int, array.array[int]]], duration_ms: int) -> array.array[int]:
    """The clips laid at their start times (ms) on a silent track, peak at 70%."""
    track = array.array("h", bytes(2 * (duration_ms * RATE // 1000)))
    for start_ms, clip in clips:
        at = start_ms * RATE // 1000
        track[at : at + len(clip)] = clip[: len(track) - at]
    peak = max(map(abs, track)) or 1
    return array.array("h", (v * 22900 // peak for v in track))


def write_wav(samples: array.array[int], path: Path) -> None:
    """Writes 16-bit mono PCM."""
    with wave.open(str(path), "wb") as f:
        f.setnchannels(1)
        f.setsampwidth(2)
        f.setframerate(RATE)
        f.writeframes(samples.tobytes())
