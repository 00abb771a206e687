"""Which folders are courses."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from coursepack.errors import UsageError

_MARKDOWN = (".md", ".markdown")


def find_courses(paths: Sequence[Path], default: Path) -> tuple[Path, ...]:
    """The course folders that the command means, in order.

    A path is a course folder, or a folder of courses when folders in it hold a `course.yaml`. None given: the
    courses below `default`. Raises `UsageError` when a path is not a folder or holds nothing to build.
    """
    if not paths:
        if not default.is_dir():
            raise UsageError(
                f"there is no folder {default}",
                "name a course folder (`coursepack build my-course`) or make one with `coursepack new my-course`",
            )
        found = list(_children(default))
        if not found:
            raise UsageError(f"{default} holds no courses", "make one with `coursepack new`")
        return tuple(found)
    return tuple(course for path in paths for course in _courses_at(path))


def _courses_at(path: Path) -> Iterable[Path]:
    if not path.exists():
        raise UsageError(
            f"{path} does not exist", "check the spelling; a course is a folder of Markdown files"
        )
    if not path.is_dir():
        raise UsageError(f"{path} is not a folder", "name the folder that holds the Markdown file")
    if (path / "course.yaml").exists():
        return [path]
    children = list(_children(path))
    if any((c / "course.yaml").exists() for c in children):
        return children
    return [path]


def _children(folder: Path) -> Iterable[Path]:
    for child in sorted(folder.iterdir()):
        if child.is_dir() and not child.name.startswith((".", "_")) and _is_course(child):
            yield child


def _is_course(folder: Path) -> bool:
    return (folder / "course.yaml").exists() or any(
        p.suffix.lower() in _MARKDOWN for p in folder.rglob("*.*")
    )
