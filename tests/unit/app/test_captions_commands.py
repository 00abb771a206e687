"""The commands over caption files, with real files, as users and CI jobs meet them."""

import json
import shutil
from pathlib import Path

import pysubs2
import pytest
from tests.helpers.course import ffmpeg

from coursepack.cli.captions import SUBCOMMANDS
from coursepack.cli.main import run
from coursepack.tools.cues import read_cues

VTT = """WEBVTT

NOTE by Mei

00:00:01.000 --> 00:00:02.500
Open the app.

00:00:02.400 --> 00:00:03.600
Check the amount.
"""
SRT_GBK = "1\n00:00:01,000 --> 00:00:02,500\n请先核对金额。\n\n2\n00:00:02,580 --> 00:00:04,600\n然后付款。\n".encode(
    "gbk"
)


@pytest.fixture(autouse=True)
def quiet_place(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COURSEPACK_LANG", "en")
    monkeypatch.setenv("NO_COLOR", "1")


@pytest.fixture
def course(tmp_path):
    root = tmp_path / "pay"
    (root / "media").mkdir(parents=True)
    (root / "course.yaml").write_text(
        "id: pay\ntitle: Pay\nlanguage: en\nlanguages: [en, zh-Hans]\nchecks: {CP339: off, CP335: error}\n"
    )
    (root / "index.md").write_text("# Pay\n\n![Paying](media/pay.mp4)\n")
    (root / "media/pay.en.vtt").write_text(VTT)
    (root / "media/pay.zh-Hans.srt").write_bytes(SRT_GBK)
    (root / "media/pay.chapters.en.vtt").write_text("WEBVTT\n\n00:00:00.000 --> 00:00:09.000\nAll\n")
    video = "testsrc2=size=320x180:rate=30:duration=3"
    ffmpeg(
        "-f", "lavfi", "-i", video, "-pix_fmt", "yuv420p", "-preset", "ultrafast", str(root / "media/pay.mp4")
    )
    return root


def result(capsys, *arguments: object) -> dict:
    """The result object of a command, with its exit code."""
    capsys.readouterr()
    code = run(["captions", *map(str, arguments), "--format", "json"])
    out = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert out["event"] == "result"
    return {**out, "exit": code}


def places(out: dict, code: str) -> list[tuple[str, str]]:
    return [(Path(d["path"]).name, d.get("time", "")) for d in out["diagnostics"] if d["code"] == code]


@pytest.mark.parametrize("name", sorted(SUBCOMMANDS))
def test_every_command_has_the_contract(name, capsys):
    assert run(["captions", name, "--help"]) == 0
    out = capsys.readouterr().out
    assert f"coursepack captions {name}" in out.split("Example", 1)[1]
    assert "--format [text|json" in out and "--quiet" in out


def test_a_misspelt_command_is_named(capsys):
    assert run(["captions", "chekc"]) == 2
    assert "`check`" in capsys.readouterr().err


# -- check ---------------------------------------------------------------------------------------------------------


def test_a_course_is_checked_against_its_media(course, capsys):
    out = result(capsys, "check", course)
    files = {Path(f["path"]).name: f for f in out["files"]}
    assert files["pay.en.vtt"]["duration_ms"] == 3000
    assert files["pay.zh-Hans.srt"]["language"] == "zh-Hans"
    assert files["pay.chapters.en.vtt"]["kind"] == "chapters"
    assert places(out, "CP326") == [("pay.en.vtt", "00:00:02.400")]
    # Half a second after the end is forgiven, and the chapter's is not.
    assert [name for name, _ in places(out, "CP318")] == [
        "pay.chapters.en.vtt",
        "pay.en.vtt",
        "pay.zh-Hans.srt",
    ]
    mend = next(d["hint"] for d in out["diagnostics"] if d["code"] == "CP326")
    # Two frames of 30 a second.
    assert "00:00:02.333" in mend


def test_the_level_of_a_finding_is_the_courses(course, capsys):
    (course / "media/pay.en.vtt").write_text(VTT.replace("00:00:02.500", "00:00:02.400"))
    out = result(capsys, "check", course, "--no-media")
    assert [d["severity"] for d in out["diagnostics"] if d["code"] == "CP335"] == ["error"]
    assert out["exit"] == 1 and not out["ok"]


def test_one_file_knows_its_course_and_video(course, capsys):
    out = result(capsys, "check", course / "media/pay.zh-Hans.srt")
    (file,) = out["files"]
    assert (file["kind"], file["language"], file["encoding"], file["duration_ms"]) == (
        "subtitles",
        "zh-Hans",
        "GBK/GB18030",
        3000,
    )


def test_every_place_is_listed_in_text(tmp_path, capsys):
    cues = [
        f"00:{m:02}:{s:02}.000 --> 00:{m:02}:{s:02}.300\nToo short.\n"
        for m in range(10)
        for s in range(0, 60, 2)
    ]
    (tmp_path / "a.en.vtt").write_text("WEBVTT\n\n" + "\n".join(cues))
    assert run(["captions", "check", "a.en.vtt"]) == 0
    out = capsys.readouterr().out
    assert out.count(" CP333 ") == 300
    assert "a.en.vtt:3:1: warning CP333 the cue at 00:00:00.000 is shown 0.3 s" in out
    assert "1 file, 300 cues" in out
    assert run(["captions", "check", "a.en.vtt", "--strict", "--quiet"]) == 1


def test_formats_of_a_report(tmp_path, capsys):
    (tmp_path / "a.en.vtt").write_text(VTT)
    run(["captions", "check", "a.en.vtt", "--format", "sarif"])
    assert json.loads(capsys.readouterr().out)["version"] == "2.1.0"
    run(["captions", "check", "a.en.vtt", "--format", "github"])
    assert "::warning file=a.en.vtt,line=8," in capsys.readouterr().out


def test_findings_in_chinese(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("COURSEPACK_LANG", "zh")
    (tmp_path / "a.en.vtt").write_text(VTT)
    run(["captions", "check", "a.en.vtt"])
    out = capsys.readouterr().out
    assert "在前一条结束前 0.100 秒就开始" in out
    assert "让前一条在 00:00:02.320 结束，留出 2 帧" in out


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "nothing.vtt"],
        ["check", "."],
        ["check", "a.vtt", "--fps", "fast"],
        ["check", "a.vtt", "--lang", "not a tag"],
        ["convert", "a.vtt"],
        ["convert", "a.vtt", "--to", "vtt"],
        ["fix", "a.vtt", "--rules", "gap"],
        ["fix"],
        ["shift", "a.vtt"],
        ["shift", "a.vtt", "--by", "soon"],
        ["shift", "a.vtt", "--by", "1", "--point", "1=2"],
        ["shift", "a.vtt", "--point", "1=5", "--point", "2=4"],
        ["shift", "a.vtt", "--from-fps", "25"],
    ],
)
def test_wrong_usage_is_said_and_nothing_is_written(tmp_path, capsys, arguments):
    if arguments[-1] != ".":
        (tmp_path / "a.vtt").write_text(VTT)
    assert run(["captions", *arguments]) == 2
    assert "Traceback" not in capsys.readouterr().err
    assert [p.name for p in tmp_path.iterdir()] in ([], ["a.vtt"])


