"""Laws of accepted drift, over every type: the plan is empty, and other lines are as they were."""

import pytest
from drifting import drifting, lines_of, touched

SEEDS = range(12)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_accepted_is_planned_no_more_and_touches_its_lines_alone(seed):
    with drifting(f"whole {seed}", 6) as at:
        drifted = at.drifted()
        assert drifted
        for address in drifted:
            before = at.text
            names = at.accept(address)
            gone, new = touched(before, at.text)
            assert gone <= lines_of(before, address, names)
            assert new <= lines_of(at.text, address, names)
        assert at.changes() == []
        assert at.drifted() == {}


@pytest.mark.parametrize("seed", SEEDS)
def test_arguments_may_be_accepted_one_by_one_in_any_order(seed):
    with drifting(f"single {seed}", 4) as at:
        asked = [f"{address}.{name}" for address, names in at.drifted().items() for name in names]
        at.random.shuffle(asked)
        for target in asked:
            before = at.text
            names = at.accept(target)
            gone, new = touched(before, at.text)
            address = target.rpartition(".")[0]
            assert gone <= lines_of(before, address, names)
            assert new <= lines_of(at.text, address, names)
        assert at.changes() == []
