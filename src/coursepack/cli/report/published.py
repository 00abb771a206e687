"""What `publish` says on the way and at the end."""

import os
from collections.abc import Sequence
from pathlib import Path

import click

from coursepack.app.publish import PublishEvent
from coursepack.app.publish_all import Published
from coursepack.cli.report.publish_table import markdown_table, text_table
from coursepack.cli.report.safe import plain
from coursepack.errors import EnvironmentMissing


class Show:
    """Lines for people, or JSON lines. Takes events from any thread."""

    def __init__(self, form: str, *, quiet: bool, language: str) -> None:
        self._form = form
        self._text = form == "text" and not quiet
        self._language = language

    def event(self, event: PublishEvent) -> None:
        """Something happened to a course."""
        if self._form == "json":
            import msgspec

            click.echo(msgspec.json.encode(event).decode())

    def course(self, c: Published) -> None:
        """A course is done. What failed is told even under --quiet: on stderr, at once."""
        if c.error:
            click.echo(f"{plain(c.course)}: {plain(c.error.message)}", err=True)
            if c.error.hint:
                click.echo(f"  → {plain(c.error.hint)}", err=True)
        if not self._text:
            return
        text = self._said(c)
        if text:
            click.echo(text)

    def _said(self, c: Published) -> str:
        name = plain(f"{c.course} {c.version}")
        requests = f"[{sum(c.requests.values())} requests]"
        if c.state == "skipped":
            return f"{plain(c.course)}: not published, it has errors"
        if c.state == "unchanged":
            return f"{name}: already there, nothing sent  {requests}\n  {plain(c.address)}"
        if c.state == "planned":
            kinds = ", ".join(f"{k.objects} {k.kind} ({_mb(k.size)})" for k in c.kinds)
            return f"{name}: would send {kinds or 'nothing'}\n  {plain(c.address)}"
        if c.state == "published":
            sent = f"sent {c.sent_objects} of {c.objects} objects, {_mb(c.sent_size)}"
            return f"{name}: {sent}  {requests}\n  {plain(c.address)}"
        return ""

    def table(self, courses: Sequence[Published]) -> None:
        """All courses at the end; a single one has said it all."""
        if self._text and len(courses) > 1:
            click.echo("")
            for line in text_table(courses, self._language):
                click.echo(line)


def _mb(size: int) -> str:
    return f"{size / 1e6:.1f} MB"


def summary_file(courses: Sequence[Published], asked: Path | None, language: str) -> None:
    """Adds the table to the Markdown file `asked` for, or to the one that GitHub Actions names."""
    named = os.environ.get("GITHUB_STEP_SUMMARY", "")
    path = asked or (Path(named) if named else None)
    if path is None:
        return
    try:
        with path.open("a", encoding="utf-8") as f:
            f.write(markdown_table(courses, language) + "\n")
    except OSError as e:
        if asked:
            raise EnvironmentMissing(f"cannot write {path}: {e.strerror}", "Check --summary.") from e
        # Nobody asked for it, and the courses are published.
        click.echo(f"coursepack: cannot write the job summary: {e.strerror}", err=True)
