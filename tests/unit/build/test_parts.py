"""Parts: steps that a recipe finds out while it runs, each kept under its own key."""

from pathlib import Path
from typing import Any

import pytest

from coursepack.build.lanes import Lanes
from coursepack.build.work import Job, run_job
from coursepack.model.codes import diagnostic
from coursepack.model.digest import digest_bytes
from coursepack.model.recipe import Refused, Work
from coursepack.model.step import SourceInput, Step
from coursepack.store.blobs import MemoryStore


class Letters:
    """Writes its letter so many times; a lower-case x is refused, an upper-case one is a bug."""

    kind = "letters"
    version = 1

    def __init__(self) -> None:
        self.ran: list[str] = []

    def fingerprint(self) -> str:
        return ""

    def run(self, work: Work) -> dict[str, Any]:
        letter = str(work.step.params["letter"])
        self.ran.append(letter)
        if letter == "x":
            raise Refused(diagnostic("CP218", work.source_name("source"), detail="x"))
        if letter == "X":
            raise RuntimeError("x")
        if letter == "n":
            work.make([part(work.step, "a")])
        work.finding(diagnostic("CP226", work.source_name("source")))
        work.write("letter", letter.encode() * 3, "text/plain")
        return {"letter": letter}


class Word:
    """Joins letters."""

    kind = "word"
    version = 1

    def fingerprint(self) -> str:
        return ""

    def run(self, work: Work) -> dict[str, Any]:
        made = work.make([part(work.step, c) for c in str(work.step.params["word"])], span=(0.2, 0.8))
        for n, artefact in enumerate(made):
            work.keep(f"{n}", artefact.file("letter"))
        path = work.fetch(made[0].file("letter").digest, work.folder / "first")
        return {"letters": [a.facts["letter"] for a in made], "first": path.read_text()}


def part(step: Step, letter: str) -> Step:
    return Step(f"{step.id}#{letter}", "letters", "", {"letter": letter}, step.inputs, "media")


class Bench:
    def __init__(self, tmp: Path) -> None:
        self.tmp = tmp
        self.source = tmp / "clip.mp4"
        self.source.write_bytes(b"clip")
        self.store = MemoryStore()
        self.letters = Letters()
        self.word = Word()
        self.told: list[float] = []

    def run(self, word: str) -> Any:
        stat = self.source.stat()
        source = SourceInput("source", "01/clip.mp4", digest_bytes(b"clip"))
        job = Job(
            Step("word:x", "word", "", {"word": word}, (source,)),
            str(self.tmp / "work" / "0"),
            {"source": (str(self.source), stat.st_size, stat.st_mtime_ns)},
            {},
            1,
        )
        recipes = {"letters": self.letters, "word": self.word}
        with Lanes(2, recipes, self.store, lambda: False, None) as lanes:
            return run_job(job, self.word, self.store, lambda: False, self.told.append, lanes.parts)


def test_parts_are_made_side_by_side_and_given_in_order(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    result = bench.run("abc")
    assert result.keep
    assert result.artefact.facts == {"letters": ["a", "b", "c"], "first": "aaa"}
    assert [f.name for f in result.artefact.files] == ["0", "1", "2"]
    assert [d.path for d in result.artefact.diagnostics] == ["@source:source"] * 3
    assert bench.told == sorted(bench.told)
    assert bench.told[-1] == pytest.approx(0.8)
    assert not (tmp_path / "work").exists() or not list((tmp_path / "work").iterdir())


def test_a_part_that_is_known_does_not_run_again(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    first = bench.run("ab").artefact
    bench.letters.ran.clear()
    again = bench.run("ba").artefact
    assert bench.letters.ran == []
    assert again.facts["letters"] == ["b", "a"]
    assert len(again.diagnostics) == len(first.diagnostics)  # findings are told again
    bench.run("abc")
    assert bench.letters.ran == ["c"]


def test_a_refused_part_refuses_the_step_and_keeps_the_others(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    result = bench.run("axb")
    assert result.artefact.failed
    assert result.keep
    assert [d.code for d in result.artefact.diagnostics] == ["CP218"]
    bench.letters.ran.clear()
    bench.run("a")
    assert bench.letters.ran == []


def test_a_bug_in_a_part_is_reported_and_not_kept(tmp_path: Path) -> None:
    result = Bench(tmp_path).run("aX")
    assert not result.keep
    assert [d.code for d in result.artefact.diagnostics] == ["CP690"]


def test_parts_have_no_parts(tmp_path: Path) -> None:
    result = Bench(tmp_path).run("n")
    assert [d.code for d in result.artefact.diagnostics] == ["CP690"]
    assert "parts have no parts" in str(result.artefact.diagnostics[0].args)
