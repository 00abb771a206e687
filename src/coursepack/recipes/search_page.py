"""What the search page knows of its index: where the shards are, and which to load for a word."""

import msgspec

from coursepack.model.search import SearchFacts
from coursepack.recipes.printing import Printing


class SearchFiles(msgspec.Struct, frozen=True):
    """For the template. Addresses stand in attributes, since publishing moves the files; the rest is data."""

    words: tuple[str, ...]
    texts: tuple[str, ...]
    data: dict[str, object]


def search_files(printing: Printing) -> SearchFiles | None:
    """The files of the edition's index, as seen from the page; None where it could not be built."""
    built = printing.assets.built("search", f"search/{printing.site.language}")
    if built is None:
        return None
    facts = msgspec.convert(built.artefact.facts, SearchFacts)
    return SearchFiles(
        tuple(printing.href(built.url(name)) for name in facts.words),
        tuple(printing.href(built.url(name)) for name in facts.texts),
        {
            "words": facts.first_words,
            "pages": facts.first_pages,
            "sections": facts.section_counts,
            "variants": facts.variants,
        },
    )
