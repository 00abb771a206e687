"""Small built courses, as the build leaves them: files and a `release.json`."""

from pathlib import Path

import msgspec

from coursepack.model.bundle import Bundle, Entry, Release
from coursepack.model.digest import digest_bytes, digest_json

TYPES = {
    "html": "text/html",
    "css": "text/css",
    "js": "text/javascript",
    "png": "image/png",
    "svg": "image/svg+xml",
    "vtt": "text/vtt",
    "m3u8": "application/vnd.apple.mpegurl",
    "mpd": "application/dash+xml",
    "mp4": "video/mp4",
    "m4s": "video/iso.segment",
    "pdf": "application/pdf",
    "webmanifest": "application/manifest+json",
}

HOME = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Pay safely</title>
<link rel="stylesheet" href="static/style.css"></head>
<body><a href="index.html">Home</a> <a href="01-scan/02-check.html#top">Check</a>
<img src="media/code.png" alt="A code" srcset="media/code.png 1x, media/big.png 2x"></body></html>
"""
LESSON = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Check</title>
<link rel="stylesheet" href="../static/style.css"></head>
<body><a href="../index.html">Home</a> <a href="../">Up</a>
<img src="../media/code.png" alt="A code"></body></html>
"""
SITE: dict[str, bytes] = {
    "index.html": HOME.encode(),
    "01-scan/02-check.html": LESSON.encode(),
    "static/style.css": b"body { background: url(../media/code.png) }",
    "media/code.png": b"\x89PNG small",
    "media/big.png": b"\x89PNG " + b"big" * 400,
}


def write_build(
    folder: Path,
    site: dict[str, bytes] = SITE,
    *,
    course: str = "pay-safely",
    version: str = "1",
    archives: dict[str, bytes] | None = None,
    record: dict | None = None,
    tools: dict[str, str] | None = None,
) -> Path:
    """Writes a build and returns its folder."""
    entries = tuple(
        Entry(
            path,
            digest_bytes(data),
            len(data),
            TYPES.get(path.rpartition(".")[2], "application/octet-stream"),
        )
        for path, data in sorted(site.items())
    )
    for path, data in site.items():
        target = folder / "web" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    bundles = [Bundle("web", "web", sum(e.size for e in entries), digest_json(entries), entries)]
    for name, data in (archives or {}).items():
        path = f"{course}-{version}.{name}.zip"
        (folder / path).write_bytes(data)
        bundles.append(Bundle(name, path, len(data), digest_bytes(data), ()))
    release = Release(
        schema=1,
        course=course,
        version=version,
        languages=("en",),
        bundles=tuple(bundles),
        tools=tools or {"coursepack": "0"},
        record=record or {"@context": "https://schema.org", "@type": "Course", "name": "Pay safely"},
    )
    (folder / "release.json").write_bytes(msgspec.json.encode(release))
    return folder
