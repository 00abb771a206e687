"""What language a track's text looks like, against what it is said to be: by script, characters and short words.

Simplified-only characters are those of GB 2312 that Big5 lacks, Traditional-only the other way round: no table of
our own to keep. Written Cantonese is told by characters that standard Chinese does not use.
"""

import re
from collections import Counter

import msgspec

from coursepack.settings.languages import reader, well_formed
from coursepack.tools.cues.markup import words_of
from coursepack.tools.cues.track import Notes, TimedCue, clock, shown

_CANTONESE = frozenset("嘅咗冇啲喺哋嗰嚟嘢睇攞瞓佢咩咁俾畀唔係乜啱嗌揾搵諗喎㗎噉啫喇囉咪")
# Used on both sides, though only one of the old code pages has them.
_SHARED = frozenset("着温卧烟麽吓恒粮秆踪群裏衞喂冇瞭妳牠")
_SAMPLE = 200_000
_LEAST = 20
_DIFFER = 6
_MOSTLY = 4
_SCRIPTS: tuple[tuple[str, str, re.Pattern[str]], ...] = (
    ("Kana", "ja", re.compile("[\u3041-\u309f\u30a1-\u30fa]")),
    ("Hang", "ko", re.compile("[\uac00-\ud7a3]")),
    ("Hani", "zh", re.compile("[\u3400-\u9fff]")),
    ("Cyrl", "ru", re.compile("[\u0400-\u04ff]")),
    ("Arab", "ar", re.compile("[\u0620-\u06ff]")),
    ("Hebr", "he", re.compile("[\u05d0-\u05ea]")),
    ("Grek", "el", re.compile("[\u0370-\u03ff]")),
    ("Thai", "th", re.compile("[\u0e01-\u0e5b]")),
    ("Deva", "hi", re.compile("[\u0900-\u097f]")),
    ("Latn", "", re.compile("[A-Za-z\u00c0-\u024f]")),
)
# Languages that are written in another script than Latin; the rest is not judged by script alone.
_WRITTEN = {
    **dict.fromkeys(("ru", "uk", "bg", "be", "mk"), "Cyrl"),
    **dict.fromkeys(("ar", "fa", "ur", "ug"), "Arab"),
    **{"he": "Hebr", "el": "Grek", "th": "Thai", "hi": "Deva", "mr": "Deva", "ne": "Deva"},
    **{"ja": "Kana", "ko": "Hang", "zh": "Hani", "yue": "Hani", "wuu": "Hani", "nan": "Hani", "hak": "Hani"},
    **dict.fromkeys(
        ("en", "fr", "de", "es", "it", "pt", "nl", "sv", "da", "nb", "no", "fi", "pl", "cs"), "Latn"
    ),
    **dict.fromkeys(
        ("hu", "tr", "vi", "id", "ms", "ro", "sw", "ca", "eu", "gl", "et", "lv", "lt", "sk", "sl"), "Latn"
    ),
}
# The commonest words that no other of these languages has.
_SHORT_WORDS = {
    "en": "the and you that this with are have what your for was we they",
    "fr": "les des est une vous dans pour que pas nous qui ce avec sur",
    "de": "und der die das nicht ist ein ich wir sie mit auf den wie",
    "es": "los las que una por para pero como está con más esto hay muy",
    "it": "che il di gli sono per una non questo anche della è perché",
    "pt": "você não uma para com isso mas os muito ele são está foi",
    "nl": "het een van niet dat ik je zijn voor maar wat hij met ook",
}


class Tongue(msgspec.Struct, frozen=True):
    """A BCP 47 tag that names no region, and what speaks for it."""

    tag: str
    proof: str


def text_of(cues: tuple[TimedCue, ...]) -> str:
    """The plain words of a track, up to a sample's size."""
    parts: list[str] = []
    size = 0
    for cue in cues:
        parts.append(words_of(cue.markup))
        size += len(parts[-1])
        if size > _SAMPLE:
            break
    return "\n".join(parts)


def look(text: str) -> Tongue | None:
    """What `text` looks like; None when there is too little of it, or nothing that tells."""
    counts = {script: len(pattern.findall(text)) for script, _, pattern in _SCRIPTS}
    # A wide character is about a word; Latin letters are weighed as words of three.
    weights = {script: count / (3 if script == "Latn" else 1) for script, count in counts.items()}
    if sum(weights.values()) < _LEAST:
        return None
    if weights["Kana"] * 8 > weights["Hani"] and weights["Kana"] > weights["Latn"]:
        return Tongue("ja", f"{counts['Kana']} kana")
    script = max(weights, key=lambda s: (weights[s], s))
    if script == "Latn":
        return _latin(text)
    if script == "Hani":
        return _chinese(text, counts["Hani"])
    language = next(tag for name, tag, _ in _SCRIPTS if name == script)
    return Tongue(language, f"{counts[script]} letters of {script}")


