"""Search inside a course: what the step "search-index" is given, and what it tells the search page."""

import msgspec

from coursepack.model.site import AssetRef


class SearchedPage(msgspec.Struct, frozen=True, omit_defaults=True):
    """A page to index. `body` is the name of the blob input with its `Blocks`; "" for a made page."""

    title: str
    url: str
    body: str = ""
    description: str = ""
    module: str = ""
    language: str = ""
    """Where it is not that of the edition: a page that is not translated."""
    link_titles: dict[str, str] = {}


class SearchParams(msgspec.Struct, frozen=True):
    """The params of one "search-index" step: one language edition, in reading order."""

    language: str
    at: str
    """The url of the search page."""
    pages: tuple[SearchedPage, ...]
    assets: tuple[AssetRef, ...]
    """Videos and recordings, for what they say."""


class SearchFacts(msgspec.Struct, frozen=True):
    """What the search page must know before it loads a shard."""

    words: tuple[str, ...]
    """The files with words."""
    first_words: tuple[str, ...]
    """The first word of each."""
    texts: tuple[str, ...]
    """The files with pages."""
    first_pages: tuple[int, ...]
    """The number of the first page of each."""
    section_counts: tuple[int, ...]
    """Of each page; sections are numbered through."""
    variants: str
    """Pairs of characters: another form, and the one that this index has."""
