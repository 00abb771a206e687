"""Changed cues back into the author's own file: every line that needs no change stays as it was written.

Comments, styles, identifiers, and cues that could not be read are the author's; only WebVTT, SubRip and SubViewer are
so plain that a cue is a block of lines and nothing else depends on it.
"""

import codecs
import re
from collections import defaultdict
from collections.abc import Collection

import msgspec

from coursepack.tools.cues import subrip, webvtt
from coursepack.tools.cues.clean import clean_cues
from coursepack.tools.cues.decode import decode
from coursepack.tools.cues.placement import numpad_settings
from coursepack.tools.cues.registry import FORMATS, recognise
from coursepack.tools.cues.track import MAX_BYTES, MAX_CUES, Notes, TimedCue, clock
from coursepack.tools.cues.writers import plain_text, sbv_time, srt_text

IN_PLACE = frozenset({"webvtt", "subrip", "sbv"})
_BOM = "\ufeff"
_PLACES = {numpad_settings(n): n for n in range(9, 0, -1)}
_BREAK = re.compile(r"\[br\]", re.IGNORECASE)


class Original(msgspec.Struct, frozen=True):
    """A caption file taken apart. `cues` are clean; `raw` are those of the file, in its order."""

    text: str
    format: str
    encoding: str
    newline: str
    cues: tuple[TimedCue, ...]
    raw: tuple[TimedCue, ...]
    scrolls: bool = False
    mark: str = ""
    """The byte order mark of a UTF-8 file that has one."""

    @property
    def in_place(self) -> bool:
        """Whether changes can be written into it."""
        return self.format in IN_PLACE


class Block(msgspec.Struct, frozen=True):
    """A cue's lines: [first, end); `head` is the line of its times, above it an identifier or counter."""

    cue: TimedCue
    first: int
    head: int
    end: int


def take_apart(data: bytes, *, format_hint: str, language: str) -> Original | None:
    """The file in parts; None when it cannot be read: `read_cues` says why."""
    notes = Notes("")
    decoded = decode(data, language, notes) if len(data) <= MAX_BYTES else None
    name = recognise(decoded.text, format_hint) if decoded is not None else ""
    if decoded is None or not name:
        return None
    raw = FORMATS[name].read(decoded.text, notes)
    if not raw or len(raw) > MAX_CUES:
        return None
    text = decoded.text.removeprefix(_BOM)
    newline = "\r\n" if b"\r\n" in data else "\n"
    encoding = decoded.encoding if not notes.has("CP304", "CP345") else f"{decoded.encoding}?"
    cues = clean_cues(raw, notes)
    mark = _BOM if data.startswith(codecs.BOM_UTF8) else ""
    return Original(text, name, encoding, newline, cues, tuple(raw), notes.has("CP322"), mark)


def is_utf8(original: Original) -> bool:
    """Whether the file was plain UTF-8 already."""
    return original.encoding == "UTF-8"


def put_together(original: Original, cues: tuple[TimedCue, ...], rules: Collection[str]) -> str:
    """The file's text with `cues` in place of its own. Raises ValueError when the result reads differently.

    A cue's `line` says which of the file's it was made from. Without the rule "order" blocks stay where they are;
    with "repeats" the file's repeated and empty cues go.
    """
    lines = original.text.split("\n")
    blocks = blocks_of(original, lines)
    made: dict[int, list[TimedCue]] = defaultdict(list)
    for cue in cues:
        made[cue.line].append(cue)
    writer = _Writer(original, lines, drop="repeats" in rules)
    parts = [part for block in blocks for part in writer.parts(block, made[block.cue.line])]
    order = list(range(len(parts)))
    if "order" in rules:
        order.sort(key=lambda k: parts[k].start_ms)
    head = lines[: blocks[0].first] if blocks else lines
    text = "\n".join(_joined(head, parts, order))
    if original.format == "subrip" and writer.renumber:
        text = _renumbered(text)
    _verify(text, original, cues)
    return text


def blocks_of(original: Original, lines: list[str]) -> list[Block]:
    """The lines of each of the file's cues, in its order."""
    heads = [cue.line - 1 for cue in original.raw]
    found: list[Block] = []
    for k, cue in enumerate(original.raw):
        head = heads[k]
        limit = heads[k + 1] if k + 1 < len(heads) else len(lines)
        size = cue.markup.count("\n") + 1
        if original.format == "sbv":
            size = limit - head - 1
        end = min(head + 1 + size, limit)
        floor = found[-1].end if found else 0
        while end > head + 1 and not lines[end - 1].strip():
            end -= 1
        found.append(Block(cue, _first_line(original.format, lines, head, floor), head, end))
    return found


def _first_line(form: str, lines: list[str], head: int, floor: int) -> int:
    above = head - 1
    if above < floor or not lines[above].strip():
        return head
    if form == "subrip":
        return above if subrip.COUNTER.fullmatch(lines[above]) else head
    if form == "webvtt":
        # An identifier begins a block: below a blank line, and never on the first line.
        return above if above > 1 and not lines[above - 1] else head
    return head


