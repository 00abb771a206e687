from pathlib import Path

import pytest
from tests.unit.recipes.media_work import MediaWork, make, tool

from coursepack.model.media import ChapterFacts, CueFacts, MediaFacts
from coursepack.recipes.embedded import clean_chapters, clean_title, extract, language_tag
from coursepack.tools.probe import probe

VIDEO = ("-f", "lavfi", "-i", "color=c=gray:s=64x36:r=10:d=6")
TONE = ("-f", "lavfi", "-i", "sine=440:d=6")
CODECS = ("-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac")

ASS = """[Script Info]
ScriptType: v4.00+

[V4+ Styles]
Format: Name, Fontname, Fontsize, Alignment
Style: Default,Arial,20,2

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Dialogue: 0,0:00:01.00,0:00:02.50,Default,Ann,0,0,0,,{\\an8}Look, here
"""


def srt(path: Path, *words: str) -> Path:
    """A cue of a second for each of `words`, from second 1."""
    cues = [f"{n}\n00:00:0{n},000 --> 00:00:0{n},900\n{w}\n" for n, w in enumerate(words, 1)]
    path.write_text("\n".join(cues), "utf-8")
    return path


def source(tmp: Path, name: str, *tracks: Path, options: tuple[str, ...] = ()) -> Path:
    """A video with these text tracks."""
    inputs = [word for track in tracks for word in ("-i", str(track))]
    maps = [word for n in range(2 + len(tracks)) for word in ("-map", str(n))]
    return make(tmp / name, *VIDEO, *TONE, *inputs, *maps, *CODECS, *options)


def extracted(path: Path, tmp: Path, language: str = "en") -> tuple[tuple[CueFacts, ...], MediaWork]:
    folder, out = tmp / "work", tmp / "out"
    folder.mkdir()
    out.mkdir()
    work = MediaWork(path, folder, out, params={"language": language})
    return extract(tool(), work, probe(path)), work


def codes(work: MediaWork) -> list[str]:
    return [d.code for d in work.findings]


def test_tracks_become_captions_and_subtitles(tmp_path: Path) -> None:
    en, zh = srt(tmp_path / "en.srt", "hello", "world"), srt(tmp_path / "zh.srt", "你好")
    options = ("-metadata:s:s:0", "language=eng", "-metadata:s:s:1", "language=chi")
    found, work = extracted(source(tmp_path, "a.mkv", en, zh, options=options), tmp_path)
    assert [(f.kind, f.language, f.file) for f in found] == [
        ("captions", "en", "embedded-1.en.vtt"),
        ("subtitles", "zh", "embedded-2.zh.vtt"),
    ]
    assert [(c.start_ms, c.end_ms, c.text) for c in found[0].cues] == [
        (1000, 1900, "hello"),
        (2000, 2900, "world"),
    ]
    assert (work.out / "embedded-2.zh.vtt").read_text("utf-8") == (
        "WEBVTT\n\n00:00:01.000 --> 00:00:01.900\n你好\n"
    )
    assert set(work.types.values()) == {"text/vtt"}
    assert codes(work) == ["CP232"]


def test_mp4_and_webm(tmp_path: Path) -> None:
    words = srt(tmp_path / "x.srt", "hello <b>you</b>")
    found, _ = extracted(source(tmp_path, "a.mp4", words, options=("-c:s", "mov_text")), tmp_path)
    assert [c.text for f in found for c in f.cues] == ["hello you"]
    (tmp_path / "b").mkdir()
    webm = make(
        tmp_path / "b.webm",
        *VIDEO,
        "-i",
        str(words),
        "-map",
        "0",
        "-map",
        "1",
        "-c:v",
        "libvpx",
        "-c:s",
        "webvtt",
    )
    found, work = extracted(webm, tmp_path / "b")
    assert [(c.start_ms, c.text) for f in found for c in f.cues] == [(1000, "hello you")]
    assert codes(work) == ["CP232"]


def test_places_and_speakers_of_substation_are_kept(tmp_path: Path) -> None:
    ass = tmp_path / "x.ass"
    ass.write_text(ASS)
    found, work = extracted(source(tmp_path, "a.mkv", ass, options=("-c:s", "copy")), tmp_path)
    assert [(c.start_ms, c.end_ms, c.text, c.voice) for c in found[0].cues] == [
        (1000, 2500, "Look, here", "Ann")
    ]
    assert "line:0" in (work.out / found[0].file).read_text()


