"""Content addresses."""

import hashlib
from typing import Any, BinaryIO, NewType

import msgspec

Digest = NewType("Digest", str)
"""SHA-256 of some bytes, as 64 lower-case hexadecimal digits."""

_CHUNK = 1 << 20


def digest_bytes(data: bytes) -> Digest:
    """The digest of `data`."""
    return Digest(hashlib.sha256(data).hexdigest())


def digest_stream(stream: BinaryIO) -> Digest:
    """The digest of all that is left in `stream`, read in bounded pieces."""
    h = hashlib.sha256()
    while chunk := stream.read(_CHUNK):
        h.update(chunk)
    return Digest(h.hexdigest())


def canonical_json(value: Any) -> bytes:
    """One spelling for one value: keys sorted, no white space, UTF-8."""
    return msgspec.json.encode(value, order="sorted")


def digest_json(value: Any) -> Digest:
    """The digest of the canonical JSON of `value` (structs, dicts, lists, strings, numbers)."""
    return digest_bytes(canonical_json(value))
