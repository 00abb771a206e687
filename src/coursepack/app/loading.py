"""Sources to a checked Course: what `build` and `check` have in common."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from coursepack.app.memory import Reading
from coursepack.app.reading import read_pages
from coursepack.build.lanes import TextPool
from coursepack.check import check_course
from coursepack.model.course import Course, Source
from coursepack.model.diagnostic import Diagnostic
from coursepack.model.digest import Digest
from coursepack.model.document import Outline
from coursepack.settings import Workspace
from coursepack.source.course_yaml import read_course_info
from coursepack.source.guess import guess_language
from coursepack.source.structure import assemble, page_language, page_paths, transcript_paths
from coursepack.store.local import LocalStore

COURSE_FILE = "course.yaml"


_SAMPLED = 8
"""Pages looked at to guess the language of a course that does not say it."""
_SAMPLE_BYTES = 20_000


class Loaded(msgspec.Struct, frozen=True):
    """A course and what it was read from."""

    course: Course
    outlines: dict[str, Outline]
    transcripts: dict[str, Digest]
    readings: dict[str, Reading]
    findings: tuple[Diagnostic, ...]


def load_course(
    root: Path,
    sources: Mapping[str, Source],
    before: Mapping[str, Reading],
    store: LocalStore,
    pool: TextPool | None,
    workspace: Workspace,
) -> Loaded:
    """Reads, assembles and checks the course at `root`. All that is wrong is in `findings`."""
    data = (root / COURSE_FILE).read_bytes() if COURSE_FILE in sources else None
    info, found = read_course_info(data, folder=root.resolve().name)
    findings = list(found)
    pages = page_paths(info, sources)
    spoken = transcript_paths(info, sources)
    spare = info.language or _language_of_text(root, pages)
    languages = {p: page_language(info, p) or spare for p in (*pages, *spoken)}
    readings = read_pages(root, languages, sources, before, store, pool)
    outlines = {p: readings[p].outline for p in pages if p in readings}
    blocks = {p: readings[p].blocks for p in pages if p in readings}
    for reading in readings.values():
        findings += reading.diagnostics
    course, found = assemble(info, sources, outlines, blocks)
    info = course.info
    info = msgspec.structs.replace(
        info,
        provider=info.provider or workspace.provider,
        url=info.url or (f"{workspace.site_url.rstrip('/')}/c/{info.id}/" if workspace.site_url else ""),
    )
    course = msgspec.structs.replace(course, info=info)
    findings += found
    findings += check_course(course, outlines, sources)
    transcripts = {p: readings[p].blocks for p in spoken if p in readings}
    return Loaded(course, outlines, transcripts, readings, tuple(findings))


def _language_of_text(root: Path, pages: Sequence[str]) -> str:
    """The likeliest language of the first pages: the words of boxes are in it."""
    texts = []
    for path in pages[:_SAMPLED]:
        try:
            with (root / path).open("rb") as f:
                texts.append(f.read(_SAMPLE_BYTES // _SAMPLED).decode("utf-8", "ignore"))
        except OSError:
            continue  # the scan saw it; `read_pages` leaves it out
    return guess_language(texts)


def lesson_count(course: Course) -> int:
    """Lessons in the course language; a folder with nothing but its own page is one."""
    modules = course.editions[0].modules if course.editions else ()
    return sum(len(m.lessons) or 1 for m in modules)
