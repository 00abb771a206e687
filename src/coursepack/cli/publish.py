"""`coursepack publish`."""

import os
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from coursepack.app.build import BuildOptions, CourseResult, build_all
from coursepack.app.discover import find_courses
from coursepack.app.publish import PublishEvent, PublishResult, publish_course
from coursepack.app.publish_all import Built, Outcome, Publish, Published, Run, publish_all
from coursepack.app.published_builds import find_builds
from coursepack.cli.build import make_report, write_report
from coursepack.cli.options import (
    cache_folder,
    cores,
    language,
    paths_argument,
    report_options,
    stop_on_signals,
    workspace,
)
from coursepack.cli.report import Report, as_json, reporter
from coursepack.cli.report.published import Show, summary_file
from coursepack.cli.target_options import opened, target_options
from coursepack.settings import Workspace

if TYPE_CHECKING:
    from coursepack.publish.target import Target

_AT_ONCE = 4


@click.command(
    "publish",
    epilog="""\b
Examples:
  coursepack publish my-course --to /srv/www
  coursepack publish --to s3://bucket/courses --dry-run
  coursepack publish --to s3://bucket --endpoint-url http://127.0.0.1:9000
  coursepack publish --no-build build --to s3://bucket/courses --fail-fast""",
)
@paths_argument
@click.option("--to", "target", required=True, metavar="DIR|s3://BUCKET/PREFIX", help="Where to publish.")
@target_options
@click.option("--dry-run", is_flag=True, help="Say what would be sent; send nothing.")
@click.option(
    "--no-build", is_flag=True, help="PATH is a built course, or a folder of them; publish as it is."
)
@click.option("--keep-going/--fail-fast", default=True, help="Go on after a course that fails, or stop.")
@click.option(
    "--courses-at-once",
    type=click.IntRange(1, 64),
    default=_AT_ONCE,
    show_default=True,
    help="Courses published at the same time.",
)
@click.option(
    "--summary",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Add the table of all courses to this Markdown file.  [default: $GITHUB_STEP_SUMMARY]",
)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Build folder.  [default: build]")
@click.option("--jobs", type=click.IntRange(1), help="Build steps at once.  [default: all cores]")
@report_options("text", "json")
def command(
    paths: tuple[Path, ...],
    target: str,
    endpoint_url: str | None,
    dry_run: bool,
    no_build: bool,
    keep_going: bool,
    courses_at_once: int,
    summary: Path | None,
    output: Path | None,
    jobs: int | None,
    form: str,
    quiet: bool,
) -> int:
    """Put built courses into a folder or object storage.

    Courses are built first where they changed. A course with errors is not published, and one that fails stops no
    other; the exit code is the worst of all: 70, then 4, 5, 3, 1, 0. Credentials come from the environment or the AWS
    configuration files.
    """
    ws = workspace()
    folder = output or Path(ws.root) / ws.output
    options = BuildOptions(output=folder, cache=cache_folder(ws), jobs=jobs or ws.jobs or cores())
    show = Show(form, quiet=quiet, language=language())

    def open_target() -> "Target":
        return opened(target, endpoint_url=endpoint_url)

    first = [open_target()]  # wrong credentials are told before anything is built
    run = Run(at_once=courses_at_once, fail_fast=not keep_going, dry_run=dry_run)
    with stop_on_signals() as cancelled:
        if no_build:
            built = find_builds(paths or (folder,))
            report = _report_of(built)
        else:
            report, built = _build(paths, ws, options, cancelled)
            write_report(folder, report)
        outcome = publish_all(
            built,
            lambda: first.pop() if first else open_target(),
            _publisher(target, dry_run=dry_run),
            run,
            cancelled=cancelled,
            on_event=show.event,
            on_course=show.course,
        )
    report = _with_published(report, outcome)
    if folder.is_dir():
        write_report(folder, report)
    summary_file(outcome.courses, summary, language())
    show.table(outcome.courses)
    reporter(form, quiet=True, language=language()).finish(report)
    if outcome.bug:
        raise outcome.bug
    return outcome.exit_code()


def _publisher(target_url: str, *, dry_run: bool) -> Publish:
    """What all courses of a run share: settings of the publishing itself are handed to `publish_course` here."""

    def publish(built: Path, target: "Target", on_event: Callable[[PublishEvent], None]) -> PublishResult:
        return publish_course(
            built, target_url, target=target, dry_run=dry_run, now=_now(), on_event=on_event
        )

    return publish


def _build(
    paths: tuple[Path, ...], ws: Workspace, options: BuildOptions, cancelled: Callable[[], bool]
) -> tuple[Report, tuple[Built, ...]]:
    courses = find_courses(paths, Path(ws.root) / ws.sources)
    # Findings are told once, with the report; here only notes are ("another build is using this cache").
    tell = reporter("text", quiet=True, language=language())
    results = build_all(courses, ws, options, tell.event, cancelled)
    return make_report("publish", courses, results, strict=False), tuple(_built(r) for r in results)


def _built(r: CourseResult) -> Built:
    errors = sum(d.severity == "error" for d in r.diagnostics)
    return Built(r.summary.course, r.summary.title, r.summary.version, r.folder, errors)


def _report_of(built: Sequence[Built]) -> Report:
    courses = [
        {"course": b.course, "title": b.title, "version": b.version, "folder": "", "output": str(b.folder)}
        | {"languages": [], "lessons": 0, "bundles": [], "unchanged": True, "seconds": 0.0}
        for b in built
    ]
    return Report(
        ok=True, command="publish", diagnostics=[], counts={}, steps={"run": 0, "cached": 0}, courses=courses
    )


def _with_published(report: Report, outcome: Outcome) -> Report:
    import msgspec

    for course, published in zip(report.courses, outcome.courses, strict=True):
        course["published"] = as_published(published)
    found = [d for r in outcome.results if r for d in r.findings]
    diagnostics = [*report.diagnostics, *(as_json(d, language()) for d in found)]
    counts = dict(report.counts)
    for d in found:
        counts[d.code] = counts.get(d.code, 0) + 1
    ok = report.ok and int(outcome.exit_code()) == 0
    return msgspec.structs.replace(
        report, ok=ok, diagnostics=diagnostics, counts=dict(sorted(counts.items()))
    )


def as_published(published: Published) -> dict[str, Any]:
    """`published` of a course in `report.json`, as `docs/reference/published.schema.json` describes it."""
    import msgspec

    found: dict[str, Any] = msgspec.to_builtins(published)
    return found


def _now() -> datetime:
    fixed = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(fixed), UTC) if fixed else datetime.now(UTC)
