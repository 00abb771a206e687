from coursepack.model.media import Cue
from coursepack.tools.cues import Paragraph, paragraphs
from coursepack.tools.cues.transcript import on_one_line


def cue(start: float, end: float, text: str, voice: str = "") -> Cue:
    return Cue(int(start * 1000), int(end * 1000), text, voice)


def test_lines_join_and_sentences_after_a_pause_part() -> None:
    cues = (cue(0, 2, "They order\nyour products."), cue(2, 4, "And services."), cue(6, 8, "Later."))
    assert paragraphs(cues, language="en") == (
        Paragraph(0, "", "They order your products. And services."),
        Paragraph(6000, "", "Later."),
    )


def test_a_speaker_is_named_once_until_another_speaks() -> None:
    cues = (
        cue(0, 2, "Hi.", "Ann"),
        cue(2, 4, "How are you?", "Ann"),
        cue(4, 6, "and"),
        cue(6, 8, "Well.", "Bob"),
    )
    assert [(p.voice, p.text) for p in paragraphs(cues)] == [
        ("Ann", "Hi. How are you? and"),
        ("Bob", "Well."),
    ]


def test_chapters_begin_paragraphs_and_name_the_speaker_again() -> None:
    chapters = (cue(0, 2, "Start"), cue(2, 9, "Go\non"))
    cues = (cue(0, 2, "one", "Ann"), cue(1.9, 4, "two", "Ann"), cue(4, 5, "three"))
    assert paragraphs(cues, chapters) == (
        Paragraph(0, "Ann", "one", "Start"),
        Paragraph(1900, "Ann", "two three", "Go on"),
    )


def test_chinese_joins_without_spaces_where_it_is_punctuated() -> None:
    cues = (cue(0, 2, "大家好，\n欢迎。"), cue(2, 4, "今天讲"), cue(4, 6, "付款。"))
    assert [p.text for p in paragraphs(cues, language="zh-Hans")] == ["大家好，欢迎。今天讲付款。"]


def test_chinese_without_punctuation_keeps_its_line_breaks_as_spaces() -> None:
    cues = (cue(0, 2, "大家好"), cue(2, 4, "今天讲付款"))
    assert [p.text for p in paragraphs(cues, language="zh-Hans")] == ["大家好 今天讲付款"]


def test_brackets_and_question_marks_are_no_sign_of_commas() -> None:
    lines = ("（提示音）", "第一种，您扫商家的二维码", "点“扫一扫”", "好吗？", "把镜头对准")
    cues = tuple(Cue(1000 * n, 1000 * n + 990, text) for n, text in enumerate(lines))
    assert [p.text for p in paragraphs(cues, language="zh-Hans")] == [
        "（提示音）",
        "第一种，您扫商家的二维码 点“扫一扫” 好吗？把镜头对准",
    ]


def test_a_cue_on_one_line() -> None:
    assert on_one_line("画面上是首页，\n左边是扫一扫", "zh-Hans") == "画面上是首页，左边是扫一扫"
    assert on_one_line("A hand\npays", "en") == "A hand pays"


def test_korean_and_latin_join_with_spaces() -> None:
    assert [p.text for p in paragraphs((cue(0, 2, "안녕하세요\n여러분."),), language="ko")] == [
        "안녕하세요 여러분."
    ]


def test_hyphens_at_line_ends() -> None:
    cues = (
        cue(0, 2, "a demonstration"),
        cue(2, 4, "the demon-\nstration is well-\nknown, so well-known"),
        cue(4, 6, "they know you-\nthrough it: you go through"),
    )
    assert [p.text for p in paragraphs(cues, language="en")] == [
        "a demonstration the demonstration is well-known, so well-known they know you- through it: you go through"
    ]


def test_dialogue_dashes_and_sounds_stand_alone() -> None:
    cues = (cue(0, 2, "[music]"), cue(2, 4, "- Yes?\n- No."), cue(4, 6, "then"))
    assert [p.text for p in paragraphs(cues)] == ["[music]", "Yes?", "No.", "then"]


def test_speech_without_punctuation_is_cut_before_it_fills_the_page() -> None:
    cues = tuple(cue(k, k + 1, "many words follow one another here") for k in range(200))
    lengths = [len(p.text) for p in paragraphs(cues)]
    assert len(lengths) > 5
    assert max(lengths) < 1000


def test_nothing() -> None:
    assert paragraphs(()) == ()
