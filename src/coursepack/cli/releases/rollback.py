"""`coursepack releases rollback`."""

import sys

import click

from coursepack.cli.options import report_options
from coursepack.cli.releases.shared import now, result, when
from coursepack.cli.report.safe import plain
from coursepack.cli.target_options import opened, target_options
from coursepack.errors import Exit


@click.command(
    "rollback",
    epilog="""\b
Examples:
  coursepack releases rollback s3://bucket/courses pay-safely
  coursepack releases rollback /srv/www/courses pay-safely 12 --dry-run""",
)
@click.argument("target")
@click.argument("course")
@click.argument("release", default="previous")
@target_options
@click.option("--dry-run", is_flag=True, help="Say what would be done; change nothing.")
@click.option("--yes", "-y", is_flag=True, help="Do not ask.")
@report_options("text", "json")
def command(
    target: str,
    course: str,
    release: str,
    endpoint_url: str | None,
    dry_run: bool,
    yes: bool,
    form: str,
    quiet: bool,
) -> int:
    """Make an older release current again, by a new commit. Nothing is deleted.

    RELEASE is a number of `releases list`, a version, six or more digits of the manifest, or `previous`.
    """
    from coursepack.app.releases import rollback

    there = opened(target, endpoint_url=endpoint_url)
    if not (yes or dry_run) and sys.stdin.isatty() and form == "text":
        plan = rollback(there, course, release, now=now(), dry_run=True)
        if plan.to.manifest != plan.before.manifest:
            click.confirm(
                plain(f"{course}: from version {plan.before.version} back to {plan.to.version}?"), abort=True
            )
    r = rollback(there, course, release, now=now(), dry_run=dry_run)
    if form == "json":
        result(ok=True, rollback=r)
    elif not quiet:
        if r.to.manifest == r.before.manifest:
            said = f"{course}: that release is the current one already"
        else:
            said = (
                f"{course}: {'would go' if r.dry_run else 'went'} from version {r.before.version} back to {r.to.version} "
                f"of {when(r.to.time)}, as release {r.serial}"
            )
        click.echo(plain(said))
        click.echo(plain(f"  {r.address}"))
    return Exit.OK
