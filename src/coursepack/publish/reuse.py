"""What a publisher may rely on without sending it: the age rules that let prune run beside publishers.

The argument is docs/decisions/0024-prune-beside-publishers.md; the numbers of rules in comments are those of it.
"""

import time
from collections.abc import Callable, Iterable

import msgspec

from coursepack.errors import TargetError, UsageError
from coursepack.publish.addresses import course_prefix, manifest_address
from coursepack.publish.manifest import Manifest
from coursepack.publish.retry import NOTHING_LOST, Patience, put_surely
from coursepack.publish.target import Body, ConditionFailed, Headers, Target

GRACE_S = 24 * 3600.0
_FEW = 4
_MANIFEST_LIMIT = 1 << 28


class AgeRules(msgspec.Struct, frozen=True):
    """Times that publishers and prune of one target agree on. All by the storage's clock but the pauses."""

    grace_s: float = GRACE_S
    """G: nothing younger is deleted. At least the longest visit of a learner, and twice the longest upload."""
    settle_s: float = 30.0
    """A delete is carried out by the storage this long after prune last looked, or never."""
    window_s: float = 5.0
    """Prune sends deletes this long after it has looked. The rest of `settle_s` is for those under way."""
    lease_s: float = 60.0
    """A prune that has not renewed its lease for so long is dead."""
    tick_s: float = 2.0
    """Times of writing come in whole seconds, and the clocks of a storage's machines differ a little."""
    pause: Callable[[float], None] = time.sleep
    monotonic: Callable[[], float] = time.monotonic

    def check(self) -> None:
        """Raises `UsageError` for times that contradict each other."""
        if not 0 < self.window_s < self.settle_s < self.give_up_s:
            raise UsageError(
                f"a grace of {self.grace_s:g} seconds is too short for the {self.settle_s:g} seconds that a publisher may have to wait",
                "Choose a longer grace: an hour is a sensible least.",
            )

    @property
    def give_up_s(self) -> float:
        """How long after it read the pointer a publisher may still commit: G/2 less what may be under way."""
        return self.grace_s / 2 - min(600.0, self.grace_s / 10)

    def young_from(self, now: float) -> float:
        """The oldest time of writing that a publisher that read the pointer at `now` relies on."""
        return now - self.grace_s / 2

    def deletable_before(self, now: float) -> float:
        """What was written before that, a prune that began at `now` may delete."""
        return now - self.grace_s - self.tick_s


class Reuse:
    """What one publish of `course` found at the target and would not send again.

    Make it right after the pointer was read. `met` is called for every object that was there already; `secure` before
    the commit. Objects of the release that the pointer names need none of this: the commit is conditional on it.
    Safe to call from several threads.
    """

    def __init__(self, target: Target, course: str, rules: AgeRules = AgeRules()) -> None:  # noqa: B008 - frozen
        rules.check()
        self._target = target
        self._prefix = course_prefix(course)
        self._rules = rules
        self._young_from = rules.young_from(target.now())
        self._met: dict[str, float | None] = {}

    def met(self, address: str, modified: float | None = None) -> None:
        """The object was there; `modified` is its time of writing where that is known already."""
        self._met[address] = modified

    def secure(self, manifest: Body, put_again: Callable[[str], None], patience: Patience) -> None:
        """Puts the manifest, and makes sure that everything met will still be there at the commit.

        One request when nothing that is old was met. Otherwise the manifest is written now, old or not, and holds what
        it names (rule 4); after `settle_s` what was deleted under our hands is put again by `put_again`.
        """
        key = self._prefix + manifest_address(manifest.digest)
        held = self._put_manifest(key, manifest, patience)
        old = self._old()
        if not old and held:
            return
        if held is None:
            _touch(self._target, key, manifest, patience)
        self._rules.pause(self._rules.settle_s)
        there = self._look(old)
        for address in old:
            if address not in there:
                put_again(address)
        if self._target.head(key) is None:
            _touch(self._target, key, manifest, patience)

    def _put_manifest(self, key: str, manifest: Body, patience: Patience) -> bool | None:
        """True: written now or lately. None: it is there, and old or damaged."""
        try:
            put_surely(self._target, key, manifest, _HEADERS, patience, if_absent=True)
        except ConditionFailed:
            found = self._target.get(key, limit=_MANIFEST_LIMIT)
            lately = found and found.stat.modified >= self._young_from and found.data == manifest.data
            return True if lately else None
        return True

    def _old(self) -> list[str]:
        unknown = [a for a, modified in self._met.items() if modified is None]
        ages: dict[str, float | None] = {**self._met, **dict.fromkeys(unknown), **self._look(unknown)}
        return sorted(a for a, modified in ages.items() if modified is None or modified < self._young_from)

    def _look(self, addresses: Iterable[str]) -> dict[str, float]:
        """Times of writing of those that are there."""
        wanted = set(addresses)
        if len(wanted) <= _FEW:
            found = {a: self._target.head(self._prefix + a) for a in sorted(wanted)}
            return {a: stat.modified for a, stat in found.items() if stat}
        parts = sorted({"b/" if a.startswith("b/") else "/".join(a.split("/")[:2]) + "/" for a in wanted})
        listed = (stat for part in parts for stat in self._target.list(self._prefix + part))
        return {a: s.modified for s in listed if (a := s.key.removeprefix(self._prefix)) in wanted}


def hold_release(
    target: Target,
    manifest: Manifest,
    data: bytes,
    rules: AgeRules = AgeRules(),  # noqa: B008 - frozen
    patience: Patience = Patience(),  # noqa: B008 - frozen
    *,
    safe_already: bool = False,
) -> None:
    """Makes an old release safe to be committed again: for a roll-back, which has no bytes to send.

    Writes the manifest again, which keeps prune off all that it names (rule 4), waits until deletes that were under way
    are over, and looks whether everything is there. Commit within `rules.give_up_s`. `safe_already`: the release is the
    newest of the history that is not the current one: no prune ever deletes it, so there is no wait.
    Raises `TargetError` when the release is not whole.
    """
    prefix = course_prefix(manifest.signed.course)
    body = Body.of(data)
    _touch(target, prefix + manifest_address(body.digest), body, patience)
    if not safe_already:
        rules.pause(rules.settle_s)
    lost = missing_objects(target, manifest)
    if lost:
        raise TargetError(
            f"{target.url}: the release of {manifest.signed.course!r} that is to come back is not whole: {len(lost)} of its "
            f"objects are gone, the first is {lost[0]}",
            "It was pruned. Build that version again and publish it.",
        )


def missing_objects(target: Target, manifest: Manifest) -> list[str]:
    """Addresses of a release's blobs and pages that are not there, or have another size. Two listings."""
    prefix = course_prefix(manifest.signed.course)
    wanted = {f.address: f.size for f in manifest.objects() if f.address.startswith(("b/", "r/"))}
    for part in ("b/", f"r/{manifest.signed.release}/"):
        for stat in target.list(prefix + part):
            address = stat.key.removeprefix(prefix)
            if wanted.get(address) == stat.size:
                del wanted[address]
    return sorted(wanted)


_HEADERS = Headers("application/json", "public, max-age=31536000, immutable")


def _touch(target: Target, key: str, manifest: Body, patience: Patience) -> None:
    """Writes the manifest over itself: the same bytes at a new time."""
    try:
        put_surely(target, key, manifest, _HEADERS, patience)
    except ConditionFailed as e:  # nothing was asked for
        raise TargetError(f"{target.url}/{key} could not be written", NOTHING_LOST) from e
