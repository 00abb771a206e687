"""What moves in a short run of small grey pictures, and how drawn they look. Pure; pictures are `GRID` friendly.

The small pictures are made by picking points, not by averaging: noise and exact stillness must both survive.
"""

import itertools
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import msgspec

if TYPE_CHECKING:
    from PIL.Image import Image

GRID: Final = (16, 9)
"""Blocks of a picture, by its long and its short side."""
BLOCK: Final = 20
"""Pixels of a block's side in the small picture."""

_CHANGED: Final = 6
"""Grey levels: more than a good encoder's mistakes, less than the noise of a camera or the edge of a pointer."""

_MOVING: Final = 5
"""Of 255: the share of changed pixels that makes a block a moving one (8 of 400: a pointer makes more)."""
_ASTRAY: Final = 0.1
"""Share of the changed pixels of a fade that may change away from its end."""


class Motion(msgspec.Struct, frozen=True):
    """A run of pictures at the video's own rate."""

    still: float
    """Share of neighbouring pictures that are alike."""
    flat: float
    """Share of pixels exactly like their neighbour: high for what was drawn, low for what was filmed."""
    blocks: tuple[float, ...]
    """Of each block: the share of neighbouring pictures between which it moves."""
    moves: bool
    """Whether something moves that half the rate would lose: all but cuts, fades and what appears at once."""
    changes: tuple[int, ...] = ()
    """Numbers of the pictures that differ from the one before."""


def small_size(width: int, height: int) -> tuple[int, int]:
    """The size of the small pictures for a video as displayed."""
    long, short = GRID[0] * BLOCK, GRID[1] * BLOCK
    return (long, short) if width >= height else (short, long)


def measure_motion(pictures: Sequence[bytes], size: tuple[int, int]) -> Motion:
    """What moves between `pictures` (at least one), grey, one byte a pixel."""
    from PIL import Image

    images = [Image.frombytes("L", size, p) for p in pictures]
    pairs = [_moving_blocks(a, b) for a, b in itertools.pairwise(images)]
    changes = [n + 1 for n, pair in enumerate(pairs) if any(pair)]
    count = max(1, len(pairs))
    return Motion(
        still=1 - len(changes) / count,
        flat=(_flatness(images[0]) + _flatness(images[-1])) / 2,
        blocks=tuple(sum(block) / count for block in zip(*pairs, strict=True)),
        moves=any(_run_moves(images, run) for run in _runs(changes)),
        changes=tuple(changes),
    )


def _moving_blocks(a: "Image", b: "Image") -> list[bool]:
    from PIL import Image

    changed = _changed(a, b)
    if changed.getbbox() is None:
        return [False] * (GRID[0] * GRID[1])
    cells = (a.width // BLOCK, a.height // BLOCK)
    return [share >= _MOVING for share in changed.resize(cells, Image.Resampling.BOX).tobytes()]


def _changed(a: "Image", b: "Image") -> "Image":
    from PIL import ImageChops

    return ImageChops.difference(a, b).point([255 if v > _CHANGED else 0 for v in range(256)])


def _flatness(image: "Image") -> float:
    from PIL import ImageChops

    # Moved by one pixel, a picture comes in again on the other side: that one column counts little.
    steps = ImageChops.difference(image, ImageChops.offset(image, 1, 0)).histogram()
    return steps[0] / (image.width * image.height)


def _runs(changes: Sequence[int]) -> list[tuple[int, int]]:
    """Unbroken rows of changes, as (first, last)."""
    runs: list[tuple[int, int]] = []
    for n in changes:
        if runs and runs[-1][1] == n - 1:
            runs[-1] = (runs[-1][0], n)
        else:
            runs.append((n, n))
    return runs


def _run_moves(images: Sequence["Image"], run: tuple[int, int]) -> bool:
    """Whether a row of changes is more than one picture that turns into another: every step must lead to its end."""
    from PIL import ImageChops

    end = images[run[1]]
    for before, after in itertools.pairwise(images[run[0] - 1 : run[1]]):
        low, high = ImageChops.darker(before, end), ImageChops.lighter(before, end)
        astray = ImageChops.lighter(ImageChops.subtract(after, high), ImageChops.subtract(low, after))
        outside = sum(astray.histogram()[_CHANGED + 1 :])
        if outside > _ASTRAY * _changed(before, after).histogram()[255]:
            return True
    return False
