"""Reads the Markdown of a course: from memory what did not change, the rest in worker processes if there is much."""

from collections.abc import Mapping
from pathlib import Path

import msgspec

from coursepack.app.memory import Reading
from coursepack.build.lanes import TextPool, child_store
from coursepack.model.course import Source
from coursepack.model.digest import digest_bytes
from coursepack.source.markdown import PARSER_VERSION, parse
from coursepack.store.local import LocalStore

_BATCH = 32
"""Files a job: large enough to hide the cost of a job, small enough to share out."""

_MOST_BYTES = 16 << 20


def parse_some(store: LocalStore, root: str, languages: Mapping[str, str]) -> dict[str, Reading]:
    """Parses files of the course at `root` (path -> language) and keeps their bodies in one pack."""
    base = Path(root).resolve()

    def read(path: str) -> bytes | None:
        return _read_inside(base, path)

    parsed = {}
    for path, language in languages.items():
        data = read(path)
        if data is not None:
            parsed[path] = (data, *parse(data, path, language=language, read=read))
    bodies = [msgspec.msgpack.encode(p.blocks) for _, p, _ in parsed.values()]
    digests = store.put_many(bodies)
    readings = {}
    for (path, (data, p, findings)), body, digest in zip(parsed.items(), bodies, digests, strict=True):
        includes = {i: _digest_or_none(read(i)) for i in p.outline.includes}
        readings[path] = Reading(
            digest=digest_bytes(data),
            parser=_parser(languages[path]),
            includes=includes,
            outline=p.outline,
            blocks=digest,
            size=len(body),
            diagnostics=findings,
            math=b"<math" in body,
        )
    return readings


def _read_inside(base: Path, path: str) -> bytes | None:
    # The scan refused links that lead out; an include names its file in text, so it is looked at here again.
    full = (base / path).resolve()
    try:
        if not full.is_relative_to(base) or not full.is_file() or full.stat().st_size > _MOST_BYTES:
            return None
        return full.read_bytes()
    except (OSError, ValueError):
        return None


def _digest_or_none(data: bytes | None) -> str:
    return "" if data is None else digest_bytes(data)


def _parser(language: str) -> str:
    return f"{PARSER_VERSION}:{language}"


def _parse_in_child(root: str, languages: dict[str, str]) -> dict[str, Reading]:
    return parse_some(child_store(), root, languages)


def read_pages(
    root: Path,
    languages: Mapping[str, str],
    sources: Mapping[str, Source],
    before: Mapping[str, Reading],
    store: LocalStore,
    pool: TextPool | None,
) -> dict[str, Reading]:
    """The reading of every page of `languages` (path -> language), in that order.

    A file that cannot be read is left out.
    """
    known = {
        path: before[path]
        for path, language in languages.items()
        if path in before and _valid(before[path], sources[path], sources, language, store)
    }
    missing = [(path, language) for path, language in languages.items() if path not in known]
    if pool is None or len(missing) <= _BATCH:
        known |= parse_some(store, str(root), dict(missing))
    else:
        batches = [dict(missing[i : i + _BATCH]) for i in range(0, len(missing), _BATCH)]
        for job in [pool.submit(_parse_in_child, str(root), b) for b in batches]:
            known |= job.result()
    return {p: known[p] for p in languages if p in known}


def _valid(
    old: Reading, source: Source, sources: Mapping[str, Source], language: str, store: LocalStore
) -> bool:
    if old.digest != source.digest or old.parser != _parser(language):
        return False
    for path, digest in old.includes.items():
        now = sources[path].digest if path in sources else ""
        if now != digest:
            return False
    return store.has(old.blocks, old.size)
