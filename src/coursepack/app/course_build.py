"""One course through the whole flow: sources, course, plan, artefacts, bundles, release."""

import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import msgspec

from coursepack import __version__, plugins
from coursepack.app.build import BuildOptions, Cancelled, CourseResult, Events, report_order
from coursepack.app.features import features
from coursepack.app.inventory import as_sources, take_inventory
from coursepack.app.loading import Loaded, lesson_count, load_course
from coursepack.app.media_report import REPORT_FILE, media_report
from coursepack.app.memory import Memory, load_memory, memory_path
from coursepack.app.release import BundleWriter
from coursepack.app.state import SCHEMA, BundleState, FileState, State, Summary, load_state, save
from coursepack.app.theming import Dress, dress
from coursepack.build.events import CourseEvent, FindingEvent
from coursepack.build.lanes import Lanes, TextPool
from coursepack.build.runner import Outcome, Runner
from coursepack.catalogue.record import check_record
from coursepack.check import apply_levels
from coursepack.check.after_media import NEEDS_MEDIA, check_built, without_captions
from coursepack.check.view import make_view
from coursepack.formats.layout import Format
from coursepack.model.codes import diagnostic
from coursepack.model.course import Course
from coursepack.model.diagnostic import Diagnostic
from coursepack.model.recipe import Recipe
from coursepack.model.step import Plan, SourceInput
from coursepack.plan.course_plan import make_plan
from coursepack.plan.pages import PageSources
from coursepack.settings import Workspace
from coursepack.source.scan import scan
from coursepack.store.local import LocalStore
from coursepack.tools.theme import theme_places

_MANY_FILES = 64
"""From this many Markdown files on, worker processes pay for their start."""


class Engine(msgspec.Struct, frozen=True):
    """What all courses of a run share."""

    store: LocalStore
    recipes: Mapping[str, Recipe]
    formats: Mapping[str, Format]
    lanes: Lanes
    text: TextPool | None
    workspace: Workspace
    options: BuildOptions
    events: Events
    cancelled: Cancelled
    themes: tuple[Path, ...]
    """Where themes lie."""

    @staticmethod
    @contextmanager
    def start(
        courses: Sequence[Path],
        workspace: Workspace,
        options: BuildOptions,
        events: Events,
        cancelled: Cancelled,
    ) -> Iterator["Engine"]:
        """Opens the store and starts the workers; both are closed at the end."""
        themes = theme_places(workspace.root)
        recipes = plugins.recipes(workspace.ffmpeg, themes)
        shutil.rmtree(options.cache / "work", ignore_errors=True)  # left behind by a killed build
        store = LocalStore(options.cache)
        with ExitStack() as stack:
            stack.callback(store.close)
            text = None
            if options.jobs > 1 and any(_is_large(c) for c in courses):
                text = stack.enter_context(TextPool(options.jobs, recipes, options.cache))
            lanes = stack.enter_context(Lanes(options.jobs, recipes, store, cancelled, text))
            yield Engine(
                store, recipes, plugins.formats(), lanes, text, workspace, options, events, cancelled, themes
            )


def _is_large(root: Path) -> bool:
    return any(count >= _MANY_FILES for count, _ in enumerate(root.rglob("*.md")))


