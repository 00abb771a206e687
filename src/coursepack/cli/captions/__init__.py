"""`coursepack captions`: the group. One module per sub-command, imported when it is called.

A sub-command is a module `coursepack.cli.captions.<name>` with a `command`, and a line in SUBCOMMANDS.
"""

import importlib

import click

SUBCOMMANDS = {
    "check": "Find what makes captions hard to read, with the time and a way to mend it.",
    "convert": "Write captions in another format: WebVTT, SubRip, TTML, ASS, SubViewer, text.",
    "fix": "Mend captions by rule: show what would change, and write it when asked.",
    "shift": "Move the times of captions: by an offset, two points, or frame rates.",
    "align": "Give a plain script the times at which it is spoken.",
    "draft": "Draft captions by speech recognition, for a person to correct.",
    "bilingual": "Put captions in two languages together, a line for each.",
}


class CaptionsGroup(click.Group):
    """Imports a sub-command's module when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order of the work."""
        return list(SUBCOMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The sub-command, from `coursepack.cli.captions.<name>`."""
        if cmd_name not in SUBCOMMANDS:
            return None
        found: click.Command = importlib.import_module(f"coursepack.cli.captions.{cmd_name}").command
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Names the nearest sub-command when there is none of that name."""
        import difflib

        if args and args[0] not in SUBCOMMANDS and not args[0].startswith("-"):
            near = difflib.get_close_matches(args[0], SUBCOMMANDS, 1)
            hint = f" Did you mean `{near[0]}`?" if near else ""
            raise click.UsageError(f"there is no command `captions {args[0]}`.{hint}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """From the table, so that help imports no command."""
        with formatter.section("Commands"):
            formatter.write_dl(list(SUBCOMMANDS.items()))


@click.group(
    "captions",
    cls=CaptionsGroup,
    epilog="""\b
Examples:
  coursepack captions check my-course
  coursepack captions check pay.zh-Hans.srt""",
)
def command() -> None:
    """Check, mend and make captions.

    PATH is a caption file, a folder of them, or a course. Nothing is written over unless you ask for it.
    """
