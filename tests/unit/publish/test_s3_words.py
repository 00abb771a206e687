"""Errors of the S3 client in words, and addresses that are refused. No server is needed."""

import os
import socket
from pathlib import Path

import pytest
from botocore import exceptions as bx

from coursepack.errors import TargetError, UsageError
from coursepack.publish.folder import FolderTarget
from coursepack.publish.s3 import S3Target, check_endpoint, parse_url
from coursepack.publish.s3.errors import explain
from coursepack.publish.target import Body, Doubtful, Headers
from coursepack.publish.targets import open_target


def client_error(code: str, status: int) -> bx.ClientError:
    secret = "AKIASECRET Signature=abcdef"
    error = {"Error": {"Code": code, "Message": secret}, "ResponseMetadata": {"HTTPStatusCode": status}}
    return bx.ClientError(error, "PutObject")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("error", "words", "doubtful"),
    [
        (client_error("NoSuchBucket", 404), "no bucket 'courses' at http://host", False),
        (client_error("AccessDenied", 403), "does not let", False),
        (client_error("SomethingNew", 403), "does not let", False),
        (client_error("InvalidAccessKeyId", 403), "does not know these credentials", False),
        (client_error("SignatureDoesNotMatch", 403), "secret key is wrong", False),
        (client_error("ExpiredToken", 400), "expired", False),
        (client_error("RequestTimeTooSkewed", 403), "clock", False),
        (client_error("301", 301), "another region", False),
        (client_error("InternalError", 500), "500 InternalError", True),
        (client_error("SlowDown", 503), "503 SlowDown", True),
        (client_error("PreconditionFailed", 412), "412", True),
        (client_error("TeaPot", 418), "refused to write it (418 TeaPot)", False),
        (bx.NoCredentialsError(), "no credentials", False),
        (bx.ProfileNotFound(profile="p"), "profile", False),
        (bx.EndpointConnectionError(endpoint_url="http://host"), "no server answers at http://host", False),
        (bx.ReadTimeoutError(endpoint_url="http://host"), "in time", True),
        (bx.ConnectTimeoutError(endpoint_url="http://host"), "in time", True),
        (bx.ConnectionClosedError(endpoint_url="http://host"), "closed the connection", True),
        (bx.SSLError(endpoint_url="http://host", error="x"), "certificate", False),
        (bx.ParamValidationError(report="AKIASECRET"), "not a bucket name", False),
        (ValueError("AKIASECRET"), "ValueError", False),
    ],
)
def test_errors_say_what_happened_and_what_next_and_no_secret(error: Exception, words: str, doubtful: bool):
    found = explain(error, "write", "s3://courses/p/key", "courses", "http://host")
    assert words in found.message
    assert found.message.startswith("s3://courses/p/key: ")
    assert found.hint
    assert isinstance(found, Doubtful) == doubtful
    assert "AKIA" not in found.message + found.hint
    assert int(found.exit_code) == 4


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("s3://b", ("b", "")),
        ("s3://b/", ("b", "")),
        ("s3://b/x/y/", ("b", "x/y/")),
        ("s3://b/中 文#1", ("b", "中 文#1/")),
    ],
)
def test_s3_addresses(url: str, expected: tuple[str, str]):
    assert parse_url(url) == expected


@pytest.mark.parametrize(
    "url", ["s3://", "s3:///x", "s3://key:secret@b/x", "s3://b/../x", "s3://b/a//b", "s3://b/x?y=1"]
)
def test_wrong_s3_addresses(url: str):
    with pytest.raises((UsageError, TargetError)) as e:
        parse_url(url)
    assert "secret" not in str(e.value)


@pytest.mark.parametrize("url", ["http://user:secret@host", "ftp://host", "host:9000", "", "http://"])
def test_wrong_endpoints(url: str):
    with pytest.raises(UsageError) as e:
        check_endpoint(url)
    assert "secret" not in str(e.value)


@pytest.mark.parametrize("url", ["", "gs://bucket/x", "http://host/x", "file://other-host/x"])
def test_targets_nobody_knows(url: str):
    with pytest.raises(UsageError):
        open_target(url)


def test_folders_by_path_and_by_address(tmp_path: Path):
    for url in (str(tmp_path / "a b"), (tmp_path / "a b").as_uri()):
        target = open_target(url)
        assert target.url == str(tmp_path / "a b")


@pytest.fixture
def credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [n for n in os.environ if n.startswith("AWS_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIASECRET")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "verysecret")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")


@pytest.mark.usefixtures("credentials")
def test_no_server():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        free = s.getsockname()[1]
    target = S3Target("s3://courses", endpoint_url=f"http://127.0.0.1:{free}")
    with pytest.raises(TargetError, match=f"no server answers at http://127.0.0.1:{free}"):
        target.get("x")
    assert target.requests["GET"] >= 1


def test_no_credentials(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    for name in [n for n in os.environ if n.startswith("AWS_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    with pytest.raises(TargetError, match="no credentials were found"):
        S3Target("s3://courses", endpoint_url="http://127.0.0.1:9")
    monkeypatch.setenv("AWS_PROFILE", "nobody")
    with pytest.raises(TargetError, match="profile"):
        S3Target("s3://courses", endpoint_url="http://127.0.0.1:9")


@pytest.mark.usefixtures("credentials")
def test_the_address_on_amazon():
    address = S3Target("s3://courses/p").address("c/a/index.html")
    assert address.startswith("https://courses.s3.")
    assert address.endswith(".amazonaws.com/p/c/a/index.html")


def test_a_folder_with_a_link_that_leads_out(tmp_path: Path):
    outside = tmp_path / "outside"
    outside.mkdir()
    root = tmp_path / "root"
    root.mkdir()
    (root / "c").symlink_to(outside)
    target = FolderTarget(root)
    with pytest.raises(TargetError, match="leads out"):
        target.put("c/x", Body.of(b"x"), Headers("text/html"))
    assert not list(outside.iterdir())


def test_a_file_in_the_way(tmp_path: Path):
    (tmp_path / "c").write_text("a file")
    with pytest.raises(TargetError):
        FolderTarget(tmp_path).put("c/x", Body.of(b"x"), Headers("text/html"))
    (tmp_path / "d" / "x").mkdir(parents=True)
    with pytest.raises(TargetError):
        FolderTarget(tmp_path).put("d/x", Body.of(b"x"), Headers("text/html"))
    with pytest.raises(TargetError):
        FolderTarget(tmp_path / "c").put("x", Body.of(b"x"), Headers("text/html"))


def test_nothing_is_left_behind_by_a_failed_put(tmp_path: Path):
    target = FolderTarget(tmp_path)
    wrong = Body(digest=Body.of(b"y").digest, size=1, data=b"x")
    with pytest.raises(TargetError):
        target.put("x", wrong, Headers("text/html"))
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == []
