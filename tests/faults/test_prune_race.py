"""300 publishes beside prune, none broken; and a prune without the rules, to see that the race can be lost."""

import pytest
from tests.faults.prune_race import main


@pytest.mark.slow
def test_no_publish_is_broken_by_prune() -> None:
    counts = main(["--count", "300"])
    assert counts["broken"] == 0
    assert counts["committed"] >= 100
    assert counts["deleted"] >= 20
    assert counts["prunes"] >= 50


def test_a_prune_without_the_rules_breaks_publishes() -> None:
    assert main(["--count", "60", "--reckless"])["broken"] > 0
