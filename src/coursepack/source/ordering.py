"""The order of pages: the author's list, else a list of chapters, else names."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from coursepack.model.course import CourseInfo
from coursepack.model.diagnostic import Diagnostic
from coursepack.model.document import Link, Outline
from coursepack.source.naming import HOUSEKEEPING, Naming, PageName, sort_key, stem_of
from coursepack.source.natural import Key

COURSE_FILE = "course.yaml"

_Rank = tuple[int, int, tuple[Key, ...]]


class Group(msgspec.Struct, frozen=True):
    """A module before it is split by language: ids of pages."""

    id: str
    page: str
    """"" for none."""
    lessons: tuple[str, ...]


def order_pages(
    info: CourseInfo, naming: Naming, outlines: Mapping[str, Outline]
) -> tuple[tuple[str, ...], tuple[Diagnostic, ...]]:
    """All page ids but "index" in reading order, and what is wrong with an explicit list."""
    ids = sorted({p.id for p in naming.pages} - {"index"}, key=sort_key)
    if info.lessons:
        listed, found = _from_list(info, naming)
        found = (*found, *_unlisted(naming, ids, listed))
    else:
        listed, found = _from_chapters(naming, outlines), ()
    if not listed:
        return tuple(sorted(ids, key=lambda i: (_is_housekeeping(i), sort_key(i)))), found
    ranks = {entry: n for n, entry in reversed(list(enumerate(listed)))}
    below = _below(listed)
    return tuple(sorted(ids, key=lambda i: _rank(i, ranks, below))), found


def _rank(page_id: str, ranks: Mapping[str, int], below: Mapping[str, tuple[int, int]]) -> _Rank:
    if page_id in ranks:
        return ranks[page_id], 1, sort_key(page_id)
    folder = page_id.rpartition("/")[0]
    if page_id.endswith("/index") and (folder in ranks or folder in below):
        # A folder's own page that is not listed comes before the first of its lessons that is.
        first = below.get(folder, (len(ranks), 0))[0]
        return min(first, ranks.get(folder, first)), 0, sort_key(page_id)
    while folder:
        if folder in ranks or folder in below:
            # Behind the last that is listed in the same folder.
            return max(ranks.get(folder, -1), below.get(folder, (0, -1))[1]), 2, sort_key(page_id)
        folder = folder.rpartition("/")[0]
    return len(ranks) + _is_housekeeping(page_id), 2, sort_key(page_id)


def _below(listed: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Folder -> the first and the last place of what is listed inside it."""
    places: dict[str, tuple[int, int]] = {}
    for n, entry in enumerate(listed):
        folder = entry.rpartition("/")[0]
        while folder:
            places[folder] = (places.get(folder, (n, n))[0], n)
            folder = folder.rpartition("/")[0]
    return places


def _is_housekeeping(page_id: str) -> bool:
    return "/" not in page_id and page_id.lower() in HOUSEKEEPING


# -- `lessons:` of course.yaml ------------------------------------------------------------------------------------


def _from_list(info: CourseInfo, naming: Naming) -> tuple[list[str], tuple[Diagnostic, ...]]:
    from coursepack.model.codes import diagnostic
    from coursepack.settings.nearest import maybe, nearest

    by_name = _spellings(naming)
    listed: list[str] = []
    found: list[Diagnostic] = []
    for n, entry in enumerate(info.lessons):
        page_id = by_name.get(_tidy(entry))
        line, column = info.places.get(f"lessons[{n}]", (0, 0))
        if page_id is None:
            near = nearest(_tidy(entry), by_name)
            found.append(diagnostic("CP159", COURSE_FILE, line, column, name=entry[:200], **maybe(near)))
        elif page_id in listed:
            found.append(diagnostic("CP178", COURSE_FILE, line, column, name=entry[:200]))
        elif page_id != "index":
            listed.append(page_id)
    return listed, tuple(found)


def _tidy(entry: str) -> str:
    return entry.strip().removeprefix("./").rstrip("/")


def _spellings(naming: Naming) -> dict[str, str]:
    """Every way to name a page or a folder of pages -> page id or folder."""
    names: dict[str, str] = {}
    for page in naming.pages:
        names.setdefault(page.path, page.id)
        names.setdefault(stem_of(page.path), page.id)
        names.setdefault(page.id, page.id)
    for page in naming.pages:
        folder = page.id.rpartition("/")[0]
        while folder:
            names.setdefault(folder, folder)
            names.setdefault(naming.base + folder, folder)
            folder = folder.rpartition("/")[0]
    return names


def _unlisted(naming: Naming, ids: Iterable[str], listed: Sequence[str]) -> tuple[Diagnostic, ...]:
    from coursepack.model.codes import diagnostic

    entries = set(listed)
    first = {p.id: p.path for p in reversed(naming.pages)}

    def covered(page_id: str) -> bool:
        if page_id.endswith("/index") or page_id.lower() == "glossary" or _is_housekeeping(page_id):
            return True
        return any(page_id == e or page_id.startswith(f"{e}/") for e in entries)

    return tuple(diagnostic("CP160", first[i]) for i in ids if not covered(i))


# -- lists of chapters --------------------------------------------------------------------------------------------


def _from_chapters(naming: Naming, outlines: Mapping[str, Outline]) -> list[str]:
    """Page ids in the order of SUMMARY.md, or of the tables of contents that pages hold (links with role "toc")."""
    by_path = {p.path: p for p in naming.pages}
    listed: dict[str, None] = {}
    for path in naming.outlines:
        for link in outlines[path].links if path in outlines else ():
            page = by_path.get(link.path)
            if page and page.id != "index":
                listed.setdefault(page.id)
    if not listed:
        for page in naming.pages:
            if page.id == "index":
                _follow(page, by_path, outlines, listed)
    return list(listed)


def _follow(
    page: PageName, by_path: Mapping[str, PageName], outlines: Mapping[str, Outline], listed: dict[str, None]
) -> None:
    stack = [page]
    while stack:
        current = stack.pop()
        if current.id != "index":
            if current.id in listed:
                continue
            listed[current.id] = None
        outline = outlines.get(current.path)
        entries = [_entry(link, by_path) for link in outline.links if link.role == "toc"] if outline else []
        stack.extend(e for e in reversed(entries) if e is not None)


def _entry(link: Link, by_path: Mapping[str, PageName]) -> PageName | None:
    return by_path.get(link.path) or by_path.get(f"{link.path}.md")


# -- modules ------------------------------------------------------------------------------------------------------


def group_pages(order: Sequence[str]) -> tuple[Group, ...]:
    """Modules in reading order: the folders at the first level.

    A page `a.md` beside the folder `a/` is that folder's page when it has no index. The first run of pages at the
    top is the module ""; a page at the top that comes after it, between or behind folders, is a module of its own.
    """
    folders = {i.partition("/")[0] for i in order if "/" in i}
    have_index = {i for i in order if i.endswith("/index")}
    lessons: dict[str, list[str]] = {}
    pages: dict[str, str] = {}
    runs = 0
    in_run = False
    for page_id in order:
        folder = page_id.partition("/")[0]
        if folder in folders:
            own = f"{folder}/index" if f"{folder}/index" in have_index else folder
            lessons.setdefault(folder, [])
            if page_id == own:
                pages[folder] = page_id
            else:
                lessons[folder].append(page_id)
            in_run = False
            continue
        runs += not in_run
        in_run = True
        if runs == 1:
            lessons.setdefault("", []).append(page_id)
        else:
            lessons[page_id] = []
            pages[page_id] = page_id
    return tuple(Group(key, pages.get(key, ""), tuple(ids)) for key, ids in lessons.items())
