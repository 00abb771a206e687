"""Deletes what no kept release names, safely beside publishers. See docs/decisions/0024-prune-beside-publishers.md.

Numbers of rules in comments are those of that record.
"""

import secrets
from collections.abc import Callable, Iterator

import msgspec

from coursepack.errors import ConflictError, TargetError
from coursepack.publish.addresses import course_prefix, manifest_address
from coursepack.publish.commit import read_pointer
from coursepack.publish.manifest import Manifest, fetch_manifest
from coursepack.publish.reuse import AgeRules
from coursepack.publish.target import Body, ConditionFailed, Doubtful, Headers, Stat, Target

KEEP = 5
LEASE = "prune.json"
_PARTS = ("b/", "r/")
_HEADERS = Headers("application/json", "no-cache")


class Pruned(msgspec.Struct, frozen=True):
    """What was deleted of one course, or under `dry_run` would be. Sizes in bytes."""

    course: str
    objects: int
    size: int
    manifests: int
    kept_releases: int
    young: int
    """Objects that nobody names and that are too young to be deleted."""
    dry_run: bool


class Look(msgspec.Struct, frozen=True):
    """What must stay, as seen at one moment."""

    held: frozenset[str]
    """Addresses of objects and manifests."""
    until: float
    """Monotonic time after which no delete may be sent on the strength of this look."""
    releases: int


def prune_course(
    target: Target,
    course: str,
    *,
    keep: int = KEEP,
    rules: AgeRules = AgeRules(),  # noqa: B008 - frozen
    dry_run: bool = False,
    on_delete: Callable[[str], None] = lambda _: None,
) -> Pruned:
    """Deletes the objects of `course` that neither the current release, nor the `keep` before it, nor any manifest
    younger than the grace time names, and that are older than the grace time themselves.

    Raises `ConflictError` while another prune of the course runs, and `TargetError`. May be killed at any moment.
    """
    rules.check()
    if keep < 1:
        raise ValueError(
            "the release before the current one is always kept"
        )  # rule 6: a roll-back relies on it
    if dry_run:
        return _Pruning(target, course, keep, rules, None).run(on_delete)
    with_lease = _Lease(target, course, rules)
    try:
        return _Pruning(target, course, keep, rules, with_lease).run(on_delete)
    finally:
        with_lease.give_back()


