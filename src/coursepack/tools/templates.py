"""Jinja2 with the theme's own words, by language.

Templates are compiled once in a process and kept: `environment` and `words` cache by their arguments, which name the
exact theme, so that a resident process sees a changed one.
"""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import jinja2

FALLBACK = "en"
RTL_LANGUAGES = {"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "syr", "ug", "ur", "yi"}
RTL_SCRIPTS = {"arab", "hebr", "thaa", "syrc", "nkoo", "adlm", "mand", "rohg"}

_OWN_NAMES = {
    "zh": "中文",
    "zh-Hans": "简体中文",
    "zh-Hant": "繁體中文",
    "zh-Hant-HK": "繁體中文（香港）",
    "yue": "粵語",
    "yue-Hant": "粵語",
    "yue-Hans": "粤语",
    "en": "English",
}


@lru_cache(maxsize=8)
def environment(chain: tuple[Path, ...], digest: str) -> "jinja2.Environment":
    """The templates of a theme and of those that it builds on (`chain`, its own first), autoescaped.

    A template comes from the first theme that has it; "!default/base.html" is that of the theme "default" or of one
    that "default" builds on, so that a template can extend the one that it takes the place of. An undefined name is
    an error. `digest` is that of the theme.
    """
    import jinja2
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    from coursepack.tools.theme import find_themes

    folders = [folder / "templates" for folder in chain]
    above: dict[str, jinja2.BaseLoader] = {
        f"!{folder.name}": jinja2.FileSystemLoader(folders[number:]) for number, folder in enumerate(chain)
    }
    # A theme is the operator's, but it may come from others: it prints pages and reaches nothing else. What comes with
    # the package is spared that, which takes half as long again.
    own = all(folder.parent == find_themes() for folder in chain)
    made = (jinja2.Environment if own else ImmutableSandboxedEnvironment)(
        loader=jinja2.ChoiceLoader([jinja2.PrefixLoader(above), jinja2.FileSystemLoader(folders)]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    # Pages are UTF-8: Chinese words in blocks of data take half the bytes of their escapes.
    made.policies["json.dumps_kwargs"] = {"sort_keys": True, "ensure_ascii": False}
    return made


@lru_cache(maxsize=64)
def words(chain: tuple[Path, ...], digest: str, language: str) -> Mapping[str, str]:
    """The theme's messages in `language`: English message to its translation; the first theme's before the others'.

    A language without a catalogue is answered in English; so is a message that a catalogue lacks.
    """
    *children, base = chain
    answered = catalogue_name(base, language)
    found = read_catalogue(base, answered)
    for theme in reversed(children):
        # A child that does not know the language says nothing, unless all of the page is in English.
        name = catalogue_name(theme, language, otherwise=FALLBACK if answered == FALLBACK else "")
        found |= read_catalogue(theme, name) if name else {}
    return Words(found)


class Words(dict[str, str]):
    """A message catalogue: what it lacks stays as it is."""

    def __missing__(self, message: str) -> str:
        return message


def read_catalogue(theme_dir: Path, name: str) -> dict[str, str]:
    """The translated messages of one language ("zh_Hans"), of all its .po files; fuzzy ones left out."""
    from babel.messages.pofile import read_po

    found: dict[str, str] = {}
    for path in sorted((theme_dir / "locale" / name / "LC_MESSAGES").glob("*.po")):
        with path.open("rb") as f:
            catalogue = read_po(f)
        found |= {str(m.id): str(m.string) for m in catalogue if m.id and m.string and not m.fuzzy}
    return found


def catalogue_name(theme_dir: Path, language: str, otherwise: str = FALLBACK) -> str:
    """The catalogue that serves `language` (BCP 47) best: "zh-TW" is served by "zh_Hant", "yue-HK" by "yue"."""
    locale = theme_dir / "locale"
    there = {p.name.lower(): p.name for p in locale.iterdir()} if locale.is_dir() else {}
    parts = _likely_script(language).lower().split("-")
    for end in range(len(parts), 0, -1):
        if found := there.get("_".join(parts[:end])):
            return found
    return otherwise


def _likely_script(language: str) -> str:
    parts = language.split("-")
    if parts[0].lower() != "zh":
        return language
    rest = {p.lower() for p in parts[1:]}
    return "zh-Hant" if rest & {"hant", "tw", "hk", "mo"} else "zh-Hans"


@lru_cache(maxsize=256)
def language_name(language: str) -> str:
    """The language's name for itself: "简体中文", "English"; the tag where nobody knows it."""
    if known := _OWN_NAMES.get(language):
        return known
    from babel import Locale, UnknownLocaleError

    try:
        locale = Locale.parse(language, sep="-")
    except (ValueError, UnknownLocaleError):
        return language
    name = locale.get_display_name(locale) or language
    return name[:1].upper() + name[1:]


def direction(language: str) -> str:
    """ "ltr" or "rtl", by script where the tag has one, else by language."""
    parts = language.lower().split("-")
    scripts = [p for p in parts[1:] if len(p) == 4 and p.isalpha()]
    if scripts:
        return "rtl" if scripts[0] in RTL_SCRIPTS else "ltr"
    return "rtl" if parts[0] in RTL_LANGUAGES else "ltr"
