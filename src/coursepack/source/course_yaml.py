"""`course.yaml` to a `CourseInfo`."""

from typing import Any

import msgspec

from coursepack.model.course import Author, CourseInfo, Credit, MediaSettings, Outcome
from coursepack.model.diagnostic import Diagnostic
from coursepack.source.urls import slug

FILE_NAME = "course.yaml"


def read_course_info(data: bytes | None, *, folder: str) -> tuple[CourseInfo, tuple[Diagnostic, ...]]:
    """The settings of a course; `data` None when it has no `course.yaml`. `folder` is the course folder's name.

    A wrong key keeps its default and is reported with its place. `title` and `language` stay "" when they are not
    given: `structure.assemble` fills them in from the pages. `id` is always a safe slug.
    """
    default = slug(folder, fallback="course")
    if data is None:
        return CourseInfo(id=default, title="", language=""), ()
    from coursepack.settings.course_fields import COURSE
    from coursepack.settings.yaml_reader import Report, read_yaml

    report = Report(FILE_NAME)
    root = read_yaml(data, report)
    values = (COURSE.check(root, "", report) if root else None) or {}
    places = _places(root)
    course_id = _course_id(values.pop("id", ""), default, places, report)
    return _info(course_id, values, places), tuple(report.found)


def _places(root: Any) -> dict[str, tuple[int, int]]:
    places: dict[str, tuple[int, int]] = {}
    for key, value in root.pairs if root and root.kind == "map" else ():
        places.setdefault(key.text, (key.line, key.column))
        # Empty entries are dropped by the check, so they are not counted here either.
        kept = [item for item in value.items if item.kind != "null"]
        for n, item in enumerate(kept):
            places[f"{key.text}[{n}]"] = (item.line, item.column)
    return places


def _course_id(given: str, default: str, places: dict[str, tuple[int, int]], report: Any) -> str:
    from coursepack.settings.yaml_reader import Node

    safe = slug(given, fallback="course") if given else default
    if given and safe != given:
        line, column = places.get("id", (0, 0))
        report.add("CP156", Node("text", line, column), value=given, safe=safe)
    return safe


def _info(course_id: str, values: dict[str, Any], places: dict[str, tuple[int, int]]) -> CourseInfo:
    from coursepack.settings.theme_fields import theme_settings

    known: dict[str, Any] = {"title": "", "language": "", **values, "id": course_id, "places": places}
    known["authors"] = tuple(Author(**a) for a in values.get("authors", ()))
    known["outcomes"] = tuple(
        Outcome(
            id=o.get("id") or slug(o["text"], fallback="outcome"),
            text=o["text"],
            framework=o.get("framework", ""),
        )
        for o in values.get("outcomes", ())
    )
    credit = dict(values.get("credit", {}))
    credit["pass_mark"] = credit.pop("pass", 0)
    known["credit"] = Credit(**credit)
    media = dict(values.get("media", {}))
    if "ladder" in media:
        media["ladder"] = tuple(sorted(set(media["ladder"]), reverse=True))
        if not media["ladder"]:
            del media["ladder"]
    if "codecs" in media:
        media["codecs"] = ("h264", *(["av1"] if "av1" in media["codecs"] else []))
    known["media"] = MediaSettings(**media)
    theme = values.get("theme", {})
    known["theme"] = theme.get("name", "default")
    known["look"] = theme_settings(theme)
    if not known.get("bundles", True):
        del known["bundles"]
    return msgspec.convert(known, CourseInfo, from_attributes=True)
