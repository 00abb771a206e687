"""Bytes to clean text, and small helpers on text: slugs, words, names made readable."""

import re
import unicodedata

from coursepack.model.codes import diagnostic
from coursepack.model.diagnostic import Diagnostic

LARGEST = 4 << 20
"""Bytes of the largest Markdown file that is read."""

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_CANDIDATES = ["gb18030", "big5", "shift_jis", "euc_jp", "euc_kr", "cp1252", "cp1251", "iso8859_2"]
# Not allowed in an HTML document (HTML Standard, "preprocessing the input stream"): controls other than
# white space, surrogates, noncharacters. U+FDD0.. also carries our own marks inside the parser.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_CJK = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]")
_WORD = re.compile(r"\w+")
_SLUG_DROP = re.compile(r"[^\w\- ]")
_TAG = re.compile(r"<[^>]*>")
_INLINE_TAG = re.compile(
    r"</?(?:a|abbr|b|cite|code|del|em|i|ins|kbd|mark|q|s|small|span|strong|sub|sup|u|ruby|m[a-z]+)\b[^>]*>"
)
_READING = re.compile(r"<(r[tp])>[^<]*</\1>")


def clean(text: str) -> str:
    """`text` with every character that HTML forbids replaced by U+FFFD; form feeds become spaces."""
    return _FORBIDDEN.sub("\ufffd", text).replace("\x0c", " ")


def decode(data: bytes, path: str) -> tuple[str, tuple[Diagnostic, ...]]:
    """The text of a source file: UTF-8, else UTF-16/32 by byte order mark, else the likeliest encoding.

    Line ends become "\\n". Never raises; what was guessed or replaced is said in the diagnostics.
    """
    text, found = _decode(data, path)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if _FORBIDDEN.search(text):
        first = _FORBIDDEN.search(text)
        at = first.start() if first else 0
        line = text.count("\n", 0, at) + 1
        column = at - text.rfind("\n", 0, at)
        found = (*found, diagnostic("CP103", path, line, column, character=f"U+{ord(text[at]):04X}"))
        text = clean(text)
    return text.replace("\x0c", " "), found


def _decode(data: bytes, path: str) -> tuple[str, tuple[Diagnostic, ...]]:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(encoding, "replace"), ()
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        pass
    if b"\x00" in data[:65536]:
        return "", (diagnostic("CP101", path),)
    encoding = guess_encoding(data)
    return data.decode(encoding, "replace"), (diagnostic("CP100", path, encoding=encoding),)


def guess_encoding(data: bytes) -> str:
    """The likeliest legacy encoding of `data`, which is not UTF-8. A Python codec name."""
    # Imported here: it costs 40 ms and most courses are UTF-8.
    from charset_normalizer import from_bytes

    sample = data[: 1 << 18]
    han = _han_encoding(sample)
    if han:
        return han
    best = from_bytes(sample, cp_isolation=_CANDIDATES).best()
    return best.encoding if best is not None else "cp1252"


def _han_encoding(sample: bytes) -> str:
    """gb18030 or big5 when `sample` reads as common Chinese in it, else "".

    Statistics need more text than a short lesson has; but bytes that decode without error into two-byte
    pairs inside the level-1 characters only are hardly ever anything else.
    """
    for encoding in ("gb2312", "big5"):
        try:
            text = sample.decode(encoding)
        except UnicodeDecodeError:
            continue
        wide = [c for c in text if ord(c) > 0x7F]
        chinese = sum(1 for c in wide if _CJK.match(c) or c in "，。、；：？！“”‘’（）《》「」—…·")
        if wide and chinese >= 0.9 * len(wide) and _pairs(sample) >= 0.9 * len(wide):
            return "gb18030" if encoding == "gb2312" else encoding
    return ""


def _pairs(sample: bytes) -> int:
    """How many two-byte pairs stand in runs of an even number of high bytes (lone accents are odd runs)."""
    runs = re.findall(rb"(?:[\x81-\xfe][\x40-\xfe])+", sample)
    return sum(len(r) // 2 for r in runs if len(r) >= 4 or r[1] >= 0x80)


ARROW = "\ufdd4"
"""Before an arrow that may part the halves of a matching pair, until the quiz is made."""
BLANK_OPEN, BLANK_CLOSE = "\ufdd5", "\ufdd6"
"""Around the answers of a gap, until the quiz is made."""
_MARKS = str.maketrans({ARROW: "", BLANK_OPEN: "[[", BLANK_CLOSE: "]]"})


def unmarked(text: str) -> str:
    """`text` as it was before quiz marks were set in it, for places where no gap or arrow can be (code, alt)."""
    if ARROW in text or BLANK_OPEN in text:
        return text.translate(_MARKS)
    return text


def slug(text: str) -> str:
    """A fragment id as GitHub makes it, for any script; "section" when nothing is left."""
    kept = _SLUG_DROP.sub("", unicodedata.normalize("NFC", text).strip().lower())
    return kept.replace(" ", "-") or "section"


def unique(wanted: str, taken: dict[str, int]) -> str:
    """`wanted`, or `wanted-1`, `wanted-2`, ...; the result is added to `taken`, which counts the repeats."""
    result = wanted
    while result in taken:
        taken[wanted] += 1
        result = f"{wanted}-{taken[wanted]}"
    taken[result] = 0
    return result


def count_words(text: str) -> int:
    """Words of `text`; a CJK character counts as one half."""
    cjk = len(_CJK.findall(text))
    if cjk:
        text = _CJK.sub(" ", text)
    return len(_WORD.findall(text)) + (cjk + 1) // 2


def strip_tags(markup: str) -> str:
    """`markup` without its tags, which part words unless they are inline; character references stay."""
    return _TAG.sub(" ", _INLINE_TAG.sub("", _READING.sub("", markup)))


def readable_name(path: str) -> str:
    """A title made of a file name: "01-scan/02-check_it.en.md" -> "Check it"; an index takes its folder's."""
    parts = path.split("/")
    stem = re.sub(r"(\.[A-Za-z]{2,3}(-[A-Za-z0-9]+)*)?\.(md|markdown)$", "", parts[-1])
    if stem.lower() in ("index", "readme") and len(parts) > 1:
        stem = parts[-2]
    words = re.sub(r"^\d+[\s._-]+(?=.)", "", stem)
    words = re.sub(r"[_-]+", " ", words).strip() or stem
    return clean(words[:1].upper() + words[1:]) or "Untitled"


def shorten(text: str, limit: int = 200) -> str:
    """The start of `text` on one line, cut at a word near `limit` characters, with an ellipsis when cut."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    cut = line.rfind(" ", limit // 2, limit)
    return line[: cut if cut > 0 else limit].rstrip(" ,;:，、；：") + "…"
