"""How well `captions align` finds when a script is spoken, and speech detection and drift do, on the samples.

    python benchmarks/captions_align.py

Truth are the captions of `course_sources/`: the voice is a synthesiser's, so its times are known to the sample. Their
words alone, as running text with full stops, are aligned to the recording; the error of a cue is how far from its start
the words that it begins with are put. The same with noise under the voice: pink noise, and chords with a beat, so many
dB below it. No model is used.
"""

import re
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from coursepack.model.media import Cue
from coursepack.model.speech import SpeechFacts
from coursepack.tools.cues import plain_cues, read_cues
from coursepack.tools.ffmpeg import find_ffmpeg
from coursepack.tools.probe import probe
from coursepack.tools.speech.align import align
from coursepack.tools.speech.detect import detect
from coursepack.tools.speech.drift import measure_drift
from coursepack.tools.speech.levels import measure_levels
from coursepack.tools.speech.script import passages
from coursepack.tools.speech.spoken import Span, spoken

COURSES = Path(__file__).parents[1] / "course_sources"
SHIFTS_MS = (-8000, -2500, -1000, -500, 600, 1400, 3000, 9000)
STRETCHES = (24 / 25, 25 / 24, 25 * 1001 / 24000)
# The voice of the samples is at about -24 dB RMS while it speaks.
CHORDS = "aevalsrc='{}*(sin(440*PI*t)+sin(554*PI*t)+sin(660*PI*t))*exp(-3*mod(t\\,0.5))':s=16000"
PINK = "anoisesrc=c=pink:a={}:seed=1:r=16000"
NOISES = {
    "as it is": "",
    "pink noise, 20 dB below": PINK.format(0.03),
    "pink noise, 10 dB below": PINK.format(0.095),
    "chords, 20 dB below": CHORDS.format(0.006),
    "chords, 10 dB below": CHORDS.format(0.019),
}


def recordings() -> list[tuple[Path, list[Path]]]:
    """Each recording with its caption files."""
    found = []
    for media in sorted([*COURSES.rglob("*.mp4"), *COURSES.rglob("*.mp3")]):
        beside = [p for p in sorted(media.parent.glob(f"{media.stem}.*")) if p.suffix in (".vtt", ".srt")]
        tracks = [p for p in beside if len(p.name.removeprefix(media.stem).split(".")) == 3]
        if tracks:
            found.append((media, tracks))
    return found


def cues_of(path: Path) -> list[Cue]:
    track, _ = read_cues(path.read_bytes(), format_hint=path.suffix, language="", path=path.name)
    return [c for c in plain_cues(track) if not re.fullmatch(r"[（(\[].*[)\]）]", c.text.strip(), re.DOTALL)]


def letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


def hear(media: Path, noise: str, folder: Path) -> SpeechFacts:
    if noise:
        graph = (
            f"{noise}[n];[0:a]aresample=16000,aformat=channel_layouts=mono[s];"
            "[s][n]amix=2:duration=first:normalize=0[o]"
        )
        out = folder / "noisy.wav"
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
        media = out
    return detect(measure_levels(find_ffmpeg(), media, probe(media), folder))


def start_errors_ms(path: Path, speech: SpeechFacts) -> list[float]:
    language, cues = path.name.split(".")[-2], cues_of(path)
    wide = language != "en"
    texts = [c.text.replace("\n", "" if wide else " ") for c in cues]
    script = ("" if wide else " ").join(
        t + "。" if wide and t[-1] not in "。！？，、；：…" else t for t in texts
    )
    phrases = [p for passage in passages(script, language, markdown=False) for p in passage.phrases]
    times: list[float] = []
    for phrase, (start, end) in zip(phrases, align(phrases, speech.segments), strict=True):
        count = len(letters(phrase.text))
        times += [start + (end - start) * k / count for k in range(count)]
    errors, at = [], 0
    for cue, text in zip(cues, texts, strict=True):
        errors.append(abs(times[at] - cue.start_ms))
        at += len(letters(text))
    return errors


