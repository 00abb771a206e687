"""`coursepack captions`: the group. One module per sub-command, imported when it is called.

A sub-command is a module `coursepack.cli.captions.<name>` with a `command`, and a line in SUBCOMMANDS.
"""

import click

from coursepack.cli.group import LazyGroup

SUBCOMMANDS = {
    "check": "Find what makes captions hard to read, with the time and a way to mend it.",
    "convert": "Write captions in another format: WebVTT, SubRip, TTML, ASS, SubViewer, text.",
    "fix": "Mend captions by rule: show what would change, and write it when asked.",
    "shift": "Move the times of captions: by an offset, two points, or frame rates.",
    "align": "Give a plain script the times at which it is spoken.",
    "draft": "Draft captions by speech recognition, for a person to correct.",
    "bilingual": "Put captions in two languages together, a line for each.",
}


@click.group(
    "captions",
    cls=LazyGroup,
    package=__name__,
    table=SUBCOMMANDS,
    prefix="captions ",
    epilog="""\b
Examples:
  coursepack captions check my-course
  coursepack captions check pay.zh-Hans.srt""",
)
def command() -> None:
    """Check, mend and make captions.

    PATH is a caption file, a folder of them, or a course. Nothing is written over unless you ask for it.
    """
