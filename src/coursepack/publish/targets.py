"""The registry of targets, by the scheme of the address."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from coursepack.errors import UsageError
from coursepack.publish.target import Target


def _open_s3(url: str, endpoint_url: str | None, single_writer: bool) -> Target:
    from coursepack.publish.s3 import S3Target  # boto3 takes 0.2 s to import

    return S3Target(url, endpoint_url=endpoint_url, single_writer=single_writer)


def _open_file(url: str, endpoint_url: str | None, single_writer: bool) -> Target:
    from coursepack.publish.folder import FolderTarget

    parts = urlsplit(url)
    if parts.netloc not in ("", "localhost"):
        raise UsageError(f"{url} names another machine", "Give the path of a folder.")
    return FolderTarget(Path(unquote(parts.path)))


TARGETS = {"s3": _open_s3, "file": _open_file}


def open_target(url: str, *, endpoint_url: str | None = None, single_writer: bool = False) -> Target:
    """The target at `url`: `s3://BUCKET/PREFIX`, `file:///PATH`, or the path of a folder (made when missing).

    `single_writer`: the user promises that nobody else publishes meanwhile, so conditional writes are not needed.
    """
    scheme, separator, _ = url.partition("://")
    if separator:
        if scheme.lower() not in TARGETS:
            raise UsageError(f"no target of kind {scheme}:// is known", "Use a folder or s3://BUCKET/PREFIX.")
        return TARGETS[scheme.lower()](url, endpoint_url, single_writer)
    if not url:
        raise UsageError("the target is empty", "Give a folder or s3://BUCKET/PREFIX.")
    from coursepack.publish.folder import FolderTarget

    return FolderTarget(Path(url))
