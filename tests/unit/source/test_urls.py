"""Output paths: safe and unique, in any script."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursepack.source.natural import han_number, natural_key, readable
from coursepack.source.urls import RESERVED_TOP, fold, slug, unique_paths


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("01-scan", "01-scan"),
        ("第一課 開始", "第一課-開始"),
        ("课程 – 简介", "课程-简介"),
        ("cafe\u0301", "caf\xe9"),
        ("हिन्दी", "हिन्दी"),
        ("zero\u200bwidth", "zerowidth"),
        ("\u202egnp.exe", "gnp-exe"),
        ("CON", "CON-page"),
        ("com1", "com1-page"),
        ("--help", "help"),
        ("%2e%2e", "2e-2e"),
        ("a/../b\\c", "a-b-c"),
        ("emoji 🎓\ufe0f", "emoji"),
        ("trailing.", "trailing"),
        ("new\nline", "new-line"),
    ],
)
def test_slug(name: str, expected: str) -> None:
    assert slug(name) == expected


def test_names_without_letters_stay_apart() -> None:
    assert slug("🎓") != slug("🧑")
    assert slug("🎓").startswith("page-")


@given(st.text(min_size=1, max_size=300))
def test_slug_is_always_safe(name: str) -> None:
    safe = slug(name)
    assert safe
    assert len(safe.encode()) <= 85
    assert safe == unicodedata.normalize("NFC", safe)
    assert safe.strip("-.") == safe
    assert not set(safe) & set('<>:"/\\|?*%# .&\u202e\u200b')


@given(st.lists(st.text("aAbBéE\u0301ß.-_/ 1", min_size=1, max_size=8), unique=True, max_size=30))
def test_paths_never_collide_where_case_is_folded(names: list[str]) -> None:
    ids = {"/".join(p or "x" for p in name.split("/")) for name in names}
    paths = unique_paths(ids, RESERVED_TOP)
    assert len({fold(p) for p in paths.values()}) == len(ids)


def test_case_folders_and_reserved_names() -> None:
    assert unique_paths(
        ["index", "UPPER", "upper", "a b/x", "a-b/x", "media/y", "static", "contents"], RESERVED_TOP
    ) == {
        "UPPER": "UPPER.html",
        "a b/x": "a-b/x.html",
        "a-b/x": "a-b-2/x.html",
        "contents": "contents-2.html",
        "index": "index.html",
        "media/y": "media-2/y.html",
        "static": "static-2.html",
        "upper": "upper-2.html",
    }


def test_a_long_name_is_cut_and_marked() -> None:
    a, b = slug("名" * 83), slug("名" * 82)
    assert a != b
    assert len(a.encode()) <= 80


def test_natural_order() -> None:
    names = [
        "10-a",
        "2-a",
        "第十课",
        "第二课",
        "第一课",
        "第二十一课",
        "step_10",
        "step_2",
        "三、",
        "一、",
        "三角形",
        "Intro",
    ]
    assert sorted(names, key=natural_key) == [
        "一、", "第一课", "2-a", "第二课", "三、", "10-a", "第十课", "第二十一课", "Intro", "step_2", "step_10", "三角形",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "n"), [("十", 10), ("二十一", 21), ("一百零五", 105), ("一〇二", 102), ("两", 2)]
)
def test_chinese_numerals(text: str, n: int) -> None:
    assert han_number(text) == n


@given(st.text(max_size=60))
def test_natural_key_takes_any_name(name: str) -> None:
    assert natural_key(name) <= natural_key(name)


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("01-scan", "Scan"),
        ("1-getting-started", "Getting started"),
        ("2024", "2024"),
        ("3D-print", "3D print"),
    ],
)
def test_readable(name: str, title: str) -> None:
    assert readable(name) == title
