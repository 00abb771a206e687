"""`coursepack publish`."""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from coursepack.app.build import BuildOptions, build_all
from coursepack.app.discover import find_courses
from coursepack.app.publish import PublishEvent, PublishResult, publish_course
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
from coursepack.cli.report import as_json, reporter
from coursepack.cli.target_options import opened, target_options
from coursepack.errors import Exit


@click.command(
    "publish",
    epilog="""\b
Examples:
  coursepack publish my-course --to /srv/www
  coursepack publish --to s3://bucket/courses --dry-run
  coursepack publish --to s3://bucket --endpoint-url http://127.0.0.1:9000""",
)
@paths_argument
@click.option("--to", "target", required=True, metavar="DIR|s3://BUCKET/PREFIX", help="Where to publish.")
@target_options
@click.option("--dry-run", is_flag=True, help="Say what would be sent; send nothing.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Build folder.  [default: build]")
@click.option("--jobs", type=click.IntRange(1), help="Build steps at once.  [default: all cores]")
@report_options("text", "json")
def command(
    paths: tuple[Path, ...],
    target: str,
    endpoint_url: str | None,
    single_writer: bool,
    dry_run: bool,
    output: Path | None,
    jobs: int | None,
    form: str,
    quiet: bool,
) -> int:
    """Put built courses into a folder or object storage.

    Courses are built first where they changed. A course with errors is not published. Credentials come from the
    environment or the AWS configuration files.
    """
    ws = workspace()
    folder = output or Path(ws.root) / ws.output
    options = BuildOptions(output=folder, cache=cache_folder(ws), jobs=jobs or ws.jobs or cores())
    courses = find_courses(paths, Path(ws.root) / ws.sources)
    tell = reporter(form, quiet=True, language=language())
    opened_target = opened(target, endpoint_url=endpoint_url, single_writer=single_writer)
    with stop_on_signals() as cancelled:
        results = build_all(courses, ws, options, tell.event, cancelled)
    report = make_report("publish", courses, results, strict=False)
    write_report(folder, report)
    show = _Show(form, quiet=quiet)
    for course, result in zip(report.courses, results, strict=True):
        if any(d.severity == "error" for d in result.diagnostics):
            course["published"] = None
            show.skipped(result.summary.course)
            continue
        published = publish_course(
            result.folder, target, target=opened_target, dry_run=dry_run, now=_now(), on_event=show.event
        )
        course["published"] = _builtins(published)
        report.diagnostics.extend(as_json(d, language()) for d in published.findings)
        show.result(published)
    tell.finish(report)
    return Exit.OK if report.ok else Exit.FINDINGS


def _now() -> datetime:
    fixed = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(fixed), UTC) if fixed else datetime.now(UTC)


def _builtins(result: PublishResult) -> dict[str, Any]:
    import msgspec

    found: dict[str, Any] = msgspec.to_builtins(result)
    del found["findings"]
    return found


class _Show:
    """What a publish says on the way."""

    def __init__(self, form: str, *, quiet: bool) -> None:
        self._form = form
        self._text = form == "text" and not quiet

    def event(self, event: PublishEvent) -> None:
        if self._form == "json":
            import msgspec

            click.echo(msgspec.json.encode(event).decode())

    def skipped(self, course: str) -> None:
        if self._text:
            click.echo(f"{course}: not published, it has errors")

    def result(self, r: PublishResult) -> None:
        if not self._text:
            return
        if r.unchanged:
            click.echo(f"{r.course} {r.version}: already there, nothing sent  {_requests(r)}")
        elif r.dry_run:
            kinds = ", ".join(f"{k.objects} {k.kind} ({_mb(k.size)})" for k in r.kinds)
            click.echo(f"{r.course} {r.version}: would send {kinds or 'nothing'}")
        else:
            click.echo(
                f"{r.course} {r.version}: sent {r.sent_objects} of {r.objects} objects, {_mb(r.sent_size)}  {_requests(r)}"
            )
        click.echo(f"  {r.address}")


def _requests(r: PublishResult) -> str:
    return f"[{sum(r.requests.values())} requests]"


def _mb(size: int) -> str:
    return f"{size / 1e6:.1f} MB"
