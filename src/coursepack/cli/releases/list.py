"""`coursepack releases list`."""

import click

from coursepack.cli.options import report_options
from coursepack.cli.releases.shared import mb, result, when
from coursepack.cli.report.safe import plain
from coursepack.cli.target_options import opened, target_options
from coursepack.errors import Exit


@click.command(
    "list",
    epilog="""\b
Examples:
  coursepack releases list s3://bucket/courses
  coursepack releases list /srv/www/courses pay-safely""",
)
@click.argument("target")
@click.argument("courses", nargs=-1, metavar="[COURSE]...")
@target_options
@report_options("text", "json")
def command(
    target: str,
    courses: tuple[str, ...],
    endpoint_url: str | None,
    form: str,
    quiet: bool,
) -> int:
    """List the releases of courses, newest first; the current one is marked.

    A home page remembers the eight commits before the current one.
    """
    from coursepack.publish import history

    there = opened(target, endpoint_url=endpoint_url)
    found = [
        facts
        for course in courses or tuple(history.courses(there))
        for facts in history.releases(there, course)
    ]
    if form == "json":
        result(ok=True, releases=found)
        return Exit.OK
    last = ""
    for f in found:
        if f.course != last:
            click.echo(plain(f"{f.course}  {f.title}".rstrip()))
            last = f.course
        mark = "*" if f.current else " "
        what = f"{f.pages} pages  {f.objects} objects  {mb(f.size)}" if f.whole else "pruned"
        click.echo(plain(f"{mark} {f.serial:>4}  {when(f.time)}  {f.version:<8}  {f.manifest[:10]}  {what}"))
    if not found and not quiet:
        click.echo("nothing is published there")
    return Exit.OK
