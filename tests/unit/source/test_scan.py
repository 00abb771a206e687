"""Scanning: what is there, what is left out, and links that must not be followed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from coursepack.source import scan as module
from coursepack.source.scan import scan


def write(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)


def paths(root: Path) -> list[str]:
    return [f.path for f in scan(root)[0]]


def test_sorted_with_facts(tmp_path: Path) -> None:
    write(tmp_path, "b/2.md", "b/10.md", "a.md", "b.md")
    files, found = scan(tmp_path)
    assert [f.path for f in files] == ["a.md", "b.md", "b/10.md", "b/2.md"]
    st = (tmp_path / "a.md").stat()
    assert (files[0].size, files[0].mtime_ns, files[0].inode) == (4, st.st_mtime_ns, st.st_ino)
    assert found == ()


def test_left_out_silently(tmp_path: Path) -> None:
    write(
        tmp_path,
        "a.md",
        ".git/x",
        ".hidden.md",
        "_drafts/x.md",
        "m/_old/x.md",
        "_includes/i.md",
        "m/_includes/i.md",
    )
    write(
        tmp_path,
        "node_modules/x.md",
        "Thumbs.db",
        "__pycache__/x",
        "build/index.html",
        "out/.coursepack-output",
    )
    write(tmp_path, "out/web/index.html", "_note.md")
    files, found = scan(tmp_path)
    assert [f.path for f in files] == [
        "_includes/i.md",
        "_note.md",
        "a.md",
        "build/index.html",
        "m/_includes/i.md",
    ]
    assert found == ()


def test_links(tmp_path: Path) -> None:
    root = tmp_path / "course"
    write(tmp_path, "secret.txt", "course-evil/x.txt")
    write(root, "a.md", "m/b.md")
    for name, target in {
        "good.md": "m/b.md",
        "self": "self",
        "up": "..",
        "outside.vtt": str(tmp_path / "secret.txt"),
        "prefix.txt": "../course-evil/x.txt",
        "device.mp4": "/dev/zero",
        "dangling.png": "nothing.png",
        "folder": "m",
        "here": ".",
    }.items():
        (root / name).symlink_to(target)
    files, found = scan(root)
    assert [f.path for f in files] == ["a.md", "good.md", "m/b.md"]
    assert {(d.path, d.code) for d in found} == {
        ("self", "CP171"),
        ("up", "CP170"),
        ("outside.vtt", "CP170"),
        ("prefix.txt", "CP170"),
        ("device.mp4", "CP170"),
        ("dangling.png", "CP171"),
        ("folder", "CP172"),
        ("here", "CP172"),
    }


def test_link_has_the_targets_facts(tmp_path: Path) -> None:
    write(tmp_path, "long-name.md")
    (tmp_path / "a").symlink_to("long-name.md")
    files, _ = scan(tmp_path)
    assert files[0].size == files[1].size == len("long-name.md")


def test_special_files_and_odd_names(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.mp4")
    (tmp_path / os.fsdecode(b"\xb8\xb6.md")).write_text("x")
    (tmp_path / "付款.md").write_text("x")
    (tmp_path / "new\nline.md").write_text("x")
    files, found = scan(tmp_path)
    assert [f.path for f in files] == ["new\nline.md", "付款.md"]
    assert sorted(d.code for d in found) == ["CP173", "CP174"]
    assert all(d.path.encode() for d in found)


def test_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "a/b/c/d.md", "1.md", "2.md", "3.md")
    monkeypatch.setattr(module, "MAX_DEPTH", 2)
    files, found = scan(tmp_path)
    assert [f.path for f in files] == ["1.md", "2.md", "3.md"]
    assert [(d.path, d.code) for d in found] == [("a/b/c", "CP175")]
    monkeypatch.setattr(module, "MAX_FILES", 2)
    files, found = scan(tmp_path)
    assert len(files) == 2
    assert "CP179" in {d.code for d in found}


def test_missing_root(tmp_path: Path) -> None:
    files, found = scan(tmp_path / "nothing")
    assert (files, [d.code for d in found]) == ((), ["CP176"])


def test_imports_nothing_heavy_when_all_is_well(tmp_path: Path) -> None:
    write(tmp_path, "a.md", "付款.md")
    code = (
        "import sys; from pathlib import Path; from coursepack.source.scan import scan; "
        "scan(Path(sys.argv[1])); "
        "print([m for m in sys.modules if m in ('yaml', 'markdown_it') or m.startswith('coursepack.model.codes')])"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "[]"
