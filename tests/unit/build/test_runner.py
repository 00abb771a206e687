"""The engine with small recipes of its own: what runs, what does not, and what is said."""

import threading
import time
from pathlib import Path

import pytest

from coursepack.build.lanes import Lanes
from coursepack.build.runner import Runner
from coursepack.errors import EnvironmentMissing, Interrupted
from coursepack.model.codes import diagnostic
from coursepack.model.digest import digest_bytes
from coursepack.model.recipe import Refused
from coursepack.model.step import Plan, SourceInput, Step, StepInput
from coursepack.store.blobs import MemoryStore


class Upper:
    """Writes its inputs in capitals."""

    kind = "upper"
    version = 1

    def __init__(self):
        self.runs = []
        self.lock = threading.Lock()

    def fingerprint(self):
        return "upper 1.0"

    def run(self, work):
        with self.lock:
            self.runs.append(work.step.id)
        text = b""
        for i in work.step.inputs:
            if isinstance(i, SourceInput):
                text += work.source_path(i.name).read_bytes()
            else:
                a = work.artefact(i.name)
                text += b"(lost)" if a.failed else work.blob(a.file("out.txt").digest)
        if b"bad" in text:
            raise Refused(diagnostic("CP690", work.source_name("source"), step="s", error="e", where="w"))
        if b"crash" in text:
            raise ValueError("unforeseen")
        if b"disk" in text:
            raise EnvironmentMissing("disk full")
        if b"slow" in text:
            while not work.cancelled():
                time.sleep(0.01)
        path = work.folder / "made"
        path.write_bytes(text.upper())
        work.add("out.txt", path, "text/plain")
        return {"length": len(text)}


class Bench:
    def __init__(self, folder: Path):
        self.folder = folder
        self.store = MemoryStore()
        self.recipe = Upper()
        self.stop = False
        self.events = []
        self.before = {}

    def source(self, name: str, text: str) -> Step:
        (self.folder / name).write_text(text)
        source = SourceInput("source", name, digest_bytes(text.encode()))
        return Step(f"upper:{name}", "upper", name, {}, (source,))

    def run(self, *steps: Step, **options):
        recipes = {"upper": self.recipe}
        with Lanes(2, recipes, self.store, lambda: self.stop, None) as lanes:
            runner = Runner(
                Plan(steps),
                recipes=recipes,
                store=self.store,
                lanes=lanes,
                locate=lambda s: self.folder / s.path,
                work=self.folder / "work",
                events=self.events.append,
                cancelled=lambda: self.stop,
                before=self.before,
                **options,
            )
            outcome = runner.run()
        self.before = outcome.traces
        return outcome


@pytest.fixture
def bench(tmp_path):
    return Bench(tmp_path)


def join(*steps: Step) -> Step:
    return Step("upper:join", "upper", "join", {}, tuple(StepInput(s.id, s.id) for s in steps))


def text(bench, outcome, step):
    return bench.store.read(outcome.artefacts[step].file("out.txt").digest)


def test_second_run_runs_nothing(bench):
    a, b = bench.source("a", "one"), bench.source("b", "two")
    first = bench.run(a, b, join(a, b))
    assert text(bench, first, "upper:join") == b"ONETWO"
    assert sorted(first.ran) == ["upper:a", "upper:b", "upper:join"]
    second = bench.run(a, b, join(a, b))
    assert second.ran == []
    assert len(second.cached) == 3
    assert second.artefacts == first.artefacts


def test_unchanged_bytes_stop_the_rebuild(bench):
    a = bench.source("a", "one")
    bench.run(a, join(a))
    changed = bench.source("a", "ONE")  # other source, same capitals: but not the same facts? they are
    outcome = bench.run(changed, join(changed))
    assert outcome.ran == ["upper:a"]
    assert outcome.cached == ["upper:join"]


def test_same_bytes_under_two_names_run_once(bench):
    a, b = bench.source("a", "same"), bench.source("b", "same")
    outcome = bench.run(a, b)
    assert len(bench.recipe.runs) == 1
    assert outcome.artefacts["upper:a"] == outcome.artefacts["upper:b"]


def test_a_refused_input_stops_only_itself_and_is_remembered(bench):
    a, b = bench.source("a", "bad"), bench.source("b", "two")
    outcome = bench.run(a, b, join(a, b))
    assert outcome.artefacts["upper:a"].failed
    assert text(bench, outcome, "upper:join") == b"(LOST)TWO"
    assert [d.path for d in outcome.findings] == ["a"]
    again = bench.run(a, b, join(a, b))
    assert again.ran == []
    assert again.findings == outcome.findings


def test_findings_name_the_file_they_are_asked_for(bench):
    a, b = bench.source("a", "bad"), bench.source("b", "bad")
    outcome = bench.run(a, b)
    assert len(bench.recipe.runs) == 1
    assert sorted(d.path for d in outcome.findings) == ["a", "b"]


def test_a_bug_is_reported_and_not_kept(bench):
    a, b = bench.source("a", "crash"), bench.source("b", "two")
    outcome = bench.run(a, b)
    assert [d.code for d in outcome.findings] == ["CP690"]
    assert "unforeseen" in outcome.findings[0].args["error"]
    assert text(bench, outcome, "upper:b") == b"TWO"
    assert bench.run(a, b).ran == ["upper:a"]


def test_a_machine_fault_stops_the_build(bench):
    with pytest.raises(EnvironmentMissing, match="disk full"):
        bench.run(bench.source("a", "disk"))


def test_a_file_that_changes_during_the_build_is_not_kept(bench):
    a = bench.source("a", "one")
    original = bench.recipe.run

    def meddle(work):
        facts = original(work)
        (bench.folder / "a").write_text("other")
        return facts

    bench.recipe.run = meddle
    outcome = bench.run(a)
    assert [d.code for d in outcome.findings] == ["CP691"]
    assert outcome.artefacts["upper:a"].failed


def test_cancel_leaves_no_record_and_no_folder(bench):
    a = bench.source("a", "slow")
    threading.Timer(0.3, lambda: setattr(bench, "stop", True)).start()
    with pytest.raises(Interrupted):
        bench.run(a)
    assert not list((bench.folder / "work").glob("*"))
    bench.stop = False
    assert bench.store.find(bench.before.get("upper:a", "none")) is None


def test_explain_says_why(bench):
    a = bench.source("a", "one")
    bench.run(a, explain=True)
    (start,) = [e for e in bench.events if getattr(e, "state", "") == "start"]
    assert start.reasons == ("not built before",)
    bench.events.clear()
    bench.run(bench.source("a", "other"), explain=True)
    (start,) = [e for e in bench.events if getattr(e, "state", "") == "start"]
    assert start.reasons == ("input source changed",)
    bench.events.clear()
    bench.recipe.version = 2
    bench.run(bench.source("a", "other"), explain=True)
    (start,) = [e for e in bench.events if getattr(e, "state", "") == "start"]
    assert start.reasons == ("recipe upper/1 became upper/2",)


def test_a_lost_blob_is_made_again(bench):
    a = bench.source("a", "one")
    outcome = bench.run(a)
    bench.store._blobs.clear()
    again = bench.run(a, explain=True)
    assert again.ran == ["upper:a"]
    assert again.artefacts == outcome.artefacts


def test_fail_fast_stops_after_the_first_error(bench):
    steps = [bench.source("a", "bad")]
    steps.append(Step("upper:after", "upper", "after", {}, (StepInput("x", "upper:a"),)))
    outcome = bench.run(*steps, fail_fast=True)
    assert "upper:after" not in outcome.artefacts
