"""The registries: what is built in, and what other packages add by entry points.

Entry point groups: `coursepack.recipes` (a callable without arguments that gives a `Recipe`) and
`coursepack.formats` (the same for a `Format`).
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, cast

from coursepack.formats.layout import Format
from coursepack.formats.mobile import MobileFormat
from coursepack.formats.web import WebFormat
from coursepack.model.recipe import Recipe

FORMATS: dict[str, Callable[[], Format]] = {
    "web": WebFormat,
    "mobile": MobileFormat,
}


def formats() -> dict[str, Format]:
    """Every bundle format by name; a plug-in cannot replace a built-in one."""
    found = {name: cast(Callable[[], Format], load) for name, load in _added("coursepack.formats")}
    return {name: make() for name, make in (found | FORMATS).items()}


def recipes(ffmpeg: str, themes: Sequence[Path]) -> dict[str, Recipe]:
    """Every recipe by kind. `ffmpeg`: path of a system ffmpeg, "" for the embedded one; `themes`: where themes lie."""
    from coursepack.recipes.audio import AudioRecipe
    from coursepack.recipes.captions import CaptionsRecipe
    from coursepack.recipes.chunks import ChunkRecipe
    from coursepack.recipes.compliant import RemuxRecipe
    from coursepack.recipes.file import FileRecipe
    from coursepack.recipes.image import ImageRecipe
    from coursepack.recipes.look import LookRecipe
    from coursepack.recipes.offline import OfflineRecipe
    from coursepack.recipes.pages import PagesRecipe
    from coursepack.recipes.search import SearchRecipe
    from coursepack.recipes.search_index import SearchIndexRecipe
    from coursepack.recipes.soundtrack import SoundRecipe
    from coursepack.recipes.speech import SpeechRecipe
    from coursepack.recipes.stream import StreamRecipe
    from coursepack.recipes.theme import ThemeRecipe
    from coursepack.recipes.video import VideoRecipe
    from coursepack.tools.ffmpeg import find_ffmpeg

    tool = find_ffmpeg(ffmpeg)
    built_in: list[Recipe] = [
        VideoRecipe(tool),
        LookRecipe(tool),
        SearchRecipe(tool),
        SoundRecipe(tool),
        ChunkRecipe(tool),
        RemuxRecipe(tool),
        StreamRecipe(tool),
        AudioRecipe(tool),
        SpeechRecipe(tool),
        CaptionsRecipe(),
        ImageRecipe(tool),
        FileRecipe(),
        PagesRecipe(*themes),
        SearchIndexRecipe(),
        OfflineRecipe(),
        ThemeRecipe(*themes),
    ]
    added = [cast(Callable[[], Recipe], load)() for _, load in _added("coursepack.recipes")]
    return {r.kind: r for r in [*added, *built_in]}


def _added(group: str) -> Iterator[tuple[str, Any]]:
    # Costs 15 ms, which a build without changes does not have.
    from importlib.metadata import entry_points

    for entry in entry_points(group=group):
        yield entry.name, entry.load()
