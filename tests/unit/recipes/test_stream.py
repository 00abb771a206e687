"""The playlists, the manifest and the sound of a video, read back by the letter of their standards."""

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import av
import msgspec
import pytest
from PIL import Image
from tests.unit.recipes.hls_reader import Master, MediaPlaylist, beside, read_master, read_media
from tests.unit.recipes.media_work import tool
from tests.unit.recipes.streamed import SECONDS, Shelf, StreamWork, built, on_disk, stream_params, video_shelf

from coursepack.model.media import AudioFacts, ChapterFacts, Cue, ImageFacts, ImageVariant
from coursepack.model.recipe import Refused
from coursepack.model.step import Artefact
from coursepack.recipes.stream import StreamRecipe

_MPD = "{urn:mpeg:dash:schema:mpd:2011}"


@dataclass
class Streamed:
    work: StreamWork
    facts: dict[str, Any]
    folder: Path
    """Of the step's files, laid out as on a site."""

    @property
    def master(self) -> Master:
        return read_master(self.folder / "master.m3u8")

    def playlist(self, uri: str) -> MediaPlaylist:
        return read_media(beside(self.folder / "master.m3u8", uri))


def run(tmp_path: Path, shelf: Shelf, params: dict[str, Any]) -> Streamed:
    (tmp_path / "work").mkdir(parents=True)
    work = StreamWork(shelf, tmp_path / "work", params)
    facts = StreamRecipe(tool()).run(work)
    return Streamed(work, facts, on_disk(shelf, work.files, tmp_path / "site", params))


def full(tmp_path: Path) -> Streamed:
    shelf = video_shelf()
    shelf.words("cues/0", "captions", "zh-Hans", Cue(0, 1000, "你好"))
    shelf.words("cues/1", "subtitles", "en", Cue(0, 1000, "Hello"))
    shelf.words("cues/2", "chapters", "zh-Hans", Cue(0, 1000, "一"), Cue(2000, 9000, 'a=b;#\\\n"'))
    shelf.words("cues/3", "descriptions", "en", Cue(0, 1000, "A hand"))
    return run(tmp_path, shelf, stream_params(cues=4, described=True))


def test_every_playlist_keeps_the_rules_and_its_promises(tmp_path: Path) -> None:
    made = full(tmp_path)
    master = made.master
    assert len(master.variants) == 3
    heard = {
        group: max(
            made.playlist(m["URI"]).peak
            for m in master.media
            if m["TYPE"] == "AUDIO" and m["GROUP-ID"] == group
        )
        for group in ("audio", "low")
        if any(m["GROUP-ID"] == group for m in master.media)
    }
    for v in master.variants:
        picture = made.playlist(v["URI"])
        needed = picture.peak + heard[v["AUDIO"]]
        # Subtitles may be loaded beside them: some ten bytes a second.
        assert needed <= int(v["BANDWIDTH"]) <= needed + 1000
        assert abs(picture.seconds - SECONDS) < 0.1
        assert picture.init is not None
        with av.open(io.BytesIO(picture.init.read_bytes() + picture.pieces[0].data)) as file:
            stream = file.streams.video[0]
            assert v["RESOLUTION"] == f"{stream.width}x{stream.height}"
            assert float(v["FRAME-RATE"]) == float(stream.guessed_rate or 0)
            name = stream.codec_context.codec.canonical_name
            assert v["CODECS"].startswith({"h264": "avc1.", "av1": "av01."}[name])
            if name == "h264":
                level = (stream.codec_context.extradata or b"")[1:4].hex()
                assert v["CODECS"] == f"avc1.{level},mp4a.40.2"
            assert next(file.decode(stream)).key_frame
        assert v["CLOSED-CAPTIONS"] == "NONE"
    # What plays first on a slow line comes first, and what old players know before what they do not.
    assert [v["RESOLUTION"] for v in master.variants] == ["320x240", "160x120", "320x240"]
    assert [v["CODECS"][:4] for v in master.variants] == ["avc1", "avc1", "av01"]
    # However small it is, the best of several has the better sound.
    assert [v["AUDIO"] for v in master.variants] == ["audio", "low", "low"]