# -- convert -------------------------------------------------------------------------------------------------------


def test_names_and_languages_are_kept(course, tmp_path, capsys):
    out = result(capsys, "convert", course, "--to", "ttml", "-o", tmp_path / "out")
    written = sorted(p.relative_to(tmp_path / "out").as_posix() for p in (tmp_path / "out").rglob("*.ttml"))
    assert written == ["media/pay.chapters.en.ttml", "media/pay.en.ttml", "media/pay.zh-Hans.ttml"]
    assert 'xml:lang="zh-Hans"' in (tmp_path / "out/media/pay.zh-Hans.ttml").read_text(encoding="utf-8")
    assert out["exit"] == 0
    assert (course / "media/pay.zh-Hans.srt").read_bytes() == SRT_GBK


def test_nothing_is_written_over(tmp_path, capsys):
    (tmp_path / "a.zh.srt").write_bytes(SRT_GBK)
    (tmp_path / "a.zh.vtt").write_text("mine")
    assert run(["captions", "convert", "a.zh.srt", "--to", "vtt"]) == 2
    assert (tmp_path / "a.zh.vtt").read_text() == "mine"
    assert run(["captions", "convert", "a.zh.srt", "--to", "vtt", "--force"]) == 0
    assert "请先核对金额" in (tmp_path / "a.zh.vtt").read_text(encoding="utf-8")


def test_two_files_that_differ_in_the_extension_only(tmp_path, capsys):
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.zh.srt").write_bytes(SRT_GBK)
    (tmp_path / "in/a.zh.sbv").write_text("0:00:01.000,0:00:02.000\nHello\n")
    assert run(["captions", "convert", "in", "--to", "vtt", "-o", "out"]) == 0
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["a.zh.srt.vtt", "a.zh.vtt"]


def test_standard_output_holds_the_file_alone(tmp_path, capfdbinary):
    (tmp_path / "a.zh.srt").write_bytes(SRT_GBK)
    assert run(["captions", "convert", "a.zh.srt", "--to", "vtt", "-o", "-"]) == 0
    out, err = capfdbinary.readouterr()
    assert out.decode().startswith("WEBVTT\n\n00:00:01.000 --> 00:00:02.500\n请先核对金额。\n")
    assert b"CP304" in err


