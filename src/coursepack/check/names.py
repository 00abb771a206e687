"""File names that do not travel."""

import re
import unicodedata
from collections.abc import Iterator

from coursepack.check.view import View
from coursepack.model.codes import diagnostic
from coursepack.model.diagnostic import Diagnostic
from coursepack.source.urls import fold

_ORDINARY = re.compile(r"[\w/()@+,=~' -][\w./()@+,=~' -]*", re.ASCII)
_WINDOWS = re.compile(r'[<>:"|?*\\]')
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)

_JOINERS = "\u200c\u200d"
"""Needed to write Persian and Indic words, and emoji."""
_MOST_BYTES = 240
"""Of one part: file systems stop at 255, and some add an extension of their own."""


def find(view: View) -> Iterator[Diagnostic]:
    """CP169 a name that some systems refuse, CP177 two names that some systems take for one."""
    for path in sorted(view.sources):
        first = view.folded[fold(path)]
        if first != path:
            yield diagnostic("CP177", path, other=first)
        what = _refused(path)
        if what:
            yield diagnostic("CP169", path, what=what)


def _refused(path: str) -> str:
    """The part or character of `path` that some system refuses; "" for none. Visible whatever it is."""
    for part in path.split("/"):
        if _DEVICES.fullmatch(part) or part[-1:] in {".", " "} or len(part.encode()) > _MOST_BYTES:
            return part if len(part) < 40 else f"{part[:40]}… ({len(part.encode())} B)"
    if _ORDINARY.fullmatch(path):
        return ""
    bad = _WINDOWS.search(path)
    if bad:
        return bad[0]
    hidden = next((c for c in path if unicodedata.category(c) in {"Cc", "Cf"} and c not in _JOINERS), "")
    return f"U+{ord(hidden):04X}" if hidden else ""
