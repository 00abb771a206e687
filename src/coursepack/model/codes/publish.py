"""CP7xx: publishing."""

from coursepack.model.diagnostic import CodeDoc

CODES: tuple[CodeDoc, ...] = ()
