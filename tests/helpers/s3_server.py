"""A real S3 server on loopback, for as long as a `with` lasts."""

import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import boto3
import pytest
from botocore.config import Config


@contextmanager
def s3_server() -> Iterator[str]:
    """The address of a ministack that keeps everything in memory; credentials for it are in the environment."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    env = os.environ | {"BIND_HOST": "127.0.0.1", "SERVICES": "s3", "GATEWAY_PORT": str(port)}
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        for name in [n for n in os.environ if n.startswith("AWS_")]:
            patch.delenv(name)
        patch.setenv("AWS_ACCESS_KEY_ID", "test-key-id")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "test-secret-key")
        patch.setenv("AWS_EC2_METADATA_DISABLED", "true")
        log = Path(folder) / "log"
        with log.open("wb") as out:
            server = subprocess.Popen(
                [sys.executable, "-m", "ministack"], env=env, cwd=folder, stdout=out, stderr=subprocess.STDOUT
            )
        try:
            _wait_for(port, server, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def _wait_for(port: int, server: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and server.poll() is None:
        with socket.socket() as s:
            if s.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail(f"the S3 server did not start: {log.read_text(errors='replace')[-2000:]}")


def new_bucket(endpoint: str) -> str:
    """A fresh bucket's name."""
    name = f"test-{secrets.token_hex(6)}"
    client(endpoint).create_bucket(Bucket=name)
    return name


def client(endpoint: str):
    """A client of its own, to look from outside."""
    return boto3.client(
        "s3", endpoint_url=endpoint, region_name="us-east-1", config=Config(s3={"addressing_style": "path"})
    )
