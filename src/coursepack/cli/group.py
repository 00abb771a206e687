"""Groups of commands whose modules are imported when they are called: start-up time is part of every run."""

import importlib
from collections.abc import Mapping

import click


class LazyGroup(click.Group):
    """A group over the modules of one package: `commands` maps a name to its one line of help.

    A command is a module `<package>.<name>` with a `command`. Help imports none of them.
    """

    def __init__(self, *, package: str, table: Mapping[str, str], prefix: str = "", **rest: object) -> None:
        super().__init__(**rest)  # type: ignore[arg-type]
        self._package = package
        self._table = table
        self._prefix = prefix

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order of the table."""
        return list(self._table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, from its module."""
        if cmd_name not in self._table:
            return None
        module = importlib.import_module(f"{self._package}.{cmd_name.replace('-', '_')}")
        command: click.Command = module.command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Names the nearest command when there is none of that name."""
        import difflib

        if args and args[0] not in self._table and not args[0].startswith("-"):
            near = difflib.get_close_matches(args[0], self._table, 1)
            hint = f" Did you mean `{near[0]}`?" if near else ""
            raise click.UsageError(f"there is no command `{self._prefix}{args[0]}`.{hint}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """From the table, so that help imports no command."""
        if self._table:
            with formatter.section("Commands"):
                formatter.write_dl(list(self._table.items()))