class _Part(msgspec.Struct, frozen=True):
    """The lines of one cue, and what stands between them and the next."""

    start_ms: int
    lines: list[str]
    between: list[str]


class _Writer:
    def __init__(self, original: Original, lines: list[str], *, drop: bool) -> None:
        self._form = original.format
        self._lines = lines
        self._drop = drop
        self._clean = {cue.line: cue for cue in original.cues}
        self._after = {
            b.cue.line: n.first if n else len(lines)
            for blocks in [blocks_of(original, lines)]
            for b, n in zip(blocks, [*blocks[1:], None], strict=True)
        }
        self._scrolls = original.scrolls
        self.renumber = False

    def parts(self, block: Block, cues: list[TimedCue]) -> list[_Part]:
        """The block as it is now: as many parts as cues were made of it; one without lines when there are none."""
        between = self._lines[block.end : self._after[block.cue.line]]
        before = self._clean.get(block.cue.line)
        start = block.cue.start_ms
        if before is None and not (self._drop and _may_go(block.cue)):
            return [_Part(start, self._lines[block.first : block.end], between)]
        if len(cues) != 1:
            self.renumber = True
        if not cues:
            return [_Part(start, [], between)]
        out = [
            _Part(cue.start_ms, self._part(block, cue, before, first=not k), [""])
            for k, cue in enumerate(cues)
        ]
        return [*out[:-1], msgspec.structs.replace(out[-1], between=between)]

    def _part(self, block: Block, cue: TimedCue, before: TimedCue | None, *, first: bool) -> list[str]:
        if self._scrolls:
            # What the file says of this cue repeats the one before: no line of its words can stay.
            before = None
        if cue == before:
            return self._lines[block.first : block.end]
        counter = ["0"] if self._form == "subrip" else []
        same = before is not None and cue.markup == before.markup
        return [
            *(self._lines[block.first : block.head] if first else counter),
            # Scrolling captions were placed for the scrolling.
            times_line(
                self._form, "" if self._scrolls else self._lines[block.head], cue.start_ms, cue.end_ms
            ),
            *(self._lines[block.head + 1 : block.end] if same else self._words(cue)),
        ]

    def _words(self, cue: TimedCue) -> list[str]:
        if self._form == "sbv":
            return plain_text(cue).split("\n")
        if self._form == "webvtt":
            return cue.markup.split("\n")
        # Speakers in SubRip are tags only where the author wrote them so.
        text = cue.markup if "<v " in cue.markup else srt_text(cue.markup)
        place = _PLACES.get(cue.settings, 2)
        return (f"{{\\an{place}}}{text}" if place != 2 else text).split("\n")


def times_line(form: str, line: str, start_ms: int, end_ms: int) -> str:
    """The line of a cue's times with others; what stands behind them stays."""
    if form == "sbv":
        return f"{sbv_time(start_ms)},{sbv_time(end_ms)}"
    start, end = clock(start_ms), clock(end_ms)
    if form == "webvtt":
        match = webvtt.TIMINGS.match(line)
        return f"{start} --> {end}{line[match.end() :] if match else ''}"
    found = subrip.TIMES.fullmatch(line)
    tail = f" {found[11]}" if found and found[11] else ""
    return f"{start} --> {end}".replace(".", ",") + tail


def _may_go(cue: TimedCue) -> bool:
    """Words with times that run backwards are for a person to look at."""
    return cue.end_ms > cue.start_ms or not cue.markup.strip()


def _joined(head: list[str], parts: list[_Part], order: list[int]) -> list[str]:
    out = list(head)
    last = -1
    for k in order:
        part = parts[k]
        # Blocks that followed one another without a blank line may go on doing so.
        if part.lines and k != last + 1 and out and out[-1].strip():
            out.append("")
        last = k
        out += part.lines
        # A block that went takes the blank lines below it along, but no comments.
        out += part.between if part.lines or any(line.strip() for line in part.between) else []
    return out


def _renumbered(text: str) -> str:
    """SubRip with counters from 1."""
    lines = text.split("\n")
    number = 0
    for k, line in enumerate(lines):
        if k and "-->" in line and subrip.TIMES.fullmatch(line) and subrip.COUNTER.fullmatch(lines[k - 1]):
            number += 1
            lines[k - 1] = str(number)
    return "\n".join(lines)


def _verify(text: str, original: Original, cues: tuple[TimedCue, ...]) -> None:
    """The result must read as what was meant: a slip here would alter an author's file."""
    back = FORMATS[original.format].read(text, Notes(""))
    read = {(c.start_ms, c.end_ms, _squeezed(c.markup)) for c in clean_cues(back, Notes(""))}
    missing = [c for c in cues if (c.start_ms, c.end_ms, _squeezed(c.markup)) not in read]
    if missing:
        raise ValueError(f"the cue at {clock(missing[0].start_ms)} does not come back as it was written")


def _squeezed(markup: str) -> str:
    return "".join(re.sub(r"<[^>]*>", "", markup).split())
