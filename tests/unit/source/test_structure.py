"""Pages to a course: order, modules, languages, addresses."""

import random

from tests.unit.source.build import codes, link, make, page, tree

from coursepack.model.document import FrontMatter, Heading, Outline
from coursepack.source.course_yaml import read_course_info
from coursepack.source.structure import assemble, page_language, page_paths, transcript_paths


def test_the_documented_layout() -> None:
    course, found, *_ = make(
        "index.md", "01-scan/index.md", "01-scan/02-check.md", "01-scan/02-check.en.md", "01-scan/10-end.md",
        "02-pay/01-amount.md", "glossary.md", "_includes/x.md", "01-scan/media/pay.transcript.en.md",
        yaml="title: T\nlanguage: zh-Hans\n",
    )  # fmt: skip
    assert found == ()
    assert [e.language for e in course.editions] == ["zh-Hans", "en"]
    assert tree(course) == [
        ("01-scan", "01-scan/index", ["01-scan/02-check", "01-scan/10-end"]),
        ("02-pay", "", ["02-pay/01-amount"]),
        ("", "", ["glossary"]),
    ]
    assert tree(course, 1) == [("01-scan", "", ["01-scan/02-check"])]
    english = course.editions[1].modules[0].lessons[0]
    assert (english.url, course.editions[1].root) == ("en/01-scan/02-check.html", "en/")
    assert course.links["01-scan/02-check.md"] == "01-scan/02-check.html"
    assert course.links["01-scan"] == "01-scan/index.html"
    assert course.links["."] == "index.html"
    assert "_includes/x.md" not in course.links


def test_which_files_are_read() -> None:
    info, _ = read_course_info(None, folder="c")
    paths = [
        "a.md",
        "b.MARKDOWN",
        "_x.md",
        "_includes/c.md",
        "m/.h.md",
        "pay.transcript.en.md",
        "pay.en.transcript.md",
        "x.txt",
    ]
    assert page_paths(info, paths) == ("a.md", "b.MARKDOWN")
    assert transcript_paths(info, paths) == ("pay.en.transcript.md", "pay.transcript.en.md")


def test_numbers_by_value_and_index_first() -> None:
    course, *_ = make("m/10-b.md", "m/9-a.md", "m/README.md", "m/第三课.md", "m/第十课.md", "n/x.md")
    assert tree(course)[0] == ("m", "m/index", ["m/第三课", "m/9-a", "m/10-b", "m/第十课"])


def test_nested_folders_stay_in_their_module_and_place() -> None:
    course, *_ = make(
        "1-a/README.md",
        "1-a/lessons/2-y/README.md",
        "1-a/lessons/2-y/b.md",
        "1-a/lessons/1-x/index.md",
        "2-b/z.md",
    )
    assert tree(course) == [
        ("1-a", "1-a/index", ["1-a/lessons/1-x/index", "1-a/lessons/2-y/index", "1-a/lessons/2-y/b"]),
        ("2-b", "", ["2-b/z"]),
    ]


def test_a_page_beside_its_folder_is_the_modules_page() -> None:
    course, *_ = make("index.md", "loops.md", "loops/for.md", "loops/while.md", "end.md")
    assert tree(course) == [("", "", ["end"]), ("loops", "loops", ["loops/for", "loops/while"])]
    assert course.editions[0].modules[1].title == "T loops.md"


def test_pages_between_and_behind_folders_keep_their_place() -> None:
    course, *_ = make("01-hello.md", "02-a/x.md", "03-break.md", "04-b/y.md", "05-end.md")
    assert tree(course) == [
        ("", "", ["01-hello"]),
        ("02-a", "", ["02-a/x"]),
        ("03-break", "03-break", []),
        ("04-b", "", ["04-b/y"]),
        ("05-end", "05-end", []),
    ]


def test_pages_about_the_repository_come_last() -> None:
    course, found, *_ = make("index.md", "README.md", "CONTRIBUTING.md", "LICENSE.md", "zebra/a.md")
    assert tree(course) == [("zebra", "", ["zebra/a"]), ("", "", ["CONTRIBUTING", "LICENSE", "README"])]
    assert codes(found) == [("CP162", "README.md")]


def test_explicit_order() -> None:
    yaml = "title: T\nlanguage: en\nlessons:\n  - b\n  - a/two.md\n  - nope.md\n  - b\n"
    course, found, *_ = make(
        "index.md", "a/one.md", "a/two.md", "b/x.md", "b/index.md", "a/index.md", yaml=yaml
    )
    assert tree(course) == [("b", "b/index", ["b/x"]), ("a", "a/index", ["a/two", "a/one"])]
    assert [(d.code, d.path, d.line, d.column) for d in found] == [
        ("CP159", "course.yaml", 6, 5),
        ("CP178", "course.yaml", 7, 5),
        ("CP160", "a/one.md", 0, 0),
    ]


