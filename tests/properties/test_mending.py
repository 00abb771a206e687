"""What must hold for any captions that are mended, shifted or written in another format."""

import itertools
import re
from fractions import Fraction

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coursepack.tools.cues import CueTrack, TimedCue, check_track, read_cues, write_vtt
from coursepack.tools.cues.flaws import Use
from coursepack.tools.cues.markup import clean_markup, words_of
from coursepack.tools.cues.mending import RULES, USUAL, mend
from coursepack.tools.cues.pace import MAX_MS
from coursepack.tools.cues.rewriting import put_together, take_apart
from coursepack.tools.cues.shifting import Shift, between_rates, shift_cues, shift_text
from coursepack.tools.cues.track import LAST_MS
from coursepack.tools.cues.writers import WRITERS, write_sbv, write_srt

QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
KEEPING = sorted(set(RULES) - {"past-end", "repeats", "encoding"})
"""Rules that keep every word. The others take away what is said twice, never seen, or was no word."""

_PIECES = (
    "the|amount|twice,|before|you|pay.|Check|and|then|scan;|扫码|之前|请|核对|金额，|我们|唔係|嘅|。|「|」|（|100|元|…|—|"
    "<i>now</i>|&amp;|<v Mei>yes</v>|[music]|ありがとう|カタカナ|안녕하세요"
)
WORDS = st.sampled_from(_PIECES.split("|"))
TEXTS = st.lists(
    st.sampled_from([" ", "", "\n"]).flatmap(lambda gap: WORDS.map(lambda w: w + gap)),
    min_size=1,
    max_size=24,
)


@st.composite
def tracks(draw):
    """Clean cues in order, with overlaps, gaps of all sizes, and all lengths."""
    out, at = [], draw(st.integers(0, 3000))
    for pieces in draw(st.lists(TEXTS, min_size=1, max_size=8)):
        markup = clean_markup("".join(pieces))[0]
        length = draw(st.integers(1, 12_000))
        if markup:
            # Far from scrolling: no cue repeats a line of the one before.
            out.append(TimedCue(at, at + length, markup, line=0))
        at = max(at + length + draw(st.integers(-1500, 2500)), at)
    return tuple(out)


USES = st.builds(
    Use,
    kind=st.just("captions"),
    language=st.sampled_from(["en", "zh-Hans", "yue", "ja", "ko", "fr"]),
    duration_ms=st.sampled_from([0, 20_000]),
    children=st.booleans(),
    frame_ms=st.sampled_from([40.0, 1001 / 24, 1000 / 30]),
)
SETS = st.sets(st.sampled_from(sorted(RULES)))


def squeezed(cues) -> str:
    return "".join("".join(words_of(cue.markup).split()) for cue in cues)


@given(cues=tracks(), use=USES, rules=SETS)
@QUICK
def test_mending_twice_is_mending_once(cues, use, rules):
    once = mend(cues, use, rules).cues
    again = mend(once, use, rules)
    assert again.cues == once
    assert not again.changes


@given(cues=tracks(), use=USES, rules=st.sets(st.sampled_from(KEEPING)))
@QUICK
def test_no_word_is_changed(cues, use, rules):
    after = mend(cues, use, rules).cues
    assert squeezed(after) == squeezed(cues)
    for cue in after:
        assert 0 <= cue.start_ms < cue.end_ms
        assert clean_markup(cue.markup) == (cue.markup, {})


@given(cues=tracks(), use=USES)
@QUICK
def test_the_usual_rules_keep_every_cue_and_make_none_worse(cues, use):
    after = mend(cues, use, USUAL).cues
    assert len(after) == len(cues)
    before_overlaps = sum(a.end_ms > b.start_ms for a, b in itertools.pairwise(cues))
    assert sum(a.end_ms > b.start_ms for a, b in itertools.pairwise(after)) <= before_overlaps
    assert (
        max(c.end_ms - c.start_ms for c in after) <= max(MAX_MS, *(c.end_ms - c.start_ms for c in cues))
        if cues
        else True
    )


