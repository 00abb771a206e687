"""Files too large to be handed around."""

from collections.abc import Iterator

from coursepack.check.view import View
from coursepack.model.codes import diagnostic
from coursepack.model.diagnostic import Diagnostic

LIMIT_BYTES = 2 << 30


def find(view: View) -> Iterator[Diagnostic]:
    """CP209, for files that the course uses."""
    for path, asset in view.course.assets.items():
        for source in (asset.source, *(s.source for s in asset.sidecars)):
            if source.size > LIMIT_BYTES and (
                source is asset.source or source.path not in view.course.assets
            ):
                yield diagnostic("CP209", source.path or path, size=f"{source.size / (1 << 30):.1f}")
