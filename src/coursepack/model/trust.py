"""Who may sign releases: the trust document, and what a signature is over. See docs/how-to/sign-releases.md.

A statement is an object with a `type` of its own; what is signed is its canonical JSON. So a signature over one kind of
statement never passes for one over another kind.
"""

from typing import Literal

import msgspec

Use = Literal["release", "trust"]
"""What a key may sign: releases and packs, or the next trust document."""


class Signature(msgspec.Struct, frozen=True):
    """One signature."""

    key: str
    """Id of the key."""
    sig: str
    """Base64 of the 64 bytes of an Ed25519 signature (RFC 8032)."""


class TrustedKey(msgspec.Struct, frozen=True, omit_defaults=True):
    """A key that the operator vouches for, or no longer does."""

    id: str
    """`tools.signing.key_id` of the public part."""
    public: str
    """Base64 of the 32 bytes of an Ed25519 public key."""
    use: tuple[Use, ...]
    comment: str = ""
    revoked: str = ""
    """RFC 3339, UTC: since when nothing that it signed is believed, however old. Empty: it is good."""


class TrustSigned(msgspec.Struct, frozen=True, tag="coursepack-trust", tag_field="type"):
    """What the signatures of a trust document are over."""

    publisher: str
    """Name of who publishes; the same in all versions."""
    version: int
    """From 1; each version is signed by a trust key of the one before."""
    expires: str
    """RFC 3339, UTC: from then on it vouches for nothing."""
    keys: tuple[TrustedKey, ...]


class TrustDocument(msgspec.Struct, frozen=True):
    """`catalogue/trust.json`, and `catalogue/trust/<version>.json`."""

    schema: int
    signed: TrustSigned
    signatures: tuple[Signature, ...]


class PackSigned(msgspec.Struct, frozen=True, tag="coursepack-pack", tag_field="type", omit_defaults=True):
    """What the signatures of a pack are over."""

    course: str
    version: str
    format: str
    manifest: str
    """SHA-256 of the pack's `manifest.json`, which holds the digests of all other files."""
    expires: str = ""
    """RFC 3339, UTC; empty: never. Fixed by the operator, not counted from the time of building."""


class PackSignature(msgspec.Struct, frozen=True):
    """`signature.json` in a pack."""

    schema: int
    signed: PackSigned
    signatures: tuple[Signature, ...]


class PointerSigned(msgspec.Struct, frozen=True, tag="coursepack-pointer", tag_field="type"):
    """What the signatures of a pointer are over."""

    course: str
    version: str
    serial: int
    release: str
    manifest: str
    time: str
    expires: str
