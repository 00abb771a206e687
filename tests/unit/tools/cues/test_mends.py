"""The proposals' words: both languages, the same numbers in both, each used somewhere."""

import re
import string
from pathlib import Path

import pytest

from coursepack.model.mends import MENDS
from coursepack.tools.cues.flaws import Use
from coursepack.tools.cues.mend_text import Around, lines_of
from coursepack.tools.cues.pace import pace_of

SOURCES = Path(__file__).parents[4] / "src" / "coursepack"
TEXT = "\n".join(p.read_text(encoding="utf-8") for p in SOURCES.rglob("*.py") if p.name != "mends.py")


def test_tags_go_with_their_words():
    around = Around(Use("captions", "ja"), pace_of("ja", ()))
    assert (
        lines_of("あなたのサービスに<b>サインアップ</b>し、", around)
        == "あなたのサービスに\n<b>サインアップ</b>し、"
    )
    assert (
        lines_of("<i>あなたのサービスに</i>サインアップし、", around)
        == "<i>あなたのサービスに</i>\nサインアップし、"
    )


@pytest.mark.parametrize("name", sorted(MENDS))
def test_a_mend_says_the_same_in_both_languages(name):
    mend = MENDS[name]
    fields = [{f for _, f, _, _ in string.Formatter().parse(text) if f} for text in (mend.en, mend.zh)]
    assert fields[0] == fields[1]
    assert re.search(r"[\u4e00-\u9fff]", mend.zh)
    assert not mend.en.endswith(".") and not mend.zh.endswith("。")
    assert f'"{name}"' in TEXT
