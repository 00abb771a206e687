"""What a build remembers of the last one: compact, and enough to see that nothing changed without reading a file.

Two files for each course and output folder, written by rename: `<key>.state` is read by every build, `<key>.memory`
(outlines, step traces) only when something changed.
"""

from pathlib import Path
from typing import Any

import msgspec

from coursepack.model.bundle import Written
from coursepack.model.diagnostic import Diagnostic
from coursepack.model.digest import Digest, digest_json

SCHEMA = 2


class FileState(msgspec.Struct, frozen=True, array_like=True):
    """A source file as last seen."""

    size: int
    mtime_ns: int
    inode: int
    digest: Digest


class BundleState(msgspec.Struct, frozen=True):
    """A bundle, for the report of a build that did nothing."""

    format: str
    path: str
    size: int
    entries: int


class Summary(msgspec.Struct, frozen=True):
    """What the report says of a course."""

    course: str
    title: str
    version: str
    languages: tuple[str, ...]
    lessons: int
    steps: int
    bundles: tuple[BundleState, ...]
    media: tuple[dict[str, Any], ...] = ()
    """Rows of `app.media_rows` as builtins."""


class State(msgspec.Struct, frozen=True, array_like=True):
    """The compact part."""

    schema: int
    request: str
    """Digest of all that shapes the output beside the files: version, options, settings."""
    theme: str
    files: dict[str, FileState]
    outputs: dict[str, Written]
    """By path below the course's output folder."""
    diagnostics: tuple[Diagnostic, ...]
    summary: Summary


def state_path(cache: Path, course: Path, output: Path) -> Path:
    """Where the state of one course and output folder is kept (the suffix says which part)."""
    key = digest_json([str(course.resolve()), str(output.resolve())])[:24]
    return cache / "state" / f"{key}.state"


def load_state(path: Path) -> State | None:
    """The last state; None when there is none or another version wrote it."""
    try:
        state = msgspec.msgpack.decode(path.read_bytes(), type=State)
    except (FileNotFoundError, msgspec.DecodeError):
        return None
    return state if state.schema == SCHEMA else None


def save(path: Path, value: msgspec.Struct) -> None:
    """Writes a state file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.tmp")
    temporary.write_bytes(msgspec.msgpack.encode(value))
    temporary.replace(path)
