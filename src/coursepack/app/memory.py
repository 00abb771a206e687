"""The larger part of the state: what each Markdown file said, and what went into each step."""

from pathlib import Path

import msgspec

from coursepack.model.diagnostic import Diagnostic
from coursepack.model.digest import Digest
from coursepack.model.document import Outline
from coursepack.plan.keys import Trace


class Reading(msgspec.Struct, frozen=True, array_like=True):
    """A parsed Markdown file. Valid while its own digest, the parser and its includes are the same."""

    digest: Digest
    parser: str
    """Parser version and course language."""
    includes: dict[str, str]
    """Path -> digest; "" for a file that was missing."""
    outline: Outline
    blocks: Digest
    size: int
    """Bytes of the blocks, to see that the store still holds them."""
    diagnostics: tuple[Diagnostic, ...]
    math: bool = False
    """The body holds MathML."""


class Memory(msgspec.Struct, frozen=True, array_like=True):
    """See the module."""

    version: str
    readings: dict[str, Reading]
    traces: dict[str, Trace]


def memory_path(state: Path) -> Path:
    """Beside the state file."""
    return state.with_suffix(".memory")


def load_memory(path: Path, version: str) -> Memory:
    """The last memory, or an empty one."""
    try:
        memory = msgspec.msgpack.decode(path.read_bytes(), type=Memory)
    except (FileNotFoundError, msgspec.DecodeError):
        return Memory(version, {}, {})
    return memory if memory.version == version else Memory(version, {}, memory.traces)
