"""Golden cases: `<case>/input.md` (and files it includes) against `expected.html` and `expected.txt`.

`COURSEPACK_ACCEPT=1 pytest tests/cases/markdown` writes what comes out as what is expected. A folder without an
input, or a file that no case uses, fails.
"""

import os
from pathlib import Path

import msgspec
import pytest

from coursepack.model.codes import words
from coursepack.model.document import (
    Blank,
    Blocks,
    FileLink,
    Html,
    Image,
    Media,
    PageLink,
    Quiz,
    QuizSet,
    TitleOf,
)
from coursepack.source.markdown import parse

HERE = Path(__file__).parent
CASES = sorted(p for p in HERE.iterdir() if p.is_dir() and p.name != "__pycache__")
EXPECTED = {"expected.html", "expected.txt"}


def written(blocks: Blocks) -> str:
    """Blocks as readable text: HTML, with each hole as a pretended element or address."""
    return "".join(_one(b) for b in blocks)


def _one(b) -> str:
    match b:
        case Html(text):
            return text
        case PageLink(path, fragment):
            return f"page:{path}" + (f"#{fragment}" if fragment else "")
        case FileLink(path, _):
            return f"file:{path}"
        case TitleOf(path):
            return f"[title of {path}]"
        case Image():
            return f"[image {b.path} alt={b.alt!r} title={b.title!r} width={b.width} class={b.css_class!r}]"
        case Media():
            return f"[{b.kind} {b.number} {b.path} label={b.label!r} poster={b.poster!r}]"
        case Blank():
            return _blank(b)
        case QuizSet():
            return f"[set {b.id} {' '.join(b.quizzes)} points={b.points} pass={b.pass_percent}]"
        case Quiz():
            return _quiz(b)
    raise AssertionError(b)


def _blank(b: Blank) -> str:
    numbers = [f"{n.low:.12g}..{n.high:.12g} {n.unit!r} ({n.shown})" for n in b.numbers]
    more = (" case" if b.case else "") + (f" lang={b.language}" if b.language else "")
    return f"[blank {b.number} {' / '.join([*b.answers, *numbers])}{more}]"


def _quiz(q: Quiz) -> str:
    more = {"attempts": q.attempts, "shuffle": q.shuffle, "set": q.set}
    settings = "".join(f" {k}={v}" for k, v in more.items() if v)
    lines = [
        f"[quiz {q.number} {q.id} {q.kind} points={q.points} outcome={q.outcome!r}{settings}",
        written(q.prompt),
    ]
    for c in q.choices:
        lines.append(f"  {'right' if c.correct else 'wrong'}: {written(c.body)} => {written(c.feedback)}")
    lines += [f"  {written(p.left)} <-> {written(p.right)}" for p in q.pairs]
    lines += [f"  {n}. {written(item)}" for n, item in enumerate(q.items, 1)]
    lines += [f"  hint: {written(h)}" for h in q.hints]
    lines += [f"  if {k}: {written(said)}" for k, said in (("right", q.right), ("wrong", q.wrong)) if said]
    return "\n".join([*lines, f"  feedback: {written(q.feedback)}]"])


def facts(parsed, diagnostics) -> str:
    """Everything of the outline that is not in the HTML, and the diagnostics."""
    o = parsed.outline
    lines = [
        f"title: {o.title}",
        f"description: {o.description}",
        f"words: {o.words}",
        f"quizzes: {o.quizzes}",
    ]
    front = msgspec.to_builtins(o.front)
    lines += [f"front {k}: {v}" for k, v in front.items()]
    lines += [f"h{h.level} #{h.id}: {h.text}" for h in o.headings]
    lines.append(f"anchors: {', '.join(o.anchors)}")
    for link in o.links:
        extra = {
            k: v
            for k, v in msgspec.structs.asdict(link).items()
            if k in ("alt", "title_text", "language", "role") and v
        }
        lines.append(
            f"link {link.line}:{link.column} {link.kind} {link.path}#{link.fragment} {extra or ''}".rstrip()
        )
    lines += [f"include: {i}" for i in o.includes]
    lines += [f"outcome {line}: {name}" for name, line in o.quiz_outcomes.items()]
    lines += [f"{d.path}:{d.line}:{d.column}: {d.code} {d.severity}: {words(d)[0]}" for d in diagnostics]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("case", CASES, ids=lambda p: p.name)
def test_case(case: Path):
    read_files = set()

    def read(path: str) -> bytes | None:
        file = case / path
        read_files.add(path)
        return file.read_bytes() if file.is_file() else None

    source = case / "input.md"
    language = (case / "language").read_text().strip() if (case / "language").exists() else "en"
    parsed, diagnostics = parse(source.read_bytes(), "input.md", language=language, read=read)
    got = {"expected.html": written(parsed.blocks), "expected.txt": facts(parsed, diagnostics)}
    if os.environ.get("COURSEPACK_ACCEPT"):
        for name, content in got.items():
            (case / name).write_text(content, encoding="utf-8")
    for name, content in got.items():
        assert content == (case / name).read_text(encoding="utf-8"), name
    present = {p.relative_to(case).as_posix() for p in case.rglob("*") if p.is_file()}
    assert present - EXPECTED - read_files - {"input.md", "language"} == set(), "stray files"


def test_every_case_folder_is_a_case():
    assert CASES
    assert [c.name for c in CASES if not (c / "input.md").exists()] == []
    assert [p.name for p in HERE.iterdir() if p.is_file() and p.suffix != ".py"] == []
