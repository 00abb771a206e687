"""Runs a plan: each step once its inputs are there, nothing whose key is known already."""

import time
from collections.abc import Callable, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, wait
from pathlib import Path

import msgspec

from coursepack.build.events import Event, FindingEvent, StepEvent
from coursepack.build.lanes import Lanes
from coursepack.build.work import Job, Result, own_findings
from coursepack.errors import Interrupted
from coursepack.model.diagnostic import Diagnostic
from coursepack.model.digest import Digest
from coursepack.model.recipe import Recipe
from coursepack.model.step import Artefact, Plan, SourceInput, Step, StepInput, artefact_digest
from coursepack.plan.keys import Trace, reasons, trace
from coursepack.store.blobs import Store, recall

_POLL_S = 0.2


class Outcome(msgspec.Struct):
    """What became of a plan."""

    artefacts: dict[str, Artefact]
    """By step id; every step of the plan, unless it was stopped early."""
    traces: dict[str, Trace]
    ran: list[str]
    cached: list[str]
    findings: list[Diagnostic]


class Runner:
    """One run of one plan."""

    def __init__(
        self,
        plan: Plan,
        *,
        recipes: Mapping[str, Recipe],
        store: Store,
        lanes: Lanes,
        locate: Callable[[SourceInput], Path],
        work: Path,
        events: Callable[[Event], None],
        cancelled: Callable[[], bool],
        before: Mapping[str, Trace],
        explain: bool = False,
        fail_fast: bool = False,
    ) -> None:
        self._plan = plan
        self._recipes = recipes
        self._store = store
        self._lanes = lanes
        self._locate = locate
        self._work = work
        self._events = events
        self._cancelled = cancelled
        self._before = before
        self._explain = explain
        self._fail_fast = fail_fast
        self._prints = {kind: recipes[kind].fingerprint() for kind in sorted({s.kind for s in plan.steps})}
        self._running: dict[Future[Result], tuple[Step, float]] = {}
        self._same: dict[Digest, list[Step]] = {}
        self._waiting: dict[str, int] = {}
        self._users: dict[str, list[Step]] = {}
        self.outcome = Outcome({}, {}, [], [], [])

    def run(self) -> Outcome:
        """Runs all. Raises `Interrupted` on cancel, and what stops the whole build."""
        ready = self._graph()
        while ready or self._running:
            while ready:
                self._stop_if_cancelled()
                ready += self._start(ready.pop(0))
            ready += self._collect()
            if self._fail_fast and any(d.severity == "error" for d in self.outcome.findings):
                break
        return self.outcome

    def _graph(self) -> list[Step]:
        ready = []
        for step in self._plan.steps:
            needs = [i.step for i in step.inputs if isinstance(i, StepInput)]
            self._waiting[step.id] = len(needs)
            for need in needs:
                self._users.setdefault(need, []).append(step)
            if not needs:
                ready.append(step)
        return ready

    def _stop_if_cancelled(self) -> None:
        if self._cancelled():
            raise Interrupted

    # -- one step -------------------------------------------------------------------------------------------------

    def _start(self, step: Step) -> list[Step]:
        """Takes the step's result from the store or begins its run; gives the steps that became ready."""
        found = trace(step, self._recipes[step.kind], self._prints[step.kind], self._digests(step))
        self.outcome.traces[step.id] = found
        known = recall(self._store, found.key)
        if known is not None:
            self.outcome.cached.append(step.id)
            self._events(StepEvent(step.id, step.label, "cached"))
            return self._settle(step, known)
        if found.key in self._same:
            self._same[found.key].append(step)  # the same bytes are being made under another name
            return []
        self._same[found.key] = [step]
        why = reasons(found, self._before.get(step.id)) if self._explain else ()
        self._events(StepEvent(step.id, step.label, "start", reasons=why))
        self._running[self._submit(step, found.key)] = (step, time.monotonic())
        return []

    def _digests(self, step: Step) -> dict[str, str]:
        return {
            i.name: artefact_digest(self.outcome.artefacts[i.step]) if isinstance(i, StepInput) else i.digest
            for i in step.inputs
        }

    def _submit(self, step: Step, key: Digest) -> "Future[Result]":
        sources = {}
        for i in step.inputs:
            if isinstance(i, SourceInput):
                path = self._locate(i)
                stat = path.stat()
                sources[i.name] = (str(path), stat.st_size, stat.st_mtime_ns)
        artefacts = {i.name: self.outcome.artefacts[i.step] for i in step.inputs if isinstance(i, StepInput)}
        folder = str(self._work / key[:16])
        job = Job(step, folder, sources, artefacts, self._lanes.threads(step.lane))

        def report(fraction: float) -> None:
            self._events(StepEvent(step.id, step.label, "progress", fraction=fraction))

        return self._lanes.submit(job, report)

    def _collect(self) -> list[Step]:
        if not self._running:
            return []
        done, _ = wait(self._running, timeout=_POLL_S, return_when=FIRST_COMPLETED)
        self._stop_if_cancelled()
        ready: list[Step] = []
        for future in done:
            step, begun = self._running.pop(future)
            result = future.result()
            key = self.outcome.traces[step.id].key
            if result.keep:
                self._store.record(key, result.artefact)
            seconds = time.monotonic() - begun
            if result.artefact.failed:
                self._events(StepEvent(step.id, step.label, "failed", seconds=seconds))
            else:
                self._events(StepEvent(step.id, step.label, "done", seconds=seconds))
            for same in self._same.pop(key):
                (self.outcome.ran if same is step else self.outcome.cached).append(same.id)
                ready += self._settle(same, result.artefact)
        return ready

    def _settle(self, step: Step, artefact: Artefact) -> list[Step]:
        self.outcome.artefacts[step.id] = artefact
        for finding in own_findings(artefact, step):
            self.outcome.findings.append(finding)
            self._events(FindingEvent(finding))
        ready = []
        for user in self._users.get(step.id, ()):
            self._waiting[user.id] -= sum(
                1 for i in user.inputs if isinstance(i, StepInput) and i.step == step.id
            )
            if self._waiting[user.id] == 0:
                ready.append(user)
        return ready