def test_keyframe_playlists_show_one_picture_each(tmp_path: Path) -> None:
    made = full(tmp_path)
    assert len(made.master.iframes) == 3
    for i in made.master.iframes:
        listed = made.playlist(i["URI"])
        assert listed.iframes
        assert listed.peak <= int(i["BANDWIDTH"]) <= listed.peak + 1
        assert "mp4a" not in i["CODECS"]
        assert listed.init is not None
        assert abs(listed.seconds - SECONDS) < 0.1
        for piece in listed.pieces:
            with av.open(io.BytesIO(listed.init.read_bytes() + piece.data)) as file:
                pictures = list(file.decode(video=0))
            assert [p.key_frame for p in pictures] == [True]
            assert i["RESOLUTION"] == f"{pictures[0].width}x{pictures[0].height}"


def test_sound_and_words_of_every_language(tmp_path: Path) -> None:
    made = full(tmp_path)
    sounds = [m for m in made.master.media if m["TYPE"] == "AUDIO"]
    assert {m["GROUP-ID"] for m in sounds} == {"audio", "low"}
    for group in ("audio", "low"):
        main, described = (m for m in sounds if m["GROUP-ID"] == group)
        assert (main["NAME"], main["LANGUAGE"], main["DEFAULT"]) == ("简体中文", "zh-Hans", "YES")
        assert described["DEFAULT"] == "NO"
        assert described["AUTOSELECT"] == "YES"
        assert described["CHARACTERISTICS"] == "public.accessibility.describes-video"
        assert described["NAME"] == "简体中文 (口述影像)"
        assert made.playlist(main["URI"]).seconds == pytest.approx(SECONDS, abs=0.1)
    words = [m for m in made.master.media if m["TYPE"] == "SUBTITLES"]
    assert [(m["LANGUAGE"], m["NAME"], m["DEFAULT"]) for m in words] == [
        ("zh-Hans", "简体中文", "YES"),
        ("en", "English", "NO"),
        ("fr", "Français", "NO"),  # from inside the video's file
    ]
    assert ["transcribes-spoken-dialog" in m.get("CHARACTERISTICS", "") for m in words] == [
        True,
        False,
        False,
    ]
    for m in words:
        listed = made.playlist(m["URI"])
        assert listed.seconds == SECONDS
        assert [p.data[:6] for p in listed.pieces] == [b"WEBVTT"]


def test_the_manifest_names_the_same_files(tmp_path: Path) -> None:
    made = full(tmp_path)
    root = ElementTree.fromstring(made.work.files["manifest.mpd"])
    assert made.work.types["manifest.mpd"] == "application/dash+xml"
    assert root.attrib["mediaPresentationDuration"] == f"PT{SECONDS}.000S"
    sets = list(root.iter(f"{_MPD}AdaptationSet"))
    assert [s.attrib["contentType"] for s in sets] == [
        "video",
        "video",
        "audio",
        "audio",
        "text",
        "text",
        "text",
    ]
    roles = [[(d.tag[len(_MPD) :], d.attrib["value"]) for d in s if "schemeIdUri" in d.attrib] for s in sets]
    assert roles[3] == [("Accessibility", "1"), ("Role", "alternate")]
    assert roles[4] == [("Accessibility", "2"), ("Role", "caption")]
    assert roles[5] == [("Role", "subtitle")]
    ids = [r.attrib["id"] for r in root.iter(f"{_MPD}Representation")]
    assert len(set(ids)) == len(ids) == 9
    _, facts, _, _ = built()
    rates = {r.attrib["id"]: int(r.attrib["bandwidth"]) for r in root.iter(f"{_MPD}Representation")}
    assert rates.items() >= {(r.name, r.bandwidth) for r in facts.renditions}
    for segments in root.iter(f"{_MPD}SegmentList"):
        init = segments.find(f"{_MPD}Initialization")
        assert init is not None
        files = [s.attrib["media"] for s in segments.findall(f"{_MPD}SegmentURL")]
        data = [
            beside(made.folder / "manifest.mpd", f).read_bytes() for f in (init.attrib["sourceURL"], *files)
        ]
        with av.open(io.BytesIO(b"".join(data))) as file:
            stream = file.streams[0]
            end = max(p.pts + p.duration for p in file.demux(stream) if p.pts is not None) * stream.time_base
        ticks = [int(s.attrib["d"]) * (1 + int(s.get("r", "0"))) for s in segments.iter(f"{_MPD}S")]
        assert sum(1 + int(s.get("r", "0")) for s in segments.iter(f"{_MPD}S")) == len(files)
        assert sum(ticks) / int(segments.attrib["timescale"]) == pytest.approx(float(end), abs=0.03)
    for text in root.iter(f"{_MPD}BaseURL"):
        assert beside(made.folder / "manifest.mpd", text.text or "").read_bytes().startswith(b"WEBVTT")


