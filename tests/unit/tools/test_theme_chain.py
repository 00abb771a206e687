"""Themes that build on one another: templates, styles, files, words and settings, and what is said when they are wrong."""

import re
from pathlib import Path

import pytest

from coursepack.model.theme import ThemeSettings
from coursepack.tools.colours import contrast, ink_on, mended, mix
from coursepack.tools.templates import environment, read_catalogue, words
from coursepack.tools.theme import (
    Theme,
    chain_digest,
    find_themes,
    load_theme,
    places_stat,
    static_name,
    theme_names,
    theme_places,
)
from coursepack.tools.theme_style import STYLE, brand, static_files, theme_findings, tokens_of

OWN = find_themes()


@pytest.fixture
def places(tmp_path: Path) -> tuple[Path, ...]:
    (tmp_path / "themes").mkdir()
    return theme_places(tmp_path)


def write(places: tuple[Path, ...], files: dict[str, str]) -> None:
    for name, text in files.items():
        path = places[1] / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def loaded(places: tuple[Path, ...], name: str) -> Theme:
    theme, found = load_theme(places, name)
    assert theme is not None and found == []
    return theme


def codes(places: tuple[Path, ...], name: str, course: ThemeSettings | None = None) -> list[str]:
    return [d.code for d in theme_findings(loaded(places, name), course or ThemeSettings(), OWN)]


def test_the_themes_of_the_house_are_right_and_build_on_the_default() -> None:
    assert {"default", "lecture", "jiangnan"} <= set(theme_names((OWN,)))
    for name in theme_names((OWN,)):
        theme = loaded((OWN,), name)
        assert theme.chain[-1].name == "default"
        # Looked at as if they were the operator's.
        assert list(theme_findings(theme, ThemeSettings(), Path("/nowhere"))) == [], name


def test_a_theme_takes_the_rest_from_its_parents(places: tuple[Path, ...]) -> None:
    write(
        places,
        {
            "a/theme.yaml": "corners: 3\nfooter: All of us\n",
            "a/style.css": ".a { background: url('dots.svg') }",
            "a/dots.svg": "<svg/>",
            "a/templates/missing.html": "<b>{{ message }}</b>",
            "b/theme.yaml": "extends: a\nfooter: {yue: 我哋}\n",
            "b/style.css": ".b { color: red }",
            "b/dots.svg": "<svg id='b'/>",
            "b/templates/missing.html": '{% extends "!a/missing.html" %}',
            "b/templates/moving.html": 'b {% include "!default/missing.html" %}',
            "b/locale/yue/LC_MESSAGES/x.po": 'msgid "Contents"\nmsgstr "有乜睇"\n',
        },
    )
    theme = loaded(places, "b")
    assert [folder.name for folder in theme.chain] == ["b", "a", "default"]
    files = static_files(theme, ThemeSettings())
    sheet = files[STYLE].decode()
    marks = [sheet.index(mark) for mark in (".listing", "--radius: 3px", ".a {", ".b {")]
    assert marks == sorted(marks), "parents come first, and settings before the theme's own rules"
    dots = re.search(r'url\("(dots-\w{10}\.svg)"\)', sheet)
    assert dots and files["dots.svg"] == b"<svg id='b'/>", "a child's file takes its parent's place"
    assert files["site.js"] == static_files(loaded(places, "default"), ThemeSettings())["site.js"]
    templates = environment(theme.chain, "b")
    values = {"message": "Gone", "label": ""}
    assert templates.get_template("missing.html").render(values) == "<b>Gone</b>"
    assert templates.get_template("moving.html").render(values).startswith('b <span class="missing">')
    assert words(theme.chain, "b", "yue")["Contents"] == "有乜睇"
    assert words(theme.chain, "b", "zh-Hans")["Contents"] == "目录"
    assert words(theme.chain, "b", "en")["Contents"] == "Contents"
    feet = {tag: brand(files, theme.settings, tag).footer for tag in ("yue-HK", "yue", "en")}
    assert feet == {"yue-HK": "我哋", "yue": "我哋", "en": "All of us"}