class CourseBuild:
    """One run for one course."""

    def __init__(
        self, engine: Engine, root: Path, place: Path, request: str, theme: str, taken: set[str]
    ) -> None:
        self._engine = engine
        self._root = root
        self._place = place
        self._request = request
        self._theme = theme
        self._taken = taken

    def run(self, begun: float) -> CourseResult:
        """Builds, writes the outputs and the state."""
        before = load_state(self._place)
        memory = load_memory(memory_path(self._place), __version__)
        files, found = scan(self._root)
        inventory = take_inventory(self._root, files, before.files if before else {})
        sources = as_sources(inventory)
        loaded = load_course(
            self._root,
            sources,
            memory.readings,
            self._engine.store,
            self._engine.text,
            self._engine.workspace,
        )
        course = loaded.course
        dressed = dress(course, self._engine.themes)
        findings = [
            *found,
            *loaded.findings,
            *check_record(course),
            *self._unknown(course),
            *dressed.findings,
        ]
        if course.info.id in self._taken:
            findings.append(diagnostic("CP602", "course.yaml", id=course.info.id))
            return self._give_up(course, findings, begun)
        # Told again below, when it is known what captions the videos have inside.
        findings = [d for d in findings if d.code not in NEEDS_MEDIA]
        self._tell(course, findings)
        plan, outcome = self._make(loaded, memory, dressed)
        waiting = list(without_captions(make_view(course, loaded.outlines, sources), outcome.artefacts))
        self._tell(course, waiting)
        findings += [*waiting, *outcome.findings, *self._after(course, plan, outcome)]
        return self._finish(loaded, plan, outcome, findings, inventory, before, begun)

    def _tell(self, course: Course, findings: Sequence[Diagnostic]) -> None:
        for d in apply_levels(findings, course.info.checks):
            self._engine.events(FindingEvent(d))

    def _unknown(self, course: Course) -> Iterator[Diagnostic]:
        known = ", ".join(sorted(self._engine.formats))
        for name in course.info.bundles:
            if name not in self._engine.formats:
                yield diagnostic("CP604", "course.yaml", format=name, known=known)

    def _give_up(self, course: Course, findings: Sequence[Diagnostic], begun: float) -> CourseResult:
        info = course.info
        summary = Summary(info.id, info.title, info.version, info.languages, 0, 0, ())
        found = report_order(apply_levels(findings, info.checks), info.id)
        for d in found:
            self._engine.events(FindingEvent(d))
        folder = self._engine.options.output / info.id
        return CourseResult(summary, folder, found, 0, 0, False, time.monotonic() - begun)

    def _make(self, loaded: Loaded, memory: Memory, dressed: Dress) -> tuple[Plan, Outcome]:
        engine = self._engine
        loaded = with_theme(loaded, dressed.theme.name)
        sources = PageSources(
            loaded.outlines,
            loaded.transcripts,
            dressed.static,
            dressed.digest,
            loaded.course.info.look,
            dressed.brands,
        )
        wanted = self._formats(loaded.course)
        variants = sorted({f.variant for f in wanted}, reverse=True)
        plan = make_plan(loaded.course, sources, variants)
        lessons = lesson_count(loaded.course)
        engine.events(CourseEvent(loaded.course.info.id, "planned", len(plan.steps), lessons))
        runner = Runner(
            plan,
            recipes=engine.recipes,
            store=engine.store,
            lanes=engine.lanes,
            locate=self._locate,
            work=engine.options.cache / "work",
            events=engine.events,
            cancelled=engine.cancelled,
            before=memory.traces,
            explain=engine.options.explain,
            fail_fast=engine.options.fail_fast,
        )
        return plan, runner.run()

    def _after(self, course: Course, plan: Plan, outcome: Outcome) -> Iterator[Diagnostic]:
        cues = {
            i.path: s.id
            for s in plan.steps
            if s.kind == "captions"
            for i in s.inputs
            if isinstance(i, SourceInput)
        }
        for found in check_built(course, outcome.artefacts, cues):
            self._engine.events(FindingEvent(found))
            yield found

    def _locate(self, source: SourceInput) -> Path:
        return (self._root / source.path).absolute()

    def _formats(self, course: Course) -> list[Format]:
        names = self._engine.options.only or course.info.bundles
        return [self._engine.formats[n] for n in names if n in self._engine.formats]

    def _finish(
        self,
        loaded: Loaded,
        plan: Plan,
        outcome: Outcome,
        findings: list[Diagnostic],
        inventory: Mapping[str, FileState],
        before: State | None,
        begun: float,
    ) -> CourseResult:
        info = loaded.course.info
        options = self._engine.options
        folder = options.output / info.id
        writer = BundleWriter(folder, self._engine.store, before.outputs if before else {})
        complete = len(outcome.artefacts) == len(plan.steps)
        media: tuple[dict[str, Any], ...] = ()
        if complete:
            tools = {kind: r.fingerprint() for kind, r in self._engine.recipes.items() if r.fingerprint()}
            for f in self._formats(loaded.course):
                writer.write(f, plan, outcome.artefacts, loaded.course)
            findings += writer.findings
            media = self._write_media_report(writer, loaded.course, plan, outcome)
            writer.finish(loaded.course, features(loaded, plan, outcome.artefacts), tools)
        found = report_order(apply_levels(findings, info.checks), info.id)
        bundles = tuple(BundleState(b.format, b.path, b.size, len(b.entries)) for b in writer.bundles)
        languages = tuple(e.language for e in loaded.course.editions)
        lessons = lesson_count(loaded.course)
        summary = Summary(
            info.id, info.title, info.version, languages, lessons, len(plan.steps), bundles, media
        )
        if complete:
            memory = Memory(__version__, loaded.readings, outcome.traces)
            save(memory_path(self._place), memory)
            # A step that failed for a passing reason is tried again: then the next build must not stop early.
            request = self._request if not any(d.code in ("CP690", "CP691") for d in found) else ""
            state = State(SCHEMA, request, self._theme, dict(inventory), writer.outputs, found, summary)
            save(self._place, state)
        ran, cached = len(outcome.ran), len(outcome.cached)
        return CourseResult(summary, folder, found, ran, cached, False, time.monotonic() - begun)

    def _write_media_report(
        self, writer: BundleWriter, course: Course, plan: Plan, outcome: Outcome
    ) -> tuple[dict[str, Any], ...]:
        report = media_report(course, plan, outcome.artefacts, self._engine.store.read)
        if report.rows:
            writer.write_page(REPORT_FILE, report.made_of, report.page)
        return report.rows


def with_theme(loaded: Loaded, name: str) -> Loaded:
    """The same course with another theme."""
    info = msgspec.structs.replace(loaded.course.info, theme=name)
    return msgspec.structs.replace(loaded, course=msgspec.structs.replace(loaded.course, info=info))
