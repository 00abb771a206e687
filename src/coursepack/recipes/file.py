"""Recipe "file": a download, byte for byte, that cannot run as a page of the site."""

import shutil
from pathlib import PurePosixPath
from typing import Any

from coursepack.model.recipe import Work

_SAFE_TYPES = {
    "pdf": "application/pdf",
    "epub": "application/epub+zip",
    "zip": "application/zip",
    "gz": "application/gzip",
    "tgz": "application/gzip",
    "7z": "application/x-7z-compressed",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt": "application/vnd.ms-powerpoint",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "csv": "text/csv; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "md": "text/plain; charset=utf-8",
    "py": "text/plain; charset=utf-8",
    "json": "application/json",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "avif": "image/avif",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "ogg": "audio/ogg",
    "wav": "audio/wav",
    "mp4": "video/mp4",
    "webm": "video/webm",
    "vtt": "text/vtt; charset=utf-8",
    "woff2": "font/woff2",
}
_UNKNOWN = "application/octet-stream"
# What a browser would run when the address is opened. A static host goes by the name and knows nothing of our media
# type, so the name must not say it either.
_ACTIVE = frozenset(
    "html htm xhtml xht shtml mhtml mht svg svgz xml xsl xslt rdf atom rss js mjs cjs css wasm swf hta".split()  # noqa: SIM905 - a table to read
)


def media_type(name: str) -> str:
    """The type to serve a download called `name` with; unknown and active ones are `application/octet-stream`."""
    return _SAFE_TYPES.get(PurePosixPath(name).suffix.lower().lstrip("."), _UNKNOWN)


def stored_name(name: str) -> str:
    """`name`, with `.download` behind it where a static host would serve it as something that runs."""
    suffix = PurePosixPath(name).suffix.lower().lstrip(".")
    return f"{name}.download" if suffix in _ACTIVE else name


class FileRecipe:
    """Input "source"; param `name`, already safe in an address. Facts: `file`, `size`, `media_type`."""

    kind = "file"
    version = 1

    def fingerprint(self) -> str:
        """Nothing outside shapes the bytes."""
        return ""

    def run(self, work: Work) -> dict[str, Any]:
        """The same bytes as one file."""
        name = stored_name(str(work.step.params["name"]))
        copy = work.folder / "file"
        shutil.copyfile(work.source_path("source"), copy)
        size = copy.stat().st_size
        work.add(name, copy, media_type(name))
        return {"file": name, "size": size, "media_type": media_type(name)}