def test_what_a_theme_says_anew_is_said_somewhere() -> None:
    for theme in theme_names((OWN,)):
        for locale in ("en", "yue", "zh_Hans", "zh_Hant"):
            said = read_catalogue(OWN / "default", locale)
            for message, translation in read_catalogue(OWN / theme, locale).items():
                assert message in said, (theme, locale)
                assert set(re.findall(r"%\(\w+\)s", message)) == set(re.findall(r"%\(\w+\)s", translation))


def test_fonts_are_not_those_of_older_peoples_mode(places: tuple[Path, ...]) -> None:
    write(places, {"a/theme.yaml": "fonts: {text: serif, heading: 'Kai, STKaiti', mono: Courier}\n"})
    sheet = static_files(loaded(places, "a"), ThemeSettings())[STYLE].decode()
    rules = dict(
        re.findall(r"^(:root[^\n]*) \{ ([^\n]*font-family[^\n]*|--mono[^\n]*); \}$", sheet, re.MULTILINE)
    )
    assert rules[":root:not(.elder) body, :root:not(.elder) body [lang]"].endswith("var(--han-serif), serif")
    assert rules[":root:not(.elder) :is(h1, h2, h3, h4, h5, h6)"].startswith('font-family: "Kai", "STKaiti",')
    assert rules[":root"] == '--mono: "Courier", monospace'


def test_digests_and_stamps_follow_the_whole_chain(places: tuple[Path, ...]) -> None:
    write(places, {"a/theme.yaml": "corners: 3\n", "b/theme.yaml": "extends: a\n"})
    before, stamp = chain_digest(loaded(places, "b").chain), places_stat(places)
    write(places, {"a/style.css": "p { margin: 0 }"})
    assert chain_digest(loaded(places, "b").chain) != before
    assert places_stat(places) != stamp


@pytest.mark.parametrize(
    ("files", "parent"),
    [
        ({"a/theme.yaml": "extends: nowhere\n"}, "nowhere"),
        ({"a/theme.yaml": "extends: b\n", "b/theme.yaml": "extends: a\n"}, "a"),
        ({"a/theme.yaml": "extends: a\n"}, "a"),
    ],
)
def test_a_chain_that_leads_nowhere(places: tuple[Path, ...], files: dict[str, str], parent: str) -> None:
    write(places, files)
    theme, found = load_theme(places, "a")
    assert theme is None
    assert [(d.code, d.args["parent"]) for d in found] == [("CP605", parent)]


def test_a_name_leads_out_of_no_folder(places: tuple[Path, ...], tmp_path: Path) -> None:
    write(places, {"a/theme.yaml": "extends: ../b\n", "../b/theme.yaml": "corners: 1\n"})
    (places[1] / "c").symlink_to(tmp_path / "b")
    assert not {"c", "../b", "b"} & set(theme_names(places))
    theme, found = load_theme(places, "../b")
    assert theme is None and [d.code for d in found] == ["CP605"]
    assert [d.code for d in load_theme(places, "a")[1]] == ["CP154"], (
        "no name at all: the default is its parent"
    )


def test_wrong_settings_are_named_with_their_place(places: tuple[Path, ...]) -> None:
    write(places, {"a/theme.yaml": "corner: 3\ncolours:\n  acent: '#123456'\n  ink: reddish\n"})
    theme, found = load_theme(places, "a")
    assert theme is not None
    assert [(d.code, d.path, d.line, d.args.get("nearest", "")) for d in found] == [
        ("CP151", "themes/a/theme.yaml", 1, "corners"),
        ("CP151", "themes/a/theme.yaml", 3, "accent"),
        ("CP154", "themes/a/theme.yaml", 4, ""),
    ]


