"""R51, as far as Exchange says what its servers are called."""

import pytest

from reconciler.catalog.receive_connector import TYPE
from reconciler.model.platform import Platform
from reconciler.model.values import UNKNOWN
from reconciler.schema.canonical import canonicalise
from reconciler.schema.rule import Scene
from reconciler.schema.rules import check_scene

HERE = Platform()
GUID = "5a4b0f0e-1111-4222-8333-444455556666"
SERVER = {"name": "MBX1", "guid": GUID, "fqdn": "mbx1.emea.contoso.com"}


def codes(*servers, **more):
    raw = {
        "name": "Hub",
        "server": "MBX1",
        "bindings": ["10.0.0.1:2600"],
        "remote_ip_ranges": ["10.1.0.0/24"],
        "auth_mechanism": ["ExchangeServer"],
        **more,
    }
    values = {**canonicalise(TYPE, raw, HERE, print)}
    beside = {"exchange_server": [("the server", one) for one in servers]}
    scene = Scene([("r", values)], (), [None], HERE, beside)
    return [(rule.code, finding.attribute) for rule, _, finding in check_scene(TYPE, scene)]


WRONG = [("fqdn-not-the-full-name", "fqdn")]


@pytest.mark.parametrize("server", ["mbx1", GUID])
def test_the_server_is_found_by_its_name_and_by_its_guid(server):
    assert codes(SERVER, server=server, fqdn="mbx1.contoso.com") == WRONG
    assert codes(SERVER, server=server, fqdn="MBX1.EMEA.contoso.com") == []
    assert codes(SERVER, server=server, fqdn="Mbx1") == []


def test_a_first_label_that_is_not_the_servers_is_told_of_once():
    """By the rule that needs no server for it."""
    assert codes(SERVER, fqdn="mail.contoso.com") == []
    assert codes(SERVER, server=GUID, fqdn="mail.contoso.com") == WRONG


@pytest.mark.parametrize("known", [(), [{**SERVER, "name": "MBX2"}], [{**SERVER, "fqdn": None}]])
def test_what_is_not_known_of_the_server_is_not_guessed(known):
    assert codes(*known, fqdn="mbx1.contoso.com") == []


def test_a_name_that_is_known_at_apply_only_waits():
    assert codes(SERVER, fqdn=UNKNOWN) == []
    assert codes({**SERVER, "fqdn": UNKNOWN}, fqdn="mbx1.contoso.com") == []
    assert codes(SERVER, auth_mechanism=UNKNOWN, fqdn="mbx1.contoso.com") == []
