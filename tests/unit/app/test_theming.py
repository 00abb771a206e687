"""Which theme a course gets, and when it gets the default one in its place."""

from pathlib import Path

import pytest

from coursepack.app.theming import dress
from coursepack.model.course import Asset, Course, CourseInfo, Edition, Source
from coursepack.model.digest import digest_bytes
from coursepack.model.document import Outline
from coursepack.model.theme import ThemeSettings
from coursepack.plan.statics import static_needed
from coursepack.tools.theme import theme_places

STATIC = dict.fromkeys(
    (
        "style.css",
        "site.js",
        "player.js",
        "print.js",
        "quiz.js",
        "hls.js",
        "hls.LICENSE.txt",
        "offline.js",
        "sw.js",
    ),
    "",
)


def course(theme: str, look: ThemeSettings | None = None, *, asset: str = "") -> Course:
    info = CourseInfo("c", "C", theme=theme, look=look or ThemeSettings())
    editions = (Edition("en", "C", "", None, (), ""), Edition("yue", "C", "", None, (), "yue/"))
    source = Source(f"a.{asset}", digest_bytes(b""), 0)
    assets = {source.path: Asset(source, asset)} if asset else {}  # type: ignore[arg-type]
    return Course(info, editions, assets, {})


@pytest.fixture
def places(tmp_path: Path) -> tuple[Path, ...]:
    for name, text in {
        "good/theme.yaml": "footer: {en: Ours, zh-Hant: 我們}\n",
        "bad/templates/base.html": '{% extends "!default/base.html" %}\n\n{% block top %}{% endif %}',
        "round/theme.yaml": "extends: round\n",
    }.items():
        path = tmp_path / "themes" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return theme_places(tmp_path)


def test_a_workspaces_theme_with_what_the_course_sets_over_it(places: tuple[Path, ...]) -> None:
    given = dress(course("good", ThemeSettings(footer={"yue": "我哋"})), places)
    assert given.findings == ()
    assert given.theme.name == "good"
    assert {tag: b.footer for tag, b in given.brands.items()} == {"en": "Ours", "yue": "我哋"}
    plain = dress(course("default"), places)
    assert given.static["site.js"] == plain.static["site.js"]
    assert given.digest != plain.digest


@pytest.mark.parametrize(
    ("theme", "code", "path", "line"),
    [
        ("nowhere", "CP603", "course.yaml", 0),
        ("../themes/good", "CP603", "course.yaml", 0),
        ("round", "CP605", "themes/round/theme.yaml", 0),
        ("bad", "CP609", "themes/bad/templates/base.html", 3),
    ],
)
def test_one_that_cannot_be_used_gives_way_to_the_default(
    theme: str, code: str, path: str, line: int, places: tuple[Path, ...]
) -> None:
    given = dress(course(theme), places)
    assert given.theme.name == "default"
    assert [(d.code, d.path, d.line) for d in given.findings] == [(code, path, line)]


def test_a_course_takes_along_what_its_pages_need() -> None:
    text = {"a.md": Outline("A")}
    quiz = {"a.md": Outline("A", quizzes=1)}
    assert set(static_needed(course("default"), text, STATIC, "web")) == {
        "style.css",
        "site.js",
        "offline.js",
    }
    assert "quiz.js" in static_needed(course("default"), quiz, STATIC, "mobile")
    played = static_needed(course("default", asset="video"), text, STATIC, "web")
    assert {"player.js", "print.js", "hls.js", "hls.LICENSE.txt"} <= set(played)
    offline = static_needed(course("default", asset="audio"), text, STATIC, "mobile")
    assert set(offline) == {"style.css", "site.js", "player.js", "print.js"}
