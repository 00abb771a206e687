"""Questions on a page, and as data."""

import json
import re

import jsonschema
import msgspec
import pytest
from tests.unit.recipes import fake_site
from tests.unit.recipes.test_pages import Reader, lesson

from coursepack.model.document import Blank, Choice, Html, Image, Number, Pair, Quiz, QuizSet
from coursepack.model.quiz import LessonQuizzes, QuizData
from coursepack.recipes.quiz_data import question_data, scrambled
from coursepack.settings.schema import schemas
from coursepack.tools.theme import find_themes


def words(text: str) -> tuple[Html, ...]:
    return (Html(text),)


def order(*items: str, **more: object) -> Quiz:
    return Quiz("q", "order", words("<p>Sort</p>"), items=tuple(words(i) for i in items), **more)  # type: ignore[arg-type]


def choice(*answers: str, right: str, **more: object) -> Quiz:
    kind = "single" if len(right) == 1 else "multiple"
    return Quiz("q", kind, words("?"), tuple(Choice(words(a), a[0] in right) for a in answers), **more)  # type: ignore[arg-type]


def data(question: Quiz, seed: str = "01/a/q") -> QuizData:
    return question_data(question, seed, lambda blocks: "".join(b.text for b in blocks))  # type: ignore[arg-type, return-value, union-attr]


def for_script(page: str) -> dict[str, object]:
    found = re.search(r'class="cp-quiz">(.*?)</script>', page)
    assert found
    return json.loads(found[1])  # type: ignore[no-any-return]


# -- pages ---------------------------------------------------------------------------------------------------------


def test_every_answer_has_a_name_and_the_key_is_in_the_page() -> None:
    body = (Html("<p>one</p><p>two</p>"),)
    question = Quiz(
        "q", "multiple", words("<p>Which?</p>"), (Choice(words("A"), True, words("yes")), Choice(body, False))
    )
    page = lesson(question)
    boxes = [a for a in Reader(page.encode()).all("input") if a.get("name") == "q"]
    assert [a["type"] for a in boxes] == ["checkbox", "checkbox"]
    assert re.search(r'<label class="choice"><input [^>]*value="a"><span>A</span></label>', page)
    assert boxes[1]["aria-labelledby"] == "cp-q-b", "a label holds words only"
    assert '<div id="cp-q-b"><p>one</p><p>two</p></div>' in page
    answer = page[page.index('<details class="answer">') :]
    assert "<b>Right:</b> A" in answer and "yes" in answer


def test_nothing_tells_the_answer_before_it_is_unfolded() -> None:
    for question in (choice("a", "b", right="b"), order("x", "y", "z")):
        page = lesson(question)
        shown = page[page.index("<fieldset") : page.index('<details class="answer">')]
        assert "correct" not in shown and "data-answer" not in shown
    assert re.findall(r'class="item"[^>]*>(\w)<', page) != ["x", "y", "z"]
    assert "<ol>\n<li>x</li>\n<li>y</li>\n<li>z</li>\n</ol>" in page[page.index('class="answer"') :]


def test_partners_are_in_an_order_that_does_not_tell_and_equal_ones_are_one() -> None:
    pairs = tuple(Pair(words(f"l{n}"), words(f"r{n % 4} &amp; co")) for n in range(5))
    page = lesson(Quiz("q", "match", words("Match"), pairs=pairs))
    options = re.findall(r'<option value="(\w)">r(\d) &amp; co</option>', page)[:4]
    assert sorted(d for _, d in options) == list("0123") != [d for _, d in options]
    given = for_script(page)
    partner = dict(pair.split("[.]") for pair in given["right"][0].split("[,]"))  # type: ignore[index]
    assert [dict(options)[partner[str(n)]] for n in range(1, 6)] == list("01230")


def test_partners_that_are_no_plain_words_have_letters() -> None:
    pairs = (Pair(words("l"), (Image("p.png", "A cat"),)), Pair(words("m"), words("<math><mi>x</mi></math>")))
    page = lesson(Quiz("q", "match", words("Match"), pairs=pairs))
    assert re.findall(r'<option value="(\w)">(\w)</option>', page)[:2] == [("a", "A"), ("b", "B")]
    assert page.count("<math>") == 2, "beside its letter, and in the key"


def test_gaps() -> None:
    gaps = (Blank(('a"b', "c"), 1), Blank((), 2, (Number(41, 43, "kg", "42 ± 1 kg"),), language="yue"))
    page = lesson(Quiz("q", "blanks", (Html("<p>Say "), gaps[0], Html(" or "), gaps[1], Html("</p>"))))
    one, other = (a for a in Reader(page.encode()).all("input") if a.get("class") == "blank")
    assert one["aria-label"] == "Blank 1"
    assert other["aria-label"] == "Blank 2, in kg"
    assert (one.get("inputmode"), other["inputmode"], other["lang"]) == (None, "decimal", "yue")
    assert "Blank 1: a&#34;b / c" in page and "Blank 2: 42 ± 1 kg" in page
    assert for_script(page)["gaps"] == [
        {"answers": ['a"b', "c"], "numbers": [], "case": False},
        {"answers": [], "numbers": [[41.0, 43.0, "kg"]], "case": False},
    ]


def test_words_of_an_author_cannot_leave_the_data_block() -> None:
    page = lesson(Quiz("q", "blanks", (Html("<p>x</p>"), Blank(("</script><b>", "<!--<script>"), 1))))
    assert for_script(page)["right"] == ["</script><b>", "<!--<script>"]
    assert "</script><b>" not in page and "<!--<script>" not in page


