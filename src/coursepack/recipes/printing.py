"""What printing one page needs at hand, passed to the functions that print its parts."""

from collections.abc import Mapping
from typing import Any

import jinja2
import msgspec
from markupsafe import Markup

from coursepack.model.site import PageSpec, SiteFacts
from coursepack.recipes.addresses import relative
from coursepack.recipes.page_assets import Assets


class Printing(msgspec.Struct, frozen=True):
    """One page being printed."""

    page: PageSpec
    site: SiteFacts
    assets: Assets
    templates: jinja2.Environment
    words: Mapping[str, str]
    text_words: Mapping[str, str] | None = None
    """The same in the language of the text, where that is another than the page's."""

    @property
    def of_text(self) -> "Printing":
        """For what is part of the text, as questions are: speaks its language."""
        return msgspec.structs.replace(self, words=self.text_words) if self.text_words else self

    @property
    def page_language(self) -> str:
        """The language of the page: that of its edition."""
        return self.site.language

    def href(self, url: str, fragment: str = "") -> str:
        """The address of an output file as seen from this page."""
        return relative(self.page.url, url, fragment)

    def say(self, message: str, **values: object) -> str:
        """A message of the theme in the page's language, filled in."""
        text = self.words[message]
        return text % values if values else text

    def fill(self, template: str, **values: Any) -> Markup:
        """A template of the theme, filled."""
        return finished(self.templates.get_template(template).render(_=self.words.__getitem__, **values))

    def missing(self, message: str, label: str) -> Markup:
        """A notice in place of something that could not be built; fits inside a sentence."""
        return self.fill("missing.html", message=self.words[message], label=label)


def finished(html: str) -> Markup:
    """HTML that is final: parsed from Markdown and sanitised, or printed by a template that escapes."""
    return Markup(html)  # noqa: S704 - the one place that vouches for HTML


def clock(ms: int) -> str:
    """A time in a recording for people: "0:07", "12:05", "1:02:03"."""
    seconds = ms // 1000
    hours, minutes, seconds = seconds // 3600, seconds // 60 % 60, seconds % 60
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def iso_duration(ms: int) -> str:
    """The same for machines (ISO 8601): "PT12M5S"."""
    seconds = ms // 1000
    hours, minutes, seconds = seconds // 3600, seconds // 60 % 60, seconds % 60
    parts = "".join(f"{n}{unit}" for n, unit in ((hours, "H"), (minutes, "M"), (seconds, "S")) if n)
    return f"PT{parts or '0S'}"


def size_words(size: int) -> str:
    """Bytes for people, decimal as operators of mobile networks count: "640 kB", "3.4 MB"."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} kB"
    return f"{size / 1_000_000:.1f} MB" if size < 1_000_000_000 else f"{size / 1_000_000_000:.1f} GB"
