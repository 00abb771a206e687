"""What a picture's first bytes say that it is: the content decides, never the name."""

import struct

# (offset, magic, name); names as in Pillow where it has one.
_MAGIC = (
    (0, b"\xff\xd8\xff", "JPEG"),
    (0, b"\x89PNG\r\n\x1a\n", "PNG"),
    (0, b"GIF87a", "GIF"),
    (0, b"GIF89a", "GIF"),
    (0, b"BM", "BMP"),
    (0, b"II*\0", "TIFF"),
    (0, b"MM\0*", "TIFF"),
    (0, b"8BPS", "Photoshop (PSD)"),
    (0, b"\0\0\1\0", "ICO"),
    (0, b"%PDF", "PDF"),
    (0, b"\xff\x0a", "JPEG XL"),
    (0, b"\0\0\0\x0cJXL ", "JPEG XL"),
    (0, b"\0\0\0\x0cjP  ", "JPEG 2000"),
    (0, b"\x1f\x8b", "gzip (SVGZ?)"),
    (0, b"PK\3\4", "ZIP"),
    (257, b"ustar", "TAR"),
)
_BRANDS = {
    **dict.fromkeys((b"avif", b"avis"), "AVIF"),
    **dict.fromkeys((b"heic", b"heix", b"hevc", b"heim", b"heis", b"hevm", b"mif1", b"msf1"), "HEIC"),
}


def sniff(head: bytes) -> str:
    """What the first 1,024 bytes of a file say it is: "JPEG", "SVG", "HEIC", ...; "" when they say nothing."""
    for offset, magic, name in _MAGIC:
        if head[offset:].startswith(magic):
            return name
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WEBP"
    if head[4:8] == b"ftyp":
        size = min(struct.unpack(">I", head[:4])[0], len(head))
        brands = [head[8:12], *(head[i : i + 4] for i in range(16, size, 4))]
        # A generic major brand (mif1) is made precise by the compatible ones.
        known = [_BRANDS[b] for b in brands if b in _BRANDS]
        return "AVIF" if "AVIF" in known else known[0] if known else "MP4"
    return _sniff_markup(head)


def _sniff_markup(head: bytes) -> str:
    wide = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}.get(head[:2])
    text = head.decode(wide or "latin-1", "ignore").lstrip("\ufeff\xef\xbb\xbf \t\r\n").lower()
    if not text.startswith("<"):
        return ""
    if text.startswith(("<!doctype html", "<html")):
        return "HTML"
    return "SVG" if "<svg" in text or text.startswith(("<?xml", "<!--", "<!doctype svg")) else "HTML"
