"""Content types, for objects whose type was not recorded: archives, and files of a folder target."""

TYPES = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "vtt": "text/vtt; charset=utf-8",
    "m3u8": "application/vnd.apple.mpegurl",
    "mpd": "application/dash+xml",
    "m4s": "video/iso.segment",
    "mp4": "video/mp4",
    "m4a": "audio/mp4",
    "mp3": "audio/mpeg",
    "ts": "video/mp2t",
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "avif": "image/avif",
    "pdf": "application/pdf",
    "epub": "application/epub+zip",
    "zip": "application/zip",
    "imscc": "application/zip",
    "txt": "text/plain; charset=utf-8",
    "xml": "application/xml",
    "woff2": "font/woff2",
    "webmanifest": "application/manifest+json",
}

_UTF8 = ("text/html", "text/css", "text/javascript", "text/vtt", "application/javascript")
"""Types whose files we make ourselves, always in UTF-8. A download in another encoding keeps its bare type."""


def type_of_name(name: str) -> str:
    """The content type that goes with a file name's suffix."""
    _, dot, suffix = name.rpartition(".")
    return TYPES.get(suffix.lower() if dot else "", "application/octet-stream")


def with_charset(media_type: str) -> str:
    """The `Content-Type` to send for a file of the course."""
    return f"{media_type}; charset=utf-8" if media_type in _UTF8 else media_type
