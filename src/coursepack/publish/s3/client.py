"""The boto3 client of a target: credentials from boto3's own chain, bounds, addressing, certificates."""

from typing import TYPE_CHECKING, NamedTuple

import boto3
import botocore.session
from botocore import exceptions as bx
from botocore.config import Config

from coursepack.errors import EnvironmentMissing
from coursepack.publish.s3.network import Network

if TYPE_CHECKING:
    from botocore.credentials import Credentials
    from mypy_boto3_s3 import S3Client


class Opened(NamedTuple):
    """A client, and what of its session others need who send with the same rights."""

    client: "S3Client"
    credentials: "Credentials"
    ca_bundle: str
    """Path of the certificates to trust; "" for the usual ones."""


def make_client(endpoint_url: str | None, threads: int, network: Network) -> Opened:
    """A client for all requests of a target. Raises what botocore raises, and `EnvironmentMissing`."""
    inner = botocore.session.get_session()
    session = boto3.session.Session(botocore_session=inner)
    credentials = session.get_credentials()
    if credentials is None:
        raise bx.NoCredentialsError
    ca_bundle = str(inner.get_config_variable("ca_bundle") or "")
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
        client = session.client("s3", endpoint_url=endpoint_url, region_name=region, config=config)
        return Opened(client, credentials, ca_bundle)
    except OSError as e:  # a certificate bundle that is not there
        raise EnvironmentMissing(
            f"cannot set up the S3 client: {e.strerror or e}", "Check AWS_CA_BUNDLE."
        ) from e
