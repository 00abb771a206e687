"""The parts of the specification's parser that are easy to get wrong."""

import pytest

from coursepack.tools.cues.track import Notes
from coursepack.tools.cues.webvtt import read, sniff


def texts(body: str) -> list[str]:
    return [cue.markup for cue in read("WEBVTT\n\n" + body, Notes(""))]


@pytest.mark.parametrize("head", ["WEBVTT", "WEBVTT\n", "WEBVTT \n", "WEBVTT\tx", "\ufeffWEBVTT\n\n"])
def test_signature(head: str) -> None:
    assert sniff(head)


@pytest.mark.parametrize("head", ["", "WEBVTTX\n", "webvtt\n", " WEBVTT\n", "\nWEBVTT"])
def test_no_signature(head: str) -> None:
    assert not sniff(head)


@pytest.mark.parametrize(
    "times",
    [
        "00:00:00.000 --> 00:00:01.000",
        "00:00.000-->00:01.000",
        "000:00:00.000 --> 0:00:01.000",
        "\t00:00:00.000\f-->  00:00:01.000\t",
        "00:00:00.000 --> 00:00:01.000align:end",
    ],
)
def test_times_that_browsers_read(times: str) -> None:
    assert texts(times + "\nyes") == ["yes"]


@pytest.mark.parametrize(
    "times",
    [
        "0:00.000 --> 00:01.000",
        "00:60.000 --> 00:61.000",
        "00:00:00.00 --> 00:00:01.000",
        "00:00:00.000 --> 00:00:01.0000",
        "00:00:00.000 -> 00:00:01.000 -->",
        "\v00:00:00.000 --> 00:00:01.000",
        "٠٠:٠٠:٠٠.٠٠٠ --> ٠٠:٠٠:٠١.٠٠٠",
    ],
)
def test_times_that_browsers_drop_are_reported(times: str) -> None:
    notes = Notes("a.vtt")
    assert read(f"WEBVTT\n\n{times}\nno\n\n00:00.000 --> 00:01.000\nyes", notes)[0].markup == "yes"
    assert [(d.code, d.line) for d in notes.listed()] == [("CP310", 3)]


def test_an_arrow_begins_a_cue_without_a_blank_line() -> None:
    assert texts("00:00.000 --> 00:01.000\na\n00:01.000 --> 00:02.000\nb") == ["a", "b"]


def test_a_header_ends_at_an_arrow() -> None:
    assert [c.markup for c in read("WEBVTT\n00:00.000 --> 00:01.000\na", Notes(""))] == ["a"]


def test_notes_are_not_words_but_words_may_begin_with_note() -> None:
    assert texts("NOTE x\ny\n\n00:00.000 --> 00:01.000\nNOTE z") == ["NOTE z"]
