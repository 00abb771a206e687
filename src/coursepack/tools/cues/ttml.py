"""TTML and its profiles: DFXP, SMPTE-TT, EBU-TT-D, IMSC, Apple's lyrics (.ttml .dfxp .xml).

An own reader: ttconv 1.2 cuts overlapping paragraphs into slices that repeat the words and wants the newest
namespaces; pysubs2 1.8 knows neither frames, ticks, nested times nor agents.
"""

import re
from xml.etree.ElementTree import Element

import msgspec

from coursepack.tools.cues.markup import escape
from coursepack.tools.cues.track import LAST_MS, Notes, TimedCue, shown
from coursepack.tools.cues.ttml_text import Styles, paragraph_markup
from coursepack.tools.cues.xmltree import LINE, BadXml, attribute, local, parse_xml

_CLOCK = re.compile(r"(?:([0-9]{1,4}):)?([0-9]{1,3}):([0-9]{1,2})(?:\.([0-9]+)|:([0-9]+)(?:\.[0-9]+)?)?")
_OFFSET = re.compile(r"([0-9]{1,12}(?:\.[0-9]{1,12})?)(h|ms|m|s|f|t)?")
_UNIT_MS = {"h": 3_600_000.0, "m": 60_000.0, "s": 1000.0, "ms": 1.0, "": 1000.0}
_NO_END_MS = 5000


class _Rates(msgspec.Struct, frozen=True):
    frame_ms: float
    tick_ms: float


class _Span(msgspec.Struct, frozen=True):
    """A time interval; None: not said."""

    begin: int | None
    end: int | None


def sniff(text: str) -> bool:
    """Whether `text` is TTML."""
    return (
        re.search(r"<(?:[\w.-]{1,20}:)?tt[\s>]", text[:20_000]) is not None
        and text.lstrip("\ufeff \t\n")[:1] == "<"
    )


