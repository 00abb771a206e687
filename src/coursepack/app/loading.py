"""Sources to a checked Course: what `build` and `check` have in common."""

from collections.abc import Mapping
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
from coursepack.source.structure import assemble, page_paths, transcript_paths
from coursepack.store.local import LocalStore

COURSE_FILE = "course.yaml"


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
    readings = read_pages(root, [*pages, *spoken], sources, info.language, before, store, pool)
    outlines = {p: readings[p].outline for p in pages if p in readings}
    blocks = {p: readings[p].blocks for p in pages if p in readings}
    for reading in readings.values():
        findings += reading.diagnostics
    course, found = assemble(info, sources, outlines, blocks)
    if workspace.provider and not course.info.provider:
        course = msgspec.structs.replace(
            course, info=msgspec.structs.replace(course.info, provider=workspace.provider)
        )
    findings += found
    findings += check_course(course, outlines, sources)
    transcripts = {p: readings[p].blocks for p in spoken if p in readings}
    return Loaded(course, outlines, transcripts, readings, tuple(findings))
