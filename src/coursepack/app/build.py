"""The use case `build`: courses to bundles."""

import fcntl
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import msgspec

from coursepack import __version__
from coursepack.app.inventory import same_bytes, take_inventory
from coursepack.app.state import State, Summary, load_state, save, state_path
from coursepack.build.events import CourseEvent, Event, FindingEvent, NoteEvent
from coursepack.errors import Interrupted, UsageError
from coursepack.model.diagnostic import Diagnostic, sort_key
from coursepack.model.digest import digest_json
from coursepack.settings import Workspace
from coursepack.source.scan import scan


class BuildOptions(msgspec.Struct, frozen=True):
    """What the command line asks for."""

    output: Path
    cache: Path
    only: tuple[str, ...] = ()
    """Formats; empty: what each course wants."""
    jobs: int = 1
    explain: bool = False
    fail_fast: bool = False


class CourseResult(msgspec.Struct, frozen=True):
    """How one course came out."""

    summary: Summary
    folder: Path
    diagnostics: tuple[Diagnostic, ...]
    ran: int
    cached: int
    unchanged: bool
    seconds: float


Events = Callable[[Event], None]
Cancelled = Callable[[], bool]


def build_all(
    courses: Sequence[Path],
    workspace: Workspace,
    options: BuildOptions,
    events: Events,
    cancelled: Cancelled,
) -> list[CourseResult]:
    """Builds each course. Findings about a course are in its result; raises `CoursepackError` for the rest."""
    request = _request(workspace, options)
    theme = theme_stamp(workspace)
    results: list[CourseResult] = []
    with ExitStack() as stack:
        stack.enter_context(locked(options.cache, events))
        engine = None
        for root in courses:
            if cancelled():
                raise Interrupted
            begun = time.monotonic()
            place = state_path(options.cache, root, options.output)
            result = _if_unchanged(root, place, request, theme, options, begun)
            if result is None:
                # Only now is anything heavy imported.
                from coursepack.app.course_build import CourseBuild, Engine

                if engine is None:
                    engine = stack.enter_context(Engine.start(courses, workspace, options, events, cancelled))
                taken = {r.summary.course for r in results}
                result = CourseBuild(engine, root, place, request, theme, taken).run(begun)
            else:
                for d in result.diagnostics:
                    events(FindingEvent(d))
            results.append(result)
            events(CourseEvent(result.summary.course, "done", result.summary.steps, result.summary.lessons))
    return results


def _request(workspace: Workspace, options: BuildOptions) -> str:
    # A package that was installed, upgraded or edited may give other bytes: then look at every key again.
    packages = [Path(p).stat().st_mtime_ns for p in sys.path if p.endswith("-packages") and Path(p).is_dir()]
    own = max(p.stat().st_mtime_ns for p in Path(__file__).parents[1].rglob("*.py"))
    return digest_json(
        [
            __version__,
            workspace.ffmpeg,
            workspace.provider,
            workspace.site_url,
            sorted(options.only),
            packages,
            own,
        ]
    )


def theme_stamp(workspace: Workspace) -> str:
    """Changes whenever a file of the themes does."""
    from coursepack.tools.theme import places_stat, theme_places

    return places_stat(theme_places(workspace.root))


@contextmanager
def locked(cache: Path, events: Events) -> Iterator[None]:
    """Lets one build at a time use a cache; the operating system drops the lock of a killed one."""
    try:
        cache.mkdir(parents=True, exist_ok=True)
        file = (cache / "lock").open("w")
    except OSError as e:
        raise UsageError(
            f"cannot use the cache folder {cache}: {e.strerror}", "set another one with COURSEPACK_CACHE"
        ) from e
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            events(NoteEvent("another build is using this cache; waiting for it"))
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _if_unchanged(
    root: Path, place: Path, request: str, theme: str, options: BuildOptions, begun: float
) -> CourseResult | None:
    """The last result again, if nothing that it was made from changed, and what it made is still there."""
    state = load_state(place)
    if state is None or state.request != request or state.theme != theme:
        return None
    files, _ = scan(root)
    now = take_inventory(root, files, state.files)
    if not same_bytes(now, state.files) or not outputs_stand(options.output / state.summary.course, state):
        return None
    if now != state.files:
        save(place, msgspec.structs.replace(state, files=now))
    return CourseResult(
        state.summary,
        options.output / state.summary.course,
        state.diagnostics,
        0,
        state.summary.steps,
        True,
        time.monotonic() - begun,
    )


def outputs_stand(folder: Path, state: State) -> bool:
    """Whether every output file is as the last build left it."""
    for path, known in state.outputs.items():
        try:
            now = (folder / path).stat()
        except OSError:
            return False
        if (now.st_size, now.st_mtime_ns) != (known.size, known.mtime_ns):
            return False
    return True


def report_order(found: Sequence[Diagnostic], course: str) -> tuple[Diagnostic, ...]:
    """The findings of one course, without repetition, in the order of the files."""
    named = {sort_key(d): d for d in (msgspec.structs.replace(d, course=course) for d in found)}
    return tuple(named[k] for k in sorted(named))
