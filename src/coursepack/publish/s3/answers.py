"""What an answer of an S3 server says, and whether it is one."""

import base64
import hashlib
from typing import Any

from botocore import exceptions as bx

from coursepack.publish.target import Doubtful


def code_of(e: bx.ClientError) -> str:
    """The error code, or the status where the answer has no body."""
    return str(e.response.get("Error", {}).get("Code", ""))


def status_of(e: bx.ClientError) -> int:
    """The HTTP status, 0 when there is none."""
    return int(e.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))


def etag_of(reply: Any, where: str) -> str:
    """The etag of an answer. Without one it is a success that somebody else than the storage told of: `Doubtful`."""
    if not reply.get("ETag"):
        raise Doubtful(
            f"{where}: the answer is not that of an S3 server", "Check --endpoint-url and the proxies."
        )
    return str(reply["ETag"])


def is_as_stored(reply: Any, data: bytes) -> bool:
    """False for a body that something between the storage and us has changed, as far as the answer tells."""
    promised = reply.get("ChecksumSHA256", "")
    if not reply.get("ETag") or "LastModified" not in reply:
        return False  # no answer of an S3 server: a proxy's own page
    if not promised or "-" in promised:  # of parts
        return True
    return base64_of(hashlib.sha256(data).hexdigest()) == str(promised)


def base64_of(hex_digest: str) -> str:
    """A digest as checksum headers want it."""
    return base64.b64encode(bytes.fromhex(hex_digest)).decode()
