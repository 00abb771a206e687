"""CP3xx: captions, chapters, descriptions, transcripts."""

from coursepack.model.diagnostic import CodeDoc

CODES: tuple[CodeDoc, ...] = ()
