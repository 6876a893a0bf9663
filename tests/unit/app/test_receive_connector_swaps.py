"""Bindings and ranges pass from receive connector to receive connector, and Exchange refuses none."""

from itertools import permutations

import pytest
from app_bench import Run
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

BLOCK = """
resource "receive_connector" "{label}" {{
  name              = "{label}"
  server            = "MBX1"
  permission_groups = ["AnonymousUsers"]
  {more}
}}
"""
PLACES = ("10.0.0.5:2600", "10.0.0.5:2601", "10.0.0.5:2602")
ROLES = ("HubTransport", "FrontendTransport")


def one(label, *bindings, ranges=("10.0.0.0/8",), role="HubTransport", more=""):
    lines = [
        f"bindings = {list(bindings)}",
        f"remote_ip_ranges = {list(ranges)}",
        f'transport_role = "{role}"',
        more,
    ]
    return BLOCK.format(label=label, more="\n".join(lines).replace("'", '"'))


@pytest.fixture
def run(tmp_path):
    return Run(tmp_path)


def converges(run, before, after):
    """How many steps the second text takes; afterwards nothing is left to do."""
    run.apply(before)
    run.apply(after)
    assert run.plan() == ({}, {})
    return sum(verb != "join" for _, verb in run.done)


def test_a_plain_move_takes_one_step_each(run):
    before = one("a", PLACES[0])
    after = one("a", PLACES[1]) + one("b", PLACES[0], role=ROLES[1])
    assert converges(run, before, after) == 2


@pytest.mark.parametrize("role", ROLES)
def test_of_two_that_swap_their_bindings_one_makes_way(run, role):
    before = one("a", PLACES[0]) + one("b", PLACES[1], role=role)
    after = one("a", PLACES[1]) + one("b", PLACES[0], role=role)
    assert converges(run, before, after) == 3


@pytest.mark.parametrize("order", list(permutations(PLACES)))
def test_whoever_takes_over_from_whom_exchange_refuses_nothing(run, order):
    labels = "abc"
    before = "".join(map(one, labels, PLACES))
    after = "".join(map(one, labels, order))
    assert converges(run, before, after) <= 4


def test_a_ring_of_three_needs_one_that_makes_way(run):
    before = "".join(map(one, "abc", PLACES))
    after = "".join(map(one, "abc", (*PLACES[1:], PLACES[0])))
    assert converges(run, before, after) == 4


def test_ranges_are_swapped_on_one_binding(run):
    before = one("a", PLACES[0], ranges=["10.1.0.1"]) + one("b", PLACES[0], ranges=["10.1.0.2"])
    after = one("a", PLACES[0], ranges=["10.1.0.2"]) + one("b", PLACES[0], ranges=["10.1.0.1"])
    assert converges(run, before, after) == 3


def test_several_on_one_binding_change_their_role_together(run):
    def all_of(role):
        return "".join(
            one(label, PLACES[0], ranges=[f"10.1.0.{n}"], role=role)
            for n, label in enumerate("abcd")
        )

    assert converges(run, all_of(ROLES[0]), all_of(ROLES[1])) == 7


def test_a_binding_that_stays_is_kept_while_another_is_swapped(run):
    run.apply(one("a", PLACES[0], PLACES[2]) + one("b", PLACES[1]))
    run.write(one("a", PLACES[1], PLACES[2]) + one("b", PLACES[0]))
    made = run.save()
    early = next(step for step in made.steps if step.id.endswith("early"))
    last = next(step for step in made.steps if step.id == early.id.removesuffix(" early"))
    assert early.needs == ()
    assert early.values in ({"bindings": (PLACES[2],)}, {"bindings": ("127.0.0.1:49151",)})
    assert last.needs
    run.apply_saved()
    assert run.plan() == ({}, {})


def test_the_place_to_wait_is_one_that_nobody_else_has(run):
    taken = one("c", "127.0.0.1:49151", role=ROLES[1])
    before = taken + one("a", PLACES[0]) + one("b", PLACES[1])
    after = taken + one("a", PLACES[1]) + one("b", PLACES[0])
    assert converges(run, before, after) == 3


def internet(label, *ranges):
    return one(label, PLACES[0], ranges=ranges, more='usage = "Internet"')


def test_what_usages_take_for_a_moment_is_taken_by_one_after_the_other(run):
    """Each is open to all when it is made, on one binding."""
    text = "".join(internet(label, f"10.1.0.{n}") for n, label in enumerate("abcdefgh"))
    assert converges(run, "", text) == 8


def test_what_a_usage_takes_for_a_moment_is_freed_before_and_taken_after(run):
    everybody = ["0.0.0.0/0"]
    before = one("a", PLACES[0], ranges=everybody) + one("c", PLACES[1], ranges=everybody)
    after = one("a", PLACES[1], ranges=everybody) + internet("b", "10.1.0.1")
    after += one("c", PLACES[0], ranges=everybody)
    assert converges(run, before, after) == 4


def test_a_connector_of_usage_internal_may_be_made_where_no_setup_is_in_the_way(run):
    edge = 'backend "simulated" {\n  role = "edge"\n}\n'
    text = one("a", PLACES[0], more='usage = "Internal"') + one("b", PLACES[1])
    assert converges(run, edge, edge + text.replace('transport_role = "HubTransport"', "")) == 2


@pytest.mark.parametrize(("first", "last"), ["ab", "ba"])
def test_a_reference_between_those_that_swap_is_kept(run, first, last):
    def both(one_place, other):
        needs = f"depends_on = [receive_connector.{first}]"
        found = {first: one(first, one_place), last: one(last, other, more=needs)}
        return "".join(found.values())

    assert converges(run, both(*PLACES[:2]), both(*PLACES[1::-1])) == 3
    done = [address for address, _ in run.done]
    assert done.index(f"receive_connector.{first}") < len(done) - 1
    assert done[-1] == f"receive_connector.{last}"


def test_a_run_that_dies_while_one_has_made_way_is_finished_by_the_next(run):
    run.apply(one("a", PLACES[0]) + one("b", PLACES[1]))
    swapped = one("a", PLACES[1]) + one("b", PLACES[0])
    dies = 'backend "simulated" {\n  faults = "Set-ReceiveConnector#2=permanent"\n}\n'
    assert run.apply(dies + swapped).failed == 1
    run.apply(swapped)
    assert run.plan() == ({}, {})


STATES = st.lists(
    st.tuples(st.sampled_from(PLACES), st.integers(1, 2), st.sampled_from(ROLES)),
    min_size=3,
    max_size=3,
).filter(
    lambda found: (
        len({(place, n) for place, n, _ in found}) == len(found)
        and len({(place, role) for place, _, role in found})
        == len({place for place, _, _ in found})
    )
)


def estate(found):
    return "".join(
        one(label, place, ranges=[f"10.1.0.{n}"], role=role)
        for label, (place, n, role) in zip("abc", found, strict=True)
    )


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(STATES, STATES)
def test_from_any_arrangement_to_any_other_exchange_refuses_nothing(
    tmp_path_factory, before, after
):
    converges(Run(tmp_path_factory.mktemp("swap")), estate(before), estate(after))