def test_sound_for_riders(tmp_path: Path) -> None:
    made = full(tmp_path)
    assert made.facts["audio"] == "audio.m4a"
    data = made.work.files["audio.m4a"]
    assert made.facts["audio_size"] == len(data)
    assert data[4:12] == b"ftypM4A "
    with av.open(io.BytesIO(data)) as file:
        assert [s.codec_context.name for s in file.streams.audio] == ["aac"]
        assert file.streams.video[0].disposition.name == "attached_pic"
        assert [(c["start"] * c["time_base"], c["metadata"]["title"]) for c in file.chapters()] == [
            (0, "一"),
            (2, 'a=b;#\\ "'),
        ]
        assert file.chapters()[-1]["end"] * file.chapters()[-1]["time_base"] == SECONDS
        sound = sum(f.samples for f in file.decode(audio=0)) / 48_000
    assert sound == pytest.approx(SECONDS, abs=0.05)
    again = run(tmp_path / "again", made.work.shelf, made.work.params)
    assert again.work.files == made.work.files


def test_the_authors_poster_is_the_cover(tmp_path: Path) -> None:
    shelf = video_shelf()
    pictures = {}
    for name, width, form in (("a.webp", 1280, "WEBP"), ("b.png", 64, "PNG"), ("c.png", 96, "PNG")):
        out = io.BytesIO()
        Image.new("RGB", (width, 32), "red").save(out, form)
        pictures[name] = (out.getvalue(), f"image/{form.lower()}")
    widths = {"a.webp": 1280, "b.png": 64, "c.png": 96}
    variants = tuple(ImageVariant(n, t, widths[n], 32, len(d)) for n, (d, t) in pictures.items())
    shelf.put("poster", pictures, ImageFacts(96, 32, variants))
    made = run(tmp_path, shelf, stream_params())
    with av.open(io.BytesIO(made.work.files["audio.m4a"])) as file:
        cover = file.streams.video[0]
        assert (cover.codec_context.name, cover.width) == ("png", 96)
        assert next(file.decode(cover)).width == 96
    shelf.artefacts["poster"] = Artefact(failed=True)
    own = run(tmp_path / "own", shelf, stream_params())
    with av.open(io.BytesIO(own.work.files["audio.m4a"])) as file:
        assert file.streams.video[0].width == 320


def test_chapters_inside_the_file_serve_where_there_are_none_beside_it(tmp_path: Path) -> None:
    made = run(tmp_path, video_shelf(), stream_params())
    with av.open(io.BytesIO(made.work.files["audio.m4a"])) as file:
        assert [c["metadata"]["title"] for c in file.chapters()] == ["Inside", "the file"]


