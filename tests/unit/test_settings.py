"""Workspace settings, strict YAML, and the JSON Schemas made from the same tables."""

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from coursepack.settings import load_workspace
from coursepack.settings.languages import as_declared, canonical, from_name, same_reader, well_formed
from coursepack.settings.schema import schemas
from coursepack.settings.yaml_reader import MAX_BYTES, Report, read_yaml

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"

FULL = """
id: pay-safely
title: 用手机安全付款
description: 付款前看什么。
version: 1.10
language: zh-Hans
languages: [zh-Hans, yue, en]
authors:
  - 王芳
  - name: Li Wei
    url: https://example.org/li
    affiliation: Example University
license: CC-BY-4.0
provider: Example
keywords: [payment, safety]
subjects: safety
audience: [older-people, general]
series: Phone
level: beginner
outcomes:
  - Checks an amount
  - {id: scan, text: Scans a code, framework: "https://example.org/f/1"}
credit: {hours: 2, points: 1.5, scheme: Bank, pass: 60%}
lessons: [01-scan, 02-pay.md]
theme: default
media: {ladder: [720, 360], budget_mb: 40, quality: 93}
bundles: [web, mobile]
checks: {CP201: error, CP208: off}
translations:
  en: {title: Pay safely, description: What to look at.}
"""


def test_defaults_without_a_file(tmp_path: Path) -> None:
    workspace, found = load_workspace(tmp_path)
    assert (workspace.root, workspace.sources, workspace.output, found) == (
        tmp_path,
        "course_sources",
        "build",
        (),
    )


def test_nearest_file_upwards(tmp_path: Path) -> None:
    (tmp_path / "coursepack.yaml").write_text("output: out\njobs: 3\n")
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    workspace, found = load_workspace(deep)
    assert (workspace.root, workspace.output, workspace.jobs, found) == (tmp_path, "out", 3, ())


@pytest.mark.parametrize("folder", ["/", "/tmp", "..", "a/../..", ".", "./", "a\\b"])
def test_output_never_outside_the_workspace(tmp_path: Path, folder: str) -> None:
    (tmp_path / "coursepack.yaml").write_text(f"output: '{folder}'\n")
    workspace, found = load_workspace(tmp_path)
    assert workspace.output == "build"
    assert [(d.code, d.line, d.column) for d in found] == [("CP154", 1, 9)]


def test_typo_has_the_nearest_name_and_its_place(tmp_path: Path) -> None:
    (tmp_path / "coursepack.yaml").write_text("# workspace\n\nouptut: x\n")
    _, found = load_workspace(tmp_path)
    (d,) = found
    assert (d.code, d.line, d.column, d.args["nearest"]) == ("CP151", 3, 1, "output")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"a: [", "CP150"),
        (b"a: \xff", "CP150"),
        (b"a: \x00", "CP150"),
        (b"a: 1\n---\nb: 2\n", "CP150"),
        (b"\t- x", "CP150"),
        (b"a: &x [1]\nb: *x\n", "CP155"),
        (b"a: &x [*x]", "CP155"),
        (b"[" * 5000, "CP155"),
        (b"a: " + b"x" * MAX_BYTES, "CP155"),
        (b"[" + b"1," * 30_000 + b"]", "CP155"),
    ],
)
def test_hostile_yaml_is_one_finding(data: bytes, code: str) -> None:
    report = Report("course.yaml")
    assert read_yaml(data, report) is None
    assert [d.code for d in report.found] == [code]


def test_no_python_objects_from_tags() -> None:
    report = Report("course.yaml")
    root = read_yaml(b"a: !!python/object/apply:os.system [x]\n", report)
    assert root is not None
    assert root.pairs[0][1].kind == "list"


def test_schemas_are_up_to_date() -> None:
    on_disk = {p.name: p.read_text(encoding="utf-8") for p in REFERENCE.glob("*.schema.json")}
    assert schemas() == on_disk, "run: python -m coursepack.settings.schema docs/reference"


def test_schema_takes_a_full_course_and_refuses_a_typo() -> None:
    validator = jsonschema.Draft202012Validator(json.loads(schemas()["course.schema.json"]))
    course = yaml.safe_load(FULL)
    validator.validate(course)
    assert not validator.is_valid({**course, "tilte": "x"})
    assert not validator.is_valid({**course, "credit": {"hour": 2}})
    assert not validator.is_valid({**course, "checks": {"CP201": "loud"}})


def test_every_schema_is_a_schema_with_words() -> None:
    for text in schemas().values():
        schema = json.loads(text)
        jsonschema.Draft202012Validator.check_schema(schema)
        assert all(p["description"] for p in schema["properties"].values())


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("en", "en"),
        ("zh_hans", "zh-Hans"),
        ("fr-fr", "fr-FR"),
        ("hk", "zh-Hant-HK"),
        ("yue", "yue"),
        ("v2", ""),
        ("final", ""),
        ("x", ""),
        ("b", ""),
        ("min.js", ""),
    ],
)
def test_language_from_a_name(name: str, language: str) -> None:
    assert from_name(name) == language


def test_who_reads_what() -> None:
    assert same_reader("en", "en-GB")
    assert same_reader("zh", "zh-Hans")
    assert not same_reader("zh-TW", "zh-Hans")
    assert not same_reader("yue", "zh-Hant")
    assert as_declared("zh", ("zh-Hans", "en")) == "zh-Hans"
    assert as_declared("en-GB", ("en-US",)) == "en-GB"
    assert canonical("ZH_hans-cn") == "zh-Hans-CN"
    assert not well_formed("zh_Hans")
    assert not well_formed("e")
