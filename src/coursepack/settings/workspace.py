"""`coursepack.yaml`: the settings of a workspace, a folder that holds courses."""

from pathlib import Path
from typing import Any

import msgspec

from coursepack.model.diagnostic import Diagnostic

FILE_NAME = "coursepack.yaml"


class Workspace(msgspec.Struct, frozen=True):
    """Where courses are, where output goes, and what the machine offers. Folders are relative to `root`."""

    root: Path
    """Absolute."""
    sources: str = "course_sources"
    output: str = "build"
    cache: str = ".coursepack"
    language: str = ""
    """Language of messages, a BCP 47 tag; "" for the terminal's."""
    ffmpeg: str = ""
    """Path of a system ffmpeg; "" for the one that comes with the package."""
    jobs: int = 0
    """Parallel steps; 0 for the number of cores."""
    provider: str = ""
    """The organisation named in catalogue records of courses that name none."""
    site_url: str = ""
    """Address that courses are published below."""
    asr_model: str = ""
    """For `captions draft`: folder, size or id of a Whisper model; "" for `small`."""


def load_workspace(start: Path) -> tuple[Workspace, tuple[Diagnostic, ...]]:
    """The workspace of `start` (a folder or file): the nearest `coursepack.yaml` upwards, else defaults there.

    A wrong key keeps its default and is reported; paths of diagnostics are the settings file's name.
    """
    here = start.absolute()
    folder = here if here.is_dir() else here.parent
    for candidate in (folder, *folder.parents):
        try:
            data = (candidate / FILE_NAME).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError as e:
            return Workspace(root=candidate), (_unreadable(e),)
        values, found = read_workspace(data)
        return Workspace(root=candidate, **values), found
    return Workspace(root=folder), ()


def read_workspace(data: bytes) -> tuple[dict[str, Any], tuple[Diagnostic, ...]]:
    """The values given in a `coursepack.yaml`."""
    from coursepack.settings.workspace_fields import WORKSPACE
    from coursepack.settings.yaml_reader import Report, read_yaml

    report = Report(FILE_NAME)
    root = read_yaml(data, report)
    values = WORKSPACE.check(root, "", report) if root else None
    return values or {}, tuple(report.found)


def _unreadable(e: OSError) -> Diagnostic:
    from coursepack.model.codes import diagnostic

    return diagnostic("CP150", FILE_NAME, problem=e.strerror or str(e))
