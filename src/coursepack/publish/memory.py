"""A target in memory: the fake of the tests, and a place to rehearse a publish."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from urllib.parse import quote

from coursepack.errors import TargetError
from coursepack.model.digest import digest_bytes
from coursepack.publish.target import Body, ConditionFailed, Fetched, Headers, Stat, Upload, check_key, unseen


class MemoryTarget:
    """Objects in a dict. `headers` keeps what was put beside the bytes."""

    def __init__(self, name: str = "test", *, clock: Callable[[], float] = time.time) -> None:
        self._name = name
        self._clock = clock
        self._lock = threading.Lock()
        self._puts = 0
        self._objects: dict[str, Fetched] = {}
        self.headers: dict[str, Headers] = {}
        self._requests: Counter[str] = Counter()

    @property
    def url(self) -> str:
        """`memory:NAME`."""
        return f"memory:{self._name}"

    @property
    def requests(self) -> Counter[str]:
        """One for each call."""
        return self._requests

    def get(self, key: str, *, limit: int = 1 << 28) -> Fetched | None:
        """See `Target.get`."""
        check_key(key)
        with self._lock:
            self._requests["GET"] += 1
            found = self._objects.get(key)
        if found and found.stat.size > limit:
            raise TargetError(f"{self.url}/{key} is larger than {limit} bytes")
        return found

    def head(self, key: str) -> Stat | None:
        """See `Target.head`."""
        check_key(key)
        with self._lock:
            self._requests["HEAD"] += 1
            found = self._objects.get(key)
        return found.stat if found else None

    def list(self, prefix: str) -> Iterator[Stat]:
        """See `Target.list`."""
        with self._lock:
            self._requests["LIST"] += 1
            found = [o.stat for k, o in self._objects.items() if k.startswith(prefix)]
        for stat in sorted(found, key=lambda s: s.key.encode()):
            yield Stat(key=stat.key, size=stat.size, etag=stat.etag, modified=stat.modified)

    def put(
        self,
        key: str,
        body: Body,
        headers: Headers,
        *,
        if_match: str | None = None,
        if_absent: bool = False,
        on_bytes: Callable[[int], None] = unseen,
    ) -> str:
        """See `Target.put`."""
        check_key(key)
        data = body.data if body.data is not None else body.path.read_bytes() if body.path else b""
        if digest_bytes(data) != body.digest:
            raise TargetError(
                f"the bytes for {key} are not those that were promised", "Build the course again."
            )
        with self._lock:
            self._requests["PUT"] += 1
            there = self._objects.get(key)
            if (if_absent and there) or (if_match is not None and (not there or there.stat.etag != if_match)):
                raise ConditionFailed(key)
            self._puts += 1
            etag = f'"{self._puts}"'
            self._objects[key] = Fetched(
                Stat(key, len(data), etag, self._clock(), headers.media_type),
                data,
            )
            self.headers[key] = headers
        on_bytes(len(data))
        return etag

    def delete(self, key: str) -> None:
        """See `Target.delete`."""
        check_key(key)
        with self._lock:
            self._requests["DELETE"] += 1
            self._objects.pop(key, None)

    def uploads(self, prefix: str) -> Iterator[Upload]:
        """None: a put is one step here."""
        return iter(())

    def abort(self, upload: Upload) -> None:
        """See `Target.abort`."""

    def now(self) -> float:
        """See `Target.now`."""
        return self._clock()

    def prove(self, proof: str = "") -> str:
        """See `Target.prove`: true here by construction."""
        return ""

    def address(self, key: str) -> str:
        """An address that only looks like one."""
        return f"memory://{self._name}/{quote(key)}"
