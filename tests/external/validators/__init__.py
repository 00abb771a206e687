"""What looks at a finished site. Each part is proved on a bad page in `test_harness.py`."""
