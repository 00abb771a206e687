"""Where a clean track keeps to none of the published numbers: each place by itself, without words about it."""

import itertools
import re
from collections import Counter
from collections.abc import Iterator

import msgspec

from coursepack.tools.cues import pace as numbers
from coursepack.tools.cues.breaking import CLOSING, OPENING
from coursepack.tools.cues.markup import voices_of, words_of
from coursepack.tools.cues.pace import Pace, length, longest_line, pace_of, reading_length
from coursepack.tools.cues.track import TimedCue

END_TOLERANCE_MS = 500
_TIMED = frozenset({"captions", "subtitles"})
_ROUNDING_MS = 1
_NAME = re.compile(r"(?:[-–—]\s*)?([A-Z][\w.'’ ]{0,20}?|[\u4e00-\u9fff]{2,4}|[A-Z]{2,20}):?(?<!:)[:：]\s?\S")
_LABEL = re.compile(r"[\[(【（〔♪♫]")
_SAME_WORDS = 4
_RECURS = 2
_A_FEW = 10
"""Of so few cues nothing is said as a whole."""


class Use(msgspec.Struct, frozen=True):
    """What a track is for. `duration_ms` of the media, 0 when unknown; `frame_ms` of its video."""

    kind: str
    language: str = ""
    duration_ms: int = 0
    children: bool = False
    frame_ms: float = numbers.FRAME_MS


class Flaw(msgspec.Struct, frozen=True):
    """One place. `value` is how bad it is, measured as the code's message says."""

    code: str
    cue: int
    value: float
    limit: str = ""
    text: str = ""


def find_flaws(cues: tuple[TimedCue, ...], use: Use) -> Iterator[Flaw]:
    """All flaws of timing, length and labelling, code by code, each code in the order of the file."""
    yield from _overlaps(cues, "CP340" if use.kind == "chapters" else "CP326")
    if use.duration_ms:
        yield from _late(cues, use.duration_ms)
    if use.kind in _TIMED:
        pace = pace_of(use.language, cues, children=use.children)
        words = [words_of(cue.markup) for cue in cues]
        yield from _lengths(words, pace)
        yield from _durations(cues, words, pace)
        yield from _gaps(cues, use.frame_ms)
        yield from _words_a_minute(cues, words, pace)
        yield from _labels(cues, words, use.kind)
        yield from _repeats(cues, words)
        yield from _marks(words, pace)


def _overlaps(cues: tuple[TimedCue, ...], code: str) -> Iterator[Flaw]:
    until = cues[0].end_ms if cues else 0
    for k, cue in enumerate(cues[1:], 1):
        if cue.start_ms < until:
            yield Flaw(code, k, until - cue.start_ms)
        until = max(until, cue.end_ms)


def _late(cues: tuple[TimedCue, ...], duration_ms: int) -> Iterator[Flaw]:
    for k, cue in enumerate(cues):
        if cue.end_ms > duration_ms + END_TOLERANCE_MS:
            yield Flaw("CP318", k, cue.end_ms - duration_ms)


def _lengths(words: list[str], pace: Pace) -> Iterator[Flaw]:
    for k, text in enumerate(words):
        longest = longest_line(text, pace)
        if longest > pace.line:
            line = max(text.split("\n"), key=lambda part: length(part, pace))
            yield Flaw("CP330", k, longest, str(pace.line), line)
    for k, text in enumerate(words):
        lines = text.count("\n") + 1
        if lines > numbers.MAX_LINES:
            yield Flaw("CP331", k, lines, str(numbers.MAX_LINES))


