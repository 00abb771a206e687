"""Golden cases: what each place in a caption file is told, word for word; and what mending makes of a file.

`COURSEPACK_ACCEPT=1` writes the expected files.
"""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from coursepack.model.codes import words
from coursepack.tools.cues import check_track, read_cues
from coursepack.tools.cues.flaws import Use
from coursepack.tools.cues.mending import mend
from coursepack.tools.cues.rewriting import put_together, take_apart

CASES = Path(__file__).parents[3] / "cases"
ACCEPT = os.environ.get("COURSEPACK_ACCEPT") == "1"
EVERY = sorted(p.name for p in (CASES / "captions_every").iterdir())
FIX = sorted(p.name for p in (CASES / "captions_fix").iterdir())


def source(area: str, name: str) -> tuple[Path, dict[str, Any]]:
    folder = CASES / area / name
    (found,) = folder.glob("input.*")
    return found, json.loads((folder / "case.json").read_text(encoding="utf-8"))


def compare(folder: Path, file: str, text: str) -> None:
    if ACCEPT:
        (folder / file).write_text(text, encoding="utf-8", newline="")
    assert {p.name for p in folder.iterdir()} - {"case.json"} == {next(folder.glob("input.*")).name, file}
    assert (folder / file).read_bytes().decode() == text


@pytest.mark.parametrize("name", EVERY)
def test_every_place(name: str) -> None:
    path, options = source("captions_every", name)
    track, found = read_cues(
        path.read_bytes(), format_hint=path.suffix, language=options["language"], path=path.name, every=True
    )
    options = {"kind": "captions", "duration_ms": 0, **options}
    found += check_track(track, **options, path=path.name, every=True)
    lines = []
    for d in found:
        (en, hint), (zh, hint_zh) = words(d), words(d, "zh")
        lines += [f"{d.line}: {d.code} {d.severity} {en}", f"    → {hint}", f"    {zh} → {hint_zh}"]
    compare(path.parent, "expected.txt", "\n".join(lines) + "\n")


@pytest.mark.parametrize("name", FIX)
def test_fix(name: str) -> None:
    path, options = source("captions_fix", name)
    rules = options.pop("rules")
    original = take_apart(path.read_bytes(), format_hint=path.suffix, language=options["language"])
    assert original is not None
    mended = mend(original.cues, Use("captions", **options), rules)
    text = put_together(original, mended.cues, rules).replace("\n", original.newline)
    compare(path.parent, f"expected{path.suffix}", text)
    again = take_apart(text.encode(), format_hint=path.suffix, language=options["language"])
    assert again is not None
    assert put_together(again, mend(again.cues, Use("captions", **options), rules).cues, rules) == again.text
