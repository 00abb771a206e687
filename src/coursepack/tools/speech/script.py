"""A script of what is said, in pieces: phrases for timing, cues for reading.

A script is plain text or simple Markdown: paragraphs of running text, or one cue a line. In Markdown, front matter,
headings and comments are not spoken. A line in brackets is a sound, not speech. `Name: ` before two paragraphs or more
is who speaks.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

import msgspec

from coursepack.tools.cues.pace import pace_of
from coursepack.tools.speech.lines import lines_of, width

_FRONT: Final = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_COMMENT: Final = re.compile(r"<!--.*?-->", re.DOTALL)
_MARKS: Final = (
    (re.compile(r"!\[([^\]]{0,500})\]\([^)]{0,500}\)"), ""),
    (re.compile(r"\[([^\]]{1,500})\]\([^)]{0,500}\)"), r"\1"),
    (re.compile(r"(\*\*|__|\*|`)(\S(?:.{0,300}?\S)?)\1"), r"\2"),
    (re.compile(r"^\s*(?:[-*+]|\d{1,2}\.|>)\s+"), ""),
)
_SPEAKER: Final = re.compile(r"\s*([^\s:：，。,.?!？！][^:：，。,.?!？！]{0,23}?)\s*[:：]\s*(?=\S)")
_SOUND: Final = re.compile(r"\s*[\[(（【〔][^\])）】〕]*[\])）】〕]\s*")
_SENTENCE: Final = re.compile(r""".+?(?:[。！？…]+|[.!?]+(?=["'”’」』）)\]]*(?:\s|$)))["'”’」』）)\]]*|.+$""")
_CLAUSE: Final = re.compile(r""".+?(?:[，、；：—]+|[,;:](?=\s)|[–—](?=\s))["'”’」』）)\]]*|.+$""")
_ABBREVIATION: Final = re.compile(r"(?:\b[A-Za-z]|\b(?:Mr|Mrs|Ms|Dr|Prof|St|No|vs|etc|e\.g|i\.e))\.$")


class Phrase(msgspec.Struct, frozen=True):
    """Words that are said in one breath. `ends`: what follows: nothing, a comma, the end of a sentence."""

    text: str
    ends: int
    """0 cut by us, 1 comma or the like, 2 sentence, 3 paragraph or line."""


class Passage(msgspec.Struct, frozen=True):
    """One cue of a script: its phrases, or a sound."""

    text: str
    phrases: tuple[Phrase, ...]
    voice: str = ""

    @property
    def is_sound(self) -> bool:
        """Whether nothing of it is spoken."""
        return not self.phrases


def passages(text: str, language: str, *, markdown: bool) -> list[Passage]:
    """The cues that `text` gives in `language`, by the published numbers: two lines of so many characters."""
    paragraphs = list(_paragraphs(text, markdown=markdown))
    speakers = Counter(m[1] for p in paragraphs if (m := _SPEAKER.match(p)))
    pace = pace_of(language, ())
    found: list[Passage] = []
    for paragraph in paragraphs:
        match = _SPEAKER.match(paragraph)
        voice = match[1] if match and speakers[match[1]] > 1 else ""
        said = paragraph[match.end() :] if match and voice else paragraph
        if _SOUND.fullmatch(said):
            found.append(Passage(said.strip(), (), voice))
            continue
        for group in _cues(_phrases(said), pace.line, language):
            joined = _joined([p.text for p in group])
            found.append(Passage("\n".join(lines_of(joined, pace.line, language)), tuple(group), voice))
    return found


def _paragraphs(text: str, *, markdown: bool) -> Iterator[str]:
    """One for each line of a `.txt`; in Markdown a paragraph ends at a blank line, as everywhere in Markdown."""
    if not markdown:
        yield from (" ".join(line.split()) for line in text.split("\n") if line.strip())
        return
    text = _COMMENT.sub("", _FRONT.sub("", text.lstrip("\ufeff")))
    for block in re.split(r"\n\s*\n", text):
        kept = [line for line in block.split("\n") if not re.match(r"\s*(?:#{1,6}\s|:::|```|\|)", line)]
        for pattern, kept_part in _MARKS:
            kept = [pattern.sub(kept_part, line) for line in kept]
        if joined := _joined([" ".join(line.split()) for line in kept if line.strip()]):
            yield joined


def _joined(parts: list[str]) -> str:
    out = ""
    for part in parts:
        gap = " " if out and not (_is_wide(out[-1]) or _is_wide(part[0])) else ""
        out += gap + part
    return out


def _is_wide(character: str) -> bool:
    return width(character) >= 1 and character > "\u2e7f"


def _phrases(paragraph: str) -> list[Phrase]:
    found: list[Phrase] = []
    sentences = _sentences(paragraph)
    for number, sentence in enumerate(sentences):
        clauses = [m[0].strip() for m in _CLAUSE.finditer(sentence)]
        clauses = [c for c in clauses if c]
        last = 3 if number == len(sentences) - 1 else 2
        for k, clause in enumerate(clauses):
            found.append(Phrase(clause, last if k == len(clauses) - 1 else 1))
    return found


def _sentences(paragraph: str) -> list[str]:
    found: list[str] = []
    for match in _SENTENCE.finditer(paragraph):
        piece = match[0].strip()
        if found and _ABBREVIATION.search(found[-1]):
            found[-1] += " " + piece
        elif piece:
            found.append(piece)
    return found


def _cues(phrases: list[Phrase], line: int, language: str) -> Iterator[list[Phrase]]:
    """Phrases together as long as they fit in two lines and no sentence ends between two long ones."""
    group: list[Phrase] = []
    for phrase in (part for whole in phrases for part in _cut(whole, line, language)):
        together = _joined([p.text for p in (*group, phrase)])
        fits = len(lines_of(together, line, language)) <= 2
        ended = bool(group) and group[-1].ends >= 2 and width(_joined([p.text for p in group])) >= line / 2
        if group and (not fits or ended):
            yield group
            group = []
        group.append(phrase)
    if group:
        yield group


def _cut(phrase: Phrase, line: int, language: str) -> list[Phrase]:
    """A phrase that two lines cannot hold, cut in pieces of equal length."""
    rows = lines_of(phrase.text, line, language)
    if len(rows) <= 2:
        return [phrase]
    count = -(-len(rows) // 2)
    pieces = lines_of(phrase.text, max(line, width(phrase.text) / count * 1.1), language)
    return [Phrase(p, 0) for p in pieces[:-1]] + [Phrase(pieces[-1], phrase.ends)]


def syllables(text: str) -> float:
    """About how many syllables `text` has when it is said."""
    total = 0.0
    for word in re.findall(r"[A-Za-zÀ-ÿ']+|\d+(?:[.,:]\d+)*|[^\W\d_]", text):
        if word[0].isdigit():
            total += sum(1.0 if c.isdigit() else 0.6 for c in word) * 1.1
        elif word[0] > "\u2e7f":
            total += 1
        elif word.isupper() and len(word) <= 4:
            total += len(word)
        elif word[0].isascii() or word[0] < "\u0250":
            vowels = len(re.findall(r"[aeiouyà-ÿ]+", word.lower()))
            silent = word.lower().endswith("e") and vowels > 1 and not word.lower().endswith(("le", "ee"))
            total += max(1, vowels - silent)
        else:
            total += 0.6
    return total
