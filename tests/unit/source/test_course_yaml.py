"""course.yaml: strict, with places, never fatal."""

import pytest
from tests.unit.test_settings import FULL

from coursepack.source.course_yaml import read_course_info


def codes(text: str | bytes) -> list[tuple[str, int, int]]:
    data = text.encode() if isinstance(text, str) else text
    _, found = read_course_info(data, folder="x")
    return [(d.code, d.line, d.column) for d in found]


def test_a_full_course_has_no_finding_and_loses_nothing() -> None:
    info, found = read_course_info(FULL.encode(), folder="other")
    assert found == ()
    assert (info.id, info.version, info.language) == ("pay-safely", "1.10", "zh-Hans")
    assert [a.name for a in info.authors] == ["王芳", "Li Wei"]
    assert info.authors[1].affiliation == "Example University"
    assert [(o.id, o.text) for o in info.outcomes][1] == ("scan", "Scans a code")
    assert info.outcomes[0].id == "Checks-an-amount"
    assert (info.credit.pass_mark, info.credit.points) == (60, 1.5)
    assert info.media.ladder == (720, 360)
    assert info.subjects == ("safety",)
    assert info.checks == {"CP201": "error", "CP208": "off"}
    assert info.translations["en"]["title"] == "Pay safely"
    assert info.places["lessons[1]"] == (24, 20)


def test_no_file() -> None:
    info, found = read_course_info(None, folder="Pay $afely!")
    assert (info.id, info.title, info.language, found) == ("Pay-afely", "", "", ())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("title: T\ntilte: x\n", [("CP151", 2, 1)]),
        ("title: [a, b]\n", [("CP152", 1, 8)]),
        ("title: T\ntitle: U\n", [("CP153", 2, 1)]),
        ("credit:\n  pass: 160\n", [("CP154", 2, 9)]),
        ("credit:\n  hours: much\n", [("CP152", 2, 10)]),
        ("id: ../evil\n", [("CP156", 1, 1)]),
        ("language: Chinese (simplified)\n", [("CP157", 1, 11)]),
        ("languages: [en, '!!']\n", [("CP157", 1, 17)]),
        ("checks: {CP999: off}\n", [("CP158", 1, 10)]),
        ("checks: {CP201: loud}\n", [("CP154", 1, 17)]),
        ("- just\n- a list\n", [("CP152", 1, 1)]),
        ("just words\n", [("CP152", 1, 1)]),
        ("authors: [{url: x}]\n", [("CP152", 1, 11)]),
        ("? [a]\n: 1\n", [("CP152", 1, 3)]),
        ("title: a: b\n", [("CP150", 1, 9)]),
        (b"\xff\xfe", [("CP150", 1, 0)]),
        ("", []),
        ("# nothing\n", []),
        ("title:\n", []),
    ],
)
def test_each_mistake_is_said_once_at_its_place(
    text: str | bytes, expected: list[tuple[str, int, int]]
) -> None:
    assert codes(text) == expected


def test_all_mistakes_in_one_run_and_the_rest_is_kept() -> None:
    info, found = read_course_info(b"titel: x\nversion: [1]\nlicense: CC0-1.0\ntheme: []\n", folder="f")
    assert [d.code for d in found] == ["CP151", "CP152", "CP152"]
    assert (info.license, info.version, info.theme) == ("CC0-1.0", "1", "default")


def test_an_unsafe_id_is_replaced_by_a_safe_one() -> None:
    info, found = read_course_info(b"id: ../../etc\n", folder="f")
    assert info.id == "etc"
    assert found[0].args["safe"] == "etc"


def test_scalars_keep_their_spelling() -> None:
    info, found = read_course_info(b"title: 2026\nversion: 1.10\nlevel: Yes\nlanguage: no\n", folder="f")
    assert (info.title, info.version, info.level, info.language, found) == ("2026", "1.10", "Yes", "no", ())


def test_another_tools_file_is_survived() -> None:
    text = "course:\n  steps: [1, {a: b}]\nrun: |\n  echo\nsections:\n- a\n"
    assert {code for code, *_ in codes(text)} == {"CP151"}


def test_a_theme_is_a_name_or_a_look() -> None:
    info, found = read_course_info(b"theme: lecture\n", folder="f")
    assert (info.theme, info.look.colours, found) == ("lecture", {}, ())
    text = b"theme:\n  colours: {accent: '#A13'}\n  footer: Hello\n  contrast: mend\n"
    info, found = read_course_info(text, folder="f")
    assert (info.theme, found) == ("default", ())
    assert (info.look.colours, info.look.footer, info.look.mend) == (
        {"accent": ("#aa1133", "")},
        {"": "Hello"},
        True,
    )
