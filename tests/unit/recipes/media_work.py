"""A `Work` on a folder for the media recipes, and small sources made by ffmpeg."""

import importlib
import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from coursepack.model.diagnostic import Diagnostic
from coursepack.model.digest import Digest, digest_bytes, digest_json
from coursepack.model.recipe import Recipe, Refused
from coursepack.model.step import Artefact, ArtefactFile, SourceInput, Step
from coursepack.tools.ffmpeg import Ffmpeg, find_ffmpeg


@dataclass
class MediaWork:
    """Results are moved to `out`, as the engine moves them to the store."""

    source: Path
    folder: Path
    out: Path
    kind: str = "video"
    params: dict[str, Any] = field(default_factory=dict)
    threads: int = 1
    types: dict[str, str] = field(default_factory=dict)
    findings: list[Diagnostic] = field(default_factory=list)
    fractions: list[float] = field(default_factory=list)
    stop: Callable[[], bool] = lambda: False
    blobs: dict[str, Path] = field(default_factory=dict)
    parts: dict[str, Artefact] = field(default_factory=dict)
    """By digest of their params: made once."""

    @property
    def step(self) -> Step:
        source = SourceInput("source", self.source.name, Digest("0" * 64))
        return Step(f"{self.kind}:x", self.kind, "", self.params, (source,))

    def source_path(self, name: str) -> Path:
        assert name == "source"
        return self.source

    def source_name(self, name: str) -> str:
        return self.source.name

    def blob(self, digest: Digest) -> bytes:
        return self.blobs[digest].read_bytes()

    def fetch(self, digest: Digest, path: Path) -> Path:
        shutil.copyfile(self.blobs[digest], path)
        return path

    def keep(self, name: str, file: ArtefactFile) -> None:
        self.fetch(file.digest, self._take(name, file.media_type))

    def make(self, parts: Sequence[Step], *, span: tuple[float, float] = (0, 0)) -> list[Artefact]:
        return [self._part(part) for part in parts]

    def _part(self, part: Step) -> Artefact:
        key = digest_json([part.kind, part.params])
        if key not in self.parts:
            base = self.out.parent / f"part-{len(self.parts)}"
            ran = run_recipe(part_recipe(part.kind), self.source, base, params=part.params)
            self.findings += ran.work.findings
            files = []
            for name, media_type in sorted(ran.work.types.items()):
                path = ran.work.out / name
                digest = digest_bytes(path.read_bytes())
                self.blobs[digest] = path
                files.append(ArtefactFile(name, digest, path.stat().st_size, media_type))
            self.parts[key] = Artefact(tuple(files), ran.facts)
        return self.parts[key]

    def artefact(self, name: str) -> Artefact:
        raise KeyError(name)

    def write(self, name: str, data: bytes, media_type: str) -> None:
        self._take(name, media_type).write_bytes(data)

    def add(self, name: str, path: Path, media_type: str) -> None:
        assert path.is_relative_to(self.folder)
        path.rename(self._take(name, media_type))

    def _take(self, name: str, media_type: str) -> Path:
        assert name not in self.types
        assert not name.startswith("/")
        assert ".." not in name
        self.types[name] = media_type
        path = self.out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def finding(self, diagnostic: Diagnostic) -> None:
        self.findings.append(diagnostic)

    def progress(self, fraction: float) -> None:
        assert 0 <= fraction <= 1
        self.fractions.append(fraction)

    @property
    def cancelled(self) -> Callable[[], bool]:
        return self.stop

    @property
    def digests(self) -> dict[str, str]:
        return {n: digest_bytes((self.out / n).read_bytes()) for n in sorted(self.types)}


@dataclass
class Ran:
    facts: dict[str, Any]
    work: MediaWork

    @property
    def codes(self) -> list[str]:
        return sorted(d.code for d in self.work.findings)


def run_recipe(recipe: Recipe, source: Path, tmp: Path, **options: Any) -> Ran:
    """Runs a recipe with folders below `tmp`."""
    folder, out = tmp / "work", tmp / "out"
    folder.mkdir(parents=True)
    out.mkdir()
    work = MediaWork(source, folder, out, kind=recipe.kind, **options)
    return Ran(recipe.run(work), work)


PARTS = {
    "video-look": "look.LookRecipe",
    "video-search": "search.SearchRecipe",
    "video-chunk": "chunks.ChunkRecipe",
    "video-remux": "compliant.RemuxRecipe",
    "sound": "soundtrack.SoundRecipe",
}


def part_recipe(kind: str) -> Recipe:
    """What a video is made of."""
    module, name = PARTS[kind].split(".")
    recipe: Recipe = getattr(importlib.import_module(f"coursepack.recipes.{module}"), name)(tool())
    return recipe


def refused_codes(recipe: Recipe, source: Path, tmp: Path, **options: Any) -> list[str]:
    """The codes with which a recipe refuses a source; fails when it does not."""
    try:
        run_recipe(recipe, source, tmp, **options)
    except Refused as e:
        return [d.code for d in e.diagnostics]
    raise AssertionError(f"{source.name} was not refused")


def tool() -> Ffmpeg:
    return find_ffmpeg()


def make(out: Path, *args: str) -> Path:
    """Runs ffmpeg with `args` and the output at the end."""
    command: Sequence[str] = [tool().path, "-v", "error", "-nostdin", *args, "-y", str(out)]
    subprocess.run(command, check=True, timeout=120)
    return out
