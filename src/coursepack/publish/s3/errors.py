"""What went wrong between us and an S3 server, in words: where, what, and what to do next.

Works on names and attributes of botocore's exceptions, so that it needs no boto3 to be imported or tested.
"""

from typing import Any

from coursepack.errors import TargetError
from coursepack.publish.target import Doubtful, Unusable

_POLICY = "s3:GetObject, s3:PutObject and s3:ListBucket"

_BY_CODE = {
    "NoSuchBucket": (
        "there is no bucket {bucket!r} at {endpoint}",
        "Check the name and --endpoint-url, or make the bucket first.",
    ),
    "AccessDenied": (
        "the server does not let these credentials {doing} it",
        f"Whoever owns the bucket must allow {_POLICY} below the prefix.",
    ),
    "InvalidAccessKeyId": (
        "the server does not know these credentials",
        "Check AWS_PROFILE and the keys; a key of one provider means nothing to another: see --endpoint-url.",
    ),
    "SignatureDoesNotMatch": (
        "the server refuses the signature: the secret key is wrong, or a proxy changes the requests",
        "Check the secret key (and the region) of the profile.",
    ),
    "ExpiredToken": (
        "the credentials have expired",
        "Log in again, then publish again: it goes on where it was.",
    ),
    "RequestTimeTooSkewed": ("the clock of this machine is wrong", "Set the clock, then publish again."),
    "PermanentRedirect": ("the bucket is in another region", "Set AWS_REGION to the bucket's region."),
    "QuotaExceeded": ("the bucket is full", "Free some space or raise its quota."),
    "EntityTooLarge": ("the server takes no objects of this size", "Raise the server's limit for a request."),
    "InvalidBucketName": ("{bucket!r} is not a bucket name", "Check the target address."),
    "MethodNotAllowed": ("this is no S3 server, or it is read-only", "Check --endpoint-url."),
}
_OF_ONE_OBJECT = (_BY_CODE["AccessDenied"], _BY_CODE["EntityTooLarge"])
"""A policy may name some prefixes only, and another object may be small enough; the rest is wrong for all objects."""
_SAME = {
    "403": "AccessDenied",
    "Forbidden": "AccessDenied",
    "AllAccessDisabled": "AccessDenied",
    "AccountProblem": "AccessDenied",
    "InvalidToken": "ExpiredToken",
    "TokenRefreshRequired": "ExpiredToken",
    "ExpiredTokenException": "ExpiredToken",
    "301": "PermanentRedirect",
    "TemporaryRedirect": "PermanentRedirect",
    "AuthorizationHeaderMalformed": "PermanentRedirect",
    "IllegalLocationConstraintException": "PermanentRedirect",
    "InsufficientStorage": "QuotaExceeded",
    "XMinioStorageFull": "QuotaExceeded",
    "405": "MethodNotAllowed",
}
_BY_TYPE = {
    "NoCredentialsError": (
        "no credentials were found",
        "Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. They are never written anywhere.",
    ),
    "PartialCredentialsError": (
        "the credentials are incomplete",
        "Set both the access key and the secret key.",
    ),
    "ProfileNotFound": ("the profile in AWS_PROFILE does not exist", "Check its name in ~/.aws/config."),
    "EndpointConnectionError": ("no server answers at {endpoint}", "Check --endpoint-url and the network."),
    "ProxyConnectionError": ("the proxy does not answer", "Check HTTPS_PROXY and NO_PROXY."),
    "SSLError": (
        "the server's certificate is not trusted",
        "For a certificate authority of your own set AWS_CA_BUNDLE to its file.",
    ),
    "ParamValidationError": ("{bucket!r} is not a bucket name", "Check the target address."),
    "InvalidRegionError": ("the region is not a valid name", "Check AWS_REGION."),
    # botocore follows a redirect by asking for the bucket, which such a server redirects as well, and so on.
    "RecursionError": (
        "the server redirects in circles",
        "Check --endpoint-url and the region of the bucket. Nothing is lost; publish again when it is mended.",
    ),
    "ResponseParserError": ("the answer is not that of an S3 server", "Check --endpoint-url."),
}
_DOUBTFUL_TYPES = {
    "ConnectionClosedError": "the server closed the connection",
    "ReadTimeoutError": "the server did not answer in time",
    "ConnectTimeoutError": "the server did not answer in time",
    "HTTPClientError": "the connection broke",
    "ResponseStreamingError": "the answer broke off",
    "IncompleteReadError": "the answer broke off",
}
_AGAIN = "Publish again: what has arrived is not sent twice."


def explain(error: Exception, doing: str, where: str, bucket: str, endpoint: str) -> TargetError:
    """The `TargetError` for what botocore raised while `doing` ("read", "write", ...) something at `where`.

    `Doubtful` when the request may have been carried out all the same.
    """
    facts = {"bucket": bucket, "endpoint": endpoint or "Amazon S3", "doing": doing}
    response: dict[str, Any] | None = getattr(error, "response", None)
    if response is not None:
        return _from_response(response, where, facts)
    name = next((c.__name__ for c in type(error).__mro__ if c.__name__ in _BY_TYPE | _DOUBTFUL_TYPES), "")
    if name in _BY_TYPE:
        what, hint = _BY_TYPE[name]
        return Unusable(f"{where}: {what.format(**facts)}", hint)
    if name:
        return Doubtful(f"{where}: {_DOUBTFUL_TYPES[name]}", _AGAIN)
    # Not the exception's own text: botocore puts the request, and so perhaps a signature, into some of them.
    return TargetError(
        f"{where}: could not {doing} it ({type(error).__name__})", "Check the target and the profile."
    )


def _from_response(response: dict[str, Any], where: str, facts: dict[str, str]) -> TargetError:
    code = str(response.get("Error", {}).get("Code", ""))
    status = int(response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))
    known = _BY_CODE.get(_SAME.get(code, code))
    if known is None and status == 403:
        known = _BY_CODE["AccessDenied"]
    if known is not None:
        kind = TargetError if known in _OF_ONE_OBJECT else Unusable
        return kind(f"{where}: {known[0].format(**facts)}", known[1])
    answer = f"{status} {code}".strip()
    if status >= 500 or status in (408, 409, 412, 429) or code in ("RequestTimeout", "SlowDown"):
        return Doubtful(f"{where}: the server could not {facts['doing']} it now ({answer})", _AGAIN)
    return TargetError(
        f"{where}: the server refused to {facts['doing']} it ({answer})", "Check the target address."
    )