@pytest.mark.parametrize(
    ("inside", "course", "spoken"),
    [("eng", "zh-Hans", "en"), ("chi", "zh-Hans", "zh-Hans"), ("und", "en", "en"), ("", "yue", "yue")],
)
def test_the_sound_is_in_the_language_of_the_file(
    tmp_path: Path, inside: str, course: str, spoken: str
) -> None:
    _, facts, _, _ = built()
    audio = tuple(msgspec.structs.replace(a, language=inside) for a in facts.audio)
    shelf = video_shelf(msgspec.structs.replace(facts, audio=audio))
    made = run(tmp_path, shelf, stream_params(language=course))
    assert {m["LANGUAGE"] for m in made.master.media if m["TYPE"] == "AUDIO"} == {spoken}


def test_words_beside_the_video_stand_for_those_inside_it(tmp_path: Path) -> None:
    shelf = video_shelf()
    shelf.words("cues/0", "subtitles", "fr-CA", Cue(0, 1000, "Allô"))
    made = run(tmp_path, shelf, stream_params(cues=1))
    words = [m for m in made.master.media if m["TYPE"] == "SUBTITLES"]
    assert [(m["LANGUAGE"], m["DEFAULT"]) for m in words] == [("fr-CA", "NO")]


def test_a_silent_video_and_what_failed(tmp_path: Path) -> None:
    _, facts, _, _ = built()
    silent = msgspec.structs.replace(facts, audio=(), sound="", has_audio=False, captions=())
    shelf = video_shelf(silent)
    shelf.artefacts["cues/0"] = Artefact(failed=True)
    shelf.artefacts["described/0"] = Artefact(failed=True)
    params = stream_params(cues=1, described=True)
    made = run(tmp_path, shelf, params)
    assert made.master.media == []
    assert all("AUDIO" not in v and "mp4a" not in v["CODECS"] for v in made.master.variants)
    assert "audio" not in made.facts
    assert sorted(made.work.files) == ["manifest.mpd", "master.m3u8"]
    shelf.artefacts["video"] = Artefact(failed=True)
    with pytest.raises(Refused) as refused:
        StreamRecipe(tool()).run(StreamWork(shelf, tmp_path, params))
    assert refused.value.diagnostics == ()


def test_described_sound_of_another_length_is_told(tmp_path: Path) -> None:
    shelf = video_shelf()
    _, _, files, described = built()
    shelf.put("described/0", files, msgspec.structs.replace(described, duration_ms=60_000))
    made = run(tmp_path, shelf, stream_params(described=True))
    assert [(d.code, d.path) for d in made.work.findings] == [("CP245", "pay.described.mp3")]
    assert any("CHARACTERISTICS" in m for m in made.master.media)
    shelf.put("described/0", files, AudioFacts(5000, "audio.m4a", 1))
    plain = run(tmp_path / "plain", shelf, stream_params(described=True))
    assert not any("CHARACTERISTICS" in m for m in plain.master.media)


def test_words_of_authors_break_no_playlist(tmp_path: Path) -> None:
    evil = 'x",URI="http://evil.example/\n#EXT-X-ENDLIST\r'
    _, facts, _, _ = built()
    audio = tuple(msgspec.structs.replace(a, language=evil) for a in facts.audio)
    inside = msgspec.structs.replace(facts.captions[0], language=evil)
    chapters = (
        ChapterFacts(0, 1000, f"[CHAPTER]\n{evil}"),
        ChapterFacts(-5, 0, "x"),
        ChapterFacts(9000, 1, "y"),
    )
    shelf = video_shelf(
        msgspec.structs.replace(facts, audio=audio, captions=(inside, inside), chapters=chapters)
    )
    shelf.words("cues/0", "subtitles", "en-x-evil", Cue(0, 1000, "x"))
    made = run(tmp_path, shelf, stream_params(cues=1, language="zh-Hans"))
    assert len(made.master.media) == 2 + 3
    assert all("evil.example" not in m["URI"] for m in made.master.media)
    assert all("LANGUAGE" not in m or "evil.example" not in m["LANGUAGE"] for m in made.master.media)
    ElementTree.fromstring(made.work.files["manifest.mpd"])
    with av.open(io.BytesIO(made.work.files["audio.m4a"])) as file:
        assert len(file.chapters()) == 1
