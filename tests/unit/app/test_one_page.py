"""The smallest course there is."""

from tests.helpers.course import build


def test_a_course_of_nothing_but_its_own_page(tmp_path):
    course = tmp_path / "alone"
    course.mkdir()
    (course / "index.md").write_text("# Alone\n\nHello.\n")
    result = build(tmp_path / "cache", course, tmp_path / "out")
    assert result["exit"] == 0
    assert "Hello." in (tmp_path / "out/alone/web/index.html").read_text()


def test_an_empty_folder_gives_findings_not_a_crash(tmp_path):
    course = tmp_path / "none"
    course.mkdir()
    (course / "course.yaml").write_text("id: none\ntitle: None\n")
    result = build(tmp_path / "cache", course, tmp_path / "out")
    assert result["diagnostics"]
