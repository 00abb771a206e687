"""Bytes to text: byte order marks, UTF-16 without one, UTF-8, what an XML declaration says, legacy code pages."""

import codecs
import re

import msgspec

from coursepack.tools.cues.codepages import guess_codec
from coursepack.tools.cues.track import Notes

_MARKS = (
    # UTF-32 before UTF-16: the one's mark begins with the other's.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE_BYTES = 32_000
_SURE_LETTERS = 4
_WIDE_PAGES = frozenset({"gb18030", "big5hkscs", "cp932", "euc_jp", "cp949"})
_SAFE_DECLARED = re.compile(
    r"utf-?8|us-ascii|utf-?16(le|be)?|gb(2312|k|18030)|big5(-?hkscs)?|shift[_-]jis|windows-31j|euc-(jp|kr)|iso-8859-\d{1,2}"
    r"|windows-125\d|koi8-[ru]",
    re.IGNORECASE,
)
_DECLARATION = re.compile(rb"""^\s*<\?xml[^>]{0,100}?\sencoding\s*=\s*["']([\w-]{1,20})["']""")
_NAMES = {
    "gb18030": "GBK/GB18030",
    "big5hkscs": "Big5",
    "cp932": "Shift-JIS",
    "euc_jp": "EUC-JP",
    "cp949": "EUC-KR",
    "koi8-r": "KOI8-R",
    "cp874": "TIS-620",
}


class Decoded(msgspec.Struct, frozen=True):
    """Text with LF line ends. `encoding` is a name for people."""

    text: str
    encoding: str


def decode(data: bytes, language: str, notes: Notes) -> Decoded | None:
    """The text of `data`; None, with a finding, when it is no text. `language` is only a prior."""
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf\xfe\xff"):
        notes.add("CP301")
        return None
    found = _marked(data) or _unmarked_utf16(data, notes) or _mixed(data, language, notes)
    found = found or _utf8(data, notes) or _declared(data)
    if found is None:
        found = _legacy(data, language, notes)
    if found is None or _is_binary(found.text):
        notes.add("CP303")
        return None
    broken = found.text.count("\ufffd")
    if broken and "\ufffd".encode() not in data:
        line = found.text.count("\n", 0, found.text.index("\ufffd")) + 1
        notes.add("CP305", line, count=broken, encoding=found.encoding)
    return found


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _marked(data: bytes) -> Decoded | None:
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return Decoded(_lines(data[len(mark) :].decode(codec, "replace")), codec.upper()[:6].rstrip("-"))
    return None


def _unmarked_utf16(data: bytes, notes: Notes) -> Decoded | None:
    """Times, digits and line ends are ASCII in any language: every second byte of theirs is zero."""
    head = data[:4096]
    even, odd = head[::2].count(0), head[1::2].count(0)
    half = max(1, len(head) // 2)
    if max(even, odd) < half * 0.15 or min(even, odd) > half * 0.05:
        return None
    notes.add("CP304", encoding="UTF-16")
    return Decoded(_lines(data.decode("utf-16-le" if odd > even else "utf-16-be", "replace")), "UTF-16")


def _utf8(data: bytes, notes: Notes) -> Decoded | None:
    if b"\x1b$" in data and all(b < 0x80 for b in data[:_SAMPLE_BYTES]):
        notes.add("CP304", encoding="ISO-2022-JP")
        return Decoded(_lines(data.decode("iso2022_jp_2", "replace")), "ISO-2022-JP")
    try:
        return Decoded(_lines(data.decode("utf-8")), "UTF-8")
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
    # A file cut in the middle, or a bad byte in an otherwise sound file, is still UTF-8.
    beyond = sum(1 for c in text if c > "\x7f" and c != "\ufffd")
    return Decoded(_lines(text), "UTF-8") if text.count("\ufffd") * 20 <= beyond else None


def _mixed(data: bytes, language: str, notes: Notes) -> Decoded | None:
    """Two files in one: each line in its own encoding, where many lines are sound UTF-8 and others are none at all."""
    if data.isascii():
        return None
    lines = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    beyond = [k for k, line in enumerate(lines) if not line.isascii()]
    odd = [k for k in beyond if _is_legacy(lines[k])]
    sound = "".join(lines[k].decode("utf-8", "replace") for k in set(beyond) - set(odd))
    letters = [c for c in sound if c > "\x7f"]
    # A pair of bytes in a legacy page may be UTF-8 by accident, as a letter below U+0800; whole lines are not.
    if not odd or (len(beyond) - len(odd)) * 5 < len(beyond) or len(letters) < _SURE_LETTERS:
        return None
    codec = guess_codec(b"\n".join(lines[k] for k in odd)[:_SAMPLE_BYTES], language)
    wide = sum(1 for c in letters if c >= "\u0800")
    if not codec or (wide * 2 < len(letters) and codec in _WIDE_PAGES):
        return None
    notes.add("CP345", odd[0] + 1, count=len(odd), encoding=_name(codec))
    strange = set(odd)
    text = [line.decode(codec if k in strange else "utf-8", "replace") for k, line in enumerate(lines)]
    return Decoded("\n".join(text), "UTF-8")


def _is_legacy(line: bytes) -> bool:
    """Whether a line is no UTF-8 at all, not only cut or damaged in one place."""
    text = line.decode("utf-8", "replace")
    beyond = sum(1 for c in text if c > "\x7f")
    return text.count("\ufffd") * 2 > beyond


def _name(codec: str) -> str:
    return _NAMES.get(codec) or codec.replace("cp125", "Windows-125").replace("_", "-")


def _declared(data: bytes) -> Decoded | None:
    match = _DECLARATION.match(data[:400])
    name = match[1].decode("ascii", "replace") if match else ""
    if not _SAFE_DECLARED.fullmatch(name):
        return None
    codec = "gb18030" if name.lower().startswith("gb") else name
    try:
        return Decoded(_lines(data.decode(codec)), name)
    except (UnicodeDecodeError, LookupError):
        return None


def _legacy(data: bytes, language: str, notes: Notes) -> Decoded | None:
    sample = _beyond_ascii(data)
    codec = guess_codec(sample, language) or _general_guess(sample)
    if not codec:
        return None
    text = _lines(data.decode(codec, "replace"))
    if _is_binary(text):
        return None
    notes.add("CP304", encoding=_name(codec))
    return Decoded(text, _name(codec))


def _beyond_ascii(data: bytes) -> bytes:
    """The lines that say something about the encoding."""
    taken: list[bytes] = []
    size = 0
    for line in data.splitlines():
        if line.isascii():
            continue
        taken.append(line[:2000])
        size += len(taken[-1])
        if size > _SAMPLE_BYTES:
            break
    return b"\n".join(taken)


def _general_guess(sample: bytes) -> str:
    """For languages that `codepages` does not know."""
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    return best.encoding if best else ""


def _is_binary(text: str) -> bool:
    """Pictures and archives decode to control characters in any code page."""
    head = text[:20_000]
    control = sum(1 for c in head if c < " " and c not in "\t\n\f\v\x1b")
    return control * 20 > len(head) or head.count("\ufffd") * 5 > len(head)
