"""A Ceph radosgw on loopback: a monitor, one storage daemon that keeps all in memory, and the gateway.

A real C++ S3 server with quirks of its own: it wants bare ETags in `If-Match`, answers 500 to losers of a race, and its
DELETE knows no `If-Match`. The binaries come from Debian (`radosgw`, `ceph-mon`, `ceph-osd`); all state is in a temporary folder.
"""

import os
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.helpers.servers import KEY_ID, SECRET, credentials, free_ports, listens, process, wait_until

# No authentication inside the cluster: it listens on 127.0.0.1 alone and lives for one test module.
_CONF = """[global]
fsid = {fsid}
mon host = [v1:127.0.0.1:{mon}]
public addr = 127.0.0.1
cluster addr = 127.0.0.1
auth cluster required = none
auth service required = none
auth client required = none
run dir = {home}
admin socket =
log file =
log to stderr = true
pid file =
crash dir = {home}
plugin dir = /usr/lib/ceph
mon data = {home}/mon
mon data avail crit = 1
mon allow pool size one = true
mon pg warn min per osd = 0
osd data = {home}/osd
osd objectstore = memstore
memstore device bytes = 1073741824
osd crush update on start = false
osd crush chooseleaf type = 0
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 4
osd pool default pgp num = 4
osd pool default pg autoscale mode = off
osd max object name len = 2048
ms bind ipv6 = false
[client.rgw.test]
rgw data = {home}/rgw
rgw frontends = beast endpoint=127.0.0.1:{port}
rgw thread pool size = 32
rgw enable usage log = false
rgw dynamic resharding = false
rgw cache enabled = true
rgw run sync thread = false
rgw enable gc threads = false
rgw enable lc threads = false
"""


@contextmanager
def radosgw() -> Iterator[str]:
    """Its address; credentials for it are in the environment."""
    mon, port = free_ports(2)
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="rgw-")))
        fsid, osd = str(uuid.uuid4()), str(uuid.uuid4())
        conf = home / "ceph.conf"
        conf.write_text(_CONF.format(fsid=fsid, home=home, mon=mon, port=port))
        for name in ("mon", "osd", "rgw"):
            (home / name).mkdir()
        tool = _Tools(home)
        tool.run("monmaptool", "--create", "--fsid", fsid, "--addv", "a", f"[v1:127.0.0.1:{mon}]", "monmap")
        tool.run("ceph-mon", "--mkfs", "-i", "a", "--monmap", "monmap")
        monitor = stack.enter_context(process(tool.argv("ceph-mon", "-f", "-i", "a"), home))
        tool.run("ceph", "osd", "new", osd)
        tool.run("ceph-osd", "--mkfs", "-i", "0", "--osd-uuid", osd)
        tool.run("ceph", "osd", "crush", "add", "osd.0", "1.0", "root=default")
        storage = stack.enter_context(process(tool.argv("ceph-osd", "-f", "-i", "0"), home))
        tool.run(
            *("radosgw-admin", "-n", "client.rgw.test", "user", "create", "--uid", "test"),
            *("--display-name", "test", "--access-key", KEY_ID, "--secret-key", SECRET, "--max-buckets", "0"),
        )
        gateway = stack.enter_context(process(tool.argv("radosgw", "-f", "-n", "client.rgw.test"), home))
        wait_until(lambda: listens(port), "radosgw", monitor, storage, gateway)
        stack.enter_context(credentials())
        yield f"http://127.0.0.1:{port}"


class _Tools:
    """Ceph's programs, with the cluster's own configuration."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._path = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"

    def argv(self, name: str, *arguments: str) -> list[str]:
        program = shutil.which(name, path=self._path)
        if program is None:
            pytest.fail(f"{name} is missing: apt-get install radosgw ceph-mon ceph-osd (make setup does it)")
        conf = [] if name == "monmaptool" else ["-c", str(self._home / "ceph.conf")]
        return [program, *conf, *arguments]

    def run(self, name: str, *arguments: str) -> None:
        done = subprocess.run(
            self.argv(name, *arguments),
            cwd=self._home,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=60,
            check=False,
        )
        if done.returncode:
            pytest.fail(f"{name} {arguments[0]}: {done.stderr.decode(errors='replace')[-1500:]}")
