"""Publishes many built courses in one run: one that fails stops no other, and what befalls the target stops all at once."""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from pathlib import Path
from queue import SimpleQueue
from threading import Event
from typing import Literal, Protocol

import msgspec

from coursepack.app.publish import Kind, PublishEvent, PublishResult
from coursepack.errors import ConflictError, CoursepackError, Exit, Interrupted
from coursepack.publish.target import Doubtful, Target, Unusable

PublishState = Literal[
    "published", "unchanged", "planned", "skipped", "conflict", "failed", "interrupted", "untried"
]
"""planned: a dry run. skipped: the course has errors. untried: the run ended before it."""

WORST = (Exit.BUG, Exit.TARGET, Exit.CONFLICT, Exit.ENVIRONMENT, Exit.USAGE, Exit.FINDINGS, Exit.OK)
"""Which exit code wins when courses end differently: the worst first."""

_POLL_S = 0.2
_SILENT_COURSES = 2
"""So many courses in a row that the target did not answer: it is away, the rest is not tried."""


class Built(msgspec.Struct, frozen=True):
    """A course to publish. `folder` holds its `release.json`."""

    course: str
    title: str
    version: str
    folder: Path
    errors: int = 0
    """Findings of that level: the course is skipped."""


class Failure(msgspec.Struct, frozen=True):
    """Why a course was not published. `exit`: the exit code that the command would have had for it alone."""

    exit: int
    message: str
    hint: str = ""


class Published(msgspec.Struct, frozen=True, kw_only=True):
    """How one course came out (contract: `published` of the courses in `report.json`). Sizes in bytes."""

    state: PublishState
    course: str
    title: str
    version: str
    serial: int | None = None
    """Which commit of the course the target shows now; null where it is not known."""
    release: str = ""
    manifest: str = ""
    address: str = ""
    """Where people open the course."""
    catalogue: str = ""
    """Address of its catalogue entry."""
    objects: int = 0
    """In the release."""
    sent_objects: int = 0
    sent_size: int = 0
    kinds: tuple[Kind, ...] = ()
    """What the target lacked."""
    requests: dict[str, int] = {}
    """By kind, of this course alone."""
    seconds: float = 0
    error: Failure | None = None


class Publish(Protocol):
    """`publish_course` with everything set but these."""

    def __call__(
        self, built: Path, target: Target, on_event: Callable[[PublishEvent], None]
    ) -> PublishResult:
        """Publishes one course."""
        ...


class Run(msgspec.Struct, frozen=True):
    """How a run over many courses goes on. `at_once`: courses at the same time; each of them sends over many threads."""

    at_once: int = 1
    fail_fast: bool = False
    dry_run: bool = False


class Outcome(msgspec.Struct):
    """What became of all courses, in the order given. `bug`: the first exception that nobody foresaw."""

    courses: list[Published]
    results: list[PublishResult | None]
    interrupted: bool = False
    bug: Exception | None = None

    def exit_code(self) -> Exit:
        """The worst of all courses' (see `WORST`); interrupted, whatever else happened."""
        if self.interrupted:
            return Exit.INTERRUPTED
        codes = [Exit.FINDINGS for c in self.courses if c.state == "skipped"]
        codes += [Exit(c.error.exit) for c in self.courses if c.error]
        return min((Exit.OK, *codes), key=WORST.index)


def publish_all(
    courses: Sequence[Built],
    open_target: Callable[[], Target],
    publish: Publish,
    run: Run,
    *,
    cancelled: Callable[[], bool],
    on_event: Callable[[PublishEvent], None] = lambda _: None,
    on_course: Callable[[Published], None] = lambda _: None,
) -> Outcome:
    """Publishes each course that has no errors.

    Each of the `run.at_once` workers opens one target and keeps it, so that connections are used again and requests
    can be told apart by course. `on_event` and `on_course` may be called from any thread. Raises what `open_target` does.
    """
    return _Publishing(courses, open_target, publish, run, cancelled, on_event, on_course).run()


