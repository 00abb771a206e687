"""The use cases, one file each; all wiring is here."""
