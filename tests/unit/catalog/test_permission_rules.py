"""Rules of rights on connectors, each with a valid and an invalid set."""

import pytest

from reconciler.catalog.receive_connector_permission import TYPE as RECEIVE
from reconciler.catalog.send_connector_permission import TYPE as SEND
from reconciler.model.platform import Platform
from reconciler.schema.canonical import canonicalise
from reconciler.schema.rules import check

HERE = Platform()
GUID = "0292c782-9804-4d8b-ae0e-e1c7ab90852b"
RELAY = "ms-Exch-SMTP-Accept-Any-Recipient"
ANYBODY = r"NT AUTHORITY\ANONYMOUS LOGON"


def told(rtype, **raw):
    """The codes of spellings that will not do, or else of rules that are broken."""
    codes = []
    full = {"connector": GUID, "user": r"CONTOSO\Relay", **raw}
    values = canonicalise(rtype, full, HERE, lambda code, *_: codes.append(code))
    return codes or [rule.code for rule, _ in check(rtype, values, frozenset(full), HERE)]


@pytest.mark.parametrize(
    ("given", "codes"),
    [
        ({"user": r"CONTOSO\Printers"}, []),
        ({"user": ANYBODY, "deny": True}, []),
        ({"user": ANYBODY}, ["open-relay-right"]),
        ({"user": "anonymous logon"}, ["open-relay-right"]),
        ({"user": "S-1-5-7"}, ["open-relay-right"]),
    ],
)
def test_relaying_for_anybody_is_worth_a_warning(given, codes):
    assert told(RECEIVE, extended_right=RELAY.lower(), **given) == codes


def test_anybody_may_have_another_right():
    assert told(RECEIVE, user=ANYBODY, extended_right="ms-Exch-SMTP-Submit") == []


@pytest.mark.parametrize(
    ("rtype", "right", "codes"),
    [
        (SEND, "ms-Exch-Send-Headers-Routing", []),
        (SEND, RELAY, ["right-without-effect"]),
        (RECEIVE, RELAY, []),
        (RECEIVE, "MS-EXCH-SEND-HEADERS-ROUTING", ["right-without-effect"]),
    ],
)
def test_a_right_counts_in_one_direction(rtype, right, codes):
    right = right if codes else right.upper()
    assert told(rtype, extended_right=right) == codes


def test_a_right_that_nobody_documented_is_taken_with_a_warning():
    assert told(SEND, extended_right="ms-Exch-Some-Later-Right") == ["undocumented-right"]


def test_a_warning_about_a_misspelt_right_says_what_may_be_meant():
    values = {"connector": GUID, "user": ANYBODY, "deny": False}
    values["extended_right"] = "ms-Exch-SMTP-Acept-Any-Recipient"
    [(_, found)] = check(RECEIVE, values, frozenset(values), HERE)
    assert f'Did you mean "{RELAY}"?' in found.detail


@pytest.mark.parametrize("right", ["SMTP-Submit", "GenericAll", "ms-Exch"])
def test_other_rights_than_those_of_exchange_are_refused(right):
    assert told(SEND, extended_right=right) == ["invalid-right"]


@pytest.mark.parametrize("user", ["alice", "alice@contoso.com", "CONTOSO\\"])
def test_an_account_that_would_be_shown_in_another_way_is_refused(user):
    assert told(SEND, extended_right="ms-Exch-Send-Headers-Routing", user=user) == [
        "invalid-account"
    ]
