"""Theme files, digests, catalogues, and the names of languages."""

import re
import shutil
from pathlib import Path

import pytest

from coursepack.tools.templates import catalogue_name, direction, language_name, read_catalogue, words
from coursepack.tools.theme import find_themes, theme_digest, theme_files, theme_stat

THEME = find_themes() / "default"
LOCALES = sorted(p.name for p in (THEME / "locale").iterdir())
SOURCES = Path(__file__).resolve().parents[3] / "src" / "coursepack" / "recipes"

_IN_TEMPLATES = re.compile(r'_\("([^"]*)"\)')
_IN_RECIPES = re.compile(r"""(?:say\(|missing\(|text = |else )["']([A-Z][a-z ]+)["']""")


def messages() -> set[str]:
    """All that templates and recipes say."""
    found = {
        m for p in (THEME / "templates").rglob("*.html") for m in _IN_TEMPLATES.findall(p.read_text("utf-8"))
    }
    for name in ("players.py", "blocks.py"):
        text = (SOURCES / name).read_text("utf-8")
        found |= set(_IN_RECIPES.findall(text)) | set(
            re.findall(r'"((?:This|Video|Recording)[a-z ]*)" if ', text)
        )
    return found


def test_the_languages_of_the_house_are_there() -> None:
    assert LOCALES == ["en", "yue", "zh_Hans", "zh_Hant"]


@pytest.mark.parametrize("locale", LOCALES)
def test_catalogues_are_complete_and_hold_nothing_else(locale: str) -> None:
    catalogue = read_catalogue(THEME, locale)
    assert "This video is missing" in messages() and "Descriptions" in messages()
    assert set(catalogue) == messages()
    for message, translation in catalogue.items():
        assert set(re.findall(r"%\(\w+\)s", message)) == set(re.findall(r"%\(\w+\)s", translation)), message


@pytest.mark.parametrize(
    ("language", "catalogue"),
    [
        ("zh-Hans", "zh_Hans"), ("zh", "zh_Hans"), ("zh-CN", "zh_Hans"), ("zh-Hans-SG", "zh_Hans"),
        ("zh-Hant", "zh_Hant"), ("zh-TW", "zh_Hant"), ("zh-Hant-HK", "zh_Hant"), ("zh-HK", "zh_Hant"),
        ("yue", "yue"), ("yue-Hant-HK", "yue"), ("en-GB", "en"), ("ug", "en"),
    ],
)  # fmt: skip
def test_which_catalogue_serves_a_language(language: str, catalogue: str) -> None:
    assert catalogue_name(THEME, language) == catalogue


def test_what_a_catalogue_lacks_is_said_in_english() -> None:
    assert words((THEME,), "x", "zh-Hans")["Contents"] == "目录"
    assert words((THEME,), "x", "zh-Hans")["Not translated"] == "Not translated"


def test_names_of_languages() -> None:
    names = [language_name(tag) for tag in ("zh-Hans", "zh-Hant", "yue", "en", "fr", "x-klingon")]
    assert names == ["简体中文", "繁體中文", "粵語", "English", "Français", "x-klingon"]


@pytest.mark.parametrize(
    ("language", "way"),
    [("ar", "rtl"), ("ug", "rtl"), ("ug-Latn", "ltr"), ("kk-Arab", "rtl"), ("zh-Hans", "ltr")],
)
def test_direction(language: str, way: str) -> None:
    assert direction(language) == way


def test_static_files_are_those_a_reader_fetches() -> None:
    files = theme_files(THEME)
    assert {"style.css", "site.js", "player.js", "icon.svg"} <= set(files)
    assert not [n for n in files if n.startswith(("templates/", "locale/"))]
    assert not re.search(rb"https?://|@import|url\(", files["style.css"])


def test_digest_and_stat_follow_every_file(tmp_path: Path) -> None:
    copy = tmp_path / "default"
    shutil.copytree(THEME, copy)
    digest, stat = theme_digest(copy), theme_stat(copy)
    assert digest == theme_digest(THEME), "the place does not matter"
    (copy / "locale/en/LC_MESSAGES/theme.po").write_text("# changed\n")
    assert theme_digest(copy) != digest
    assert theme_stat(copy) != stat
    after = theme_digest(copy)
    (copy / ".style.css.swp").write_text("an editor's")
    assert theme_digest(copy) == after


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    """WCAG 2.2 contrast ratio."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


_TWO = re.compile(r"var\(--light, (#[0-9a-f]{3,6})\) var\(--dark, (#[0-9a-f]{3,6})\)")


def _long(colour: str) -> str:
    return colour if len(colour) == 7 else "#" + "".join(2 * c for c in colour[1:])


def _tokens(css: str, selector: str, scheme: int) -> dict[str, str]:
    """The colours of a rule: each is written once for both schemes."""
    rule = css.split(f"{selector} {{", 1)[1].split("}", 1)[0]
    found = re.findall(r"--([\w-]+): (var\(--light[^;]*);", rule)
    return {name: _long(m[scheme + 1]) for name, value in found if (m := _TWO.fullmatch(value))}


@pytest.mark.parametrize("contrast_mode", [":root", ':root[data-contrast="high"]'], ids=["usual", "high"])
@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_contrast(scheme: int, contrast_mode: str) -> None:
    css = (THEME / "styles" / "tokens.css").read_text("utf-8")
    names = _tokens(css, ":root", scheme) | _tokens(css, contrast_mode, scheme)
    for ground in ("paper", "card", "sunk", "accent-wash"):
        for text in ("ink", "soft", "accent"):
            assert contrast(names[text], names[ground]) >= 7, (text, ground)
    assert contrast(names["accent-ink"], names["accent"]) >= 7
    assert contrast(names["ink"], names["mark"]) >= 7
    if contrast_mode == ":root":
        for box in ("note", "tip", "important", "warning", "caution"):
            assert contrast(names[box], names[f"{box}-wash"]) >= 7, box
            assert contrast(names["ink"], names[f"{box}-wash"]) >= 7
    assert contrast(names["edge"], names["paper"]) >= 3
    code = (THEME / "styles" / "code.css").read_text("utf-8")
    colours = [_long(m[scheme]) for m in re.findall(r"[{;] ?color: " + _TWO.pattern, code)]
    assert len(colours) >= 8
    for colour in colours:
        assert contrast(colour, names["card"]) >= 4.5, colour
        assert contrast(colour, names["mark"]) >= 4.5, colour
