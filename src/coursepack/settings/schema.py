"""JSON Schemas of the settings files, for editors: `python -m coursepack.settings.schema docs/reference`."""

import json
import sys
from pathlib import Path

from coursepack.settings.course_fields import COURSE, FRONT_MATTER
from coursepack.settings.fields import Table
from coursepack.settings.theme_fields import THEME
from coursepack.settings.workspace_fields import WORKSPACE

_TABLES: dict[str, tuple[str, Table]] = {
    "course.schema.json": ("coursepack course.yaml", COURSE),
    "workspace.schema.json": ("coursepack coursepack.yaml", WORKSPACE),
    "theme.schema.json": ("coursepack theme.yaml", THEME),
    "front-matter.schema.json": ("coursepack lesson front matter", FRONT_MATTER),
}


def schemas() -> dict[str, str]:
    """File name to text of every schema (JSON Schema 2020-12)."""
    return {
        name: json.dumps(
            {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title, **table.schema()},
            indent=2,
            ensure_ascii=False,
        )
        + "\n"
        for name, (title, table) in _TABLES.items()
    }


def main(folder: Path) -> None:
    """Writes them to `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in schemas().items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
