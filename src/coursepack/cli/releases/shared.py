"""What the commands of `releases` have in common."""

import os
from datetime import UTC, datetime
from typing import Any

import click
import msgspec


def now() -> datetime:
    """The time of a commit; SOURCE_DATE_EPOCH is honoured."""
    fixed = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(fixed), UTC) if fixed else datetime.now(UTC)


def result(**values: Any) -> None:
    """The last line of `--format json`."""
    click.echo(msgspec.json.encode({"event": "result", **values}).decode())


def mb(size: int) -> str:
    """Megabytes, for people."""
    return f"{size / 1e6:.1f} MB"


def when(time: str) -> str:
    """A commit's time as it is shown: UTC, to the minute."""
    return f"{time[:10]} {time[11:16]}" if time else "?"
