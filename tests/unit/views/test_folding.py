"""Alike receive connectors of several servers in one block."""

import pytest

from reconciler.catalog.index import types
from reconciler.engine.holdings import Holding
from reconciler.model.platform import Platform
from reconciler.schema.canonical import filled
from reconciler.views.folding import folded, templated
from reconciler.views.written import sketch

RECEIVE = types()["receive_connector"]
HERE = Platform()


def relay(server, **more):
    values = {
        "name": "Relay",
        "server": server,
        "bindings": ("0.0.0.0:2600",),
        "remote_ip_ranges": ("10.0.0.1",),
        "permission_groups": ("AnonymousUsers",),
        **more,
    }
    meant = filled(RECEIVE, values, HERE)
    return sketch(Holding(RECEIVE, "", HERE, str(values), meant, system=False), {})


def shapes(*sketches):
    """The keys of each block, and what each.value has."""
    found = []
    for fold in folded(sketches):
        own = [name for name, text in fold.sketch.rows if text.startswith("each.value.")]
        found.append((fold.keys if fold.each else (), own))
    return found


def test_connectors_of_one_name_become_one_block_in_the_order_of_people():
    assert shapes(relay("MBX10"), relay("MBX2")) == [(("MBX2", "MBX10"), [])]


def test_a_name_with_the_server_in_it_is_one_name():
    found = shapes(relay("MBX1", name="Relay MBX1"), relay("MBX2", name="Relay MBX2"))
    assert found == [(("MBX1", "MBX2"), [])]


def test_other_names_and_other_arguments_make_other_blocks():
    found = shapes(relay("MBX1"), relay("MBX2", name="Other"), relay("MBX3", comment="c"))
    assert found == [((), []), ((), []), ((), [])]


def test_what_differs_stands_beside_the_keys():
    one, other = relay("MBX1"), relay("MBX2", bindings=("0.0.0.0:2601",))
    assert shapes(one, other) == [(("MBX1", "MBX2"), ["bindings"])]
    (fold,) = folded([one, other])
    assert fold.each == (
        '{\n    MBX1 = { bindings = ["0.0.0.0:2600"] }\n'
        '    MBX2 = { bindings = ["0.0.0.0:2601"] }\n  }'
    )


def test_where_much_differs_only_those_that_are_the_same_are_one_block():
    much = {
        "bindings": ("0.0.0.0:1",),
        "remote_ip_ranges": ("10.0.0.2",),
        "permission_groups": ("ExchangeUsers",),
    }
    found = shapes(relay("MBX1"), relay("MBX2", **much), relay("MBX3"))
    assert found == [(("MBX1", "MBX3"), []), ((), [])]


def test_a_name_twice_on_a_server_makes_two_blocks():
    assert shapes(relay("MBX1"), relay("mbx1"), relay("MBX2")) == [((), [])] * 3


def test_one_alone_is_written_as_it_is():
    (fold,) = folded([relay("MBX1")])
    assert dict(fold.sketch.rows)["server"] == '"MBX1"'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"MBX1"', "each.key"),
        ('"on MBX1"', '"on ${each.key}"'),
        ('"mbx1.contoso.com"', '"${lower(each.key)}.contoso.com"'),
        ('["MBX1", "MBX10"]', '["${each.key}", "MBX10"]'),
        ('"$MBX1 %MBX1"', '"$MBX1 %MBX1"'),
        ('"XMBX1"', '"XMBX1"'),
        ("true", "true"),
        ('receive_connector.a["MBX1"].guid', "receive_connector.a[each.key].guid"),
    ],
)
def test_the_server_is_recognised_where_it_stands_by_itself(text, expected):
    assert templated(text, "MBX1") == expected


def test_a_server_called_like_a_word_of_ours_is_put_in_once():
    assert templated('"KEY key each"', "KEY") == '"${each.key} ${lower(each.key)} each"'
