"""Media files that nothing shows."""

from collections.abc import Iterator

from coursepack.check.view import View
from coursepack.model.codes import diagnostic
from coursepack.model.diagnostic import Diagnostic
from coursepack.source.media_names import is_media
from coursepack.source.naming import left_out

_SIDECAR_WORDS = (".sign.", ".described.", ".read.")


def find(view: View) -> Iterator[Diagnostic]:
    """CP208. A sign or described version goes with its main file and is not reported by itself; a page read aloud
    goes with its page (CP470)."""
    assets = view.course.assets
    used = set(assets) | {s.source.path for a in assets.values() for s in a.sidecars}
    for path in sorted(view.sources):
        if not is_media(path) or path in used or left_out(path):
            continue
        name = path.rpartition("/")[2]
        if not any(word in name.lower() for word in _SIDECAR_WORDS):
            yield diagnostic("CP208", path, name=name)
