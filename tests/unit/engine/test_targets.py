import pytest

from reconciler.engine.targets import known, matcher, selection
from reconciler.model.address import Address, parse
from reconciler.model.diagnostic import Collector

A, B, C = (Address("send_connector", name) for name in "abc")


@pytest.mark.parametrize(
    ("pattern", "address", "means"),
    [
        ("send_connector.a", "send_connector.a", True),
        ("send_connector.a", 'send_connector.a["x"]', True),
        ('send_connector.a["x"]', 'send_connector.a["x"]', True),
        ('send_connector.a["x"]', 'send_connector.a["xy"]', False),
        ("send_connector.a", "send_connector.ab", False),
        ('send_connector.*["ams*"]', 'send_connector.out["ams1"]', True),
        ('send_connector.*["ams*"]', 'send_connector.out["sin1"]', False),
        ("module.m", "module.m.send_connector.a", True),
    ],
)
def test_a_pattern_means(pattern, address, means):
    assert matcher((pattern,))(parse(address)) is means


def test_a_target_brings_what_it_uses():
    chosen = selection(
        ("send_connector.a",), (), {A: frozenset({B}), B: frozenset(), C: frozenset()}
    )
    assert [chosen(x) for x in (A, B, C)] == [True, True, False]


def test_an_exclusion_takes_its_users_along():
    chosen = selection(
        (), ("send_connector.b",), {A: frozenset({B}), B: frozenset(), C: frozenset()}
    )
    assert [chosen(x) for x in (A, B, C)] == [False, False, True]


def test_a_target_that_names_nothing_is_an_error():
    problems = Collector()
    known("-target", ("send_connector.nope",), (A, B), problems)
    assert [p.code for p in problems] == ["unknown-address"]