def _durations(cues: tuple[TimedCue, ...], words: list[str], pace: Pace) -> Iterator[Flaw]:
    for k, (cue, text) in enumerate(zip(cues, words, strict=True)):
        speed = reading_length(text, pace) * 1000 / (cue.end_ms - cue.start_ms)
        if speed > pace.second:
            yield Flaw("CP332", k, speed, str(pace.second))
    for k, cue in enumerate(cues):
        if cue.end_ms - cue.start_ms < numbers.MIN_MS:
            yield Flaw("CP333", k, (cue.end_ms - cue.start_ms) / 1000, "0.83")
    for k, cue in enumerate(cues):
        if cue.end_ms - cue.start_ms > numbers.MAX_MS:
            yield Flaw("CP334", k, (cue.end_ms - cue.start_ms) / 1000, str(numbers.MAX_MS // 1000))


def _gaps(cues: tuple[TimedCue, ...], frame_ms: float) -> Iterator[Flaw]:
    least = numbers.GAP_FRAMES * frame_ms
    gaps = [(k, after.start_ms - cue.end_ms) for k, (cue, after) in enumerate(itertools.pairwise(cues))]
    for k, gap in gaps:
        if 0 <= gap < least - _ROUNDING_MS:
            yield Flaw("CP335", k, gap / 1000, str(numbers.GAP_FRAMES))
    for k, gap in gaps:
        if least + 2 * _ROUNDING_MS < gap < numbers.CHAIN_MS:
            yield Flaw("CP336", k, gap / 1000)


def _words_a_minute(cues: tuple[TimedCue, ...], words: list[str], pace: Pace) -> Iterator[Flaw]:
    if pace.wide:
        return
    spoken = shown_ms = 0
    for k, (cue, text) in enumerate(zip(cues, words, strict=True)):
        count, duration = len(text.split()), cue.end_ms - cue.start_ms
        spoken, shown_ms = spoken + count, shown_ms + duration
        fast = count * 60_000 / duration
        if fast > numbers.MOST_WORDS_A_MINUTE and reading_length(text, pace) * 1000 <= pace.second * duration:
            yield Flaw("CP337", k, fast, str(numbers.MOST_WORDS_A_MINUTE))
    if len(cues) >= _A_FEW and spoken * 60_000 / shown_ms > numbers.EASY_WORDS_A_MINUTE:
        yield Flaw("CP338", 0, spoken * 60_000 / shown_ms, str(numbers.EASY_WORDS_A_MINUTE))


def _labels(cues: tuple[TimedCue, ...], words: list[str], kind: str) -> Iterator[Flaw]:
    named = [(k, match[1]) for k, text in enumerate(words) for match in [_NAME.match(text[:60])] if match]
    names = Counter(name for _, name in named)
    for k, name in named:
        if names[name] > 1 and "<v " not in cues[k].markup:
            yield Flaw("CP347", k, 0, text=name)
    if kind != "captions" or len(cues) < _A_FEW or any(_LABEL.search(text) for text in words):
        return
    if max(names.values(), default=0) < _RECURS and not any("<v " in cue.markup for cue in cues):
        yield Flaw("CP339", 0, 0)


def _repeats(cues: tuple[TimedCue, ...], words: list[str]) -> Iterator[Flaw]:
    for k in range(1, len(cues)):
        near = cues[k].start_ms - cues[k - 1].end_ms < numbers.CHAIN_MS
        if near and words[k] == words[k - 1] and len(words[k]) >= _SAME_WORDS:
            yield Flaw("CP341", k, 0, text=words[k])


def _marks(words: list[str], pace: Pace) -> Iterator[Flaw]:
    if not pace.wide:
        return
    for k, text in enumerate(words):
        lines = text.split("\n")
        wrong = [line for line in lines[1:] if line[:1] in CLOSING - set("…—.～")]
        wrong += [line for line in lines[:-1] if line[-1:] in OPENING]
        if wrong:
            yield Flaw("CP346", k, 0, text=wrong[0])


def same_speaker(first: TimedCue, second: TimedCue) -> bool:
    """Whether nothing says that two people speak."""
    a, b = ({voice for voice, _ in voices_of(cue.markup)} for cue in (first, second))
    return a == b and len(a) <= 1
