"""Which existing file a broken link may have meant."""

from collections import defaultdict

from coursepack.check.view import View
from coursepack.settings.nearest import nearest
from coursepack.source.media_names import IMAGES, extension_of

_BUDGET = 200
"""Suggestions by likeness in one course: each compares hundreds of names."""


def _shared(a: str, b: str) -> int:
    """How many folders from the top two paths share."""
    pairs = zip(a.split("/")[:-1], b.split("/")[:-1], strict=False)
    return next((n for n, (x, y) in enumerate(pairs) if x != y), min(a.count("/"), b.count("/")))


class Suggest:
    """Remembers what it answered: the same name is often wrong in many places."""

    def __init__(self, view: View) -> None:
        self._names: dict[str, list[str]] = defaultdict(list)
        self._folders: dict[str, list[str]] = defaultdict(list)
        for path in view.sources:
            folder, _, name = path.rpartition("/")
            self._names[name.casefold()].append(path)
            self._folders[folder].append(name)
        self._answers: dict[str, str] = {}

    def path(self, wanted: str, *, image: bool = False) -> str:
        """The file of that name nearest by, else the most alike in the same folder; "" for none."""
        if wanted not in self._answers:
            self._answers[wanted] = self._look(wanted, image)
        return self._answers[wanted]

    def _look(self, wanted: str, image: bool) -> str:
        folder, _, name = wanted.rpartition("/")
        elsewhere = self._names.get(name.casefold(), [])
        if elsewhere and name.casefold() not in {"index.md", "readme.md"}:
            return max(sorted(elsewhere), key=lambda path: _shared(path, wanted))
        cut = [n for n in self._folders.get(folder, ()) if n.startswith((f"{name}#", f"{name}?"))]
        if image:
            cut = [n for n in cut if extension_of(n) in IMAGES]
        if cut:
            # `![](c#.png)`: the rest of the name was taken for a fragment or a query.
            return f"{folder}/{min(cut)}" if folder else min(cut)
        if len(self._answers) >= _BUDGET or folder not in self._folders:
            return ""
        extension = name.rpartition(".")[2].lower()
        same_kind = [n for n in self._folders[folder] if n.rpartition(".")[2].lower() == extension]
        found = nearest(name, same_kind, cutoff=0.75)
        return (f"{folder}/{found}" if folder else found) if found else ""
