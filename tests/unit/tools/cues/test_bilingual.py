"""Two tracks as one."""

import itertools

from coursepack.tools.cues.bilingual import merge
from coursepack.tools.cues.track import CueTrack, TimedCue


def track(*cues: tuple[int, int, str]) -> CueTrack:
    return CueTrack(tuple(TimedCue(*c) for c in cues))


def shown(made: CueTrack) -> list[tuple[int, int, str]]:
    return [(c.start_ms, c.end_ms, c.markup) for c in made.cues]


def test_cues_of_the_same_time_are_one() -> None:
    made = merge(
        track((0, 2000, "先看<b>收款人</b>"), (2100, 4000, "再看金额\n小数点")),
        track((100, 1900, "Check the payee"), (2000, 4100, "Then the <i>amount</i> & point")),
        ("zh-Hans", "en"),
    )
    assert shown(made.track) == [
        (0, 2000, "<lang zh-Hans>先看收款人</lang>\n<lang en>Check the payee</lang>"),
        (2100, 4000, "<lang zh-Hans>再看金额 小数点</lang>\n<lang en>Then the amount &amp; point</lang>"),
    ]
    assert (made.only_first, made.only_second) == (0, 0)


def test_two_cues_for_one() -> None:
    made = merge(
        track((0, 4000, "一句很长的话")), track((0, 1900, "A long"), (2000, 4000, "sentence")), ("", "")
    )
    assert shown(made.track) == [(0, 4000, "一句很长的话\nA long sentence")]
    made = merge(track((0, 1900, "A"), (2000, 4000, "B")), track((0, 4000, "甲乙")), ("", ""))
    assert shown(made.track) == [(0, 4000, "A B\n甲乙")]


def test_what_is_said_in_one_language_only_stays() -> None:
    made = merge(track((0, 1000, "[bell]"), (3000, 5000, "Hello")), track((3100, 5000, "你好")), ("en", "zh"))
    assert shown(made.track)[0] == (0, 1000, "<lang en>[bell]</lang>")
    assert (made.only_first, made.only_second) == (1, 0)
    made = merge(track(), track((3100, 5000, "你好")), ("en", "zh"))
    assert shown(made.track) == [(3100, 5000, "<lang zh>你好</lang>")]
    assert made.only_second == 1


def test_cues_do_not_overlap_and_long_chains_end() -> None:
    first = track(*[(k * 1000, k * 1000 + 990, f"a{k}") for k in range(30)])
    second = track(*[(k * 1000 + 500, k * 1000 + 1490, f"b{k}") for k in range(30)])
    made = merge(first, second, ("", "")).track.cues
    assert all(a.end_ms <= b.start_ms for a, b in itertools.pairwise(made))
    assert max(c.end_ms - c.start_ms for c in made) <= 12_000
    words = " ".join(c.markup.replace("\n", " ") for c in made).split()
    assert sorted(words) == sorted(f"{x}{k}" for x in "ab" for k in range(30))
