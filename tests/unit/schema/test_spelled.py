"""How values of Exchange are written into files of people."""

import pytest

from reconciler.catalog.index import types
from reconciler.lang.constants import constant
from reconciler.lang.parse import parse_expression
from reconciler.lang.value import plain
from reconciler.model.diagnostic import Collector
from reconciler.schema.spelled import spelled


def kind(rtype, name):
    return types()[rtype].by_name[name].kind


@pytest.mark.parametrize(
    ("rtype", "name", "raw", "expected"),
    [
        ("send_connector", "max_message_size", 36700160, '"35MB"'),
        ("send_connector", "address_spaces", ["SMTP:*.a.com;5", "smtp:b.com;1"],
         '["*.a.com;5", "b.com"]'),
        ("send_connector", "address_spaces", ["X400:c=us;a=x;1"], '["X400:c=us;a=x;1"]'),
        ("receive_connector", "remote_ip_ranges", ["10.0.0.0-10.0.0.255", "10.1.0.1-10.1.0.9"],
         '["10.0.0.0/24", "10.1.0.1-10.1.0.9"]'),
        ("send_connector", "port", "25", "25"),
        ("send_connector", "comment", "smtp:a;1", '"smtp:a;1"'),
        ("send_connector", "comment", 'a\x1b"${b}', '"a\\u001b\\"$${b}"'),
        ("send_connector", "smart_hosts", [], "[]"),
    ],
)  # fmt: skip
def test_a_value_is_written_as_a_person_would(rtype, name, raw, expected):
    assert spelled(kind(rtype, name), kind(rtype, name).parse(raw)) == expected


def test_nothing_is_written_as_null():
    assert spelled(kind("send_connector", "comment"), None) == "null"


def test_whatever_is_written_is_read_back_as_the_same():
    for attribute in (a for rtype in types().values() for a in rtype.attributes):
        one = attribute.kind
        for raw in (group[0] for group in one.alike if not (one.is_secret or one.is_any)):
            value = one.parse(raw)
            expr = parse_expression(spelled(one, value), "f", Collector())
            again = plain(constant(expr, "It"))
            assert (None if again is None else one.parse(again)) == value
