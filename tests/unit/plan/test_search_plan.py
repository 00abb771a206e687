"""What a search index is made from, and which lessons count for progress."""

import msgspec

from coursepack.model.course import Asset, Course, CourseInfo, Edition, Lesson, Module, Sidecar, Source
from coursepack.model.digest import digest_bytes
from coursepack.model.document import Link, Outline
from coursepack.model.search import SearchParams
from coursepack.model.site import NavEntry, PagesParams, SiteFacts
from coursepack.model.step import StepInput
from coursepack.plan.progress import progress_facts
from coursepack.plan.search import search_index_steps, search_page_step


def source(path: str) -> Source:
    return Source(path, digest_bytes(path.encode()), 1)


def lesson(path: str, language: str, url: str, *assets: str, outcomes: tuple[str, ...] = ()) -> Lesson:
    name = path.removesuffix(".md").removesuffix(".en")
    blocks = digest_bytes(f"blocks {path}".encode())
    return Lesson(
        name, language, source(path), path.upper(), url, blocks=blocks, assets=assets, outcomes=outcomes
    )


MEDIA = {
    "01/pay.mp4": Asset(
        source("01/pay.mp4"),
        "video",
        (Sidecar(source("01/pay.yue.vtt"), "captions", "yue"), Sidecar(source("01/pay.jpg"), "poster")),
        "pay",
    ),
    "01/red.png": Asset(source("01/red.png"), "image", (), "red"),
}
CHINESE = Edition(
    "zh-Hans", "课", "", lesson("index.md", "zh-Hans", "index.html"),
    (
        Module("01", "一", lesson("01/index.md", "zh-Hans", "01/index.html"),
               (lesson("01/a.md", "zh-Hans", "01/a.html", "01/pay.mp4", "01/red.png", outcomes=("pay",)),)),
        Module("02", "二", lesson("02/index.md", "zh-Hans", "02/index.html", outcomes=("pay", "lock"))),
    ), "",
)  # fmt: skip
ENGLISH = Edition(
    "en",
    "Course",
    "",
    None,
    (Module("01", "One", None, (lesson("01/a.md", "zh-Hans", "en/01/a.html"),)),),
    "en/",
)
COURSE = Course(CourseInfo("c", "C", language="zh-Hans"), (CHINESE, ENGLISH), MEDIA, {})


def outlines() -> dict[str, Outline]:
    named = Link("02/index.md", "", 1, 1, "page", title_text=True)
    paths = ("index.md", "01/index.md", "02/index.md")
    return {"01/a.md": Outline("A", links=(named,)), **{p: Outline(p) for p in paths}}


def test_an_index_is_made_from_bodies_and_what_is_said() -> None:
    steps = list(search_index_steps(COURSE, COURSE.editions, outlines(), {}))
    assert [s.id for s in steps] == ["search-index:zh-Hans", "search-index:en"]
    names = [i.name for i in steps[0].inputs]
    assert names[:4] == ["body:index.md", "body:01/index.md", "body:01/a.md", "body:02/index.md"]
    assert set(names[4:]) == {"video:01/pay.mp4", "captions:01/pay.yue.vtt:subtitles:yue"}, "no pictures"
    params = msgspec.convert(steps[0].params, SearchParams)
    assert [(p.url, p.module) for p in params.pages] == [
        ("index.html", ""), ("01/index.html", ""), ("01/a.html", "一"), ("02/index.html", ""),
    ]  # fmt: skip
    assert params.pages[2].link_titles == {"02/index.md": "02/INDEX.MD"}
    english = msgspec.convert(steps[1].params, SearchParams)
    assert (english.at, [p.language for p in english.pages]) == ("en/search.html", ["zh-Hans"])


def test_a_search_page_waits_for_its_index_alone() -> None:
    home = NavEntry("Course", "en/index.html")
    site = SiteFacts("c", "Course", "en", home, home, "mobile", search="en/search.html")
    step = search_page_step(COURSE, ENGLISH, site)
    assert step.inputs == (StepInput("search-index:en", "search-index:en"),)
    page = msgspec.convert(step.params, PagesParams).pages[0]
    assert (page.kind, page.url, [a.url for a in page.alternates]) == (
        "search",
        "en/search.html",
        ["search.html"],
    )


def test_a_folder_with_lessons_is_no_lesson_and_one_with_only_a_page_is() -> None:
    assert progress_facts(CHINESE) == {
        "lesson_count": 2,
        "outcome_lessons": {"lock": ("02/index",), "pay": ("01/a", "02/index")},
    }
