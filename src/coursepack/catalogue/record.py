"""The catalogue record of a course: schema.org `Course` with LRMI terms, as JSON-LD.

Made at build time from the course and from what its media offer, so it holds no time and no address; those are
added when the course is published (`catalogue.entry`).
"""

import math
import re
from collections.abc import Iterator
from typing import Any

from coursepack.catalogue.accessibility import Cover, MediaFeatures, accessibility
from coursepack.catalogue.bounds import LIST_BYTES, bounded, json_size, shortened, web_address
from coursepack.model.codes import diagnostic
from coursepack.model.course import Author, Course, CourseInfo, Lesson, Outcome
from coursepack.model.diagnostic import Diagnostic

__all__ = ["Cover", "MediaFeatures", "check_record", "record"]

_PROPERTIES = """@context @type identifier courseCode name description inLanguage version keywords about audience educationalLevel
learningResourceType interactivityType timeRequired license author provider isAccessibleForFree offers
hasCourseInstance isPartOf workTranslation syllabusSections size image sameAs teaches assesses educationalAlignment
numberOfCredits educationalCredentialAwarded accessMode accessModeSufficient accessibilityFeature
accessibilityHazard accessibilitySummary"""
PROPERTIES = frozenset(_PROPERTIES.split())
"""All that a record of this version may hold."""

NO_PROVIDER = "[publisher not identified]"
"""In place of a provider that nobody named."""

_MAX_SECTIONS = 60
_WORDS_PER_MINUTE = 180
"""Slow, careful reading."""
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
    """The JSON-LD of `course`: the same for the same course, on any day. Empty properties are left out.

    Texts are plain text, never markup. Addresses of the course's own files (`image`, `workTranslation.url`) are paths in
    the web bundle: `entry` puts the published addresses in their place.
    """
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
        "keywords": [_text(k, 120) for k in info.keywords],
        "about": [{"@type": "Thing", "name": _text(s, 200)} for s in info.subjects],
        "audience": [
            {"@type": "EducationalAudience", "educationalRole": "student", "audienceType": a}
            for a in info.audience
        ],
        "educationalLevel": info.level,
        "learningResourceType": "course",
        "interactivityType": "mixed" if features.questions else "expositive",
        "timeRequired": iso_minutes(minutes),
        "license": license_address(info.license),
        "author": [_person(a) for a in info.authors],
        "provider": _provider(info),
        "isAccessibleForFree": True,
        "offers": {"@type": "Offer", "price": 0, "category": "Free"},
        "hasCourseInstance": {
            "@type": "CourseInstance",
            "courseMode": "Online",
            "courseWorkload": iso_minutes(round(info.credit.hours * 60) or minutes),
        },
        "isPartOf": {"@type": "CreativeWorkSeries", "name": _text(info.series, 300)} if info.series else {},
        "workTranslation": _translations(course),
        "syllabusSections": _sections(course),
        "size": _size(course, features),
        "image": _image(features.cover) if features.cover else {},
        "sameAs": web_address(info.url),
        **_outcomes(info, features),
        **_credit(info),
        **accessibility(features),
    }
    return bounded(found, PROPERTIES)


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


def _text(text: str, limit: int) -> str:
    return shortened(text, limit)


def _lessons(course: Course) -> list[Lesson]:
    if not course.editions:
        return []
    first = course.editions[0]
    pages = [first.home, *(m.page for m in first.modules)]
    return [p for p in pages if p] + [lesson for m in first.modules for lesson in m.lessons]


def _minutes(course: Course, features: MediaFeatures) -> int:
    """Working time: as the lessons say, else as the credit says, else time to read and to play everything once."""
    said = sum(lesson.duration_min for lesson in _lessons(course))
    reading = features.words / _WORDS_PER_MINUTE
    estimated = math.ceil(reading + features.duration_ms / 60_000)
    return said or round(course.info.credit.hours * 60) or max(1, estimated)


def _home_description(course: Course) -> str:
    if not course.editions:
        return ""
    first = course.editions[0]
    return first.description or (first.home.description if first.home else "")


def _outcomes(info: CourseInfo, features: MediaFeatures) -> dict[str, Any]:
    assessed = [o for o in info.outcomes if o.id in features.assessed]
    return {
        "teaches": [_term(o, 300) | _term_set(o) for o in info.outcomes],
        "assesses": [_term(o, 60) for o in assessed],
        "educationalAlignment": [_alignment(o) for o in info.outcomes if o.framework],
    }


