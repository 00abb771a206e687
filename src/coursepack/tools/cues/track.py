"""What every caption reader makes and every writer takes."""

import itertools

import msgspec

from coursepack.model.codes import diagnostic
from coursepack.model.diagnostic import Diagnostic

MAX_BYTES = 10 << 20
"""A ten-hour lecture's captions are about 1 MB."""
MAX_CUES = 50_000
MAX_CUE_LENGTH = 20_000
"""With markup. A cue of more is a file that lost its times, and quadratic work for those who read it."""
LAST_MS = 999 * 3_600_000
"""Times beyond this are a slip of the pen; it also keeps arithmetic and the written hours small."""
_SHOWN_PER_CODE = 20
EVERY = 1000
"""Findings of one kind about one file, where each place is asked for: nobody reads more, and memory is finite."""


class TimedCue(msgspec.Struct, frozen=True, omit_defaults=True):
    """One cue. `markup` is WebVTT cue text: raw from a reader, clean and balanced after `clean`.

    `settings` is a canonical WebVTT settings list or "". `line` is the line of its times in the source file.
    """

    start_ms: int
    end_ms: int
    markup: str
    settings: str = ""
    line: int = 0


class CueTrack(msgspec.Struct, frozen=True, omit_defaults=True):
    """The cues of one file, sorted by start. Empty when nothing could be read."""

    cues: tuple[TimedCue, ...] = ()
    format: str = ""
    """Name of the reader: "webvtt", "subrip", ..."""
    encoding: str = ""


class Notes:
    """Gathers the findings about one file; a code that repeats is shown a few times and then counted.

    A file of 3,000 broken lines must not bury the other findings of a course.
    """

    def __init__(self, path: str, *, limit: int = 0) -> None:
        self.path = path
        self._limit = limit or _SHOWN_PER_CODE
        self.every = limit > 0
        """Whether each place is wanted, where a finding could sum them up."""
        self._found: list[Diagnostic] = []
        self._counts: dict[str, int] = {}

    def add(self, code: str, line: int = 0, **args: str | float) -> None:
        """Adds a finding at `line` (from 1; 0: the whole file)."""
        seen = self._counts[code] = self._counts.get(code, 0) + 1
        if seen <= self._limit:
            self._found.append(diagnostic(code, self.path, line, 0, severity=None, **args))

    def wants(self, code: str) -> bool:
        """Whether another finding of `code` would be listed."""
        return self._counts.get(code, 0) < self._limit

    def has(self, *codes: str) -> bool:
        """Whether one of `codes` was added."""
        return any(code in self._counts for code in codes)

    def listed(self) -> tuple[Diagnostic, ...]:
        """All findings in the order of the file."""
        more = [
            diagnostic("CP329", self.path, count=count - self._limit, repeated=code)
            for code, count in self._counts.items()
            if count > self._limit
        ]
        return (*sorted(self._found, key=lambda d: d.line), *more)


def joined_blocks(body: list[str], first_line: int) -> list[tuple[int, str]]:
    """(line, words) of the blocks in a cue's `body` that stand below a blank line and words."""
    words = [k for k, line in enumerate(body) if line]
    return [(first_line + b, body[b]) for a, b in itertools.pairwise(words) if b > a + 1]


def note_joined(blocks: list[tuple[int, str]], notes: Notes) -> None:
    """One finding for all blocks of a file that were joined to the cue above them."""
    if blocks:
        notes.add("CP327", blocks[0][0], count=len(blocks), text=shown(blocks[0][1]))


def shown(text: str, limit: int = 60) -> str:
    """`text` on one line, cut for a message."""
    flat = " ".join(text.split())
    printable = "".join(c if c.isprintable() else "\ufffd" for c in flat[: limit * 2])
    return printable if len(printable) <= limit else printable[: limit - 1] + "…"


def clock(ms: int) -> str:
    """`ms` as a WebVTT time stamp with hours."""
    seconds, milli = divmod(ms, 1000)
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour:02}:{minute:02}:{second:02}.{milli:03}"
