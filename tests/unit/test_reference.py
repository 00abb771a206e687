"""Every command, exit code and diagnostic code is documented, in both languages, and none is dead."""

import re
import string
import subprocess
import sys
from pathlib import Path

import pytest

from coursepack.model import codes
from coursepack.model.codes import CODES

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "src" / "coursepack").rglob("*.py"))
USED = {
    code
    for path in SOURCES
    if "codes" not in path.parts
    for code in re.findall(r"\bCP\d{3}\b", path.read_text(encoding="utf-8"))
}
FIELDS = string.Formatter()


def test_the_reference_is_up_to_date():
    run = subprocess.run(
        [sys.executable, ROOT / "scripts" / "make_reference.py", "--check"], capture_output=True, text=True
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_every_code_used_is_documented():
    assert USED - CODES.keys() == set()


def test_every_documented_code_is_used():
    assert CODES.keys() - USED == set()


@pytest.mark.parametrize("code", sorted(CODES))
def test_a_page_says_enough_in_both_languages(code):
    doc = CODES[code]
    assert doc.code == code
    for text in (doc.message_en, doc.hint_en, doc.message_zh, doc.hint_zh):
        assert text.strip()
        assert not text.endswith(("。", "."))
    assert len(doc.about_en.split()) >= 12
    assert len(re.findall(r"[\u4e00-\u9fff]", doc.about_zh)) >= 20
    assert re.search(r"[\u4e00-\u9fff]", doc.message_zh)
    english = {name for t in (doc.message_en, doc.hint_en) for _, name, _, _ in FIELDS.parse(t) if name}
    chinese = {name for t in (doc.message_zh, doc.hint_zh) for _, name, _, _ in FIELDS.parse(t) if name}
    assert english == chinese


def test_areas_do_not_share_codes():
    areas = [getattr(codes, p.stem) for p in Path(codes.__file__).parent.glob("[a-z]*.py")]
    every = [d.code for area in areas for d in area.CODES]
    assert len(every) == len(set(every))
