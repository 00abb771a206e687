"""A `Work` on a folder, for tests of one recipe."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from coursepack.model.diagnostic import Diagnostic
from coursepack.model.digest import Digest
from coursepack.model.step import Artefact, Step


@dataclass
class FolderWork:
    source: Path
    folder: Path
    params: dict[str, Any]
    kind: str = "image"
    threads: int = 1
    files: dict[str, bytes] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    findings: list[Diagnostic] = field(default_factory=list)

    @property
    def step(self) -> Step:
        return Step(id=f"{self.kind}:x", kind=self.kind, label="", params=self.params)

    def source_path(self, name: str) -> Path:
        assert name == "source"
        return self.source

    def source_name(self, name: str) -> str:
        return self.source.name

    def blob(self, digest: Digest) -> bytes:
        raise KeyError(digest)

    def artefact(self, name: str) -> Artefact:
        raise KeyError(name)

    def write(self, name: str, data: bytes, media_type: str) -> None:
        assert name not in self.files
        self.files[name], self.types[name] = data, media_type

    def add(self, name: str, path: Path, media_type: str) -> None:
        assert path.parent == self.folder
        self.write(name, path.read_bytes(), media_type)
        path.unlink()

    def finding(self, diagnostic: Diagnostic) -> None:
        self.findings.append(diagnostic)

    def progress(self, fraction: float) -> None:
        assert 0 <= fraction <= 1

    @property
    def cancelled(self) -> Callable[[], bool]:
        return lambda: False
