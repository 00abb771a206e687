"""The use case `check`: every mistake that can be found without encoding anything."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from coursepack import __version__
from coursepack.app.build import CourseResult, locked, report_order
from coursepack.app.inventory import as_sources, take_inventory
from coursepack.app.loading import Loaded, lesson_count, load_course
from coursepack.app.memory import Memory, load_memory, memory_path
from coursepack.app.state import Summary, load_state, save, state_path
from coursepack.build.events import Event, FindingEvent
from coursepack.build.lanes import Lanes
from coursepack.build.runner import Runner
from coursepack.catalogue.record import check_record
from coursepack.check import apply_levels
from coursepack.errors import Interrupted
from coursepack.model.diagnostic import Diagnostic
from coursepack.model.step import Plan, SourceInput
from coursepack.plan.assets import asset_steps
from coursepack.settings import Workspace
from coursepack.source.scan import scan
from coursepack.store.local import LocalStore


class CheckOptions(msgspec.Struct, frozen=True):
    """Where the results of reading are kept; shared with `build`."""

    output: Path
    cache: Path
    jobs: int = 1


def check_all(
    courses: Sequence[Path],
    workspace: Workspace,
    options: CheckOptions,
    events: Callable[[Event], None],
    cancelled: Callable[[], bool],
) -> list[CourseResult]:
    """Checks each course: its text, its links, its caption files. Builds nothing that is heavy."""
    results = []
    with locked(options.cache, events):
        store = LocalStore(options.cache)
        try:
            for root in courses:
                if cancelled():
                    raise Interrupted
                results.append(_check(root, workspace, options, events, cancelled, store))
        finally:
            store.close()
    return results


def _check(
    root: Path,
    workspace: Workspace,
    options: CheckOptions,
    events: Callable[[Event], None],
    cancelled: Callable[[], bool],
    store: LocalStore,
) -> CourseResult:
    begun = time.monotonic()
    place = state_path(options.cache, root, options.output)
    memory = load_memory(memory_path(place), __version__)
    state = load_state(place)
    files, found = scan(root)
    sources = as_sources(take_inventory(root, files, state.files if state else {}))
    loaded = load_course(root, sources, memory.readings, store, None, workspace)
    save(memory_path(place), Memory(__version__, loaded.readings, memory.traces))
    findings = [*found, *loaded.findings, *check_record(loaded.course)]
    findings += _captions(root, loaded, options, store, cancelled)
    info = loaded.course.info
    report = report_order(apply_levels(findings, info.checks), info.id)
    for d in report:
        events(FindingEvent(d))
    lessons = lesson_count(loaded.course)
    languages = tuple(e.language for e in loaded.course.editions)
    summary = Summary(info.id, info.title, info.version, languages, lessons, 0, ())
    return CourseResult(summary, root, report, 0, 0, False, time.monotonic() - begun)


def _captions(
    root: Path,
    loaded: Loaded,
    options: CheckOptions,
    store: LocalStore,
    cancelled: Callable[[], bool],
) -> list[Diagnostic]:
    from coursepack.recipes.captions import CaptionsRecipe

    recipes = {CaptionsRecipe.kind: CaptionsRecipe()}
    steps = tuple(s for s in asset_steps(loaded.course) if s.kind in recipes)

    def locate(source: SourceInput) -> Path:
        return (root / source.path).absolute()

    with Lanes(options.jobs, recipes, store, cancelled, None) as lanes:
        runner = Runner(
            Plan(steps),
            recipes=recipes,
            store=store,
            lanes=lanes,
            locate=locate,
            work=options.cache / "work",
            events=lambda _: None,
            cancelled=cancelled,
            before={},
        )
        return runner.run().findings
