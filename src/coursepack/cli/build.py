"""`coursepack build`."""

from pathlib import Path

import click

from coursepack.app.build import BuildOptions, CourseResult, build_all
from coursepack.app.discover import find_courses
from coursepack.build.pack import MARKER, finish_file
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
from coursepack.errors import Exit
from coursepack.model.diagnostic import count_by_code


@click.command(
    "build",
    epilog="""\b
Examples:
  coursepack build                        every course of the workspace
  coursepack build my-course -o out --only web
  coursepack build --format json | tail -1""",
)
@paths_argument
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Output folder.  [default: build]")
@click.option("--only", metavar="FORMAT,...", default="", help="Only these bundles: web, mobile.")
@click.option("--jobs", type=click.IntRange(1), help="Steps at once.  [default: all cores]")
@click.option("--explain", is_flag=True, help="Say why each step runs.")
@click.option("--keep-going/--fail-fast", default=True, help="Go on after an error, or stop at the first.")
@click.option("--strict", is_flag=True, help="Warnings fail the build, too.")
@report_options("text", "json", "sarif", "github")
def command(
    paths: tuple[Path, ...],
    output: Path | None,
    only: str,
    jobs: int | None,
    explain: bool,
    keep_going: bool,
    strict: bool,
    form: str,
    quiet: bool,
) -> int:
    """Build courses into web sites and mobile bundles.

    PATH is a course folder or a folder of courses; without one, the courses of the workspace are built. A second
    build runs only what changed.
    """
    ws = workspace()
    names = tuple(n.strip() for n in only.split(",") if n.strip())
    _known(names)
    folder = output or Path(ws.root) / ws.output
    options = BuildOptions(
        output=folder,
        cache=cache_folder(ws),
        only=names,
        jobs=jobs or ws.jobs or cores(),
        explain=explain,
        fail_fast=not keep_going,
    )
    courses = find_courses(paths, Path(ws.root) / ws.sources)
    tell = reporter(form, quiet=quiet, language=language())
    with stop_on_signals() as cancelled:
        results = build_all(courses, ws, options, tell.event, cancelled)
    report = make_report("build", courses, results, strict=strict)
    folder.mkdir(parents=True, exist_ok=True)
    finish_file(folder / MARKER, b"[]")
    write_report(folder, report)
    tell.finish(report)
    return Exit.OK if report.ok else Exit.FINDINGS


def _known(names: tuple[str, ...]) -> None:
    if not names:
        return
    from coursepack.plugins import FORMATS, formats

    known = FORMATS if set(names) <= FORMATS.keys() else formats()
    for n in names:
        if n not in known:
            raise click.BadParameter(f"there is no bundle format {n!r}; there are {', '.join(known)}")


def make_report(name: str, courses: tuple[Path, ...], results: list[CourseResult], *, strict: bool) -> Report:
    """The result object (contract)."""
    found = [d for r in results for d in r.diagnostics]
    bad = ("error", "warning") if strict else ("error",)
    spoken = language()
    return Report(
        ok=not any(d.severity in bad for d in found),
        command=name,
        diagnostics=[as_json(d, spoken) for d in found],
        counts=count_by_code(found),
        steps={"run": sum(r.ran for r in results), "cached": sum(r.cached for r in results)},
        courses=[_course(p, r) for p, r in zip(courses, results, strict=True)],
    )


def _course(path: Path, r: CourseResult) -> dict[str, object]:
    return {
        "course": r.summary.course,
        "title": r.summary.title,
        "version": r.summary.version,
        "languages": list(r.summary.languages),
        "lessons": r.summary.lessons,
        "folder": str(path),
        "output": str(r.folder),
        "unchanged": r.unchanged,
        "seconds": round(r.seconds, 3),
        "steps": {"run": r.ran, "cached": r.cached},
        "bundles": [
            {
                "format": b.format,
                "path": str(r.folder / b.path),
                "open": str(r.folder / b.path / "index.html" if b.format == "web" else r.folder / b.path),
                "size": b.size,
                "entries": b.entries,
            }
            for b in r.summary.bundles
        ],
        "media": list(r.summary.media),
        "media_report": str(r.folder / "media.html") if r.summary.media else "",
    }


def write_report(folder: Path, report: Report) -> None:
    """`report.json`: the same object that `--format json` prints last."""
    import msgspec

    data = msgspec.json.encode({"event": "result", **msgspec.to_builtins(report)})
    finish_file(folder / "report.json", msgspec.json.format(data, indent=1) + b"\n")
