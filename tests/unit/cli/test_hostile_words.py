"""What authors' file names and words must not do to a terminal or a CI log."""

import os
import pty

import pytest
from tests.helpers.course import command, environment

from coursepack.build.events import StepEvent
from coursepack.cli.report.progress import Progress
from coursepack.cli.report.safe import plain

ESC, OVERRIDE = "\x1b", "\u202e"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("第一课 🎓\u200d.md", "第一课 🎓\u200d.md"),
        ("a\x1b[2Jb\x07", "a\\x1b[2Jb\\x07"),
        ("new\nline", "new\\nline"),
        ("gpj\u202e.exe", "gpj\\u202e.exe"),
        ("c1\x9b31m\x85", "c1\\x9b31m\\x85"),
        ("\udcff", "\\udcff"),
    ],
)
def test_only_steering_characters_are_written_out(text, shown):
    assert plain(text) == shown


def on_terminal(tmp_path, *arguments):
    """What a terminal receives, both streams."""
    pid, master = pty.fork()
    if pid == 0:
        os.chdir(tmp_path)
        words = command(*arguments)
        os.execve(words[0], words, environment(tmp_path / "cache", TERM="xterm"))
    data = b""
    while True:
        try:
            more = os.read(master, 65536)
        except OSError:
            break
        if not more:
            break
        data += more
    return data.decode("utf-8", "replace"), os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def test_names_reach_a_terminal_as_words(tmp_path):
    course = tmp_path / "evil"
    course.mkdir()
    (course / "course.yaml").write_text('id: evil\ntitle: "T \\e[31mred"\nlanguage: en\n')
    (course / "index.md").write_text("# Evil\n")
    (course / f"a{ESC}]0;owned\x07.md").write_text("# A\n\n![x](<no[/bold].png>)\n")
    (course / f"b{OVERRIDE}dm.md").write_text("# B\n\n![a red square](<[/x].png>)\n")
    (course / "[").mkdir()
    (course / "[" / "x].png").write_bytes(b"no picture")
    (course / os.fsdecode(b"\xd6\xd0.md")).write_text("# C\n")
    shown, code = on_terminal(tmp_path, "build", course, "-o", tmp_path / "out")
    assert code == 1, shown
    assert "CP174" in shown
    assert "\\xd6\\xd0.md" in shown
    assert "a\\x1b]0;owned\\x07.md" in shown
    assert f"{ESC}]0;owned" not in shown
    assert OVERRIDE not in shown
    assert "[/x].png" in shown
    assert "Traceback" not in shown


def test_a_name_that_looks_like_rich_markup_is_drawn(capfd):
    bars = Progress()
    bars.event(StepEvent("video 1", f"video [/x].mp4{ESC}]0;owned\x07", "progress", fraction=0.5))
    bars.close()
    assert f"{ESC}]0;owned" not in capfd.readouterr().err
