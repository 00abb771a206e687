"""Releases and targets."""