@pytest.mark.parametrize("name", ["a.mkv", "a.mp4"])
def test_times_count_from_the_first_picture(tmp_path: Path, name: str) -> None:
    """A file whose clock begins at 7 s, as cameras and cutters write them."""
    words = srt(tmp_path / "x.srt", "hello")
    codec = "mov_text" if name.endswith("mp4") else "subrip"
    options = ("-c:s", codec, "-output_ts_offset", "7")
    path = source(tmp_path, name, words, options=options)
    found, _ = extracted(path, tmp_path)
    assert abs(found[0].cues[0].start_ms - 1000) <= 60


def test_forced_tracks_are_left_out_and_those_for_the_deaf_come_first(tmp_path: Path) -> None:
    signs = srt(tmp_path / "f.srt", "EXIT")
    plain, full = srt(tmp_path / "p.srt", "hello"), srt(tmp_path / "h.srt", "[bell] hello")
    options = [w for n in range(3) for w in (f"-metadata:s:s:{n}", "language=eng")]
    options += ["-disposition:s:0", "forced", "-disposition:s:1", "default"]
    options += ["-disposition:s:2", "hearing_impaired"]
    found, work = extracted(source(tmp_path, "a.mkv", signs, plain, full, options=tuple(options)), tmp_path)
    assert [(f.kind, f.cues[0].text) for f in found] == [("captions", "[bell] hello")]
    assert list(work.types) == ["embedded-1.en.vtt"]


@pytest.mark.parametrize("name", ["a.mkv", "a.mp4"])
def test_a_track_ends_with_the_video(tmp_path: Path, name: str) -> None:
    words = srt(tmp_path / "x.srt", "hello")
    more = "\n9\n00:00:05,000 --> 00:00:09,000\nso long\n"
    words.write_text(words.read_text("utf-8") + more, "utf-8")
    codec = ("-c:s", "mov_text" if name.endswith("mp4") else "subrip")
    found, work = extracted(source(tmp_path, name, words, options=codec), tmp_path)
    assert [c.text for c in found[0].cues] == ["hello", "so long"]
    assert abs(found[0].cues[1].end_ms - 6000) <= 100
    assert codes(work) == ["CP232"]


def test_cues_of_what_was_cut_off_are_told_of(tmp_path: Path) -> None:
    words = srt(tmp_path / "x.srt", *"abcdefghi")
    found, work = extracted(source(tmp_path, "a.mkv", words), tmp_path)
    # AAC goes on for a frame, so the sixth is there for a moment.
    assert [c.text for c in found[0].cues] == [*"abcdef"]
    assert codes(work) == ["CP318", "CP232"]
    assert work.findings[0].args["unseen"] == "3"


def test_the_language_of_the_sound_decides_what_captions_are(tmp_path: Path) -> None:
    words = srt(tmp_path / "x.srt", "hello")
    options = ("-metadata:s:s:0", "language=eng", "-metadata:s:a:0", "language=fre")
    found, _ = extracted(source(tmp_path, "a.mkv", words, options=options), tmp_path)
    assert found[0].kind == "subtitles"


def test_hostile_words_are_harmless(tmp_path: Path) -> None:
    words = srt(tmp_path / "x.srt", "<script>alert(1)</script> <b onclick=x>hi", "a\x07b &lt;img src=x&gt;")
    found, work = extracted(source(tmp_path, "a.mkv", words, options=("-c:s", "copy")), tmp_path)
    text = (work.out / found[0].file).read_text("utf-8")
    for bad in ("<script", "onclick", "\x07", "<img"):
        assert bad not in text
    assert found[0].cues[0].text.endswith("hi")
    assert all(d.line == 0 for d in work.findings)


def test_what_is_wrong_with_a_track_is_told_without_lines(tmp_path: Path) -> None:
    blank = tmp_path / "x.ass"
    lines = "".join(
        f"Dialogue: 0,0:00:0{n}.00,0:00:0{n}.00,Default,,0,0,0,,no time {n // 9}\n" for n in (3, 4, 5)
    )
    blank.write_text(ASS + lines)
    found, work = extracted(source(tmp_path, "a.mkv", blank, options=("-c:s", "copy")), tmp_path)
    assert [c.text for c in found[0].cues] == ["Look, here"]
    assert sorted(codes(work)) == ["CP232", "CP311", "CP311", "CP311"]
    assert all(d.line == 0 for d in work.findings)


