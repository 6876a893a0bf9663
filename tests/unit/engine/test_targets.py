import pytest

from reconciler.engine.targets import could_mean, exact, known, matcher, selection
from reconciler.model.address import Address, parse
from reconciler.model.diagnostic import Collector
from reconciler.model.span import Span

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


USES = {A: [B], B: [], C: []}


def wanted(*targets, uses=USES, repeated=()):
    chosen = selection(targets, (), uses, repeated).wanted
    return [address.name for address in (A, B, C) if chosen(address)]


def test_without_targets_everything_is_wanted():
    assert wanted() == ["a", "b", "c"]


def test_a_target_brings_what_it_uses():
    assert wanted("send_connector.a") == ["a", "b"]


def test_one_instance_as_target_brings_what_its_block_uses():
    assert wanted('send_connector.a["x"]', repeated={A}) == ["b"]


def test_a_pattern_of_instances_brings_what_their_blocks_use():
    assert wanted('send_connector.*["ams*"]', repeated={A}) == ["b"]
    assert wanted("*ams*", repeated={A}) == ["b"]


def test_a_pattern_brings_nothing_of_a_block_that_it_cannot_mean():
    assert wanted('send_connector.c*["x"]', repeated={A, C}) == []
    assert wanted('*["x"]') == []


def test_uses_in_a_ring_come_to_an_end():
    assert wanted("send_connector.a", uses={A: [B], B: [A], C: []}) == ["a", "b"]


def test_a_block_may_be_wanted_where_an_instance_of_it_could_be():
    chosen = selection(("*ams*",), (), USES, {A})
    assert [chosen.may(block) for block in (A, B, C)] == [True, True, False]


@pytest.mark.parametrize(
    ("pattern", "may"),
    [
        ("send_connector.a[*", True),
        ("**", True),
        ("send_connector.a", False),
        ("send_connector.a*b[1]", True),
        ("x*", False),
    ],
)
def test_a_pattern_could_mean_an_instance(pattern, may):
    assert could_mean((pattern,), A) is may


def test_only_whole_addresses_of_instances_can_be_replaced():
    problems = Collector()
    exact("-replace", ("send_connector.a", "send_connector.b[0]"), {"send_connector.a"}, problems)
    assert ["send_connector.b[0]" in p.detail for p in problems] == [True]


def test_a_target_that_names_nothing_is_an_error():
    problems = Collector()
    known("-target", ("send_connector.nope",), (A, B), problems)
    assert [p.code for p in problems] == ["unknown-address"]


def test_a_target_from_a_file_is_reported_where_it_stands():
    problems, place = Collector(), Span("targets.txt", 3, 1, 3, 20)
    places = {("-target", "send_connector.nope"): place}
    given = ("send_connector.a", "send_connector.nope", "*.b", "*.nope")
    known("-target", given, (A, B), problems, places)
    assert [p.span for p in problems] == [place, None]


def test_many_targets_are_looked_up_and_not_tried(monkeypatch):
    monkeypatch.setattr("reconciler.engine.targets.re.compile", None)
    means = matcher([f'send_connector.a["{n}"]' for n in range(10)])
    assert means(parse('send_connector.a["7"]'))
    assert not means(parse('send_connector.a["77"]'))
