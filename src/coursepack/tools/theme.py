"""A theme is a folder without Python: templates, styles, static files, settings and message catalogues.

theme.yaml                            settings; `extends` names the theme that this one builds on
style.css  icon.svg  ...              static files, named as the templates ask for them
templates/                            Jinja2
locale/<language>/LC_MESSAGES/*.po    message catalogues, one for each part of the pages
scripts/ styles/                      in the package: sources of scripts and styles, not for readers
dist/                                 static files that hatch_build.py makes of them, and hls.js; named without "dist/"

Themes are found in the package and in `themes/` beside `coursepack.yaml`: what the operator of a workspace puts there.
A name of the package's cannot be taken. Of a chain of themes the first one comes before the others, file by file;
style sheets are joined, the last parent's first.
"""

import hashlib
import os
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

import msgspec

from coursepack.errors import EnvironmentMissing
from coursepack.model.codes import diagnostic
from coursepack.model.diagnostic import Diagnostic
from coursepack.model.digest import Digest, digest_bytes, digest_json
from coursepack.model.theme import ThemeSettings

STATIC_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".webp": "image/webp",
    ".jpg": "image/jpeg",
    ".woff2": "font/woff2",
    ".txt": "text/plain; charset=utf-8",
}
"""What a theme may hold beside templates and catalogues: suffix to media type."""

DEFAULT = "default"
SETTINGS_FILE = "theme.yaml"
MAX_FILE_BYTES = 4 << 20
MAX_FILES = 1000
MAX_CHAIN = 8

_HIDDEN_FOLDERS = {"templates", "locale", "scripts", "styles"}


class Theme(msgspec.Struct, frozen=True):
    """A theme with all that it builds on."""

    name: str
    chain: tuple[Path, ...]
    """Its own folder, its parent's, and so on; the last one is complete."""
    layers: tuple[ThemeSettings, ...]
    """The settings of each of `chain`."""

    @property
    def settings(self) -> ThemeSettings:
        """Its own over its parents'."""
        merged = ThemeSettings()
        for layer in reversed(self.layers):
            merged = layer.over(merged)
        return merged


def find_themes() -> Path:
    """The folder of the themes that come with the package. Raises `EnvironmentMissing`."""
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "themes", package.parent.parent / "themes"):
        if (folder / DEFAULT / "templates").is_dir():
            return folder
    raise EnvironmentMissing(
        f"the themes are missing beside {package}", "Install coursepack again; its wheel carries them."
    )


def theme_places(workspace: Path) -> tuple[Path, ...]:
    """The folders that themes lie in; the package's first."""
    own = find_themes()
    beside = workspace / "themes"
    # Seen from the package's own checkout both are the same.
    return (own, beside) if beside.is_dir() and beside.resolve() != own.resolve() else (own,)


def theme_names(places: Sequence[Path]) -> list[str]:
    """The names of all themes."""
    found = {p.name for place in places for p in place.iterdir() if _is_theme(p)}
    return sorted(found)


def _is_theme(folder: Path) -> bool:
    if folder.name.startswith(".") or folder.is_symlink():
        return False
    return (folder / SETTINGS_FILE).is_file() or (folder / "templates").is_dir()


def load_theme(places: Sequence[Path], name: str) -> tuple[Theme | None, list[Diagnostic]]:
    """The theme `name` with its parents, and what is wrong with its settings; None where it cannot be used."""
    found: list[Diagnostic] = []
    chain: list[Path] = []
    names: list[str] = []
    settings: list[ThemeSettings] = []
    at = name
    while True:
        # Names are looked up, never joined to a path: `theme: ../..` is just an unknown name.
        known = theme_names(places)
        problem = "a theme that is not there" if at not in known else "itself" if at in names else ""
        if problem or len(names) >= MAX_CHAIN:
            asking = names[-1] if names else name
            found.append(
                diagnostic("CP605", f"themes/{asking}/{SETTINGS_FILE}", theme=asking, parent=at, known=", ".join(known))
            )  # fmt: skip
            return None, found
        folder = next(place / at for place in places if _is_theme(place / at))
        parent, own, complaints = _read_settings(folder)
        found += complaints
        chain.append(folder)
        names.append(at)
        settings.append(own)
        if at == DEFAULT:
            break
        at = parent or DEFAULT
    return Theme(name, tuple(chain), tuple(settings)), found