def test_a_track_too_large_does_not_take_the_others_with_it(tmp_path: Path) -> None:
    large = tmp_path / "large.srt"
    cues = (
        f"{n}\n00:{n // 60:02}:{n % 60:02},000 --> 00:{n // 60:02}:{n % 60:02},900\n{'word ' * 1000}\n"
        for n in range(2200)
    )
    large.write_text("\n".join(cues))
    small = srt(tmp_path / "s.srt", "hello")
    options = ("-c:s", "copy", "-metadata:s:s:0", "language=fre", "-metadata:s:s:1", "language=eng")
    found, work = extracted(source(tmp_path, "a.mkv", large, small, options=options), tmp_path)
    assert [(f.language, len(f.cues)) for f in found] == [("en", 1)]
    assert codes(work) == ["CP240", "CP232"]
    assert work.findings[0].args == {"index": "2", "detail": "> 10 MiB"}


def test_pictures_of_letters_and_empty_tracks(tmp_path: Path) -> None:
    words = srt(tmp_path / "x.srt", "hello")
    empty = tmp_path / "e.vtt"
    empty.write_text("WEBVTT\n\n00:01.000 --> 00:02.000\n<b></b>\n")
    dvd = make(
        tmp_path / "d.mkv", *VIDEO, "-i", str(words), "-map", "0", "-map", "1", "-c:v", "libx264",
        "-c:s", "subrip",
    )  # fmt: skip
    data = dvd.read_bytes()
    # Another codec's name of the same length: a track that nobody can read.
    strange = tmp_path / "s.mkv"
    strange.write_bytes(data.replace(b"S_TEXT/UTF8", b"S_TEXT/UTF9"))
    found, work = extracted(strange, tmp_path)
    assert (found, codes(work)) == ((), ["CP239"])
    (tmp_path / "b").mkdir()
    found, work = extracted(source(tmp_path, "e.mkv", empty), tmp_path / "b")
    assert (found, work.types) == ((), {})


def test_a_video_without_text(tmp_path: Path) -> None:
    assert extract(tool(), MediaWork(tmp_path, tmp_path, tmp_path), MediaFacts("mp4", 1000)) == ()


@pytest.mark.parametrize(
    ("code", "tag"),
    [
        ("eng", "en"),
        ("chi", "zh"),
        ("zho", "zh"),
        ("yue", "yue"),
        ("jpn", "ja"),
        ("ger", "de"),
        ("zh-hant", "zh-Hant"),
        ("en_us", "en-US"),
        ("und", ""),
        ("mul", ""),
        ("", ""),
        ("../x", ""),
        ("English", ""),
    ],
)
def test_languages(code: str, tag: str) -> None:
    assert language_tag(code) == tag


# -- chapters ----------------------------------------------------------------------------------------------------


METADATA = """;FFMETADATA1
[CHAPTER]
TIMEBASE=1/1000
START=0
END=2000
title=One
[CHAPTER]
TIMEBASE=1/1000
START=2000
END=4000
title=二
[CHAPTER]
TIMEBASE=1/1000
START=4000
END=6000
title=
"""


@pytest.mark.parametrize("name", ["a.mkv", "a.mp4", "a.mov", "a.ogg"])
def test_chapters_of_containers(tmp_path: Path, name: str) -> None:
    meta = tmp_path / "m.txt"
    meta.write_text(METADATA, "utf-8")
    # In Ogg, ffmpeg writes chapters for few codecs.
    codecs = ("-vn", "-c:a", "libopus") if name.endswith("ogg") else CODECS
    path = make(tmp_path / name, *VIDEO, *TONE, "-i", str(meta), "-map", "0", "-map", "1", "-map_metadata", "2", "-map_chapters", "2", *codecs)  # fmt: skip
    facts = probe(path)
    chapters = clean_chapters(facts.chapters, 6000, "zh-Hans")
    assert [(c.start_ms, c.end_ms, c.title) for c in chapters] == [
        (0, 2000, "One"),
        (2000, 4000, "二"),
        (4000, 6000, "第 3 部分"),
    ]
    assert not [s for s in facts.streams if s.kind == "subtitle"]


def test_untidy_chapters() -> None:
    chapters = (
        ChapterFacts(9000, 9500, "late"),
        ChapterFacts(4000, 8000, " a\x1b[31m\n\u202eb "),
        ChapterFacts(0, 6000, "over\tlapping"),
        ChapterFacts(0, 100, "twice"),
        ChapterFacts(10_000, 11_000, "beyond"),
    )
    assert clean_chapters(chapters, 10_000, "en") == (
        ChapterFacts(0, 4000, "over lapping"),
        ChapterFacts(4000, 9000, "a [31m b"),
        ChapterFacts(9000, 10_000, "late"),
    )
    assert clean_chapters(chapters[:1], 10_000) == ()
    assert clean_chapters((), 10_000) == ()
    assert len(clean_title("x" * 1000)) == 200
