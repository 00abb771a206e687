"""Where a caption's words may be broken into lines or split into two cues, and where it reads best.

Chinese and Japanese: no line begins with a closing mark or ends with an opening one (W3C, Requirements for Chinese
Text Layout, 3.1); Latin words, numbers with their unit, and pairs of characters that recur in the same file stay
whole. Other scripts break at spaces, best after punctuation or before a conjunction (Netflix, BBC).
"""

import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

import msgspec

from coursepack.tools.cues.common_words import WORDS
from coursepack.tools.cues.markup import words_of
from coursepack.tools.cues.pace import Pace, length
from coursepack.tools.cues.track import TimedCue

CLOSING = frozenset("，。、；：？！…—～·）」』】》〉”’〕］｝%％‰℃°,.;:?!)]}")
OPENING = frozenset("（「『【《〈“‘〔［｛([{$￥¥£€#＃@＠")
_ENDS = frozenset("。！？…?!．.")
_COMMAS = frozenset("，、；：,;:—–")
_TRAILING = frozenset(
    "的了着過过吗嗎呢吧啊呀嘅咗喇啦㗎嘞們们地得哋儿兒ーぁぃぅぇぉっゃゅょァィゥェォッャュョ"
)
_LEADING = frozenset("但而和或并並因所如就只再才也却卻或把被从從在对對向为為同与與及")
_BEFORE = "and but or so because that which who when where while if than then in on at to for with from by about into"
_BEFORE_WORDS = frozenset(_BEFORE.split())
_STICKY = "the a an of to in on at and or but my your his her its our their this that these for with from by is are was were i not no very mr mrs dr"
_STICKY_WORDS = frozenset(_STICKY.split())
_ATOM = re.compile(r"<ruby>.*?</ruby>|<[^>]*>|&(?:amp|lt|gt);|.", re.DOTALL)
_RECURS = 2
_BAD = 0.0
_PLAIN = 1.0
_CLAUSE = 2.0
_COMMA = 4.0
_SENTENCE = 5.0


class Atom(msgspec.Struct, frozen=True):
    """A piece of markup that is never cut. `shown` is what is seen of it; "" for a tag."""

    text: str
    shown: str


class Break(msgspec.Struct, frozen=True):
    """A place to break: before the atom `at`. `score`: 0 bad to 5 after a sentence. `left`, `right`: lengths."""

    at: int
    score: float
    left: float
    right: float


def atoms_of(markup: str) -> list[Atom]:
    """The atoms of clean markup on one line."""
    return [Atom(m, words_of(m)) for m in _ATOM.findall(one_line(markup))]


def one_line(markup: str) -> str:
    """The lines of clean `markup` as one: with a space, but where Chinese ends in punctuation."""
    lines = markup.split("\n")
    out = lines[0]
    for line in lines[1:]:
        last, first = words_of(out)[-1:], words_of(line)[:1]
        wide = last and first and _is_wide(last) and _is_wide(first)
        glued = wide and (last in CLOSING or first in CLOSING or last in OPENING)
        out += line if glued else f" {line}"
    return out


def recurring(cues: Iterable[TimedCue]) -> frozenset[str]:
    """Pairs of Chinese characters that stand together more than once: mostly words, or parts of them."""
    pairs = Counter[str]()
    for cue in cues:
        text = words_of(cue.markup).replace("\n", "")
        pairs.update(a + b for a, b in itertools.pairwise(text) if _is_han(a) and _is_han(b))
    loose = _TRAILING | _LEADING
    return frozenset(p for p, n in pairs.items() if n >= _RECURS and not (loose & set(p)))


def breaks(atoms: list[Atom], pace: Pace, whole: frozenset[str] = frozenset()) -> list[Break]:
    """All places where the line may be broken. `whole`: pairs that had better stay together."""
    seen = [(k, a.shown) for k, a in enumerate(atoms) if a.shown]
    text = "".join(s for _, s in seen)
    total = length(text.strip(), pace)
    found: list[Break] = []
    left = 0.0
    at = 0
    for (last, before), (_, after) in itertools.pairwise(seen):
        left += length(before, pace)
        at += len(before)
        score = _score(text, at, pace, whole)
        if score is not None:
            space = length(" ", pace) if after == " " else 0
            found.append(Break(_after_tags(atoms, last + 1), score, left, total - left - space))
    return found


