"""Where the slides of a video change: from the small grey pictures that the encoder takes along.

A scene is a picture that holds. Runs of still pictures are compared with the scene before them, so that whatever
lies between two runs (a cut, a cross-fade, a flash, a blank screen) is at most one change. What the earlier picture
showed must be gone: words that are added to a slide, a cursor or typing take nothing away. Parts of the picture that
always move (a speaker in a corner) and parts that never change (the template) have no say.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

import msgspec

from coursepack.model.media import ChapterFacts
from coursepack.recipes.encode import STRIP, STRIP_FPS

if TYPE_CHECKING:
    from PIL.Image import Image

SHORTEST_SCENE_MS: Final = 4000
SHORTEST_CHAPTER_MS: Final = 20_000
MOST_CHAPTERS: Final = 30

_SIZE: Final = STRIP[0] * STRIP[1]
_TILE: Final = 10
"""Side of a tile in pixels: 16 x 9 tiles are a picture."""
_TILES: Final = (STRIP[0] // _TILE) * (STRIP[1] // _TILE)
_SEEN: Final = 20
"""Least difference of two grey levels that is a change, and that is an edge: above what compression and noise do."""
_TILE_MOVED: Final = 10
"""Of 255: share of a tile's pixels that must change for the tile to have changed."""
_STILL: Final = 0.015
"""Largest mean share of changed pixels between two pictures that show the same."""
_BUSY_WINDOW: Final = 20 * STRIP_FPS
_BUSY: Final = 0.3
"""A tile that changes in more than this share of the calmer half of the pictures around moves on its own,"""
_BUSY_IN_ALL: Final = 0.4
"""and so does one that changes in this share of all of them."""
_MOST_BUSY: Final = 0.6
"""With more of the picture busy than this, it is the picture itself that moves."""
_FEWEST_CHANGES: Final = 8
"""A tile that changes less than once in so many changes of the picture belongs to the template."""
_GONE: Final = 0.35
"""Share of the earlier picture's edges that must have changed."""
_LEAST_AREA: Final = 0.01
"""Share of all pixels that must have changed."""
_SHORTEST_RUN: Final = 3
_MOST_COMING: Final = 3
_FLAT: Final = 4.0
"""Standard deviation in grey levels, at or below which a picture is blank."""


class Picture(msgspec.Struct, frozen=True):
    """What is kept of one picture of the strip. Grey levels are 0 to 255, shares 0 to 1."""

    mean: float
    deviation: float
    entropy: float
    """Bits a pixel."""
    sharpness: float
    """Share of pixels that stand at an edge."""
    moved: bytes
    """For each tile, how much of it differs from the picture before, of 255."""
    drifted: bytes
    """The same against two pictures before: what a slow fade shows first."""

    @property
    def difference(self) -> float:
        """Share of pixels that differ from the picture before."""
        return sum(self.moved) / (255 * _TILES)

    @property
    def blank(self) -> bool:
        """Nothing to see: black, white, one colour."""
        return self.deviation <= _FLAT


class Strip(msgspec.Struct, frozen=True, dict=True):
    """A strip of grey pictures, `STRIP_FPS` a second: facts of each, and the file with the pixels."""

    path: Path
    pictures: tuple[Picture, ...]

    def image(self, n: int) -> "Image":
        """The pixels of picture `n`."""
        from PIL import Image

        with self.path.open("rb") as f:
            f.seek(n * _SIZE)
            return Image.frombytes("L", STRIP, f.read(_SIZE))

    @cached_property
    def busy(self) -> tuple[frozenset[int], ...]:
        """For each picture, the tiles that move all the time around it, one set for half a window."""
        return tuple(_busy_tiles(self.pictures))


def read_strip(path: Path) -> Strip:
    """Looks at every picture of the file once. A last picture that is cut off is left out."""
    with path.open("rb") as f:
        return Strip(path, tuple(_pictures(f)))


def _pictures(file: IO[bytes]) -> Iterator[Picture]:
    from PIL import Image, ImageChops

    last: list[Image.Image] = []
    while len(data := file.read(_SIZE)) == _SIZE:
        image = Image.frombytes("L", STRIP, data)
        steps = [
            ImageChops.difference(image, other).point(_steps()).reduce(_TILE).tobytes() for other in last
        ]
        steps += [bytes(_TILES)] * (2 - len(steps))
        yield picture_facts(image, *steps)
        last = [image, *last[:1]]


