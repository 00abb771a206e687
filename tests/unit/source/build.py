"""Courses made of paths and outlines alone, for tests of what comes after reading."""

from coursepack.model.course import Course, CourseInfo, Source
from coursepack.model.diagnostic import Diagnostic
from coursepack.model.digest import Digest, digest_bytes
from coursepack.model.document import Heading, Link, Outline
from coursepack.source.course_yaml import read_course_info
from coursepack.source.structure import assemble, page_paths

Assembled = tuple[Course, tuple[Diagnostic, ...], dict[str, Outline], dict[str, Source]]


def make(
    *paths: str, yaml: str = "", outlines: dict[str, Outline] | None = None, language: str = "en"
) -> Assembled:
    """A course of these files. Pages are titled by their paths unless `outlines` says more."""
    data = yaml.encode() or (f"language: {language}\ntitle: Course\n".encode() if language else None)
    info, found = read_course_info(data, folder="course")
    assert not found
    return put_together(info, paths, outlines or {})


def put_together(info: CourseInfo, paths: tuple[str, ...], outlines: dict[str, Outline]) -> Assembled:
    sources = {p: Source(p, digest_bytes(p.encode()), 10) for p in (*paths, *outlines)}
    read = {p: outlines.get(p) or page(f"T {p}") for p in page_paths(info, sources)}
    course, found = assemble(info, sources, read, {p: Digest("b" * 64) for p in read})
    return course, found, read, sources


def page(title: str = "T", *links: Link, anchors: tuple[str, ...] = (), **more: object) -> Outline:
    return Outline(title, headings=(Heading(1, "t", title),), links=links, anchors=("t", *anchors), **more)  # type: ignore[arg-type]


def link(path: str, kind: str = "page", fragment: str = "", line: int = 3, **more: object) -> Link:
    return Link(path, fragment, line, 5, kind, **more)  # type: ignore[arg-type]


def tree(course: Course, n: int = 0) -> list[tuple[str, str, list[str]]]:
    """(module id, its page's id, ids of lessons) of one edition."""
    return [
        (m.id, m.page.id if m.page else "", [x.id for x in m.lessons]) for m in course.editions[n].modules
    ]


def codes(found: tuple[Diagnostic, ...]) -> list[tuple[str, str]]:
    return sorted((d.code, d.path) for d in found)
