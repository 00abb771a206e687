"""Golden cases: an input file, the WebVTT it becomes, the codes it is told about.

`COURSEPACK_ACCEPT=1` writes the expected files. A case without `expected.vtt` must give no track.
"""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from coursepack.tools.cues import as_chapters, check_track, read_cues, write_vtt

CASES = Path(__file__).parents[3] / "cases" / "captions"
ACCEPT = os.environ.get("COURSEPACK_ACCEPT") == "1"
NAMES = sorted(p.name for p in CASES.iterdir() if p.is_dir())


def run(folder: Path) -> tuple[bytes, str]:
    (source,) = folder.glob("input.*")
    options: dict[str, Any] = {"kind": "captions", "language": "en", "duration_ms": 0}
    if (folder / "case.json").exists():
        options |= json.loads((folder / "case.json").read_text(encoding="utf-8"))
    track, found = read_cues(
        source.read_bytes(), format_hint=source.suffix, language=options["language"], path=source.name
    )
    found += check_track(track, **options, path=source.name)
    if options["kind"] == "chapters":
        track = as_chapters(track, options["duration_ms"])
    codes = "".join(f"{d.line}: {d.code} {d.severity}\n" for d in found)
    return write_vtt(track) if track.cues else b"", codes


@pytest.mark.parametrize("name", NAMES)
def test_case(name: str) -> None:
    folder = CASES / name
    vtt, codes = run(folder)
    expected = {"expected.codes": codes.encode(), **({"expected.vtt": vtt} if vtt else {})}
    if ACCEPT:
        for stale in folder.glob("expected.*"):
            stale.unlink()
        for file, data in expected.items():
            (folder / file).write_bytes(data)
    assert {p.name for p in folder.glob("expected.*")} == set(expected)
    for file, data in expected.items():
        assert (folder / file).read_bytes().decode() == data.decode()


@pytest.mark.parametrize("name", NAMES)
def test_case_holds_nothing_else(name: str) -> None:
    files = {p.name for p in (CASES / name).iterdir()}
    assert files - {"case.json", "expected.vtt", "expected.codes"} == {
        p.name for p in (CASES / name).glob("input.*")
    }
    assert len(list((CASES / name).glob("input.*"))) == 1
