"""How long a publisher insists when an answer leaves it in doubt, and when it gives itself up."""

import random
import time
from collections.abc import Callable, Iterator

import msgspec

from coursepack.errors import TargetError
from coursepack.publish.target import Body, Doubtful, Headers, Target, unseen

NOTHING_LOST = (
    "Nothing is lost: readers see one whole release. Publish again: what has arrived is not sent twice."
)


class Patience(msgspec.Struct, frozen=True):
    """Attempts at one request on top of those that the target makes by itself, and the pauses between them."""

    attempts: int = 10
    limit_s: float = 300.0
    """No attempt begins later than this after the first."""
    first_pause_s: float = 0.1
    longest_pause_s: float = 20.0
    pause: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic

    def turns(self) -> Iterator[int]:
        """Counts the attempts, and pauses before each but the first.

        The pauses have full jitter: many publishers that lost together must not come back together.
        """
        begun = self.clock()
        for attempt in range(self.attempts):
            if attempt:
                longest = min(self.longest_pause_s, self.first_pause_s * 2 ** (attempt - 1))
                wait_s = random.uniform(0, longest)  # noqa: S311
                if self.clock() + wait_s - begun > self.limit_s:
                    return
                self.pause(wait_s)
            yield attempt


class Deadline(msgspec.Struct, frozen=True):
    """When a publish gives itself up: what it saw at the beginning may be pruned some time after.

    Two clocks are asked and the later one is believed: the monotonic one stands still while a laptop sleeps, the other
    one can be set back.
    """

    length_s: float
    monotonic: float
    wall: float

    @staticmethod
    def after(length_s: float) -> "Deadline":
        """The deadline `length_s` seconds from now."""
        return Deadline(length_s, time.monotonic(), time.time())

    def passed_s(self) -> float:
        """Seconds since the beginning."""
        return max(time.monotonic() - self.monotonic, time.time() - self.wall)

    def check(self, where: str) -> None:
        """Raises `TargetError` when the time is over."""
        if self.passed_s() > self.length_s:
            raise TargetError(
                f"{where}: this publish began more than {self.length_s / 3600:.0f} hours ago and gives itself up: what it "
                "found there at the beginning may have been pruned since",
                "Nothing is lost: readers see the old release. Start it again: what has arrived is not sent twice.",
            )


def put_surely(
    target: Target,
    key: str,
    body: Body,
    headers: Headers,
    patience: Patience,
    *,
    if_absent: bool = False,
    unless: Callable[[], bool] = lambda: False,
    on_bytes: Callable[[int], None] = unseen,
) -> None:
    """Puts an object whose bytes do not depend on what is there, again and again while answers are doubtful.

    `unless` is asked before each repetition; True ends the matter. `ConditionFailed` passes through: after a doubtful
    answer it may be our own object that is there. Raises `TargetError` when patience is at its end.
    """
    last: Doubtful | None = None
    for attempt in patience.turns():
        if attempt and unless():
            return
        try:
            target.put(key, body, headers, if_absent=if_absent, on_bytes=on_bytes)
        except Doubtful as e:
            last = e
        else:
            return
    what = last.message if last else f"{target.url}/{key}: not one attempt was made"
    raise TargetError(f"{what}, and further attempts did not help", NOTHING_LOST) from last