def _after_tags(atoms: list[Atom], at: int) -> int:
    """Tags that close stay on the left, those that open go to the right."""
    while atoms[at].text.startswith("</"):
        at += 1
    return at


def best_two(atoms: list[Atom], pace: Pace, whole: frozenset[str] = frozenset()) -> Break | None:
    """The best place to make two lines, neither over the limit; None when there is none."""
    fitting = [b for b in breaks(atoms, pace, whole) if max(b.left, b.right) <= pace.line and b.right > 0]
    # A bottom line that is a little longer covers less of the picture; balance beats a mediocre place.
    return max(fitting, key=lambda b: b.score - 3 * abs(b.left - b.right) / pace.line, default=None)


def cut(atoms: list[Atom], at: int) -> tuple[str, str]:
    """The markup before and from the atom `at`, without the space between, each with its tags closed and opened."""
    first, second = atoms[:at], atoms[at:]
    opened: list[str] = []
    for atom in first:
        if atom.shown or atom.text.startswith("<ruby"):
            continue
        if atom.text.startswith("</"):
            if opened:
                opened.pop()
        else:
            opened.append(atom.text)
    closing = "".join(f"</{tag[1:-1].split(' ')[0]}>" for tag in reversed(opened))
    left = "".join(a.text for a in first).rstrip() + closing
    return left, "".join(opened) + "".join(a.text for a in second).lstrip()


def with_break(atoms: list[Atom], at: int) -> str:
    """The markup with a line break before the atom `at`, in place of a space that is there."""
    left = "".join(a.text for a in atoms[:at]).rstrip()
    return f"{left}\n{''.join(a.text for a in atoms[at:]).lstrip()}"


def tail(atoms: list[Atom], at: int) -> str:
    """The last words before the atom `at`, to show where."""
    text = "".join(a.shown for a in atoms[:at]).rstrip()
    if _is_wide(text[-1:]):
        return text[-4:]
    return " ".join(text.split()[-2:])


def _score(text: str, at: int, pace: Pace, whole: frozenset[str]) -> float | None:
    """How well a line may break before `text[at]`; None where it may not."""
    before, after = text[at - 1], text[at]
    if before == " " or (not pace.wide and after != " "):
        return None
    if after == " ":
        return _at_space(text, at, pace)
    return _between(text, at, before, after, whole)


def _at_space(text: str, at: int, pace: Pace) -> float | None:
    before, following = text[at - 1], text[at + 1 : at + 2]
    if not following or following in CLOSING - {"…", "—", "·"} or before in OPENING:
        return None
    if before in _ENDS:
        return _SENTENCE
    if before in _COMMAS or (pace.wide and _is_wide(before) and _is_wide(following)):
        return _COMMA
    last = text[:at].rsplit(" ", 1)[-1].lower().strip("“\"'(")
    following_word = text[at + 1 :].split(" ", 1)[0].lower()
    if last in _STICKY_WORDS:
        return _BAD
    return _CLAUSE if following_word in _BEFORE_WORDS else _PLAIN


def _between(text: str, at: int, before: str, after: str, whole: frozenset[str]) -> float | None:
    if after in CLOSING or before in OPENING:
        return None
    if not (_is_wide(before) or _is_wide(after)):
        return None
    if before in _ENDS and _is_wide(before):
        return _SENTENCE
    if before in _COMMAS and _is_wide(before):
        return _COMMA
    if before + after in WORDS or _same_word(before, after):
        return None
    if before.isdigit() or after in _TRAILING or before + after in whole or _is_hiragana(after):
        # Particles and endings stay with the word before them.
        return _BAD
    return _CLAUSE if after in _LEADING or _is_hiragana(before) else _PLAIN


def _same_word(before: str, after: str) -> bool:
    """Katakana and Hangul words are not cut."""
    return all("\u30a1" <= c <= "\u30ff" or "\uac00" <= c <= "\ud7af" for c in (before, after))


def _is_wide(c: str) -> bool:
    # Ambiguous marks (— … “ ”) are wide where wide characters stand around them.
    return bool(c) and (unicodedata.east_asian_width(c[0]) in "WF" or c[0] in "—…“”‘’·")


def _is_hiragana(c: str) -> bool:
    return "\u3041" <= c <= "\u309f"


def _is_han(c: str) -> bool:
    return "\u3400" <= c <= "\u9fff"
