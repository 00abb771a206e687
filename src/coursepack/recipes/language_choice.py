"""Which of several languages a reader is given."""

from collections.abc import Sequence


def nearest(language: str, choices: Sequence[str]) -> str:
    """The choice a reader of `language` understands best: the same, else the same primary language, else the first.

    "" where there is no choice.
    """
    same = [c for c in choices if c.lower() == language.lower()]
    related = [c for c in choices if c.lower().split("-")[0] == language.lower().split("-")[0]]
    return next(iter([*same, *related, *choices]), "")