def picture_facts(image: "Image", moved: bytes = bytes(_TILES), drifted: bytes = bytes(_TILES)) -> Picture:
    """The facts of a grey picture of the strip's size."""
    histogram = image.histogram()
    mean = sum(level * n for level, n in enumerate(histogram)) / _SIZE
    square = sum(level * level * n for level, n in enumerate(histogram)) / _SIZE
    return Picture(
        mean=mean,
        deviation=max(0.0, square - mean * mean) ** 0.5,
        entropy=float(image.entropy()),
        sharpness=_share(_edges(image)),
        moved=moved,
        drifted=drifted,
    )


def _steps() -> list[int]:
    return [255 if level >= _SEEN else 0 for level in range(256)]


def _edges(image: "Image") -> "Image":
    """White where a pixel differs from the one to its left or above it."""
    from PIL import ImageChops

    # An offset wraps around: the border rows would compare opposite sides.
    width, height = image.size
    inner = image.crop((1, 1, width, height))
    left = ImageChops.difference(inner, image.crop((0, 1, width - 1, height)))
    above = ImageChops.difference(inner, image.crop((1, 0, width, height - 1)))
    edges = ImageChops.lighter(left, above).point(_steps())
    whole = image.copy()
    whole.paste(0, (0, 0, width, height))
    whole.paste(edges, (1, 1))
    return whole


def _share(mask: "Image") -> float:
    """Share of white pixels, of the whole picture."""
    return mask.histogram()[255] / _SIZE


# -- changes -----------------------------------------------------------------------------------------------------


class _Run(msgspec.Struct, frozen=True):
    """Still pictures, `first` to `last`."""

    first: int
    last: int


def changes(strip: Strip) -> tuple[int, ...]:
    """The times in ms at which a new scene is on show, the beginning of the video left out."""
    look = _Look(strip)
    accepted: list[int] = []
    scene: _Run | None = None
    # What may follow the scene, once one of it has stayed long enough; a flash or a glance back comes in between.
    coming: list[_Run] = []
    for run in _runs(strip):
        if strip.pictures[run.last].blank:
            continue
        if scene is None:
            scene = run
            continue
        known = next((n for n, c in enumerate(coming) if not look.gone(c, run)), -1)
        if known >= 0:
            coming[known:] = [_Run(coming[known].first, run.last)]
        elif not look.gone(scene, run):
            scene, coming = _Run(scene.first, run.last), []
        else:
            coming = [*coming[-_MOST_COMING:], run]
        if coming and _ms(coming[-1].last + 1 - coming[-1].first) >= SHORTEST_SCENE_MS:
            accepted.append(_ms(coming[-1].first))
            scene, coming = coming[-1], []
    return tuple(accepted)


def _ms(pictures: int) -> int:
    return pictures * 1000 // STRIP_FPS


def _runs(strip: Strip) -> Iterator[_Run]:
    """Stretches in which nothing moves but what always moves; of fewer pictures it may be the midst of a change."""
    first = 0
    for n in range(1, len(strip.pictures) + 1):
        if n == len(strip.pictures) or not _holds(strip, n, first):
            if n - first >= _SHORTEST_RUN:
                yield _Run(first, n - 1)
            first = n


def _holds(strip: Strip, n: int, first: int) -> bool:
    """Whether picture `n` still shows what the run from picture `first` shows."""
    picture, busy = strip.pictures[n], busy_at(strip, n)
    if _outside(picture.moved, busy) > _STILL:
        return False
    return n - 2 < first or _outside(picture.drifted, busy) <= _STILL


def _outside(tiles: bytes, busy: frozenset[int]) -> float:
    """The share of a picture that has changed, busy tiles left out."""
    return sum(m for tile, m in enumerate(tiles) if tile not in busy) / (255 * (_TILES - len(busy)))


