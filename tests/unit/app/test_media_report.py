"""The author's media report: numbers that hold, a page that stands by itself, the same bytes again."""

import re

import msgspec
import pytest
from tests.unit.app.media_shelf import DRAWING, REPORT, Shelf, full_shelf

from coursepack.app import media_report as module
from coursepack.app.media_report import media_report, totals
from coursepack.app.media_rows import chapters_vtt, media_made
from coursepack.model.media import ChapterFacts


def page_of(shelf: Shelf) -> str:
    return media_report(shelf.course, shelf.plan, shelf.artefacts, shelf.blobs.__getitem__).page().decode()


def test_rows_say_what_was_made() -> None:
    shelf = full_shelf()
    rows = media_report(shelf.course, shelf.plan, shelf.artefacts, shelf.blobs.__getitem__).rows
    assert len(msgspec.json.decode(msgspec.json.encode(rows))) == 10
    assert [r["path"] for r in rows] == sorted(r["path"] for r in rows)
    video = next(r for r in rows if r["path"] == "01-scan/media/pay.mp4")
    assert (video["kind"], video["video_class"], video["crf"], video["vmaf"]) == (
        "video",
        "slides",
        27.5,
        95.2,
    )
    assert [r["bytes_per_minute"] for r in video["rungs"]] == [2_400_000, 900_000, 350_000]
    assert video["proposed_chapters"].startswith("WEBVTT\n\n00:00:00.000 --> 00:01:01.000\nChapter 1\n")
    assert [f["code"] for f in video["findings"]] == ["CP231"]
    photo = next(r for r in rows if r["path"] == "media/photo-0.jpg")
    assert [(f["media_type"], f["width"], f["files"]) for f in photo["formats"]] == [
        ("image/avif", 684, 2),
        ("image/jpeg", 684, 2),
    ]
    assert {r["path"] for r in rows if r["failed"]} == {"02-lock/media/broken.mp4", "media/bomb.png"}


def test_totals_compare_with_a_fixed_ladder() -> None:
    shelf = full_shelf()
    sums = totals(media_made(shelf.plan, shelf.artefacts, "en"))
    assert (sums.videos, sums.audios, sums.images, sums.failed) == (3, 1, 6, 2)
    assert sums.video_size == 62_000_000
    assert sums.fixed_ladder_size == 209_000_000
    assert sums.saved_percent == 70


def test_the_same_picture_twice_is_on_the_server_once() -> None:
    one, two = Shelf(), Shelf()
    one.picture("en/bus.jpg", "#084")
    for path in ("en/bus.jpg", "fr/bus.jpg"):
        two.picture(path, "#084")
    alone, both = (totals(media_made(s.plan, s.artefacts, "en")) for s in (one, two))
    assert (both.images, both.image_size) == (2, alone.image_size)


def test_the_page_stands_by_itself() -> None:
    page = page_of(full_shelf())
    assert not re.findall(r"(?:src|href)=\"(?!data:image/)", page)
    assert "<script" not in page
    assert "http://" not in page and "https://" not in page
    assert page.count('<img src="data:image/jpeg;base64,') == 6
    assert page.count('<img src="data:image/svg+xml;base64,') == 1
    assert len(page) < 120_000


def test_the_page_says_quality_size_and_savings() -> None:
    text = re.sub(r"<[^>]*>|\s+", " ", page_of(full_shelf()))
    text = re.sub(r"\s+", " ", text)
    for words in (
        "slides",
        "27.5",
        "95.2",
        "93.4",
        "−18.2 LUFS",
        "22.0 MB",
        "87% saved",
        "70% saved a fixed ladder would take 209.0 MB",
        "2.4 MB",
        "−1.4 dBTP",
    ):
        assert words in text, words
    assert "source kept as it is" in text
    assert "Pay &amp; be &lt;safe&gt;" in text
    assert "pay.chapters.en.vtt" in text
    assert "error CP252: the image is too large (900 Mpx; the limit is 50 Mpx)" in text


@pytest.mark.parametrize("language", ["zh", "zh-Hant", "yue"])
def test_chinese_courses_have_a_chinese_report(language: str) -> None:
    page = page_of(full_shelf(language))
    assert '<html lang="zh-Hans">' in page
    assert "媒体报告" in page
    assert "Media report" not in page and "Findings" not in page
    assert "图片太大" in page
    assert "节省 70%" in page and "固定码率方案需要 209.0 MB" in page
    assert ": <" not in page and "，服务器上 62.0 MB" in page


def test_every_word_of_the_template_has_a_translation() -> None:
    template = (module.Path(module.__file__).with_name("media_report.html")).read_text("utf-8")
    words = set(re.findall(r'_\("([^"]+)"\)', template))
    looks = {"photo", "flat", "drawing", "animation", "video", "slides", "screen", "camera", "mixed"}
    savings = {"{percent}% saved", "{percent}% more"}
    assert words | looks | savings | {"error", "warning", "info"} == module.WORDS.keys()


def test_same_artefacts_same_bytes_and_other_media_another_digest() -> None:
    one, same, other = full_shelf(), full_shelf(), full_shelf()
    other.picture("media/new.jpg", "#000")
    assert page_of(one) == page_of(same)
    digests = [
        media_report(s.course, s.plan, s.artefacts, {}.__getitem__).made_of for s in (one, same, other)
    ]
    assert digests[0] == digests[1] != digests[2]


def test_many_pictures_are_only_numbers_in_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_PICTURES", 3)
    page = page_of(full_shelf())
    assert page.count("<img ") == 3
    assert page.count("data:image/jpeg") == 3  # posters come first
    assert page.count('<li class="card') == 6


def test_no_media_no_rows() -> None:
    shelf = Shelf()
    report = media_report(shelf.course, shelf.plan, shelf.artefacts, shelf.blobs.__getitem__)
    assert report.rows == ()
    assert b"This course has no media." in report.page()


def test_chapters_as_webvtt() -> None:
    assert chapters_vtt(()) == ""
    late = chapters_vtt((ChapterFacts(3_600_000, 7_199_999, "二"),))
    assert late == "WEBVTT\n\n01:00:00.000 --> 01:59:59.999\n二\n"


def test_the_shelf_is_what_it_says() -> None:
    assert REPORT.ladder_bytes < REPORT.fixed_ladder_bytes
    assert b"svg" in DRAWING
