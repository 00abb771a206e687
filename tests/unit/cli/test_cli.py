"""The command line as users and CI jobs meet it."""

import json
import subprocess
from pathlib import Path

import pytest
from tests.helpers.course import command, environment, run

from coursepack.cli.main import COMMANDS

BROKEN = """\
---
title: Broken
titel: twice
---

[gone](missing.md) and ![](no-such.png)
"""


@pytest.fixture
def broken(tmp_path):
    course = tmp_path / "broken"
    course.mkdir()
    (course / "course.yaml").write_text("id: broken\ntitle: Broken\nlangauge: en\n")
    (course / "index.md").write_text("# Broken\n")
    (course / "01-a.md").write_text(BROKEN)
    return course


def test_no_such_path_is_a_usage_error(tmp_path):
    done = run(tmp_path / "cache", "build", tmp_path / "nothing")
    assert done.returncode == 2
    assert "does not exist" in done.stderr
    assert "Traceback" not in done.stderr


def test_no_courses_here(tmp_path):
    done = run(tmp_path / "cache", "build", cwd=tmp_path)
    assert done.returncode == 2
    assert "coursepack new" in done.stderr


def test_a_misspelt_command_is_named(tmp_path):
    done = run(tmp_path / "cache", "biuld")
    assert done.returncode == 2
    assert "`build`" in done.stderr


def test_unknown_format_names_those_there_are(tmp_path, broken):
    done = run(tmp_path / "cache", "build", broken, "--only", "wbe")
    assert done.returncode == 2
    assert "web" in done.stderr


@pytest.mark.parametrize("name", COMMANDS)
def test_help_shows_an_example(name, tmp_path):
    done = run(tmp_path / "cache", name, "--help")
    assert done.returncode == 0
    assert f"coursepack {name}" in done.stdout.split("Example", 1)[1]


def test_all_mistakes_in_one_run(tmp_path, broken):
    done = run(tmp_path / "cache", "check", broken, "--format", "json")
    assert done.returncode == 1
    result = json.loads(done.stdout.splitlines()[-1])
    assert result["event"] == "result"
    assert not result["ok"]
    places = {(d["path"], d["line"]) for d in result["diagnostics"]}
    assert {("course.yaml", 3), ("01-a.md", 3), ("01-a.md", 6)} <= places
    assert all(d["message"] and d["hint"] and d["code"] for d in result["diagnostics"])
    assert result["counts"] == {
        c: [d["code"] for d in result["diagnostics"]].count(c) for c in result["counts"]
    }


def test_text_output_has_place_code_and_next_step(tmp_path, broken):
    done = run(tmp_path / "cache", "check", broken)
    line = next(x for x in done.stdout.splitlines() if "missing.md" in x)
    assert "01-a.md:6:" in line
    assert ": error CP" in line
    assert "    → " in done.stdout


def test_messages_in_chinese(tmp_path, broken):
    env = {**environment(tmp_path / "cache"), "COURSEPACK_LANG": "zh_CN.UTF-8"}
    done = subprocess.run(command("check", broken), env=env, capture_output=True, text=True, cwd=tmp_path)
    assert "错误" in done.stdout
    assert "error" not in done.stdout.replace("broken", "")


def test_strict_makes_warnings_fail(tmp_path):
    course = tmp_path / "mild"
    course.mkdir()
    (course / "index.md").write_text("---\ntitle: Mild\ntitel: x\n---\n\nText.\n")
    (course / "one.md").write_text("# One\n\nText.\n")
    assert run(tmp_path / "cache", "check", course).returncode == 0
    assert run(tmp_path / "cache", "check", course, "--strict").returncode == 1


def test_sarif_is_whole(tmp_path, broken):
    done = run(tmp_path / "cache", "check", broken, "--format", "sarif")
    log = json.loads(done.stdout)
    assert log["version"] == "2.1.0"
    (session,) = log["runs"]
    rules = [r["id"] for r in session["tool"]["driver"]["rules"]]
    assert session["results"]
    for r in session["results"]:
        assert rules[r["ruleIndex"]] == r["ruleId"]
        place = r["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"].startswith(str(broken))
        assert r["level"] in ("error", "warning", "note")


def test_github_annotations(tmp_path, broken):
    done = run(tmp_path / "cache", "check", broken, "--format", "github")
    assert any(x.startswith("::error file=") and ",line=6,col=" in x for x in done.stdout.splitlines())


def test_explain_in_two_languages(tmp_path):
    english = run(tmp_path / "cache", "explain", "cp201").stdout
    chinese = run(tmp_path / "cache", "explain", "CP201", "--lang", "zh").stdout
    assert "CP201" in english
    assert "字幕" in chinese
    wrong = run(tmp_path / "cache", "explain", "CP999")
    assert wrong.returncode == 2


def test_new_makes_a_course_that_builds_clean(tmp_path):
    for lang in ("en", "zh-Hans"):
        assert run(tmp_path / "cache", "new", tmp_path / lang, "--lang", lang).returncode == 0
        done = run(tmp_path / "cache", "build", tmp_path / lang, "-o", tmp_path / "out", "--format", "json")
        assert done.returncode == 0, done.stdout
        found = json.loads(done.stdout.splitlines()[-1])["diagnostics"]
        # What a catalogue wants is the author's to say: provider, subjects.
        assert {d["code"] for d in found} <= {"CP804", "CP805"}
    again = run(tmp_path / "cache", "new", tmp_path / "en")
    assert again.returncode == 2
    assert "not empty" in again.stderr


def test_doctor(tmp_path):
    done = run(tmp_path / "cache", "doctor")
    assert "ffmpeg" in done.stdout
    assert done.returncode in (0, 3)


def test_start_up_imports_nothing_heavy(tmp_path):
    code = "import sys, coursepack.cli.main, coursepack.cli.build; print(*sys.modules)"
    done = subprocess.run(
        [command()[0], "-c", code], capture_output=True, text=True, cwd=Path(__file__).parents[3]
    )
    heavy = {"markdown_it", "jinja2", "rich", "PIL", "av", "boto3", "ffmpeg", "pygments", "babel", "nh3"}
    assert heavy & set(done.stdout.split()) == set()
