"""Outcomes that questions name."""

from pathlib import Path

from tests.helpers.course import run

COURSE = {
    "course.yaml": "id: q\ntitle: Q\ndescription: Q.\nlanguage: en\noutcomes:\n  - id: check\n    text: Check it.\n",
    "01-a.md": "# A\n\n:::{quiz outcome=chek}\n- [x] a\n- [ ] b\n:::\n\n:::{quiz outcome=check}\n- [x] a\n- [ ] b\n:::\n",
}


def test_an_unknown_outcome_is_named_with_the_nearest(tmp_path: Path) -> None:
    for name, text in COURSE.items():
        (tmp_path / "q" / name).parent.mkdir(exist_ok=True)
        (tmp_path / "q" / name).write_text(text)
    said = run(tmp_path / "cache", "check", tmp_path / "q").stdout
    assert said.count("CP190") == 1
    assert "01-a.md:3:1" in said and "chek” of this question is not one of course.yaml (→ check?)" in said
