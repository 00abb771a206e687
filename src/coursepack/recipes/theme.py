"""The recipe of kind "theme": a theme's static files, once for all pages."""

from pathlib import Path, PurePosixPath
from typing import Any

from coursepack.errors import EnvironmentMissing
from coursepack.model.recipe import Work
from coursepack.tools.theme import STATIC_TYPES, theme_digest, theme_files


class ThemeRecipe:
    """Params: `theme`, the folder's name, and `digest`, that of the theme. Files: by their names in the theme."""

    kind = "theme"
    version = 1

    def __init__(self, themes: Path) -> None:
        self._themes = themes

    def fingerprint(self) -> str:
        """Empty: the theme's digest is among the params."""
        return ""

    def run(self, work: Work) -> dict[str, Any]:
        """Copies the files. Raises `EnvironmentMissing` when the theme is another than was planned with."""
        theme = self._themes / work.step.params["theme"]
        if theme_digest(theme) != work.step.params["digest"]:
            raise EnvironmentMissing(f"the theme {theme.name} changed during the build", "Build again.")
        for name, data in theme_files(theme).items():
            work.write(name, data, STATIC_TYPES[PurePosixPath(name).suffix])
        return {}
