"""`coursepack releases`: the group. One module per sub-command, imported when it is called.

A sub-command is a module `coursepack.cli.releases.<name>` with a `command`, and a line in SUBCOMMANDS.
"""

import click

from coursepack.cli.group import LazyGroup

SUBCOMMANDS: dict[str, str] = {
    "list": "List the releases of courses.",
    "rollback": "Make an older release current again.",
    "prune": "Delete what no kept release needs.",
    "abort": "Throw away uploads that were never finished.",
}


@click.group(
    "releases",
    cls=LazyGroup,
    package=__name__,
    table=SUBCOMMANDS,
    prefix="releases ",
    epilog="""\b
Examples:
  coursepack releases list s3://bucket/courses
  coursepack releases rollback /srv/www/courses pay-safely""",
)
def command() -> None:
    """List, roll back and prune what was published.

    TARGET is a folder or s3://BUCKET/PREFIX, as for `coursepack publish`.
    """
