"""CP25x-CP29x: images and SVG."""

from coursepack.model.diagnostic import CodeDoc

CODES: tuple[CodeDoc, ...] = ()
