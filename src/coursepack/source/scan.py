"""What files a course folder holds. The hot path of a build that changes nothing: one scandir and one stat a file."""

import os
import stat
from pathlib import Path
from typing import Any

import msgspec

from coursepack.model.diagnostic import Diagnostic

MAX_DEPTH = 64
MAX_FILES = 200_000
OUTPUT_MARKER = ".coursepack-output"
"""A folder that holds a file of this name was written by a build and is no source."""

_LITTER = frozenset({"Thumbs.db", "desktop.ini", "__pycache__", "node_modules"})


class ScannedFile(msgspec.Struct, frozen=True, array_like=True):
    """A regular file, by what the file system says of it. `path` is relative, posix, spelt as on disk."""

    path: str
    size: int
    mtime_ns: int
    inode: int


def scan(root: Path) -> tuple[tuple[ScannedFile, ...], tuple[Diagnostic, ...]]:
    """All files below `root`, sorted by path, and what was left out for a reason the author should know.

    Left out silently: names that start with a dot, folders that start with `_` (but `_includes`), build output,
    litter of editors and tools. Links are followed to files inside `root` only. Never raises for what is inside
    `root`; a missing `root` gives no files and a finding.
    """
    return _Scanner(str(root)).run()


class _Scanner:
    def __init__(self, root: str) -> None:
        self.root = root
        self.real = os.path.realpath(root)
        self.files: list[ScannedFile] = []
        self.found: list[Diagnostic] = []

    def run(self) -> tuple[tuple[ScannedFile, ...], tuple[Diagnostic, ...]]:
        # A stack, not recursion: depth is the author's.
        stack = [("", 0)]
        while stack:
            prefix, depth = stack.pop()
            if depth > MAX_DEPTH:
                self.finding("CP175", prefix.rstrip("/"), limit=MAX_DEPTH)
                continue
            stack.extend((folder, depth + 1) for folder in self.folder(prefix))
            if len(self.files) > MAX_FILES:
                self.finding("CP179", "", limit=MAX_FILES)
                del self.files[MAX_FILES:]
                break
        self.files.sort(key=lambda f: f.path)
        self.found.sort(key=lambda d: (d.path, d.code))
        return tuple(self.files), tuple(self.found)

    def folder(self, prefix: str) -> list[str]:
        """Adds the files of one folder; returns its folders, each with a slash at the end."""
        try:
            with os.scandir(f"{self.root}/{prefix}") as it:
                entries = list(it)
        except OSError as e:
            self.finding("CP176", prefix.rstrip("/"), problem=e.strerror or str(e))
            return []
        if prefix and any(entry.name == OUTPUT_MARKER for entry in entries):
            return []
        folders = []
        for entry in entries:
            name = entry.name
            if name[0] == "." or name in _LITTER:
                continue
            if not name.isascii() and not self.decodable(prefix, name):
                continue
            try:
                if entry.is_symlink():
                    self.link(prefix + name)
                elif entry.is_dir(follow_symlinks=False):
                    if name[0] != "_" or name == "_includes":
                        folders.append(f"{prefix}{name}/")
                else:
                    self.add(prefix + name, entry.stat(follow_symlinks=False))
            except FileNotFoundError:
                continue  # Removed while we look: as if it had never been there.
            except OSError as e:
                self.finding("CP176", prefix + name, problem=e.strerror or str(e))
        return folders

    def add(self, path: str, st: os.stat_result) -> None:
        if stat.S_ISREG(st.st_mode):
            self.files.append(ScannedFile(path, st.st_size, st.st_mtime_ns, st.st_ino))
        else:
            self.finding("CP173", path)

    def link(self, path: str) -> None:
        full = f"{self.root}/{path}"
        try:
            # strict: a link to itself or to nothing is an OSError, not a guess.
            target = os.path.realpath(full, strict=True)
        except OSError as e:
            self.finding("CP171", path, target=self.shown(full), problem=e.strerror or str(e))
            return
        if target != self.real and not target.startswith(self.real + os.sep):
            self.finding("CP170", path, target=self.shown(full))
            return
        st = os.stat(target)  # noqa: PTH116 - a Path for each file costs more than the stat
        if stat.S_ISDIR(st.st_mode):
            self.finding("CP172", path, target=self.shown(full))
        else:
            self.add(path, st)

    @staticmethod
    def shown(full: str) -> str:
        return _escaped(os.readlink(full))  # noqa: PTH115

    def decodable(self, prefix: str, name: str) -> bool:
        try:
            name.encode("utf-8")
        except UnicodeEncodeError:
            self.finding("CP174", prefix + _escaped(name))
            return False
        return True

    def finding(self, code: str, path: str, **args: Any) -> None:
        # Imported here: the words of all codes are much to load when nothing is wrong.
        from coursepack.model.codes import diagnostic

        self.found.append(diagnostic(code, path, **args))


def _escaped(name: str) -> str:
    """The name with the bytes that are no UTF-8 written as a shell would: `\\xd6`."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")
