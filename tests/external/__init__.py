"""Tests of finished courses with the real validators and a real browser."""
