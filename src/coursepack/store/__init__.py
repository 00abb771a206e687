"""Blobs and action records: where bytes live."""
