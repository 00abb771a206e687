"""The name that was probably meant."""

from collections.abc import Iterable
from typing import Any


def nearest(name: str, names: Iterable[str], *, cutoff: float = 0.6) -> str:
    """The one of `names` most like `name`, or "" when none is like it. Looks at 500 names at most."""
    from difflib import get_close_matches
    from itertools import islice

    wanted = name.casefold()
    folded: dict[str, str] = {}
    for candidate in islice(names, 500):
        folded.setdefault(candidate.casefold(), candidate)
    if wanted in folded:
        return folded[wanted]
    found = get_close_matches(wanted, folded, n=1, cutoff=cutoff)
    return folded[found[0]] if found else ""


def maybe(found: str) -> dict[str, Any]:
    """The arguments `nearest` and `maybe` of a message; `maybe` reads the same in any language, "" without a name."""
    return {"nearest": found, "maybe": f" (→ {found}?)" if found else ""}
