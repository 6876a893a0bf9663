"""Which of several receive connectors changes first, and who makes way."""

import pytest
from counted_calls import growth

from reconciler.catalog.receive_connector import TYPE
from reconciler.catalog.receive_connector.claims import held
from reconciler.engine.moves import Move
from reconciler.engine.schedule import schedule
from reconciler.model.address import Address
from reconciler.model.plan import Step, Verb
from reconciler.model.platform import Platform
from reconciler.schema.canonical import canonicalise
from reconciler.schema.rule import Scene
from reconciler.schema.rules import check_fleet, check_scene

HERE = Platform()
FRONT = {"transport_role": "FrontendTransport"}
EVERYWHERE = {"bindings": ["0.0.0.0:25"]}


def connector(*ranges, **more):
    raw = {
        "name": "Relay",
        "server": "MBX1",
        "bindings": ["10.0.0.1:25"],
        "remote_ip_ranges": list(ranges) or ["10.1.0.0/24"],
        **more,
    }
    return canonicalise(TYPE, raw, HERE, print)


RELAY = connector()


def order(*changes):
    return sorted(TYPE.order(changes))


def early(*changes):
    return {one.index: one.meanwhile["bindings"] for one in TYPE.bridges(changes)}


def test_a_binding_is_freed_before_another_connector_takes_it():
    assert order((None, RELAY), (RELAY, None)) == [(1, 0)]


def test_a_range_is_narrowed_before_another_widens():
    wide, narrow = connector("10.1.0.1", "10.1.0.2"), connector("10.1.0.1")
    other = connector("10.2.0.1")
    widened = connector("10.2.0.1", "10.1.0.2")
    assert order((other, widened), (wide, narrow)) == [(1, 0)]
    assert order((widened, other), (narrow, wide)) == [(0, 1)]


def test_ranges_that_one_binding_bears_side_by_side_order_nothing():
    inside = connector("10.1.0.7")
    assert order((None, inside), (RELAY, None)) == []
    assert order((None, connector(server="MBX2")), (RELAY, None)) == []


def test_half_of_a_range_is_freed_too():
    half = connector("10.1.0.200-10.1.1.9")
    assert order((None, half), (RELAY, None)) == [(1, 0)]
    assert order((None, RELAY), (half, None)) == [(1, 0)]


@pytest.mark.parametrize("address", ["10.0.0.1:25", "0.0.0.0:25"])
def test_the_other_transport_role_waits_for_every_range(address):
    front = connector("10.9.0.1", bindings=[address], **FRONT)
    assert order((None, front), (RELAY, None)) == [(1, 0)]
    assert order((front, None), (None, connector(**EVERYWHERE))) == [(0, 1)]


def test_who_enables_or_renames_itself_waits_for_nobody():
    assert order((RELAY, {**RELAY, "name": "Other", "enabled": False}), (None, RELAY)) == []


def test_nobody_makes_way_where_there_is_no_ring():
    moved = connector(bindings=["10.0.0.1:26"])
    assert early((RELAY, moved), (None, RELAY)) == {}
    assert order((RELAY, moved), (None, RELAY)) == [(0, 1)]


def test_of_two_that_swap_one_makes_way_and_keeps_what_stays():
    one = connector(bindings=["10.0.0.1:25", "10.0.0.1:99"])
    moved = connector(bindings=["10.0.0.1:26", "10.0.0.1:99"])
    other, back = connector(bindings=["10.0.0.1:26"]), RELAY
    assert early((one, moved), (other, back)) == {0: ("10.0.0.1:99",)}
    assert early((other, back), (one, moved)) == {0: ("127.0.0.1:49151",)}


def test_what_changes_its_range_keeps_no_binding_meanwhile():
    one, other = connector("10.1.0.1"), connector("10.1.0.2")
    assert early((one, other), (other, one)) == {0: ("127.0.0.1:49151",)}


def test_those_that_make_way_wait_in_different_places_that_nobody_has():
    fronts = [connector(f"10.1.0.{n}", **FRONT) for n in range(3)]
    hubs = [connector(f"10.1.0.{n}") for n in range(3)]
    changes = list(zip(hubs, fronts, strict=True))
    there = [connector(bindings=["[::1]:49151"])]
    found = {one.meanwhile["bindings"] for one in TYPE.bridges(changes, (), there)}
    assert found == {("127.0.0.1:49150",), ("127.0.0.1:49149",)}


