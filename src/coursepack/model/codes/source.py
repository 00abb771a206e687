"""CP1xx: course.yaml, front matter, Markdown, structure."""

from coursepack.model.diagnostic import CodeDoc

CODES: tuple[CodeDoc, ...] = ()
