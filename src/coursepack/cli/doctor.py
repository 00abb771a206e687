"""`coursepack doctor`."""

import click

from coursepack.app.doctor import examine
from coursepack.cli.options import cache_folder, report_options, workspace
from coursepack.errors import Exit


@click.command("doctor", epilog="\b\nExample:\n  coursepack doctor")
@report_options("text", "json")
def command(form: str, quiet: bool) -> int:
    """Look whether this machine has what coursepack needs."""
    ws = workspace()
    points = examine(ws, cache_folder(ws))
    ok = all(p.ok for p in points)
    if form == "json":
        import msgspec

        result = {"event": "result", "ok": ok, "points": [msgspec.to_builtins(p) for p in points]}
        click.echo(msgspec.json.encode(result).decode())
    else:
        for p in points:
            if not (quiet and p.ok):
                click.echo(f"{'ok  ' if p.ok else 'FAIL'}  {p.name}: {p.found}")
                if not p.ok:
                    click.echo(f"      → {p.hint}")
    return Exit.OK if ok else Exit.ENVIRONMENT
