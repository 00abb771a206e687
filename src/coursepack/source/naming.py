"""What the names of a course's files say: which are pages, in which language, and which are the same page.

Only paths are looked at, so this can be asked before anything is read.
"""

from collections import defaultdict
from collections.abc import Iterable

import msgspec

from coursepack.model.course import CourseInfo
from coursepack.settings.languages import WORDLIKE, as_declared, from_name
from coursepack.source.natural import Key, natural_key

PAGE_EXTENSIONS = (".md", ".markdown")
INDEX_NAMES = ("index", "readme")
"""Stems of a folder's own page, the stronger first; case does not count."""

# Folders that hold a whole course on behalf of the folder above them.
_BASES = frozenset({"src", "docs", "doc", "content", "book", "course", "source", "sources", "pages", "text"})
_TRANSLATION_FOLDERS = frozenset({"translations", "translation", "i18n", "l10n", "locales", "locale"})

# Pages about the repository rather than of the course: they come last.
_HOUSEKEEPING_WORDS = """readme contributing code_of_conduct code-of-conduct license licence copying changelog changes
history security support authors contributors maintainers governance citation translations
troubleshooting pull_request_template issue_template"""
HOUSEKEEPING = frozenset(_HOUSEKEEPING_WORDS.split())
OUTLINE_NAME = "SUMMARY"
"""mdBook's and GitBook's list of chapters. In this case only: summary.md is a lesson."""


class PageName(msgspec.Struct, frozen=True):
    """What the path of a page says."""

    path: str
    id: str
    """The same for all translations; "index" is the course page, "a/index" that of folder a."""
    language: str
    """BCP 47; "" when the name does not say."""
    readme: bool = False
    """The folder's page by the weaker name, README."""


class Naming(msgspec.Struct, frozen=True):
    """All pages of a course by name."""

    base: str
    """Folder that the course really starts in, with a slash at the end, or ""."""
    pages: tuple[PageName, ...]
    """Sorted by path."""
    outlines: tuple[str, ...]
    """Paths of lists of chapters (SUMMARY.md): read for their order, no pages."""


def stem_of(name: str) -> str:
    """A page's file name without its extension; "" when it is no page."""
    for extension in PAGE_EXTENSIONS:
        if len(name) > len(extension) and name[-len(extension) :].lower() == extension:
            return name[: -len(extension)]
    return ""


def is_transcript(path: str) -> bool:
    """`pay.transcript.zh-Hans.md`, `pay.zh-Hans.transcript.md`, `pay.transcript.md`."""
    parts = stem_of(path.rpartition("/")[2]).lower().split(".")
    return len(parts) > 1 and "transcript" in parts[1:]


def left_out(path: str) -> bool:
    """Whether a name says "not a page": some part starts with an underscore or a dot."""
    return path[:1] in "_." or "/_" in path or "/." in path


def page_paths(info: CourseInfo, paths: Iterable[str]) -> tuple[str, ...]:
    """The Markdown files to read as pages, sorted: lessons, index pages, glossary, translations, SUMMARY.md.

    Not: what is below `_includes` or another `_name`, and authored transcripts (`transcript_paths`).
    """
    return tuple(sorted(p for p in paths if stem_of(p) and not left_out(p) and not is_transcript(p)))


def transcript_paths(info: CourseInfo, paths: Iterable[str]) -> tuple[str, ...]:
    """The Markdown files that are transcripts of media, sorted: read, but no pages."""
    return tuple(sorted(p for p in paths if stem_of(p) and not left_out(p) and is_transcript(p)))


def name_pages(info: CourseInfo, pages: Iterable[str]) -> Naming:
    """Sorts out the `pages` (as `page_paths` gives them): base folder, languages, ids."""
    paths = sorted(pages)
    # A file of another edition is named below its language: {path: (language, path in that edition)}.
    placed = _translation_folders(info, paths)
    base = _base(info, [p for p in paths if p not in placed])
    placed |= _language_folders(info, [p for p in paths if p not in placed], base)
    suffixes = _suffixes(info, paths)
    indexes = _indexes(paths)
    names, outlines = [], []
    for path in paths:
        language, inner = placed.get(path, ("", path.removeprefix(base)))
        folder, _, name = inner.rpartition("/")
        stem, suffix = _split(stem_of(name), suffixes)
        if stem == OUTLINE_NAME and not folder and len(paths) > 1:
            outlines.append(path)
            continue
        readme = stem.lower() == "readme"
        outside = path not in placed and not path.startswith(base)
        weaker = readme and (path.rpartition("/")[0], suffix) in indexes
        if stem.lower() in INDEX_NAMES and not weaker and not outside:
            stem = "index"
        page_id = f"{folder}/{stem}" if folder else stem
        language = _declared(info, suffix or language)
        names.append(PageName(path, page_id, language, readme and stem == "index"))
    return Naming(base, tuple(names), tuple(outlines))


def page_language(info: CourseInfo, path: str) -> str:
    """The language that the name of `path` alone says, else the course language ("" when that is not given)."""
    _, suffix = _split(stem_of(path.rpartition("/")[2]), {})
    if suffix and suffix.split("-")[0] in WORDLIKE and suffix not in info.languages:
        suffix = ""
    for part in path.split("/")[:-1]:
        suffix = suffix or (from_name(part) if len(part) > 3 or part in info.languages else "")
    return _declared(info, suffix) or info.language


