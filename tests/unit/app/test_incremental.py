"""What a second build does: the counts of the brief, on a real course with real ffmpeg."""

import os
import shutil
import time
from pathlib import Path

import pytest
from tests.helpers.course import build, make_course, run, tree


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    root = tmp_path_factory.mktemp("built")
    course = make_course(root / "tiny")
    first = build(root / "cache", course, root / "out")
    assert first["exit"] == 0, first["diagnostics"]
    return root, first


@pytest.fixture
def place(built, tmp_path):
    """A copy of the built course with its cache, for one test to change."""
    root, first = built
    for name in ("tiny", "out", "cache"):
        shutil.copytree(root / name, tmp_path / name, symlinks=True)
    build(tmp_path / "cache", tmp_path / "tiny", tmp_path / "out")
    return tmp_path


def again(place: Path, *more: str) -> dict:
    return build(place / "cache", place / "tiny", place / "out", *more)


def own(ran: list[str]) -> list[str]:
    """Without what sums up the course: the search, and the lists and names of offline use."""
    summing = [r for r in ran if r.startswith("search-index:") or r.endswith((":search", ":saved"))]
    return [r for r in ran if r not in (*summing, "offline:web")]


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_first_build_makes_both_bundles(built):
    root, first = built
    assert first["ok"]
    out = root / "out" / "tiny"
    assert (out / "web" / "index.html").is_file()
    assert (out / "web" / "zh-Hans" / "index.html").is_file()
    assert (out / "tiny-3.mobile.zip").is_file()
    assert (out / "release.json").is_file()
    assert (root / "out" / "report.json").is_file()


def test_second_build_runs_no_step(place):
    result = again(place)
    assert result["steps"]["run"] == 0
    assert result["courses"][0]["unchanged"]


def test_touched_files_run_no_step(place):
    for path in (place / "tiny").rglob("*"):
        os.utime(path)
    result = again(place)
    assert result["steps"]["run"] == 0
    assert result["courses"][0]["unchanged"]


def test_an_edited_lesson_runs_pages_of_its_module_only(place):
    edit(place / "tiny/01-pay/02-listen.md", "## Again", "One more sentence.\n\n## Again")
    result = again(place)
    # The edition that has no translation of it shows the same text.
    assert own(result["ran"]) == [
        f"pages:{variant}:{language}:0:01-pay"
        for variant in ("mobile", "web")
        for language in ("en", "zh-Hans")
    ]


def test_a_changed_caption_runs_it_and_its_pages_only(place):
    edit(place / "tiny/01-pay/media/pay.en.vtt", "Check the amount twice.", "Check the amount, twice.")
    ran = own(again(place)["ran"])
    # The playlists, which name the caption file; the video they also name is not touched.
    assert [r for r in ran if not r.startswith("pages:")] == [
        "captions:01-pay/media/pay.en.vtt:captions:en",
        "stream:01-pay/media/pay.mp4",
    ]
    assert all("01-pay" in r for r in ran)
    page = (place / "out/tiny/web/01-pay/01-check.html").read_text(encoding="utf-8")
    assert "Check the amount, twice." in page


def test_a_changed_title_is_nowhere_stale(place):
    edit(place / "tiny/01-pay/02-listen.md", "# Listen", "# Hear it well")
    result = again(place)
    assert not [r for r in own(result["ran"]) if not r.startswith("pages:")]
    for path in (place / "out/tiny/web").rglob("*.html"):
        assert ">Listen<" not in path.read_text(encoding="utf-8"), path


def test_a_deleted_output_comes_back(place):
    before = tree(place / "out")
    (place / "out/tiny/web/index.html").unlink()
    (place / "out/tiny/tiny-3.mobile.zip").unlink()
    result = again(place)
    assert result["steps"]["run"] == 0
    assert tree(place / "out") == before


def test_a_removed_lesson_leaves_no_page_and_foreign_files_stay(place):
    (place / "out/tiny/web/mine.txt").write_text("not ours")
    (place / "tiny/02-after/01-other.md").unlink()
    again(place)
    assert not (place / "out/tiny/web/02-after").exists()
    assert (place / "out/tiny/web/mine.txt").read_text() == "not ours"


def test_explain_says_why(place):
    edit(place / "tiny/01-pay/media/pay.en.vtt", "twice", "two times")
    done = run(place / "cache", "build", place / "tiny", "-o", place / "out", "--explain")
    assert "captions:01-pay/media/pay.en.vtt:captions:en: input source changed" in done.stdout


@pytest.mark.slow
def test_the_same_bytes_for_any_workers_and_folder(built, tmp_path):
    root, _ = built
    elsewhere = tmp_path / "some where/else"
    shutil.copytree(root / "tiny", elsewhere / "tiny")
    time.sleep(1.1)  # other mtimes
    for path in (elsewhere / "tiny").rglob("*"):
        os.utime(path)
    build(tmp_path / "cache", elsewhere / "tiny", tmp_path / "out", "--jobs", "1")
    assert tree(tmp_path / "out") == tree(root / "out")


def test_one_bad_asset_does_not_stop_the_others(place):
    (place / "tiny/01-pay/media/pay.mp4").write_bytes(b"this is no video" * 100)
    result = again(place)
    assert result["exit"] == 1
    assert any(d["path"].endswith("pay.mp4") and d["severity"] == "error" for d in result["diagnostics"])
    assert all(d["message"] and d["hint"] for d in result["diagnostics"])
    page = (place / "out/tiny/web/01-pay/01-check.html").read_text(encoding="utf-8")
    assert "/media/red-" in page
    assert again(place)["steps"]["run"] == 0


def test_a_caption_after_the_end_is_said(place):
    path = place / "tiny/01-pay/media/pay.en.vtt"
    path.write_text(path.read_text() + "\n00:00:09.000 --> 00:00:10.000\nFar too late.\n")
    found = [d for d in again(place)["diagnostics"] if d["code"] == "CP318"]
    assert [d["path"] for d in found] == ["01-pay/media/pay.en.vtt"]
    assert "00:00:09" in found[0]["message"]