def busy_at(strip: Strip, n: int) -> frozenset[int]:
    """The tiles that move all the time around picture `n`."""
    return strip.busy[n // (_BUSY_WINDOW // 2)]


def _often(pictures: Sequence[Picture], times: float) -> frozenset[int]:
    """The tiles that move in more than so many of the pictures."""
    counts = [sum(map(_has_moved, column)) for column in zip(*(p.moved for p in pictures), strict=True)]
    return frozenset(tile for tile, count in enumerate(counts) if count > times)


def _has_moved(tile: int) -> bool:
    return tile >= _TILE_MOVED


def _busy_tiles(pictures: Sequence[Picture]) -> Iterator[frozenset[int]]:
    half = _BUSY_WINDOW // 2
    for middle in range(0, len(pictures), half):
        around = sorted(
            pictures[max(0, middle - half) : middle + 2 * half], key=lambda p: sum(map(_has_moved, p.moved))
        )
        # The calmer half: a slide that changes moves once, and slow fades are what moves in the other half. But who
        # now and then stands still is calm there too.
        calm = around[: (len(around) + 1) // 2]
        busy = _often(calm, max(2, _BUSY * len(calm))) | _often(around, max(4, _BUSY_IN_ALL * len(around)))
        yield busy if len(busy) <= _MOST_BUSY * _TILES else frozenset()


class _Look:
    """Compares scenes of one strip."""

    def __init__(self, strip: Strip) -> None:
        self._strip = strip
        self._template = _template(strip)

    def gone(self, before: _Run, after: _Run) -> bool:
        """Whether what was on show at the end of `before` is no longer there at the beginning of `after`."""
        from PIL import Image, ImageChops

        a, b = self._strip.image(before.last), self._strip.image(after.first)
        busy = busy_at(self._strip, before.last) | busy_at(self._strip, after.first)
        changed = _only(ImageChops.difference(a, b).point(_steps()), busy)
        if _share(changed) < _LEAST_AREA:
            return False
        edges = _only(_edges(a), busy | self._template)
        if not _share(edges):
            edges = _only(Image.new("L", STRIP, 255), busy)
        return _share(ImageChops.darker(edges, changed)) >= _GONE * _share(edges)


def _template(strip: Strip) -> frozenset[int]:
    """The tiles that stay as they are while the rest of the picture changes."""
    counts = [0] * _TILES
    for n, picture in enumerate(strip.pictures):
        busy = busy_at(strip, n)
        if _outside(picture.moved, busy) > 2 * _STILL:
            for tile, moved in enumerate(picture.moved):
                counts[tile] += _has_moved(moved) and tile not in busy
    most = max(counts)
    return frozenset(t for t, count in enumerate(counts) if count * _FEWEST_CHANGES < most)


def _only(mask: "Image", without: frozenset[int]) -> "Image":
    """`mask`, black in the tiles `without`."""
    across = STRIP[0] // _TILE
    for tile in without:
        x, y = tile % across * _TILE, tile // across * _TILE
        mask.paste(0, (x, y, x + _TILE, y + _TILE))
    return mask


# -- chapters ----------------------------------------------------------------------------------------------------


def proposed_chapters(
    changes: Sequence[int], duration_ms: int, language: str = ""
) -> tuple[ChapterFacts, ...]:
    """Chapters of at least 20 s and at most about 30 of them, from times of scene changes; () where there is one.

    `language` is the course's BCP 47 tag: titles are Chinese or English, for the author to replace.
    """
    starts = [0, *(ms for ms in sorted(set(changes)) if 0 < ms < duration_ms)]
    while len(starts) > 1:
        lengths = [end - start for start, end in zip(starts, [*starts[1:], duration_ms], strict=True)]
        shortest = min(range(len(starts)), key=lambda n: (lengths[n], n))
        if lengths[shortest] >= SHORTEST_CHAPTER_MS and len(starts) <= MOST_CHAPTERS:
            break
        # The shortest joins its shorter neighbour; the first can only take in the second.
        into_next = shortest == 0 or (
            shortest + 1 < len(starts) and lengths[shortest + 1] < lengths[shortest - 1]
        )
        del starts[shortest + 1 if into_next else shortest]
    if len(starts) < 2:
        return ()
    ends = [*starts[1:], duration_ms]
    return tuple(
        ChapterFacts(start, end, numbered(n, language))
        for n, (start, end) in enumerate(zip(starts, ends, strict=True), 1)
    )


def numbered(number: int, language: str) -> str:
    """The title of a chapter that has none."""
    chinese = language.lower().split("-")[0] in ("zh", "yue", "cmn", "wuu", "nan", "hak")
    return f"第 {number} 部分" if chinese else f"Part {number}"
