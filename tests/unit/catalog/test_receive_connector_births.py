"""What New-ReceiveConnector makes of a usage, beside connectors that are there."""

import pytest

from reconciler.catalog.receive_connector import TYPE
from reconciler.model.platform import Platform
from reconciler.schema.canonical import canonicalise
from reconciler.schema.rule import Scene
from reconciler.schema.rules import check_scene

HERE = Platform()
FRONT = {"transport_role": "FrontendTransport"}


def connector(**more):
    raw = {
        "name": "Relay",
        "server": "MBX1",
        "bindings": ["10.0.0.1:2600"],
        "remote_ip_ranges": ["10.1.0.0/24"],
        **more,
    }
    return canonicalise(TYPE, raw, HERE, print)


INTERNAL = connector(usage="Internal")
EVERYWHERE = connector(name="Default", bindings=["0.0.0.0:25"], **FRONT)


def collisions(*wanted, others=()):
    """Of (values, what is there now) pairs."""
    scene = Scene(
        [(f"r{n}", values) for n, (values, _) in enumerate(wanted)],
        [(f"o{n}", values) for n, values in enumerate(others)],
        [before for _, before in wanted],
        HERE,
    )
    return [
        (rule.code, index, f.attribute, f.detail) for rule, index, f in check_scene(TYPE, scene)
    ]


def test_a_usage_collides_with_what_nobody_manages():
    ((code, index, culprit, detail),) = collisions((INTERNAL, None), others=[EVERYWHERE])
    assert (code, index, culprit) == ("creation-collides", 0, "bindings")
    assert "r0" in detail
    assert "o0" in detail


def test_it_collides_with_what_is_managed_and_stays():
    assert len(collisions((INTERNAL, None), (EVERYWHERE, EVERYWHERE))) == 1


def test_what_another_gives_up_or_takes_only_now_is_a_matter_of_order():
    moved = {**EVERYWHERE, "bindings": ("0.0.0.0:2525",)}
    assert collisions((INTERNAL, None), (moved, EVERYWHERE)) == []
    assert collisions((INTERNAL, None), (EVERYWHERE, moved)) == []
    assert collisions((INTERNAL, None), (EVERYWHERE, None)) == []


def test_nothing_is_made_of_the_usage_of_what_exists():
    assert collisions((INTERNAL, INTERNAL), others=[EVERYWHERE]) == []


def test_other_servers_ports_and_addresses_of_one_role_are_not_in_the_way():
    others = [
        {**EVERYWHERE, "server": "MBX2"},
        {**EVERYWHERE, "bindings": ("0.0.0.0:26", "[::]:25")},
        connector(bindings=["10.0.0.9:25"]),
    ]
    assert collisions((INTERNAL, None), others=others) == []


@pytest.mark.parametrize(
    ("ranges", "count"),
    [(["10.1.0.0/24"], 1), (["10.1.0.128-10.1.1.7"], 1), (["10.1.0.7", "10.0.0.0/8"], 0)],
)
def test_on_a_binding_of_its_role_ranges_decide(ranges, count):
    other = connector(bindings=["0.0.0.0:25"], remote_ip_ranges=ranges)
    found = collisions((INTERNAL, None), others=[other])
    assert [culprit for _, _, culprit, _ in found] == ["remote_ip_ranges"] * count


def test_usage_internet_is_open_to_all_at_first():
    internet, other = connector(usage="Internet"), connector(remote_ip_ranges=["0.0.0.0/0"])
    assert len(collisions((internet, None), others=[other])) == 1
    assert collisions((internet, None), others=[connector()]) == []


def test_nothing_collides_for_a_moment_that_collides_for_good():
    """The rules of what is wanted say that."""
    internal = connector(usage="Internal", bindings=["0.0.0.0:25"])
    assert collisions((internal, None), others=[EVERYWHERE]) == []
