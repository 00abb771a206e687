"""`coursepack releases abort`."""

import click

from coursepack.cli.options import report_options
from coursepack.cli.releases.shared import result
from coursepack.cli.report.safe import plain
from coursepack.cli.target_options import opened, target_options
from coursepack.errors import Exit


@click.command(
    "abort",
    epilog="""\b
Examples:
  coursepack releases abort s3://bucket/courses --dry-run
  coursepack releases abort s3://bucket/courses pay-safely --older-than 48""",
)
@click.argument("target")
@click.argument("course", default="")
@target_options
@click.option(
    "--older-than",
    "hours",
    type=click.FloatRange(0),
    default=24.0,
    show_default=True,
    metavar="HOURS",
    help="Leave younger ones alone: a publish may be under way.",
)
@click.option("--dry-run", is_flag=True, help="Say what would be thrown away; change nothing.")
@report_options("text", "json")
def command(
    target: str,
    course: str,
    endpoint_url: str | None,
    hours: float,
    dry_run: bool,
    form: str,
    quiet: bool,
) -> int:
    """Throw away uploads that were begun and never finished. No reader sees them, but they take room."""
    from coursepack.app.releases import abort_uploads

    there = opened(target, endpoint_url=endpoint_url)
    found = abort_uploads(there, course, older_than_s=hours * 3600, dry_run=dry_run)
    if form == "json":
        result(ok=True, dry_run=dry_run, uploads=found)
        return Exit.OK
    for u in found:
        done = ("would be thrown away" if dry_run else "thrown away") if u.aborted else "left: it is young"
        click.echo(plain(f"{u.key}  {u.age_s / 3600:.1f} hours old  {done}"))
    if not found and not quiet:
        click.echo("no unfinished uploads")
    return Exit.OK
