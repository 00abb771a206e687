"""The keys of `theme.yaml`, and of `theme:` in `course.yaml`."""

from typing import Any

import msgspec

from coursepack.model.theme import Pair, ThemeSettings
from coursepack.settings.fields import (
    Key,
    Language,
    MapOf,
    Number,
    OneOf,
    Pattern,
    Schema,
    Table,
    Text,
)
from coursepack.settings.yaml_reader import Node, Report

TOKENS = {
    "accent": "Links, buttons and what is chosen. The colours that go with it are made from it.",
    "accent-ink": "Letters on the accent.",
    "accent-wash": "Ground of what is chosen.",
    "bar": "Ground of the bar at the top.",
    "bar-ink": "Letters on that bar.",
    "paper": "Ground of the page.",
    "card": "Ground of boxes.",
    "sunk": "Ground of code and headings of tables.",
    "line": "Lines between things.",
    "edge": "Lines around what can be pressed or filled in.",
    "ink": "Letters.",
    "soft": "Letters of captions and remarks.",
    "mark": "Marked words and lines.",
}

_COLOUR = Pattern(r"#(?:[0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})", "“#a1b2c3”")
_PAIR = Table(
    {"light": Key(_COLOUR, "In the light scheme."), "dark": Key(_COLOUR, "In the dark scheme.")},
    short="light",
)
_FONT = Pattern(
    r"[\w \-]{1,60}(?:, ?[\w \-]{1,60}){0,9}",
    "serif, sans, “Source Serif 4, Georgia”",
)
_FILE = Pattern(r"(?!\.)[\w.-]{1,80}", "logo.svg")


class _PerLanguage(msgspec.Struct, frozen=True):
    """A text, or one for each language."""

    def check(self, node: Node, name: str, report: Report) -> dict[str, str] | None:
        if node.kind == "map":
            texts = self._map().check(node, name, report)
            return dict(texts) if texts is not None else None
        text = Text(500).check(node, name, report)
        return None if text is None else {"": text}

    def schema(self) -> Schema:
        return {"anyOf": [Text(500).schema(), self._map().schema()]}

    def _map(self) -> MapOf:
        return MapOf(Language().check, Text(500), "^[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8})*$")


LOOK = {
    "colours": Key(Table({name: Key(_PAIR, about) for name, about in TOKENS.items()}), "Colours."),
    "fonts": Key(
        Table(
            {
                "text": Key(_FONT, "Running text."),
                "heading": Key(_FONT, "Headings."),
                "mono": Key(_FONT, "Code."),
            }
        ),
        "Fonts that readers have: serif, sans, or names of families, best first.",
    ),
    "corners": Key(Number(0, 40, whole=True), "Radius of boxes, in pixels."),
    "footer": Key(_PerLanguage(), "A line at the foot of each page, or one for each language."),
    "contrast": Key(
        OneOf(("report", "mend")),
        "What happens to letters of less contrast than 7:1: they are reported, or moved until they have it.",
    ),
}
"""What a course may set, too."""

THEME = Table(
    {
        "extends": Key(Pattern(r"[\w.-]{1,80}", "default"), "The theme that this one builds on: default."),
        "title": Key(Text(200), "The theme's name for people."),
        "logo": Key(_FILE, "File of the theme that stands before the course's title."),
        "logo_alt": Key(Text(200), "What the logo says, where that is more than decoration."),
        **LOOK,
    }
)

COURSE_THEME = Table({"name": Key(Text(200), "Name of the theme."), **LOOK}, short="name")


def theme_settings(values: dict[str, Any]) -> ThemeSettings:
    """From what one of the two tables read."""
    pairs: dict[str, Pair] = {
        name: (_long(pair.get("light", "")), _long(pair.get("dark", "")))
        for name, pair in values.get("colours", {}).items()
    }
    return ThemeSettings(
        colours=pairs,
        fonts=dict(values.get("fonts", {})),
        corners_px=values.get("corners", -1),
        logo=values.get("logo", ""),
        logo_alt=values.get("logo_alt", ""),
        footer=dict(values.get("footer", {})),
        mend=values.get("contrast") == "mend",
    )


def _long(colour: str) -> str:
    colour = colour.lower()
    return "#" + "".join(2 * c for c in colour[1:]) if len(colour) == 4 else colour
