"""A theme is a folder without Python: templates, static files, and message catalogues.

icon.svg  ...                         static files, named as the templates ask for them
scripts/ styles/                      sources of scripts and styles, not for readers
dist/                                 static files that hatch_build.py makes of them, and hls.js; named without "dist/"
templates/                            Jinja2
locale/<language>/LC_MESSAGES/*.po    message catalogues, one for each part of the pages
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from coursepack.errors import EnvironmentMissing
from coursepack.model.digest import Digest, digest_bytes

STATIC_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".txt": "text/plain; charset=utf-8",
}
"""What a theme may hold beside templates and catalogues: suffix to media type."""

_HIDDEN_FOLDERS = {"templates", "locale", "scripts", "styles"}


def find_themes() -> Path:
    """The folder of the themes that come with the package. Raises `EnvironmentMissing`."""
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "themes", package.parent.parent / "themes"):
        if (folder / "default" / "templates").is_dir():
            return folder
    raise EnvironmentMissing(
        f"the themes are missing beside {package}", "Install coursepack again; its wheel carries them."
    )


def theme_files(theme_dir: Path) -> dict[str, bytes]:
    """The static files by name (posix, sorted), such as "style.css" and "hls.js"."""
    return {
        name.removeprefix("dist/"): path.read_bytes()
        for name, path in _files(theme_dir)
        if path.suffix in STATIC_TYPES and name.split("/")[0] not in _HIDDEN_FOLDERS
    }


def theme_digest(theme_dir: Path) -> Digest:
    """The digest of all that shapes a page: the names and bytes of all the theme's files."""
    lines = "".join(f"{digest_bytes(path.read_bytes())} {name}\n" for name, path in _files(theme_dir))
    return digest_bytes(lines.encode())


def theme_stat(theme_dir: Path) -> str:
    """Changes when a file of the theme is touched: while it stays, `theme_digest` need not be taken again."""
    h = hashlib.sha256()
    for name, path in _files(theme_dir):
        s = path.stat()
        h.update(f"{name}\0{s.st_size}\0{s.st_mtime_ns}\0{s.st_ino}\n".encode("utf-8", "surrogateescape"))
    return h.hexdigest()[:32]


def _files(theme_dir: Path) -> Iterator[tuple[str, Path]]:
    found = ((p.relative_to(theme_dir).as_posix(), p) for p in theme_dir.rglob("*") if p.is_file())
    yield from sorted((name, p) for name, p in found if "/." not in f"/{name}" and not name.endswith(".tmp"))
