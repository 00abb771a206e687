"""Loudness, true peak, bit rates and CPU of the sound of any files: what the recipes make of them, measured again.

    python benchmarks/media/sound.py FILE... [--loudness -18]

Without files: a minute each of quiet speech, hot music, and speech on crossed wires. CPU is that of all tools,
per minute of sound: the part "sound" of a video (two AAC renditions), and an audio lesson (AAC and Opus).
"""

import argparse
import re
import resource
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import msgspec

from coursepack.model.media import AudioFacts, SoundFacts
from coursepack.model.recipe import Refused
from coursepack.recipes.audio import AudioRecipe
from coursepack.recipes.soundtrack import SoundRecipe
from coursepack.tools.ffmpeg import find_ffmpeg
from coursepack.tools.probe import NotMedia, probe

_VOICE = "(0.5*sin(2*PI*180*t)+0.3*(random(0)-0.5))*abs(sin(2*PI*2*t))*lt(mod(t,3),2)"
_MUSIC = "0.3*(sin(2*PI*220*t)+sin(2*PI*277*t)+sin(2*PI*331*t))+0.2*(random(1)-0.5)"
_MADE = {
    "quiet-speech": f"0.02*{_VOICE}",
    "hot-music": f"{_MUSIC}|0.8*({_MUSIC})+0.2*sin(2*PI*523*t)",
    "crossed-wires": f"st(0,{_VOICE})|-ld(0)",
}


def make_sources(folder: Path) -> list[Path]:
    for name, sides in _MADE.items():
        layout = "stereo" if "|" in sides else "mono"
        graph = f"aevalsrc=exprs='{sides}':c={layout}:s=48000:d=60"
        argv = [find_ffmpeg().path, "-v", "error", "-f", "lavfi", "-i", graph, "-b:a", "160k"]
        subprocess.run([*argv, str(folder / f"{name}.m4a")], check=True)
    return [folder / f"{name}.m4a" for name in _MADE]


def level(path: Path) -> str:
    """ "-18.0/-1.4": LUFS and dBTP."""
    argv = [find_ffmpeg().path, "-hide_banner", "-nostats", "-i", str(path), "-map", "0:a:0"]
    argv += ["-af", "ebur128=peak=true:framelog=quiet", "-f", "null", "-"]
    report = subprocess.run(argv, capture_output=True, text=True, check=True).stderr
    lufs, peak = re.findall(r"(?:I|Peak):\s+(-?[\d.]+|-inf)", report[report.rfind("Summary") :])[:2]
    return f"{lufs}/{peak}"


def run(recipe: Any, source: Path, out: Path, params: dict[str, Any]) -> tuple[dict[str, Any], float]:
    """The facts and the CPU seconds; files in `out`."""
    folder = out.with_name(f"{out.name}-work")
    folder.mkdir()

    def place(name: str) -> Path:
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        return out / name

    work = SimpleNamespace(
        step=SimpleNamespace(params=params),
        folder=folder,
        threads=1,
        source_path=lambda name: source,
        source_name=lambda name: source.name,
        write=lambda name, data, kind: place(name).write_bytes(data),
        add=lambda name, path, kind: path.rename(place(name)),
        finding=lambda diagnostic: None,
        progress=lambda fraction: None,
        cancelled=lambda: False,
    )
    before = _cpu_s()
    return recipe.run(work), _cpu_s() - before


def _cpu_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def row(source: Path, folder: Path, loudness: float, say: Callable[[str], None]) -> None:
    try:
        facts = probe(source)
        params = {"facts": msgspec.to_builtins(facts), "loudness": loudness}
        if facts.audio < 0:
            return
        built, cpu_s = run(SoundRecipe(find_ffmpeg()), source, folder / "sound", params)
        lesson, lesson_s = run(AudioRecipe(find_ffmpeg()), source, folder / "audio", {"loudness": loudness})
    except (NotMedia, Refused) as e:
        say(f"{source.name:32} {e}")
        return
    sound, audio = msgspec.convert(built, SoundFacts), msgspec.convert(lesson, AudioFacts)
    minutes = max(sound.duration_ms, 1) / 60_000
    rates = " ".join(f"{r.name} {r.bandwidth / 1000:.0f}k" for r in sound.renditions)
    opus = (
        f"opus {level(folder / 'audio' / audio.opus)} {audio.opus_size / audio.size:.2f}"
        if audio.opus
        else ""
    )
    say(
        f"{source.name[:32]:32} {level(source):>12} -> {sound.channels} ch {level(folder / 'sound' / sound.file)}"
        f" | {rates} | CPU {cpu_s / minutes:.1f} and {lesson_s / minutes:.1f} s/min | {opus}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--loudness", type=float, default=-18.0)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as top:
        sources = given.files or make_sources(Path(top))
        for n, source in enumerate(sources):
            folder = Path(top) / str(n)
            folder.mkdir()
            row(source, folder, given.loudness, lambda line: print(line, flush=True))


if __name__ == "__main__":
    main()
