"""What must hold for any caption file at all."""

import itertools
import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coursepack.tools.cues import (
    FORMATS,
    CueTrack,
    TimedCue,
    as_chapters,
    check_track,
    paragraphs,
    plain_cues,
    read_cues,
    write_vtt,
)
from coursepack.tools.cues.markup import clean_markup
from coursepack.tools.cues.placement import parse_settings

QUICK = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
HINTS = st.sampled_from(["", "vtt", ".srt", "ass", "ttml", "sbv", "scc", "txt", "weird"])
LANGUAGES = st.sampled_from(["", "zh-Hans", "zh-Hant", "en", "ja", "ko", "ar", "ru"])
PIECES = st.sampled_from(
    [
        "WEBVTT\n\n",
        "00:00:01.000 --> 00:00:02.000",
        "00:00:03,5 -> 0:0:4",
        "1\n",
        "\n\n",
        "\n",
        "<i>",
        "</i>",
        "<v Ann>",
        "<b",
        ">",
        "&amp;",
        "&lt;script&gt;",
        "<script>x</script>",
        "{\\an8}",
        "{\\p1}m 0 0",
        "line:0",
        "-->",
        "NOTE",
        "[Script Info]\n",
        "Dialogue: 0,0:00:01.00,0:00:02.00,Default,Ann,",
        "[Events]\nFormat: Start, End, Text\n",
        "<tt><body><div>",
        '<p begin="1s" end="2s">',
        "</p>",
        "<br/>",
        "</div></body></tt>",
        "<!DOCTYPE x>",
        "\\N",
        "Scenarist_SCC V1.0\n\n00:00:00;22\t9425 9425 94ad 94ad 9470 c849 ae80\n",
        "0:00:01.000,0:00:02.000\n",
        "你好",
        "世界。",
        "é",
        "\u2028",
        "\x00",
        "\x0b",
        "\ufeff",
        "<00:00:01.500>",
        "<ruby>a<rt>b",
        "- yes\n- no",
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=8), max_size=30).map("".join)
CODECS = st.sampled_from(["utf-8", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "utf-8-sig"])


def read(data: bytes, hint: str = "", language: str = "") -> CueTrack:
    track, found = read_cues(data, format_hint=hint, language=language, path="a.vtt")
    assert track.cues or any(d.severity == "error" for d in found)
    assert len(found) < 400
    return track


@given(data=st.binary(max_size=600), hint=HINTS, language=LANGUAGES)
@QUICK
def test_any_bytes_are_answered(data: bytes, hint: str, language: str) -> None:
    check_clean(read(data, hint, language))


@given(text=TEXTS, codec=CODECS, hint=HINTS, language=LANGUAGES)
@QUICK
def test_any_mixture_of_formats_comes_out_clean_and_reads_back_the_same(
    text: str, codec: str, hint: str, language: str
) -> None:
    check_clean(read(text.encode(codec, "ignore"), hint, language))


@given(texts=st.lists(TEXTS, min_size=1, max_size=4))
@QUICK
def test_every_reader_stands_every_text(texts: list[str]) -> None:
    for name in sorted(FORMATS):
        signature = {"webvtt": "WEBVTT\n\n", "scc": "Scenarist_SCC V1.0\n\n", "ttml": "<tt>"}.get(name, "")
        check_clean(read((signature + "\n".join(texts)).encode(errors="ignore"), name))


@given(raw=TEXTS)
@QUICK
def test_cleaning_twice_is_cleaning_once(raw: str) -> None:
    once, _ = clean_markup(raw)
    again, removed = clean_markup(once)
    assert again == once
    assert not removed


@given(
    raws=st.lists(TEXTS, min_size=1, max_size=6),
    times=st.lists(st.tuples(st.integers(0, 10**7), st.integers(1, 10**5)), min_size=6, max_size=6),
    placed=st.sampled_from(
        ["", "line:0", "vertical:rl line:10% position:20%,line-left size:33.33% align:start"]
    ),
)
@QUICK
def test_written_webvtt_reads_back_to_the_same_cues(
    raws: list[str], times: list[tuple[int, int]], placed: str
) -> None:
    words = [markup for markup in (clean_markup(raw)[0] for raw in raws) if markup]
    spans = sorted(times)
    # Far apart, so that nothing looks like scrolling captions.
    cues = tuple(
        TimedCue(start + k * 10**6, start + k * 10**6 + length, text, settings=placed)
        for k, ((start, length), text) in enumerate(zip(spans, words, strict=False))
    )
    if not cues:
        return
    back = read(write_vtt(CueTrack(cues)), "vtt")
    assert [(c.start_ms, c.end_ms, c.markup, c.settings) for c in back.cues] == [
        (c.start_ms, c.end_ms, c.markup, c.settings) for c in cues
    ]


def check_clean(track: CueTrack) -> None:
    """What a player, a validator and a screen reader rely on."""
    last = 0
    for cue in track.cues:
        assert cue.end_ms > cue.start_ms >= last
        last = cue.start_ms
        assert cue.markup.strip() and "\n\n" not in cue.markup and "-->" not in cue.markup
        bare = re.sub(
            r"</?(?:v|i|b|u|ruby|rt|lang)(?: [^<>&\n]*(?:&(?:amp|lt|gt);[^<>&\n]*)*)?>", "", cue.markup
        )
        assert not re.search(r"[<>\r\x00]|&(?!amp;|lt;|gt;)", bare), cue.markup
        assert parse_settings(cue.settings) == (cue.settings, ())
    data = write_vtt(track)
    if track.cues:
        back = read(data, "vtt")
        assert write_vtt(back) == data
    for kind in ("captions", "chapters", "descriptions"):
        check_track(track, kind=kind, language="", duration_ms=1000, path="a.vtt")
    chapters = as_chapters(track, 10_000).cues
    assert all(a.end_ms <= b.start_ms for a, b in itertools.pairwise(chapters))
    spoken = plain_cues(track)
    printed = paragraphs(spoken, plain_cues(as_chapters(track)))
    assert all(p.text.strip() for p in printed)
