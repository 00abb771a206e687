"""The catalogue record of a course: schema.org `Course` with LRMI terms, as JSON-LD.

Made at build time from the course and from what its media offer, so it holds no time and no address; those are
added when the course is published (`catalogue.entry`).
"""

import re
from collections.abc import Iterator
from typing import Any

from coursepack.catalogue.accessibility import MediaFeatures, accessibility
from coursepack.model.codes import diagnostic
from coursepack.model.course import Author, Course, CourseInfo, Lesson
from coursepack.model.diagnostic import Diagnostic

__all__ = ["MediaFeatures", "check_record", "record"]

_MAX_SECTIONS = 60
_CC = re.compile(r"CC-(BY(?:-NC)?(?:-SA|-ND)?)-(\d\.\d)(?:-([A-Z]{2}))?", re.IGNORECASE)
_SPDX = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+-]*")
_SPDX_LIKE = (
    "Apache-",
    "MIT",
    "BSD-",
    "GPL-",
    "LGPL-",
    "AGPL-",
    "MPL-",
    "GFDL-",
    "CC-PDDC",
    "OFL-",
    "0BSD",
    "ISC",
)


def record(course: Course, features: MediaFeatures) -> dict[str, Any]:
    """The JSON-LD of `course`: the same for the same course, on any day. Empty properties are left out."""
    info = course.info
    minutes = _minutes(course, features)
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Course",
        "identifier": info.id,
        "courseCode": info.id,
        "name": info.title,
        "description": info.description or _home_description(course) or info.title,
        "inLanguage": [e.language for e in course.editions] or [info.language],
        "version": info.version,
        "keywords": list(info.keywords),
        "about": [{"@type": "Thing", "name": s} for s in info.subjects],
        "audience": [{"@type": "Audience", "audienceType": a} for a in info.audience],
        "educationalLevel": info.level,
        "learningResourceType": "course",
        "teaches": [_outcome(o.id, o.text, o.framework) for o in info.outcomes],
        "timeRequired": iso_minutes(minutes) if minutes else "",
        "license": license_address(info.license),
        "author": [_person(a) for a in info.authors],
        "provider": _provider(info),
        "isAccessibleForFree": True,
        "offers": {"@type": "Offer", "price": 0, "category": "Free"},
        "hasCourseInstance": _instance(minutes),
        "isPartOf": {"@type": "CreativeWorkSeries", "name": info.series} if info.series else {},
        "workTranslation": _translations(course),
        "syllabusSections": _sections(course),
        **_credit(info),
        **accessibility(features),
    }
    return {k: v for k, v in found.items() if v not in ("", [], {}, None)}


def check_record(course: Course) -> Iterator[Diagnostic]:
    """What a catalogue needs and `course.yaml` does not say."""
    info = course.info
    where = "course.yaml"
    if not (info.description or _home_description(course)):
        yield diagnostic("CP801", where)
    if not info.license:
        yield diagnostic("CP802", where)
    elif not license_address(info.license).startswith("http"):
        yield diagnostic("CP803", where, license=info.license)
    if not (info.provider or info.authors):
        yield diagnostic("CP804", where)
    if not (info.subjects or info.keywords):
        yield diagnostic("CP805", where)


def iso_minutes(minutes: int) -> str:
    """An ISO 8601 duration: 90 -> "PT1H30M"."""
    hours, rest = divmod(minutes, 60)
    return "PT" + (f"{hours}H" if hours else "") + (f"{rest}M" if rest or not hours else "")


def license_address(name: str) -> str:
    """The address of a licence known by its SPDX name or given as an address; any other text as it is."""
    name = name.strip()
    if m := _CC.fullmatch(name):
        country = f"{m[3].lower()}/" if m[3] else ""
        return f"https://creativecommons.org/licenses/{m[1].lower()}/{m[2]}/{country}"
    if name.upper() in ("CC0", "CC0-1.0"):
        return "https://creativecommons.org/publicdomain/zero/1.0/"
    if _SPDX.fullmatch(name) and name.startswith(_SPDX_LIKE):
        return f"https://spdx.org/licenses/{name}.html"
    return name


def _lessons(course: Course) -> list[Lesson]:
    if not course.editions:
        return []
    first = course.editions[0]
    pages = [first.home, *(m.page for m in first.modules)]
    return [p for p in pages if p] + [lesson for m in first.modules for lesson in m.lessons]


def _minutes(course: Course, features: MediaFeatures) -> int:
    """Working time: as the lessons say, else as the credit says, else the playing time."""
    said = sum(lesson.duration_min for lesson in _lessons(course))
    return said or round(course.info.credit.hours * 60) or -(-features.duration_ms // 60_000)


def _home_description(course: Course) -> str:
    if not course.editions:
        return ""
    first = course.editions[0]
    return first.description or (first.home.description if first.home else "")


def _outcome(code: str, text: str, framework: str) -> dict[str, Any]:
    term = {"@type": "DefinedTerm", "termCode": code, "name": text}
    return term | {"inDefinedTermSet": framework} if framework else term


def _person(author: Author) -> dict[str, Any]:
    person: dict[str, Any] = {"@type": "Person", "name": author.name}
    if author.url:
        person["url"] = author.url
    if author.affiliation:
        person["affiliation"] = {"@type": "Organization", "name": author.affiliation}
    return person


def _provider(info: CourseInfo) -> dict[str, Any]:
    name = info.provider or next((a.affiliation for a in info.authors if a.affiliation), "")
    if name:
        return {"@type": "Organization", "name": name}
    # A catalogue wants somebody who offers the course: whoever wrote it.
    return _person(info.authors[0]) if info.authors else {}


def _instance(minutes: int) -> dict[str, Any]:
    instance: dict[str, Any] = {"@type": "CourseInstance", "courseMode": ["Online", "Asynchronous"]}
    if minutes:
        instance["courseWorkload"] = iso_minutes(minutes)
    return instance


def _translations(course: Course) -> list[dict[str, Any]]:
    return [
        {"@type": "Course", "inLanguage": e.language, "name": e.title}
        | ({"description": e.description} if e.description else {})
        for e in course.editions[1:]
    ]


def _sections(course: Course) -> list[dict[str, Any]]:
    modules = course.editions[0].modules if course.editions else ()
    titles = [m.title for m in modules if m.title]
    return [{"@type": "Syllabus", "name": t} for t in titles[:_MAX_SECTIONS]]


def _credit(info: CourseInfo) -> dict[str, Any]:
    credit = info.credit
    found: dict[str, Any] = {}
    if credit.points:
        points = int(credit.points) if credit.points == int(credit.points) else credit.points
        value = {"@type": "QuantitativeValue", "value": points}
        found["numberOfCredits"] = value | ({"unitText": credit.scheme} if credit.scheme else {})
    if credit.scheme:
        found["educationalCredentialAwarded"] = {
            "@type": "EducationalOccupationalCredential",
            "credentialCategory": "credit",
            "name": credit.scheme,
        }
    return found
