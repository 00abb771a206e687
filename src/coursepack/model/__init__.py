"""The types that all rooms share. Frozen; no I/O."""
