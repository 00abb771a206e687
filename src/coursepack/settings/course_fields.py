"""The keys of `course.yaml` and of a lesson's front matter."""

from coursepack.settings.fields import (
    WEB_ADDRESS,
    Flag,
    Key,
    Language,
    ListOf,
    MapOf,
    Number,
    OneOf,
    Pattern,
    Table,
    Text,
)
from coursepack.settings.theme_fields import COURSE_THEME
from coursepack.settings.yaml_reader import Node, Report

LEVELS = ("error", "warning", "off")

_WORD = Pattern(r"[\w.+-]{1,80}", "a-z, 0-9, -")


def _code(node: Node, name: str, report: Report) -> str | None:
    from coursepack.model.codes import CODES
    from coursepack.settings.nearest import maybe, nearest

    word = node.text.strip().upper()
    if word in CODES:
        return word
    report.add("CP158", node, value=node.text[:40], **maybe(nearest(word, CODES)))
    return None


def _tag(node: Node, name: str, report: Report) -> str | None:
    return Language().check(node, name, report)


_AUTHOR = Table(
    {
        "name": Key(Text(200), "The person's or organisation's name."),
        "url": Key(Text(500), "A page about them."),
        "affiliation": Key(Text(200), "Where they work."),
    },
    short="name",
    required=("name",),
)

_OUTCOME = Table(
    {
        "id": Key(_WORD, "Short name that lessons and quizzes refer to."),
        "text": Key(Text(500), "What a learner can do afterwards."),
        "framework": Key(Text(500), "Name or address of the matching entry in a competence framework."),
    },
    short="text",
    required=("text",),
)

_CREDIT = Table(
    {
        "hours": Key(Number(0, 10_000), "Learning hours."),
        "points": Key(Number(0, 10_000), "Points or credits."),
        "scheme": Key(Text(200), "The credit scheme, for example a credit bank."),
        "pass": Key(Number(0, 100, percent=True), "Share of the quiz points needed to pass, in percent."),
    }
)

_MEDIA = Table(
    {
        "ladder": Key(
            ListOf(Number(72, 4320, whole=True), limit=12), "Heights of the video renditions, in pixels."
        ),
        "budget_mb": Key(
            Number(0, 1_000_000), "Wished upper size of the mobile bundle, in megabytes; 0 for none."
        ),
        "quality": Key(Number(50, 96.9), "Target VMAF of the top rendition (97 is out of reach by design)."),
        "codecs": Key(
            ListOf(OneOf(("h264", "av1")), commas=True, limit=2),
            "Video codecs to stream: h264 (always made), and av1 for smaller files at the price of build time.",
        ),
        "offline_codec": Key(
            OneOf(("h264", "av1")),
            "Video codec of the mobile bundle; av1 only where all its readers play it.",
        ),
        "loudness": Key(
            Number(-31, -9), "Loudness of speech in LUFS (EBU R128): -18 for speech, -16 for loud places."
        ),
    }
)

_TRANSLATION = Table(
    {
        "title": Key(Text(300), "The course's title in this language."),
        "description": Key(Text(), "The course's description in this language."),
    }
)

COURSE = Table(
    {
        "id": Key(Text(100), "Name of the output folder; by default made from the folder's name."),
        "title": Key(Text(300), "The course's title; by default the first heading of index.md."),
        "description": Key(Text(), "One or two sentences for learners who choose a course."),
        "version": Key(_WORD, "Version of the course, part of file names."),
        "language": Key(Language(), "The course language, a BCP 47 tag: en, zh-Hans, zh-Hant, yue."),
        "languages": Key(
            ListOf(Language(), commas=True, limit=100), "All languages that the course has pages in."
        ),
        "authors": Key(ListOf(_AUTHOR, limit=500), "Who made it: names, or name, url and affiliation."),
        "license": Key(Text(300), "SPDX identifier or address of the licence: CC-BY-4.0."),
        "provider": Key(Text(300), "The organisation that offers the course."),
        "url": Key(
            WEB_ADDRESS,
            "Address of the course's first page on the web; printed on paper and read by search engines.",
        ),
        "keywords": Key(ListOf(Text(100), commas=True, limit=200), "Words to find the course by."),
        "subjects": Key(ListOf(Text(200), commas=True, limit=200), "Subject headings."),
        "audience": Key(
            ListOf(_WORD, commas=True, limit=50), "For whom: older-people, riders, rural, general."
        ),
        "series": Key(Text(200), "The series that the course belongs to."),
        "level": Key(Text(100), "Level of difficulty."),
        "outcomes": Key(ListOf(_OUTCOME, limit=500), "Learning outcomes: texts, or id, text and framework."),
        "credit": Key(_CREDIT, "What completing the course is worth."),
        "lessons": Key(ListOf(Text(1000)), "Explicit order: lesson files or folders."),
        "theme": Key(COURSE_THEME, "Name of the theme, or name and what is set over it."),
        "media": Key(_MEDIA, "How video and audio are built."),
        "bundles": Key(ListOf(_WORD, commas=True, limit=30), "What to build: web, mobile."),
        "checks": Key(MapOf(_code, OneOf(LEVELS), "^[Cc][Pp][0-9]{3}$"), "Level of single diagnostics."),
        "translations": Key(
            MapOf(_tag, _TRANSLATION, "^[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8})*$"),
            "Title and description in other languages.",
        ),
    }
)

FRONT_MATTER = Table(
    {
        "title": Key(Text(300), "The page's title; by default its first heading."),
        "description": Key(Text(), "One sentence for lists and search."),
        "language": Key(Language(), "The page's language where the file name does not say it."),
        "duration": Key(Text(40), "How long it takes, in minutes."),
        "outcomes": Key(
            ListOf(_WORD, commas=True), "Ids of the outcomes in course.yaml that it works towards."
        ),
        "authors": Key(ListOf(Text(200), commas=True), "Who wrote this page."),
        "thumbnail": Key(Text(1000), "Path of a picture for lists."),
        "keywords": Key(ListOf(Text(100), commas=True), "Words to find the page by."),
        "draft": Key(Flag(), "true: leave the page out."),
        "translated_from": Key(
            Text(12),
            "In a translation: which text it was made from; `coursepack translations --mark` writes it.",
        ),
    }
)
