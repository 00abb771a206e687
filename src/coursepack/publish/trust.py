"""Trust documents: made, followed from version to version, and asked who signed something. No request, no clock of its own."""

import base64
import binascii
from collections.abc import Sequence
from datetime import datetime
from typing import Literal

import msgspec

from coursepack.errors import TargetError, UsageError
from coursepack.model.digest import canonical_json
from coursepack.model.trust import Signature, TrustDocument, TrustedKey, TrustSigned, Use
from coursepack.tools.signing import SigningKey, is_signed_by, key_id, read_public

LIMIT = 1 << 20
CURRENT = "catalogue/trust.json"

Verdict = Literal["signed", "unsigned", "unknown-key", "revoked-key", "bad-signature"]


def numbered(version: int) -> str:
    """The key of one version of the trust document: never overwritten."""
    return f"catalogue/trust/{version}.json"


class Trust(msgspec.Struct, frozen=True):
    """Keys that are believed, as a verifier has them."""

    publisher: str
    version: int
    expires: str
    """Empty: never (a bare public key)."""
    keys: tuple[TrustedKey, ...]

    def judge(self, data: bytes, signatures: Sequence[Signature], use: Use = "release") -> Verdict:
        """Who vouches for `data`: one good signature of a good key is enough."""
        verdict: Verdict = "unsigned"
        by_id = {k.id: k for k in self.keys if use in k.use}
        for signature in signatures[:_MAX_SIGNATURES]:
            key = by_id.get(signature.key)
            if key is None:
                verdict = "unknown-key" if verdict == "unsigned" else verdict
            elif not is_signed_by(_public(key), signature.sig, data):
                verdict = "bad-signature"
            elif not key.revoked:
                return "signed"
            elif verdict != "bad-signature":
                verdict = "revoked-key"
        return verdict

    def expired(self, now: datetime) -> bool:
        """Whether it vouches for nothing any more."""
        return is_past(self.expires, now)


_MAX_SIGNATURES = 32
_MAX_KEYS = 256


def is_past(expires: str, now: datetime) -> bool:
    """Whether a time (RFC 3339, "" for never) has come. What is no time has: nothing is believed by mistake."""
    if not expires:
        return False
    try:
        when = datetime.fromisoformat(expires)
    except ValueError:
        return True
    return when.tzinfo is None or when <= now


def _public(key: TrustedKey) -> bytes:
    try:
        return base64.b64decode(key.public, validate=True)
    except binascii.Error:
        return b""


def trusted_key(public: bytes, use: tuple[Use, ...], comment: str = "") -> TrustedKey:
    """An entry of a trust document."""
    return TrustedKey(key_id(public), base64.b64encode(public).decode(), use, comment)


def make_trust(signed: TrustSigned, keys: Sequence[SigningKey], before: TrustDocument | None) -> bytes:
    """A trust document, signed, as canonical JSON. Raises `UsageError` for one that nobody could follow."""
    data = canonical_json(signed)
    signatures = tuple(k.sign(data) for k in keys)
    document = TrustDocument(1, signed, signatures)
    try:
        _check(document)
        if before is not None:
            _check_step(before, document)
    except TargetError as e:
        raise UsageError(f"such a trust document would not be believed: {e.message}", e.hint) from e
    return canonical_json(document) + b"\n"


def read_trust(data: bytes, where: str) -> TrustDocument:
    """A trust document, its own signatures checked. Raises `TargetError`.

    That it is *the operator's* is known of the one that a verifier was given by hand, or that `follow` led to.
    """
    try:
        if len(data) > LIMIT:
            raise msgspec.DecodeError
        document = msgspec.json.decode(data, type=TrustDocument)
        plain = msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as e:
        raise TargetError(
            f"{where} is no trust document", "Get trust.json from who publishes the courses."
        ) from e
    # What this version does not know, the signature would not be checked over: then it is not believed.
    if document.schema != 1 or canonical_json(plain) != canonical_json(document):
        raise TargetError(
            f"{where} is a trust document of a kind this version does not know", "Use a newer coursepack."
        )
    try:
        _check(document)
    except TargetError as e:
        raise TargetError(f"{where}: {e.message}", e.hint) from e
    return document


def trust_of(document: TrustDocument) -> Trust:
    """What a verifier takes from it."""
    s = document.signed
    return Trust(s.publisher, s.version, s.expires, s.keys)


def load_trust(data: bytes, where: str) -> tuple[Trust, TrustDocument | None]:
    """What a trust file says: a trust document, or the PEM of one public key, which is then trusted for ever."""
    if data.lstrip().startswith(b"-----BEGIN"):
        public = read_public(data)
        if public is None:
            raise TargetError(
                f"{where} is no public Ed25519 key", "Get it by: coursepack releases key public --pem"
            )
        key = trusted_key(public, ("release",))
        return Trust(f"key {key.id}", 0, "", (key,)), None
    document = read_trust(data, where)
    return trust_of(document), document


def follow(old: TrustDocument, new: TrustDocument) -> TrustDocument:
    """`new` when it is the next version after `old`, signed by a good trust key of `old`. Raises `TargetError`."""
    _check_step(old, new)
    return new


def _check_step(old: TrustDocument, new: TrustDocument) -> None:
    if new.signed.publisher != old.signed.publisher:
        raise TargetError(f"it is of {new.signed.publisher!r}, not of {old.signed.publisher!r}")
    if new.signed.version != old.signed.version + 1:
        raise TargetError(f"version {new.signed.version} does not follow version {old.signed.version}")
    if trust_of(old).judge(canonical_json(new.signed), new.signatures, "trust") != "signed":
        raise TargetError(
            f"no trust key of version {old.signed.version} has signed version {new.signed.version}",
            "Sign it with a trust key of the version before (and, when that key goes, with the new one too).",
        )
    revoked = {k.id for k in old.signed.keys if k.revoked}
    if any(k.id in revoked and not k.revoked for k in new.signed.keys):
        raise TargetError("it trusts a key again that was revoked", "Make a new key.")


def _check(document: TrustDocument) -> None:
    signed = document.signed
    ids = [k.id for k in signed.keys]
    if signed.version < 1 or not signed.publisher or len(signed.publisher) > 200 or len(ids) > _MAX_KEYS:
        raise TargetError("its version, publisher or number of keys makes no sense")
    if len(set(ids)) != len(ids) or any(
        key_id(_public(k)) != k.id or len(_public(k)) != 32 for k in signed.keys
    ):
        raise TargetError("a key in it has not the id of its bytes, or is there twice")
    try:
        timed = datetime.fromisoformat(signed.expires).tzinfo is not None
    except ValueError:
        timed = False
    if not timed:
        raise TargetError("it has no time of expiry")
    if trust_of(document).judge(canonical_json(signed), document.signatures, "trust") != "signed":
        raise TargetError(
            "its signature is not that of a trust key in it",
            "Sign it with one of its own trust keys; if you did not make it, do not use it.",
        )
