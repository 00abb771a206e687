"""S3 and servers that speak its protocol. The only package that knows boto3; imported when an s3: address is opened."""

from coursepack.publish.s3.address import check_endpoint, parse_url
from coursepack.publish.s3.target import S3Target

__all__ = ["S3Target", "check_endpoint", "parse_url"]
