"""WebVTT, by the parser of the specification (WebVTT, section 6.1): what browsers show is what we read.

One mend beyond it: a comma before the milliseconds, where most of the file has it: SubRip with a new first line,
which browsers silently drop. A single comma is an error as in browsers.
"""

import re

from coursepack.tools.cues.placement import parse_settings
from coursepack.tools.cues.track import Notes, TimedCue, shown

_SIGNATURE = re.compile(r"\ufeff?WEBVTT(?:[ \t\n]|$)")
# ASCII digits only: \d would take other scripts' digits, which the specification does not.
_TIME = r"(?:([0-9]{1,6}):)?([0-5][0-9]):([0-5][0-9])([.,])([0-9]{3})"
_SPACE = r"[ \t\f\n]*"
TIMINGS = re.compile(rf"{_SPACE}{_TIME}{_SPACE}-->{_SPACE}{_TIME}(?![0-9])")


def sniff(text: str) -> bool:
    """Whether `text` (LF line ends) is WebVTT."""
    return _SIGNATURE.match(text) is not None


def read(text: str, notes: Notes) -> list[TimedCue]:
    """The cues of a WebVTT file, in file order; backwards times included."""
    return _Parser(text.replace("\0", "\ufffd").removeprefix("\ufeff"), notes).parse()


class _Parser:
    def __init__(self, text: str, notes: Notes) -> None:
        self.lines = text.removesuffix("\n").split("\n")
        self.notes = notes
        self.at = 0
        self.cues: list[TimedCue] = []
        self.settings_lost: list[tuple[int, str]] = []
        self.styles: list[int] = []
        self.commas: list[int] = []
        arrows = [line for line in self.lines if "-->" in line]
        matches = [m for m in map(TIMINGS.match, arrows) if m and "," in (m[4], m[9])]
        self.comma_style = len(matches) * 2 > len(arrows)

    def parse(self) -> list[TimedCue]:
        self.at = 1
        if self.at < len(self.lines) and self.lines[self.at]:
            self._header()
        while self.at < len(self.lines):
            if not self.lines[self.at]:
                self.at += 1
            else:
                self._block()
        self._sum_up()
        return self.cues

    def _header(self) -> None:
        """Skips the header's lines: up to a blank line or a line with times."""
        while self.at < len(self.lines) and self.lines[self.at] and "-->" not in self.lines[self.at]:
            self.at += 1

    def _block(self) -> None:
        """One block: up to a blank line, or to an arrow that begins the next cue without one."""
        first = self.at
        if "-->" in self.lines[first]:
            timings = first
        elif first + 1 < len(self.lines) and "-->" in self.lines[first + 1]:
            timings = first + 1
        else:
            self.at = self._text_end(first)
            self._note_other(first)
            return
        self.at = self._text_end(timings + 1)
        self._cue(timings, self.lines[timings + 1 : self.at])

    def _text_end(self, start: int) -> int:
        end = start
        while end < len(self.lines) and self.lines[end] and "-->" not in self.lines[end]:
            end += 1
        return end

    def _note_other(self, first: int) -> None:
        line = self.lines[first]
        if line.rstrip(" \t") in ("STYLE", "REGION"):
            self.styles.append(first + 1)
        elif line != "NOTE" and not line.startswith(("NOTE ", "NOTE\t")):
            self.notes.add("CP314", first + 1, text=shown(line))

    def _cue(self, timings: int, body: list[str]) -> None:
        line = self.lines[timings]
        match = TIMINGS.match(line)
        if match is None:
            self.notes.add("CP310", timings + 1, text=shown(line))
            return
        g = match.groups()
        if "," in (g[3], g[8]):
            if not self.comma_style:
                self.notes.add("CP310", timings + 1, text=shown(line))
                return
            self.commas.append(timings + 1)
        settings, dropped = parse_settings(line[match.end() :])
        self.settings_lost += [(timings + 1, word) for word in dropped]
        self.cues.append(
            TimedCue(_ms(g[:5]), _ms(g[5:]), "\n".join(body), settings=settings, line=timings + 1)
        )

    def _sum_up(self) -> None:
        if self.settings_lost:
            line, word = self.settings_lost[0]
            self.notes.add("CP319", line, count=len(self.settings_lost), text=shown(word, 40))
        if self.styles:
            self.notes.add("CP320", self.styles[0], count=len(self.styles))
        if self.commas:
            self.notes.add(
                "CP315", self.commas[0], count=len(self.commas), text=shown(self.lines[self.commas[0] - 1])
            )


def _ms(groups: tuple[str | None, ...]) -> int:
    hours, minutes, seconds, _, milli = groups
    return ((int(hours or 0) * 60 + int(minutes or 0)) * 60 + int(seconds or 0)) * 1000 + int(milli or 0)
