"""Rules that mend how much is in a cue: lines broken anew, cues split and joined. Not a word is changed."""

import itertools
import re

import msgspec

from coursepack.tools.cues import pace as numbers
from coursepack.tools.cues.breaking import CLOSING, OPENING, atoms_of, best_two, cut, one_line, with_break
from coursepack.tools.cues.flaws import Use, same_speaker
from coursepack.tools.cues.markup import clean_markup, words_of
from coursepack.tools.cues.pace import Pace, gap_ms, length, longest_line, reading_length
from coursepack.tools.cues.proposals import is_dialogue, split_point
from coursepack.tools.cues.track import TimedCue
from coursepack.tools.cues.twice import mended

_VOICED = re.compile(r"<v ([^>]*)>((?:(?!<v ).)*)</v>", re.DOTALL)


class Around(msgspec.Struct, frozen=True):
    """What the rules know besides the cues."""

    use: Use
    pace: Pace
    whole: frozenset[str] = frozenset()

    @property
    def gap(self) -> int:
        """Two frames, in milliseconds."""
        return gap_ms(self.use.frame_ms)


def decode_again(cues: list[TimedCue], around: Around) -> list[TimedCue]:
    """Words that were decoded wrongly before they were saved, as they were."""
    return [_with(cue, "\n".join(map(mended, cue.markup.split("\n")))) for cue in cues]


def break_lines(cues: list[TimedCue], around: Around) -> list[TimedCue]:
    """Lines over the limit, and lines with a mark on the wrong side, broken where it reads best."""
    return [_with(cue, lines_of(cue.markup, around)) for cue in cues]


def lines_of(markup: str, around: Around) -> str:
    """`markup` in one line or two within the limit; as it is where that is so already, or cannot be."""
    words = words_of(markup)
    if is_dialogue(markup) or _sound(words, around.pace):
        return markup
    flat = one_line(markup)
    if length(words_of(flat), around.pace) <= around.pace.line:
        return flat
    atoms = atoms_of(markup)
    found = best_two(atoms, around.pace, around.whole)
    return markup if found is None else with_break(atoms, found.at)


def _sound(words: str, pace: Pace) -> bool:
    lines = words.split("\n")
    if longest_line(words, pace) > pace.line or len(lines) > numbers.MAX_LINES:
        return False
    if not pace.wide:
        return True
    return not any(b[:1] in CLOSING - set("…—.～") or a[-1:] in OPENING for a, b in itertools.pairwise(lines))


def split(cues: list[TimedCue], around: Around) -> list[TimedCue]:
    """Cues of more than two lines or seven seconds in two, where the sentence pauses; in time by length."""
    out: list[TimedCue] = []
    for cue in cues:
        found = split_point(cue, around.pace, around.gap, around.whole) if _too_much(cue, around) else None
        if found is None:
            out.append(cue)
            continue
        point, first_end, second_start = found
        first, second = cut(atoms_of(cue.markup), point.at)
        parts = [_with(cue, lines_of(part, around)) for part in (first, second)]
        if not all(part.markup for part in parts):
            out.append(cue)
            continue
        out.append(msgspec.structs.replace(parts[0], end_ms=first_end))
        out.append(msgspec.structs.replace(parts[1], start_ms=second_start))
    return out


def _too_much(cue: TimedCue, around: Around) -> bool:
    if cue.end_ms - cue.start_ms > numbers.MAX_MS:
        return True
    words = words_of(lines_of(cue.markup, around))
    return words.count("\n") >= numbers.MAX_LINES or longest_line(words, around.pace) > around.pace.line


def merge(cues: list[TimedCue], around: Around) -> list[TimedCue]:
    """Cues shorter than five sixths of a second joined with a neighbour, where both together can be read."""
    out: list[TimedCue] = []
    for cue in cues:
        joined = _joined(out[-1], cue, around) if out else None
        if joined is None:
            out.append(cue)
        else:
            out[-1] = joined
    return out


def _joined(first: TimedCue, second: TimedCue, around: Around) -> TimedCue | None:
    short = min(first.end_ms - first.start_ms, second.end_ms - second.start_ms) < numbers.MIN_MS
    gap = second.start_ms - first.end_ms
    together = second.end_ms - first.start_ms
    if not short or not 0 <= gap <= numbers.CHAIN_MS or not 0 < together <= numbers.MAX_MS:
        return None
    if first.settings != second.settings or not same_speaker(first, second):
        return None
    if is_dialogue(first.markup) or is_dialogue(second.markup):
        return None
    markup = lines_of(_one_voice(first.markup, second.markup), around)
    words = words_of(markup)
    if words.count("\n") >= numbers.MAX_LINES or longest_line(words, around.pace) > around.pace.line:
        return None
    if reading_length(words, around.pace) * 1000 > around.pace.second * together:
        return None
    whole = msgspec.structs.replace(_with(first, markup), end_ms=second.end_ms)
    return None if is_dialogue(whole.markup) else whole


def _one_voice(first: str, second: str) -> str:
    a, b = _VOICED.fullmatch(first), _VOICED.fullmatch(second)
    if a and b and a[1] == b[1]:
        return f"<v {a[1]}>{a[2]}\n{b[2]}</v>"
    return f"{first}\n{second}"


def _with(cue: TimedCue, markup: str) -> TimedCue:
    if markup == cue.markup:
        return cue
    return msgspec.structs.replace(cue, markup=clean_markup(markup)[0])
