"""Signature Version 4 by botocore's own signer, made quick for many small requests to one host.

What differs from `S3SigV4Auth`: the SHA-256 of the body is known and not computed; the key derived for a day is kept; headers
are a plain dict whose names are in lower case already. A test holds the signatures against botocore's own.
"""

import hmac
from typing import TYPE_CHECKING, Any, cast

from botocore.auth import S3SigV4Auth

if TYPE_CHECKING:
    from botocore.awsrequest import AWSRequest
    from botocore.credentials import Credentials


class Signer:
    """Signs PUT requests. Safe to call from several threads."""

    def __init__(self, credentials: "Credentials", region: str, origin: str) -> None:
        self._credentials = credentials
        self._region = region
        self._origin = origin
        self._host = origin.partition("://")[2]
        self._keys: dict[tuple[str, str], bytes] = {}

    def sign(self, path: str, query: str, headers: dict[str, str], payload: str) -> dict[str, str]:
        """The headers to send, `host` excepted. `path` and `query` are encoded as they are sent."""
        request = _Request(f"{self._origin}{path}", query, {"host": self._host, **headers}, payload)
        # Frozen: they may be refreshed by another thread meanwhile, and key and token belong together.
        auth = _Auth(self._credentials.get_frozen_credentials(), self._region, self._keys)
        auth.add_auth(cast("AWSRequest", request))  # it looks at no more than is there
        del request.headers["host"]
        return request.headers


class _Request:
    """As much of botocore's `AWSRequest` as the signer looks at."""

    method = "PUT"
    body = None

    def __init__(self, url: str, query: str, headers: dict[str, str], payload: str) -> None:
        self.url = f"{url}?{query}" if query else url
        self.params: dict[str, str] = {}
        self.headers = _Names(headers)
        self.context: dict[str, Any] = {"payload": payload}


class _Names(dict[str, str]):
    """Headers whose names are in lower case, whatever case they are asked for in."""

    def __setitem__(self, name: str, value: str) -> None:
        super().__setitem__(name.lower(), value)

    def __getitem__(self, name: str) -> str:
        return super().__getitem__(name.lower())

    def __delitem__(self, name: str) -> None:
        super().__delitem__(name.lower())

    def __contains__(self, name: object) -> bool:
        return super().__contains__(str(name).lower())


class _Auth(S3SigV4Auth):
    def __init__(self, credentials: Any, region: str, keys: dict[tuple[str, str], bytes]) -> None:
        super().__init__(credentials, "s3", region)
        self._secret = str(credentials.secret_key)
        self._region = region
        self._keys = keys

    def payload(self, request: Any) -> str:
        return str(request.context["payload"])

    def headers_to_sign(self, request: Any) -> Any:
        return request.headers

    def canonical_headers(self, headers_to_sign: Any) -> str:
        return "\n".join(f"{n}:{' '.join(headers_to_sign[n].split())}" for n in sorted(headers_to_sign))

    def signed_headers(self, headers_to_sign: Any) -> str:
        return ";".join(sorted(headers_to_sign))

    def signature(self, string_to_sign: str, request: Any) -> str:
        secret, day = self._secret, str(request.context["timestamp"][:8])
        key = self._keys.get((secret, day))
        if key is None:
            key = b"AWS4" + secret.encode()
            for word in (day, self._region, "s3", "aws4_request"):
                key = hmac.digest(key, word.encode(), "sha256")
            self._keys.clear()
            self._keys[(secret, day)] = key
        return hmac.digest(key, string_to_sign.encode(), "sha256").hex()