def read(text: str, notes: Notes) -> list[TimedCue]:
    """The paragraphs of a TTML document, in document order."""
    try:
        root = parse_xml(re.sub(r"^\ufeff?\s*<\?xml[^>]{0,200}\?>", "", text))
    except BadXml as e:
        notes.add("CP324", e.line, reason=shown(e.reason, 80))
        return []
    body = next((e for e in root if local(e.tag) == "body"), None)
    if local(root.tag) != "tt" or body is None:
        return []
    walk = _Walk(root, notes, absolute=False)
    walk.container(body, _Span(0, None))
    if walk.overflow:
        # Apple writes times from the start of the song, not of the parent: seen when they leave the parent.
        plain = _Walk(root, Notes(""), absolute=True)
        plain.container(body, _Span(0, None))
        walk = plain if not plain.overflow else walk
    if walk.pictures:
        notes.add("CP323", walk.pictures[0], count=len(walk.pictures))
    if walk.open_ended:
        notes.add("CP316", walk.open_ended[0], count=len(walk.open_ended), seconds=_NO_END_MS // 1000)
    for line, words in walk.untimed:
        notes.add("CP310", line, text=shown(words))
    return _with_ends(walk.cues)


def _with_ends(cues: list[TimedCue]) -> list[TimedCue]:
    """Gives cues without an end (-1) one: when the next begins, at the latest after five seconds."""
    out = []
    for k, cue in enumerate(cues):
        end = cue.end_ms
        if end < 0:
            later = [c.start_ms for c in cues[k + 1 : k + 2] if c.start_ms > cue.start_ms]
            end = min([cue.start_ms + _NO_END_MS, *later])
        out.append(TimedCue(cue.start_ms, end, cue.markup, settings=cue.settings, line=cue.line))
    return out


class _Walk:
    """One pass over the body. `absolute`: children's times count from the document's start."""

    def __init__(self, root: Element, notes: Notes, *, absolute: bool) -> None:
        self.rates = _rates(root)
        self.styles = Styles(root)
        self.notes = notes
        self.absolute = absolute
        self.cues: list[TimedCue] = []
        self.overflow = False
        self.pictures: list[int] = []
        self.untimed: list[tuple[int, str]] = []
        self.open_ended: list[int] = []

    def container(self, element: Element, parent: _Span) -> None:
        """body and div: their times, then their children's."""
        span = self._span(element, parent)
        if span is None:
            return
        if attribute(element, "backgroundImage"):
            self.pictures.append(_line(element))
        sequential = attribute(element, "timeContainer") == "seq"
        at = span
        for child in element:
            name = local(child.tag)
            if name == "div":
                self.container(child, at)
            elif name == "p":
                end = self.paragraph(child, at, element)
                if sequential and end is not None:
                    at = _Span(end, span.end)

    def paragraph(self, p: Element, parent: _Span, div: Element) -> int | None:
        """One p; returns its end."""
        span = self._span(p, parent)
        if span is None:
            return None
        markup = paragraph_markup(p, self.styles, div)
        timed = any(attribute(e, n) for e in (p, div) for n in ("begin", "end", "dur")) or bool(parent.begin)
        if not timed:
            inner = [s for s in (self._span(e, span) for e in p if attribute(e, "begin")) if s is not None]
            begins = [s.begin for s in inner if s.begin is not None]
            ends = [s.end for s in inner if s.end is not None]
            if not begins or not ends:
                if markup.strip():
                    self.untimed.append((_line(p), " ".join("".join(p.itertext()).split())))
                return None
            span = _Span(min(begins), max(ends))
        if not markup.strip():
            return span.end
        if span.end is None:
            self.open_ended.append(_line(p))
        voice = self.styles.agent(p, div)
        if voice:
            markup = f"<v {escape(voice)}>{markup}</v>"
        end = -1 if span.end is None else span.end
        settings = self.styles.settings(p, div)
        self.cues.append(TimedCue(span.begin or 0, end, markup, settings=settings, line=_line(p)))
        return span.end

    def _span(self, element: Element, parent: _Span) -> _Span | None:
        """The element's interval from the document's start; None (and a finding) when its times are wrong."""
        values: dict[str, int | None] = {}
        for name in ("begin", "end", "dur"):
            text = attribute(element, name).strip()
            values[name] = _ms(text, self.rates) if text else None
            if text and values[name] is None:
                self.notes.add("CP310", _line(element), text=shown(f'{name}="{text}"'))
                return None
        base = 0 if self.absolute else parent.begin or 0
        own, own_end, length = values["begin"], values["end"], values["dur"]
        begin = base + own if own is not None else parent.begin or 0
        ends = [base + own_end] if own_end is not None else []
        ends += [begin + length] if length is not None else []
        if parent.end is not None:
            self.overflow = self.overflow or begin >= parent.end or any(e > parent.end + 1 for e in ends)
            ends.append(parent.end)
        return _Span(min(begin, LAST_MS), min([*ends, LAST_MS]) if ends else None)


def _line(element: Element) -> int:
    return int(element.get(LINE, "0"))


def _rates(root: Element) -> _Rates:
    """Frame and tick length from ttp:frameRate, frameRateMultiplier, subFrameRate, tickRate (TTML2, 7.2)."""
    frame_rate = _positive(attribute(root, "frameRate"), 30.0)
    top, _, bottom = attribute(root, "frameRateMultiplier").replace(":", " ").strip().partition(" ")
    effective = frame_rate * _positive(top, 1.0) / _positive(bottom, 1.0)
    sub = _positive(attribute(root, "subFrameRate"), 1.0)
    default_tick = frame_rate * sub if attribute(root, "frameRate") else 1.0
    return _Rates(1000 / effective, 1000 / _positive(attribute(root, "tickRate"), default_tick))


def _positive(text: str, default: float) -> float:
    text = text.strip()
    return float(text) if re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,6})?", text) and float(text) > 0 else default


def _ms(text: str, rates: _Rates) -> int | None:
    """A TTML time expression in milliseconds, or None. Plain seconds and `m:ss` are read too: Apple writes them."""
    clock = _CLOCK.fullmatch(text)
    if clock:
        hours, minutes, seconds, fraction, frames = clock.groups()
        if int(seconds) > 59 or (hours is not None and int(minutes) > 59):
            return None
        total = ((int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)) * 1000.0
        total += float(f"0.{fraction[:9]}") * 1000 if fraction else 0
        total += int(frames[:6]) * rates.frame_ms if frames else 0
        return round(min(total, LAST_MS))
    offset = _OFFSET.fullmatch(text)
    if not offset:
        return None
    unit = {"f": rates.frame_ms, "t": rates.tick_ms}.get(offset[2] or "") or _UNIT_MS[offset[2] or ""]
    return round(min(float(offset[1]) * unit, LAST_MS))
