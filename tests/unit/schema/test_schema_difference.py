"""Which arguments differ, and what has to travel with them."""

import pytest

from reconciler.catalog.send_connector import TYPE
from reconciler.model.values import UNKNOWN, Sealed
from reconciler.schema.difference import differing, travelling


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("port", 25, 2525),
        ("comment", None, "x"),
        ("tls_domain", "x.com", None),
        ("smart_hosts", (), ("a.x.com",)),
        ("name", "Relay", "Relay 2"),
        ("comment", "note", "Note"),
        ("fqdn", None, UNKNOWN),
        ("authentication_credential", Sealed("u", "1"), Sealed("u", "2")),
        ("authentication_credential", Sealed("u", "1"), None),
        ("authentication_credential", None, Sealed("u", "1")),
    ],
)
def test_another_value_differs(name, before, after):
    assert differing(TYPE, {name: before}, {name: after}) == (name,)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"port": 25}, {}),
        ({"guid": "a"}, {"guid": "b"}),
        ({"distinguished_name": "a"}, {"distinguished_name": UNKNOWN}),
        ({"usage": "Custom"}, {"usage": "Partner"}),
        ({}, {"comment": None, "smart_hosts": (), "require_tls": False}),
        (
            {"authentication_credential": Sealed("u", "1")},
            {"authentication_credential": Sealed("u", "1")},
        ),
    ],
)
def test_what_cannot_or_need_not_change_does_not_differ(before, after):
    assert differing(TYPE, before, after) == ()


def test_differences_come_in_the_order_of_the_page():
    after = {"tls_domain": "x.com", "name": "b", "port": 1}
    assert differing(TYPE, {}, after) == ("name", "port", "tls_domain")


def test_coupled_arguments_travel_together():
    after = {"dns_routing_enabled": False, "smart_hosts": ("a.x.com",), "port": 25}
    assert travelling(TYPE, ["smart_hosts"], after) == ("dns_routing_enabled", "smart_hosts")


def test_leaving_a_guard_clears_what_depends_on_it():
    after = {
        "require_tls": False,
        "ignore_starttls": False,
        "tls_auth_level": None,
        "tls_domain": None,
    }
    sent = travelling(TYPE, ["require_tls"], after)
    assert {name: after[name] for name in sent} == after


def test_what_is_not_desired_does_not_travel():
    assert travelling(TYPE, ["smart_hosts"], {"smart_hosts": ()}) == ("smart_hosts",)
