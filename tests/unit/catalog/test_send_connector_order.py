"""Which of several send connectors changes first."""

from reconciler.catalog.send_connector import TYPE


def connector(*spaces: str, enabled: bool = True):
    return {"address_spaces": tuple(f"SMTP:{space}" for space in spaces), "enabled": enabled}


def order(*changes):
    return sorted(TYPE.order(changes))


def test_a_new_route_is_made_before_the_old_one_goes():
    assert order((connector("a.com;1"), None), (None, connector("a.com;5"))) == [(1, 0)]


def test_a_route_moves_to_its_new_connector_before_it_leaves_the_old_one():
    giver = (connector("a.com;1", "b.com;1"), connector("a.com;1"))
    taker = (connector("c.com;1"), connector("b.com;1", "c.com;1"))
    assert order(giver, taker) == [(1, 0)]


def test_enabling_the_replacement_comes_before_disabling_the_old():
    old = (connector("*;1"), connector("*;1", enabled=False))
    new = (connector("*;1", enabled=False), connector("*;1"))
    assert order(old, new) == [(1, 0)]


def test_unrelated_connectors_do_not_wait_for_each_other():
    assert order((connector("a.com;1"), None), (None, connector("b.com;1"))) == []


def test_another_cost_is_the_same_route():
    assert order((connector("a.com;1"), connector("a.com;9")), (None, connector("a.com;1"))) == []


def test_of_two_that_swap_their_routes_only_one_waits():
    one = (connector("a.com;1"), connector("b.com;1"))
    other = (connector("b.com;1"), connector("a.com;1"))
    assert len(order(one, other)) == 1


def test_a_chain_of_moves_is_ordered_from_its_end():
    first = (connector("a.com;1"), connector("b.com;1"))
    second = (connector("b.com;1"), connector("c.com;1"))
    third = (connector("c.com;1"), None)
    assert order(third, second, first) == [(1, 0), (2, 1)]


def test_ten_thousand_deletions_of_one_route_wait_for_one_successor():
    gone = [(connector("*;1"), None)] * 10_000
    assert len(order(*gone, (None, connector("*;1")))) == 10_000


def bridged(*changes):
    return [(b.index, b.awaited, b.meanwhile) for b in TYPE.bridges(changes)]


def test_one_of_two_that_swap_holds_both_until_the_other_has_taken_over():
    one = (connector("a.com;1"), connector("b.com;1"))
    other = (connector("b.com;1"), connector("a.com;1"))
    ((index, awaited, meanwhile),) = bridged(one, other)
    assert {index, *awaited} == {0, 1}
    assert meanwhile == {"address_spaces": ("SMTP:a.com;1", "SMTP:b.com;1"), "enabled": True}
    assert order(one, other) == [(index, awaited[0])]


def test_nobody_holds_both_where_there_is_no_ring():
    assert bridged((connector("a.com;1"), None), (None, connector("a.com;5"))) == []


def test_a_ring_of_three_needs_one_bridge():
    spaces = ["a.com;1", "b.com;1", "c.com;1"]
    ring = [(connector(spaces[i]), connector(spaces[(i + 1) % 3])) for i in range(3)]
    assert len(bridged(*ring)) == 1


def test_of_two_costs_the_new_one_counts_meanwhile():
    one = (connector("a.com;1"), connector("b.com;1"))
    other = (connector("b.com;1", "x.com;1"), connector("a.com;1", "x.com;9"))
    ((index, _, meanwhile),) = bridged(one, other)
    assert index == 1
    assert meanwhile["address_spaces"] == ("SMTP:a.com;1", "SMTP:b.com;1", "SMTP:x.com;9")
