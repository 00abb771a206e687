"""The seam between the engine and what it runs."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

from coursepack.model.diagnostic import Diagnostic
from coursepack.model.digest import Digest
from coursepack.model.step import Artefact, ArtefactFile, Step


class Refused(Exception):
    """The input cannot be made right: the author's to mend. Kept in the store like a result.

    For trouble of the machine (tool missing, disk full) raise `errors.EnvironmentMissing` instead: not kept.
    """

    def __init__(self, *diagnostics: Diagnostic) -> None:
        super().__init__(", ".join(d.code for d in diagnostics))
        self.diagnostics = diagnostics


class Work(Protocol):
    """What a recipe is given to work with. Made fresh for each run of a step."""

    @property
    def step(self) -> Step:
        """The step being run."""
        ...

    @property
    def folder(self) -> Path:
        """An empty private folder, removed afterwards."""
        ...

    @property
    def threads(self) -> int:
        """How many threads the step may use. Must not change the bytes it makes."""
        ...

    def source_path(self, name: str) -> Path:
        """A readable copy or link of the source input `name`: its bytes have the promised digest."""
        ...

    def source_name(self, name: str) -> str:
        """The course path of the source input `name`, for diagnostics."""
        ...

    def blob(self, digest: Digest) -> bytes:
        """Bytes from the store."""
        ...

    def artefact(self, name: str) -> Artefact:
        """The artefact of the step input `name`; look at `failed` first."""
        ...

    def write(self, name: str, data: bytes, media_type: str) -> None:
        """Adds a file to the result."""
        ...

    def add(self, name: str, path: Path, media_type: str) -> None:
        """Adds the file at `path` (inside `folder`) to the result; it is moved away."""
        ...

    def keep(self, name: str, file: ArtefactFile) -> None:
        """Adds a file that is in the store already (of an artefact from `make`) to the result, as `name`."""
        ...

    def fetch(self, digest: Digest, path: Path) -> Path:
        """Copies bytes from the store to `path` (inside `folder`), for tools that want a file; gives `path`."""
        ...

    def make(self, parts: Sequence[Step], *, span: tuple[float, float] = (0, 0)) -> list[Artefact]:
        """Runs steps that only this one needs, or takes them from the store: each under its own key.

        They may take this step's source inputs and blobs as inputs, nothing else. A kill loses only the parts that
        were running. Where one is refused, so is this step; findings of parts become this step's. `span`: the share
        of this step's progress that they take, "from 0.1 to 0.9".
        """
        ...

    def finding(self, diagnostic: Diagnostic) -> None:
        """Reports something about the input; kept and shown again on later builds."""
        ...

    def progress(self, fraction: float) -> None:
        """Tells how far the step is, 0 to 1."""
        ...

    @property
    def cancelled(self) -> Callable[[], bool]:
        """Whether to stop at once (user's Ctrl-C); the process runner polls it."""
        ...


class Recipe(Protocol):
    """How one kind of step is run. Stateless: `run` may be called from many threads or processes."""

    kind: str
    version: int
    """Raised when the same inputs give other bytes; part of every step key."""

    def fingerprint(self) -> str:
        """The versions of the outside tools that shape the bytes; part of every step key. Cheap, or cached."""
        ...

    def run(self, work: Work) -> dict[str, Any]:
        """Makes the files, returns the facts as builtins. Raises `Refused` for bad input."""
        ...
