"""Words that were once read in the wrong encoding and saved so: `cafÃ©`, `浣犲ソ`. Undone exactly, or not at all."""

import re

from coursepack.tools.cues.markup import words_of
from coursepack.tools.cues.track import Notes, TimedCue, clock, shown

_LOST = re.compile("锟斤拷|\\?{6,}|烫烫烫|屯屯屯")
_PLACES = 3
# What UTF-8's first bytes look like in Windows-1252, and those of common UTF-8 Chinese in GBK.
_WESTERN = re.compile(
    "[\u00c2-\u00f4\u0160\u0161\u017d\u017e\u0178\u0192][\u0080-\u00bf\u0152-\u0192\u02c6\u02dc\u2013-\u2122]"
)
_CHINESE = re.compile("[\u4e00-\u9fff\ue000-\uf8ff€]{2,}")
_GBK_AS_WESTERN = re.compile("[\u00a1-\u00ff]{6,}")
_COMMON_LEAD = range(0xB0, 0xD8)


def mended(text: str) -> str:
    """`text` as it was before it was read wrongly, or `text` itself where nothing shows that it was."""
    if text.isascii():
        return text
    for undo in (_utf8_as_western, _utf8_as_gbk, _gbk_as_western):
        better = undo(text)
        if better != text:
            return better
    return text


def _utf8_as_western(text: str) -> str:
    if not _WESTERN.search(text):
        return text
    data = bytearray()
    for c in text:
        # Windows-1252 leaves five bytes without a character; programs write them as controls.
        data += (
            c.encode("latin-1")
            if "\x80" <= c <= "\x9f"
            else c.encode("cp1252", "replace")
            if c > "\x7f"
            else c.encode()
        )
    try:
        better = data.decode("utf-8")
    except UnicodeDecodeError:
        return text
    return (
        better if b"?" not in data.replace(b"?", b"", text.count("?")) and len(better) < len(text) else text
    )


def _utf8_as_gbk(text: str) -> str:
    if not _CHINESE.search(text):
        return text
    try:
        better = text.encode("gb18030").decode("utf-8")
    except UnicodeError:
        return text
    beyond = [c for c in better if c > "\x7f"]
    plausible = sum(
        1 for c in beyond if "\u2010" <= c <= "\u2026" or "\u3000" <= c <= "\u9fff" or c in "！，？：；（）"
    )
    return better if plausible * 5 >= len(beyond) * 4 else text


def _gbk_as_western(text: str) -> str:
    if not _GBK_AS_WESTERN.search(text):
        return text
    try:
        data = text.encode("latin-1")
        better = data.decode("gb2312")
    except UnicodeError:
        return text
    han = [c for c in better if "\u4e00" <= c <= "\u9fff"]
    common = sum(1 for c in han if c.encode("gb2312")[0] in _COMMON_LEAD)
    return better if len(han) > 2 and common * 10 >= len(han) * 9 else text


def note_twice_decoded(cues: tuple[TimedCue, ...], notes: Notes, *, every: bool) -> None:
    """CP344: one for the file, or one for each cue."""
    found: list[tuple[TimedCue, str, str]] = []
    for cue in cues:
        if cue.markup.isascii() and "??????" not in cue.markup:
            continue
        for line in words_of(cue.markup).split("\n"):
            better = mended(line)
            if better != line or _LOST.search(line):
                found.append((cue, line, better))
                break
    if not found:
        return
    for cue, line, better in found if every else found[:1]:
        facts = {"time": clock(cue.start_ms), "text": shown(line, 40), "mended": shown(better, 40)}
        mend = "as" if better != line else "lost"
        if every:
            notes.add("CP344", cue.line, each="1", mend=mend, **facts)
        else:
            starts = [clock(c.start_ms) for c, _, _ in found[:_PLACES]]
            places = ", ".join(starts) + (", …" if len(found) > _PLACES else "")
            more = {} if better != line else {"mend": mend}
            notes.add("CP344", cue.line, count=len(found), places=places, **facts, **more)