def test_what_a_format_cannot_hold_is_told(tmp_path, capsys):
    (tmp_path / "a.en.vtt").write_text(
        "WEBVTT\n\n00:00:01.000 --> 00:00:02.000 line:0 position:20%\n<v Mei><i>Hi</i>\n\n"
        "00:00:03.000 --> 00:00:04.000\n<ruby>漢<rt>kan</rt></ruby>\n"
    )
    out = result(capsys, "convert", "a.en.vtt", "--to", "sbv")
    told = [d["hint"].split(":")[0] for d in out["diagnostics"] if d["code"] == "CP350"]
    assert told == ["positions", "speakers", "ruby", "emphasis"]
    assert (tmp_path / "a.en.sbv").read_text(encoding="utf-8") == (
        "0:00:01.000,0:00:02.000\nMei: Hi\n\n0:00:03.000,0:00:04.000\n漢(kan)\n"
    )


@pytest.mark.parametrize("name", ["srt", "ttml", "vtt", "ass"])
def test_others_read_what_is_written(tmp_path, name):
    (tmp_path / "a.sbv").write_text(
        "0:00:01.000,0:00:02.500\nCheck & pay\n\n1:00:03.000,1:00:04.000\nTwo\nlines\n"
    )
    assert run(["captions", "convert", "a.sbv", "--to", name, "--quiet"]) == 0
    found = pysubs2.load(str(tmp_path / f"a.{name}"))
    assert [(e.start, e.end, e.plaintext) for e in found] == [
        (1000, 2500, "Check & pay" if name == "ttml" else found[0].plaintext),
        (3603000, 3604000, "Two\nlines"),
    ]
    assert "Check" in found[0].plaintext


def test_plain_text_is_a_transcript(tmp_path):
    (tmp_path / "a.en.vtt").write_text(
        "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n<v Mei>Open\nthe app.\n\n00:00:02.000 --> 00:00:03.000\n<v Lin>Why?\n"
    )
    assert run(["captions", "convert", "a.en.vtt", "--to", "txt", "-q"]) == 0
    assert (tmp_path / "a.en.txt").read_text() == "Mei: Open the app.\n\nLin: Why?\n"


# -- fix -----------------------------------------------------------------------------------------------------------


def test_fix_shows_and_writes_only_when_asked(tmp_path, capsys):
    file = tmp_path / "a.en.vtt"
    file.write_text(VTT)
    assert run(["captions", "fix", "a.en.vtt"]) == 1
    out = capsys.readouterr().out
    assert "-00:00:01.000 --> 00:00:02.500" in out and "+00:00:01.000 --> 00:00:02.320" in out
    assert "CP353" in out
    assert file.read_text() == VTT
    assert run(["captions", "fix", "a.en.vtt", "--write"]) == 0
    assert file.read_text() == VTT.replace("00:00:02.500", "00:00:02.320")
    assert run(["captions", "fix", "a.en.vtt"]) == 0


def test_rules_that_take_cues_away_must_be_named(tmp_path, capsys):
    file = tmp_path / "a.en.srt"
    file.write_text("1\n00:00:01,000 --> 00:00:03,000\nScan.\n\n2\n00:00:20,000 --> 00:00:22,000\nGone.\n")
    assert run(["captions", "fix", "a.en.srt", "--duration", "10", "--write"]) == 0
    assert "Gone." in file.read_text()
    out = result(capsys, "fix", "a.en.srt", "--duration", "10", "--rules", "past-end", "--write")
    assert out["files"][0]["changes"] == {"past-end": 1}
    assert file.read_text() == "1\n00:00:01,000 --> 00:00:03,000\nScan.\n"


def test_other_formats_are_written_anew(tmp_path, capsys):
    file = tmp_path / "a.en.ttml"
    file.write_text(
        '<tt xmlns="http://www.w3.org/ns/ttml"><body><div><p begin="1s" end="3s">One.</p><p begin="2.9s" end="5s">Two.</p></div></body></tt>'
    )
    before = file.read_bytes()
    assert "CP351" in result(capsys, "fix", "a.en.ttml")["counts"]
    assert run(["captions", "fix", "a.en.ttml", "-o", "b.en.srt"]) == 0
    assert "00:00:01,000 --> 00:00:02,820" in (tmp_path / "b.en.srt").read_text()
    assert file.read_bytes() == before


