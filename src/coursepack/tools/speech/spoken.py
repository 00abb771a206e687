"""Which cues are speech: sounds and music in brackets are not."""

import re
from collections.abc import Iterable
from typing import Final

from coursepack.model.media import Cue

Span = tuple[int, int]
"""(start, end) in ms."""

_SOUND: Final = re.compile(r"(?:[\[(（【〔][^\])）】〕]*[\])）】〕]|[♪♫][^♪♫]*[♪♫]?|[♪♫\s])+")


def spoken(cues: Iterable[Cue]) -> list[Span]:
    """When words are shown, in order; of cues that overlap (two people, two lines) the union."""
    spans: list[Span] = []
    for cue in sorted(cues, key=lambda c: (c.start_ms, c.end_ms)):
        if _SOUND.fullmatch(cue.text.strip()):
            continue
        if spans and cue.start_ms < spans[-1][1]:
            if cue.start_ms == spans[-1][0]:
                spans[-1] = (spans[-1][0], max(spans[-1][1], cue.end_ms))
                continue
            # An end that is a little late; two that speak at once. Where the second begins is what counts.
            spans[-1] = (spans[-1][0], cue.start_ms)
        spans.append((cue.start_ms, cue.end_ms))
    return spans
