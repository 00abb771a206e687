"""`coursepack catalogue`: the group. One module per sub-command, imported when it is called.

A sub-command is a module `coursepack.cli.catalogue.<name>` with a `command`, and a line in SUBCOMMANDS.
"""

import click

from coursepack.cli.group import LazyGroup

SUBCOMMANDS: dict[str, str] = {}


@click.group(
    "catalogue",
    cls=LazyGroup,
    package=__name__,
    table=SUBCOMMANDS,
    prefix="catalogue ",
    epilog="""\b
Examples:
  coursepack catalogue record build/pay-safely --as lom
  coursepack catalogue record s3://bucket/courses pay-safely""",
)
def command() -> None:
    """Show the catalogue record of a course in the standards' own forms."""
