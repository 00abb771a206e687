"""What a ladder of fixed bit rates would cost: the yardstick in the author's report."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

RATES: Final[tuple[tuple[int, int], ...]] = (
    (234, 145),
    (360, 365),
    (432, 730),
    (540, 2000),
    (720, 3000),
    (1080, 6000),
    (1440, 8100),
    (2160, 11600),
)
"""Lines -> kbit/s of H.264: Apple's "HLS Authoring Specification", the lower figure where it has two for one size.

It has no H.264 above 1080 lines: there stand its HEVC rates, which H.264 would not do with.
"""


def fixed_rate(lines: int) -> int:
    """The bit rate of a rendition of so many lines in kbit/s; between two sizes of the table, in proportion."""
    if lines <= RATES[0][0]:
        return RATES[0][1]
    for (low, low_rate), (high, high_rate) in pairwise(RATES):
        if lines <= high:
            return low_rate + (high_rate - low_rate) * (lines - low) // (high - low)
    return RATES[-1][1]


def fixed_ladder_bytes(lines: Sequence[int], duration_ms: int) -> int:
    """The pictures of all renditions with these heights at the fixed rates; sound costs the same in both ladders."""
    return sum(fixed_rate(n) for n in lines) * duration_ms // 8
