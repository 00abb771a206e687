"""CP2xx: video, audio and images."""

from coursepack.model.diagnostic import CodeDoc

CODES: tuple[CodeDoc, ...] = ()
