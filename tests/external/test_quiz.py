"""Questions in Chromium: answered by keyboard, judged, kept on the device; complete without a script and on paper."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from coursepack.tools.theme import find_themes
from tests.external.validators.browser import Browser, too_wide
from tests.external.validators.server import Site
from tests.helpers.course import build
from tests.unit.source.test_quiz_answers import NUMBERS, SAME

Serve = Callable[..., Site]

YAML = """\
id: questions
title: Questions
description: A course of questions.
language: en
languages: [en, zh-Hans]
outcomes:
  - id: check
    text: Check the amount.
"""
ENGLISH = """\
# All kinds

:::{quiz #single outcome=check}
Whom do you show your code to?

- [ ] A caller
  > Never.
- [x] The cashier
  > Yes, **only** here.

> [!HINT]
> Who takes the money?

> [!WRONG]
> Read it again.

> A code is money.
:::

:::{quiz #multiple points=2 attempts=2}
When do you stop?

- [x] The name is strange
- [x] One nought too many
- [ ] All is right
  > Then you may pay.
:::

:::{quiz #blanks points=2}
The capital is [[Paris]] on the [[Seine|river Seine]].
:::

:::{quiz #match points=2}
- cat -> meow
- dog -> woof
- wolf -> woof
- cow -> a rather long sentence that has to fit into a narrow select somehow
:::

:::{quiz #order kind=order points=2}
Put the steps in order.

1. Look
2. Type
3. Confirm
:::

:::{quiz #numeric}
A litre of water weighs [[= 1 ± 0.05 kg]].
:::

::::{quiz-set #last pass=60 shuffle=true} Two more
:::{quiz #tf}
The earth is flat.

- [ ] True
- [x] False
:::

:::{quiz #code}
Pick the second one.

- [ ] a
- [x] $x^2$

  ```python
  print("a rather long line of code that does not fit into a narrow window at all")
  ```
- [ ] c
- [ ] d
- [ ] e
:::
::::
"""
CHINESE = """\
# 各种题目

:::{quiz #single}
付款码可以给谁看？

- [ ] 打电话来的人
- [x] 收银员
:::

:::{quiz #blanks points=2}
青菜一共六块八，应该输入 [[= 6.8]] 元。先看[[收款人|名字]]。
:::

:::{quiz #order kind=order}
把付款的步骤排好。

1. 看收款人的名字
2. 看金额
3. 按“确认付款”
:::
"""


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built course."""
    folder = tmp_path_factory.mktemp("questions")
    course = folder / "course"
    course.mkdir()
    for name, text in {
        "course.yaml": YAML,
        "index.md": "# Questions\n\nAll kinds.\n",
        "index.zh-Hans.md": "# 题目\n\n各种题目。\n",
        "01-all.md": ENGLISH,
        "01-all.zh-Hans.md": CHINESE,
    }.items():
        (course / name).write_text(text, encoding="utf-8")
    result = build(folder / "cache", course, folder / "out")
    found = [d for d in result["diagnostics"] if d["severity"] != "info"]
    assert found == []
    return folder / "out" / "questions" / "web"


@pytest.fixture
def site(web: Path, serve: Serve) -> Site:
    return serve(web)


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    """The English lesson; what it says of its questions is gathered in `window.told`."""
    with browser.page(width=360) as opened:
        opened.add_init_script(
            "window.told = []; document.addEventListener('coursepack:quiz', (e) => window.told.push(e.detail));"
        )
        opened.goto(site.page("01-all.html"))
        yield opened


def told(page: Page) -> list[dict]:
    return page.evaluate("window.told")


def kept(page: Page, name: str) -> dict | None:
    return page.evaluate(
        "name => JSON.parse(localStorage.getItem(`coursepack/course/questions/quiz/01-all/${name}`))", name
    )


def result(page: Page, name: str) -> str:
    return " ".join(page.locator(f"#{name} .result").inner_text().split())


def lines(page: Page, selector: str) -> list[str]:
    return [" ".join(text.split()) for text in page.locator(selector).all_inner_texts()]


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


# -- each kind, by keyboard ----------------------------------------------------------------------------------------


def test_a_choice_by_keyboard_and_a_reload(page: Page) -> None:
    page.locator("#single input").first.focus()
    press(page, "Space", "Tab")
    assert page.evaluate("document.activeElement.localName") == "summary", "the hint"
    press(page, "Enter")
    expect(page.locator("#single .clue div")).to_be_visible()
    press(page, "Tab", "Enter")
    assert result(page, "single") == "Not quite. Have another look. Never. Read it again."
    assert page.evaluate("document.activeElement.textContent") == "Check", "the focus stays"
    expect(page.locator("#single .answer")).not_to_have_attribute("open", "")
    press(page, "Shift+Tab", "Shift+Tab", "ArrowDown")
    assert result(page, "single") == "", "what was said is about another answer"
    press(page, "Tab", "Tab", "Enter")
    assert result(page, "single") == "That is right. Yes, only here. A code is money."
    expect(page.locator("#single .answer")).not_to_have_attribute("open", "")
    first, second = told(page)
    assert (first["response"], first["correct"], first["score"], first["attempt"]) == ("a", False, 0, 1)
    assert second == {
        "lesson": "01-all", "quiz": "single", "kind": "single", "interaction": "choice", "outcome": "check",
        "prompt": "Whom do you show your code to?", "pattern": ["b"], "response": "b", "correct": True, "score": 1, "max": 1,
        "attempt": 2,
    }  # fmt: skip
    page.reload()
    assert page.locator("#single input").nth(1).is_checked()
    assert result(page, "single").startswith("That is right.")
    assert told(page) == [], "nothing new was answered"
    page.locator("#single .again").click()
    assert page.locator("#single :checked").count() == 0
    assert page.evaluate("document.activeElement.value") == "a"
    page.reload()
    assert result(page, "single") == ""
    assert kept(page, "single")["score"] == 1, "the best score stays"


def test_nothing_chosen_is_no_attempt(page: Page) -> None:
    page.locator("#multiple .do").click()
    assert result(page, "multiple") == "Give an answer first."
    assert page.evaluate("document.activeElement.type") == "checkbox"
    assert page.evaluate("document.activeElement.getAttribute('aria-describedby')") == "cp-multiple-result"
    assert told(page) == [] and kept(page, "multiple") is None


def test_several_answers_and_attempts(page: Page) -> None:
    boxes, check = page.locator("#multiple input"), page.locator("#multiple .do")
    boxes.nth(0).check()
    check.click()
    assert result(page, "multiple") == "Partly right. 1 of 2 points. Attempts left: 1"
    check.click()
    assert len(told(page)) == 1, "the same answer again is no attempt"
    boxes.nth(2).check()
    assert page.locator("#multiple .mark").count() == 0
    check.focus()
    press(page, "Enter")
    assert (
        result(page, "multiple")
        == "Not quite. Have another look. 0 of 2 points. No attempts left. The answer is below."
    )
    assert lines(page, "#multiple .mark") == ["✓ Right", "✗ Wrong Then you may pay."]
    assert page.evaluate("document.activeElement.id") == "cp-multiple-result", "the button is gone"
    expect(page.locator("#multiple .answer")).to_have_attribute("open", "")
    assert boxes.nth(1).is_disabled()
    page.reload()
    assert boxes.nth(1).is_disabled() and not check.is_visible()
    entry = kept(page, "multiple")
    assert (entry["score"], entry["last"], entry["attempts"], entry["pattern"]) == (1, 0, 2, ["a[,]b"])


def test_blanks(page: Page) -> None:
    page.locator("#blanks .blank").first.focus()
    page.keyboard.type(" paris ")
    press(page, "Tab")
    page.keyboard.type("Rhine")
    press(page, "Enter")
    assert result(page, "blanks") == "Partly right. 1 of 2 points."
    one, other = page.locator("#blanks .blank").nth(0), page.locator("#blanks .blank").nth(1)
    assert one.get_attribute("aria-invalid") is None
    assert other.get_attribute("aria-invalid") == "true"
    described = other.get_attribute("aria-describedby")
    assert page.locator(f"#{described}").inner_text().split() == ["✗", "Wrong"]
    other.fill("Ｒｉｖｅｒ\u3000Seine.")
    press(page, "Enter")
    assert result(page, "blanks").startswith("That is right.")
    assert told(page)[1]["response"] == "paris[,]Ｒｉｖｅｒ\u3000Seine."


def test_a_draft_is_kept(page: Page) -> None:
    page.locator("#blanks .blank").first.fill("Par")
    page.reload()
    assert page.locator("#blanks .blank").first.input_value() == "Par"
    assert kept(page, "blanks") is None


def test_match(page: Page) -> None:
    selects = page.locator("#match select")
    assert selects.count() == 4 and selects.first.locator("option").count() == 4, (
        "the same partner is there once"
    )
    for n, words in enumerate(["meow", "woof", "woof", "meow"]):
        selects.nth(n).select_option(label=words)
    page.locator("#match .do").click()
    assert result(page, "match") == "Partly right. 1.5 of 2 points."
    page.reload()
    assert [selects.nth(n).locator(":checked").inner_text() for n in range(4)] == [
        "meow",
        "woof",
        "woof",
        "meow",
    ]
    assert kept(page, "match")["interaction"] == "matching"


def test_order_by_keyboard(page: Page) -> None:
    items = page.locator("#order .item")
    assert items.all_inner_texts() != ["Look", "Type", "Confirm"]
    wanted = ["Look", "Type", "Confirm"]
    for place, words in enumerate(wanted):
        up = page.get_by_role("button", name=f"Move up {words}")
        up.focus()
        for _ in range(2):
            if items.all_inner_texts().index(words) > place:
                press(page, "Enter")
                assert page.evaluate("document.activeElement.id") == up.get_attribute("id"), (
                    "the focus moves along"
                )
    assert items.all_inner_texts() == wanted
    assert re.fullmatch(r"\w+: place \d of 3", result(page, "order"))
    assert page.get_by_role("button", name="Move up Look").get_attribute("aria-disabled") == "true"
    draft = items.all_inner_texts()
    page.reload()
    assert items.all_inner_texts() == draft
    page.locator("#order .do").click()
    assert result(page, "order").startswith("That is right.")
    page.get_by_role("button", name="Move down Look").click()
    page.locator("#order .do").click()
    assert result(page, "order") == "Partly right. 1 of 2 points."
    assert sorted(page.locator("#order .mark").all_inner_texts()) == [
        "✓\nIn place",
        "✓\nIn place",
        "✗\nBelongs elsewhere",
    ]


@pytest.mark.parametrize(
    ("typed", "number", "said"),
    [
        ("1", "1", "That is right."), ("１.０２", "1.02", "That is right."), ("1,05 kg", "1.05", "That is right."), ("0.95ＫＧ", "0.95", "That is right."),
        ("1.06", "1.06", "Not quite. Have another look."), ("1 g", "0", "Write a number in blank 1, in kg."),
        ("one", "0", "Write a number in blank 1, in kg."),
    ],
)  # fmt: skip
def test_numbers(page: Page, typed: str, number: str, said: str) -> None:
    page.locator("#numeric .blank").fill(typed)
    page.locator("#numeric .do").click()
    assert result(page, "numeric") == said
    responses = [t["response"] for t in told(page)]
    assert responses == ([] if said.startswith("Write") else [str(float(number)).removesuffix(".0")])
    page.reload()
    assert page.locator("#numeric .blank").input_value() == typed


# -- sets, shuffling, forgetting -----------------------------------------------------------------------------------


def test_a_set_and_the_lesson_have_totals(page: Page) -> None:
    total, summary = page.locator(".quiz-total"), page.locator(".quiz-summary")
    assert total.inner_text() == "2 points in all. You need 60% to pass."
    assert not summary.is_visible()
    page.locator("#tf [value=false]").check()
    page.locator("#tf .do").click()
    assert told(page)[0]["interaction"] == "true-false" and told(page)[0]["response"] == "false"
    assert "Not passed yet: 60% are needed." in total.inner_text()
    page.locator("#code input").nth(0).check()
    page.locator("#code [value=b]").check()
    page.locator("#code .do").click()
    assert "2 of 2 points (100%)" in total.inner_text() and "Passed." in total.inner_text()
    assert "2 of 8 questions answered" in summary.inner_text()
    rows = lines(page, ".quiz-summary li")
    assert rows[0] == "Question 1 not answered yet" and rows[7] == "Question 8 right"


def test_shuffled_answers_stand_as_they_stood_until_one_tries_again(page: Page) -> None:
    def seen() -> list[str]:
        return page.locator("#code input").evaluate_all("all => all.map(i => i.value)")

    before = seen()
    assert sorted(before) == list("abcde")
    page.reload()
    assert seen() == before
    orders = set()
    for _ in range(6):
        page.locator("#code input").first.check()
        page.locator("#code .do").click()
        page.locator("#code .again").click()
        orders.add("".join(seen()))
    assert len(orders) > 1
    last = seen()
    page.reload()
    assert seen() == last


def test_what_is_erased_is_forgotten(page: Page) -> None:
    page.locator("#tf [value=false]").check()
    page.locator("#tf .do").click()
    page.evaluate("localStorage.clear(); document.dispatchEvent(new CustomEvent('coursepack:erase'))")
    assert page.locator("#tf :checked").count() == 0 and result(page, "tf") == ""
    assert page.locator(".quiz-total").inner_text() == "2 points in all. You need 60% to pass."
    assert kept(page, "tf") is None


# -- Chinese -------------------------------------------------------------------------------------------------------


def test_chinese_answers(browser: Browser, site: Site) -> None:
    with browser.page(width=320) as page:
        page.goto(site.page("zh-Hans/01-all.html"))
        one, other = page.locator("#blanks .blank").nth(0), page.locator("#blanks .blank").nth(1)
        for typed, said in (
            ("６．８０元", "回答正确。"),
            ("六块八", "填空 1 请填数字。"),
            ("6。8", "填空 1 请填数字。"),
        ):
            one.fill(typed)
            other.fill(" 收款 人。")
            page.locator("#blanks .do").click()
            assert result(page, "blanks").startswith(said), typed
        one.fill("6.8")
        other.fill("收款人的名字")
        page.locator("#blanks .do").click()
        assert result(page, "blanks") == "答对了一部分。得 1 分，满分 2 分。"
        assert page.get_by_role("button", name="上移 看金额").count() == 1


# -- looks ---------------------------------------------------------------------------------------------------------


def answer_all(page: Page) -> None:
    """Something right, something wrong, something partly."""
    page.locator("#single input").first.check()
    page.locator("#multiple input").first.check()
    page.locator("#blanks .blank").first.fill("Paris")
    page.locator("#match select").first.select_option(index=1)
    page.locator("#numeric .blank").fill("1")
    page.locator("#tf input").first.check()
    page.locator("#code input").first.check()
    for button in page.locator(".check .do").all():
        button.click()


@pytest.mark.parametrize("elder", [False, True], ids=["usual", "elder"])
def test_axe_and_width_before_and_after(
    browser: Browser, site: Site, axe: Callable[[Page], list[str]], *, elder: bool
) -> None:
    found = []
    with browser.page() as page:
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(site.page("01-all.html"))
            page.evaluate("on => document.documentElement.classList.toggle('elder', on)", elder)
            for answered in (False, True):
                if answered:
                    answer_all(page)
                for scheme in ("light", "dark"):
                    page.emulate_media(color_scheme=scheme)
                    found += [f"{width} {scheme} {answered}: {v}" for v in axe(page)]
                found += [f"{width}: {w}" for w in too_wide(page)]
            page.evaluate("localStorage.clear()")
    assert found == []


def test_targets_are_large_enough(browser: Browser, site: Site) -> None:
    with browser.page(width=360) as page:
        page.goto(site.page("01-all.html"))
        answer_all(page)
        for elder, least in ((False, 44), (True, 60)):
            page.evaluate("on => document.documentElement.classList.toggle('elder', on)", elder)
            small = page.evaluate(
                """least => [...document.querySelectorAll('.quiz :is(button, select, .blank, .choice, summary), .quiz-summary a')]
                  .filter(e => e.offsetParent && (e.offsetHeight < least - 0.5 || e.offsetWidth < least - 0.5))
                  .map(e => `${e.className} ${e.offsetWidth}x${e.offsetHeight}`)""",
                least,
            )
            assert small == []


def test_nu(web: Path, nu: Callable[[Path], list[str]]) -> None:
    assert [line for line in nu(web) if "01-all" in line] == []


def test_without_a_script_all_is_there(browser: Browser, site: Site) -> None:
    with browser.page(javascript=False, width=320) as page:
        page.goto(site.page("01-all.html"))
        assert page.locator(".check button:visible").count() == 0
        assert page.locator("#order select").count() == 3
        expect(page.locator("#numeric .answer li")).not_to_be_visible()
        page.locator("#numeric .answer summary").click()
        expect(page.locator("#numeric .answer li")).to_have_text("Blank 1: 1 ± 0.05 kg")
        page.locator("#order .answer summary").click()
        assert page.locator("#order .answer ol li").all_inner_texts() == ["Look", "Type", "Confirm"]


def test_on_paper(page: Page) -> None:
    answer_all(page)
    page.emulate_media(media="print")
    for hidden in (".mark", ".result", ".check", ".moves", ".quiz-summary", "#match select", ".blank"):
        assert page.locator(f"{hidden}:visible").count() == 0, hidden
    assert page.locator("#blanks .answer li").first.is_visible()
    assert lines(page, "#match .partners li:visible") != [], "what to choose from"
    assert page.locator("#blanks summary").inner_text() == "Answer"


def test_the_script_reads_answers_as_the_parser_does(browser: Browser, serve: Serve) -> None:
    site = serve(find_themes() / "default" / "scripts")
    with browser.page() as page:
        page.goto(site.page("quiz/answers.js"))
        numbers = page.evaluate(
            """async cases => { const {toNumber} = await import('/quiz/answers.js');
              return cases.map(([text]) => [toNumber(text, false), toNumber(text, true)].map(n => Number.isFinite(n) ? n : null)); }""",
            NUMBERS,
        )
        assert numbers == [[point, comma] for _, point, comma in NUMBERS]
        pairs = page.evaluate(
            "async pairs => { const {same} = await import('/quiz/answers.js'); return pairs.map(p => p.map(t => same(t, false))); }",
            SAME,
        )
        assert [a for a, b in pairs if a != b] == []


def test_from_disk(browser: Browser, web: Path) -> None:
    with browser.page(width=360) as page:
        page.goto((web / "01-all.html").as_uri())
        page.locator("#tf [value=false]").check()
        page.locator("#tf .do").click()
        assert result(page, "tf") == "That is right."
