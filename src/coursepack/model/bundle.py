"""Bundles and releases: what leaves the build."""

from typing import Any

import msgspec

from coursepack.model.digest import Digest


class Entry(msgspec.Struct, frozen=True):
    """One file of a bundle. `path` is relative, posix, not percent-encoded."""

    path: str
    digest: Digest
    size: int
    media_type: str


class Bundle(msgspec.Struct, frozen=True, omit_defaults=True):
    """A finished bundle. For a folder ("web") `digest` is that of the canonical JSON of its entries and
    `path` is the folder; for an archive, both are the file's.
    """

    format: str
    path: str
    """Relative to the course's output folder: "web", "pay-safely-1.mobile.zip"."""
    size: int
    digest: Digest
    entries: tuple[Entry, ...]
    """Sorted by path."""


class Written(msgspec.Struct, frozen=True, array_like=True):
    """An output file as a build left it: a stat match lets the next build skip it."""

    digest: str
    """What it was made of."""
    size: int
    mtime_ns: int


class Release(msgspec.Struct, frozen=True):
    """`release.json` (contract)."""

    schema: int
    course: str
    version: str
    languages: tuple[str, ...]
    bundles: tuple[Bundle, ...]
    tools: dict[str, str]
    record: dict[str, Any]
    """The catalogue record: schema.org JSON-LD."""