class _Publishing:
    def __init__(
        self,
        courses: Sequence[Built],
        open_target: Callable[[], Target],
        publish: Publish,
        run: Run,
        cancelled: Callable[[], bool],
        on_event: Callable[[PublishEvent], None],
        on_course: Callable[[Published], None],
    ) -> None:
        self._courses = courses
        self._publish = publish
        self._run = run
        self._cancelled = cancelled
        self._on_event = on_event
        self._on_course = on_course
        self._stop = Event()
        self._silent = 0
        wanted = sum(1 for c in courses if not c.errors)
        self._targets: SimpleQueue[Target] = SimpleQueue()
        for _ in range(max(1, min(run.at_once, wanted))):
            self._targets.put(open_target())
        self._outcome = Outcome([_ended("untried", c) for c in courses], [None] * len(courses))

    def run(self) -> Outcome:
        """See `publish_all`."""
        waiting: dict[Future[PublishResult], tuple[int, float, Counter[str]]] = {}
        todo = self._todo()
        workers = self._targets.qsize()
        with ThreadPoolExecutor(workers, thread_name_prefix="course") as pool:
            while True:
                while len(waiting) < workers and (n := next(todo, None)) is not None:
                    counted: Counter[str] = Counter()
                    future = pool.submit(self._one, self._courses[n], counted)
                    waiting[future] = (n, time.monotonic(), counted)
                if not waiting:
                    return self._outcome
                done, _ = wait(waiting, timeout=_POLL_S, return_when=FIRST_COMPLETED)
                if self._cancelled():
                    self._stop.set()
                    self._outcome.interrupted = True
                for future in done:
                    self._settle(future, *waiting.pop(future))

    def _todo(self) -> Iterator[int]:
        for n, course in enumerate(self._courses):
            if self._cancelled():
                self._outcome.interrupted = True
                return
            if self._stop.is_set():
                return
            if course.errors:
                self._keep(n, _ended("skipped", course))
                if self._run.fail_fast:
                    return
            else:
                yield n

    def _one(self, course: Built, counted: Counter[str]) -> PublishResult:
        target = self._targets.get()
        before = Counter(target.requests)
        try:
            return self._publish(course.folder, target, self._watch)
        finally:
            counted.update(target.requests - before)
            self._targets.put(target)

    def _watch(self, event: PublishEvent) -> None:
        self._on_event(event)
        # What was sent stays and is not sent again. Never between the pointer and the catalogue: that is soon over.
        if event.state in ("preparing", "sending") and self._cancelled():
            raise Interrupted

    def _settle(self, future: Future[PublishResult], n: int, begun: float, counted: Counter[str]) -> None:
        course, seconds = self._courses[n], round(time.monotonic() - begun, 3)
        requests = dict(sorted(counted.items()))
        try:
            result = future.result()
        except Interrupted:
            self._outcome.interrupted = True
            self._keep(n, _ended("interrupted", course, requests=requests, seconds=seconds))
        except CoursepackError as e:
            self._failed(e)
            failure = Failure(int(e.exit_code), e.message, e.hint)
            state: PublishState = "conflict" if isinstance(e, ConflictError) else "failed"
            self._keep(n, _ended(state, course, requests=requests, seconds=seconds, error=failure))
        except Exception as e:  # noqa: BLE001 - a bug met on one course must not keep the others back; it is raised at the end
            self._outcome.bug = self._outcome.bug or e
            failure = Failure(int(Exit.BUG), f"a bug of coursepack: {type(e).__name__}", "please report it")
            self._keep(n, _ended("failed", course, requests=requests, seconds=seconds, error=failure))
            if self._run.fail_fast:
                self._stop.set()
        else:
            self._silent = 0
            self._outcome.results[n] = result
            self._keep(n, _published(course, result, requests, seconds))

    def _failed(self, error: CoursepackError) -> None:
        self._silent = self._silent + 1 if isinstance(error, Doubtful) else 0
        away = self._silent >= _SILENT_COURSES or isinstance(error, Unusable)
        if self._run.fail_fast or away or error.exit_code == Exit.ENVIRONMENT:
            self._stop.set()

    def _keep(self, n: int, published: Published) -> None:
        self._outcome.courses[n] = published
        self._on_course(published)


def _ended(
    state: PublishState,
    course: Built,
    *,
    requests: dict[str, int] | None = None,
    seconds: float = 0,
    error: Failure | None = None,
) -> Published:
    return Published(
        state=state,
        course=course.course,
        title=course.title,
        version=course.version,
        requests=requests or {},
        seconds=seconds,
        error=error,
    )


def _published(course: Built, r: PublishResult, requests: dict[str, int], seconds: float) -> Published:
    state: PublishState = "planned" if r.dry_run and not r.unchanged else "published"
    return Published(
        state="unchanged" if r.unchanged else state,
        course=r.course,
        title=course.title,
        version=r.version,
        serial=r.serial,
        release=r.release,
        manifest=r.manifest,
        address=r.address,
        catalogue=r.catalogue,
        objects=r.objects,
        sent_objects=r.sent_objects,
        sent_size=r.sent_size,
        kinds=r.kinds,
        requests=requests,
        seconds=seconds,
    )