@given(cues=tracks(), use=USES, rules=SETS, form=st.sampled_from(["vtt", "srt", "sbv"]))
@QUICK
def test_a_mended_file_reads_as_it_was_meant_and_is_mended_no_further(cues, use, rules, form):
    if not cues:
        return
    data = WRITERS[form].write(CueTrack(cues), "")
    original = take_apart(data, format_hint=form, language=use.language)
    assert original is not None
    assert put_together(original, original.cues, ()) == original.text
    if original.scrolls:
        return
    mended = mend(original.cues, use, rules)
    text = put_together(original, mended.cues, rules)
    again = take_apart(text.encode(), format_hint=form, language=use.language)
    if again is None or again.scrolls:
        return
    assert [(c.start_ms, c.end_ms) for c in again.cues] == [(c.start_ms, c.end_ms) for c in mended.cues]
    assert squeezed(again.cues) == squeezed(mended.cues)
    assert put_together(again, mend(again.cues, use, rules).cues, rules) == text


SHIFTS = st.one_of(
    st.integers(0, 10**7).map(lambda ms: Shift(offset=Fraction(ms))),
    st.tuples(
        st.sampled_from([Fraction(24000, 1001), Fraction(25), Fraction(30)]),
        st.sampled_from([Fraction(24), Fraction(25)]),
    ).map(lambda rates: between_rates(*rates)),
)


@given(cues=tracks(), shift=SHIFTS, form=st.sampled_from(["vtt", "srt", "sbv"]))
@QUICK
def test_shifted_there_and_back(cues, shift, form):
    there = shift_cues(cues, shift, cut=False)
    back = shift_cues(there.cues, shift.back(), cut=False).cues
    assert not there.early and not there.late
    for now, then in zip(back, cues, strict=True):
        assert abs(now.start_ms - then.start_ms) <= 1 and abs(now.end_ms - then.end_ms) <= 1
    if shift.scale == 1:
        assert back == cues
        original = take_apart(WRITERS[form].write(CueTrack(cues), ""), format_hint=form, language="")
        if original is not None:
            moved = take_apart(shift_text(original, shift, cut=False).encode(), format_hint=form, language="")
            assert shift_text(moved, shift.back(), cut=False) == original.text


@given(cues=tracks(), name=st.sampled_from(sorted(WRITERS)))
@QUICK
def test_words_and_times_survive_every_format(cues, name):
    track = CueTrack(cues)
    data = WRITERS[name].write(track, "en")
    if not WRITERS[name].readable or not cues:
        return
    back, _ = read_cues(data, format_hint=name, language="", path="a")
    if name in ("vtt", "ttml"):
        assert squeezed(back.cues) == squeezed(cues)
    text = data.decode()
    for cue in back.cues:
        assert cue.end_ms <= LAST_MS
    assert "\x00" not in text and "\r" not in text


@given(cues=tracks(), use=USES)
@QUICK
def test_every_place_is_told_with_its_time(cues, use):
    found = check_track(
        CueTrack(cues),
        kind="captions",
        language=use.language,
        duration_ms=use.duration_ms,
        path="a.vtt",
        frame_ms=use.frame_ms,
        every=True,
    )
    from coursepack.model.codes import words

    for d in found:
        for language in ("en", "zh"):
            message, hint = words(d, language)
            assert "?" not in hint.replace("？", "") or "..." in hint or hint.count("?") == 0
            assert message and hint
            assert not re.search(r"\{\w+\}", message + hint)
    # The short form names the same kinds, fine points aside.
    short = check_track(
        CueTrack(cues), kind="captions", language=use.language, duration_ms=use.duration_ms, path="a.vtt"
    )
    assert {d.code for d in short} <= {d.code for d in found} | {"CP335"}


def test_writers_write_what_they_read():
    cues = (TimedCue(61_500, 3_661_000, "One &lt; two", line=0),)
    assert write_srt(CueTrack(cues)).decode().startswith("1\n00:01:01,500 --> 01:01:01,000\n")
    assert write_sbv(CueTrack(cues)).decode().startswith("0:01:01.500,1:01:01.000\nOne < two\n")
    assert (
        write_vtt(CueTrack(cues))
        .decode()
        .startswith("WEBVTT\n\n00:01:01.500 --> 01:01:01.000\nOne &lt; two\n")
    )
