"""Parts of a step: further steps that only it knows of, each with a key and a record of its own.

A long video is made of chunks that are found out while it is made. As parts they outlive a kill, and an executor may
run them anywhere: a part is a step like any other, it only stands in no plan.
"""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from pathlib import Path

from coursepack.build.work import Job, PartBroken, Result, own_findings
from coursepack.errors import Interrupted
from coursepack.model.diagnostic import Diagnostic
from coursepack.model.digest import Digest
from coursepack.model.recipe import Recipe, Refused
from coursepack.model.step import Artefact, SourceInput, Step, StepInput
from coursepack.plan.keys import trace
from coursepack.store.blobs import Store, recall

_POLL_S = 0.2

Submit = Callable[[Job, Callable[[float], None]], "Future[Result]"]


class PartMaker:
    """See `work.Parts`."""

    def __init__(
        self, recipes: Mapping[str, Recipe], store: Store, submit: Submit, cancelled: Callable[[], bool]
    ) -> None:
        self._recipes = recipes
        self._store = store
        self._submit = submit
        self._cancelled = cancelled

    def make(
        self, job: Job, parts: Sequence[Step], told: Callable[[float], None]
    ) -> tuple[list[Artefact], list[Diagnostic]]:
        """See `work.Parts.make`."""
        made = _Making(len(parts), told)
        running: dict[Future[Result], tuple[int, Digest]] = {}
        try:
            for n, part in enumerate(parts):
                key = self._key(part)
                known = recall(self._store, key)
                if known is not None:
                    made.done(n, known, part)
                    continue
                running[self._submit(self._job(job, part, key), made.teller(n))] = (n, key)
            while running:
                done, _ = wait(running, timeout=_POLL_S, return_when=FIRST_COMPLETED)
                if self._cancelled():
                    raise Interrupted
                for future in done:
                    n, key = running.pop(future)
                    self._take(made, n, key, parts[n], future.result())
        finally:
            for future in running:
                future.cancel()
            wait(running)
        return made.artefacts(), made.findings

    def _key(self, part: Step) -> Digest:
        digests = {}
        for i in part.inputs:
            if isinstance(i, StepInput):
                raise TypeError(f"{part.id}: a part takes no other step's result")
            digests[i.name] = i.digest
        recipe = self._recipes[part.kind]
        return trace(part, recipe, recipe.fingerprint(), digests).key

    def _job(self, parent: Job, part: Step, key: Digest) -> Job:
        sources = {i.name: parent.sources[i.name] for i in part.inputs if isinstance(i, SourceInput)}
        return Job(part, str(Path(parent.folder).with_name(key[:16])), sources, {}, parent.threads)

    def _take(self, made: "_Making", n: int, key: Digest, part: Step, result: Result) -> None:
        if not result.keep:
            raise PartBroken(*own_findings(result.artefact, part))
        self._store.record(key, result.artefact)
        made.done(n, result.artefact, part)


class _Making:
    """What is made so far."""

    def __init__(self, count: int, told: Callable[[float], None]) -> None:
        self._made: list[Artefact | None] = [None] * count
        self._shares = [0.0] * count
        self._told = told
        self.findings: list[Diagnostic] = []

    def teller(self, n: int) -> Callable[[float], None]:
        def tell(share: float) -> None:
            self._shares[n] = share
            self._told(sum(self._shares) / len(self._shares))

        return tell

    def done(self, n: int, artefact: Artefact, part: Step) -> None:
        found = own_findings(artefact, part)
        if artefact.failed:
            raise Refused(*found)
        self.findings += found
        self._made[n] = artefact
        self.teller(n)(1.0)

    def artefacts(self) -> list[Artefact]:
        return [a for a in self._made if a is not None]
