"""Cues to readable paragraphs: what a page prints below a video."""

import re
import unicodedata

import msgspec

from coursepack.model.media import Cue

_LONG_PAUSE_MS = 4000
"""Somebody stopped talking, whatever the punctuation says."""
_PAUSE_MS = 1500
"""A breath: ends a paragraph where a sentence ends too."""
_FULL = 350
"""A paragraph of this many characters ends at the next sentence end (counted double for wide characters)."""
_OVERFULL = 600
"""Speech without punctuation: ends at the next cue."""
_SENTENCE_END = re.compile(r"""[.!?。！？…؟।][\])}"'’”」』）】]*$""")
_SOUND = re.compile(r"[\[(（【〔♪♫].*[\])）】〕♪♫]", re.DOTALL)
_DIALOGUE = re.compile(r"[-–—‐]\s*(?=\S)")
_STOPS = "，。、；：,.;:"
"""Subtitles that leave these out at the end of a line keep question marks, quotation marks and brackets all the same."""
_ENDS = _STOPS + "？！…—?!"


class Paragraph(msgspec.Struct, frozen=True, omit_defaults=True):
    """A paragraph of a transcript. `voice` is set where the speaker changes, "" where the same one goes on or none is known.

    `chapter_title` is set on the first paragraph of each chapter.
    """

    start_ms: int
    voice: str
    text: str
    chapter_title: str = ""


class _Piece(msgspec.Struct, frozen=True):
    start_ms: int
    end_ms: int
    text: str
    voice: str
    alone: bool


def paragraphs(
    cues: tuple[Cue, ...], chapters: tuple[Cue, ...] = (), language: str = ""
) -> tuple[Paragraph, ...]:
    """Groups `cues` by speaker, chapter, pause and sentence end; joins lines as the script does.

    Chinese and Japanese lines join without a space where there is punctuation, and with one where the subtitles
    have none (there the line break was the comma). Words cut by a hyphen at a line's end are joined.
    """
    joiner = _Joiner(cues, language)
    out: list[Paragraph] = []
    open_pieces: list[_Piece] = []
    chapter = speaker = ""

    def close() -> None:
        nonlocal chapter, speaker
        if not open_pieces:
            return
        first = open_pieces[0]
        title = _chapter_at(chapters, first.start_ms)
        voice = first.voice if first.voice != speaker or title != chapter else ""
        text = joiner.join([p.text for p in open_pieces])
        out.append(Paragraph(first.start_ms, voice, text, title if title != chapter else ""))
        chapter, speaker = title, first.voice or speaker
        open_pieces.clear()

    for piece in _pieces(cues, joiner):
        if open_pieces and _breaks(open_pieces, piece, chapters, speaker):
            close()
        open_pieces.append(piece)
    close()
    return tuple(out)


def on_one_line(text: str, language: str = "") -> str:
    """The lines of a cue's plain text as one, joined as the script does."""
    return _Joiner((Cue(0, 0, text),), language).join(text.split("\n"))


def _pieces(cues: tuple[Cue, ...], joiner: "_Joiner") -> list[_Piece]:
    """Cues with their lines joined; a cue in which two people speak ("- Yes? - No.") is cut in two."""
    out: list[_Piece] = []
    for cue in cues:
        lines = [line.strip() for line in cue.text.split("\n") if line.strip()]
        if len(lines) > 1 and all(_DIALOGUE.match(line) for line in lines):
            turns = [_DIALOGUE.sub("", line, count=1) for line in lines]
            out += [_Piece(cue.start_ms, cue.end_ms, turn, cue.voice, alone=True) for turn in turns]
        elif lines:
            text = joiner.join(lines)
            out.append(
                _Piece(cue.start_ms, cue.end_ms, text, cue.voice, alone=_SOUND.fullmatch(text) is not None)
            )
    return out


def _breaks(before: list[_Piece], piece: _Piece, chapters: tuple[Cue, ...], speaker: str) -> bool:
    """Whether `piece` begins a new paragraph."""
    last = before[-1]
    current = before[0].voice or speaker
    if last.alone or piece.alone or (piece.voice and piece.voice != current):
        return True
    if _chapter_at(chapters, piece.start_ms) != _chapter_at(chapters, before[0].start_ms):
        return True
    pause = piece.start_ms - last.end_ms
    ended = _SENTENCE_END.search(last.text) is not None
    length = sum(_width(p.text) for p in before)
    return (
        pause >= _LONG_PAUSE_MS
        or (ended and pause >= _PAUSE_MS)
        or (ended and length >= _FULL)
        or length >= _OVERFULL
    )


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _chapter_at(chapters: tuple[Cue, ...], ms: int) -> str:
    """The title of the last chapter that has begun at `ms`, or ""."""
    title = ""
    for chapter in chapters:
        # Speech that starts a moment before its chapter mark belongs to the chapter.
        if chapter.start_ms > ms + 250:
            break
        title = " ".join(chapter.text.split())
    return title


class _Joiner:
    """Joins lines as the script of the language does; knows the words of the whole track to judge hyphens."""

    def __init__(self, cues: tuple[Cue, ...], language: str) -> None:
        text = "\n".join(cue.text for cue in cues)
        self._words = set(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text.lower()))
        self._gap = "" if _is_punctuated(cues) else " "
        self._spaced = language.lower().split("-")[0] == "ko"

    def join(self, parts: list[str]) -> str:
        out = ""
        for part in parts:
            out = self._append(out, " ".join(part.split())) if out else " ".join(part.split())
        return out

    def _append(self, text: str, more: str) -> str:
        if not more:
            return text
        if text.endswith("\u00ad"):
            return text[:-1] + more
        hyphened = re.search(r"([^\W\d_]+)[-‐]$", text[-40:])
        following = re.match(r"[^\W\d_]+", more)
        if hyphened and following and more[0].islower():
            return self._hyphen(text, more, hyphened[1].lower(), following[0].lower())
        if not self._spaced and _is_cjk(text[-1]) and _is_cjk(more[0]):
            return text + ("" if text[-1] in _ENDS else self._gap) + more
        return f"{text} {more}"

    def _hyphen(self, text: str, more: str, left: str, right: str) -> str:
        if left + right in self._words:
            return text[:-1] + more
        if f"{left}-{right}" not in self._words and left in self._words - {right} and right in self._words:
            # "they know you-" / "through your website": a dash, both words stand elsewhere on their own.
            return f"{text} {more}"
        return text + more


def _is_punctuated(cues: tuple[Cue, ...]) -> bool:
    """Whether CJK cues end in commas and full stops at least now and then."""
    ends = [
        cue.text.rstrip().rstrip("”’）》」』】)")[-1:]
        for cue in cues
        if not _SOUND.fullmatch(cue.text.strip())
    ]
    cjk = [c for c in ends if c and _is_cjk(c)]
    return not cjk or sum(1 for c in cjk if c in _STOPS) * 10 >= len(cjk)


def _is_cjk(c: str) -> bool:
    return (
        "\u2e80" <= c <= "\u9fff"
        or "\uf900" <= c <= "\ufaff"
        or "\uff00" <= c <= "\uffef"
        or c >= "\U00020000"
        or c in "—…“”‘’"
    )
