"""What somebody may have meant."""

import time

import pytest

from reconciler.config.suggest import did_you_mean


def meant(word, candidates):
    return did_you_mean(word, candidates, "")


@pytest.mark.parametrize("others", [0, 100], ids=["few", "many"])
@pytest.mark.parametrize("word", ["naem", "nam", "namee", "nome", "_name"])
def test_a_name_one_edit_away_is_suggested(word, others):
    candidates = {"name", *(f"other{n}" for n in range(others))}
    assert meant(word, candidates) == 'Did you mean "name"?'


def test_among_few_names_farther_ones_are_suggested():
    assert meant("smarthost", ("smart_hosts", "name")) == 'Did you mean "smart_hosts"?'


def test_without_a_near_name_another_cure_is_given():
    assert did_you_mean("banana", ("name", "port"), "Take it out.") == "Take it out."
    assert did_you_mean("port", (), "Take it out.") == "Take it out."


def test_the_same_is_suggested_whatever_the_order():
    assert meant("part", ("port", "pert")) == meant("part", ("pert", "port"))


def test_two_hundred_mistakes_among_ten_thousand_names_are_quick():
    names = {f"connector{n:05}": None for n in range(10_000)}
    started = time.process_time()
    for _ in range(200):
        assert meant("conector00007", names) == 'Did you mean "connector00007"?'
    assert time.process_time() - started < 1