def test_a_list_of_chapters_gives_the_order() -> None:
    summary = page("Summary", link("src/z.md"), link("src/z/1.md"), link("src/a.md"), link("src/missing.md"))
    course, found, *_ = make(
        "book.toml", "src/index.md", "src/a.md", "src/z.md", "src/z/1.md", "src/z/2.md",
        outlines={"src/SUMMARY.md": summary}, language="en",
    )  # fmt: skip
    assert tree(course) == [("z", "z", ["z/1", "z/2"]), ("", "", ["a"])]
    assert course.links["src/SUMMARY.md"] == "contents.html"
    assert course.links["src/a.md"] == "a.html"
    assert found == ()


def test_tables_of_contents_in_pages_give_the_order() -> None:
    home = page("Home", link("pre/index.md", role="toc"), link("lin/index.md", role="toc"))
    lin = page("Lin", link("lin/z.md", role="toc"), link("lin/a.md", role="toc"))
    course, *_ = make(
        "pre/index.md", "lin/a.md", "lin/z.md", outlines={"index.md": home, "lin/index.md": lin}
    )
    assert tree(course) == [("pre", "pre/index", []), ("lin", "lin/index", ["lin/z", "lin/a"])]


def test_ordinary_links_do_not_change_the_order() -> None:
    course, *_ = make("a.md", "b.md", outlines={"index.md": page("Home", link("b.md"), link("a.md"))})
    assert tree(course) == [("", "", ["a", "b"])]


def test_a_bare_folder_around_the_course() -> None:
    course, *_ = make("content/m1/a.md", "content/m2/b.md", "static.css", language="")
    assert [m.id for m in course.editions[0].modules] == ["m1", "m2"]
    assert course.links["content/m1/a.md"] == "m1/a.html"
    course, *_ = make("README.md", "docs/index.md", "docs/m/a.md", language="")
    home = course.editions[0].home
    assert home is not None
    assert (home.source.path, tree(course)[0][0]) == ("docs/index.md", "m")


def test_a_single_module_is_a_module() -> None:
    course, *_ = make("01-scan/a.md", "01-scan/b.md", language="")
    assert tree(course) == [("01-scan", "", ["01-scan/a", "01-scan/b"])]
    course, *_ = make("scan/a.md", "scan/b.md")
    assert tree(course) == [("scan", "", ["scan/a", "scan/b"])]


def test_language_folders_are_editions() -> None:
    course, found, *_ = make("en/step_2.md", "en/step_10.md", "fr-FR/step_2.md", "README.md", language="")
    assert [(e.language, e.root) for e in course.editions] == [("en", ""), ("fr-FR", "fr-FR/")]
    assert tree(course) == [("", "", ["step_2", "step_10"])]
    assert tree(course, 1) == [("", "", ["step_2"])]
    assert course.links["fr-FR/step_2.md"] == "fr-FR/step-2.html"
    assert [d.code for d in found] == ["CP161"]


def test_modules_that_look_like_languages_are_modules() -> None:
    course, *_ = make("index.md", "it/index.md", "it/mail.md", "hr/index.md", "hr/leave.md")
    assert len(course.editions) == 1
    assert [m.id for m in course.editions[0].modules] == ["hr", "it"]


def test_translations_folder() -> None:
    course, *_ = make(
        "README.md", "m/README.md", "m/x.md", "translations/tw/README.md", "translations/tw/m/x.md"
    )
    assert [e.language for e in course.editions] == ["en", "zh-Hant-TW"]
    assert tree(course, 1) == [("m", "", ["m/x"])]
    assert course.links["translations/tw/m/x.md"] == "zh-Hant-TW/m/x.html"
    assert course.editions[1].modules[0].title == "T m/README.md"


def test_suffixes_that_are_no_languages() -> None:
    course, *_ = make("notes.v2.md", "how.to.md", "a.b.md", "x.final.md")
    assert len(course.editions) == 1
    assert tree(course)[0][2] == ["a.b", "how.to", "notes.v2", "x.final"]
    course, *_ = make("intro.md", "intro.it.md")
    assert [e.language for e in course.editions] == ["en", "it"]


def test_languages_that_mean_the_same_are_one() -> None:
    course, found, *_ = make("a.md", "a.zh.md", "b.zh.md", yaml="title: T\nlanguage: zh-Hans\n")
    assert [e.language for e in course.editions] == ["zh-Hans"]
    assert codes(found) == [("CP163", "a.zh.md")]


def test_front_matter_language_and_drafts() -> None:
    course, *_ = make(
        "a.md",
        outlines={
            "b.md": page("B", front=FrontMatter(language="fr")),
            "c.md": page("C", front=FrontMatter(draft=True)),
        },
    )
    assert [e.language for e in course.editions] == ["en", "fr"]
    assert "c.md" not in course.links


