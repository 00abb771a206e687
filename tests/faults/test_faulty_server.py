"""Every kind of fault at every request; `python -m tests.faults.faulty_server --rounds 20` goes on at random."""

import pytest
from tests.faults.faulty_server import main


@pytest.mark.slow
def test_every_fault_at_every_request_ends_right_or_loses_nothing() -> None:
    counts = main(["--rounds", "1"])
    assert counts["cases"] >= 250
    assert counts["faults"] >= counts["cases"]
    assert counts["right"] and counts["exit 4"]
    assert counts["right"] + counts["exit 4"] == counts["cases"]