def sort_key(page_id: str) -> tuple[Key, ...]:
    """Natural order, a folder's page before what is in the folder."""
    parts = page_id.split("/")
    if parts[-1] == "index":
        parts.pop()
    return tuple(natural_key(part) for part in parts)


def _declared(info: CourseInfo, tag: str) -> str:
    return as_declared(tag, tuple(filter(None, (info.language, *info.languages)))) if tag else ""


def _indexes(paths: list[str]) -> set[tuple[str, str]]:
    """(folder, language suffix) of every page called index."""
    found = set()
    for path in paths:
        folder, _, name = path.rpartition("/")
        stem, suffix = _split(stem_of(name), None)
        if stem.lower() == "index":
            found.add((folder, suffix))
    return found


# -- languages by suffix ------------------------------------------------------------------------------------------


def _split(stem: str, suffixes: dict[str, bool] | None) -> tuple[str, str]:
    """(stem, language) of "02-check.en"; `suffixes` holds those that are not to be believed as False."""
    head, dot, tail = stem.rpartition(".")
    if not dot or not head:
        return stem, ""
    language = from_name(tail)
    if not language or (suffixes is not None and not suffixes.get(tail, True)):
        return stem, ""
    return head, language


def _suffixes(info: CourseInfo, paths: list[str]) -> dict[str, bool]:
    """Which endings that are also words ("how.to.md") mean a language here: declared, or used beside another."""
    declared = {tag.split("-")[0] for tag in (info.language, *info.languages)}
    heads: dict[str, set[str]] = defaultdict(set)
    for path in paths:
        head, _, tail = stem_of(path).rpartition(".")
        if head and tail.lower() in WORDLIKE:
            heads[tail].add(head)
    stems = {stem_of(path) for path in paths}
    return {tail: tail.lower() in declared or bool(found & stems) for tail, found in heads.items()}


# -- languages by folder ------------------------------------------------------------------------------------------


def _translation_folders(info: CourseInfo, paths: list[str]) -> dict[str, tuple[str, str]]:
    """Files below `translations/<language>/`, wherever that folder is."""
    placed = {}
    for path in paths:
        parts = path.split("/")
        for i in range(min(len(parts) - 2, 3)):
            language = from_name(parts[i + 1])
            if parts[i].lower() in _TRANSLATION_FOLDERS and language:
                placed[path] = (language, "/".join((*parts[:i], *parts[i + 2 :])))
                break
    return placed


def _language_folders(info: CourseInfo, paths: list[str], base: str) -> dict[str, tuple[str, str]]:
    """Files below `<language>/` at the top, where those folders are editions of one course and not modules."""
    groups: dict[str, dict[str, str]] = defaultdict(dict)
    for path in paths:
        folder, slash, inner = path.removeprefix(base).partition("/")
        groups[folder if slash else ""][inner if slash else folder] = path
    editions = {f for f in groups if f and from_name(f)}
    believed = {f for f in editions if _is_edition(info, f, groups, editions)}
    return {path: (from_name(folder), inner) for folder in believed for inner, path in groups[folder].items()}


def _is_edition(info: CourseInfo, folder: str, groups: dict[str, dict[str, str]], editions: set[str]) -> bool:
    language = _declared(info, from_name(folder))
    if language in info.languages or (info.language and language == info.language):
        return True
    if set(groups) <= {"", folder} and all(stem_of(p).lower() in HOUSEKEEPING for p in groups.get("", ())):
        return True
    # `it/` and `hr/` may be modules: they must hold the same lessons, an index alone does not count.
    lessons = {p for p in groups[folder] if stem_of(p.rpartition("/")[2]).lower() not in INDEX_NAMES}
    others = [groups[o] for o in ("", *editions) if o != folder and o in groups]
    return any(lessons & set(other) for other in others) or (
        "-" in folder and any(set(groups[folder]) & set(other) for other in others)
    )


# -- base folder --------------------------------------------------------------------------------------------------


def _base(info: CourseInfo, paths: list[str]) -> str:
    """The folder that all pages lie below, where it stands for the course rather than for a module."""
    base = ""
    while True:
        inside = [p.removeprefix(base) for p in paths if p.startswith(base)]
        top = [p for p in inside if "/" not in p]
        folders = {p.partition("/")[0] for p in inside if "/" in p}
        if len(folders) != 1 or any(stem_of(p).lower() not in HOUSEKEEPING for p in top):
            return base
        (folder,) = folders
        if top and not _holds_index(inside, folder):
            return base
        bare = not info.title and not info.lessons
        if folder.lower() not in _BASES and not (bare and not top and _unnumbered(folder)):
            return base
        base = f"{base}{folder}/"


def _holds_index(inside: list[str], folder: str) -> bool:
    names = {p.removeprefix(f"{folder}/").lower() for p in inside}
    return bool(names & {"index.md", "readme.md", "summary.md"})


def _unnumbered(folder: str) -> bool:
    kind, *_ = natural_key(folder)[0]
    # A folder called by a language is an edition with a base of its own.
    return kind != 0 and not from_name(folder)
