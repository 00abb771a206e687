"""Runs one step: gives a recipe its inputs, keeps what it makes."""

import shutil
import traceback
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

import msgspec

from coursepack.errors import CoursepackError, Interrupted
from coursepack.model.codes import diagnostic
from coursepack.model.diagnostic import Diagnostic
from coursepack.model.digest import Digest
from coursepack.model.recipe import Recipe, Refused
from coursepack.model.step import Artefact, ArtefactFile, SourceInput, Step
from coursepack.store.blobs import Store

_OWN = "@source:"
"""Stands for the path of an input in kept findings: the same bytes elsewhere must report their own path."""


class Job(msgspec.Struct, frozen=True):
    """A step with all that it needs, ready to be run anywhere that reaches the store and the sources."""

    step: Step
    folder: str
    """Private working folder, not made yet."""
    sources: dict[str, tuple[str, int, int]]
    """Source input name -> absolute path, size, mtime_ns: a file that differs changed during the build."""
    artefacts: dict[str, Artefact]
    threads: int


class Result(msgspec.Struct, frozen=True):
    """How a job ended. `keep`: the artefact may be recorded under the step's key."""

    artefact: Artefact
    keep: bool


class Parts(Protocol):
    """What makes the parts of a step, see `Work.make`."""

    def make(
        self, job: Job, parts: Sequence[Step], told: Callable[[float], None]
    ) -> tuple[list[Artefact], list[Diagnostic]]:
        """The artefacts of `parts` and their findings; `told` gets the share that is done.

        Raises `Refused`, or `PartBroken`.
        """
        ...


class PartBroken(Exception):
    """A part ended with a bug of ours, or its source changed: the step's result must not be kept."""

    def __init__(self, *diagnostics: Diagnostic) -> None:
        super().__init__(", ".join(d.code for d in diagnostics))
        self.diagnostics = diagnostics


class StepWork:
    """`model.recipe.Work` over a store."""

    def __init__(
        self,
        job: Job,
        store: Store,
        cancelled: Callable[[], bool],
        report: Callable[[float], None],
        parts: Parts | None,
    ) -> None:
        self._parts = parts
        self._job = job
        self._store = store
        self._report = report
        self.cancelled = cancelled
        self.files: list[ArtefactFile] = []
        self.findings: list[Diagnostic] = []
        self._small: list[tuple[str, bytes, str]] = []

    @property
    def step(self) -> Step:
        """See `Work.step`."""
        return self._job.step

    @property
    def folder(self) -> Path:
        """See `Work.folder`; made on first use."""
        path = Path(self._job.folder)
        path.mkdir(parents=True, exist_ok=True)
        return path

    @property
    def threads(self) -> int:
        """See `Work.threads`."""
        return self._job.threads

    def source_path(self, name: str) -> Path:
        """See `Work.source_path`."""
        return Path(self._job.sources[name][0])

    def source_name(self, name: str) -> str:
        """See `Work.source_name`."""
        for i in self.step.inputs:
            if isinstance(i, SourceInput) and i.name == name:
                return i.path
        raise KeyError(name)

    def blob(self, digest: Digest) -> bytes:
        """See `Work.blob`."""
        return self._store.read(digest)

    def artefact(self, name: str) -> Artefact:
        """See `Work.artefact`."""
        return self._job.artefacts[name]

    def write(self, name: str, data: bytes, media_type: str) -> None:
        """See `Work.write`; kept together with the step's other written files."""
        self._small.append((name, data, media_type))

    def add(self, name: str, path: Path, media_type: str) -> None:
        """See `Work.add`."""
        digest, size = self._store.put_file(path)
        self.files.append(ArtefactFile(name, digest, size, media_type))

    def keep(self, name: str, file: ArtefactFile) -> None:
        """See `Work.keep`."""
        self.files.append(msgspec.structs.replace(file, name=name))

    def fetch(self, digest: Digest, path: Path) -> Path:
        """See `Work.fetch`."""
        self._store.copy_to(digest, path)
        return path

    def make(self, parts: Sequence[Step], *, span: tuple[float, float] = (0, 0)) -> list[Artefact]:
        """See `Work.make`."""
        if self._parts is None:
            raise TypeError(f"{self.step.kind}: parts have no parts of their own")
        low, high = span

        def told(share: float) -> None:
            if high > low:
                self.progress(low + share * (high - low))

        made, found = self._parts.make(self._job, parts, told)
        self.findings += found
        return made

    def finding(self, diagnostic: Diagnostic) -> None:
        """See `Work.finding`."""
        self.findings.append(diagnostic)

    def progress(self, fraction: float) -> None:
        """See `Work.progress`."""
        self._report(fraction)

    def finish(self) -> tuple[ArtefactFile, ...]:
        """Keeps what was written; gives all files, by name."""
        digests = self._store.put_many(data for _, data, _ in self._small)
        for (name, data, media_type), digest in zip(self._small, digests, strict=True):
            self.files.append(ArtefactFile(name, digest, len(data), media_type))
        return tuple(sorted(self.files, key=lambda f: f.name))


