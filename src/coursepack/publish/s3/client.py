"""The boto3 client of a target: credentials from boto3's own chain, bounds, addressing, certificates."""

from typing import TYPE_CHECKING

import boto3
from botocore import exceptions as bx
from botocore.config import Config

from coursepack.errors import EnvironmentMissing
from coursepack.publish.s3.network import Network

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client


def make_client(endpoint_url: str | None, threads: int, network: Network) -> "S3Client":
    """A client for all requests of a target. Raises what botocore raises, and `EnvironmentMissing`."""
    session = boto3.session.Session()
    if session.get_credentials() is None:
        raise bx.NoCredentialsError
    config = Config(
        max_pool_connections=threads,
        connect_timeout=network.connect_s,
        read_timeout=network.read_s,
        retries={"mode": "standard", "total_max_attempts": network.attempts},
        # Servers other than AWS rarely have a host name for each bucket. The body is covered by its checksum
        # header, which is signed; signing the payload too would hash every byte a second time.
        s3={"addressing_style": "path" if endpoint_url else "auto", "payload_signing_enabled": False},
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
    )
    region = session.region_name or "us-east-1"
    try:
        return session.client("s3", endpoint_url=endpoint_url, region_name=region, config=config)
    except OSError as e:  # a certificate bundle that is not there
        raise EnvironmentMissing(
            f"cannot set up the S3 client: {e.strerror or e}", "Check AWS_CA_BUNDLE."
        ) from e
