"""CP15x-CP19x: the course folder, course.yaml and how files fit together."""

from coursepack.model.diagnostic import CodeDoc

CODES: tuple[CodeDoc, ...] = ()