def _latin(text: str) -> Tongue | None:
    words = Counter(re.findall(r"[a-zà-ÿ]+", text.lower()))
    total = sum(words.values())
    hits = {tag: sum(words[w] for w in short.split()) for tag, short in _SHORT_WORDS.items()}
    tag = max(hits, key=lambda t: (hits[t], t))
    second = max(n for t, n in hits.items() if t != tag)
    if hits[tag] < _DIFFER or hits[tag] * 20 < total or hits[tag] < 2 * second:
        return None
    common = [w for w in _SHORT_WORDS[tag].split() if words[w]][:3]
    return Tongue(tag, ", ".join(common))


def _chinese(text: str, han: int) -> Tongue | None:
    spoken = Counter(c for c in text if c in _CANTONESE)
    # Two in a hundred: standard Chinese has none but in quotations.
    if spoken.total() >= _DIFFER and spoken.total() * 50 >= han and len(spoken) > 2:
        return Tongue("yue", "".join(c for c, _ in spoken.most_common(5)))
    hans, hant = _split_scripts(text)
    few, many, tag = (hans, hant, "zh-Hant") if hant.total() > hans.total() else (hant, hans, "zh-Hans")
    if many.total() < _DIFFER or many.total() < _MOSTLY * few.total():
        return None
    return Tongue(tag, "".join(c for c, _ in many.most_common(5)))


def _split_scripts(text: str) -> tuple[Counter[str], Counter[str]]:
    """(characters of Simplified only, of Traditional only) in `text`."""
    counts = Counter(c for c in text if "\u4e00" <= c <= "\u9fff")
    hans, hant = Counter[str](), Counter[str]()
    for c, n in counts.items():
        if c in _SHARED or c in _CANTONESE:
            continue
        simple, full = _in(c, "gb2312"), _in(c, "big5")
        if simple != full:
            (hans if simple else hant)[c] = n
    return hans, hant


def _in(character: str, codec: str) -> bool:
    try:
        character.encode(codec)
    except UnicodeEncodeError:
        return False
    return True


def mismatch(cues: tuple[TimedCue, ...], language: str) -> Tongue | None:
    """What the text is, where it cannot be what `language` says; None where it may be, or nothing tells."""
    if not language or not well_formed(language):
        return None
    text = text_of(cues)
    found = look(text)
    return None if found is None or _may_be(language, found.tag, text) else found


def note_language(cues: tuple[TimedCue, ...], language: str, notes: Notes, *, every: bool) -> str:
    """CP342 where the text is in another language than `language` says: that is returned, else "".

    `every`: CP343 for stray characters too.
    """
    found = mismatch(cues, language)
    if found is not None:
        facts = {"expected": language, "found": found.tag, "tag": found.tag, "proof": shown(found.proof)}
        notes.add("CP342", cues[0].line, **facts)
        return found.tag
    if every:
        _note_strays(cues, text_of(cues), notes)
    return ""


def _may_be(language: str, found: str, text: str) -> bool:
    """Whether text that looks like `found` may be what `language` promises."""
    base, script = reader(language)
    if base == "yue":
        # Subtitles of Cantonese speech are mostly in standard Chinese, and should say so; Simplified is a slip.
        return found == "yue"
    if found in ("zh-Hans", "zh-Hant", "yue"):
        if base == "zh":
            return found == f"zh-{script}"
        return _shares(text, _WRITTEN.get(base, ""))
    if _WRITTEN.get(base, "") == _WRITTEN.get(found, ""):
        # Of the languages in one script only those with a list of words are told apart.
        return base == found or base not in _SHORT_WORDS or found not in _SHORT_WORDS
    return _WRITTEN.get(base) is None or _shares(text, _WRITTEN[base])


def _shares(text: str, script: str) -> bool:
    """Whether a quarter of the text is in `script`: bilingual captions."""
    if not script:
        return True
    counts = {name: len(p.findall(text)) / (3 if name == "Latn" else 1) for name, _, p in _SCRIPTS}
    return counts[script] * 4 >= sum(counts.values())


def _note_strays(cues: tuple[TimedCue, ...], text: str, notes: Notes) -> None:
    hans, hant = _split_scripts(text)
    few, many = sorted((hans, hant), key=lambda c: c.total())
    if not few or many.total() < _DIFFER * few.total():
        return
    strays = set(few)
    for cue in cues:
        odd = [c for c in words_of(cue.markup) if c in strays]
        if odd:
            notes.add("CP343", cue.line, each="1", time=clock(cue.start_ms), text="".join(odd[:10]))
