"""Images without words, or with words that say nothing."""

import re
from collections.abc import Iterator

from coursepack.check.view import View
from coursepack.model.codes import diagnostic
from coursepack.model.diagnostic import Diagnostic

_EMPTY_WORDS = re.compile(
    r"""(?:an?\s+|the\s+)?(?:image|img|picture|pic|photo|photograph|graphic|figure|fig|icon|screenshot|screen\ shot
    |diagram|illustration|alt|alt\ text|untitled|placeholder|图|图片|圖片|圖|照片|截图|截圖|屏幕截图|插图|插圖|示意图|示意圖
    |图像|圖像|配图|配圖)[\s._-]*\d*[.。]?""",
    re.VERBOSE | re.IGNORECASE,
)
_FILE_NAME = re.compile(r"[^\s/]+\.(?:png|jpe?g|gif|webp|avif|svg|bmp|tiff?)", re.IGNORECASE)
_MACHINE_NAME = re.compile(r"[_\d]|.-.")


def find(view: View) -> Iterator[Diagnostic]:
    """CP401 no alternative text, CP402 one that is a file name or the word "image"."""
    for lesson, link in view.links("image"):
        path = lesson.source.path
        if link.role == "thumbnail":
            continue  # Shown beside the page's title, which says it all.
        if link.alt is None:
            yield diagnostic("CP401", path, link.line, link.column, target=link.path, name=_name(link.path))
        elif says_nothing(link.alt, link.path):
            yield diagnostic(
                "CP402", path, link.line, link.column, target=link.path, alt=link.alt.strip()[:80]
            )


def _name(path: str) -> str:
    return path.rpartition("/")[2]


def says_nothing(alt: str, path: str) -> bool:
    """Whether `alt` tells nothing of the image at `path`. Empty on purpose (decoration) says enough."""
    words = alt.strip()
    if not words:
        return False
    stem = path.rpartition("/")[2].rpartition(".")[0]
    if words == stem and _MACHINE_NAME.search(stem):
        return True
    return bool(_EMPTY_WORDS.fullmatch(words) or _FILE_NAME.fullmatch(words))
