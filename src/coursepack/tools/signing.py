"""Ed25519 keys (RFC 8032): made, read from a file, used. The only module that imports `cryptography`.

A private key is never copied, logged, or put into a message.
"""

import base64
import binascii
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from coursepack.errors import UsageError
from coursepack.model.digest import digest_bytes
from coursepack.model.trust import Signature

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

_LIMIT = 1 << 16
_MAKE_ONE = "Make one with: coursepack releases key new FILE"


def key_id(public: bytes) -> str:
    """The id of a public key: 32 hex digits of its SHA-256."""
    return digest_bytes(public)[:32]


class SigningKey:
    """A private key. Not a struct: nothing can print or encode it by accident."""

    __slots__ = ("_private", "id", "public")

    def __init__(self, private: "Ed25519PrivateKey") -> None:
        self._private = private
        self.public: bytes = private.public_key().public_bytes_raw()
        self.id = key_id(self.public)

    def __repr__(self) -> str:
        return f"SigningKey({self.id})"

    def sign(self, data: bytes) -> Signature:
        """The signature over `data`: always the same one."""
        return Signature(self.id, base64.b64encode(self._private.sign(data)).decode())


def is_signed_by(public: bytes, signature: str, data: bytes) -> bool:
    """Whether `signature` (base64) is that of the key over `data`."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        raw = base64.b64decode(signature, validate=True)
        Ed25519PublicKey.from_public_bytes(public).verify(raw, data)
    except (InvalidSignature, binascii.Error, ValueError):
        return False
    return base64.b64encode(raw).decode() == signature  # one spelling only


def new_key(path: Path, passphrase: str) -> SigningKey:
    """Makes a key and writes it to `path` (PEM, PKCS 8), which must not exist. An empty passphrase encrypts nothing."""
    from cryptography.hazmat.primitives import serialization as s
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    private = Ed25519PrivateKey.generate()
    how = s.BestAvailableEncryption(passphrase.encode()) if passphrase else s.NoEncryption()
    data = private.private_bytes(s.Encoding.PEM, s.PrivateFormat.PKCS8, how)
    try:
        # 0600 from the first moment, and never over another key.
        number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    except FileExistsError as e:
        raise UsageError(f"{path} exists: a key is never overwritten", "Choose another file.") from e
    except OSError as e:
        raise UsageError(f"cannot write {path}: {e.strerror}") from e
    with os.fdopen(number, "wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    return SigningKey(private)


def no_passphrase() -> str:
    """For where nobody can be asked."""
    return ""


def load_key(path: Path, ask: Callable[[], str] = no_passphrase) -> SigningKey:
    """The private key in `path`; `ask` is called for the passphrase of an encrypted one. Raises `UsageError`."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives import serialization as s
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    data = _read_private(path)
    try:
        try:
            private = s.load_pem_private_key(data, None)
        except TypeError:  # it is encrypted
            phrase = ask()
            if not phrase:
                raise UsageError(
                    f"the key {path} has a passphrase",
                    "Set COURSEPACK_KEY_PASSPHRASE, or run it in a terminal.",
                ) from None
            private = s.load_pem_private_key(data, phrase.encode())
    except (ValueError, UnsupportedAlgorithm):
        # Nothing of the file, and no text of the library, goes into the message.
        raise UsageError(f"{path} is no private key in PEM, or the passphrase is wrong", _MAKE_ONE) from None
    if not isinstance(private, Ed25519PrivateKey):
        raise UsageError(f"{path} is not an Ed25519 key", _MAKE_ONE)
    return SigningKey(private)


def _read_private(path: Path) -> bytes:
    try:
        with path.open("rb") as f:
            mode = os.fstat(f.fileno()).st_mode
            if not stat.S_ISREG(mode):
                raise UsageError(f"{path} is not a file")
            if mode & 0o077:
                raise UsageError(
                    f"others can read the key {path} (mode {stat.S_IMODE(mode):04o}): it is not used",
                    f"If nobody has copied it: chmod 600 {path}",
                )
            return f.read(_LIMIT)
    except OSError as e:
        raise UsageError(f"cannot read the key {path}: {e.strerror}", _MAKE_ONE) from e


def read_public(data: bytes) -> bytes | None:
    """The 32 bytes of the Ed25519 public key in a PEM file, None for anything else."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives import serialization as s
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        found = s.load_pem_public_key(data)
    except (ValueError, UnsupportedAlgorithm):
        return None
    return found.public_bytes_raw() if isinstance(found, Ed25519PublicKey) else None


def public_pem(public: bytes) -> bytes:
    """A public key as PEM: what `openssl` reads."""
    from cryptography.hazmat.primitives import serialization as s
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    key = Ed25519PublicKey.from_public_bytes(public)
    return key.public_bytes(s.Encoding.PEM, s.PublicFormat.SubjectPublicKeyInfo)