def test_hints_points_and_feedback() -> None:
    question = Quiz(
        "q", "single", words("?"), (Choice(words("a"), True),), points=2.5, hints=(words("<p>h1</p>"), words("<p>h2</p>")),
        right=words("<p>so</p>"), wrong=words("<p>no</p>"), feedback=words("<p>all</p>"),
    )  # fmt: skip
    page = lesson(question)
    assert "(2.5 points)" in page
    assert page.count('<details class="clue">') == 2
    assert re.findall(r'data-of="(\w+)"', page) == ["right", "wrong", "all"]


def test_a_set_shows_what_it_is_worth() -> None:
    page = lesson(choice("a", "b", right="a"), QuizSet("s", ("q",), 3, 60))
    assert "3 points in all. You need 60% to pass." in page


# -- data ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "interaction", "right"),
    [
        (choice("a", "b", "c", right="b"), "choice", ("b",)),
        (choice("a", "b", "c", right="ac"), "choice", ("a[,]c",)),
        (choice("对", "错", right="错"), "true-false", ("false",)),
        (choice("True.", "False", right="T"), "true-false", ("true",)),
        (Quiz("q", "numeric", (Blank((), 1, (Number(41, 43), Number(7, 7))),)), "numeric", ("41[:]43", "7")),
        (Quiz("q", "blanks", (Blank(("a", "b"), 1), Blank(("c",), 2))), "fill-in", ("a[,]c", "b[,]c")),
        (Quiz("q", "blanks", (Blank(("Git",), 1, (), True),)), "fill-in", ("{case_matters=true}Git",)),
    ],
)
def test_right_answers_as_xapi_writes_them(question: Quiz, interaction: str, right: tuple[str, ...]) -> None:
    found = data(question)
    assert (found.interaction, found.correct_responses) == (interaction, right)


def test_order_and_match_as_data() -> None:
    found = data(order("one", "two", "three", "four"))
    assert found.interaction == "sequencing"
    text = {c.id: c.text for c in found.choices}
    assert [text[i] for i in found.correct_responses[0].split("[,]")] == ["one", "two", "three", "four"]
    pairs = tuple(Pair(words(f"l{n}"), words(f"r{n}")) for n in range(3))
    match = data(Quiz("q", "match", words("?"), pairs=pairs))
    source, target = ({c.id: c.text for c in side} for side in (match.source, match.target))
    got = [pair.split("[.]") for pair in match.correct_responses[0].split("[,]")]
    assert [(source[a], target[b]) for a, b in got] == [("l0", "r0"), ("l1", "r1"), ("l2", "r2")]


def test_ids_do_not_depend_on_the_words() -> None:
    one, other = data(order("one", "two", "three")), data(order("一", "二", "三"))
    assert one.correct_responses == other.correct_responses
    assert [c.id for c in one.choices] == [c.id for c in other.choices]


def test_an_order_by_chance_is_never_the_right_one() -> None:
    for n in range(200):
        assert scrambled(2, str(n)) == [1, 0]
        assert scrambled(4, str(n)) != [0, 1, 2, 3]
        assert sorted(scrambled(4, str(n))) == [0, 1, 2, 3]


def test_patterns_do_not_multiply_without_end() -> None:
    gaps = tuple(Blank(tuple(f"{n}{k}" for k in range(9)), n) for n in range(1, 9))
    found = data(Quiz("q", "blanks", gaps))
    assert len(found.correct_responses) == 50
    assert len(found.gaps) == 8


def test_the_pages_of_a_module_tell_their_questions() -> None:
    assets = fake_site.shelf()
    given = fake_site.params("en", {"style.css": "s.css"}, assets.refs)[1]
    facts = fake_site.facts(given, fake_site.bodies("en"), assets)
    jsonschema.validate(
        json.loads(json.dumps(facts["quizzes"][0])), json.loads(schemas()["quiz.schema.json"])
    )
    (found,) = msgspec.convert(facts["quizzes"], list[LessonQuizzes])
    assert (found.course, found.language, found.url) == ("pay-safely", "en", "en/01/01 first.html")
    assert [q.kind for q in found.quizzes] == ["single", "multiple", "blanks", "match"]
    assert found.points == 4
    assert found.quizzes[0].prompt == "What do you read first? Think."
    assert found.quizzes[2].prompt == "Read the ___ before you ___."
    assert [c.text for c in found.quizzes[0].choices] == ["The name", "The price", "Nothing at all"]


def test_the_words_of_the_script_are_translated() -> None:
    scripts = find_themes() / "default" / "scripts"
    said = {
        m
        for path in (scripts / "quiz").glob("*.js")
        for m in re.findall(r'\bsay_?\("([^"]+)"', path.read_text("utf-8"))
    }
    page = (find_themes() / "default" / "templates" / "words" / "quiz.html").read_text("utf-8")
    assert len(said) > 5
    assert sorted(m for m in said if f'"{m}": _("{m}")' not in page) == []


def test_questions_of_an_untranslated_text_speak_its_language() -> None:
    page = lesson(choice("a", "b", right="a"), edit={"text_language": "zh-Hans"})
    assert "<legend>第 1 题" in page
    words = re.findall(r'class="cp-words">(.*?)</script>', page, re.DOTALL)
    assert [json.loads(w)["That is right."] for w in words if "That is right." in w] == ["回答正确。"]
    assert re.search(r'<section class="quiz-summary" lang="zh-Hans"', page)
