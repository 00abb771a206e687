"""Which theme a course is printed with, and what of it is not right."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from coursepack.formats.layout import static_url
from coursepack.model.codes import diagnostic
from coursepack.model.course import Course, CourseInfo
from coursepack.model.diagnostic import Diagnostic
from coursepack.model.digest import Digest, digest_bytes
from coursepack.model.theme import Brand
from coursepack.tools.theme import DEFAULT, Theme, chain_digest, load_theme, theme_names
from coursepack.tools.theme_style import brand, static_files, theme_findings


class Dress(msgspec.Struct, frozen=True):
    """A theme that can be used, with what the course sets over it."""

    theme: Theme
    digest: Digest
    static: dict[str, str]
    """Static file -> its output path."""
    brands: dict[str, Brand]
    """By language of the edition."""
    findings: tuple[Diagnostic, ...]


def dress(course: Course, places: Sequence[Path]) -> Dress:
    """The theme that the course asks for, or the default one where that cannot be used: the findings say why."""
    info = course.info
    theme, found = _wanted(info, places)
    if theme and (broken := list(_broken_templates(theme, places[0]))):
        theme = None
        found += broken
    if theme is None:
        theme, _ = load_theme(places, DEFAULT)
        assert theme is not None  # noqa: S101 - `find_themes` looked
    else:
        found += theme_findings(theme, info.look, places[0])
    files = static_files(theme, info.look)
    settings = info.look.over(theme.settings)
    languages = {edition.language for edition in course.editions}
    return Dress(
        theme,
        chain_digest(theme.chain),
        {name: static_url(name, digest_bytes(data)) for name, data in files.items()},
        {language: brand(files, settings, language) for language in sorted(languages)},
        tuple(found),
    )


def _wanted(info: CourseInfo, places: Sequence[Path]) -> tuple[Theme | None, list[Diagnostic]]:
    known = theme_names(places)
    if info.theme not in known:
        return None, [diagnostic("CP603", "course.yaml", theme=info.theme, known=", ".join(known))]
    return load_theme(places, info.theme)


def _broken_templates(theme: Theme, built_in: Path) -> Iterator[Diagnostic]:
    """Templates that cannot be read; those of the package can."""
    own = [folder for folder in theme.chain if folder.parent != built_in]
    if not own:
        return
    import jinja2

    from coursepack.tools.templates import environment

    templates = environment(theme.chain, chain_digest(theme.chain))
    for folder in own:
        for path in sorted((folder / "templates").rglob("*.html")):
            name = path.relative_to(folder / "templates").as_posix()
            try:
                templates.get_template(f"!{folder.name}/{name}")
            except jinja2.TemplateSyntaxError as e:
                where = f"themes/{folder.name}/templates/{name}"
                yield diagnostic("CP609", where, e.lineno, 1, problem=e.message or "?")
            except UnicodeDecodeError:
                yield diagnostic("CP609", f"themes/{folder.name}/templates/{name}", problem="not UTF-8")
