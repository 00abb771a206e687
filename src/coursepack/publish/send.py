"""Puts what is missing: finds out what is there already, and sends the rest over a few threads."""

from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from threading import Event

import msgspec

from coursepack.publish.addresses import WORKER, course_prefix
from coursepack.publish.manifest import FileFacts
from coursepack.publish.release import Prepared, headers_of
from coursepack.publish.retry import Patience, put_surely
from coursepack.publish.reuse import Reuse
from coursepack.publish.site import Published
from coursepack.publish.target import ConditionFailed, Doubtful, Stat, Target

_THREADS = 16
_WORTH_LISTING = 4


class Sent(msgspec.Struct, frozen=True):
    """How far a publish is."""

    objects: int
    of_objects: int
    size: int
    of_size: int


def missing(files: Iterable[Published], there: frozenset[FileFacts]) -> list[Published]:
    """The files to send, once for each address: the smallest first, then the largest down.

    The smallest is the one that asks whether an earlier publish broke off (see `send`); large ones go early because
    the last transfer decides when all is done.
    """
    wanted: dict[str, Published] = {}
    for file in files:
        facts = FileFacts(file.address, file.digest, file.size, file.media_type)
        if facts not in there:
            wanted.setdefault(file.address, file)
    by_size = sorted(wanted.values(), key=lambda f: (f.address == WORKER, f.size, f.address))
    return by_size[:1] + by_size[:0:-1]


def send(
    target: Target,
    prepared: Prepared,
    files: list[Published],
    reuse: Reuse,
    on_progress: Callable[[Sent], None],
    patience: Patience = Patience(),  # noqa: B008 - frozen
) -> tuple[int, int]:
    """Puts `files` (in the order of `missing`) and returns how many objects and bytes went out.

    Each is put on condition that it is not there, so that `reuse` learns of all that was: prune may be about to delete
    it. If the first one is there, an earlier publish broke off or the course has had these bytes before, and two
    listings tell what else need not be sent again.
    """
    if not files:
        return 0, 0
    prefix = course_prefix(prepared.release.course)
    first = files[0]
    # The service worker, which is the first only when it is alone, takes the place of an older one.
    absent = first.address != WORKER
    key, body = prefix + first.address, prepared.body(first)
    try:
        put_surely(target, key, body, headers_of(first), patience, if_absent=absent)
        rest, sent = files[1:], [first]
    except ConditionFailed:
        # Only what the server said: whether it is there is looked up, for the first one as for all.
        if len(files) > _WORTH_LISTING:
            there = _listed(target, prefix, prepared.name)
        else:
            found = target.head(key)
            there = {first.address: found} if found else {}
        rest = [f for f in files if f.address not in there or there[f.address].size != f.size]
        left = {f.address for f in files} - {f.address for f in rest}
        for address in left:
            reuse.met(address, there[address].modified)
        sent = []
    _send_all(target, prepared, rest, sent, reuse, on_progress, patience)
    return len(sent), sum(f.size for f in sent)


def put_file(target: Target, prepared: Prepared, file: Published, patience: Patience) -> None:
    """Puts one object of the release over whatever is there."""
    key = course_prefix(prepared.release.course) + file.address
    put_surely(target, key, prepared.body(file), headers_of(file), patience)


def _put_new(
    target: Target,
    prepared: Prepared,
    file: Published,
    reuse: Reuse,
    patience: Patience,
    stopped: Callable[[], bool],
) -> None:
    key = course_prefix(prepared.release.course) + file.address
    body, headers = prepared.body(file), headers_of(file)
    if file.address == WORKER:  # takes the place of an older one
        put_surely(target, key, body, headers, patience, unless=stopped)
        return
    try:
        put_surely(target, key, body, headers, patience, if_absent=True, unless=stopped)
        return
    except ConditionFailed:
        pass  # only what the server said
    try:
        found = target.head(key)
    except Doubtful:
        found = None
    if found and found.size == file.size:
        reuse.met(file.address, found.modified)
        return
    put_surely(target, key, body, headers, patience, unless=stopped)
    reuse.met(file.address, _LONG_AGO if found else None)  # a delete of the old one may be under way


_LONG_AGO = 0.0


def _listed(target: Target, prefix: str, release: str) -> dict[str, Stat]:
    return {
        stat.key.removeprefix(prefix): stat
        for part in ("b/", f"r/{release}/")
        for stat in target.list(prefix + part)
    }


def _send_all(
    target: Target,
    prepared: Prepared,
    files: list[Published],
    sent: list[Published],
    reuse: Reuse,
    on_progress: Callable[[Sent], None],
    patience: Patience,
) -> None:
    of_objects, of_size = len(sent) + len(files), sum(f.size for f in (*sent, *files))
    size = sum(f.size for f in sent)

    stop = Event()  # one that failed ends the repetitions of all others

    def put(file: Published) -> Published:
        _put_new(target, prepared, file, reuse, patience, stop.is_set)
        return file

    with ThreadPoolExecutor(_THREADS, thread_name_prefix="put") as pool:
        waiting: set[Future[Published]] = set()
        todo = iter(files)
        try:
            while True:
                # A short queue: neither futures nor bodies pile up, and a failure stops all soon.
                while len(waiting) < 2 * _THREADS and (file := next(todo, None)):
                    waiting.add(pool.submit(put, file))
                if not waiting:
                    return
                done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                for future in done:
                    sent.append(future.result())
                    size += sent[-1].size
                on_progress(Sent(len(sent), of_objects, size, of_size))
        finally:
            stop.set()
            for future in waiting:
                future.cancel()
