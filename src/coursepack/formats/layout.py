"""What the formats of the site have in common: which artefact goes where."""

from collections.abc import Callable, Iterator, Mapping
from typing import Protocol

import msgspec

from coursepack.model.bundle import Entry
from coursepack.model.media import VideoFacts
from coursepack.model.site import PagesParams, Variant
from coursepack.model.step import Artefact, Plan, Step, output_folder
from coursepack.tools.theme import static_name

Chooser = Callable[[str, Artefact], frozenset[str] | None]
"""(step kind, artefact) -> the names of its files to take; None: all."""


class Format(Protocol):
    """A bundle format: where which artefact goes. Touches no disk."""

    name: str
    variant: Variant
    """Which pages it is made of."""

    def arrange(self, plan: Plan, artefacts: Mapping[str, Artefact]) -> tuple[Entry, ...]:
        """All entries, sorted by path."""
        ...


def site_entries(
    plan: Plan, artefacts: Mapping[str, Artefact], variant: Variant, choose: Chooser
) -> tuple[Entry, ...]:
    """The entries of the site in one variant: its pages, the theme's files, and the assets that pages name."""
    entries: dict[str, Entry] = {}
    kinds = {s.id: s.kind for s in plan.steps}
    for step in plan.steps:
        if step.kind == "offline" and variant == "web":
            entries |= {
                f.name: Entry(f.name, f.digest, f.size, f.media_type) for f in artefacts[step.id].files
            }
        if step.kind != "pages":
            continue
        params = msgspec.convert(step.params, PagesParams)
        if params.site.variant != variant:
            continue
        for file in artefacts[step.id].files:
            entries[file.name] = Entry(file.name, file.digest, file.size, file.media_type)
        for base, source in _bases(params):
            artefact = artefacts[source]
            wanted = choose(kinds[source], artefact)
            folder = output_folder(base, artefact)
            for file in artefact.files:
                if wanted is None or file.name in wanted:
                    path = f"{folder}/{file.name}"
                    entries[path] = Entry(path, file.digest, file.size, file.media_type)
        for base, source in _signs(params):
            _add_film(base, artefacts[source], entries)
        _theme(params, step, plan, artefacts, entries)
    return tuple(entries[path] for path in sorted(entries))


def _bases(params: PagesParams) -> Iterator[tuple[str, str]]:
    for asset in params.assets:
        yield asset.base, asset.input
        yield from zip(asset.cue_bases, asset.cues, strict=True)
        yield from zip(asset.described_bases, asset.described, strict=True)
        if asset.stream:
            yield asset.stream_base, asset.stream


def _signs(params: PagesParams) -> Iterator[tuple[str, str]]:
    for asset in params.assets:
        yield from zip(asset.sign_bases, asset.signs, strict=True)


def _add_film(base: str, artefact: Artefact, entries: dict[str, Entry]) -> None:
    """A sign-language video is one file: it is never streamed."""
    if not artefact.failed:
        file = artefact.file(msgspec.convert(artefact.facts, VideoFacts).mp4)
        path = f"{output_folder(base, artefact)}/{file.name}"
        entries[path] = Entry(path, file.digest, file.size, file.media_type)


def _theme(
    params: PagesParams,
    step: Step,
    plan: Plan,
    artefacts: Mapping[str, Artefact],
    entries: dict[str, Entry],
) -> None:
    theme = next(s for s in plan.steps if s.kind == "theme" and s.params["theme"] == params.site.theme)
    files = {f.name: f for f in artefacts[theme.id].files}
    for name, url in params.site.static.items():
        if url not in entries:
            f = files[name]
            entries[url] = Entry(url, f.digest, f.size, f.media_type)


def static_url(name: str, digest: str) -> str:
    """Where a theme file goes: its content is in the name, so that caches may keep it for ever."""
    return f"static/{static_name(name, digest)}"
