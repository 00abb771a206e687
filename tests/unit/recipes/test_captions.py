from pathlib import Path
from typing import Any, cast

import msgspec
import pytest

from coursepack.model.codes import CODES, words
from coursepack.model.diagnostic import Diagnostic
from coursepack.model.media import Cue, CueFacts
from coursepack.model.recipe import Refused, Work
from coursepack.model.step import Step
from coursepack.recipes.captions import CaptionsRecipe, output_name


class CaptionWork:
    """The part of `Work` that this recipe uses, on one source file."""

    def __init__(self, source: Path, params: dict[str, Any]) -> None:
        self.source = source
        self.step = Step(id="captions:x", kind="captions", label="", params=params)
        self.files: dict[str, bytes] = {}
        self.types: dict[str, str] = {}
        self.findings: list[Diagnostic] = []

    def source_path(self, name: str) -> Path:
        assert name == "source"
        return self.source

    def source_name(self, name: str) -> str:
        return self.source.name

    def write(self, name: str, data: bytes, media_type: str) -> None:
        self.files[name] = data
        self.types[name] = media_type

    def finding(self, diagnostic: Diagnostic) -> None:
        self.findings.append(diagnostic)


def build(tmp_path: Path, name: str, data: str | bytes, **params: Any) -> tuple[CaptionWork, CueFacts]:
    source = tmp_path / name
    source.write_bytes(data.encode() if isinstance(data, str) else data)
    params = {"kind": "captions", "language": "en", "format": source.suffix[1:], "duration_ms": 0, **params}
    work = CaptionWork(source, params)
    return work, msgspec.convert(CaptionsRecipe().run(cast(Work, work)), CueFacts)


def test_subtitles_become_webvtt_and_facts(tmp_path: Path) -> None:
    srt = "1\n00:00:01,000 --> 00:00:03,000\n<v Mei>先看清楚\n<v Li>二维码\n"
    work, facts = build(tmp_path, "pay.srt", srt.encode("gb18030"), language="zh-Hans", kind="subtitles")
    assert work.files == {
        "subtitles.zh-Hans.vtt": "WEBVTT\n\n00:00:01.000 --> 00:00:03.000\n"
        "<v Mei>先看清楚</v>\n<v Li>二维码</v>\n".encode()
    }
    assert work.types == {"subtitles.zh-Hans.vtt": "text/vtt"}
    assert facts == CueFacts(
        "subtitles",
        "zh-Hans",
        "subtitles.zh-Hans.vtt",
        (Cue(1000, 3000, "先看清楚", "Mei"), Cue(1000, 3000, "二维码", "Li")),
    )
    assert [d.code for d in work.findings] == ["CP304"]


def test_chapters_are_plain_titles_in_a_row(tmp_path: Path) -> None:
    vtt = "WEBVTT\n\n00:00.000 --> 00:09.000\n<i>Why</i>\n\n00:05.000 --> 00:10.000\nHow\n"
    _, facts = build(tmp_path, "a.vtt", vtt, kind="chapters")
    assert facts.cues == (Cue(0, 5000, "Why"), Cue(5000, 10000, "How"))


def test_a_file_without_cues_is_refused_with_its_findings(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refusal:
        build(tmp_path, "a.vtt", b"")
    assert [(d.code, d.path) for d in refusal.value.diagnostics] == [("CP301", "a.vtt")]


def test_the_end_of_the_media_is_known(tmp_path: Path) -> None:
    work, _ = build(tmp_path, "a.vtt", "WEBVTT\n\n00:09.000 --> 00:12.000\nlate\n", duration_ms=10_000)
    assert [d.code for d in work.findings] == ["CP318"]


def test_children_read_more_slowly(tmp_path: Path) -> None:
    vtt = "WEBVTT\n\n00:01.000 --> 00:03.000\nLook at the red light and stop here.\n"
    grown, _ = build(tmp_path, "a.vtt", vtt, language="en")
    young, _ = build(tmp_path, "a.vtt", vtt, language="en", children=True)
    assert [d.code for d in grown.findings] == []
    assert [(d.code, d.args["limit"]) for d in young.findings] == [("CP332", "17")]


def test_one_finding_for_a_kind_with_the_first_places(tmp_path: Path) -> None:
    cues = [f"00:{s:02}.000 --> 00:{s:02}.300\nToo short.\n" for s in range(0, 50, 5)]
    work, _ = build(tmp_path, "a.vtt", "WEBVTT\n\n" + "\n".join(cues), language="en")
    assert [d.code for d in work.findings] == ["CP338", "CP339", "CP332", "CP333"]
    message, _ = words(work.findings[3])
    assert message == (
        "10 of 10 cues are shown for less than 0.83 s (shortest 0.3 s): at 00:00:00.000, 00:00:05.000, 00:00:10.000, …"
    )


def test_same_bytes_every_time(tmp_path: Path) -> None:
    vtt = "WEBVTT\n\n00:01.000 --> 00:02.000 align:start line:0\n<b>x</b>\n"
    first, again = (build(tmp_path, "a.vtt", vtt)[0].files for _ in range(2))
    assert first == again


@pytest.mark.parametrize(
    ("language", "name"), [("", "captions.vtt"), ("../x", "captions.vtt"), ("yue", "captions.yue.vtt")]
)
def test_output_names_are_safe(language: str, name: str) -> None:
    assert output_name("captions", language) == name


def test_every_caption_code_has_words_in_both_languages() -> None:
    for code in (c for c in CODES if c.startswith("CP3")):
        doc = CODES[code]
        english = words(Diagnostic(code, doc.severity), "en")
        chinese = words(Diagnostic(code, doc.severity), "zh-Hans")
        assert all(english) and all(chinese) and doc.about_en and doc.about_zh
