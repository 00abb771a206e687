"""Links inside the course: pages, fragments, files, images and media that are not there, or spelt otherwise."""

import posixpath
import re
from collections.abc import Iterator

import msgspec

from coursepack.check.suggest import Suggest
from coursepack.check.view import View
from coursepack.model.codes import diagnostic
from coursepack.model.diagnostic import Diagnostic
from coursepack.model.document import Link
from coursepack.settings.nearest import maybe, nearest
from coursepack.source.assets import TRACK_ROLES
from coursepack.source.naming import INDEX_NAMES, left_out, stem_of
from coursepack.source.spellings import meant_page
from coursepack.source.urls import fold

_MISSING = {"image": "CP503", "poster": "CP503", "video": "CP504", "audio": "CP504", "page": "CP500"}
_SPECIAL = re.compile(r"[#?]|%(?=[0-9A-Fa-f]{2})")
_ALWAYS_THERE = ("", "top")
"""Fragments that every browser knows (HTML, "indicated part of the document")."""


def find(view: View) -> Iterator[Diagnostic]:
    """CP500-CP510: one finding for each link that does not lead where it says."""
    checker = _Checker(view)
    for path in view.lessons:
        for link in view.outlines[path].links:
            yield from checker.link(path, link)
    for path in view.chapter_lists:
        for link in view.outlines[path].links:
            for found in checker.link(path, link):
                # The list is no page: learners do not meet its links, but the order may not be what was meant.
                yield msgspec.structs.replace(found, severity="info")


class _Checker:
    def __init__(self, view: View) -> None:
        self.view = view
        self.suggest = Suggest(view)

    def link(self, page: str, link: Link) -> Iterator[Diagnostic]:
        path, view = link.path, self.view
        if not path:
            yield from self.fragment(page, page, link)
        elif path in view.lessons and link.kind in {"page", "file"}:
            yield from self.fragment(page, path, link)
        elif link.kind == "page":
            yield from self.page(page, link)
        elif path not in view.sources:
            yield from self.missing(page, link)

    def page(self, page: str, link: Link) -> Iterator[Diagnostic]:
        path, view = link.path, self.view
        if path in view.sources:
            if self.is_left_out(path):
                yield self.report("CP506", page, link)
            return
        if path == "." or (path in view.folders and path in view.course.links):
            index = self.index_of(path)
            if index:
                yield from self.fragment(page, index, link)
            return
        yield from self.missing(page, link)

    def is_left_out(self, path: str) -> bool:
        # A page that is in the sources, not left out and not in the course has been reported for what it is.
        outline = self.view.outlines.get(path)
        return outline is None or outline.front.draft

    def missing(self, page: str, link: Link) -> Iterator[Diagnostic]:
        path, view = link.path, self.view
        meant = meant_page(path, view.lessons) if link.kind in {"page", "file"} and not link.role else ""
        actual = view.folded.get(fold(path), "")
        if meant:
            yield self.report("CP507", page, link, actual=self.relative(page, meant))
            yield from self.fragment(page, meant, link)
        elif actual:
            yield self.report("CP505", page, link, actual=self.relative(page, actual))
        elif left_out(path):
            yield self.report("CP506", page, link)
        elif path in view.folders and link.kind in {"page", "file"}:
            yield self.report("CP508", page, link)
        else:
            found = self.suggest.path(path, image=link.kind in {"image", "poster"})
            yield self.report(self.code(link), page, link, **maybe(self.relative(page, found)))

    @staticmethod
    def code(link: Link) -> str:
        if link.role in TRACK_ROLES:
            return "CP510"
        name = link.path.rpartition("/")[2]
        if link.kind == "file" and ("." not in name or name.lower().endswith((".html", ".htm"))):
            return "CP500"
        return _MISSING.get(link.kind, "CP502")

    def fragment(self, page: str, target: str, link: Link) -> Iterator[Diagnostic]:
        fragment = link.fragment
        if fragment.lower() in _ALWAYS_THERE or fragment.startswith(":~:"):
            return
        anchors = self.view.outlines[target].anchors
        if fragment in anchors:
            return
        glossary = stem_of(target.rpartition("/")[2]).partition(".")[0].lower() == "glossary"
        yield diagnostic(
            "CP509" if glossary and target != page else "CP501",
            page,
            link.line,
            link.column,
            target=target,
            fragment=fragment,
            **maybe(nearest(fragment, anchors)),
        )

    def index_of(self, folder: str) -> str:
        for name in INDEX_NAMES:
            for path in (f"{name}.md", f"{name.upper()}.md", f"{name}.markdown"):
                full = path if folder == "." else f"{folder}/{path}"
                if full in self.view.lessons:
                    return full
        return ""

    def report(self, code: str, page: str, link: Link, **args: str) -> Diagnostic:
        return diagnostic(code, page, link.line, link.column, severity=None, target=link.path, **args)

    @staticmethod
    def relative(page: str, target: str) -> str:
        """`target` as it would be written in `page`: what an address would take for its own is escaped."""
        path = posixpath.relpath(target, page.rpartition("/")[0] or ".") if target else ""
        return _SPECIAL.sub(lambda m: f"%{ord(m[0]):02X}", path)
