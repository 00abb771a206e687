"""What an earlier build left: courses to publish as they are."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from coursepack.app.publish_all import Built
from coursepack.errors import UsageError
from coursepack.publish.release import read_release

_RELEASE = "release.json"
_REPORT_BYTES = 256 << 20


class _Found(msgspec.Struct):
    severity: str = ""
    course: str = ""


class _Course(msgspec.Struct):
    course: str = ""
    title: str = ""


class _Report(msgspec.Struct):
    diagnostics: list[_Found] = []
    courses: list[_Course] = []


def find_builds(paths: Sequence[Path]) -> tuple[Built, ...]:
    """The built courses at `paths`: folders with a `release.json`, or folders of such folders, in that order.

    The `report.json` beside them, if there is one, says which had errors. Raises `UsageError`.
    """
    folders = [f for path in paths for f in _folders(path)]
    reports: dict[Path, _Report] = {}
    found: list[Built] = []
    for folder in folders:
        report = reports.setdefault(folder.parent, _read_report(folder.parent))
        release = read_release(folder)
        errors = Counter(d.course for d in report.diagnostics if d.severity == "error")
        titles = {c.course: c.title for c in report.courses}
        title = titles.get(release.course) or _name(release.record)
        found.append(Built(release.course, title, release.version, folder, errors[release.course]))
    twice = [c for c, n in Counter(b.course for b in found).items() if n > 1]
    if twice:
        raise UsageError(f"the course {twice[0]} is there twice", "Name the folder that you mean.")
    return tuple(found)


def _folders(path: Path) -> Iterator[Path]:
    if (path / _RELEASE).is_file():
        yield path
        return
    inside = sorted(p.parent for p in path.glob(f"*/{_RELEASE}")) if path.is_dir() else []
    if not inside:
        raise UsageError(
            f"{path} holds no release.json, nor does a folder in it",
            "With --no-build, PATH is what `coursepack build` wrote.",
        )
    yield from inside


def _read_report(folder: Path) -> _Report:
    path = folder / "report.json"
    try:
        if path.stat().st_size > _REPORT_BYTES:
            return _Report()
        return msgspec.json.decode(path.read_bytes(), type=_Report)
    except (OSError, msgspec.DecodeError):
        return _Report()  # none, or of somebody else: then the releases speak for themselves


def _name(record: Any) -> str:
    name = record.get("name", "") if isinstance(record, dict) else ""
    return name if isinstance(name, str) else ""
