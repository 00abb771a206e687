"""One suite over every caption format that is read and every one that is written."""

import time

import pytest

from coursepack.tools.cues import FORMATS, CueTrack, TimedCue, read_cues
from coursepack.tools.cues.markup import words_of
from coursepack.tools.cues.rewriting import put_together, take_apart
from coursepack.tools.cues.shifting import Shift, shift_text
from coursepack.tools.cues.track import MAX_BYTES, MAX_CUES
from coursepack.tools.cues.writers import WRITERS, lost

SAMPLES = {
    "webvtt": "WEBVTT\n\n00:00:01.000 --> 00:00:02.500\nCheck & pay\n\n00:00:03.000 --> 00:00:04.000\n请核对\n",
    "subrip": "1\n00:00:01,000 --> 00:00:02,500\nCheck & pay\n\n2\n00:00:03,000 --> 00:00:04,000\n请核对\n",
    "sbv": "0:00:01.000,0:00:02.500\nCheck & pay\n\n0:00:03.000,0:00:04.000\n请核对\n",
    "ttml": '<tt xmlns="http://www.w3.org/ns/ttml"><body><div><p begin="1s" end="2.5s">Check &amp; pay</p>'
    '<p begin="3s" end="4s">请核对</p></div></body></tt>',
    "substation": "[Script Info]\n\n[Events]\nFormat: Start, End, Text\nDialogue: 0:00:01.00,0:00:02.50,Check & pay\n"
    "Dialogue: 0:00:03.00,0:00:04.00,请核对\n",
    "scc": "Scenarist_SCC V1.0\n\n00:00:01:00\t9420 9470 c8e9 942f\n\n00:00:03:00\t942c\n",
    "outline": "00:00:01 Check & pay\n00:00:03 请核对\n",
}
SHOWN = [(1000, 2500, "Check & pay"), (3000, 4000, "请核对")]
CUES = (
    TimedCue(1000, 2500, "Check &amp; pay"),
    TimedCue(3000, 4000, "请核对"),
    TimedCue(3_600_000, 3_601_000, "Two\nlines"),
)


def read(data: bytes, hint: str) -> tuple[CueTrack, set[str]]:
    track, found = read_cues(data, format_hint=hint, language="en", path="a")
    return track, {d.code for d in found if d.severity == "error"}


def shown(track: CueTrack) -> list[tuple[int, int, str]]:
    return [(c.start_ms, c.end_ms, words_of(c.markup)) for c in track.cues]


def test_every_format_has_a_sample():
    assert SAMPLES.keys() == FORMATS.keys()


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_told_by_its_content_alone(name):
    for hint in ("", "srt", "vtt", FORMATS[name].extensions[0]):
        track, errors = read(SAMPLES[name].encode(), hint)
        assert (track.format, errors) == (name, set())
    if name not in ("scc", "outline"):
        assert shown(track) == SHOWN


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030"])
@pytest.mark.parametrize("name", sorted(FORMATS.keys() - {"scc", "outline"}))
def test_any_encoding(name, encoding):
    track, _ = read_cues(SAMPLES[name].encode(encoding), format_hint="", language="zh-Hans", path="a")
    assert shown(track) == SHOWN


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_a_damaged_file_is_answered(name):
    data = SAMPLES[name].encode()
    for cut in range(0, len(data), 7):
        track, errors = read(data[:cut], FORMATS[name].extensions[0])
        assert track.cues or errors
    for damage in (b"\0", b"\xff\xfe", b"\x1b[31m", b"\n" * 1000, b"-->" * 300, b"<" * 3000):
        track, errors = read(data[:40] + damage + data[40:], FORMATS[name].extensions[0])
        assert track.cues or errors


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_a_file_of_50_mb_is_refused_at_once(name):
    begun = time.perf_counter()
    data = SAMPLES[name].encode().ljust(MAX_BYTES + 1, b"\n")
    track, errors = read(data, FORMATS[name].extensions[0])
    assert not track.cues and errors == {"CP307"}
    assert take_apart(data, format_hint=FORMATS[name].extensions[0], language="en") is None
    assert time.perf_counter() - begun < 1


@pytest.mark.parametrize("name", ["webvtt", "subrip", "sbv"])
def test_too_many_cues_are_refused(name):
    head, one = {"webvtt": ("WEBVTT\n\n", "00:00:01.000 --> 00:00:02.000\na\n\n")}.get(name, ("", ""))
    one = one or {"subrip": "1\n0:0:1,0 --> 0:0:2,0\na\n\n", "sbv": "0:00:01.0,0:00:02.0\na\n\n"}[name]
    track, errors = read((head + one * (MAX_CUES + 1)).encode(), name)
    assert not track.cues and errors == {"CP307"}


@pytest.mark.parametrize("name", sorted(n for n, w in WRITERS.items() if w.readable))
def test_written_and_read_again(name):
    track = CueTrack(CUES)
    data = WRITERS[name].write(track, "en")
    back, errors = read(data, WRITERS[name].extension)
    assert not errors and back.encoding == "UTF-8"
    assert shown(back) == shown(track)
    assert not lost(track, data, name)
    assert WRITERS[name].write(back, "en") == data


@pytest.mark.parametrize("name", sorted(WRITERS))
def test_the_same_cues_are_the_same_bytes(name):
    data = WRITERS[name].write(CueTrack(CUES), "zh-Hans")
    assert data == WRITERS[name].write(CueTrack(CUES), "zh-Hans")
    assert b"\r" not in data and not data.startswith(b"\xef\xbb\xbf")
    assert WRITERS[name].write(CueTrack(()), "") is not None


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_in_place_or_not_at_all(name):
    original = take_apart(SAMPLES[name].encode(), format_hint=FORMATS[name].extensions[0], language="en")
    assert original is not None
    assert original.in_place == (name in ("webvtt", "subrip", "sbv"))
    if original.in_place:
        assert put_together(original, original.cues, ()) == SAMPLES[name]
        assert shift_text(original, Shift(), cut=False) == SAMPLES[name]
