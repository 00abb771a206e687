"""Writes docs/reference/: the diagnostics, the commands, the exit codes. `--check` only compares.

python scripts/make_reference.py [--check]
"""

import sys
from pathlib import Path

import click

from coursepack.cli.main import COMMANDS, cli
from coursepack.errors import Exit
from coursepack.model.codes import CODES

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "reference"

AREAS = {
    "CP1": "Source: course.yaml, Markdown, structure",
    "CP2": "Media and images",
    "CP3": "Captions, chapters, descriptions",
    "CP4": "Accessibility",
    "CP5": "Links",
    "CP6": "Formats and the engine",
    "CP7": "Publishing",
    "CP8": "Catalogue",
}

EXITS = {
    Exit.OK: "all is well",
    Exit.FINDINGS: "findings in the course (errors; with --strict, warnings too)",
    Exit.USAGE: "the command line or the workspace settings are wrong",
    Exit.ENVIRONMENT: "a tool, a library or room on the disk is missing",
    Exit.TARGET: "the publish target or the network failed",
    Exit.CONFLICT: "somebody else changed the target meanwhile",
    Exit.BUG: "a bug of coursepack",
    Exit.INTERRUPTED: "interrupted; the next run carries on",
}


def diagnostics() -> str:
    parts = [
        "# Diagnostics",
        "",
        "Made by `scripts/make_reference.py` from `src/coursepack/model/codes/`. `coursepack explain CODE` prints a page.",
        "The level shown is the default; `checks: {CODE: error|warning|off}` in `course.yaml` changes it.",
        "",
    ]
    for prefix, title in AREAS.items():
        docs = [CODES[c] for c in sorted(CODES) if c.startswith(prefix)]
        if docs:
            parts += [f"## {prefix}xx {title}", ""]
        for d in docs:
            parts += [
                f"### {d.code}",
                "",
                f"**{d.severity}** · {_literal(d.message_en)}  ",
                f"→ {_literal(d.hint_en)}",
                "",
                d.about_en.strip(),
                "",
                f"{_literal(d.message_zh)}  ",
                f"→ {_literal(d.hint_zh)}",
                "",
                d.about_zh.strip(),
                "",
            ]
    return "\n".join(parts).rstrip() + "\n"


def _literal(text: str) -> str:
    return text.replace("<", "&lt;")


def commands() -> str:
    parts = ["# Commands", "", "Made by `scripts/make_reference.py` from the commands' own help.", ""]
    context = click.Context(cli, info_name="coursepack")
    for name in COMMANDS:
        command = cli.get_command(context, name)
        assert command is not None
        inner = click.Context(command, info_name=f"coursepack {name}", terminal_width=100)
        parts += [f"## coursepack {name}", "", *_help(command, inner)]
        if isinstance(command, click.Group):
            for sub in command.list_commands(inner):
                part = command.get_command(inner, sub)
                assert part is not None
                deep = click.Context(part, info_name=f"coursepack {name} {sub}", terminal_width=100)
                parts += [f"### coursepack {name} {sub}", "", *_help(part, deep)]
    parts += ["## Exit codes", "", "| code | meaning |", "|---|---|"]
    parts += [f"| {int(code)} | {text} |" for code, text in EXITS.items()]
    return "\n".join(parts).rstrip() + "\n"


def _help(command: click.Command, context: click.Context) -> list[str]:
    return ["```text", command.get_help(context).rstrip(), "```", ""]


PAGES = {"diagnostics.md": diagnostics, "commands.md": commands}


def main() -> int:
    stale = []
    for name, make in PAGES.items():
        path, text = FOLDER / name, make()
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        if "--check" in sys.argv:
            stale.append(name)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    if stale:
        print(f"stale: {', '.join(stale)}; run python scripts/make_reference.py")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
