"""coursepack: Markdown courses with media, built into accessible bundles and published."""

__version__ = "0.1.0"
