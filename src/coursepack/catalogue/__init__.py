"""Catalogue records."""
