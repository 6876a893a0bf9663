"""R71, each part with what it accepts and what it refuses."""

import pytest

from reconciler.catalog.edge_subscription import TYPE
from reconciler.model.platform import Platform
from reconciler.model.values import UNKNOWN, Secret
from reconciler.schema.attribute import OnChange
from reconciler.schema.canonical import canonicalise, given
from reconciler.schema.rules import check

MAILBOX, EDGE = Platform(), Platform("2019", "edge")
FILE = "PEVkZ2VTdWJzY3JpcHRpb25EYXRhLz4="
THERE = {"site": "Amsterdam", "file_data": FILE}
WRITTEN = {"file_name": "C:\\Edge.xml"}


def found(arguments: dict, platform: Platform):
    told = []
    values = canonicalise(TYPE, arguments, platform, lambda *p: told.append(p))
    broken = check(TYPE, values, given(TYPE, arguments), platform)
    return [p[0] for p in told] + [(r.code, r.level.value, f.attribute) for r, f in broken]


@pytest.mark.parametrize(("arguments", "platform"), [(THERE, MAILBOX), (WRITTEN, EDGE)])
def test_each_role_has_its_arguments(arguments, platform):
    assert found(arguments, platform) == []


@pytest.mark.parametrize(
    ("arguments", "platform", "codes"),
    [
        ({"file_data": FILE}, MAILBOX, [("missing-site", "E?", "site")]),
        ({**THERE, **WRITTEN}, MAILBOX, ["not-on-this-role"]),
        ({**WRITTEN, "site": "Ams"}, EDGE, ["not-on-this-role"]),
        ({**WRITTEN, "file_data": FILE}, EDGE, ["not-on-this-role"]),
        ({**WRITTEN, "create_inbound_send_connector": False}, EDGE, ["not-on-this-role"]),
        ({**THERE, "account_expiry_duration": "00:01:59"}, MAILBOX, ["time-span-out-of-range"]),
        ({**THERE, "file_data": "<Edge/>"}, MAILBOX, ["invalid-file"]),
    ],
)
def test_what_does_not_fit_is_found(arguments, platform, codes):
    assert found(arguments, platform) == codes


def test_the_shortest_account_lasts_two_minutes():
    assert found({**THERE, "account_expiry_duration": "00:02:00"}, MAILBOX) == []


@pytest.mark.parametrize(("arguments", "platform"), [({"site": "Ams"}, MAILBOX), ({}, EDGE)])
def test_the_file_may_be_left_out_once_it_is_used(arguments, platform):
    assert found(arguments, platform) == []


def test_what_is_not_known_yet_is_not_missing():
    assert found({"site": UNKNOWN, "file_data": UNKNOWN}, MAILBOX) == []


def test_another_site_or_file_needs_a_new_subscription_and_the_rest_counts_once():
    moves = {a.name: a.on_change for a in TYPE.attributes if a.parameter}
    assert {n for n, move in moves.items() if move is OnChange.REPLACE} == {
        "site",
        "file_data",
        "file_name",
    }
    assert OnChange.UPDATE not in moves.values()


def test_a_mistake_in_the_file_does_not_tell_what_stands_in_it():
    told = []
    canonicalise(TYPE, {**THERE, "file_data": "s3cret!"}, MAILBOX, lambda *p: told.append(p))
    assert "s3cret" not in str(told)


def test_the_file_is_a_secret_in_one_spelling():
    parse = TYPE.by_name["file_data"].kind.parse
    assert parse(FILE) == parse(f" {FILE[:8]}\n{FILE[8:]} ") == Secret("", FILE)
    assert FILE not in repr(parse(FILE))