def test_connectors_that_hold_the_same_for_a_moment_are_made_one_by_one():
    made = [(None, connector(f"10.1.0.{n}", usage="Internet")) for n in range(4)]
    assert len(order(*made)) == 3
    assert early(*made) == {}


def test_who_takes_for_good_what_another_holds_for_a_moment_comes_after_it():
    everybody = connector("0.0.0.0/0")
    assert order((None, everybody), (None, connector(usage="Internet"))) == [(1, 0)]


def test_of_two_that_are_made_in_each_others_place_one_waits_elsewhere():
    inner = connector(usage="Internal", bindings=["0.0.0.0:587"])
    outer = connector(usage="Client", bindings=["0.0.0.0:25"])
    assert early((None, inner), (None, outer)) == {1: ("127.0.0.1:49151",)}
    assert order((None, inner), (None, outer)) == [(0, 1), (1, 0)]


def single(number):
    return f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"


def alone(count, **more):
    return [connector(single(n), **more) for n in range(count)]


def nested(count, **more):
    return [connector(f"10.0.0.0-{single(n)}", **more) for n in range(1, count + 1)]


def apart(count, **more):
    return [connector(bindings=[f"{single(n)}:25"], **more) for n in range(count)]


SHAPES = [alone, nested, apart]


@pytest.mark.parametrize("shape", SHAPES)
def test_fleet_rules_look_at_each_connector_of_a_port_a_bounded_number_of_times(shape):
    def judge(count):
        values = [*shape(count // 2), *shape(count - count // 2, **FRONT)]
        fleet = [(f"r{n}", one) for n, one in enumerate(values)]
        return lambda: list(check_fleet(TYPE, fleet, fleet[: count // 2], HERE))

    assert growth(judge) < 2.5


@pytest.mark.parametrize("usage", ["Internal", "Internet"])
def test_the_rule_about_creation_looks_at_each_connector_a_bounded_number_of_times(usage):
    def judge(count):
        there = alone(count, **EVERYWHERE)
        new = [connector(single(n + count), usage=usage) for n in range(count)]
        wanted = [(f"r{n}", one) for n, one in enumerate([*there, *new])]
        scene = Scene(wanted, (), [*there, *([None] * count)], HERE)
        return lambda: list(check_scene(TYPE, scene))

    assert growth(judge) < 2.5


def leave_and_come(count):
    return [
        *((one, None) for one in alone(count)),
        *((None, one) for one in alone(count, **FRONT)),
    ]


def another_role(count):
    return list(zip(alone(count), alone(count, **FRONT), strict=True))


def ring(count):
    found = alone(count)
    return list(zip(found, [*found[1:], found[0]], strict=True))


def wildcards(count):
    gone = [(one, None) for one in alone(count, **EVERYWHERE)]
    return [*gone, *((None, one) for one in apart(count, **FRONT))]


def births(count):
    return [(None, connector(single(n), usage="Internet")) for n in range(count)]


@pytest.mark.parametrize("shape", [leave_and_come, another_role, ring, wildcards, births])
def test_order_grows_with_the_number_of_changes_and_not_faster(shape):
    def arrange(count):
        changes = shape(count)
        return lambda: (list(TYPE.order(changes)), list(TYPE.bridges(changes)))

    assert growth(arrange) < 2.5
    few, many = (len(list(TYPE.order(shape(count)))) for count in (100, 200))
    assert many <= 2.1 * few


def test_every_connector_is_held_once():
    assert len(held(0, connector(bindings=["10.0.0.1:25", "10.0.0.2:25"]))) == 2


def moves(changes):
    for number, (before, after) in enumerate(changes):
        verb = Verb.UPDATE if before and after else Verb.DELETE if before else Verb.CREATE
        address = Address("receive_connector", f"r{number:04}")
        named = [one and {**one, "name": f"R{number}"} for one in (before, after)]
        sent = (named[1] or {}) if verb is not Verb.DELETE else {}
        step = Step(f"{verb} {address}", address, verb, None, f"R{number}", sent, named[1] or {})
        yield Move(step, *named)


@pytest.mark.parametrize("shape", [leave_and_come, another_role, ring, births])
def test_the_whole_schedule_grows_with_the_number_of_changes(shape):
    def arrange(count):
        found = list(moves(shape(count)))
        return lambda: schedule(found, {"receive_connector": TYPE})

    assert growth(arrange, 100) < 2.5
