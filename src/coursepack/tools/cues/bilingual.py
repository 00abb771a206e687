"""Two tracks of one recording as one: each cue has a line in either language.

Cues belong together when they share half of the shorter one's time. Where one language takes two cues for what the
other says in one, they are joined. The first track's times lead.
"""

from collections.abc import Sequence
from typing import Final

import msgspec

from coursepack.tools.cues.markup import escape, words_of
from coursepack.tools.cues.track import CueTrack, TimedCue

_SHARED: Final = 0.5
_MOST_JOINED_MS: Final = 12_000
"""A chain of cues that hang together ends here: a paragraph is no caption."""

LANGUAGE: Final = "mul"
"""ISO 639-2 for "several languages": what the merged track's name and `srclang` say."""


class Merged(msgspec.Struct, frozen=True):
    """The merged track, and how many of its cues lack one of the languages."""

    track: CueTrack
    only_first: int
    only_second: int


def merge(first: CueTrack, second: CueTrack, languages: tuple[str, str]) -> Merged:
    """One track of two lines. `languages`: BCP 47 tags, "" for unknown; known ones are marked in the text."""
    cues: list[TimedCue] = []
    alone = [0, 0]
    for mine, other in _together(first.cues, second.cues):
        lead = mine or other
        rows = [_line(part, tag) for part, tag in zip((mine, other), languages, strict=True) if part]
        alone[0] += not other
        alone[1] += not mine
        cues.append(TimedCue(lead[0].start_ms, max(c.end_ms for c in lead), "\n".join(rows)))
    return Merged(CueTrack(tuple(_apart(cues)), format="webvtt", encoding="UTF-8"), alone[0], alone[1])


def _together(
    first: Sequence[TimedCue], second: Sequence[TimedCue]
) -> list[tuple[list[TimedCue], list[TimedCue]]]:
    """Cues of both that say the same, by time."""
    groups: list[tuple[list[TimedCue], list[TimedCue]]] = []
    tagged = [(c, 0) for c in first] + [(c, 1) for c in second]
    for cue, side in sorted(tagged, key=lambda pair: (pair[0].start_ms, pair[1])):
        if groups and _belongs(cue, side, groups[-1]):
            groups[-1][side].append(cue)
        else:
            groups.append(([cue], []) if side == 0 else ([], [cue]))
    return groups


def _belongs(cue: TimedCue, side: int, group: tuple[list[TimedCue], list[TimedCue]]) -> bool:
    others = group[1 - side]
    begun = min(c.start_ms for part in group for c in part)
    if not others or cue.end_ms - begun > _MOST_JOINED_MS:
        return False
    return any(_shared(cue, other) for other in others)


def _shared(one: TimedCue, other: TimedCue) -> bool:
    both = min(one.end_ms, other.end_ms) - max(one.start_ms, other.start_ms)
    return both >= _SHARED * min(one.end_ms - one.start_ms, other.end_ms - other.start_ms)


def _line(cues: Sequence[TimedCue], tag: str) -> str:
    text = " ".join(" ".join(words_of(c.markup).split()) for c in cues)
    return f"<lang {tag}>{escape(text)}</lang>" if tag else escape(text)


def _apart(cues: Sequence[TimedCue]) -> list[TimedCue]:
    """No cue of the result stays until the next one has begun."""
    out: list[TimedCue] = []
    for cue in sorted(cues, key=lambda c: (c.start_ms, c.end_ms)):
        if out and out[-1].end_ms > cue.start_ms > out[-1].start_ms:
            out[-1] = msgspec.structs.replace(out[-1], end_ms=cue.start_ms)
        out.append(cue)
    return out