def _read_settings(folder: Path) -> tuple[str, ThemeSettings, list[Diagnostic]]:
    path = folder / SETTINGS_FILE
    if not path.is_file() or path.is_symlink():
        return "", ThemeSettings(), []
    from coursepack.settings.theme_fields import THEME, theme_settings
    from coursepack.settings.yaml_reader import MAX_BYTES, Report, read_yaml

    report = Report(f"themes/{folder.name}/{SETTINGS_FILE}")
    with path.open("rb") as f:
        root = read_yaml(f.read(MAX_BYTES + 1), report)
    values = (THEME.check(root, "", report) if root else None) or {}
    return values.get("extends", ""), theme_settings(values), report.found


def theme_files(theme_dir: Path) -> dict[str, bytes]:
    """The static files of one theme by name (posix, sorted), such as "style.css" and "hls.js"."""
    return {
        name.removeprefix("dist/"): path.read_bytes()
        for name, path in _files(theme_dir)
        if path.suffix in STATIC_TYPES and name.split("/")[0] not in _HIDDEN_FOLDERS
    }


def unfit_files(theme_dir: Path) -> Iterator[tuple[str, str]]:
    """(name, what is wrong) of the files that are left out."""
    for root, folders, files in os.walk(theme_dir):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        here = Path(root)
        for name in sorted([*files, *(f for f in folders if (here / f).is_symlink())]):
            path = here / name
            shown = path.relative_to(theme_dir).as_posix()
            if name.startswith(".") or name.endswith(".tmp"):
                continue
            if path.is_symlink() or not path.is_file():
                yield shown, "a link"
            elif path.stat().st_size > MAX_FILE_BYTES:
                yield shown, f"> {MAX_FILE_BYTES >> 20} MiB"
            elif (
                shown.split("/")[0] not in _HIDDEN_FOLDERS
                and path.suffix not in STATIC_TYPES
                and shown != SETTINGS_FILE
                and path.suffix.lower() not in (".md", "")
            ):
                yield shown, ", ".join(sorted(STATIC_TYPES))


def theme_digest(theme_dir: Path) -> Digest:
    """The digest of all that shapes a page: the names and bytes of all of one theme's files."""
    lines = "".join(f"{digest_bytes(path.read_bytes())} {name}\n" for name, path in _files(theme_dir))
    return digest_bytes(lines.encode())


def chain_digest(chain: Sequence[Path]) -> Digest:
    """The same for a theme with all that it builds on."""
    digests = [theme_digest(folder) for folder in chain]
    return digests[0] if len(digests) == 1 else digest_json(digests)


def theme_stat(theme_dir: Path) -> str:
    """Changes when a file of the theme is touched: while it stays, `theme_digest` need not be taken again."""
    h = hashlib.sha256()
    for name, path in _files(theme_dir):
        s = path.stat()
        h.update(f"{name}\0{s.st_size}\0{s.st_mtime_ns}\0{s.st_ino}\n".encode("utf-8", "surrogateescape"))
    return h.hexdigest()[:32]


def places_stat(places: Sequence[Path]) -> str:
    """The same for all themes together."""
    folders = [p for place in places for p in sorted(place.iterdir()) if _is_theme(p)]
    return digest_json([[p.name, theme_stat(p)] for p in folders])


def static_name(name: str, digest: str) -> str:
    """What a static file is called for readers: its content is in the name, so that caches may keep it for ever."""
    path = PurePosixPath(name)
    return f"{path.stem}-{digest[:10]}{path.suffix}"


def _files(theme_dir: Path) -> Iterator[tuple[str, Path]]:
    # Links are not followed: what they lead to is not the theme's.
    found: list[tuple[str, Path]] = []
    for root, folders, names in os.walk(theme_dir):
        folders[:] = [f for f in folders if not f.startswith(".")]
        for name in names:
            path = Path(root) / name
            if name.startswith(".") or name.endswith(".tmp") or path.is_symlink() or not path.is_file():
                continue
            if path.stat().st_size <= MAX_FILE_BYTES:
                found.append((path.relative_to(theme_dir).as_posix(), path))
    yield from sorted(found)[:MAX_FILES]
