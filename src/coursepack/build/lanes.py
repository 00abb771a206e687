"""Where steps run on this machine: threads for encoders and images, processes for text.

Video encoders use all cores by themselves, so only a few run at once, which also bounds memory; images, audio and
captions have their own threads and never wait behind a video. Pages are Python work, so they need processes; few
pages are not worth starting them.
"""

import ctypes
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Mapping
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from coursepack.build.parts import PartMaker
from coursepack.build.work import Job, Result, run_job
from coursepack.model.recipe import Recipe
from coursepack.model.step import Lane
from coursepack.store.blobs import Store
from coursepack.store.local import LocalStore

P = ParamSpec("P")
R = TypeVar("R")

_PR_SET_PDEATHSIG = 1
_child: dict[str, Any] = {}
"""Filled once in each worker process by `_begin`: recipes and the store cannot travel with every job."""


def _begin(recipes: Mapping[str, Recipe] | None, root: Path | None) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides when to stop
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if sys.platform == "linux":
        # A worker must not outlive a parent that was killed: nobody would ever wake it.
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() == 1:
            os._exit(1)
    _child["recipes"] = recipes
    _child["store"] = LocalStore(root) if root else None


def child_store() -> LocalStore:
    """The store of this worker process."""
    store: LocalStore = _child["store"]
    return store


def _run_in_child(job: Job) -> Result:
    return run_job(job, _child["recipes"][job.step.kind], child_store(), _never, _nothing)


def _never() -> bool:
    return False


def _nothing(_: float) -> None:
    return None


class TextPool:
    """Worker processes for text, forked before any thread exists. Used as a context manager."""

    def __init__(self, workers: int, recipes: Mapping[str, Recipe], root: Path) -> None:
        method = "fork" if sys.platform == "linux" else "spawn"
        self._pool = ProcessPoolExecutor(
            workers,
            mp_context=multiprocessing.get_context(method),
            initializer=_begin,
            initargs=(recipes, root),
        )
        self._pool.submit(os.getpid).result()

    def submit(self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> "Future[R]":
        """Runs a picklable function in a worker."""
        return self._pool.submit(function, *args, **kwargs)

    def __enter__(self) -> "TextPool":
        return self

    def __exit__(self, *exc: object) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)


class Lanes:
    """`submit(job)` for the local machine. Used as a context manager."""

    def __init__(
        self,
        jobs: int,
        recipes: Mapping[str, Recipe],
        store: Store,
        cancelled: Callable[[], bool],
        text: TextPool | None,
    ) -> None:
        self._recipes = recipes
        self._store = store
        self._cancelled = cancelled
        self._text = text
        self.jobs = jobs
        # An encoder fills about four cores; more at once only costs memory.
        self._video_workers = max(1, jobs // 4)
        self._pools: dict[Lane, Executor] = {
            "video": ThreadPoolExecutor(self._video_workers, "video"),
            "media": ThreadPoolExecutor(jobs, "media"),
            "text": ThreadPoolExecutor(1, "text"),
        }
        # Parts have threads of their own: the step that waits for them holds one of the others.
        self._part_pools: dict[Lane, Executor] = {
            "video": ThreadPoolExecutor(self._video_workers, "video-part"),
            "media": ThreadPoolExecutor(jobs, "media-part"),
        }
        self.parts = PartMaker(recipes, store, self._submit_part, cancelled)

    def threads(self, lane: Lane) -> int:
        """How many threads a step of this lane may use."""
        return max(1, self.jobs // self._video_workers) if lane == "video" else 1

    def submit(self, job: Job, report: Callable[[float], None]) -> "Future[Result]":
        """Queues a step in its lane."""
        lane = job.step.lane
        if lane == "text" and self._text is not None:
            return self._text.submit(_run_in_child, job)
        recipe = self._recipes[job.step.kind]
        return self._pools[lane].submit(
            run_job, job, recipe, self._store, self._cancelled, report, self.parts
        )

    def _submit_part(self, job: Job, report: Callable[[float], None]) -> "Future[Result]":
        recipe = self._recipes[job.step.kind]
        pool = self._part_pools[job.step.lane]
        return pool.submit(run_job, job, recipe, self._store, self._cancelled, report)

    def __enter__(self) -> "Lanes":
        return self

    def __exit__(self, *exc: object) -> None:
        for pool in (*self._part_pools.values(), *self._pools.values()):
            pool.shutdown(wait=True, cancel_futures=True)
