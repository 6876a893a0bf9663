from reconciler.catalog.index import types
from reconciler.model.platform import Platform
from reconciler.schema.canonical import filled
from reconciler.schema.least import computed, least

HERE = Platform()
SEND, RECEIVE = types()["send_connector"], types()["receive_connector"]
PARTNER = {"name": "A", "address_spaces": ("SMTP:a.example;1",)}
RELAY = {
    "name": "Relay",
    "server": "MBX1",
    "bindings": ("10.0.0.1:25",),
    "remote_ip_ranges": ("10.0.0.0-10.255.255.255",),
}


def there(rtype, values, **more):
    return {**filled(rtype, {**values, **more}, HERE), **more, "guid": "g"}


def test_defaults_are_not_written():
    assert least(SEND, there(SEND, PARTNER), HERE) == PARTNER


def test_what_differs_stands_in_the_order_of_the_type():
    found = least(SEND, there(SEND, PARTNER, port=2525, comment="c"), HERE)
    assert list(found) == ["name", "comment", "address_spaces", "port"]


def test_an_argument_is_written_where_its_default_follows_from_another_one():
    values = there(RECEIVE, RELAY, transport_role="FrontendTransport")
    assert least(RECEIVE, values, HERE) == {**RELAY, "transport_role": "FrontendTransport"}


def test_names_that_somebody_chose_are_written_and_what_exchange_computed_is_not():
    values = there(SEND, PARTNER, source_transport_servers=("MBX1",))
    assert "source_transport_servers" in least(SEND, values, HERE)
    relay = there(RECEIVE, RELAY, fqdn="mbx1.example")
    assert "fqdn" not in least(RECEIVE, relay, HERE)
    assert computed(RECEIVE, relay, HERE) == {"fqdn": "mbx1.example"}


def test_of_what_is_always_there_only_what_is_not_as_at_first_is_written():
    service = types()["transport_service"]
    values = {"server": "MBX1", "max_outbound_connections": 1000, "poison_threshold": 5}
    assert least(service, values, HERE) == {"server": "MBX1", "poison_threshold": 5}
    assert computed(service, values, HERE) == {}
