"""`coursepack releases prune`."""

import click
import msgspec

from coursepack.cli.options import report_options
from coursepack.cli.releases.shared import mb, result
from coursepack.cli.report.safe import plain
from coursepack.cli.target_options import opened, target_options
from coursepack.errors import CoursepackError, Exit


@click.command(
    "prune",
    epilog="""\b
Examples:
  coursepack releases prune s3://bucket/courses --dry-run
  coursepack releases prune s3://bucket/courses pay-safely --keep 2""",
)
@click.argument("target")
@click.argument("courses", nargs=-1, metavar="[COURSE]...")
@target_options
@click.option(
    "--keep",
    type=click.IntRange(1),
    default=5,
    show_default=True,
    help="Releases to keep before the current one.",
)
@click.option(
    "--grace",
    "hours",
    type=click.FloatRange(1),
    default=24.0,
    show_default=True,
    metavar="HOURS",
    help="Nothing younger is deleted. At least as long as a learner keeps a page open; the same for all who prune.",
)
@click.option("--dry-run", is_flag=True, help="Say what would be deleted; delete nothing.")
@report_options("text", "json")
def command(
    target: str,
    courses: tuple[str, ...],
    endpoint_url: str | None,
    keep: int,
    hours: float,
    dry_run: bool,
    form: str,
    quiet: bool,
) -> int:
    """Delete what no kept release needs. Others may publish meanwhile; learners keep what they have open.

    Without COURSE, all courses of the target. A course that fails does not stop the others.
    """
    from coursepack.publish.history import courses as all_courses
    from coursepack.publish.prune import prune_course
    from coursepack.publish.reuse import AgeRules

    there = opened(target, endpoint_url=endpoint_url)
    there.prove()
    rules = AgeRules(grace_s=hours * 3600)
    done, worst = [], Exit.OK
    for course in courses or tuple(all_courses(there)):
        try:
            p = prune_course(there, course, keep=keep, rules=rules, dry_run=dry_run)
        except CoursepackError as e:
            worst = max(worst, e.exit_code)
            click.echo(f"coursepack: {plain(e.message)}", err=True)
            click.echo(f"  → {plain(e.hint)}", err=True)
            done.append({"course": course, "error": {"exit": int(e.exit_code), "message": e.message}})
            continue
        done.append(msgspec.to_builtins(p))
        if form == "text" and not quiet:
            verb = "would delete" if dry_run else "deleted"
            click.echo(
                plain(
                    f"{course}: {verb} {p.objects} objects, {mb(p.size)}, and {p.manifests} manifests; "
                    f"{p.kept_releases} releases kept, {p.young} objects too young"
                )
            )
    if form == "json":
        result(ok=worst == Exit.OK, dry_run=dry_run, courses=done)
    return worst
