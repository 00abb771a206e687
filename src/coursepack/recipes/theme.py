"""The recipe of kind "theme": a theme's static files, once for all pages."""

from pathlib import Path, PurePosixPath
from typing import Any

import msgspec

from coursepack.errors import EnvironmentMissing
from coursepack.model.recipe import Work
from coursepack.model.theme import ThemeSettings
from coursepack.tools.theme import STATIC_TYPES, chain_digest, load_theme
from coursepack.tools.theme_style import static_files


class ThemeRecipe:
    """Params: `theme`, its name; `digest`, that of the theme with all it builds on; `settings`, what the course sets
    over it (`ThemeSettings`). Files: by their names in the themes.
    """

    kind = "theme"
    version = 2

    def __init__(self, *places: Path) -> None:
        self._places = places

    def fingerprint(self) -> str:
        """Empty: the theme's digest is among the params."""
        return ""

    def run(self, work: Work) -> dict[str, Any]:
        """Writes the files. Raises `EnvironmentMissing` when the theme is another than was planned with."""
        params = work.step.params
        theme, _ = load_theme(self._places, params["theme"])
        if theme is None or chain_digest(theme.chain) != params["digest"]:
            raise EnvironmentMissing(f"the theme {params['theme']} changed during the build", "Build again.")
        settings = msgspec.convert(params.get("settings", {}), ThemeSettings)
        for name, data in static_files(theme, settings).items():
            work.write(name, data, STATIC_TYPES[PurePosixPath(name).suffix])
        return {}
