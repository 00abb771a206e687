"""Other ways in which links name a page: as the address that another tool would give it."""

from collections.abc import Container, Iterator, Mapping

from coursepack.model.document import Outline
from coursepack.source.naming import PAGE_EXTENSIONS, stem_of

_HTML = (".html", ".htm")


def meant_page(path: str, pages: Container[str]) -> str:
    """The page that `path` means though it is spelt otherwise: "intro.html", "intro", "intro/"; "" for none."""
    return next((candidate for candidate in _candidates(path) if candidate in pages), "")


def _candidates(path: str) -> Iterator[str]:
    low = path.lower()
    stem = next((path[: -len(e)] for e in _HTML if low.endswith(e)), "")
    if not stem:
        if stem_of(path):
            return
        stem = path
    for extension in PAGE_EXTENSIONS:
        yield stem + extension
        if stem.rpartition("/")[2] == "index":
            yield f"{stem[:-5]}README{extension}"
        if stem == path:
            yield f"{path}/index{extension}"
            yield f"{path}/README{extension}"


def page_aliases(outlines: Mapping[str, Outline], pages: Mapping[str, object]) -> dict[str, str]:
    """Link target as written -> page path, for every link of `outlines` that names a page in another way."""
    aliases: dict[str, str] = {}
    for outline in outlines.values():
        for link in outline.links:
            path = link.path
            if link.kind in {"page", "file"} and path and path not in pages and path not in aliases:
                meant = meant_page(path, pages)
                if meant:
                    aliases[path] = meant
    return aliases
