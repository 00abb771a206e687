"""Rules: one per file; each yields diagnostics about a course."""

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from coursepack.check import (
    alt_text,
    captions_present,
    languages_complete,
    large_files,
    links,
    media_labels,
    names,
    outcomes,
    pages_present,
    thumbnails,
    titles,
    translations,
    unused_media,
)
from coursepack.check.rule import Rule
from coursepack.check.view import make_view
from coursepack.model.course import Course, Source
from coursepack.model.diagnostic import Diagnostic, Severity
from coursepack.model.document import Outline

RULES: dict[str, Rule] = {
    "pages-present": pages_present.find,
    "links": links.find,
    "thumbnails": thumbnails.find,
    "alt-text": alt_text.find,
    "media-labels": media_labels.find,
    "captions-present": captions_present.find,
    "languages-complete": languages_complete.find,
    "translations": translations.find,
    "outcomes": outcomes.find,
    "titles": titles.find,
    "names": names.find,
    "unused-media": unused_media.find,
    "large-files": large_files.find,
}
"""All rules, in the order they are run; a plugin's rules are run after them."""

_LEVELS: dict[str, Severity] = {"error": "error", "warning": "warning", "info": "info"}


def check_course(
    course: Course, outlines: Mapping[str, Outline], sources: Mapping[str, Source]
) -> Iterator[Diagnostic]:
    """All that the rules find. `outlines` are those of every page file, drafts included."""
    view = make_view(course, outlines, sources)
    for rule in RULES.values():
        yield from rule(view)


def apply_levels(diagnostics: Iterable[Diagnostic], levels: Mapping[str, str]) -> tuple[Diagnostic, ...]:
    """`diagnostics` with the severities that a course's `checks` ask for; those that are "off" are dropped."""
    out = []
    for d in diagnostics:
        level = levels.get(d.code)
        if level is None:
            out.append(d)
        elif level != "off":
            severity = _LEVELS.get(level, d.severity)
            out.append(msgspec.structs.replace(d, severity=severity) if severity != d.severity else d)
    return tuple(out)
