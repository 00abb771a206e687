"""What stands in a gap, and when two answers are the same."""

import pytest

from coursepack.model.document import Number
from coursepack.source.quiz_answers import BadNumber, read_answers, same, to_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("3.14 +- 0.01", Number(3.13, 3.15, "", "3.14 ± 0.01")),
        ("3.14 +/- 0.01", Number(3.13, 3.15, "", "3.14 ± 0.01")),
        ("= 42 ± 1 kg", Number(41, 43, "kg", "42 ± 1 kg")),
        ("= 42 kg ± 1 kg", Number(41, 43, "kg", "42 kg ± 1 kg")),
        ("= ４２±１公斤", Number(41, 43, "公斤", "４２±１公斤")),
        ("= 6,8 元", Number(6.8, 6.8, "元", "6,8 元")),
        ("= 1,500", Number(1500, 1500, "", "1,500")),
        ("= 10..12 cm", Number(10, 12, "cm", "10–12 cm")),
        ("= -3", Number(-3, -3, "", "-3")),
        ("= 200 ± 5%", Number(190, 210, "", "200 ± 5%")),
        ("= 80% ± 1%", Number(79, 81, "%", "80% ± 1%")),
        ("−5 ± 1", Number(-6, -4, "", "−5 ± 1")),
    ],
)
def test_numbers(text: str, number: Number) -> None:
    assert read_answers(text, "en").numbers == (number,)


@pytest.mark.parametrize(
    "text", ["5", "6.80", "==", "=5", "=A1", "+-", "a ± b", "= x", "1 + 2 ± 3", "pH 7 ± 1"]
)
def test_what_stays_words(text: str) -> None:
    assert read_answers(text, "en").words == (text,)


@pytest.mark.parametrize("text", ["3 ± x", "= 5 ±", "= 1,2,3", "= 1e999", "= 1..x", "= 5 ± 1,2,3"])
def test_what_is_meant_as_a_number_and_is_none(text: str) -> None:
    with pytest.raises(BadNumber):
        read_answers(text, "en")


def test_alternatives_may_be_of_both_kinds() -> None:
    found = read_answers(" 八十 | = 80 ||", "zh-Hans")
    assert found.words == ("八十",)
    assert found.numbers == (Number(80, 80, "", "80"),)


NUMBERS = [
    ("1,500", 1500.0, 1.5), ("0,500", 0.5, 0.5), ("1.500", 1.5, 1500.0), ("12,5", 12.5, 12.5), ("1.234,5", 1234.5, 1234.5),
    ("1,234.5", 1234.5, 1234.5), ("1,234,567", 1234567.0, 1234567.0), ("１２", 12.0, 12.0), ("٣", 3.0, 3.0), ("−5", -5.0, -5.0),
    (" 1 000 ", 1000.0, 1000.0), ("1e3", 1000.0, 1000.0), (".5", 0.5, 0.5), ("x", None, None), ("", None, None), ("1,2,3", None, None),
    ("1.2.3", None, None), ("5.", None, None), ("1 2/3", None, None), ("1e999", None, None), ("12,34.5", None, None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "point", "comma"), NUMBERS)
def test_numbers_as_people_write_them(text: str, point: float | None, comma: float | None) -> None:
    assert to_number(text, decimal_comma=False) == point
    assert to_number(text, decimal_comma=True) == comma


SAME = [
    ("paris", " Ｐａｒｉｓ！"), ("收款人", "“收款 人”。"), ("a b", "A\u3000 b"), ("支付宝app", "支付宝 APP"), ("it's", "It’s"), ("?", "？"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), SAME)
def test_what_does_not_matter(one: str, other: str) -> None:
    assert same(one) == same(other)


def test_what_does_matter() -> None:
    assert same("收") != same("收款")
    assert same("后") != same("後"), "simplified and traditional characters are told apart"
    assert same("US", case=True) != same("us", case=True)
    assert same("c++") != same("c")