def test_colours_that_are_hard_to_read(places: tuple[Path, ...]) -> None:
    write(
        places,
        {
            "pale/theme.yaml": "colours: {accent: {light: '#e05a66', dark: '#8bd3c4'}}\n",
            "half/theme.yaml": "colours: {accent: {light: '#c01f2e', dark: '#8bd3c4'}}\n",
            "mend/theme.yaml": "contrast: mend\ncolours: {accent: '#e05a66', bar: '#cc7a00', ink: '#888'}\n",
            "rules/style.css": ":root { --soft: var(--light, #bbbbbb) var(--dark, #cbc2b5) }",
            "rules/theme.yaml": "",
        },
    )
    assert "CP606" in codes(places, "pale")
    assert set(codes(places, "half")) == {"CP607"}
    assert codes(places, "mend") == []
    assert codes(places, "rules") == ["CP606"]
    sheet = static_files(loaded(places, "mend"), ThemeSettings())[STYLE].decode()
    accent = tokens_of(sheet)["accent"]
    assert accent[0] != "#e05a66" and accent[0] != accent[1]


def test_a_course_sets_colours_over_its_theme(places: tuple[Path, ...]) -> None:
    write(places, {"a/theme.yaml": "colours: {accent: '#1c3f75'}\n"})
    course = ThemeSettings(colours={"accent": ("#7a1420", "")})
    theme = loaded(places, "a")
    tokens = tokens_of(static_files(theme, course)[STYLE].decode())
    assert tokens["accent"][0] == "#7a1420"
    assert contrast(tokens["accent"][1], "#1b1917") >= 7, "the dark scheme gets a colour of its own"
    assert codes(places, "a", course) == []
    found = list(theme_findings(theme, ThemeSettings(colours={"accent": ("#ff8888", "#ff8888")}), OWN))
    assert {d.path for d in found} == {"course.yaml"} and "CP606" in {d.code for d in found}


def test_what_a_theme_may_not_bring_is_left_out_and_named(places: tuple[Path, ...], tmp_path: Path) -> None:
    write(
        places,
        {
            "a/theme.yaml": "logo: gone.svg\n",
            "a/style.css": "@import 'https://example.org/x.css';\np { background: url(https://example.org/p.png) }\n"
            "q { background: url(../../../secret.png); color: url(data:image/png;base64,AA==) }",
            "a/run.php": "<?php",
            "secret.svg": "<svg>secret</svg>",
        },
    )
    (places[1] / "a" / "link.svg").symlink_to(places[1] / "secret.svg")
    theme = loaded(places, "a")
    files = static_files(theme, ThemeSettings())
    sheet = files[STYLE].decode()
    assert "example.org" not in sheet and "secret" not in sheet and "data:image/png" in sheet
    assert not {"run.php", "link.svg"} & set(files)
    assert brand(files, theme.settings, "en").logo == ""
    found = [(d.code, d.path, d.line) for d in theme_findings(theme, ThemeSettings(), OWN)]
    assert sorted(found) == [
        ("CP608", "themes/a/link.svg", 0),
        ("CP608", "themes/a/run.php", 0),
        ("CP608", "themes/a/style.css", 1),
        ("CP608", "themes/a/style.css", 2),
        ("CP608", "themes/a/style.css", 3),
        ("CP608", "themes/a/theme.yaml", 0),
    ]


def test_templates_reach_nothing_but_pages(places: tuple[Path, ...]) -> None:
    from jinja2.exceptions import SecurityError

    write(
        places,
        {
            "a/templates/x.html": "{{ ''.__class__.__mro__[1].__subclasses__() }}",
            "a/templates/y.html": '{% include "../../secret.html" %}',
            "secret.html": "secret",
        },
    )
    templates = environment(loaded(places, "a").chain, "a")
    with pytest.raises(SecurityError):
        templates.get_template("x.html").render()
    with pytest.raises(Exception, match="secret"):
        templates.get_template("y.html").render()


def test_colours() -> None:
    assert round(contrast("#000000", "#ffffff"), 1) == 21
    assert mended("#112233", ["#ffffff"]) == "#112233", "what is enough stays"
    better = mended("#cc7a00", ["#ffffff", "#faf6ef"])
    assert contrast(better, "#faf6ef") >= 7
    assert contrast(mended("#334455", ["#1b1917"]), "#1b1917") >= 7, "lighter on a dark ground"
    assert (ink_on("#ffee00"), ink_on("#101010")) == ("#14120f", "#ffffff")
    assert mix("#ffffff", "#000000", 0.5) == "#808080"
    assert static_name("fonts/a.b.woff2", "0123456789abcdef") == "a.b-0123456789.woff2"
