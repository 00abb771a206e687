"""JSON Schemas of data that we give to others, from the types and the words below their fields."""

import ast
import inspect
from itertools import pairwise
from typing import Any

import msgspec


def struct_schema(struct: type[msgspec.Struct], title: str) -> dict[str, Any]:
    """The JSON Schema (2020-12) of what `struct` is as JSON; its fields' docstrings are the descriptions."""
    whole = msgspec.json.schema(struct)
    parts: dict[str, Any] = whole["$defs"]
    for name, part in parts.items():
        words = _field_words(_named(struct, name))
        for field, schema in part.get("properties", {}).items():
            if field in words:
                schema["description"] = words[field]
    top = parts.pop(struct.__name__)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **top, "title": title, "$defs": parts}


def _named(struct: type[msgspec.Struct], name: str) -> type:
    found = vars(inspect.getmodule(struct))[name]
    assert isinstance(found, type)  # noqa: S101 - the module of the struct names all its parts
    return found


def _field_words(struct: type) -> dict[str, str]:
    tree = ast.parse(inspect.getsource(struct))
    body = tree.body[0].body if isinstance(tree.body[0], ast.ClassDef) else []
    words = {}
    for field, after in pairwise(body):
        if (
            isinstance(field, ast.AnnAssign)
            and isinstance(field.target, ast.Name)
            and isinstance(after, ast.Expr)
            and isinstance(after.value, ast.Constant)
        ):
            words[field.target.id] = " ".join(str(after.value.value).split())
    return words
