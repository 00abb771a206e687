"""`s3://` addresses and endpoint addresses, as users write them."""

from urllib.parse import urlsplit

from coursepack.errors import UsageError
from coursepack.publish.target import check_key


def parse_url(url: str) -> tuple[str, str]:
    """(bucket, prefix) of `s3://bucket/prefix`; the prefix is "" or ends with a slash."""
    parts = urlsplit(url, allow_fragments=False)
    if parts.scheme != "s3" or not parts.hostname or "@" in parts.netloc or parts.query:
        raise UsageError(
            "the target is not of the form s3://BUCKET/PREFIX",
            "Credentials do not belong in it: use AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.",
        )
    prefix = parts.path.strip("/")
    if prefix:
        check_key(prefix)
    return parts.netloc, f"{prefix}/" if prefix else ""


def check_endpoint(url: str) -> str:
    """`url` when it is a plain http(s) address. Raises `UsageError` without repeating one that holds a password."""
    parts = urlsplit(url)
    if parts.username or parts.password:
        raise UsageError(
            "the endpoint address holds a user name or password", "Leave it out: use AWS_PROFILE."
        )
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise UsageError(f"{url!r} is not an endpoint address", "Give one like https://storage.example.org.")
    return url.rstrip("/")
