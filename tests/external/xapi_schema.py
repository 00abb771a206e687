"""The rules of the Experience API 1.0.3 (Data) for the statements that we write, as JSON Schema.

Stricter than the standard: only the parts that we use may be there (2.4, 2.4.1 to 2.4.8; 4.1 Activity definitions).
"""

from typing import Any

_UUID = {
    "type": "string",
    "pattern": "^[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$",
}
_IRI = {"type": "string", "pattern": '^[a-z][a-z0-9+.-]*:[^\\s<>"{}|\\\\^`]+$'}
_MAP = {
    "type": "object",
    "minProperties": 1,
    "propertyNames": {"pattern": "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$"},
    "additionalProperties": {"type": "string"},
}
_DURATION = {"type": "string", "pattern": "^PT(?=.)([0-9]+H)?([0-9]+M)?([0-9]+(\\.[0-9]{1,2})?S)?$"}
_TIMESTAMP = {"type": "string", "pattern": "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z$"}
_EXTENSIONS = {"type": "object", "propertyNames": _IRI}


def _object(required: dict[str, Any], **optional: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "required": list(required),
        "properties": {**required, **optional},
        "additionalProperties": False,
    }


_VERBS = ("initialized", "completed", "answered", "progressed", "passed")
_ACTOR = _object(
    {
        "objectType": {"const": "Agent"},
        # Exactly one inverse functional identifier (2.4.2.3): an account that leads to no host.
        "account": _object(
            {"homePage": {"type": "string", "pattern": "^https://[a-z]+\\.invalid/$"}, "name": _UUID}
        ),
    }
)
_INTERACTIONS = [
    "true-false", "choice", "fill-in", "long-fill-in", "matching", "performance", "sequencing", "likert", "numeric", "other"
]  # fmt: skip
_DEFINITION = _object(
    {"type": _IRI},
    name=_MAP,
    description=_MAP,
    interactionType={"enum": _INTERACTIONS},
    correctResponsesPattern={"type": "array", "items": {"type": "string"}},
) | {
    # Interaction properties only with an interactionType (4.1.4.1).
    "dependentRequired": {"correctResponsesPattern": ["interactionType"]}
}
_SCORE = _object(
    {"raw": {"type": "number", "minimum": 0}},
    scaled={"type": "number", "minimum": -1, "maximum": 1},
    min={"const": 0},
    max={"type": "number", "exclusiveMinimum": 0},
)
_BARE = {"type": "array", "items": _object({"objectType": {"const": "Activity"}, "id": _IRI})}
_CONTEXT = _object(
    {"language": {"type": "string", "pattern": "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$"}},
    platform={"type": "string"},
    contextActivities=_object({}, parent=_BARE, grouping=_BARE),
)
_STATEMENT = _object(
    {
        "id": _UUID,
        "actor": _ACTOR,
        "verb": _object(
            {"id": {"enum": [f"http://adlnet.gov/expapi/verbs/{v}" for v in _VERBS]}, "display": _MAP}
        ),
        "object": _object({"objectType": {"const": "Activity"}, "id": _IRI}, definition=_DEFINITION),
        "timestamp": _TIMESTAMP,
        "context": _CONTEXT,
    },
    result=_object(
        {},
        score=_SCORE,
        success={"type": "boolean"},
        completion={"type": "boolean"},
        response={"type": "string"},
        duration=_DURATION,
        extensions=_EXTENSIONS,
    ),
)
STATEMENTS: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "array",
    "minItems": 1,
    "uniqueItems": True,
    "items": _STATEMENT,
}
"""A file of statements, as an exported one is."""