def _term(outcome: Outcome, limit: int) -> dict[str, Any]:
    return {"@type": "DefinedTerm", "termCode": outcome.id, "name": _text(outcome.text, limit)}


def _term_set(outcome: Outcome) -> dict[str, Any]:
    return {"inDefinedTermSet": _text(outcome.framework, 300)} if outcome.framework else {}


def _alignment(outcome: Outcome) -> dict[str, Any]:
    """LRMI: what in somebody's framework the outcome stands for; a framework is named, or has an address."""
    address = web_address(outcome.framework)
    where = {"targetUrl": address} if address else {"educationalFramework": _text(outcome.framework, 300)}
    named = {"@type": "AlignmentObject", "alignmentType": "teaches", "targetName": _text(outcome.text, 100)}
    return named | where


def _person(author: Author) -> dict[str, Any]:
    person: dict[str, Any] = {"@type": "Person", "name": _text(author.name, 250)}
    if address := web_address(author.url):
        person["url"] = address
    if author.affiliation:
        person["affiliation"] = {"@type": "Organization", "name": _text(author.affiliation, 250)}
    return person


def _provider(info: CourseInfo) -> dict[str, Any]:
    name = info.provider or next((a.affiliation for a in info.authors if a.affiliation), "")
    if name:
        return {"@type": "Organization", "name": _text(name, 300)}
    # A catalogue wants somebody who offers the course: whoever wrote it; else what librarians write (RDA 2.8.4.7).
    return _person(info.authors[0]) if info.authors else {"@type": "Organization", "name": NO_PROVIDER}


def _image(cover: Cover) -> dict[str, Any]:
    found = {
        "@type": "ImageObject",
        "contentUrl": cover.path,
        "encodingFormat": cover.media_type,
        "width": cover.width,
        "height": cover.height,
    }
    return found | ({"caption": _text(cover.alt, 250)} if cover.alt else {})


def _translations(course: Course) -> list[dict[str, Any]]:
    return [
        {
            "@type": "Course",
            "inLanguage": e.language,
            "name": _text(e.title, 200),
            "url": e.root + "index.html",
        }
        | ({"description": _text(e.description, 400)} if e.description else {})
        for e in course.editions[1:]
    ]


def _sections(course: Course) -> list[dict[str, Any]]:
    """Modules; with the titles of their lessons where there is room for all."""
    modules = [m for m in (course.editions[0].modules if course.editions else ()) if m.title]
    bare: list[dict[str, Any]] = [
        {"@type": "Syllabus", "name": _text(m.title, 150)} for m in modules[:_MAX_SECTIONS]
    ]
    full = [
        section | ({"hasPart": [_lesson(x) for x in m.lessons]} if m.lessons else {})
        for section, m in zip(bare, modules, strict=False)
    ]
    return full if json_size(full) <= LIST_BYTES["syllabusSections"] else bare


def _lesson(lesson: Lesson) -> dict[str, Any]:
    found = {"@type": "LearningResource", "name": _text(lesson.title, 150)}
    return found | ({"timeRequired": iso_minutes(lesson.duration_min)} if lesson.duration_min else {})


def _size(course: Course, features: MediaFeatures) -> list[dict[str, Any]]:
    """How many of what there are: lists in an entry may be cut, counts never are."""
    modules = course.editions[0].modules if course.editions else ()
    counts = {
        "modules": len(modules),
        "lessons": sum(len(m.lessons) or 1 for m in modules),
        "questions": features.questions,
        "outcomes": len(course.info.outcomes),
        "languages": len(course.editions),
    }
    return [{"@type": "QuantitativeValue", "value": n, "unitText": what} for what, n in counts.items() if n]


def _credit(info: CourseInfo) -> dict[str, Any]:
    credit = info.credit
    scheme = _text(credit.scheme, 300)
    found: dict[str, Any] = {}
    if credit.points:
        value = {"@type": "QuantitativeValue", "value": _number(credit.points)}
        found["numberOfCredits"] = value | ({"unitText": scheme} if scheme else {})
    if scheme or credit.pass_mark:
        awarded = {
            "@type": "EducationalOccupationalCredential",
            "credentialCategory": "credit",
            "name": scheme or _text(info.title, 300),
        }
        if credit.pass_mark:
            awarded["competencyRequired"] = f"{_number(credit.pass_mark)} %"
        found["educationalCredentialAwarded"] = awarded
    return found


def _number(value: float) -> float | int:
    return int(value) if value == int(value) else value
