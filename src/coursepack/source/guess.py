"""A course's language from its titles, where nothing says it: by script, so wrong only where scripts are shared."""

import re
from collections.abc import Iterable

_SCRIPTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("ja", re.compile("[\u3041-\u309f\u30a1-\u30fa]")),
    ("ko", re.compile("[\uac00-\ud7a3]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("ru", re.compile("[\u0400-\u04ff]")),
    ("ar", re.compile("[\u0620-\u06ff]")),
    ("he", re.compile("[\u05d0-\u05ea]")),
    ("el", re.compile("[\u0370-\u03ff]")),
    ("th", re.compile("[\u0e01-\u0e3a]")),
    ("hi", re.compile("[\u0900-\u097f]")),
)
# Frequent characters of teaching texts that the two Chinese scripts write differently.
_HANT = re.compile("[課開學習時會這們說國來對從後問題實應網機線與個為點電務動關]")
_HANS = re.compile("[课开学习时会这们说国来对从后问题实应网机线与个为点电务动关]")
_SAMPLE = 20_000


def guess_language(titles: Iterable[str]) -> str:
    """The likeliest BCP 47 tag for `titles`; "en" when they are in Latin letters or there are none."""
    text = "\n".join(titles)[:_SAMPLE]
    latin = len(re.findall("[A-Za-z]{2,}", text))
    counts = [(len(pattern.findall(text)), language) for language, pattern in _SCRIPTS]
    kana = counts[0][0]
    # Two letters of a title in another script among many words of Latin are a name, not the language.
    count, language = max(counts, key=lambda c: c[0])
    if kana and kana * 8 >= count and language == "zh":
        language = "ja"
    if count < 2 or count < latin:
        return "en"
    if language != "zh":
        return language
    return "zh-Hant" if len(_HANT.findall(text)) > len(_HANS.findall(text)) else "zh-Hans"