def run_job(
    job: Job,
    recipe: Recipe,
    store: Store,
    cancelled: Callable[[], bool],
    report: Callable[[float], None],
    parts: Parts | None = None,
) -> Result:
    """Runs one step to its end. Raises only what stops the whole build (`CoursepackError`)."""
    work = StepWork(job, store, cancelled, report, parts)
    try:
        facts = recipe.run(work)
        if cancelled():
            raise Interrupted
        artefact = Artefact(work.finish(), facts, _portable(work.findings, job.step))
        failed = None
    except Refused as e:
        found = (*work.findings, *e.diagnostics)
        artefact = Artefact(diagnostics=_portable(found, job.step), failed=True)
        failed = None
    except PartBroken as e:
        broken = _portable((*work.findings, *e.diagnostics), job.step)
        return Result(Artefact(diagnostics=broken, failed=True), keep=False)
    except CoursepackError:
        raise
    except Exception as e:  # noqa: BLE001 - a bug met on one file must not stop the other 499; it is reported as ours
        failed = _bug(job.step, e)
    finally:
        shutil.rmtree(job.folder, ignore_errors=True)
    if failed is None:
        failed = _changed(job)
    if failed is not None:
        return Result(Artefact(diagnostics=(failed,), failed=True), keep=False)
    return Result(artefact, keep=True)


def _bug(step: Step, error: Exception) -> Diagnostic:
    last = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(last.filename).name}:{last.lineno}"
    path = next((i.path for i in step.inputs if isinstance(i, SourceInput)), "")
    return diagnostic("CP690", path, step=step.id, error=f"{type(error).__name__}: {error}", where=where)


def _changed(job: Job) -> Diagnostic | None:
    # The key promises certain bytes; a recipe read the author's file itself, so look whether it stayed the same.
    for i in job.step.inputs:
        if isinstance(i, SourceInput):
            path, size, mtime_ns = job.sources[i.name]
            try:
                now = Path(path).stat()
            except OSError:
                return diagnostic("CP691", i.path)
            if (now.st_size, now.st_mtime_ns) != (size, mtime_ns):
                return diagnostic("CP691", i.path)
    return None


def _portable(found: tuple[Diagnostic, ...] | list[Diagnostic], step: Step) -> tuple[Diagnostic, ...]:
    names = {i.path: _OWN + i.name for i in step.inputs if isinstance(i, SourceInput)}
    return tuple(msgspec.structs.replace(d, path=names.get(d.path, d.path)) for d in found)


def own_findings(artefact: Artefact, step: Step) -> tuple[Diagnostic, ...]:
    """The findings of an artefact, with the paths of this `step`'s sources."""
    names: Mapping[str, str] = {_OWN + i.name: i.path for i in step.inputs if isinstance(i, SourceInput)}
    return tuple(msgspec.structs.replace(d, path=names.get(d.path, d.path)) for d in artefact.diagnostics)