def test_declared_language_without_pages() -> None:
    course, found, *_ = make("a.en.md", yaml="title: T\nlanguage: zh-Hans\nlanguages: [zh-Hans, en, yue]\n")
    assert [(e.language, e.root) for e in course.editions] == [("en", "")]
    assert [(d.code, d.args["language"], d.line) for d in found] == [
        ("CP165", "zh-Hans", 2),
        ("CP165", "yue", 3),
    ]


def test_language_from_titles() -> None:
    course, *_ = make(
        "1.md", outlines={"a.md": page("第一课 扫码付款"), "b.md": page("认识支付界面")}, language=""
    )
    assert course.info.language == "zh-Hans"
    course, *_ = make(
        outlines={"a.md": page("第一課 掃碼付款學習"), "b.md": page("認識支付界面開始")}, language=""
    )
    assert course.info.language == "zh-Hant"
    course, *_ = make(outlines={"a.md": page("はじめに"), "b.md": page("安全な支払い")}, language="")
    assert course.info.language == "ja"
    course, *_ = make(outlines={"index.md": page("Hej", front=FrontMatter(language="sv"))}, language="")
    assert course.info.language == "sv"


def test_titles() -> None:
    course, *_ = make(outlines={"index.md": page("Pay safely")}, language="")
    assert course.info.title == course.editions[0].title == "Pay safely"
    course, *_ = make(outlines={"index.md": Outline("index"), "m/index.md": Outline("Index")}, language="")
    assert course.info.title == "Course"
    course, *_ = make(
        "n/a.md", outlines={"index.md": Outline("index"), "02-big_sums/index.md": Outline("index")}
    )
    assert course.editions[0].modules[0].title == "Big sums"
    section = Outline("Prerequisites", headings=(Heading(2, "p", "Prerequisites"),))
    course, *_ = make(outlines={"index.md": section, "README.md": page("git-novice")}, language="")
    assert course.editions[0].title == "git-novice"


def test_titles_in_other_languages() -> None:
    yaml = "title: 安全付款\nlanguage: zh-Hans\ndescription: 说明\ntranslations:\n  en: {title: Pay safely, description: Words}\n"
    course, *_ = make("a.md", "a.en.md", "a.yue.md", "index.yue.md", yaml=yaml)
    shown = {e.language: (e.title, e.description) for e in course.editions}
    assert shown == {
        "zh-Hans": ("安全付款", "说明"),
        "en": ("Pay safely", "Words"),
        "yue": ("T index.yue.md", "说明"),
    }


def test_other_spellings_of_pages_are_resolved() -> None:
    home = page(
        "H", link("m/a.html", "file"), link("m/b", "file"), link("m/c.html", "file"), link("n", "file")
    )
    course, *_ = make("m/a.md", "m/b.md", "n/README.md", outlines={"index.md": home})
    assert course.links["m/a.html"] == "m/a.html"
    assert course.links["m/b"] == "m/b.html"
    assert course.links["n"] == "n/index.html"
    assert "m/c.html" not in course.links


def test_addresses_do_not_meet_reserved_names_or_editions() -> None:
    course, *_ = make(
        "static.md",
        "media/a.md",
        "contents.md",
        "en/x.md",
        "b.md",
        "b.en.md",
        yaml="title: T\nlanguage: zh-Hans\n",
    )
    urls = set(course.links.values())
    assert {"static-2.html", "media-2/a.html", "contents-2.html", "en/b.html"} <= urls
    assert "en/x.html" not in urls or "en/x.md" in course.links


def test_the_order_of_the_arguments_does_not_count() -> None:
    paths = [f"{m}/{n}-x{s}.md" for m in "abc" for n in range(12) for s in ("", ".en", ".fr")] + ["index.md"]
    course, found, outlines, sources = make(*paths, yaml="title: T\nlanguage: zh-Hans\n")
    shuffled = list(outlines)
    random.Random(3).shuffle(shuffled)
    info, _ = read_course_info(b"title: T\nlanguage: zh-Hans\n", folder="course")
    again, found2 = assemble(
        info,
        dict(reversed(sources.items())),
        {p: outlines[p] for p in shuffled},
        dict.fromkeys(outlines, "b" * 64),
    )
    assert (again.editions, dict(sorted(again.links.items())), found2) == (
        course.editions,
        dict(sorted(course.links.items())),
        found,
    )


def test_no_pages_at_all() -> None:
    course, found, *_ = make("photo.jpg", language="")
    assert (course.editions[0].modules, course.editions[0].home, found) == ((), None, ())


def test_language_of_a_name_alone() -> None:
    info, _ = read_course_info(b"language: zh-Hans\nlanguages: [en]\n", folder="c")
    assert page_language(info, "a/b.en.md") == "en"
    assert page_language(info, "a/b.md") == "zh-Hans"
    assert page_language(info, "fr-FR/b.md") == "fr-FR"
    assert page_language(info, "it/how.to.md") == "zh-Hans"
