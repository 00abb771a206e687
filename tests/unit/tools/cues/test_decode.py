import pytest

from coursepack.tools.cues import read_cues
from coursepack.tools.cues.codepages import guess_codec

SHORT = {
    "gb18030": ("zh-Hans", ["你好", "请先看清楚二维码", "骑车时要戴好头盔", "第一节：扫码付款"]),
    "big5hkscs": ("zh-Hant", ["你好", "歡迎學習", "多謝收睇", "呼吸系統的健康", "我哋今日講下點樣畀錢"]),
    "cp932": ("ja", ["こんにちは", "安全運転", "ヘルメットをかぶりましょう"]),
    "euc_jp": ("ja", ["こんにちは", "ヘルメットをかぶりましょう"]),
    "cp949": ("ko", ["안녕하세요", "헬멧을 착용하세요"]),
    "cp1252": ("fr", ["communauté", "Élève", "déjà vu, là-bas", "« Bonjour »", "l’été"]),
    "cp1250": ("pl", ["Dziękuję bardzo", "Zażółć gęślą jaźń"]),
    "cp1254": ("tr", ["Teşekkür ederim", "İyi günler, arkadaşlar"]),
    "cp1251": ("ru", ["Привет", "Сначала проверьте код"]),
    "koi8-r": ("ru", ["Привет", "Сначала проверьте код"]),
    "cp1256": ("ar", ["مرحبا", "أهلا بكم في الدورة"]),
    "cp1253": ("el", ["Καλημέρα"]),
    "cp1255": ("he", ["שלום"]),
    "cp874": ("th", ["สวัสดีครับ", "ยินดีต้อนรับสู่หลักสูตร"]),
}


@pytest.mark.parametrize("codec", SHORT)
def test_one_short_line_is_enough_when_the_language_is_known(codec: str) -> None:
    language, lines = SHORT[codec]
    for line in lines:
        assert line.encode(codec).decode(guess_codec(line.encode(codec), language)) == line


@pytest.mark.parametrize("codec", sorted(set(SHORT) - {"cp1250", "cp1255"}))
@pytest.mark.parametrize("language", ["", "en", "zh-Hans"])
def test_a_few_lines_are_enough_when_the_language_is_unknown_or_wrong(codec: str, language: str) -> None:
    text = "\n".join(SHORT[codec][1])
    assert text.encode(codec).decode(guess_codec(text.encode(codec), language)) == text


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_with_a_mark_needs_no_guess(codec: str) -> None:
    data = "1\r\n00:00:01,000 --> 00:00:03,000\r\n戴好头盔\r\n".encode(codec)
    track, found = read_cues(data, format_hint="srt", language="", path="a.srt")
    assert [c.markup for c in track.cues] == ["戴好头盔"]
    assert found == ()


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark_is_said(codec: str) -> None:
    data = "WEBVTT\n\n00:00:01.000 --> 00:00:03.000\n戴好头盔再出发\n".encode(codec)
    track, found = read_cues(data, format_hint="vtt", language="", path="a.vtt")
    assert [c.markup for c in track.cues] == ["戴好头盔再出发"]
    assert [(d.code, d.args) for d in found] == [("CP304", {"encoding": "UTF-16"})]


def test_xml_declaration_is_believed() -> None:
    text = '<?xml version="1.0" encoding="GBK"?><tt><body><div><p begin="1s" end="3s">戴好头盔</p></div></body></tt>'
    track, found = read_cues(text.encode("gbk"), format_hint="ttml", language="", path="a.ttml")
    assert [c.markup for c in track.cues] == ["戴好头盔"]
    assert found == ()


def test_too_large_is_refused() -> None:
    track, found = read_cues(b"WEBVTT\n\n" + b"x" * (11 << 20), format_hint="vtt", language="", path="a.vtt")
    assert track.cues == ()
    assert [d.code for d in found] == ["CP307"]
