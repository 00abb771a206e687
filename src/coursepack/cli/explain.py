"""`coursepack explain`."""

import difflib

import click

from coursepack.cli.options import language
from coursepack.errors import Exit


@click.command(
    "explain",
    epilog="""\b
Examples:
  coursepack explain CP201
  COURSEPACK_LANG=zh coursepack explain CP201""",
)
@click.argument("code")
@click.option("--lang", help="en or zh.  [default: the environment's]")
def command(code: str, lang: str | None) -> int:
    """Explain a diagnostic code: what it means, why it matters, how to mend it."""
    from coursepack.model.codes import CODES

    doc = CODES.get(code.upper())
    if doc is None:
        near = difflib.get_close_matches(code.upper(), CODES, 1)
        hint = f"; did you mean {near[0]}?" if near else ""
        raise click.UsageError(f"there is no code {code}{hint}")
    zh = (lang or language()).lower().startswith(("zh", "yue"))
    click.echo(f"{doc.code} ({doc.severity})\n")
    click.echo(doc.message_zh if zh else doc.message_en)
    click.echo(f"→ {doc.hint_zh if zh else doc.hint_en}\n")
    click.echo(doc.about_zh if zh else doc.about_en)
    return Exit.OK