def test_scrolling_captions_are_not_mended_by_accident(tmp_path, capsys):
    cases = Path(__file__).parents[2] / "cases/captions/youtube-rolling/input.vtt"
    shutil.copy(cases, tmp_path / "a.en.vtt")
    assert "CP354" in result(capsys, "fix", "a.en.vtt", "--write")["counts"]
    assert (tmp_path / "a.en.vtt").read_bytes() == cases.read_bytes()
    assert run(["captions", "fix", "a.en.vtt", "--rules", "all", "--write", "-q"]) == 0
    track, found = read_cues((tmp_path / "a.en.vtt").read_bytes(), format_hint="vtt", language="en", path="a")
    assert track.cues and not [d for d in found if d.code == "CP322"]


def test_line_ends_stay(tmp_path):
    file = tmp_path / "a.en.vtt"
    file.write_bytes(VTT.replace("\n", "\r\n").encode())
    run(["captions", "fix", "a.en.vtt", "--write", "-q"])
    assert file.read_bytes() == VTT.replace("00:00:02.500", "00:00:02.320").replace("\n", "\r\n").encode()


def test_mark_mode_and_link_stay(tmp_path):
    file = tmp_path / "real.en.vtt"
    file.write_bytes(b"\xef\xbb\xbf" + VTT.encode())
    file.chmod(0o600)
    (tmp_path / "a.en.vtt").symlink_to(file)
    assert run(["captions", "fix", "a.en.vtt", "--write", "-q"]) == 0
    assert (tmp_path / "a.en.vtt").is_symlink()
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.read_bytes() == b"\xef\xbb\xbf" + VTT.replace("00:00:02.500", "00:00:02.320").encode()


def test_what_cannot_be_written_is_said(tmp_path, capsys):
    (tmp_path / "a.en.vtt").write_text(VTT)
    (tmp_path / "taken").write_text("a file where a folder should be")
    assert run(["captions", "fix", "a.en.vtt", "-o", "taken/b.en.vtt"]) == 3
    assert "cannot be written" in capsys.readouterr().err


# -- shift ---------------------------------------------------------------------------------------------------------


def test_shift_there_and_back(tmp_path, capsys):
    file = tmp_path / "a.en.vtt"
    file.write_text(VTT)
    assert run(["captions", "shift", "a.en.vtt", "--by", "+1.5"]) == 0
    assert "+00:00:02.500 --> 00:00:04.000" in capsys.readouterr().out
    assert file.read_text() == VTT
    assert run(["captions", "shift", "a.en.vtt", "--by", "1.5", "--write"]) == 0
    assert "00:00:02.500 --> 00:00:04.000" in file.read_text()
    assert run(["captions", "shift", "a.en.vtt", "--by", "-1500ms", "--write"]) == 0
    assert file.read_text() == VTT


def test_two_points_take_the_drift_out(tmp_path):
    (tmp_path / "a.en.vtt").write_text(
        "WEBVTT\n\n00:00:10.000 --> 00:00:12.000\nA\n\n00:01:50.000 --> 00:01:52.000\nB\n"
    )
    assert (
        run(
            [
                "captions",
                "shift",
                "a.en.vtt",
                "--point",
                "0:10=0:12",
                "--point",
                "1:50=1:57",
                "-o",
                "b.en.vtt",
            ]
        )
        == 0
    )
    text = (tmp_path / "b.en.vtt").read_text()
    assert "00:00:12.000 --> 00:00:14.100" in text and "00:01:57.000 --> 00:01:59.100" in text


def test_from_film_to_television(tmp_path):
    (tmp_path / "a.en.srt").write_text("1\n01:00:00,000 --> 01:00:02,000\nA\n")
    assert run(["captions", "shift", "a.en.srt", "--from-fps", "23.976", "--to-fps", "25", "--write"]) == 0
    # 3600 s * (24000/1001) / 25
    assert "00:57:32,547 --> 00:57:34,466" in (tmp_path / "a.en.srt").read_text()


def test_nothing_begins_before_the_start(tmp_path, capsys):
    file = tmp_path / "a.en.vtt"
    file.write_text(VTT)
    out = result(capsys, "shift", "a.en.vtt", "--by", "-2.45", "--write")
    assert out["exit"] == 1 and "CP352" in out["counts"]
    assert file.read_text() == VTT
    assert run(["captions", "shift", "a.en.vtt", "--by", "-2.45", "--write", "--cut"]) == 0
    track, _ = read_cues(file.read_bytes(), format_hint="vtt", language="en", path="a")
    assert [(c.start_ms, c.end_ms) for c in track.cues] == [(0, 50), (0, 1150)]
    assert run(["captions", "shift", "a.en.vtt", "--by", "-9", "--write", "--cut"]) == 1


def test_the_media_ends_first(course, capsys):
    out = result(capsys, "shift", course / "media/pay.en.vtt", "--by", "10")
    assert "CP318" in out["counts"]
