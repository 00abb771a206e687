"""`publish` of many courses in one run: what fails stops nothing else, and the end says what became of each."""

from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner
from tests.helpers.builds import write_build

from coursepack.cli.main import cli

COURSES = ["a-first", "b-taken", "c-课程", "d-last"]


@pytest.fixture
def builds(tmp_path: Path) -> Path:
    for course in COURSES:
        write_build(tmp_path / "build" / course, course=course)
    taken = tmp_path / "target" / "c" / "b-taken" / "index.html"
    taken.parent.mkdir(parents=True)
    taken.write_text("<title>somebody's own page</title>")
    return tmp_path


def run(folder: Path, *more: str, env: dict[str, str] | None = None) -> tuple[int, str]:
    argv = ["publish", "--no-build", str(folder / "build"), "--to", str(folder / "target"), *more]
    done = CliRunner().invoke(cli, argv, standalone_mode=False, env={"COURSEPACK_LANG": "en", **(env or {})})
    assert done.exception is None, done.output
    return done.return_value, done.output


def states(output: str) -> dict[str, tuple[str, int]]:
    last: dict[str, Any] = msgspec.json.decode(output.strip().splitlines()[-1])
    assert last["event"] == "result"
    return {
        c["course"]: (c["published"]["state"], sum(c["published"]["requests"].values()))
        for c in last["courses"]
    }


def test_a_course_that_fails_stops_no_other(builds: Path) -> None:
    code, output = run(builds, "--format", "json")
    assert code == 5
    found = states(output)
    assert {c: s for c, (s, _) in found.items()} == {
        "a-first": "published",
        "b-taken": "conflict",
        "c-课程": "published",
        "d-last": "published",
    }
    assert (builds / "target" / "c" / "b-taken" / "index.html").read_text().startswith("<title>somebody")
    code, output = run(builds, "--format", "json")
    assert code == 5
    assert {c: v for c, v in states(output).items() if c != "b-taken"} == dict.fromkeys(
        ["a-first", "c-课程", "d-last"], ("unchanged", 1)
    )


def test_the_table_fits_a_terminal(builds: Path) -> None:
    _, output = run(builds)
    rows = [
        line
        for line in output.splitlines()
        if line.startswith(("a-first ", "b-taken ", "c-课程 ", "d-last "))
    ]
    assert len([r for r in rows if "published" in r or "conflict" in r]) >= 4
    assert all(len(line.encode("gb18030")) <= 80 for line in rows if "  " in line)


def test_a_summary_for_ci(builds: Path) -> None:
    summary = builds / "summary.md"
    run(builds, env={"GITHUB_STEP_SUMMARY": str(summary)})
    text = summary.read_text("utf-8")
    assert text.count("\n|") >= 5
    assert "b-taken" in text and "coursepack did not write" in text


def test_a_dry_run_changes_nothing(builds: Path) -> None:
    before = sorted(p for p in (builds / "target").rglob("*"))
    code, output = run(builds, "--dry-run", "--format", "json")
    assert code == 5
    assert states(output)["a-first"][0] == "planned"
    assert [p for p in sorted((builds / "target").rglob("*")) if p not in before] == []
