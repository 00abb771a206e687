"""JSON Schemas of the settings files, for editors, and of data for other programs: `python -m coursepack.settings.schema docs/reference`."""

import json
import sys
from pathlib import Path

from coursepack.model.quiz import LessonQuizzes
from coursepack.settings.course_fields import COURSE, FRONT_MATTER
from coursepack.settings.data_schema import struct_schema
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
    draft = "https://json-schema.org/draft/2020-12/schema"
    made = {
        name: {"$schema": draft, "title": title, **table.schema()} for name, (title, table) in _TABLES.items()
    }
    made["quiz.schema.json"] = struct_schema(LessonQuizzes, "coursepack questions of a lesson")
    return {name: json.dumps(schema, indent=2, ensure_ascii=False) + "\n" for name, schema in made.items()}


def main(folder: Path) -> None:
    """Writes them to `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in schemas().items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