def row(name: str, errors: list[float]) -> str:
    ordered = sorted(errors)
    return (
        f"{name:44} {len(errors):4} {statistics.mean(errors):7.0f} {statistics.median(errors):7.0f}"
        f" {ordered[int(len(ordered) * 0.95)]:7.0f} {ordered[-1]:7.0f}"
    )


def overlap_ms(one: list[Span], other: tuple[Span, ...]) -> int:
    return sum(max(0, min(b, d) - max(a, c)) for a, b in one for c, d in other)


def detection_row(name: str, pairs: list[tuple[Path, SpeechFacts]], clean: dict[Path, SpeechFacts]) -> str:
    both = sum(overlap_ms(list(clean[m].segments), s.segments) for m, s in pairs)
    true = sum(b - a for m, _ in pairs for a, b in clean[m].segments)
    found = sum(b - a for _, s in pairs for a, b in s.segments)
    over = [s.over_background_db for _, s in pairs if s.over_background_db is not None]
    return f"{name:44} {both / found:9.3f} {both / true:9.3f} {statistics.median(over):14.0f}"


def drift_row(name: str, pairs: list[tuple[list[Span], SpeechFacts]]) -> str:
    def found(cues: list[Span], speech: SpeechFacts):
        return measure_drift(cues, speech.segments, speech.duration_ms)

    alarms = sum(found(cues, speech) is not None for cues, speech in pairs)
    errors, tries = [], 0
    for cues, speech in pairs:
        for by in SHIFTS_MS:
            tries += 1
            drift = found([(a + by, b + by) for a, b in cues if a + by >= 0], speech)
            errors += [abs(drift.offset_ms + by) if drift.stretch == 1 else 99_999] if drift else []
    undone = 0
    for cues, speech in pairs:
        for rate in STRETCHES:
            drift = found([(round(a * rate), round(b * rate)) for a, b in cues], speech)
            undone += drift is not None and all(
                abs(a * rate * drift.stretch + drift.offset_ms - a) < 400 for a, _ in cues
            )
    wrong = sum(e > 300 for e in errors)
    return (
        f"{name:44} {alarms:2}/{len(pairs)} {len(errors):8}/{tries} {wrong:6} {statistics.median(errors):9.0f}"
        f" {undone:9}/{len(pairs) * len(STRETCHES)}"
    )


def main() -> None:
    clean: dict[Path, SpeechFacts] = {}
    aligned, detected, drifted = [], [], []
    with tempfile.TemporaryDirectory() as folder:
        for name, noise in NOISES.items():
            found = [(media, tracks, hear(media, noise, Path(folder))) for media, tracks in recordings()]
            clean = clean or {media: speech for media, _, speech in found}
            every: dict[str, list[float]] = {"zh-Hans": [], "yue": [], "en": []}
            for _, tracks, speech in found:
                for path in tracks:
                    every[path.name.split(".")[-2]] += start_errors_ms(path, speech)
            spoken_here = every["zh-Hans"]
            aligned.append(row(name, spoken_here))
            if not noise:
                aligned.append(row("  the same, script in Cantonese", every["yue"]))
                aligned.append(row("  the same, script in English", every["en"]))
            detected.append(detection_row(name, [(m, s) for m, _, s in found], clean))
            pairs = [(spoken(cues_of(p)), s) for _, tracks, s in found for p in tracks]
            drifted.append(drift_row(name, pairs))
            print(".", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    print(
        "start error of cues, ms                         n    mean  median    p95     max", *aligned, sep="\n"
    )
    print(
        "\nspeech against that of the clean recording   precision    recall  over background dB",
        *detected,
        sep="\n",
    )
    print(
        "\ndrift                                  false alarms  shifts found  wrong  error ms  stretches",
        *drifted,
        sep="\n",
    )


if __name__ == "__main__":
    main()