class _Pruning:
    def __init__(
        self, target: Target, course: str, keep: int, rules: AgeRules, lease: "_Lease | None"
    ) -> None:
        self._target = target
        self._course = course
        self._prefix = course_prefix(course)
        self._keep = keep
        self._rules = rules
        self._lease = lease
        self._known: dict[str, frozenset[str]] = {}

    def run(self, on_delete: Callable[[str], None]) -> Pruned:
        look = self._look()
        before = self._rules.deletable_before(self._target.now())
        old: list[Stat] = []
        young = 0
        for part in (*_PARTS, "m/"):  # manifests last: a prune that is killed still knows what they named
            for stat in self._target.list(self._prefix + part):
                if stat.key.removeprefix(self._prefix) in look.held:
                    continue
                if stat.modified < before:
                    old.append(stat)
                else:
                    young += 1
        gone = list(self._delete(old, before, on_delete)) if self._lease else old
        is_manifest = [s.key.startswith(f"{self._prefix}m/") for s in gone]
        return Pruned(
            course=self._course,
            objects=len(gone) - sum(is_manifest),
            size=sum(s.size for s in gone),
            manifests=sum(is_manifest),
            kept_releases=look.releases,
            young=young,
            dry_run=self._lease is None,
        )

    def _delete(self, old: list[Stat], before: float, on_delete: Callable[[str], None]) -> Iterator[Stat]:
        look: Look | None = None
        for stat in old:
            if look is None or self._rules.monotonic() >= look.until:
                look = self._look()
            address = stat.key.removeprefix(self._prefix)
            if address in look.held:
                continue
            now = self._target.head(stat.key)  # rule 5: it may have been written again since it was listed
            if now is None or now.modified >= before or now.size != stat.size:
                continue
            if self._rules.monotonic() >= look.until:
                look = self._look()
                if address in look.held:
                    continue
            on_delete(stat.key)
            self._target.delete(stat.key)
            yield stat

    def _look(self) -> Look:
        """Rule 4: what all manifests that count name, seen now."""
        if self._lease:
            self._lease.renew()
        until = self._rules.monotonic() + self._rules.window_s
        seen = read_pointer(self._target, self._course)
        if seen is None:
            raise TargetError(
                f"{self._target.url}: {self._course!r} has no home page, so nothing says what belongs to it",
                "Publish the course, or remove its folder by hand if nobody needs it.",
            )
        before = self._rules.deletable_before(self._target.now())
        current = seen.pointer.manifest
        past = [p.manifest for p in seen.pointer.history if p.manifest != current]
        wanted = {current, *list(dict.fromkeys(past))[: self._keep]}
        for stat in self._target.list(f"{self._prefix}m/"):
            digest = stat.key.rpartition("/")[2].removesuffix(".json")
            if stat.modified >= before:
                wanted.add(digest)
        held = {a for digest in sorted(wanted) for a in self._objects(digest, must=digest == current)}
        return Look(frozenset(held), until, len(wanted))

    def _objects(self, digest: str, *, must: bool) -> frozenset[str]:
        if digest not in self._known:
            found: tuple[Manifest, bytes] | None
            try:
                found = fetch_manifest(self._target, self._course, digest)
            except Doubtful:
                raise
            except TargetError:
                if must:
                    raise
                found = None  # damaged: nothing can come back by it
            if found is None and must:
                raise TargetError(
                    f"{self._target.url}: the manifest of the current release of {self._course!r} is missing",
                    "Publish the course again; prune it afterwards.",
                )
            objects = {f.address for f in found[0].objects()} if found else set()
            self._known[digest] = frozenset({manifest_address(digest), *objects} if found else set())
        return self._known[digest]


class _Lease:
    """One prune of a course at a time: `c/<course>/prune.json`, renewed before every look."""

    def __init__(self, target: Target, course: str, rules: AgeRules) -> None:
        self._target = target
        self._key = course_prefix(course) + LEASE
        self._rules = rules
        self._etag = ""
        self._body = Body.of(b'{"prune":"%s"}\n' % secrets.token_hex(16).encode())
        self._course = course

    def renew(self) -> None:
        """Takes the lease, or keeps it. Raises `ConflictError` when somebody else has it."""
        try:
            if self._etag:
                self._etag = self._target.put(self._key, self._body, _HEADERS, if_match=self._etag)
            else:
                self._take()
        except (ConditionFailed, Doubtful) as e:
            found = self._target.get(self._key)
            if found is None or found.data != self._body.data:
                raise self._busy() from e
            self._etag = found.stat.etag

    def _take(self) -> None:
        try:
            self._etag = self._target.put(self._key, self._body, _HEADERS, if_absent=True)
        except ConditionFailed:
            found = self._target.get(self._key)
            if found is None or found.data == self._body.data:
                raise
            if found.stat.modified > self._target.now() - self._rules.lease_s - self._rules.tick_s:
                raise self._busy() from None
            # Its holder is dead: its last deletes are over before ours begin.
            self._rules.pause(self._rules.settle_s)
            self._etag = self._target.put(self._key, self._body, _HEADERS, if_match=found.stat.etag)

    def give_back(self) -> None:
        """Lets the next one begin at once; left behind, the lease ends by itself."""
        if self._etag:
            self._target.delete(self._key)
            self._etag = ""

    def _busy(self) -> ConflictError:
        return ConflictError(
            f"{self._target.url}: another prune of {self._course!r} is under way",
            f"Wait for it. One that was killed is forgotten after {self._rules.lease_s:g} seconds.",
        )
