"""What a server does differently from Amazon's."""

import msgspec


class Quirks(msgspec.Struct, frozen=True):
    """Found by the probe, see `probe.py`. The defaults are Amazon's own behaviour."""

    conditional_put: bool = True
    """`If-None-Match: *` and `If-Match` on PUT do what they say."""
    bare_etag: bool = False
    """`If-Match` is understood only without the quotes around the ETag."""
    checks_sha256: bool = True
    """A body that has not the SHA-256 of its `x-amz-checksum-sha256` is refused."""
