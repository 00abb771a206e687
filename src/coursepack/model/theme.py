"""How a theme, or a course, wants its pages to look: what can be set without templates or styles."""

import msgspec

Pair = tuple[str, str]
"""A colour in the light and in the dark scheme, "#rrggbb"; "" where it is left to the theme."""


class ThemeSettings(msgspec.Struct, frozen=True, omit_defaults=True):
    """`theme.yaml`, or `theme:` in `course.yaml`, checked."""

    colours: dict[str, Pair] = {}
    """Name of a token of `styles/tokens.css`, without dashes in front, to its colours."""
    fonts: dict[str, str] = {}
    """"text", "heading" or "mono" to "serif", "sans" or a list of family names."""
    corners_px: int = -1
    """Radius of boxes; -1: the theme's."""
    logo: str = ""
    """Name of a static file of the theme."""
    logo_alt: str = ""
    """What the logo says, where it says more than the course's title beside it."""
    footer: dict[str, str] = {}
    """Language to a line at the foot of each page; "" is for all other languages."""
    mend: bool = False
    """Whether colours that give too little contrast are moved until they give enough."""

    def over(self, parent: "ThemeSettings") -> "ThemeSettings":
        """These settings where they say something, else those of `parent`."""
        colours = dict(parent.colours)
        for name, (light, dark) in self.colours.items():
            before = colours.get(name, ("", ""))
            # A light colour of one's own does not go with the parent's dark one.
            colours[name] = (light or before[0], dark or ("" if light else before[1]))
        return ThemeSettings(
            colours=colours,
            fonts=parent.fonts | self.fonts,
            corners_px=self.corners_px if self.corners_px >= 0 else parent.corners_px,
            logo=self.logo or parent.logo,
            logo_alt=self.logo_alt if self.logo else parent.logo_alt,
            footer=parent.footer | self.footer,
            mend=self.mend or parent.mend,
        )


class Brand(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the templates print of the settings, for one language."""

    logo: str = ""
    """Name of a static file; "" for none."""
    logo_alt: str = ""
    footer: str = ""
    bars: Pair = ("#faf6ef", "#1b1917")
    """The colour at the top of the page in the light and the dark scheme, for the browser's own bars."""
