"""`coursepack new`."""

from pathlib import Path

import click

from coursepack.app.new import make_course
from coursepack.cli.options import language
from coursepack.errors import Exit


@click.command(
    "new",
    epilog="""\b
Examples:
  coursepack new my-course
  coursepack new 用药安全 --lang zh-Hans""",
)
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--title", help="The course's title.  [default: from the folder's name]")
@click.option("--lang", help="Language of the course, such as zh-Hans, yue or en.")
def command(path: Path, title: str | None, lang: str | None) -> int:
    """Make a small course to start from: course.yaml, a first lesson, a quiz."""
    tag = lang or ("zh-Hans" if language().lower().startswith("zh") else "en")
    made = make_course(path, title or path.name.replace("-", " "), tag)
    for name in made:
        click.echo(f"  {path / name}")
    click.echo(f"Next: coursepack build {path}")
    return Exit.OK
